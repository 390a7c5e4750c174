import { headingName } from "../phrases.ts";
import { askedIn, askingOf, asksByMark } from "./asking.ts";
import type { Block, Heading } from "./blocks.ts";
import type { Labels } from "./labels.ts";
import type { ListShapes } from "./list-shapes.ts";

/** How many items that ask, below something that asks, can be meant as belonging to it. */
export const MOST_BELOW = 4;

/** Which headings of a text are questions, and which one is its title. */
export class QuestionHeadings {
  /** The one heading at the top that stands over several others and no question of its own: a name and no topic. */
  readonly title: Heading | null;
  readonly #questions: ReadonlySet<Heading>;

  constructor(blocks: readonly Block[], shapes: ListShapes, labels: Labels) {
    const all = blocks.flatMap((block, at) =>
      block.kind === "heading" ? [new Looked(block, at, blocks, shapes, labels)] : [],
    );
    const asking = all.filter(({ isAsking }) => isAsking);
    const usual = new Set<number>();
    for (const level of [1, 2, 3, 4, 5, 6]) {
      const ofLevel = all.filter((one) => one.heading.level === level && one.hasOwn && !one.isLabel);
      const askingHere = asking.filter((one) => one.heading.level === level).length;
      if (askingHere > 0 && askingHere * 2 >= ofLevel.length) usual.add(level);
    }
    const isQuestion = (one: Looked) =>
      !one.isLabel &&
      !one.isContainer &&
      (one.isAsking || (usual.has(one.heading.level) && one.hasOwn && !one.isOverQuestions));
    this.#questions = new Set(all.filter(isQuestion).map(({ heading }) => heading));
    this.title = titleOf(all, this.#questions);
  }

  isQuestion(heading: Heading): boolean {
    return this.#questions.has(heading);
  }
}

class Looked {
  readonly heading: Heading;
  readonly isLabel: boolean;
  readonly isAsking: boolean;
  /** Whether anything stands between it and the next heading. */
  readonly hasOwn: boolean;
  /** Whether that asks. */
  readonly isOverQuestions: boolean;
  /** Whether it stands over others and holds nothing itself. */
  readonly isContainer: boolean;

  constructor(heading: Heading, at: number, blocks: readonly Block[], shapes: ListShapes, labels: Labels) {
    this.heading = heading;
    const next = blocks[at + 1];
    this.isLabel = labels.labelled(heading.text) !== null;
    const name = headingName(heading.text);
    this.isAsking =
      labels.isNumbered(heading.text) || asksByMark(askedIn(heading.text).asked) || askingOf(name) !== null;
    this.hasOwn = next !== undefined && next.kind !== "heading";
    this.isOverQuestions = this.hasOwn && shapes.areAsked(blocks, at + 1);
    const isOverHeadings = next?.kind === "heading" && next.level > heading.level && !labels.labelled(next.text);
    const isOverMany = this.isOverQuestions && shapes.itemsBehind(blocks, at + 1) > MOST_BELOW;
    this.isContainer = isOverHeadings || isOverMany;
  }
}

function titleOf(all: readonly Looked[], questions: ReadonlySet<Heading>): Heading | null {
  const names = all.filter(({ heading, isLabel }) => !questions.has(heading) && !isLabel);
  const [first] = names;
  if (!first || first !== all[0]) return null;
  const others = all.slice(1).map(({ heading }) => heading);
  if (others.some(({ level }) => level <= first.heading.level)) return null;
  const below = names.slice(1).map(({ heading }) => heading.level);
  const second = Math.min(...below);
  return below.filter((level) => level === second).length > 1 && !first.isOverQuestions ? first.heading : null;
}
