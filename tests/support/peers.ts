import type { PeerWishes } from "@whetstone/shared/room/peers/commands";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { MINUTE, Room, type TestBank, testBank } from "./domain.ts";

/** Rooms of people who practise with each other, without a server. */

/** Enough questions for four people of whom each has had some before. */
export const peerBank = (hasWorkspace?: (index: number) => boolean): TestBank =>
  testBank(
    "rubric",
    Array.from({ length: 24 }, (_, index) => `question-${String.fromCharCode(97 + index)}`),
    hasWorkspace,
  );

export const PEER_WISHES: PeerWishes = { levels: ["working"], topics: [], minutes: 25, kitId: null };

export interface PeerRoomOptions {
  readonly people: number;
  readonly wishes?: PeerWishes;
  readonly bank?: TestBank;
  /** By person in the order in which they ask, what they have had before. */
  readonly had?: readonly (readonly string[])[];
}

export interface PeerRoom {
  readonly room: Room;
  /** Seats in the order in which they ask. */
  readonly peers: readonly string[];
}

/** A room whose people are all there, with the questions dealt where the bank has enough. */
export function peerRoom({ people, wishes = PEER_WISHES, bank = peerBank(), had = [] }: PeerRoomOptions): PeerRoom {
  const room = new Room({ bank, peers: { people, wishes }, phases: [], minutes: wishes.minutes, blindPolicy: "never" });
  const links = Object.values(room.state.links).filter(({ name }) => name !== undefined);
  const peers = [room.hostId, ...links.map(({ hash }, index) => room.come(hash, `Peer ${index + 2}`))];
  peers.forEach((seatId, index) => {
    room.must(seatId, { type: "tellHad", questionIds: [...(had[index] ?? [])] });
  });
  return { room, peers };
}

export function peersOf(room: Room, seatId: string): PeersView {
  const seen = room.view(seatId);
  if (!seen || !("peers" in seen) || !seen.peers) throw new Error(`${seatId} is no peer.`);
  return seen.peers;
}

/** Everybody says that they are ready, so that the round begins or ends. */
export function allReady({ room, peers }: PeerRoom): void {
  const { roundId } = room.round;
  for (const seatId of peers) room.must(seatId, { type: "ready", roundId, isReady: true });
}

/** The round under way is held to its end: every question of the plan is asked, answered and rated. */
export function holdRound(among: PeerRoom): readonly string[] {
  const { room, peers } = among;
  const { roundId } = room.round;
  const asking = peers[(roundId - 1) % peers.length] ?? "";
  const asked = peers[roundId % peers.length] ?? "";
  allReady(among);
  const askIds = room.round.plan.map(({ itemId }) => {
    const events = room.must(asking, { type: "push", source: { kind: "plan", itemId } });
    const askId = events.flatMap((event) => (event.type === "asked" ? event.askId : []))[0] ?? "";
    room.wait(2 * MINUTE);
    room.must(asked, { type: "writeAnswer", askId, text: `⟦${asked} answers⟧` });
    room.must(asking, { type: "rate", askId, criterionId: "depth", level: 2 });
    return askId;
  });
  allReady(among);
  return askIds;
}
