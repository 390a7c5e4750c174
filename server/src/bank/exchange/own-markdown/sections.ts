import type { Labels, Section as Meaning } from "../list/labels.ts";
import type { Line } from "./entries.ts";
import { unguarded } from "./guards.ts";
import { type CodeToken, isPart, type NameToken } from "./lines.ts";
import type { Part, Piece } from "./parts.ts";
import { isQuestionList, type ListName } from "./words.ts";

/** What stands below a name in a question or a kit; the lines begin below the name. */
export type Section = { readonly line: number; readonly lines: Line[] } & (
  | { readonly kind: "list"; readonly list: ListName }
  | { readonly kind: "criterion"; readonly id: string | null; readonly name: string }
  | { readonly kind: "workspace"; readonly language: string | null; readonly codes: Code[] }
  /** A name that no document has; it is the first of the lines. */
  | { readonly kind: "unknown" }
);

export interface Code {
  readonly line: number;
  readonly token: CodeToken;
}

export interface Sections {
  /** What stands before the first name: a prompt, or a description. */
  readonly text: readonly Line[];
  readonly sections: readonly Section[];
  /** Whether somebody put it together by hand, who may have named its parts in other words. */
  readonly isHandMade: boolean;
}

interface About {
  readonly isMarked: boolean;
  readonly of: "question" | "kit";
  /** Whether it is a question for candidates, in which all is shown. */
  readonly isPrompt: boolean;
  readonly labels: Labels;
}

/** The sections of a question or a kit. `pieces` are those behind the line below its title. */
export function sectionsOf({ id }: Part, pieces: readonly Piece[], about: About): Sections {
  const { isMarked, isPrompt } = about;
  const isOwn = (list: ListName | null): boolean => list !== null && isQuestionList(list) === (about.of === "question");
  const asWritten = isMarked || isPrompt || isAsWritten(pieces, about.of, isOwn);
  const isHandMade = !isPrompt && (isMarked ? id === null : !asWritten);
  // Older documents do not keep a text's own bold lines apart; nobody changed one that is as it was written.
  const splitter = new Splitter(isMarked || isHandMade, isMarked, isHandMade ? about.labels : null, isOwn);
  for (const piece of pieces) splitter.take(piece);
  return { text: splitter.text, sections: splitter.sections, isHandMade };
}

/** Whether an older document's question or kit has what each was written with, in that order. */
function isAsWritten(pieces: readonly Piece[], of: About["of"], isOwn: (list: ListName | null) => boolean): boolean {
  const first = pieces.findIndex(({ token }) => token.kind === "name" && isOwn(token.list));
  const token = pieces[first]?.token;
  if (token?.kind !== "name") return false;
  if (of === "kit") return token.list === "competencies";
  const rubric = pieces.slice(first).filter((piece) => piece.token.kind === "name" && piece.token.above === "anchors");
  return token.list === "hints" && rubric.length >= 2;
}

class Splitter {
  readonly text: Line[] = [];
  readonly sections: Section[] = [];
  readonly #trustsNames: boolean;
  readonly #isMarked: boolean;
  readonly #labels: Labels | null;
  readonly #isOwn: (list: ListName | null) => boolean;

  constructor(
    trustsNames: boolean,
    isMarked: boolean,
    labels: Labels | null,
    isOwn: (list: ListName | null) => boolean,
  ) {
    this.#trustsNames = trustsNames;
    this.#isMarked = isMarked;
    this.#labels = labels;
    this.#isOwn = isOwn;
  }

  take(piece: Piece): void {
    const { token, lines } = piece;
    const line = lines[0]?.number ?? 0;
    switch (token.kind) {
      case "name":
        if (!this.#takeName(token, line, lines)) this.#add(lines);
        break;
      case "workspace":
        this.sections.push({ kind: "workspace", language: token.language, line, lines: [], codes: [] });
        break;
      case "code":
        if (this.#isInText) this.#add(lines);
        else this.#workspace(line).push({ line, token });
        break;
      case "text":
        if (!this.#takeLabel(lines))
          this.#add(this.#isMarked && this.sections.length === 0 ? lines.map(asText) : lines);
        break;
      case "heading":
      case "fence":
        this.#add(lines);
        break;
      default:
        token satisfies never;
    }
  }

  /** Whether names of other words than the document's own belong to the text that they stand in. */
  get #isInText(): boolean {
    return this.sections.length === 0 && !this.#trustsNames;
  }

  #takeName(token: NameToken, line: number, lines: readonly Line[]): boolean {
    if (token.list !== null && this.#isOwn(token.list)) {
      this.sections.push({ kind: "list", list: token.list, line, lines: [] });
      return true;
    }
    if (this.#isInText || (this.sections.length === 0 && !isPart(token))) return false;
    // A rubric of an older document may have a name that means an answer elsewhere.
    const isRubric = token.id !== null || (token.above === "anchors" && (token.section === null || !this.#trustsNames));
    if (isRubric) this.sections.push({ kind: "criterion", id: token.id, name: token.name, line, lines: [] });
    else if (token.section !== null) this.#open(token.section, line, []);
    else this.sections.push({ kind: "unknown", line, lines: [...lines] });
    return true;
  }

  /** A line such as `Answer: …`, where somebody wrote in their own way. */
  #takeLabel([line]: readonly Line[]): boolean {
    if (!this.#labels || !line || /^(?:\s|[-+*][ \t]|\d{1,3}[.)])/.test(line.text)) return false;
    const label = this.#labels.labelled(line.text.replace(/^#{1,6}[ \t]+/, ""));
    if (!label) return false;
    this.#open(label.section, line.number, label.rest === "" ? [] : [{ number: line.number, text: label.rest }]);
    return true;
  }

  #open(meaning: Meaning, line: number, lines: Line[]): void {
    this.sections.push(
      meaning === "prompt" ? { kind: "unknown", line, lines } : { kind: "list", list: meaning, line, lines },
    );
  }

  #workspace(line: number): Code[] {
    const last = this.sections.at(-1);
    if (last?.kind === "workspace") return last.codes;
    const codes: Code[] = [];
    this.sections.push({ kind: "workspace", language: null, line, lines: [], codes });
    return codes;
  }

  #add(lines: readonly Line[]): void {
    (this.sections.at(-1)?.lines ?? this.text).push(...lines);
  }
}

const asText = ({ number, text }: Line): Line => ({ number, text: unguarded(text) });
