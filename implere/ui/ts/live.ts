// What every page with a stream has.
import { showConnection } from "./connection";
import { keepPrivateFresh } from "./private";
import { followStream } from "./stream";

export function startLive(): void {
  showConnection();
  keepPrivateFresh();
  followStream();
}
