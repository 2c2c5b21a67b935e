import { startBasics } from "./basics";
import { startLive } from "./live";
import { pressByKeys } from "./keys";
import { moveByKeys } from "./moveto";
import { postCommands } from "./posting";
import { printOnClick } from "./print";
import { dragByGrip } from "./sortable";

startBasics();
postCommands();
printOnClick();
moveByKeys();
pressByKeys();
dragByGrip();
startLive();
