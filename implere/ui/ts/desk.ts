import { startBasics } from "./basics";
import { startLive } from "./live";
import { moveByKeys } from "./moveto";
import { printOnClick } from "./print";
import { dragByGrip } from "./sortable";

startBasics();
printOnClick();
moveByKeys();
dragByGrip();
startLive();
