import { dotted, type RawValue } from "../raw.ts";

/** Where the fields of a question, a kit or a pack stand in a document. */
export class Places {
  readonly #file: string;
  readonly #lines = new Map<string, number>();

  constructor(file: string, line: number) {
    this.#file = file;
    this.#lines.set("", line);
  }

  set(path: readonly PropertyKey[], line: number): void {
    this.#lines.set(dotted(path), line);
  }

  /** The value with these places. */
  raw(value: unknown): RawValue {
    return { value, field: dotted, place: (path) => ({ file: this.#file, line: this.#lineOf(path) }) };
  }

  /** The line of the field, or of the nearest thing around it. */
  #lineOf(path: readonly PropertyKey[]): number {
    for (let length = path.length; length > 0; length--) {
      const line = this.#lines.get(dotted(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return this.#lines.get("") ?? 1;
  }
}
