import { askingOf, asks, asksByMark, isAllAsked, sentencesIn } from "./asking.ts";
import { type Block, type Item, isBelowByBullet, numberOf } from "./blocks.ts";
import type { Labels } from "./labels.ts";
import { kindOf } from "./markers.ts";

/** What the items of a text are to one another: which stand over others, and which ask. Every item is looked at once. */

/** The words that an item begins with. */
export function leadOf({ parts: [first] }: Item): string {
  return first?.kind === "prose" ? first.lines.join("\n") : "";
}

const nestedIn = ({ parts }: Item): Item[] => parts.filter((part) => part.kind === "item");

/** Whether a text leads elsewhere and says nothing else: a table of contents, a way back to the top. */
export function isNavigation(text: string): boolean {
  const trimmed = text.trim().slice(0, 500);
  if (
    /^(?:[*_\s[\]()#⬆↑🔝^-]|back to top|top|nach oben|inhalt(?:sverzeichnis)?|table of contents|contents)*$/iu.test(
      trimmed,
    )
  )
    return trimmed !== "";
  const links = /^(?:[*_\s|·•,/-]|\[[^\][]*(?:\[[^\][]*\][^\][]*)?\]\(([^()\s]*)\))+$/u;
  if (!links.test(trimmed)) return false;
  const isElsewhere = !/\]\(#/.test(trimmed);
  return !(isElsewhere && asksByMark(trimmed.replace(/\]\([^()\s]*\)/g, "").replaceAll("[", "")));
}

const isStatement = (item: Item): boolean => /[.。!]["'”*_]*$/.test(leadOf(item));

export class ListShapes {
  readonly #labels: Labels;
  readonly #asking = new Map<Item, boolean>();
  readonly #over = new Map<Item, boolean>();
  readonly #questions = new Map<readonly Item[], number>();
  readonly #unasked = new Map<Item, boolean>();
  readonly #othersAsking = new Map<readonly Item[], ReadonlyMap<boolean, boolean>>();
  readonly #withOver = new Map<readonly Item[], boolean>();
  /** By item, the items that stand one behind the other as it does, and its place among them. */
  readonly #runs = new Map<Item, { readonly items: readonly Item[]; readonly at: number }>();

  constructor(labels: Labels) {
    this.#labels = labels;
  }

  /** Takes up the items of a level, as they stand among other blocks. */
  learn(blocks: readonly Block[]): void {
    let items: Item[] = [];
    for (const block of [...blocks, null]) {
      if (block?.kind === "item") items.push(block);
      else if (items.length > 0) {
        for (const [at, item] of items.entries()) this.#runs.set(item, { items, at });
        items = [];
      }
    }
  }

  runOf(item: Item): { readonly items: readonly Item[]; readonly at: number } {
    return this.#runs.get(item) ?? { items: [item], at: 0 };
  }

  /** Whether an item asks in its own words. */
  asks(item: Item): boolean {
    const known = this.#asking.get(item);
    if (known !== undefined) return known;
    const lead = leadOf(item);
    const isAsking = this.#labels.isNumbered(lead) || asks(this.#labels.asAsked(lead));
    this.#asking.set(item, isAsking);
    return isAsking;
  }

  /** Whether an item asks, or stands over items that do. */
  leadsToQuestions(item: Item): boolean {
    return this.asks(item) || this.isOver(item);
  }

  /** Whether an item holds questions alone, by their marks. */
  isQuestion(item: Item): boolean {
    return isAllAsked(this.#labels.asAsked(leadOf(item)));
  }

  /** How many of the items that stand together are questions. */
  questionsIn(items: readonly Item[]): number {
    const known = this.#questions.get(items);
    if (known !== undefined) return known;
    const count = items.filter((item) => this.isQuestion(item)).length;
    this.#questions.set(items, count);
    return count;
  }

  /**
   * Whether an item is a name over others: it does not ask, and those nested in it do. Where none of them does by a mark, the name must end with a
   * colon, as answers too begin with words that ask. Where most of those beside it ask, it is a question as they are.
   */
  isOver(item: Item): boolean {
    const known = this.#over.get(item);
    if (known !== undefined) return known;
    const { items } = this.runOf(item);
    const isOver = this.#isPlainlyOver(item) || (this.#mayBeOver(item) && this.#hasOver(items));
    this.#over.set(item, isOver);
    return isOver;
  }

  /** Whether any of the items that stand together is plainly a name over others, so that those like it are. */
  #hasOver(items: readonly Item[]): boolean {
    const known = this.#withOver.get(items);
    if (known !== undefined) return known;
    const has = items.some((item) => this.#isPlainlyOver(item));
    this.#withOver.set(items, has);
    return has;
  }

  #isPlainlyOver(item: Item): boolean {
    if (!this.#mayBeOver(item)) return false;
    const nested = nestedIn(item);
    const isWork = (inner: Item) => this.asks(inner) && askingOf(leadOf(inner)) === "work";
    return (
      nested.some((inner) => this.isQuestion(inner)) || (/[:：]\s*[*_]*$/.test(leadOf(item)) && !nested.some(isWork))
    );
  }

  #mayBeOver(item: Item): boolean {
    const nested = nestedIn(item);
    if (nested.length === 0 || leadOf(item) === "" || this.asks(item)) return false;
    const { items } = this.runOf(item);
    if (items.length > 1 && this.questionsIn(items) * 2 > items.length) return false;
    return nested.filter((inner) => this.leadsToQuestions(inner)).length * 2 >= nested.length;
  }

  /** Whether an item is the name of the list that begins anew behind it, as in `2. Copper` with `1. Why?` below it. */
  isRenumbered(item: Item): boolean {
    const { items, at } = this.runOf(item);
    const next = items[at + 1];
    if (numberOf(item) === null || next === undefined || numberOf(next) !== 1 || this.asks(item)) return false;
    return sentencesIn(leadOf(item)).length === 1 && !/[.。]$/.test(leadOf(item)) && this.asks(next);
  }

  /** Whether what follows a block asks: most of the items, or else the first paragraph, up to the next name. */
  areAsked(blocks: readonly Block[], from: number): boolean {
    let items = 0;
    let asking = 0;
    for (let at = from; at < blocks.length; at++) {
      const block = blocks[at];
      if (block?.kind === "item") {
        items += 1;
        if (this.leadsToQuestions(block)) asking += 1;
      } else if (items === 0 && block?.kind === "summary") return asksByMark(block.text);
      else if (items === 0 && block?.kind === "prose") return asksByMark(block.lines.join("\n"));
      else if (block === undefined || block.kind === "heading" || block.kind === "prose" || block.kind === "summary")
        break;
    }
    return asking * 2 > items;
  }

  /** Whether an item says something where most of those beside it ask by a mark: an answer in the list of the questions. */
  isSaid(item: Item): boolean {
    const { items, at } = this.runOf(item);
    const isAlone = item.parts.length === 1 && at > 0 && !this.asks(item) && isStatement(item);
    return isAlone && this.questionsIn(items) * 2 >= items.length;
  }

  /** Whether an item does not ask and is marked otherwise than those that do: points below numbered questions, steps below others. */
  isBelowOthers(item: Item): boolean {
    const { items, at } = this.runOf(item);
    const isNumbered = numberOf(item) !== null;
    if (at === 0 || this.leadsToQuestions(item) || (numberOf(items[0] ?? item) === null) !== isNumbered) return false;
    return this.#othersAsk(items, isNumbered);
  }

  /** Whether most of the items that stand together ask, of those with numbers or of those without. */
  #othersAsk(items: readonly Item[], butNumbered: boolean): boolean {
    const known = this.#othersAsking.get(items)?.get(butNumbered);
    if (known !== undefined) return known;
    const others = items.filter((item) => (numberOf(item) !== null) !== butNumbered);
    const isAsking = others.filter((item) => this.asks(item)).length * 2 > others.length;
    this.#othersAsking.set(items, new Map(this.#othersAsking.get(items)).set(butNumbered, isAsking));
    return isAsking;
  }

  /** Whether nothing asks among the items that stand together and are marked alike. */
  areUnasked(item: Item): boolean {
    const known = this.#unasked.get(item);
    if (known !== undefined) return known;
    const { items, at } = this.runOf(item);
    const kind = kindOf(item.marker);
    const isAlike = (one: Item | undefined) => one !== undefined && kindOf(one.marker) === kind;
    let from = at;
    let end = at + 1;
    while (isAlike(items[from - 1])) from -= 1;
    while (isAlike(items[end])) end += 1;
    const alike = items.slice(from, end);
    const areUnasked = !alike.some((one) => this.leadsToQuestions(one));
    for (const one of alike) this.#unasked.set(one, areUnasked);
    return areUnasked;
  }

  /** Whether several items of a text ask by their marks, or stand over such: then it is a list of questions that have them. */
  doAsk(blocks: readonly Block[]): boolean {
    const asking = blocks.filter((block) => block.kind === "item" && (this.isQuestion(block) || this.isOver(block)));
    return asking.length > 1;
  }

  /** How many items stand directly behind a block. */
  itemsBehind(blocks: readonly Block[], from: number): number {
    let at = from;
    while (blocks[at]?.kind === "item") at += 1;
    return at - from;
  }
}

/**
 * The blocks with those items lifted out that are names over others and stand in an item by their bullet alone: so a list of bullets looks that is
 * pasted behind a numbered one.
 */
export function lifted(blocks: readonly Block[], shapes: ListShapes): Block[] {
  return blocks.flatMap((block): Block[] => {
    if (block.kind !== "item") return [block];
    const isAfter = (part: Item["parts"][number]) =>
      part.kind === "item" && isBelowByBullet(block, part) && shapes.isOver(part);
    const first = block.parts.findIndex(isAfter);
    if (first < 0 || !block.parts.slice(first).every(isAfter)) return [block];
    return [
      { ...block, parts: block.parts.slice(0, first) },
      ...block.parts.slice(first).filter((part) => part.kind === "item"),
    ];
  });
}
