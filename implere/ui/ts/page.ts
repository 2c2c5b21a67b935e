import { startBasics } from "./basics";
import { startLive } from "./live";
import { replayBySlider } from "./replay";
import { postCommands } from "./posting";
import { printOnClick } from "./print";

startBasics();
postCommands();
printOnClick();
replayBySlider();
startLive();
