import { entriesOfRoom } from "@whetstone/shared/practice/history/of-room";
import { PracticeRecord } from "@whetstone/shared/practice/history/record";
import { expect, test } from "vitest";
import { allReady, holdRound, peerRoom, peersOf } from "../support/peers.ts";

const NOW = 1_790_000_000_000;

test("a pair adds to each one's history what they rated at once, and what they were rated when both have let go", () => {
  const among = peerRoom({ people: 2 });
  const { room } = among;
  const [one = "", two = ""] = among.peers;
  const startedAt = room.now;
  const [first = ""] = holdRound(among);
  room.must(one, { type: "tick", askId: first, keyPoint: 1, heard: true });
  const entries = (seatId: string) => entriesOfRoom(peersOf(room, seatId), "r_a-room", NOW);
  expect(entries(two)).toEqual([]);
  const [given] = entries(one);
  expect(given).toMatchObject({ entryId: `${first}/given`, kind: "given", partnerName: "Peer 2", at: startedAt });
  expect(given?.ratings.map(({ level }) => level)).toEqual([2, null, null]);
  expect([given?.heard.length, given?.missed.length]).toEqual([1, 3]);
  holdRound(among);
  for (const seatId of [one, two]) room.must(seatId, { type: "letGo", gives: true });
  const asked = entries(two).filter(({ kind }) => kind === "asked");
  expect(asked).toHaveLength(3);
  expect(asked[0]).toMatchObject({ entryId: `${first}/asked/Hana Host`, partnerName: "Hana Host", changedAt: NOW });
  for (const entry of [...entries(one), ...entries(two)]) expect(PracticeRecord.safeParse(entry).success).toBe(true);
});

test("what one rates oneself alone stands beside the answer that it repeats", () => {
  const { room, peers } = peerRoom({ people: 1 });
  const [me = ""] = peers;
  const answer = () => {
    allReady({ room, peers });
    room.must(me, { type: "askNext" });
    allReady({ room, peers });
    room.must(me, { type: "letGo", gives: true });
    return room.round.asks[0];
  };
  const first = answer();
  room.must(me, { type: "askAgain", questionIds: [first?.question.bankId ?? ""] });
  const second = answer();
  expect(entriesOfRoom(peersOf(room, me), "r_a-room", NOW)).toMatchObject([
    { entryId: `${first?.askId}/self`, kind: "self", redoOf: null },
    { entryId: `${second?.askId}/self`, kind: "self", redoOf: `${first?.askId}/self` },
  ]);
});
