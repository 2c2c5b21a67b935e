// The peer: a Hocuspocus server as it comes, with one document that everybody has open. It keeps nothing on a disk.
import { Server } from "@hocuspocus/server";

await new Server({ port: Number(process.env.PORT), address: "127.0.0.1", quiet: true }).listen();
