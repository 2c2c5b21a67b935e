import { startBasics } from "./basics";
import { sendOnEnter } from "./enter";
import { startLive } from "./live";
import { moveByKeys } from "./moveto";
import { keepOutbox } from "./outbox";
import { dragByGrip } from "./sortable";

startBasics();
sendOnEnter();
moveByKeys();
dragByGrip();
keepOutbox();
startLive();
