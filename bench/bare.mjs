// A bare Node server: POST /notes/ goes to everybody who listens on GET /stream/, filled up to as many bytes as ours sends.
import { createServer } from "node:http";

const BYTES = Number(process.env.BYTES ?? 600);
const listeners = new Set();

createServer((request, response) => {
  if (request.url === "/stream/") {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    listeners.add(response);
    response.on("close", () => listeners.delete(response));
    return;
  }
  let note = "";
  request.on("data", (data) => { note += data; });
  request.on("end", () => {
    const chunk = Buffer.from("data: " + note.padEnd(BYTES - 8) + "\n\n");
    for (const listener of listeners) listener.write(chunk);
    response.end("ok");
  });
}).listen({ port: Number(process.env.PORT), host: "127.0.0.1", backlog: 4096 });
