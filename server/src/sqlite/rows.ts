import { erased, parted, rejoined } from "@whetstone/shared/room/keeping/texts";
import type { Connection } from "./connection.ts";
import { seal, unseal } from "./seal.ts";

/** The part of a commit's row that tells what happened. */
export interface StoredEvents {
  /** As JSON, with nothing in the place of each text where those are sealed. */
  readonly events: string;
  /** The texts; null where there are none, or where they stand in the events, as they did before there were keys. */
  readonly sealed: Buffer | null;
}

/** Where a commit's texts are sealed for. */
const placeOf = (roomId: string, seq: number): string => `${roomId} ${seq}`;

/** A commit's events as they are stored: sealed where they hold texts, under a key that is asked for only then. */
export function sealedEvents(events: unknown, roomId: string, seq: number, key: () => Buffer): StoredEvents {
  const { open, texts } = parted(events);
  const sealed = texts.length > 0 ? seal(key(), placeOf(roomId, seq), JSON.stringify(texts)) : null;
  return { events: JSON.stringify(open), sealed };
}

/** A commit's events as they were. Throws where they are not as they were stored. */
export function unsealedEvents(
  { events, sealed }: StoredEvents,
  roomId: string,
  seq: number,
  key: () => Buffer,
): unknown {
  const open: unknown = JSON.parse(events);
  if (!sealed) return open;
  const texts: unknown = JSON.parse(unseal(key(), placeOf(roomId, seq), sealed));
  if (!isTexts(texts)) throw new Error("What was sealed are no texts.");
  return rejoined(open, texts);
}

/** A commit's events without their texts, wherever those stand. */
export const erasedEvents = ({ events }: StoredEvents): unknown => erased(JSON.parse(events));

/** What is left in a row when the texts in it are taken out. */
export const blanked = (events: string): string => JSON.stringify(parted(JSON.parse(events)).open);

/** What a row takes, in bytes. */
export const bytesOf = ({ events, sealed }: StoredEvents): number => Buffer.byteLength(events) + (sealed?.length ?? 0);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === "string");

/** Whether texts in the database are sealed. The newest commits tell: since there are keys, what is written is. */
export const holdsSealed = (connection: Connection): boolean =>
  connection
    .prepare<[], number>(
      "SELECT count(sealed) FROM (SELECT sealed FROM commits ORDER BY id DESC LIMIT 1000) WHERE sealed IS NOT NULL",
    )
    .pluck()
    .get() !== 0;
