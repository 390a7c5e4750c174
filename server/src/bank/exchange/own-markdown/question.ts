import { Identifier, LEVELS } from "@whetstone/shared/bank";
import { isVisible } from "@whetstone/shared/visible";
import { pointsOf } from "../fit.ts";
import { asksByMark } from "../list/asking.ts";
import type { Labels } from "../list/labels.ts";
import type { PassedOver, Refused } from "../parsed.ts";
import { passedOver } from "../passed-over.ts";
import { inWords } from "../phrases.ts";
import type { RawQuestion } from "../raw.ts";
import { slugOf } from "../slug.ts";
import { type Entry, entriesOf, type Line, textOf } from "./entries.ts";
import { outOfLine, PROBES } from "./guards.ts";
import { behindTitle, isNumber, type Part } from "./parts.ts";
import { Places } from "./places.ts";
import { type Section, sectionsOf } from "./sections.ts";
import { aboutIn, isQuestionList, type QuestionList } from "./words.ts";
import { Workspaces } from "./workspaces.ts";

export interface Read {
  readonly raw: RawQuestion;
  readonly refused: readonly Refused[];
  readonly passedOver: readonly PassedOver[];
}

interface Context {
  readonly file: string;
  readonly isMarked: boolean;
  readonly labels: Labels;
  /** The topic by its identifier, or by its name where that is all that is known. */
  readonly topic: { readonly id: string } | { readonly name: string } | null;
}

/** A question of the document. What has no place in it goes to the strong answer, which is the panel's. */
export function questionOf(part: Part, { file, isMarked, labels, topic }: Context): Read {
  const { found: about, line, rest } = behindTitle(part, aboutIn);
  const isPrompt = part.id === null && isNumber(part.title) && about !== null && about.reviewed === null;
  const { text, sections, isHandMade } = sectionsOf(part, rest, { isMarked, isPrompt, of: "question", labels });
  const reading = new Reading(new Places(file, part.line), { file, isMarked, isPrompt });
  const asked = isHandMade && sections.length === 0 ? reading.askedOf(text) : textOf(text);
  for (const section of sections) reading.take(section);
  for (const field of ["level", "minutes", "reviewed"]) reading.places.set([field], line);
  const { lists, left } = reading.lists(part.id !== null);
  const { workspace, refused } = reading.workspaces.read();
  const value = {
    ...(part.id !== null && { id: part.id }),
    ...(!(isPrompt && makesTitle(asked)) && { title: part.title }),
    ...(topic && "id" in topic && { topic: topic.id }),
    ...(about && { level: about.level, minutes: about.minutes }),
    ...(about?.reviewed != null && { reviewed: about.reviewed }),
    prompt: asked,
    ...lists,
    ...(reading.criteria.length > 0 && { criteria: reading.criteria }),
    ...(workspace && { workspace }),
  };
  const topicName = topic && "name" in topic ? topic.name : null;
  return { raw: { ...reading.places.raw(value), topicName }, refused, passedOver: left };
}

/** Whether a title can be made of a prompt's first words, as the import does where none is given. */
const makesTitle = (prompt: string): boolean => isVisible(inWords(prompt.split(/\n\s*\n/, 1)[0] ?? ""));

interface Criterion {
  readonly id?: string;
  readonly name: string;
  readonly anchors: readonly string[];
}

/** A criterion of its entries, each the anchor of its level; `rest` is what has no level. */
export function criterionOf(
  { id, name, lines }: Extract<Section, { kind: "criterion" }>,
  isMarked: boolean,
): { readonly criterion: Criterion; readonly rest: readonly Entry[] } {
  const { entries, loose } = entriesOf(lines);
  const anchorOf = (level: number) => entries.find(({ number }) => number === level);
  const anchors = LEVELS.map(anchorOf);
  const criterion = {
    ...(id !== null && { id }),
    name: isMarked ? outOfLine(name) : name,
    anchors: anchors.map((anchor) => anchor?.text ?? ""),
  };
  return { criterion, rest: [...entries.filter((entry) => !anchors.includes(entry)), ...loose] };
}

class Reading {
  readonly places: Places;
  readonly criteria: Criterion[] = [];
  readonly workspaces: Workspaces;
  readonly #file: string;
  readonly #isMarked: boolean;
  readonly #lists = new Map<QuestionList, Entry[]>();
  /** What has no place. */
  readonly #rest: Entry[] = [];

  constructor(places: Places, { file, isMarked, isPrompt }: { file: string; isMarked: boolean; isPrompt: boolean }) {
    this.places = places;
    this.workspaces = new Workspaces(places, { file, isMarked, isPrompt, rest: this.#rest });
    this.#file = file;
    this.#isMarked = isMarked;
  }

  take(section: Section): void {
    switch (section.kind) {
      case "list":
        this.#takeList(section);
        break;
      case "criterion":
        this.#takeCriterion(section);
        break;
      case "workspace":
        this.workspaces.take(section);
        break;
      case "unknown":
        this.#rest.push({ line: section.line, number: null, text: textOf(section.lines) });
        break;
      default:
        section satisfies never;
    }
  }

  /** Of what somebody wrote without naming its parts: up to the last paragraph that asks. */
  askedOf(lines: readonly Line[]): string {
    const blank = lines.flatMap(({ text }, at) => (text.trim() === "" ? [at] : []));
    const ends = [...blank, lines.length];
    const last = ends.findLastIndex((end, at) => asksByMark(textOf(lines.slice(ends[at - 1] ?? 0, end))));
    const end = ends[last] ?? ends.find((at) => textOf(lines.slice(0, at)) !== "") ?? lines.length;
    const rest = textOf(lines.slice(end));
    if (rest !== "") this.#rest.push({ line: lines[end]?.number ?? 0, number: null, text: rest });
    return textOf(lines.slice(0, end));
  }

  /** The fields that are lists; of a question with an identifier those too that have nothing. */
  lists(isWhole: boolean): { readonly lists: Readonly<Record<string, unknown>>; readonly left: readonly PassedOver[] } {
    const points = [...this.#entries("strongAnswer"), ...this.#rest];
    const { points: texts, rest } = pointsOf(points.map(({ text }) => text));
    const texted = (list: QuestionList) => this.#entries(list).map(({ text }) => text);
    const lists = {
      covers: texted("covers"),
      tags: texted("tags").map((tag) => (Identifier.safeParse(tag).success ? tag : slugOf(tag, tag))),
      aliases: texted("aliases"),
      hints: texted("hints"),
      followUps: texted("followUps").map(followUpOf),
      strongAnswer: texts,
      redFlags: texted("redFlags"),
      references: texted("references"),
    } satisfies Record<QuestionList, unknown>;
    const given = Object.entries(lists).filter(([, entries]) => isWhole || entries.length > 0);
    const why = "This is more than a question has place for";
    return {
      lists: Object.fromEntries(given),
      left: rest === "" ? [] : [passedOver(this.#file, points[0]?.line ?? 0, why, rest)],
    };
  }

  /** A numbered list below a bold line is a rubric only where it has an anchor for each level. */
  #takeCriterion(section: Extract<Section, { kind: "criterion" }>): void {
    const { criterion, rest } = criterionOf(section, this.#isMarked);
    if (section.id === null && criterion.anchors.includes("")) {
      const text = textOf([{ number: section.line, text: `**${section.name}**` }, ...section.lines]);
      this.#rest.push({ line: section.line, number: null, text });
      return;
    }
    this.places.set(["criteria", this.criteria.length], section.line);
    this.criteria.push(criterion);
    this.#rest.push(...rest);
  }

  #takeList({ list, line, lines }: Extract<Section, { kind: "list" }>): void {
    // A kit's list has no place in a question.
    if (!isQuestionList(list)) return;
    const { entries, loose } = entriesOf(lines);
    const before = this.#entries(list);
    if (before.length === 0) this.places.set([list], line);
    for (const [index, entry] of entries.entries()) this.places.set([list, before.length + index], entry.line);
    this.#lists.set(list, [...before, ...entries]);
    this.#rest.push(...loose);
  }

  #entries(list: QuestionList): readonly Entry[] {
    return this.#lists.get(list) ?? [];
  }
}

function followUpOf(text: string): { readonly ask: string; readonly probes: string } {
  const { first, second } = PROBES.divided(text);
  return { ask: first.trim(), probes: second.trim() };
}
