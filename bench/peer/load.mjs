// The load for the peer and, as comparable as can be, for ours: node load.mjs peer|ours, with a plan as a line of JSON on its input. It
// says that it is ready, waits for a line, writes notes at a beat, and says what was heard when. What arrives is searched for its
// mark as it came; nobody puts a document together.
import { createInterface } from "node:readline";
import { once } from "node:events";
import { ours } from "./ours.mjs";
import { peer } from "./peer.mjs";

const PATIENCE = 10_000;
const MARK = /bench-(\d+)\./g;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const say = (words) => process.stdout.write(JSON.stringify(words) + "\n");
const input = createInterface({ input: process.stdin });
input.on("close", () => process.exit());

const plan = JSON.parse((await once(input, "line"))[0]);
const began = new Map(), waits = [], known = [];
let lastData = performance.now(), previous = Buffer.alloc(0), numbers = [];

/** The same bytes come to everybody: they are read for the first who gets them, and known for the others. */
function heard(who, data) {
  const now = performance.now();
  if (!previous.equals(data)) {
    previous = data;
    numbers = [...new Set([...data.toString("latin1").matchAll(MARK)].map((found) => Number(found[1])))];
    if (!data.includes("event: beat")) lastData = now;
  }
  for (const number of numbers) {
    known[who] ??= new Set();
    if (!known[who].has(number)) {
      known[who].add(number);
      waits.push(now - began.get(number));
    }
  }
}

const side = await (process.argv[2] === "ours" ? ours : peer)(plan, heard);
const patience = performance.now() + 30_000;
while (performance.now() < Math.min(patience, lastData + 1500)) await pause(50);
const go = once(input, "line");
say({ ready: true });
await go;
const notes = Math.floor(plan.beat * plan.seconds), expected = notes * plan.people;
const start = performance.now();
for (let number = 1; number <= notes; number++) {
  await pause(Math.max(0, start + ((number - 1) * 1000) / plan.beat - performance.now()));
  began.set(number, performance.now());
  side.write(number);
}
const until = performance.now() + PATIENCE;
while (performance.now() < until && waits.length < expected) await pause(20);
waits.sort((a, b) => a - b);
const at = (part) => waits[Math.min(waits.length - 1, Math.floor(part * waits.length))];
say({ expected, heard: waits.length, p50_ms: at(0.5), p95_ms: at(0.95), in_time: waits.filter((wait) => wait <= plan.in_time * 1000).length / expected });
