/** A value of a JSON text: the line that it begins in, and its parts, by index or by key; a value without parts has none. */
export interface JsonNode {
  readonly line: number;
  readonly items: readonly JsonNode[] | null;
  readonly fields: ReadonlyMap<string, JsonNode> | null;
}

/** What is not closed yet. Made without lists and maps, as millions of values may hold nothing. */
interface Open extends JsonNode {
  readonly isList: boolean;
  items: JsonNode[] | null;
  fields: Map<string, JsonNode> | null;
  /** In an object, the key of the next part; `null` where it is not read yet. */
  key: string | null;
}

const opened = (line: number, isList: boolean): Open => ({ line, isList, items: null, fields: null, key: null });

/** Finds the line of every value in a text that is valid JSON. Keeps its own stack, so that no depth is too deep. */
export function jsonLines(text: string): JsonNode {
  const root = opened(1, true);
  const stack: Open[] = [root];
  let line = 1;
  let leaf: JsonNode = { line, items: null, fields: null };
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    const open = stack.at(-1) ?? root;
    if (character === "\n") line++;
    else if (character === "{" || character === "[") {
      const inner = opened(line, character === "[");
      put(open, inner);
      stack.push(inner);
    } else if (character === "}" || character === "]") stack.pop();
    else if (character === ",") open.key = null;
    else if (character === '"' || /[-\dtfn]/.test(character ?? "")) {
      const end = character === '"' ? endOfText(text, index) : endOfWord(text, index);
      if (!open.isList && open.key === null) open.key = String(JSON.parse(text.slice(index, end)));
      else {
        // All values of a line that hold nothing are one.
        if (leaf.line !== line) leaf = { line, items: null, fields: null };
        put(open, leaf);
      }
      index = end - 1;
    }
  }
  return root.items?.[0] ?? root;
}

function put(open: Open, part: JsonNode): void {
  if (open.isList) {
    open.items ??= [];
    open.items.push(part);
  } else if (open.key !== null) {
    open.fields ??= new Map();
    open.fields.set(open.key, part);
  }
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
