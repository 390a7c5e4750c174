import type { Link, SeatRole } from "./commands.ts";
import type { SeatEvent } from "./events.ts";

export interface Seat {
  readonly seatId: string;
  /** What it came in as. What a seat is in a round is `roleIn`'s to say. */
  readonly joinedAs: SeatRole;
  readonly name: string;
  readonly linkId: string;
  readonly tokenHash: string;
  /** Tokens that opened this seat before it was taken over elsewhere. */
  readonly formerTokenHashes: readonly string[];
  readonly admitted: boolean;
  readonly removed: boolean;
  readonly handRaised: boolean;
}

export interface RoomLink extends Link {
  readonly revoked: boolean;
}

/** Who is in the room, and by which links one comes in. */
export interface SeatsState {
  readonly links: Readonly<Record<string, RoomLink>>;
  readonly seats: Readonly<Record<string, Seat>>;
  readonly observersShown: boolean;
}

export function openSeats(host: Omit<NewSeat, "role">, links: readonly Link[]): SeatsState {
  return {
    links: Object.fromEntries(links.map((link) => [link.linkId, { ...link, revoked: false }])),
    seats: { [host.seatId]: newSeat({ ...host, role: "host" }) },
    observersShown: false,
  };
}

export function evolveSeats(state: SeatsState, event: SeatEvent): Partial<SeatsState> {
  switch (event.type) {
    case "linkIssued":
      return { links: { ...state.links, [event.link.linkId]: { ...event.link, revoked: false } } };
    case "linkRevoked": {
      const link = state.links[event.linkId];
      return link ? { links: { ...state.links, [event.linkId]: { ...link, revoked: true } } } : {};
    }
    case "seatTaken":
      return { seats: { ...state.seats, [event.seatId]: newSeat(event) } };
    case "seatReclaimed":
      return changeSeat(state, event.seatId, (seat) => ({
        tokenHash: event.tokenHash,
        formerTokenHashes: [...seat.formerTokenHashes, seat.tokenHash],
      }));
    case "seatAdmitted":
      return changeSeat(state, event.seatId, () => ({ admitted: true }));
    case "seatRemoved":
      return changeSeat(state, event.seatId, () => ({ removed: true, handRaised: false }));
    case "observersShown":
      return { observersShown: event.shown };
    case "handRaised":
      return changeSeat(state, event.seatId, () => ({ handRaised: true }));
    case "handLowered":
      return changeSeat(state, event.seatId, () => ({ handRaised: false }));
    default:
      return event satisfies never;
  }
}

interface NewSeat {
  readonly seatId: string;
  readonly role: SeatRole;
  readonly name: string;
  readonly linkId: string;
  readonly tokenHash: string;
}

function newSeat({ seatId, role, name, linkId, tokenHash }: NewSeat): Seat {
  return {
    seatId,
    joinedAs: role,
    name,
    linkId,
    tokenHash,
    formerTokenHashes: [],
    admitted: role !== "candidate",
    removed: false,
    handRaised: false,
  };
}

function changeSeat(
  { seats }: SeatsState,
  seatId: string,
  change: (seat: Seat) => Partial<Seat>,
): Pick<SeatsState, "seats"> {
  const seat = seats[seatId];
  return { seats: seat ? { ...seats, [seatId]: { ...seat, ...change(seat) } } : seats };
}
