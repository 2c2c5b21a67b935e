// The peer's clients: a WebSocket each that speaks its messages (document's name, kind, content) and keeps no document. A few write: each
// of those has a document of its own, whose updates it sends.
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import * as Y from "yjs";

const NAME = "room", WRITERS = 50, TEXT = "Vi mangler tid bench-{n}. til vagtplanen";
const SYNC = 0, AUTH = 2, TOKEN = 0, STEP_1 = 0, UPDATE = 2;

function message(kind, inner, fill) {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, NAME);
  encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint(encoder, inner);
  fill(encoder);
  return encoding.toUint8Array(encoder);
}

async function join(plan, who, heard) {
  const socket = new WebSocket(`ws://127.0.0.1:${plan.port}/`, { perMessageDeflate: false });
  await new Promise((done, failed) => {
    socket.once("error", failed);
    socket.once("open", () => socket.send(message(AUTH, TOKEN, (encoder) => {
      encoding.writeVarString(encoder, "");
      encoding.writeVarString(encoder, "4");
    })));
    socket.once("message", done);
  });
  socket.on("message", (data) => heard(who, data));
  const nothing = Y.encodeStateVector(new Y.Doc());
  socket.send(message(SYNC, STEP_1, (encoder) => encoding.writeVarUint8Array(encoder, nothing)));
  return socket;
}

export async function peer(plan, heard) {
  const sockets = [];
  for (let who = 0; who < plan.people; who++) sockets.push(await join(plan, who, heard));
  const documents = sockets.slice(0, WRITERS).map((socket) => {
    const document = new Y.Doc();
    document.on("update", (update) =>
      socket.send(message(SYNC, UPDATE, (encoder) => encoding.writeVarUint8Array(encoder, update))));
    return document;
  });
  const write = (number) =>
    documents[number % documents.length].getArray("notes").push([TEXT.replaceAll("{n}", number)]);
  return { write };
}
