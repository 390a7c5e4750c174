import type { LookResponse } from "../../wire.ts";
import { type Refusal, refusal } from "../refusal.ts";
import { openedBy } from "../seats/capabilities.ts";
import { currentRound, isErased, type RoomState, roleIn } from "../state.ts";
import { keptUntil } from "./kept-until.ts";

/** What a link shows before one sits down. */
export type LinkLook = Omit<LookResponse, "roomId">;

/** What whoever brings a secret, known by its SHA-256, sees before they sit down; `now` in milliseconds since 1970. */
export function linkLook(state: RoomState, secretHash: string, now: number): LinkLook | Refusal {
  if (isErased(state)) return refusal("room_erased");
  const opened = openedBy(state, secretHash, now);
  if ("reason" in opened) return opened;
  const round = currentRound(state);
  const about = {
    title: state.title,
    hostName: Object.values(state.seats).find(({ joinedAs }) => joinedAs === "host")?.name ?? "",
    ended: round.phase === "ended",
    ...keptUntil(state),
  };
  if ("seat" in opened) {
    const { seatId, joinedAs, name } = opened.seat;
    return { ...about, role: roleIn(state, round.roundId, seatId) ?? joinedAs, name, seated: true };
  }
  const { role, name = null } = opened.link;
  return { ...about, role, name: role === "candidate" ? state.candidateName : name, seated: false };
}
