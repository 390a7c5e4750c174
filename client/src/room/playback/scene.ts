import { elapsedAt } from "@whetstone/shared/room/course/state";
import { countUpTo, type Timeline, timelineOf } from "@whetstone/shared/workspace/playback/timeline";
import type { History, Read } from "./reading.ts";
import type { Doing } from "./sentences.ts";
import { type Tick, ticksOf } from "./ticks.ts";

/** All of a playback that stays the same while it plays. */
export interface Scene<Of extends History = History> {
  readonly read: Read<Of>;
  readonly timeline: Timeline;
  /** By moment, where it stands in the playback. */
  readonly shownAt: readonly number[];
  readonly ticks: readonly (Tick & { readonly shown: number })[];
  /** How long the answer took, in running time of the interview. */
  readonly wholeMs: number;
  readonly isEmpty: boolean;
}

export function sceneOf<Of extends History>(read: Read<Of>): Scene<Of> {
  const { moments } = read.history;
  const ticks = ticksOf(read.playback, moments);
  const timeline = timelineOf([...moments, ...ticks.map(({ atMs: at }) => ({ at }))].map(({ at }) => at));
  return {
    read,
    timeline,
    shownAt: moments.map(({ at }) => timeline.shownAt(at)),
    ticks: ticks.map((tick) => ({ ...tick, shown: timeline.shownAt(tick.atMs) })),
    wholeMs: timesAt({ read, timeline }, timeline.totalMs).answerMs,
    isEmpty: moments.length === 0 && ticks.length === 0,
  };
}

/** How many moments are over when the playback stands there. */
export const momentsBy = ({ shownAt }: Scene, shown: number): number =>
  countUpTo(shownAt.length, (index) => (shownAt[index] ?? 0) <= shown);

/** Where the moment before or behind that one stands, or the mark, if that comes first; the end of the playback where there is none. */
export function steppedFrom({ shownAt, ticks, timeline }: Scene, shown: number, by: 1 | -1): number {
  const places = [...shownAt, ...ticks.map((tick) => tick.shown)];
  return by === 1
    ? Math.min(timeline.totalMs, ...places.filter((place) => place > shown))
    : Math.max(0, ...places.filter((place) => place < shown));
}

/** The interview's running time there, and that of the answer: since its question was asked; in milliseconds. */
export function timesAt({ read, timeline }: Pick<Scene, "read" | "timeline">, shown: number) {
  const { clock, askedAtMs } = read.playback;
  const elapsedMs = Math.round(elapsedAt(clock, timeline.atShown(shown)));
  return { elapsedMs, answerMs: Math.max(0, elapsedMs - askedAtMs) };
}

/** Where the playback stands at a running time of the interview. */
export const shownAtElapsed = (scene: Scene, elapsedMs: number): number =>
  countUpTo(Math.ceil(scene.timeline.totalMs), (shown) => timesAt(scene, shown).elapsedMs < elapsedMs);

/** For how long behind its last key somebody still writes, in milliseconds of the playback. */
const STILL_WRITES_MS = 600;

/** Who writes when the playback stands there; `ownId` is the viewer's own seat. */
export function doingAt(
  scene: Scene,
  shown: number,
  moment: History["moments"][number] | undefined,
  ownId: string,
): Doing {
  if (!moment) return { who: "nobody yet" };
  const silenceMs = scene.timeline.silenceAt(shown);
  if (silenceMs > 0 && shown - scene.timeline.shownAt(moment.at) > STILL_WRITES_MS)
    return { who: "nobody", forMs: silenceMs };
  const { seatId } = moment;
  if (seatId === null) return { who: "question" };
  if (seatId === ownId) return { who: "you" };
  return { who: "somebody", name: scene.read.writers.get(seatId) || "Somebody" };
}

/** Looks that people who write in one text have. */
const LOOKS = 6;

/** By which of the looks somebody is known, from 1; 0 for what nobody wrote. */
export function lookOf({ read: { writers } }: Scene, seatId: string | null): number {
  const place = seatId === null ? -1 : [...writers.keys()].indexOf(seatId);
  return place < 0 ? 0 : (place % LOOKS) + 1;
}
