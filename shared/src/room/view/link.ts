import type { LookResponse } from "../../wire.ts";
import { type Refusal, refusal } from "../refusal.ts";
import { findLink, linkProblem, seatOfLink, seatOfSecret } from "../seats/capabilities.ts";
import { currentRound, type RoomState, roleIn } from "../state.ts";

/** What a link shows before one sits down. */
export type LinkLook = Omit<LookResponse, "roomId">;

/** What whoever brings a secret, known by its SHA-256, sees before they sit down; `now` in milliseconds since 1970. */
export function linkLook(state: RoomState, secretHash: string, now: number): LinkLook | Refusal {
  const round = currentRound(state);
  const about = {
    title: state.title,
    hostName: seatOfLink(state, "host")?.name ?? "",
    ended: round.phase === "ended",
  };
  const own = seatOfSecret(state, secretHash);
  if (own) {
    const role = roleIn(state, round.roundId, own.seatId) ?? own.joinedAs;
    return { ...about, role, name: own.name, seated: true };
  }
  const link = findLink(state, secretHash);
  if (!link) return refusal("unknown_link");
  const problem = linkProblem(link, now);
  if (problem) return refusal(problem);
  const seat = seatOfLink(state, link.role);
  const expectedName = link.role === "candidate" ? state.candidateName : null;
  return { ...about, role: link.role, name: seat?.name ?? expectedName, seated: seat !== undefined };
}
