import type { Labels } from "../list/labels.ts";
import type { PassedOver } from "../parsed.ts";
import { passedOver } from "../passed-over.ts";
import type { RawValue } from "../raw.ts";
import { slugOf } from "../slug.ts";
import { type Entry, entriesOf, textOf } from "./entries.ts";
import { COUNTS, outOfLine, unguarded } from "./guards.ts";
import { remarkIn, withoutComment } from "./lines.ts";
import { behindTitle, type Part } from "./parts.ts";
import { Places } from "./places.ts";
import { type Section, sectionsOf } from "./sections.ts";
import { type ListName, phaseNamed, timedIn } from "./words.ts";

export interface ReadKit {
  readonly kit: RawValue | null;
  readonly passedOver: readonly PassedOver[];
}

interface Context {
  readonly file: string;
  readonly isMarked: boolean;
  readonly labels: Labels;
  /** The identifier of the document's question of that title. */
  readonly questionTitled: (title: string) => string | null;
}

/** A kit of the document, or what it said where it lacks what makes one. */
export function kitOf(part: Part, { file, isMarked, labels, questionTitled }: Context): ReadKit {
  const { found: about, line, rest } = behindTitle(part, (line) => timedIn(isMarked ? unguarded(line) : line));
  const { text, sections } = sectionsOf(part, rest, { isMarked, isPrompt: false, of: "kit", labels });
  const lists = listsOf(sections);
  const entries = (list: ListName) => lists.get(list) ?? [];
  const lacks = [
    ...(about ? [] : ["role and minutes"]),
    ...(["competencies", "phases", "plan"] as const).filter((list) => entries(list).length === 0),
  ];
  if (!about || lacks.length > 0) {
    const whole = [part.title, ...part.pieces.flatMap(({ lines }) => lines.map((one) => one.text))].join("\n");
    return {
      kit: null,
      passedOver: [passedOver(file, part.line, `This kit says nothing of its ${lacks.join(", ")}`, whole)],
    };
  }
  const places = new Places(file, part.line);
  for (const field of ["role", "minutes"]) places.set([field], line);
  const competencies = entries("competencies").map(competencyOf);
  /** What the document numbers one as may not be its place, where somebody took another out. */
  const numbers = new Map(competencies.map(({ number }, index) => [number, index + 1]));
  for (const [index, entry] of entries("phases").entries()) places.set(["phases", index], entry.line);
  const plan = entries("plan").map((entry, index) => {
    places.set(["questions", index], entry.line);
    const { name, comment } = withoutComment(entry.text);
    const { name: title, minutes, probes } = timedIn(name) ?? { name, minutes: undefined, probes: [] };
    const id =
      (comment === null ? null : remarkIn(comment).id) ?? questionTitled(outOfLine(title)) ?? slugOf(title, "question");
    return { question: id, minutes, probes: probes.map((number) => numbers.get(number) ?? number) };
  });
  const value = {
    id: part.id ?? slugOf(part.title, "kit"),
    title: part.title,
    role: isMarked ? outOfLine(about.name) : about.name,
    description: textOf(text),
    minutes: about.minutes,
    competencies: competencies.map(({ name }) => name),
    weights: competencies.flatMap(({ weight, reason }, index) =>
      weight === null ? [] : [{ competency: index + 1, weight, reason }],
    ),
    phases: entries("phases").map(({ text: phase }) => {
      const { name, minutes } = timedIn(phase) ?? { name: phase, minutes: undefined };
      return { kind: phaseNamed(name), minutes };
    }),
    questions: plan,
  };
  const why = "This text belongs to no part of a kit";
  return {
    kit: places.raw(value),
    passedOver: looseOf(sections).map(({ line: at, text: loose }) => passedOver(file, at, why, loose)),
  };
}

function listsOf(sections: readonly Section[]): ReadonlyMap<ListName, readonly Entry[]> {
  const lists = new Map<ListName, readonly Entry[]>();
  for (const section of sections) {
    if (section.kind === "list")
      lists.set(section.list, [...(lists.get(section.list) ?? []), ...entriesOf(section.lines).entries]);
  }
  return lists;
}

/** What stands between the lists and in none. */
const looseOf = (sections: readonly Section[]): Entry[] =>
  sections.flatMap((section): Entry[] => {
    if (section.kind === "list") return [...entriesOf(section.lines).loose];
    const name = section.kind === "criterion" ? [{ number: section.line, text: section.name }] : [];
    const codes =
      section.kind === "workspace"
        ? section.codes.map(({ line, token }) => ({ number: line, text: token.code ?? "" }))
        : [];
    return [{ line: section.line, number: null, text: textOf([...name, ...section.lines, ...codes]) }];
  });

interface ReadCompetency {
  readonly number: number;
  readonly name: string;
  readonly weight: number | null;
  readonly reason: string;
}

function competencyOf({ text }: Entry, index: number): ReadCompetency {
  const [numbering = "", number] = /^(\d{1,2}):[ \t]*/.exec(text) ?? [];
  const { first, words, second } = COUNTS.divided(text.slice(numbering.length));
  const weight = words === null ? null : Number(/^\D{0,40}([\d.e-]{1,20}) times/i.exec(words)?.[1]);
  return {
    number: number === undefined ? index + 1 : Number(number),
    name: first.trim(),
    weight,
    reason: second.trim(),
  };
}
