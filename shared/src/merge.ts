import { diffIndices } from "node-diff3";
import { applySplice, type Splice } from "./text.ts";

/**
 * Three-way merges: two people, or two devices of one, have each changed the same thing. What one of them added stands, what one of them
 * took out stays out where the other left it as it was, and where both changed the same words both passages stand, one after the other.
 */

/** What a command says of a text: the text, and how it leads back to the one that its writer had before them. */
export interface Written {
  readonly text: string;
  /** Applied to `text`, it gives what was there when the writing began; absent where the page of an earlier build wrote. */
  readonly base?: Splice | undefined;
}

/** The text that comes of `current` by what somebody has written. Without a base their text takes its place. */
export function writtenOnto(current: string, { text, base }: Written): string {
  return base === undefined ? text : mergeTexts(applySplice(text, base), text, current);
}

/** Merges what `mine` and `theirs` each made of `base`. Where both changed the same words, theirs come first. */
export function mergeTexts(base: string, mine: string, theirs: string): string {
  return mergedBy(UNITS, { base, mine, theirs }, { steps: MOST_STEPS });
}

/**
 * Merges what `mine` and `theirs` each made of a list of texts. Where both changed the same entries, they are merged one by one if they are
 * as many as before, and else all of them stand.
 */
export function mergeLists(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const budget = { steps: MOST_STEPS };
  const passages = merged({ base, mine, theirs }, budget, (of) => {
    if (of.mine.length !== of.base.length || of.theirs.length !== of.base.length) return union(of);
    return of.base.map((before, index) =>
      mergedBy(UNITS, { base: before, mine: of.mine[index] ?? "", theirs: of.theirs[index] ?? "" }, budget),
    );
  });
  return passages.flat();
}

/** Merges what `mine` and `theirs` each made of an order of names. One that both moved stands twice. */
export function mergeOrders(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  return merged({ base, mine, theirs }, { steps: MOST_STEPS }, union).flat();
}

function union({ mine, theirs }: Sides<readonly string[]>): string[] {
  const known = new Set(theirs);
  return [...theirs, ...mine.filter((entry) => !known.has(entry))];
}

/** The words that two texts have in common, in their order: what both can have begun with, where nobody knows. */
export function commonText(one: string, other: string): string {
  const [ofOne, ofOther] = [unitsOf(one, WORDS), unitsOf(other, WORDS)];
  return kept(ofOne, changesOf(ofOne, ofOther, { steps: MOST_STEPS })).join("");
}

/** The entries that two lists have in common, in their order. */
export function commonEntries(one: readonly string[], other: readonly string[]): string[] {
  return kept(one, changesOf(one, other, { steps: MOST_STEPS }));
}

/** Splices that turn `before` into `after` word by word, from the last place to the first, so that each holds for the text as it then is. */
export function splicesBetween(before: string, after: string): Splice[] {
  const [from, to] = [unitsOf(before, WORDS), unitsOf(after, WORDS)];
  const starts = [0];
  for (const unit of from) starts.push((starts.at(-1) ?? 0) + unit.length);
  const at = (index: number) => starts[index] ?? before.length;
  return changesOf(from, to, { steps: MOST_STEPS })
    .map(({ start, end, units }) => ({ at: at(start), remove: at(end) - at(start), insert: units.join("") }))
    .reverse();
}

/** The three sides of a merge. */
interface Sides<T> {
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}

/** How much work a merge may still take, in steps of the comparison. */
interface Budget {
  steps: number;
}

/**
 * Comparing takes as many steps as there are pairs of like units, times the length, which for a text of one repeated word is its third
 * power. Beyond this many (some milliseconds) what differs counts as changed whole, so that no text takes the server from the others.
 */
const MOST_STEPS = 8_000_000;
/** What it takes to cut a text into one more unit and put it together again, in the same steps. */
const STEPS_OF_A_UNIT = 500;

/** Scripts that put no space between words: each character of them is a word. */
const UNSPACED =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}]";
const LETTER = `(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}_])`;

const LINES = /[^\n]*\n|[^\n]+/g;
const SENTENCES = /[^.!?。！？؟]*[.!?。！？؟]+\s*|[^.!?。！？؟]+/gu;
const WORDS = new RegExp(`${LETTER}+|\\n|[^\\S\\n]+|.`, "gsu");
/** A text is merged by lines; what both changed of them by sentences, and what both changed of those by words. */
const UNITS: readonly RegExp[] = [LINES, SENTENCES, WORDS];

const unitsOf = (text: string, units: RegExp): string[] => text.match(units) ?? [];

function mergedBy(units: readonly RegExp[], sides: Sides<string>, budget: Budget): string {
  const { base, mine, theirs } = sides;
  if (theirs === base || theirs === mine) return mine;
  if (mine === base) return theirs;
  const [unit, ...smaller] = units;
  if (!unit) return bothPassages(theirs, mine);
  const inUnits = { base: unitsOf(base, unit), mine: unitsOf(mine, unit), theirs: unitsOf(theirs, unit) };
  budget.steps -= STEPS_OF_A_UNIT * (inUnits.base.length + inUnits.mine.length + inUnits.theirs.length);
  if (budget.steps < 0) return bothPassages(theirs, mine);
  const passages = merged(inUnits, budget, (of) => [
    mergedBy(smaller, { base: of.base.join(""), mine: of.mine.join(""), theirs: of.theirs.join("") }, budget),
  ]);
  return joined(passages.map((passage) => passage.join("")));
}

const ENDS_IN_WORD = new RegExp(`${LETTER}$`, "u");
const BEGINS_WITH_WORD = new RegExp(`^${LETTER}`, "u");

/** One passage after the other. Words of different writers never run into one. */
function joined(passages: readonly string[]): string {
  const parts: string[] = [];
  for (const passage of passages.filter(Boolean)) {
    if (runInto(parts.at(-1) ?? "", passage)) parts.push(" ");
    parts.push(passage);
  }
  return parts.join("");
}

const runInto = (before: string, after: string): boolean =>
  ENDS_IN_WORD.test(before.slice(-2)) && BEGINS_WITH_WORD.test(after);

/** Both passages, unless one begins or ends with the other: words after a space, longer ones on a line of their own. */
function bothPassages(first: string, second: string): string {
  if (first === "" || holdsAtAnEnd(second, first)) return second;
  if (second === "" || holdsAtAnEnd(first, second)) return first;
  if (/\s$/.test(first) || /^\s/.test(second)) return first + second;
  return /\s/.test(first + second) ? `${first}\n${second}` : `${first} ${second}`;
}

/** Whether a passage begins or ends with another one, whole words of it. */
function holdsAtAnEnd(whole: string, part: string): boolean {
  if (whole.startsWith(part) && !runInto(part, whole.slice(part.length))) return true;
  return whole.endsWith(part) && !runInto(whole.slice(0, -part.length), part);
}

/** Between the units `start` and `end` of the base, these stand instead. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly units: readonly string[];
}

type Resolve = (both: Sides<readonly string[]>) => readonly string[];

/** The merged units, those of one origin together. `resolve` is asked where both sides changed the same units of the base, or added at the same place. */
function merged(
  { base, mine, theirs }: Sides<readonly string[]>,
  budget: Budget,
  resolve: Resolve,
): (readonly string[])[] {
  const passages: (readonly string[])[] = [];
  let from = 0;
  for (const { start, end, ofMine, ofTheirs } of placesOf(
    changesOf(base, mine, budget),
    changesOf(base, theirs, budget),
  )) {
    passages.push(base.slice(from, start));
    const made = (changes: readonly Change[]) => remade(base, start, end, changes);
    if (ofMine.length === 0) passages.push(made(ofTheirs));
    else if (ofTheirs.length === 0) passages.push(made(ofMine));
    else passages.push(resolve({ base: base.slice(start, end), mine: made(ofMine), theirs: made(ofTheirs) }));
    from = end;
  }
  passages.push(base.slice(from));
  return passages;
}

/** A part of the base that one side changed, or that changes of both sides overlap in. */
interface Place {
  readonly start: number;
  end: number;
  readonly ofMine: Change[];
  readonly ofTheirs: Change[];
}

function placesOf(mine: readonly Change[], theirs: readonly Change[]): Place[] {
  const all = [
    ...mine.map((change) => ({ change, isMine: true })),
    ...theirs.map((change) => ({ change, isMine: false })),
  ].sort((a, b) => a.change.start - b.change.start || a.change.end - b.change.end);
  const places: Place[] = [];
  for (const { change, isMine } of all) {
    let place = places.at(-1);
    const isSamePlace = place && place.start === change.start && place.end === change.end;
    if (!place || !(change.start < place.end || isSamePlace)) {
      place = { start: change.start, end: change.end, ofMine: [], ofTheirs: [] };
      places.push(place);
    }
    place.end = Math.max(place.end, change.end);
    (isMine ? place.ofMine : place.ofTheirs).push(change);
  }
  return places;
}

/** The base between two places, as the changes of one side leave it. */
function remade(base: readonly string[], start: number, end: number, changes: readonly Change[]): string[] {
  const parts: (readonly string[])[] = [];
  let from = start;
  for (const change of changes) {
    parts.push(base.slice(from, change.start), change.units);
    from = change.end;
  }
  parts.push(base.slice(from, end));
  return parts.flat();
}

const kept = (base: readonly string[], changes: readonly Change[]): string[] =>
  remade(
    base,
    0,
    base.length,
    changes.map((change) => ({ ...change, units: [] })),
  );

/** What leads from `base` to `other`, in the base's order. */
function changesOf(base: readonly string[], other: readonly string[], budget: Budget): Change[] {
  const shorter = Math.min(base.length, other.length);
  let head = 0;
  while (head < shorter && base[head] === other[head]) head++;
  let tail = 0;
  while (tail < shorter - head && base.at(-1 - tail) === other.at(-1 - tail)) tail++;
  const before = base.slice(head, base.length - tail);
  const after = other.slice(head, other.length - tail);
  if (before.length === 0 && after.length === 0) return [];
  const steps = stepsFor(before, after);
  if (steps > budget.steps) return [{ start: head, end: head + before.length, units: after }];
  budget.steps -= steps;
  return diffIndices(before, after).map(({ buffer1: [start, length], buffer2Content: units }) => ({
    start: head + start,
    end: head + start + length,
    units,
  }));
}

function stepsFor(before: readonly string[], after: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const unit of after) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const pairs = before.reduce((sum, unit) => sum + (counts.get(unit) ?? 0), 0);
  return pairs * Math.min(before.length, after.length);
}
