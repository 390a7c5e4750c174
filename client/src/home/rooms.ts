import { MOST_STANDINGS, type Standing, Standings } from "@whetstone/shared/comparison/standing";
import { fetchJson } from "../api/call.ts";
import { plural } from "../words.ts";

/** The rooms of this browser's list: how each stands, as far as the server says so, and which are looked for. */

export type Status = Standing["status"];

export const STATUS_NAMES: Record<Status, string> = {
  lobby: "In the lobby",
  live: "Live",
  paused: "Paused",
  ended: "Over",
  erased: "Erased",
};

export interface KnownStandings {
  readonly byRoom: ReadonlyMap<string, Standing>;
  readonly unreadable: ReadonlyMap<string, string>;
}

/** Asks page after page how the rooms of these secrets stand. */
export async function readStandings(secrets: readonly string[], signal?: AbortSignal): Promise<KnownStandings> {
  const byRoom = new Map<string, Standing>();
  const unreadable = new Map<string, string>();
  for (let from = 0; from < secrets.length; from += MOST_STANDINGS) {
    const body = { secrets: secrets.slice(from, from + MOST_STANDINGS) };
    const page = await fetchJson("/across/rooms", Standings, { method: "POST", body, ...(signal && { signal }) });
    for (const standing of page.rooms) byRoom.set(standing.roomId, standing);
    for (const { roomId, sentence } of page.unreadable) unreadable.set(roomId, sentence);
  }
  return { byRoom, unreadable };
}

/** What is still to be done in a room, as far as its viewer may know it. */
export function leftToDo({ status, owed, missing, decided }: Standing): string[] {
  if (status !== "ended") return [];
  return [
    owed && "Your scorecard is missing",
    missing !== null && (missing === 0 ? "All scorecards are in" : `${plural(missing, "scorecard")} missing`),
    decided !== null && (decided ? "Decision recorded" : "No decision yet"),
  ].filter((fact) => fact !== false);
}

/** A text by which it is found whatever its case and accents. */
const asSought = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether every word of a search stands somewhere in what is known of a room. */
export function isSought(search: string, known: readonly (string | null | undefined)[]): boolean {
  const words = asSought(known.filter(Boolean).join(" "));
  return asSought(search)
    .split(/\s+/)
    .every((word) => words.includes(word));
}
