import { startBasics } from "./basics";
import { startLive } from "./live";
import { printOnClick } from "./print";

startBasics();
printOnClick();
startLive();
