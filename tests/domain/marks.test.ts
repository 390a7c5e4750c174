import { LIMITS } from "@whetstone/shared/room/limits";
import { linkLook } from "@whetstone/shared/room/view/link";
import { playback } from "@whetstone/shared/room/view/playback";
import { entriesOfCommit } from "@whetstone/shared/room/view/trail";
import type { Mark } from "@whetstone/shared/room/workspace/marks";
import { describe, expect, test } from "vitest";
import { livePanelRoom, MINUTE, Room, refusalOf } from "../support/domain.ts";
import { holdRound, peerRoom } from "../support/peers.ts";

/** What a room notes of its candidate where it was opened so, who reads it, and who may read how an answer was written. */

const command = (askId: string, mark: Mark, ageMs = 0) => ({ type: "mark", askId, mark, ageMs }) as const;
const pasted: Mark = { kind: "pasted", characters: 640 };
const left: Mark = { kind: "left" };
const back: Mark = { kind: "back" };

function asked(marks: boolean) {
  const panel = livePanelRoom({ marks });
  return { ...panel, askId: panel.room.push("first-question") };
}

const factsIn = (room: Room, seatId: string, askId: string) => playback(room.state, seatId, askId)?.marks;
const trailOf = (room: Room, host: string) =>
  room.commits
    .flatMap((commit) => entriesOfCommit(room.state, commit, host))
    .filter(({ what }) => what === "pasted" || what === "away");

describe("a mark", () => {
  test("is refused in a room that does not say that it notes anything", () => {
    const { room, candidate, askId } = asked(false);
    for (const mark of [pasted, left, back]) {
      expect(refusalOf(room.act(candidate, command(askId, mark)))).toBe("wrong_seat");
    }
    expect(factsIn(room, candidate, askId)).toEqual([]);
  });

  test("is the candidate's own to tell, of what was put to them", () => {
    const { room, host, ann, observer, candidate, askId } = asked(true);
    for (const seatId of [host, ann, observer]) {
      expect(refusalOf(room.act(seatId, command(askId, pasted)))).toBe("wrong_seat");
    }
    expect(refusalOf(room.act(candidate, command("a_000000000099", pasted)))).toBe("unknown_ask");
    expect(room.must(candidate, command(askId, pasted))).toMatchObject([{ type: "marked", askId, mark: pasted }]);
  });

  test("is read by whoever reads how the answer was written, as what happened and when", () => {
    const { room, host, ann, observer, candidate, askId } = asked(true);
    room.wait(MINUTE);
    const at = room.now;
    room.must(candidate, command(askId, pasted));
    room.must(candidate, command(askId, left));
    room.wait(40_000);
    // It was told late, as there was no network.
    room.must(candidate, command(askId, back, 10_000));
    room.wait(MINUTE);
    room.must(candidate, command(askId, left));
    const facts = [
      { kind: "pasted", at, characters: 640 },
      { kind: "away", at, ms: 30_000 },
      { kind: "away", at: room.now, ms: null },
    ];
    for (const seatId of [host, ann, observer, candidate]) expect(factsIn(room, seatId, askId)).toEqual(facts);
    expect(trailOf(room, host)).toMatchObject([
      { what: "pasted", at, ask: 1, characters: 640, who: { seatId: candidate } },
      { what: "away", at, ask: 1, ms: 30_000 },
      { what: "away", at: room.now, ask: 1, ms: null },
    ]);
  });

  test("that adds nothing leaves nothing: twice gone, back from nowhere, in a pause, after the end, or beyond all use", () => {
    const { room, host, candidate, askId } = asked(true);
    const tell = (mark: Mark) => room.must(candidate, command(askId, mark));
    expect(tell(back)).toEqual([]);
    expect(tell(left)).toHaveLength(1);
    expect(tell(left)).toEqual([]);
    expect(tell(back)).toHaveLength(1);
    room.must(host, { type: "pause" });
    expect(tell(left)).toEqual([]);
    room.must(host, { type: "resume" });
    for (let count = 2; count < LIMITS.marks; count++) expect(tell(pasted)).toHaveLength(1);
    expect(tell(pasted)).toEqual([]);
    room.must(host, { type: "end" });
    room.wait(1_000);
    const other = asked(true);
    other.room.must(other.host, { type: "end" });
    other.room.wait(1_000);
    expect(other.room.must(other.candidate, command(other.askId, pasted))).toEqual([]);
    expect(other.room.must(other.candidate, command(other.askId, pasted, 1_000))).toHaveLength(1);
  });

  test("changes nobody's view, so that nobody is told of it while the interview runs", () => {
    const { room, host, ann, observer, candidate, askId } = asked(true);
    const views = () => [host, ann, observer, candidate].map((seatId) => JSON.stringify(room.view(seatId)));
    const before = views();
    room.must(candidate, command(askId, pasted));
    room.must(candidate, command(askId, left));
    expect(views()).toEqual(before);
  });

  test("is nothing that peers make of each other", () => {
    const { room, peers } = peerRoom({ people: 2 });
    const among = { room, peers };
    const [askId = ""] = holdRound(among);
    for (const seatId of peers) expect(refusalOf(room.act(seatId, command(askId, pasted)))).toBe("wrong_seat");
  });

  test("stays in the trail without anybody's name once the room is erased, and its playback is gone", () => {
    const { room, host, candidate, askId } = asked(true);
    room.must(candidate, command(askId, pasted));
    room.must(host, { type: "end" });
    room.must(host, { type: "erase" });
    expect(trailOf(room, host)).toMatchObject([{ what: "pasted", characters: 640, who: { name: null } }]);
    for (const seatId of [host, candidate]) expect(playback(room.state, seatId, askId)).toBeNull();
  });
});

describe("that a room notes something", () => {
  /** What the candidate's link shows before they sit down. */
  const beforehand = (options: { marks?: boolean }) => {
    const room = new Room(options);
    return linkLook(room.state, room.link("candidate").hash, room.now);
  };

  test("is told to the candidate before they sit down, and to everybody whose page shows the room", () => {
    const { room, host, ann, observer, candidate } = asked(true);
    for (const seatId of [host, ann, observer, candidate]) {
      expect(room.view(seatId)).toMatchObject({ room: { marks: true } });
    }
    expect(beforehand({ marks: true })).toMatchObject({ company: { marks: true } });
  });

  test("stands nowhere where it does not", () => {
    const { room, host, ann, observer, candidate } = asked(false);
    for (const seatId of [host, ann, observer, candidate])
      expect(JSON.stringify(room.view(seatId))).not.toMatch(/marks/);
    const told = beforehand({});
    expect(told).toMatchObject({ company: { people: [{ role: "host" }] } });
    expect(JSON.stringify(told)).not.toMatch(/marks/);
  });
});

describe("how an answer was written", () => {
  test("is read by whoever is shown the ask, while it runs and afterwards, and by nobody else", () => {
    const { room, host, ann, observer, candidate, askId } = asked(false);
    const waiting = room.come(room.link("interviewer").hash, "Wren");
    const readers = () =>
      [host, ann, observer, candidate, waiting, "s_000000000099"].map(
        (seatId) => playback(room.state, seatId, askId) !== null,
      );
    const all = [true, true, true, true, false, false];
    expect(readers()).toEqual(all);
    room.must(host, { type: "pause" });
    expect(readers()).toEqual(all);
    room.must(host, { type: "end" });
    expect(readers()).toEqual(all);
    room.must(host, { type: "removeSeat", seatId: ann });
    expect(readers()).toEqual([true, false, true, true, false, false]);
  });

  test("is nobody's of a question that was taken back", () => {
    const { room, host, candidate, askId } = asked(false);
    room.must(host, { type: "takeBackAsk", askId });
    for (const seatId of [host, candidate]) expect(playback(room.state, seatId, askId)).toBeNull();
  });

  test("comes with the round's clock and the moment of the question", () => {
    const { room, host, candidate } = livePanelRoom();
    const startedAt = room.now;
    room.wait(MINUTE);
    room.must(host, { type: "pause" });
    room.wait(MINUTE);
    room.must(host, { type: "resume" });
    room.wait(30_000);
    const askId = room.push("first-question");
    expect(playback(room.state, candidate, askId)).toEqual({
      clock: {
        startedAt,
        pauses: [{ from: startedAt + MINUTE, to: startedAt + 2 * MINUTE }],
        endedAt: null,
      },
      askedAtMs: 90_000,
      candidateId: candidate,
      runs: [],
      marks: [],
    });
  });

  test("is read by both peers of a round that is over, whoever asks by now, and not by a stranger of the room", () => {
    const among = peerRoom({ people: 3 });
    const { room, peers } = among;
    const [first = ""] = holdRound(among);
    const [second = ""] = holdRound(among);
    for (const seatId of peers) {
      expect(playback(room.state, seatId, first)).not.toBeNull();
      expect(playback(room.state, seatId, second)).not.toBeNull();
    }
    expect(playback(room.state, "s_000000000099", first)).toBeNull();
  });
});
