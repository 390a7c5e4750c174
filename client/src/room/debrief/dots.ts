import { LEVELS } from "@whetstone/shared/bank";

/** Where dots stand on the scale of the four levels. Lengths are CSS pixels; no two dots of a picture overlap. */

export const DOT = 20;
/** How many dots stand beside each other at one level before a second line begins. */
const PER_LINE = 3;

/** The scale on which levels stand far enough apart for a full line of dots at each. */
export const LEVEL_SCALE = scaleOf(DOT * PER_LINE * LEVELS.length + 2 * LEVELS.length);
/** The scale of scores, which lie anywhere between two levels. */
export const SCORE_SCALE = scaleOf(304);

export interface Scale {
  readonly width: number;
  /** The place of a level or a score from 1 to 4. */
  readonly x: (score: number) => number;
}

function scaleOf(width: number): Scale {
  const inset = width / LEVELS.length / 2;
  return { width, x: (score) => inset + ((score - 1) / (LEVELS.length - 1)) * (width - 2 * inset) };
}

interface Dots {
  readonly height: number;
  /** Where the scale itself runs, from the top. */
  readonly axis: number;
  /** The centre of each dot in the order of what was given; null where there is nothing to show. */
  readonly places: readonly ({ readonly x: number; readonly y: number } | null)[];
}

/** Levels as dots: those that are equal stand beside each other around their level, in as few lines as hold them. */
export function levelDots(levels: readonly (number | null)[]): Dots {
  const atLevel = (level: number) => levels.flatMap((other, index) => (other === level ? [index] : []));
  const lines = Math.max(1, ...LEVELS.map((level) => Math.ceil(atLevel(level).length / PER_LINE)));
  const height = lines * DOT;
  const places = levels.map((level, index) => {
    if (level === null) return null;
    const equals = atLevel(level);
    const ownLines = Math.ceil(equals.length / PER_LINE);
    const perLine = Math.ceil(equals.length / ownLines);
    const rank = equals.indexOf(index);
    const line = Math.floor(rank / perLine);
    const inLine = Math.min(perLine, equals.length - line * perLine);
    const aside = (rank % perLine) - (inLine - 1) / 2;
    return { x: LEVEL_SCALE.x(level) + aside * DOT, y: height / 2 + (line - (ownLines - 1) / 2) * DOT };
  });
  return { height, axis: height / 2, places };
}

/** Scores as dots: each exactly at its score, and below or above the scale where it would overlap another. */
export function scoreDots(scores: readonly (number | null)[]): Dots {
  const lanes: number[] = [];
  const laneOf = new Map<number, number>();
  const byScore = scores.flatMap((score, index) => (score === null ? [] : [{ score, index }]));
  for (const { score, index } of byScore.toSorted((one, other) => one.score - other.score)) {
    const x = SCORE_SCALE.x(score);
    const free = lanes.findIndex((lastX) => x - lastX >= DOT);
    const lane = free === -1 ? lanes.length : free;
    lanes[lane] = x;
    laneOf.set(index, lane);
  }
  const count = Math.max(1, lanes.length);
  const axis = (Math.floor((count - 1) / 2) + 0.5) * DOT;
  const places = scores.map((score, index) => {
    const lane = laneOf.get(index);
    return score === null || lane === undefined ? null : { x: SCORE_SCALE.x(score), y: axis + asideOf(lane) * DOT };
  });
  return { height: count * DOT, axis, places };
}

/** On the scale, then by turns below and above it: 0, 1, -1, 2, -2. */
const asideOf = (lane: number): number => (lane % 2 === 0 ? -lane / 2 : (lane + 1) / 2);
