import { startBasics } from "./basics";
import { sendOnEnter } from "./enter";
import { startLive } from "./live";
import { keepPageLater } from "./later";
import { keepOutbox } from "./outbox";

startBasics();
sendOnEnter();
keepOutbox();
startLive();
keepPageLater();
