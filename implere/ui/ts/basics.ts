// What every page has.
import { announceSwaps } from "./announce";
import { askFirst } from "./confirm";
import { copyOnClick } from "./copy";
import { countLetters } from "./counter";
import { openDialogs } from "./dialog";
import { keepDrafts } from "./drafts";
import { advanceOnChoice } from "./advance";
import { keepOnDevice } from "./keep";
import { showProbabilities } from "./probability";
import { runTimers } from "./timer";

export function startBasics(): void {
  askFirst();
  announceSwaps();
  countLetters();
  keepDrafts();
  openDialogs();
  advanceOnChoice();
  showProbabilities();
  keepOnDevice();
  copyOnClick();
  runTimers();
}
