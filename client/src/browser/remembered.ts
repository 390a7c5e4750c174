import { Identifier } from "@whetstone/shared/bank";
import type { JoinResponse } from "@whetstone/shared/links-wire";
import { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import { SeatRole } from "@whetstone/shared/room/seats/commands";
import { z } from "zod";
import { KeptList, KeptValue } from "./kept.ts";
import { browserStorage, tabStorage } from "./storage.ts";

/**
 * What this browser keeps: the seat of each tab, the seats that were taken here (to come back to them), the rooms that are
 * hosted from here with their links, which the server knows only as hashes, and which questions of the bank were asked in them.
 * Lists are read entry by entry, and what another version of this page added to an entry stays in it.
 */

const TabSeat = z.looseObject({
  token: z.string(),
  role: SeatRole,
  /** The secret of the link that leads back, also once the seat was opened elsewhere and the token is dead. */
  link: z.string().optional(),
});
export type TabSeat = z.infer<typeof TabSeat>;

const KnownSeat = TabSeat.extend({ roomId: z.string(), name: z.string() });
export type KnownSeat = z.infer<typeof KnownSeat>;

const KnownLink = z.looseObject({ linkId: z.string(), secret: z.string() });
const HostedRoom = z.looseObject({
  roomId: z.string(),
  title: z.string(),
  candidateName: z.string().nullable(),
  forRole: z.string().nullable(),
  minutes: z.number(),
  blindPolicy: BlindPolicy,
  openedAt: z.number(),
  hostSecret: z.string(),
  links: z.partialRecord(SeatRole, KnownLink),
  feedback: KnownLink.optional(),
});
export type HostedRoom = z.infer<typeof HostedRoom>;

/** A link that was made in this browser by whoever leads the room, which they may have opened elsewhere. */
const MadeLink = KnownLink.extend({ roomId: z.string() });

const SEATS = "whetstone.seats";
const ROOMS = "whetstone.rooms";
const LINKS = "whetstone.links";
const KEY = "whetstone.key";
const NAME = "whetstone.name";
const ASKED = "whetstone.asked";
const PLACE = "whetstone.bank-place";
const SEATS_MOST = 500;
const LINKS_MOST = 500;
const ASKED_MOST = 2_000;

const tabSeatPlace = (roomId: string) => new KeptValue(tabStorage, `whetstone.seat.${roomId}`, TabSeat);
const seatList = () => new KeptList(browserStorage, SEATS, KnownSeat);
const roomList = () => new KeptList(browserStorage, ROOMS, HostedRoom);
const linkList = () => new KeptList(browserStorage, LINKS, MadeLink);
const askedList = () => new KeptList(browserStorage, ASKED, Identifier);
const bankPlacePlace = () => new KeptValue(tabStorage, PLACE, BankPlace);

export function keepTabSeat(roomId: string, seat: TabSeat): void {
  tabSeatPlace(roomId).keep(seat);
}

export const tabSeat = (roomId: string): TabSeat | null => tabSeatPlace(roomId).read();

export function keepSeat(seat: KnownSeat): void {
  const kept = seatList();
  const others = kept.list.filter((known) => known.roomId !== seat.roomId || known.role !== seat.role);
  kept.keep([seat, ...others].slice(0, SEATS_MOST));
}

/** The secret that leads back to a seat; seats that were kept before there were such links have their token alone. */
export const secretOf = ({ link, token }: Pick<TabSeat, "link" | "token">): string => link ?? token;

/** Keeps the token, and the way back where it is told, with which a seat was taken back here. */
export function keepTakenBack(roomId: string, before: TabSeat, { token, wayBack }: JoinResponse): TabSeat {
  const taken = { ...before, token, ...(wayBack !== undefined && { link: wayBack }) };
  keepTabSeat(roomId, taken);
  const known = knownSeats().find((seat) => seat.roomId === roomId && seat.token === before.token);
  if (known) keepSeat({ ...known, ...taken });
  return taken;
}

/** The seats of a room that were taken in this browser, the latest first. */
export const knownSeatsIn = (room: string): readonly KnownSeat[] =>
  knownSeats().filter(({ roomId }) => roomId === room);

export const knownSeats = (): readonly KnownSeat[] => seatList().list;

export const hostedRooms = (): readonly HostedRoom[] => roomList().list;

/** How many rooms are kept here in a form that this version of the page cannot read. */
export const unreadableRooms = (): number => roomList().unread.length;

export function keepHostedRoom(room: HostedRoom): void {
  const kept = roomList();
  kept.keep([room, ...kept.list.filter(({ roomId }) => roomId !== room.roomId)]);
}

/** Keeps the link under which the candidate reads their feedback, where the room is hosted from this browser. */
export function keepFeedbackLink(roomId: string, { linkId, secret }: z.infer<typeof KnownLink>): void {
  const kept = roomList();
  kept.keep(kept.list.map((room) => (room.roomId === roomId ? { ...room, feedback: { linkId, secret } } : room)));
}

/** The secret of the feedback's link, or null where the room is not hosted from this browser. */
export function feedbackSecret(roomId: string, linkId: string): string | null {
  const known = hostedRooms().find((room) => room.roomId === roomId)?.feedback;
  return known?.linkId === linkId ? known.secret : null;
}

/** Keeps a link that was made here, wherever its room was opened: the server shows its secret once. */
export function keepLink(roomId: string, { linkId, secret }: z.infer<typeof KnownLink>): void {
  const kept = linkList();
  const others = kept.list.filter((link) => link.linkId !== linkId);
  kept.keep([{ roomId, linkId, secret }, ...others].slice(0, LINKS_MOST));
}

/** Keeps the host's own link, made anew in this tab: the one before is dead. */
export function keepOwnLink(roomId: string, made: z.infer<typeof KnownLink>): void {
  const link = made.secret;
  keepLink(roomId, made);
  const seat = tabSeat(roomId);
  if (seat) keepTabSeat(roomId, { ...seat, link });
  const seats = seatList();
  seats.keep(
    seats.list.map((known) => (known.roomId === roomId && known.role === "host" ? { ...known, link } : known)),
  );
  const rooms = roomList();
  rooms.keep(rooms.list.map((room) => (room.roomId === roomId ? { ...room, hostSecret: link } : room)));
}

/** The secret of a link, or null where it was made in another browser. */
export function linkSecret(roomId: string, linkId: string): string | null {
  const room = hostedRooms().find((hosted) => hosted.roomId === roomId);
  const opened = Object.values(room?.links ?? {});
  return [...linkList().list, ...opened].find((link) => link?.linkId === linkId)?.secret ?? null;
}

/** Keeps nothing of what a room was called or whom it was for, once that is erased; its way back stays. */
export function forgetWords(roomId: string): void {
  const kept = roomList();
  const nameless = { title: "An erased room", candidateName: null, forRole: null };
  kept.keep(kept.list.map((room) => (room.roomId === roomId ? { ...room, ...nameless } : room)));
}

export function forgetHostedRoom(roomId: string): void {
  forgetRoom(roomList(), roomId);
  forgetRoom(linkList(), roomId);
}

function forgetRoom<Entry extends { readonly roomId: string }>(kept: KeptList<Entry>, roomId: string): void {
  kept.keep(kept.list.filter((entry) => entry.roomId !== roomId));
}

/** The questions of the bank that were asked in rooms of this browser, the latest first. */
export const askedBefore = (): readonly string[] => askedList().list;

export function keepAsked(ids: readonly string[]): void {
  const kept = askedList();
  const fresh = ids.filter((id) => !kept.list.includes(id));
  if (fresh.length > 0) kept.keep([...new Set([...fresh, ...kept.list])].slice(0, ASKED_MOST));
}

/** The result of the bank's page that was opened last in this tab, and from which entry of the tab's history. */
const BankPlace = z.object({ entry: z.string(), questionId: z.string() });

export function keepBankPlace(entry: string, questionId: string): void {
  bankPlacePlace().keep({ entry, questionId });
}

/** The result that was opened from this entry of the history, or null. */
export function bankPlace(entry: string): string | null {
  const place = bankPlacePlace().read();
  return place?.entry === entry ? place.questionId : null;
}

export const hostKey = (): string | null => browserStorage.getItem(KEY);
export const keepHostKey = (key: string): void => browserStorage.setItem(KEY, key);
export const lastName = (): string => browserStorage.getItem(NAME) ?? "";
export const keepLastName = (name: string): void => browserStorage.setItem(NAME, name);
