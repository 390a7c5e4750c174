/** What is wrong in a text that was meant as JSON, at its own place and in words. */

export interface JsonFault {
  /** Where it stands, in UTF-16 code units. */
  readonly offset: number;
  readonly message: string;
}

/** What may come next. */
type Expected = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "nothing";

interface Open {
  readonly offset: number;
  readonly isList: boolean;
}

const SCALAR = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|true(?!\w)|false(?!\w)|null(?!\w))/;
const WORD = /^[^\s,:[\]{}"']+/;
/** No number that is meant is longer, in UTF-16 code units. */
const LONGEST_SCALAR = 2_000;

/** The first fault of a text, or `null` where it is JSON. Keeps its own stack, so that no depth is too deep. */
export function faultInJson(text: string): JsonFault | null {
  return new Search(text).run();
}

class Search {
  readonly #text: string;
  readonly #open: Open[] = [];
  #index = 0;
  #expected: Expected = "value";
  /** The last comma, which is wrong where nothing follows it. */
  #comma = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): JsonFault | null {
    for (;;) {
      this.#skipSpace();
      if (this.#index >= this.#text.length) return this.#atEnd();
      const fault = this.#step(this.#text[this.#index] ?? "");
      if (fault) return fault;
    }
  }

  #skipSpace(): void {
    while (/[ \t\n\r]/.test(this.#text[this.#index] ?? "")) this.#index += 1;
  }

  #fault(message: string, offset = this.#index): JsonFault {
    return { offset, message };
  }

  #lineAt(offset: number): number {
    return this.#text.slice(0, offset).split("\n").length;
  }

  #atEnd(): JsonFault | null {
    const inner = this.#open.at(-1);
    if (inner) {
      const bracket = inner.isList ? "[" : "{";
      const line = this.#lineAt(inner.offset);
      return this.#fault(`it ends before everything is closed: the '${bracket}' in line ${line} is still open`);
    }
    return this.#expected === "nothing" ? null : this.#fault("nothing is in there", 0);
  }

  #step(sign: string): JsonFault | null {
    if (this.#expected === "nothing") return this.#fault("something stands behind the end; a file has one value");
    if (sign === "/" && /[/*]/.test(this.#text[this.#index + 1] ?? ""))
      return this.#fault("JSON has no comments; take this one out");
    switch (sign) {
      case "[":
      case "{":
        return this.#begin(sign === "[");
      case "]":
      case "}":
        return this.#end(sign);
      case ",":
        return this.#takeComma();
      case ":":
        return this.#takeColon();
      case '"':
        return this.#takeText();
      default:
        return this.#takeWord(sign);
    }
  }

  get #wantsValue(): boolean {
    return this.#expected === "value" || this.#expected === "value or end";
  }

  /** What is said where something stands in the wrong place. */
  #misplaced(): JsonFault {
    switch (this.#expected) {
      case "comma or end":
        return this.#missingComma();
      case "colon":
        return this.#fault("a colon is missing between the name and this");
      case "key":
      case "key or end":
        return this.#fault("the name of a field must stand here, in double quotes");
      case "value":
      case "value or end":
      case "nothing":
        return this.#fault("a value must stand here");
      default:
        return this.#expected satisfies never;
    }
  }

  /** The comma belongs behind the value before, which may stand in another line. */
  #missingComma(): JsonFault {
    const end = this.#text.slice(0, this.#index).trimEnd().length - 1;
    const isBelow = this.#text.slice(end, this.#index).includes("\n");
    const next = isBelow ? `what stands in line ${this.#lineAt(this.#index)}` : "what follows";
    return this.#fault(`a comma is missing behind the value here, before ${next}`, end);
  }

  #valueTaken(): null {
    this.#expected = this.#open.length === 0 ? "nothing" : "comma or end";
    return null;
  }

  #begin(isList: boolean): JsonFault | null {
    if (!this.#wantsValue) return this.#misplaced();
    this.#open.push({ offset: this.#index, isList });
    this.#expected = isList ? "value or end" : "key or end";
    this.#index += 1;
    return null;
  }

  #end(sign: "]" | "}"): JsonFault | null {
    const inner = this.#open.at(-1);
    if (!inner) return this.#fault(`the '${sign}' here closes nothing`);
    if (inner.isList !== (sign === "]")) {
      return this.#fault(`a '${inner.isList ? "[" : "{"}' is closed by '${sign}'`);
    }
    const isAfterComma = this.#expected === "key" || (this.#expected === "value" && inner.isList);
    if (isAfterComma) {
      const isBelow = this.#text.slice(this.#comma, this.#index).includes("\n");
      const where = isBelow ? `, in line ${this.#lineAt(this.#comma)}` : "";
      return this.#fault(`a comma before '${sign}'${where}, with nothing between them; take the comma out`);
    }
    if (this.#expected === "value") return this.#fault("the value of a field is missing before this");
    if (this.#expected === "colon") return this.#fault("a colon and a value are missing before this");
    this.#open.pop();
    this.#index += 1;
    return this.#valueTaken();
  }

  #takeComma(): JsonFault | null {
    if (this.#expected !== "comma or end") {
      return this.#fault(
        this.#expected === "colon" ? "a colon must stand here and not a comma" : "a comma with nothing before it",
      );
    }
    this.#comma = this.#index;
    this.#index += 1;
    this.#expected = this.#open.at(-1)?.isList ? "value" : "key";
    return null;
  }

  #takeColon(): JsonFault | null {
    if (this.#expected !== "colon") return this.#fault("a colon stands in the wrong place");
    this.#index += 1;
    this.#expected = "value";
    return null;
  }

  #takeText(): JsonFault | null {
    const isKey = this.#expected === "key" || this.#expected === "key or end";
    if (!isKey && !this.#wantsValue) return this.#misplaced();
    const start = this.#index;
    for (let index = start + 1; index < this.#text.length; index++) {
      const sign = this.#text[index] ?? "";
      if (sign === '"') {
        this.#index = index + 1;
        if (!isKey) return this.#valueTaken();
        this.#expected = "colon";
        return null;
      }
      if (sign === "\n")
        return this.#fault(
          "a text is opened in this line and not closed; a line break within one is written \\n",
          start,
        );
      if (sign < " ")
        return this.#fault(
          `a ${sign === "\t" ? "tab" : "control character"} in a text is written with a backslash`,
          index,
        );
      if (sign === "\\") {
        if (!/^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/.test(this.#text.slice(index, index + 6))) {
          return this.#fault("a backslash in a text must be written twice", index);
        }
        index += 1;
      }
    }
    return this.#fault("a text is opened here and never closed", start);
  }

  #takeWord(sign: string): JsonFault | null {
    if (/['‘’“”„«`]/.test(sign)) return this.#fault(`texts and names stand in double quotes ("), and not in ${sign}`);
    const text = this.#text.slice(this.#index, this.#index + LONGEST_SCALAR);
    const scalar = SCALAR.exec(text)?.[0];
    if (scalar !== undefined) {
      if (!this.#wantsValue) return this.#misplaced();
      this.#index += scalar.length;
      return this.#valueTaken();
    }
    const word = (WORD.exec(text)?.[0] ?? sign).slice(0, 40);
    if (!this.#wantsValue && this.#expected !== "key" && this.#expected !== "key or end") return this.#misplaced();
    if (!this.#wantsValue) return this.#fault(`the name ${word} must stand in double quotes`);
    return this.#fault(`${word} is no value that JSON knows; texts stand in double quotes`);
  }
}
