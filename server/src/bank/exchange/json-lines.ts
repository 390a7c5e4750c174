/** A value of a JSON text: the line that it begins in, and its parts. */
export interface JsonNode {
  readonly line: number;
  readonly parts: Map<string, JsonNode>;
}

interface Open extends JsonNode {
  /** The key of the next part: an index in a list, and `null` in an object whose next key is not read yet. */
  next: string | null;
  readonly isList: boolean;
}

/** Finds the line of every value in a text that is valid JSON. Keeps its own stack, so that no depth is too deep. */
export function jsonLines(text: string): JsonNode {
  const root: Open = { line: 1, parts: new Map(), next: "", isList: false };
  const stack: Open[] = [root];
  let line = 1;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    const open = stack.at(-1) ?? root;
    if (character === "\n") line++;
    else if (character === "{" || character === "[") {
      const isList = character === "[";
      const inner: Open = { line, parts: new Map(), next: isList ? "0" : null, isList };
      if (open.next !== null) open.parts.set(open.next, inner);
      stack.push(inner);
    } else if (character === "}" || character === "]") stack.pop();
    else if (character === ",") open.next = open.isList ? String(Number(open.next) + 1) : null;
    else if (character === '"' || /[-\dtfn]/.test(character ?? "")) {
      const end = character === '"' ? endOfText(text, index) : endOfWord(text, index);
      if (open.next === null) open.next = String(JSON.parse(text.slice(index, end)));
      else open.parts.set(open.next, { line, parts: new Map() });
      index = end - 1;
    }
  }
  return root.parts.get("") ?? root;
}

/** Behind the closing quote of the text that begins at `start`. */
function endOfText(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return index + 1;
}

/** Behind the number, `true`, `false` or `null` that begins at `start`. */
function endOfWord(text: string, start: number): number {
  let index = start;
  while (index < text.length && !/[\s,\]}]/.test(text[index] ?? "")) index++;
  return index;
}
