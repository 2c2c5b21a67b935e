import { announceSwaps } from "./announce";
import { startLive } from "./live";
import { runTimers } from "./timer";
import { keepAwake } from "./wake";

announceSwaps();
runTimers();
keepAwake();
startLive();
