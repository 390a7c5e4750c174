import { useUnsavedPlaces } from "../../browser/unsaved.ts";
import { useRoom, useRoomContext } from "../store/context.tsx";
import type { RoomSnapshot } from "../store/store.ts";
import { useBeyond } from "./beyond.ts";

/**
 * How it stands with what somebody wrote in a room. "Saved" is said from here alone, and only of what the server has acknowledged:
 * `away` is not connected, `failing` a server that cannot save, `saving` on its way, `kept back` refused or too long and kept in this
 * browser, `unsent` written and not sent yet by its writer.
 */
export type Standing = "saved" | "unsent" | "saving" | "failing" | "kept back" | "away";

/** What a notice says at length when it comes about, so that the few words for it are not read out beside it; `saving` is over in a blink. */
export const isSaidElsewhere = (standing: Standing): boolean => standing === "away" || standing === "failing";

type Known = Pick<RoomSnapshot, "connection" | "savingFails" | "unsaved" | "refused">;

/** `beyond` counts texts that do not fit, `unsent` those that are sent as a whole and were not. */
export function standingOf(room: Known, { beyond, unsent }: { beyond: number; unsent: number }): Standing {
  if (room.connection !== "connected") return "away";
  if (room.unsaved > 0) return room.savingFails ? "failing" : "saving";
  if (beyond > 0 || room.refused.some(({ text }) => text !== null)) return "kept back";
  return unsent > 0 ? "unsent" : "saved";
}

export interface Stands {
  readonly standing: Standing;
  /** Whether the server has everything: then, and only then, the page may be closed without losing a word. */
  readonly isAllSaved: boolean;
}

export function useStanding(): Stands {
  const room = useRoom();
  const { roomId } = useRoomContext();
  const beyond = useBeyond().count;
  const places = [...useUnsavedPlaces()].filter((place) => place.includes(`.${roomId}`));
  const unsent = places.filter(
    (place) => !place.startsWith("outbox.") && !place.startsWith("whetstone.beyond."),
  ).length;
  const left = { beyond, unsent };
  // What was acknowledged stays saved, be the page connected or not.
  const isAllSaved = standingOf({ ...room, connection: "connected" }, left) === "saved";
  return { standing: standingOf(room, left), isAllSaved };
}
