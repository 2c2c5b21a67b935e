// The few sentences that the script says, from <template id="words"> in the reader's language.

export function word(name: string, facts: Record<string, string | number> = {}): string {
  const text = document.getElementById("words")?.dataset[name] ?? "";
  return text.replace(/\{(\w+)\}/g, (_, key: string) => String(facts[key] ?? ""));
}
