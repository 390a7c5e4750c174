import { Identifier } from "@whetstone/shared/bank";
import { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import { SeatRole } from "@whetstone/shared/room/seats/commands";
import { z } from "zod";

/**
 * What this browser keeps: the seat of each tab, the seats that were taken here (to come back to them), the rooms that are
 * hosted from here with their links, which the server knows only as hashes, and which questions of the bank were asked in them.
 */

const TabSeat = z.object({ token: z.string(), role: SeatRole });
export type TabSeat = z.infer<typeof TabSeat>;

const KnownSeat = TabSeat.extend({ roomId: z.string(), name: z.string() });
export type KnownSeat = z.infer<typeof KnownSeat>;

const KnownLink = z.object({ linkId: z.string(), secret: z.string() });
const HostedRoom = z.object({
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

const SEATS = "whetstone.seats";
const ROOMS = "whetstone.rooms";
const KEY = "whetstone.key";
const NAME = "whetstone.name";
const ASKED = "whetstone.asked";
const PLACE = "whetstone.bank-place";
const SEATS_MOST = 500;
const ASKED_MOST = 2_000;
const tabKey = (roomId: string) => `whetstone.seat.${roomId}`;

export function keepTabSeat(roomId: string, seat: TabSeat): void {
  sessionStorage.setItem(tabKey(roomId), JSON.stringify(seat));
}

export const tabSeat = (roomId: string): TabSeat | null =>
  parse(sessionStorage, tabKey(roomId), TabSeat.nullable(), null);

export function keepSeat(seat: KnownSeat): void {
  const others = knownSeats().filter((known) => known.roomId !== seat.roomId || known.role !== seat.role);
  store(SEATS, [seat, ...others].slice(0, SEATS_MOST));
}

export const knownSeats = (): KnownSeat[] => parse(localStorage, SEATS, z.array(KnownSeat), []);

export const hostedRooms = (): HostedRoom[] => parse(localStorage, ROOMS, z.array(HostedRoom), []);

export function keepHostedRoom(room: HostedRoom): void {
  store(ROOMS, [room, ...hostedRooms().filter(({ roomId }) => roomId !== room.roomId)]);
}

/** Keeps the link under which the candidate reads their feedback, where the room is hosted from this browser. */
export function keepFeedbackLink(roomId: string, { linkId, secret }: z.infer<typeof KnownLink>): void {
  store(
    ROOMS,
    hostedRooms().map((room) => (room.roomId === roomId ? { ...room, feedback: { linkId, secret } } : room)),
  );
}

/** The secret of the feedback's link, or null where it was made in another browser. */
export function feedbackSecret(roomId: string, linkId: string): string | null {
  const known = hostedRooms().find((room) => room.roomId === roomId)?.feedback;
  return known?.linkId === linkId ? known.secret : null;
}

export function forgetHostedRoom(roomId: string): void {
  store(
    ROOMS,
    hostedRooms().filter((room) => room.roomId !== roomId),
  );
}

/** The questions of the bank that were asked in rooms of this browser, the latest first. */
export const askedBefore = (): string[] => parse(localStorage, ASKED, z.array(Identifier), []);

export function keepAsked(ids: readonly string[]): void {
  const known = askedBefore();
  const fresh = ids.filter((id) => !known.includes(id));
  if (fresh.length > 0) store(ASKED, [...new Set([...fresh, ...known])].slice(0, ASKED_MOST));
}

/** The result of the bank's page that was opened last in this tab, and from which entry of the tab's history. */
const BankPlace = z.object({ entry: z.string(), questionId: z.string() });

export function keepBankPlace(entry: string, questionId: string): void {
  sessionStorage.setItem(PLACE, JSON.stringify({ entry, questionId } satisfies z.infer<typeof BankPlace>));
}

/** The result that was opened from this entry of the history, or null. */
export function bankPlace(entry: string): string | null {
  const place = parse(sessionStorage, PLACE, BankPlace.nullable(), null);
  return place?.entry === entry ? place.questionId : null;
}

export const hostKey = (): string | null => localStorage.getItem(KEY);
export const keepHostKey = (key: string): void => localStorage.setItem(KEY, key);
export const lastName = (): string => localStorage.getItem(NAME) ?? "";
export const keepLastName = (name: string): void => localStorage.setItem(NAME, name);

function store(key: string, value: unknown): void {
  localStorage.setItem(key, JSON.stringify(value));
}

/** A stored value, or `fallback` where there is none or it has another form (an older version's, or somebody's edit). */
function parse<T>(storage: Storage, key: string, schema: z.ZodType<T>, fallback: T): T {
  try {
    const parsed = schema.safeParse(JSON.parse(storage.getItem(key) ?? "null"));
    return parsed.success ? parsed.data : fallback;
  } catch {
    return fallback;
  }
}
