import { startBasics } from "./basics";
import { startLive } from "./live";
import { postCommands } from "./posting";
import { printOnClick } from "./print";

startBasics();
postCommands();
printOnClick();
startLive();
