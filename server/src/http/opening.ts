import { practiceTitle } from "@whetstone/shared/practice/title";
import type { Opening } from "@whetstone/shared/room/course/commands";
import type { PeerOpening } from "@whetstone/shared/room/peers/commands";
import { withMeeting } from "../call/meeting.ts";
import type { OpenPair } from "../practice/queue.ts";
import type { Rooms } from "../room/rooms.ts";
import { hashSecret, holderIn, type Made, type Mint } from "../room/secrets.ts";
import { daysFrom, type NewLink, newLink } from "./new-link.ts";

/** Opens a room, with its host's link before those of the others. A request that comes again opens nothing and makes the same secrets. */
export async function openWithHost(
  rooms: Pick<Rooms, "open">,
  made: Made,
  roomId: string,
  opening: Opening,
  holder: string | undefined,
  invited: readonly NewLink[],
) {
  const token = made.secret(roomId, "host's token");
  const host = newLink(made, roomId, null, { role: "host" as const });
  const links = [host, ...invited];
  const opened = await rooms.open(
    roomId,
    made.commandId,
    opening,
    {
      seatId: made.id("s"),
      linkId: host.link.linkId,
      tokenHash: hashSecret(token),
      ...(holder && { holder: holderIn(roomId, holder) }),
    },
    links.map(({ link }) => link),
  );
  return { opened, token, links };
}

/** How a room of people who practise begins: without a plan, as it is dealt to once they are there. */
export const peerOpening = (title: string, hostName: string, peers: PeerOpening): Opening => ({
  title,
  candidateName: null,
  forRole: null,
  minutes: peers.wishes.minutes,
  phases: [],
  kit: null,
  plan: [],
  blindPolicy: "never",
  hostName,
  peers,
});

/** A link for each of the others, in the order of their names: the first of them is asked first, the others listen. */
export const peerPlaces = (made: Made, roomId: string, expiresAt: number, names: readonly string[]): NewLink[] =>
  names.map((name, index) => {
    const role = index === 0 ? ("candidate" as const) : ("interviewer" as const);
    return newLink(made, roomId, expiresAt, { role, name }, `peer ${index + 1}`);
  });

export interface PairRoomOptions {
  readonly rooms: Pick<Rooms, "open">;
  readonly mint: Mint;
  /** The server's time in milliseconds since 1970. */
  readonly now: () => number;
  readonly linkDays: number;
  /** The address of a meeting in another tool that rooms have; null for none. */
  readonly meeting: string | null;
}

/** Opens the rooms of pairs who found each other: neither has one from the other, so each comes in by a link of their own. */
export const pairRooms =
  ({ rooms, mint, now, linkDays, meeting }: PairRoomOptions): OpenPair =>
  async (asks, answers, wishes) => {
    const made = mint("a pair of the queue", undefined);
    const roomId = made.id("r");
    const places = peerPlaces(made, roomId, daysFrom(now(), linkDays), [answers]);
    const opening = peerOpening(practiceTitle([asks, answers]), asks, { people: 2, wishes, strangers: true });
    const whole = withMeeting(opening, roomId, meeting);
    const { opened, links } = await openWithHost(rooms, made, roomId, whole, undefined, places);
    if (!opened.ok) throw new Error(opened.refusal.sentence);
    const [host, other] = links;
    if (!host || !other) throw new Error("A pair needs two links.");
    return { roomId, secrets: [host.secret, other.secret] };
  };
