import { z } from "zod";
import type { SeatRole } from "../seats/commands.ts";
import type { Seat } from "../seats/state.ts";
import { currentRound, isErased, type RoomState, roleOf } from "../state.ts";
import { cached, cachedWhile } from "./cache.ts";
import { CandidateView, candidateView } from "./candidate.ts";
import { CaptionerView, captionerView } from "./captioner.ts";
import { type Hosting, HostView, hosting, hostingBeside } from "./host.ts";
import { asideOf, everythingSaid, Messages } from "./messages.ts";
import { PeersView, peersView } from "./peers.ts";
import { you } from "./people.ts";
import { type Questions, QuestionsView, questions } from "./questions.ts";
import { type Scoring, ScoringView, scoring } from "./scorecards.ts";
import { waitingQuestions, waitingScoring } from "./waiting.ts";

/**
 * What each seat may see of a room. Every view is built from nothing, field by field, for what the seat is in the current round;
 * nothing but what is made in this folder leaves the server about a room.
 */

export const ObserverView = QuestionsView.extend({ role: z.literal("observer") });
export type ObserverView = z.infer<typeof ObserverView>;

export const InterviewerView = ScoringView.extend({
  role: z.literal("interviewer"),
  waiting: z.literal(true).optional().describe("The host has not let them in yet, and until then they see nothing."),
  aside: Messages.optional().describe("The panel's own talk; absent where nothing was said."),
  peers: PeersView.optional(),
});
export type InterviewerView = z.infer<typeof InterviewerView>;

export type PanelView = HostView | InterviewerView;

export const View = z.discriminatedUnion("role", [
  HostView,
  InterviewerView,
  CandidateView,
  ObserverView,
  CaptionerView,
]);
export type View = z.infer<typeof View>;

/**
 * A view in parts that have no key in common. Who sees the same is given the same object, and so is who sees nothing new, so
 * that a part is built and compared once for all of them. Their number and the first tell the role.
 */
export type ViewParts =
  | readonly [CandidateView | CaptionerView]
  | readonly [Pick<ObserverView, "role" | "you">, Questions]
  | readonly [Pick<InterviewerView, "role" | "you" | "waiting" | "aside" | "peers">, Questions, Scoring]
  | readonly [Pick<HostView, "role" | "you" | "aside" | "peers">, Questions, Scoring, Hosting];

/** What the given seat may see, or null when there is no such seat, it was removed, or the room was erased. */
export function view(state: RoomState, seatId: string): View | null {
  const parts = viewParts(state, seatId);
  return parts && joined(parts);
}

/** What the given seat may see, where it is a candidate's who waits for a panel to begin; else null. */
export function waitingView(state: RoomState, seatId: string): CandidateView | null {
  const seen = view(state, seatId);
  return seen?.role === "candidate" && seen.room.phase === "lobby" && !seen.peers ? seen : null;
}

/** What the given seat may see, where it leads or scores and was let in, with all that was ever written beside the interview; else null. */
export function panelView(state: RoomState, seatId: string): PanelView | null {
  // Nothing of what peers do is compared, counted or taken away with what panels decide.
  const seen = state.peers ? null : ofPanel(view(state, seatId));
  return seen && { ...seen, ...everythingSaid(state) };
}

/**
 * What is left of an erased room for the given seat, to be counted with others and shown to nobody: that of its view without any text. Null
 * where the room was not erased or the seat does not lead or score.
 */
export function remainsView(state: RoomState, seatId: string): PanelView | null {
  const parts = isErased(state) && !state.peers ? partsOf(state, seatId) : null;
  return ofPanel(parts && joined(parts));
}

function ofPanel(seen: View | null): PanelView | null {
  if (seen?.role === "interviewer") return seen.waiting ? null : seen;
  return seen?.role === "host" ? seen : null;
}

/** The view that `view` gives, in its parts. */
export function viewParts(state: RoomState, seatId: string): ViewParts | null {
  return isErased(state) ? null : partsOf(state, seatId);
}

function partsOf(state: RoomState, seatId: string): ViewParts | null {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return null;
  const role = roleOf(currentRound(state), seat);
  const peers = peersView(state, seatId);
  switch (role) {
    case "candidate":
      return [candidateView(state, seat)];
    case "captioner":
      return [captionerView(state, seat)];
    case "observer":
      return [observer(seat), questions(state)];
    case "interviewer":
      return seat.admitted
        ? [
            peers ? { ...interviewer(seat), peers } : besideAside(state, interviewer(seat)),
            questions(state),
            scoring(state, seatId),
          ]
        : [{ role, you: you(seat), waiting: true }, waitingQuestions(state), waitingScoring];
    case "host": {
      const hosts = peers || seat.joinedAs === "host" ? hosting(state) : hostingBeside(state);
      return [
        peers ? { ...host(seat), peers } : besideAside(state, host(seat)),
        questions(state),
        scoring(state, seatId),
        hosts,
      ];
    }
    default:
      return role satisfies never;
  }
}

const seatedAs = <Role extends SeatRole>(role: Role) => cached((seat: Seat) => ({ role, you: you(seat) }));
const observer = seatedAs("observer");
const interviewer = seatedAs("interviewer");
const host = seatedAs("host");

type OwnPart = Pick<PanelView, "you" | "aside">;

const withAside = cachedWhile(
  ({ own }: { readonly own: OwnPart; readonly state: RoomState }) => own,
  ({ state }) => [state.messages.aside],
  ({ own, state }) => ({ ...own, ...asideOf(state) }),
);

/** Somebody's own part with what the panel writes to each other. */
const besideAside = <Own extends OwnPart>(state: RoomState, own: Own): Own =>
  state.messages.aside.length > 0 ? (withAside({ own, state }) as Own) : own;

/** The whole view of its parts. */
export function joined(parts: ViewParts): View {
  switch (parts.length) {
    case 1:
      return parts[0];
    case 2:
      return { ...parts[0], ...parts[1] };
    case 3:
      return { ...parts[0], ...parts[1], ...parts[2] };
    case 4:
      return { ...parts[0], ...parts[1], ...parts[2], ...parts[3] };
    default:
      return parts satisfies never;
  }
}
