import { BANK_LIMITS, QUESTION_LISTS } from "@whetstone/shared/bank-limits";
import type { PassedOver, Place } from "../parsed.ts";
import { passedOver } from "../passed-over.ts";
import { inWords, shortened } from "../phrases.ts";
import { NAME_LEVELS, type NumberedPiece, type Piece, TITLE } from "../pieces.ts";
import type { RawImport, RawQuestion } from "../raw.ts";
import { slugOf } from "../slug.ts";

interface FollowUp {
  readonly ask: string;
  readonly probes: string;
}

/** The texts of a question's fields. */
interface Texts {
  readonly prompt: string[];
  readonly hints: string[];
  readonly followUps: FollowUp[];
  readonly answer: string[];
  readonly redFlags: string[];
  readonly references: string[];
}

interface Name {
  readonly level: number;
  readonly name: string;
}

interface Made {
  readonly first: Piece;
  readonly names: readonly Name[];
  readonly texts: Texts;
  /** By their numbers in the file, the pieces that it was made of. */
  readonly pieces: number[];
}

/** The questions that the pieces of a file make, one behind the other, and what belongs to none of them. */
export function questionsOfPieces(
  pieces: readonly Piece[],
  file: string,
): Pick<RawImport, "questions" | "passedOver" | "loose"> {
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
  /** Goes on with the text that came last. */
  #join: Join | null = null;

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
        if (!this.#last || !this.#join) this.#passOver(piece, number);
        else {
          this.#last.pieces.push(number);
          this.#join(text);
        }
        return;
      default:
        if (!this.#last) {
          this.#passOver(piece, number);
          return;
        }
        this.#last.pieces.push(number);
        this.#join = addTo(this.#last.texts, role, text);
    }
  }

  #enter(piece: Piece, number: number): void {
    const { level, text } = piece;
    this.loose.push({ ...piece, number });
    this.#last = null;
    this.#join = null;
    this.#names = this.#names.filter((name) => name.level < level);
    if (text !== "") this.#names.push({ level, name: text });
  }

  #begin(first: Piece, number: number): void {
    const texts = { prompt: [first.text], hints: [], followUps: [], answer: [], redFlags: [], references: [] };
    this.#last = { first, names: [...this.#names], texts, pieces: [number] };
    this.#join = joining(texts.prompt);
    this.made.push(this.#last);
  }

  #passOver(piece: Piece, number: number): void {
    const { line, text, shape } = piece;
    this.loose.push({ ...piece, number, role: "out" });
    if (shape.startsWith(TITLE)) return;
    this.passedOver.push(passedOver(this.#file, line, "This text belongs to no question", text));
  }
}

type Join = (text: string) => void;
type Placed = Exclude<Piece["role"], "heading" | "question" | "out" | "join">;

/** Gives the way to go on with what was added. */
function addTo(texts: Texts, role: Placed, text: string): Join {
  switch (role) {
    case "followUp":
      return addFollowUp(texts.followUps, text);
    case "probes":
      return addProbes(texts, text);
    case "prompt":
      return addText(texts.prompt, text);
    case "hint":
      return addText(texts.hints, text);
    case "answer":
      return addText(texts.answer, text);
    case "redFlag":
      return addText(texts.redFlags, text);
    case "reference":
      return addText(texts.references, text);
    default:
      return role satisfies never;
  }
}

function addText(list: string[], text: string): Join {
  list.push(text);
  return joining(list);
}

const joining =
  (list: string[]): Join =>
  (more) => {
    list.push(`${list.pop() ?? ""}\n${more}`.trim());
  };

function addFollowUp(followUps: FollowUp[], ask: string): Join {
  followUps.push({ ask, probes: "" });
  return (more) => {
    const last = followUps.pop();
    followUps.push({ ask: `${last?.ask ?? ""}\n${more}`.trim(), probes: last?.probes ?? "" });
  };
}

/** A line is all that what a follow-up probes has place for. */
function addProbes({ followUps, answer }: Pick<Texts, "followUps" | "answer">, text: string): Join {
  const last = followUps.at(-1);
  const probes = last && `${last.probes}\n${text}`.trim();
  if (!last || probes === undefined || probes.length > BANK_LIMITS.line) return addText(answer, text);
  followUps[followUps.length - 1] = { ...last, probes };
  return (more) => void addProbes({ followUps, answer }, more);
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
  const { followUps, spare } = fewer(texts.followUps);
  const value = {
    prompt: texts.prompt.join("\n\n"),
    hints: texts.hints,
    followUps,
    strongAnswer: [...texts.answer, ...spare],
    redFlags: texts.redFlags,
    references: texts.references.slice(0, QUESTION_LISTS.references.max),
    tags,
  };
  const isSaid = ([field, part]: [string, unknown]) => field === "prompt" || (Array.isArray(part) && part.length > 0);
  const left = texts.references.slice(value.references.length);
  const question = {
    value: Object.fromEntries(Object.entries(value).filter(isSaid)),
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

/** A question has so many follow-ups; what is more is joined to the last. `spare` is what they probe and has no place there. */
function fewer(all: readonly FollowUp[]): { readonly followUps: FollowUp[]; readonly spare: string[] } {
  const most = QUESTION_LISTS.followUps.max;
  if (all.length <= most) return { followUps: [...all], spare: [] };
  const joined = all.slice(most - 1);
  const ask = joined.map((followUp) => followUp.ask).join("\n\n");
  const probed = joined.flatMap(({ probes }) => (probes === "" ? [] : [probes]));
  const probes = probed.join(" / ");
  const hasPlace = probes.length <= BANK_LIMITS.line;
  return {
    followUps: [...all.slice(0, most - 1), { ask, probes: hasPlace ? probes : "" }],
    spare: hasPlace ? [] : probed,
  };
}
