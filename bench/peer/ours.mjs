// Our server's phones: a plain socket for each stream, and posts through kept connections.
import { connect } from "node:net";
import { Agent, request } from "node:http";
import { once } from "node:events";

export async function ours(plan, heard) {
  for (const [who, ask] of plan.streams.entries()) {
    const socket = connect({ port: plan.port, host: "127.0.0.1" });
    await once(socket, "connect");
    socket.on("data", (data) => heard(who, data));
    socket.write(ask);
  }
  const agent = new Agent({ keepAlive: true, timeout: 4000 });
  const { path, body, writers } = plan.posts;

  function write(number) {
    const options = { port: plan.port, host: "127.0.0.1", path, method: "POST", agent, headers: writers[number % writers.length] };
    request(options, (answer) => {
      if (answer.statusCode !== 200) throw new Error(`a post was answered with ${answer.statusCode}`);
      answer.resume();
    }).end(body.replaceAll("{n}", number));
  }
  return { write };
}
