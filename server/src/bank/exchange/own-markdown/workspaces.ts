import { Language } from "@whetstone/shared/workspace/language";
import type { Refused } from "../parsed.ts";
import { type Entry, textOf } from "./entries.ts";
import { outOfLine } from "./guards.ts";
import type { Places } from "./places.ts";
import type { Code, Section } from "./sections.ts";
import { languageNamed } from "./words.ts";

/** Gathers a question's workspace. What is no part of one, or is there twice, goes to `rest`. */
export class Workspaces {
  readonly #places: Places;
  readonly #file: string;
  readonly #rest: Entry[];
  readonly #isPrompt: boolean;
  readonly #isMarked: boolean;
  #language: string | null = null;
  #isThere = false;
  readonly #texts = new Map<"starter" | "database" | "expectedOutput", string>();
  readonly #files: { readonly name: string; readonly text: string }[] = [];
  readonly #tests: { readonly name: string; readonly visible: boolean; readonly code: string }[] = [];
  readonly #refused: Refused[] = [];

  /** In a question for candidates every test is seen. */
  constructor(
    places: Places,
    { file, rest, isPrompt, isMarked }: { file: string; rest: Entry[]; isPrompt: boolean; isMarked: boolean },
  ) {
    this.#places = places;
    this.#isMarked = isMarked;
    this.#file = file;
    this.#rest = rest;
    this.#isPrompt = isPrompt;
  }

  take({ language, line, lines, codes }: Extract<Section, { kind: "workspace" }>): void {
    this.#isThere = true;
    this.#places.set(["workspace"], line);
    if (language !== null) this.#language ??= languageNamed(language);
    const other = textOf(lines);
    if (other !== "") this.#rest.push({ line, number: null, text: other });
    for (const code of codes) this.#takeCode(code);
  }

  read(): { readonly workspace: object | null; readonly refused: readonly Refused[] } {
    if (!this.#isThere) return { workspace: null, refused: this.#refused };
    const workspace = {
      ...(this.#language !== null && { language: this.#language }),
      ...Object.fromEntries(this.#texts),
      ...(this.#files.length > 0 && { files: this.#files }),
      ...(this.#tests.length > 0 && { tests: this.#tests }),
    };
    return { workspace, refused: this.#refused };
  }

  #takeCode({ line, token: { part, info, code } }: Code): void {
    if (code === null) {
      const message = "a block of code is opened here and never closed";
      this.#refused.push({ at: { file: this.#file, line }, field: "workspace", message });
      return;
    }
    switch (part.kind) {
      case "starter":
      case "database":
      case "expectedOutput":
        if (this.#texts.has(part.kind)) this.#rest.push({ line, number: null, text: code });
        else this.#texts.set(part.kind, code);
        this.#places.set(["workspace", part.kind], line);
        if (part.kind === "starter" && Language.safeParse(info).success) this.#language ??= info;
        break;
      case "file":
        this.#places.set(["workspace", "files", this.#files.length], line);
        // Older documents have an empty line for an empty file.
        this.#files.push({ name: part.name, text: !this.#isMarked && code === "\n" ? "" : code });
        break;
      case "test":
        this.#places.set(["workspace", "tests", this.#tests.length], line);
        this.#tests.push({
          name: this.#isMarked ? outOfLine(part.name) : part.name,
          visible: part.visible ?? this.#isPrompt,
          code,
        });
        break;
      default:
        part satisfies never;
    }
  }
}
