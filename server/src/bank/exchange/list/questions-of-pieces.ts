import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import type { PassedOver, Place } from "../parsed.ts";
import { passedOver } from "../passed-over.ts";
import { inWords, shortened } from "../phrases.ts";
import { NAME_LEVELS, type NumberedPiece, type Piece, TITLE } from "../pieces.ts";
import { QuestionTexts } from "../question-texts.ts";
import type { RawQuestion, ReadImport } from "../raw.ts";
import { slugOf } from "../slug.ts";

interface Name {
  readonly level: number;
  readonly name: string;
}

interface Made {
  readonly first: Piece;
  readonly names: readonly Name[];
  readonly texts: QuestionTexts;
  /** By their numbers in the file, the pieces that it was made of. */
  readonly pieces: number[];
}

/** The questions that the pieces of a file make, one behind the other, and what belongs to none of them. */
export function questionsOfPieces(
  pieces: readonly Piece[],
  file: string,
): Pick<ReadImport, "questions" | "passedOver" | "loose"> {
  const maker = new Maker(file);
  for (const [number, piece] of pieces.entries()) maker.take(piece, number);
  const hasGroups = maker.made.some(({ first }) => first.group > 1);
  const raw = maker.made.map((question) => rawQuestion(question, { file, hasGroups, pieces }));
  return {
    questions: raw.map(({ question }) => question),
    loose: maker.loose.map((piece) => ({ ...piece, file })),
    passedOver: [...maker.passedOver, ...raw.flatMap(({ passedOver }) => passedOver)],
  };
}

class Maker {
  readonly made: Made[] = [];
  readonly passedOver: PassedOver[] = [];
  /** Headings, and what belongs to no question. */
  readonly loose: NumberedPiece[] = [];
  readonly #file: string;
  #names: Name[] = [];
  #last: Made | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  take(piece: Piece, number: number): void {
    const { role, text } = piece;
    switch (role) {
      case "heading":
        this.#enter(piece, number);
        return;
      case "question":
        this.#begin(piece, number);
        return;
      case "out":
        this.#passOver(piece, number);
        return;
      case "join":
        if (!this.#last) this.#passOver(piece, number);
        else {
          this.#last.pieces.push(number);
          this.#last.texts.join(text);
        }
        return;
      default:
        if (!this.#last) {
          this.#passOver(piece, number);
          return;
        }
        this.#last.pieces.push(number);
        this.#last.texts.add(role, text);
    }
  }

  #enter(piece: Piece, number: number): void {
    const { level, text } = piece;
    this.loose.push({ ...piece, number });
    this.#last = null;
    this.#names = this.#names.filter((name) => name.level < level);
    if (text !== "") this.#names.push({ level, name: text });
  }

  #begin(first: Piece, number: number): void {
    this.#last = { first, names: [...this.#names], texts: new QuestionTexts(first.text), pieces: [number] };
    this.made.push(this.#last);
  }

  #passOver(piece: Piece, number: number): void {
    const { line, text, shape } = piece;
    this.loose.push({ ...piece, number, role: "out" });
    if (shape.startsWith(TITLE)) return;
    this.passedOver.push(passedOver(this.#file, line, "This text belongs to no question", text));
  }
}

/** The question as a draft's fields; those that the text says nothing about are left out. What does not fit is passed over, and quoted. */
function rawQuestion(
  { first, names, texts, pieces: numbers }: Made,
  {
    file,
    hasGroups,
    pieces,
  }: { readonly file: string; readonly hasGroups: boolean; readonly pieces: readonly Piece[] },
): { readonly question: RawQuestion; readonly passedOver: readonly PassedOver[] } {
  const at: Place = { file, line: first.line };
  const { topic, tags } = namesOf(names, hasGroups ? [`list-${first.group}`] : []);
  const { value, left } = texts.fields();
  const question = {
    value: { ...value, ...(tags.length > 0 && { tags }) },
    topicName: topic === undefined ? null : shortened(inWords(topic), BANK_LIMITS.topicName),
    place: () => at,
    field: ([field]: readonly PropertyKey[]) => (field === undefined ? "" : (FIELDS[String(field)] ?? String(field))),
    pieces: numbers.flatMap((number) => {
      const piece = pieces[number];
      return piece ? [{ ...piece, number }] : [];
    }),
  };
  const why = "This is more than a question has place for";
  return { question, passedOver: left.map((text) => passedOver(file, first.line, why, text)) };
}

const FIELDS: Readonly<Record<string, string>> = {
  followUps: "follow-ups",
  strongAnswer: "answer",
  redFlags: "red flags",
};

/** The topic is the highest heading; where there are none, the innermost item that stands over others. The others are tags. */
function namesOf(names: readonly Name[], further: readonly string[]): { topic: string | undefined; tags: string[] } {
  const hasHeading = names.some(({ level }) => level < NAME_LEVELS.bold);
  const topic = hasHeading ? names[0] : (names.findLast(({ level }) => level === NAME_LEVELS.item) ?? names[0]);
  const others = names.filter((name) => name !== topic).map(({ name }) => slugOf(name, ""));
  return { topic: topic?.name, tags: [...new Set([...others.filter((tag) => tag !== ""), ...further])] };
}
