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
  /** The browser that has it, as far as it said so. */
  readonly holder: string | null;
  /** When another browser than the one before took it over, in milliseconds since 1970; null for never. */
  readonly movedAt: number | null;
  /** It opens in the browser alone that has it. */
  readonly locked: boolean;
  readonly admitted: boolean;
  /** Who moved it back to the lobby, and when, in milliseconds since 1970; null where it was not, or was let in again. */
  readonly movedOut: { readonly by: string; readonly at: number } | null;
  readonly removed: boolean;
  readonly handRaised: boolean;
}

export interface RoomLink extends Link {
  readonly revoked: boolean;
  /** Another one has taken its place. */
  readonly replaced: boolean;
  /** The seat that a personal link leads to, once it is taken. */
  readonly seatId: string | null;
}

/** Who is in the room, and by which links one comes in. */
export interface SeatsState {
  readonly links: Readonly<Record<string, RoomLink>>;
  readonly seats: Readonly<Record<string, Seat>>;
  /** Seats whose secrets somebody brought together, a list for each holder. */
  readonly heldTogether: readonly (readonly string[])[];
  readonly observersShown: boolean;
}

export function openSeats(host: Omit<NewSeat, "role" | "admitted">, links: readonly Link[]): SeatsState {
  return {
    links: Object.fromEntries(links.map((link) => [link.linkId, newLink(link)])),
    seats: { [host.seatId]: newSeat({ ...host, role: "host", admitted: true }) },
    heldTogether: [],
    observersShown: false,
  };
}

/** `at`: when it happened, in milliseconds since 1970. */
export function evolveSeats(state: SeatsState, event: SeatEvent, at: number): Partial<SeatsState> {
  switch (event.type) {
    case "linkIssued":
      return { links: withLink(state, event.link) };
    case "linkRevoked": {
      const link = state.links[event.linkId];
      return link ? { links: { ...state.links, [event.linkId]: { ...link, revoked: true } } } : {};
    }
    case "seatTaken":
      return { seats: { ...state.seats, [event.seatId]: newSeat(event) }, links: linksOfTaken(state, event) };
    case "seatReclaimed":
      return reclaimed(state, event, at);
    case "seatsHeldTogether":
      return { heldTogether: joinedGroups(state.heldTogether, event.seatIds) };
    case "seatAdmitted":
      return changeSeat(state, event.seatId, () => ({ admitted: true, movedOut: null }));
    case "seatMovedToLobby":
      return changeSeat(state, event.candidateId, () => ({ admitted: false, movedOut: { by: event.seatId, at } }));
    case "seatRemoved":
      return changeSeat(state, event.seatId, () => ({ removed: true, handRaised: false }));
    case "seatLockSet":
      return changeSeat(state, event.seatId, () => ({ locked: event.locked }));
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

function reclaimed(
  state: SeatsState,
  { seatId, tokenHash, holder, wayBack }: Extract<SeatEvent, { type: "seatReclaimed" }>,
  at: number,
): Partial<SeatsState> {
  const { links } = state;
  return {
    ...changeSeat(state, seatId, (seat) => ({
      tokenHash,
      formerTokenHashes: [...seat.formerTokenHashes, seat.tokenHash],
      holder: holder ?? null,
      movedAt: holder !== undefined && seat.holder !== null && holder !== seat.holder ? at : seat.movedAt,
    })),
    links: wayBack ? { ...links, [wayBack.linkId]: { ...newLink(wayBack), seatId } } : links,
  };
}

const newLink = (link: Link): RoomLink => ({ ...link, revoked: false, replaced: false, seatId: null });

function withLink({ links }: SeatsState, link: Link): SeatsState["links"] {
  const before = link.replaces === undefined ? undefined : links[link.replaces];
  if (!before) return { ...links, [link.linkId]: newLink(link) };
  return {
    ...links,
    [before.linkId]: { ...before, replaced: true },
    [link.linkId]: { ...newLink(link), seatId: before.seatId },
  };
}

/** The links once a seat is taken: the personal one by which it was, or its way back, leads to it from here on. */
function linksOfTaken(
  { links }: SeatsState,
  { seatId, linkId, wayBack }: Extract<SeatEvent, { type: "seatTaken" }>,
): SeatsState["links"] {
  const personal = wayBack ? newLink(wayBack) : links[linkId];
  return personal?.name === undefined ? links : { ...links, [personal.linkId]: { ...personal, seatId } };
}

function joinedGroups(groups: SeatsState["heldTogether"], seatIds: readonly string[]): SeatsState["heldTogether"] {
  const touches = (group: readonly string[]) => group.some((seatId) => seatIds.includes(seatId));
  const joined = new Set([...groups.filter(touches).flat(), ...seatIds]);
  return [...groups.filter((group) => !touches(group)), [...joined]];
}

interface NewSeat {
  readonly seatId: string;
  readonly role: SeatRole;
  readonly name: string;
  readonly linkId: string;
  readonly tokenHash: string;
  readonly admitted: boolean;
  readonly holder?: string | undefined;
}

function newSeat({ seatId, role, name, linkId, tokenHash, admitted, holder }: NewSeat): Seat {
  return {
    seatId,
    joinedAs: role,
    name,
    linkId,
    tokenHash,
    formerTokenHashes: [],
    holder: holder ?? null,
    movedAt: null,
    locked: false,
    admitted,
    movedOut: null,
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
