// Reads a text/event-stream as it arrives: one call of `take` for each event, one of `pulse` for each piece of news.

export interface StreamEvent { kind: string; id: string; data: string }

export async function readEvents(body: ReadableStream<Uint8Array>, take: (event: StreamEvent) => void, pulse: () => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    pulse();
    const blocks = (rest + decoder.decode(value, { stream: true })).replace(/\r\n?/g, "\n").split("\n\n");
    rest = blocks.pop()!;
    for (const block of blocks) {
      const event = parse(block);
      if (event) take(event);
    }
  }
}

function parse(block: string): StreamEvent | null {
  const event: StreamEvent = { kind: "message", id: "", data: "" };
  const lines: string[] = [];
  for (const line of block.split("\n")) {
    const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === "data") lines.push(value ?? "");
    else if (field === "event") event.kind = value ?? "";
    else if (field === "id") event.id = value ?? "";
  }
  event.data = lines.join("\n");
  return lines.length || event.kind !== "message" ? event : null;
}
