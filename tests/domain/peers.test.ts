import assert from "node:assert/strict";
import { elapsedAt } from "@whetstone/shared/room/course/state";
import { readingRefusal } from "@whetstone/shared/room/decide";
import { BREATH_MS, turnsAt } from "@whetstone/shared/room/peers/rules";
import { haveAllLetGo, minutesTaken, rolesIn } from "@whetstone/shared/room/peers/state";
import { roleIn } from "@whetstone/shared/room/state";
import { linkLook } from "@whetstone/shared/room/view/link";
import { panelView, View } from "@whetstone/shared/room/view/view";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commandSteps, play, propertyRuns, type Step } from "../support/courses.ts";
import {
  MINUTE,
  PANEL_COMMANDS,
  PEER_COMMANDS,
  putBeside,
  type Room,
  refusalOf,
  replay,
  textsIn,
} from "../support/domain.ts";
import { allReady, holdRound, PEER_WISHES, type PeerRoom, peerBank, peerRoom, peersOf } from "../support/peers.ts";

/** Lets time pass as a server does that ends and begins rounds when it is time. */
function letPass(room: Room, ms: number): void {
  const until = room.now + ms;
  for (let due = turnsAt(room.state); due !== null && due <= until; due = turnsAt(room.state)) {
    room.wait(Math.max(0, due - room.now));
    room.tend({ type: "turn" });
  }
  room.wait(until - room.now);
}

describe("a pair", () => {
  test("asks in turn, with a breath between, and what each asked stays theirs", () => {
    const among = peerRoom({ people: 2 });
    const { room } = among;
    const [one = "", two = ""] = among.peers;
    expect(room.view(one)?.role).toBe("host");
    expect(room.view(two)?.role).toBe("candidate");
    const firstAsked = holdRound(among);
    expect(firstAsked).toHaveLength(3);
    expect(room.round).toMatchObject({ roundId: 2, phase: "lobby" });
    expect(room.view(one)?.role).toBe("candidate");
    expect(room.view(two)?.role).toBe("host");
    expect(peersOf(room, one)).toMatchObject({
      breathEndsAt: room.now + BREATH_MS,
      rounds: [
        { asks: one, asked: two, youAre: "host", phase: "over", tookMs: 6 * MINUTE },
        { asks: two, asked: one, youAre: "candidate", phase: "now", tookMs: null },
      ],
    });
    const [past] = peersOf(room, one).past;
    expect(past).toMatchObject({
      you: "rated",
      of: "Peer 2",
      judgement: { ratings: { [`${firstAsked[0]}/depth`]: 2 } },
    });
    expect(peersOf(room, two).past).toMatchObject([
      { you: "answered", asks: firstAsked.map((askId) => ({ askId, answer: `⟦${two} answers⟧` })) },
    ]);
    holdRound(among);
    expect(room.round).toMatchObject({ roundId: 2, phase: "ended" });
  });

  test("begins the second round when the breath is over, which either may extend, or when both are ready", () => {
    const among = peerRoom({ people: 2 });
    const { room } = among;
    const [one = "", two = ""] = among.peers;
    holdRound(among);
    for (const seatId of among.peers) room.must(seatId, { type: "extendBreath", roundId: 2 });
    letPass(room, BREATH_MS + 119_000);
    expect(room.round.phase).toBe("lobby");
    letPass(room, 1_000);
    expect(room.round.phase).toBe("live");
    expect(refusalOf(room.act(one, { type: "extendBreath", roundId: 2 }))).toBe("wrong_phase");

    const hasty = peerRoom({ people: 2 });
    holdRound(hasty);
    const ready = (seatId: string, isReady: boolean) => hasty.room.must(seatId, { type: "ready", roundId: 2, isReady });
    ready(one, true);
    ready(one, false);
    ready(two, true);
    expect(hasty.room.round.phase).toBe("lobby");
    ready(one, true);
    expect(hasty.room.round.phase).toBe("live");
  });

  test("does not take what was meant for the round before as meant for this one", () => {
    const among = peerRoom({ people: 2 });
    const [one = "", two = ""] = among.peers;
    holdRound(among);
    for (const seatId of [one, two]) among.room.must(seatId, { type: "ready", roundId: 1, isReady: true });
    expect(among.room.round).toMatchObject({ roundId: 2, phase: "lobby" });
    expect(peersOf(among.room, one).ready).toEqual([]);
  });

  test("has rounds of the same length, also where the first was extended, paused, or ended early by both", () => {
    const among = peerRoom({ people: 2 });
    const { room } = among;
    const [one = "", two = ""] = among.peers;
    allReady(among);
    room.must(one, { type: "extendRoom", minutes: 3 });
    letPass(room, 5 * MINUTE);
    room.must(two, { type: "pause" });
    letPass(room, 60 * MINUTE);
    room.must(two, { type: "resume" });
    letPass(room, 23 * MINUTE);
    expect(room.round.roundId).toBe(2);
    expect(room.round.minutes).toBe(28);
    allReady(among);
    expect(refusalOf(room.act(two, { type: "extendRoom", minutes: 3 }))).toBe("wrong_phase");
    letPass(room, 60 * MINUTE);
    const [first, second] = room.state.rounds;
    expect(second && elapsedAt(second.clock, room.now)).toBe(elapsedAt(first.clock, room.now));

    const taken = (at: number) => minutesTaken({ startedAt: 0, pauses: [], endedAt: at }, 25, at);
    expect(taken(10.4 * MINUTE)).toBe(10);
    expect(taken(90 * MINUTE)).toBe(25);
    expect(taken(5_000)).toBe(1);
  });

  test("may swap one question before its round begins, for another of that level, and whoever is asked sees neither", () => {
    const among = peerRoom({ people: 2 });
    const { room } = among;
    const [one = "", two = ""] = among.peers;
    const ahead = peersOf(room, two).ahead;
    expect(ahead).toMatchObject([{ roundId: 2, maySwap: true }]);
    expect(peersOf(room, one).ahead.map(({ roundId }) => roundId)).toEqual([1]);
    const [item, other] = ahead[0]?.plan ?? [];
    const swap = (seatId: string, itemId = item?.itemId ?? "") =>
      room.act(seatId, { type: "swapDealt", roundId: 2, itemId });
    expect(refusalOf(swap(one))).toBe("unknown_plan_item");
    const before = new Set(room.state.peers?.dealt?.flat().map(({ questionId }) => questionId));
    const seen = textsIn(room.view(one));
    swap(two);
    const now = peersOf(room, two).ahead[0];
    expect(now?.maySwap).toBe(false);
    expect(before.has(now?.plan[0]?.questionId ?? "")).toBe(false);
    expect(now?.plan[0]).toMatchObject({ level: item?.level, minutes: item?.minutes });
    expect(textsIn(room.view(one))).toEqual(seen);
    expect(refusalOf(swap(two, other?.itemId))).toBe("swapped_already");
    holdRound(among);
    expect(room.round.plan[0]?.questionId).toBe(now?.plan[0]?.questionId);
    allReady(among);
    expect(refusalOf(swap(two, other?.itemId))).toBe("wrong_phase");
  });

  test("is dealt nothing that whoever is asked has had", () => {
    const ids = peerBank().questions.map(({ id }) => id);
    const [mine, theirs] = [ids.slice(0, 20), ids.slice(4)];
    const { room } = peerRoom({ people: 2, had: [mine, theirs] });
    const [first, second] = room.state.peers?.dealt ?? [];
    expect(first?.map(({ questionId }) => theirs.includes(questionId))).toEqual([false, false, false]);
    expect(second?.map(({ questionId }) => mine.includes(questionId))).toEqual([false, false, false]);
  });

  test("is dealt a kit's questions alone, at the kit's own levels, whatever was chosen", () => {
    const bank = peerBank();
    const ofKit = bank.dealable.slice(0, 6).map((question) => ({ ...question, level: "foundation" as const }));
    const wishes = { ...PEER_WISHES, levels: ["research" as const], kitId: "a-kit" };
    const { room } = peerRoom({ people: 2, wishes, bank: { ...bank, kits: { "a-kit": ofKit } } });
    const dealt = room.state.peers?.dealt?.flat().map(({ questionId }) => questionId) ?? [];
    expect([...dealt].sort()).toEqual(ofKit.map(({ questionId }) => questionId).sort());
  });

  test("is told what is wanting where the bank has too few, and is dealt once other things are wished", () => {
    const ids = peerBank().questions.map(({ id }) => id);
    const { room, peers } = peerRoom({ people: 2, had: [ids.slice(2), []] });
    const [one = "", two = ""] = peers;
    for (const seatId of peers) {
      expect(peersOf(room, seatId).dealing).toEqual({
        kind: "tooFew",
        levels: [{ level: "working", count: 1 }],
        topicsLeft: 2,
      });
    }
    allReady({ room, peers });
    expect(room.round.phase).toBe("lobby");
    const wishes = { ...PEER_WISHES, topics: ["no-topic"] };
    expect(refusalOf(room.act(two, { type: "wish", wishes }))).toBe("wrong_seat");
    expect(refusalOf(room.act(one, { type: "wish", wishes: { ...wishes, kitId: "no-kit" } }))).toBe("unknown_kit");
    room.must(one, { type: "wish", wishes });
    expect(peersOf(room, one).dealing).toMatchObject({ kind: "tooFew", levels: [{ count: 6 }] });
    room.must(one, { type: "tellHad", questionIds: [] });
    room.must(one, { type: "wish", wishes: PEER_WISHES });
    expect(peersOf(room, one).dealing).toEqual({ kind: "dealt" });
    expect(room.round.plan).toHaveLength(3);
  });

  test("says what it thinks of each other when both have let go, and nothing before", () => {
    const among = peerRoom({ people: 2 });
    const { room } = among;
    const [one = "", two = ""] = among.peers;
    const asked = holdRound(among);
    room.must(one, { type: "writeToPeer", roundId: 1, part: "wentWell", text: "Clear steps." });
    room.must(two, { type: "writeToPeer", roundId: 1, part: "toInterviewer", text: "You let me think." });
    room.must(two, { type: "rateInterviewing", roundId: 1, criterionId: "listening", level: 4 });
    expect(refusalOf(room.act(two, { type: "writeToPeer", roundId: 1, part: "wentWell", text: "Mine." }))).toBe(
      "wrong_seat",
    );
    expect(refusalOf(room.act(one, { type: "rateInterviewing", roundId: 1, criterionId: "hints", level: 1 }))).toBe(
      "wrong_seat",
    );
    expect(refusalOf(room.act(one, { type: "letGo", gives: true }))).toBe("wrong_phase");
    holdRound(among);
    room.must(one, { type: "letGo", gives: true });
    expect(peersOf(room, one)).toMatchObject({ letGo: "given", received: null });
    expect(peersOf(room, two)).toMatchObject({ letGo: "not_yet", othersLetGo: 1, received: null });
    expect(refusalOf(room.act(one, { type: "writeToPeer", roundId: 1, part: "tryNext", text: "More." }))).toBe(
      "scorecard_locked",
    );
    expect(refusalOf(room.act(one, { type: "rate", askId: asked[0] ?? "", criterionId: "depth", level: 4 }))).toBe(
      "scorecard_locked",
    );
    room.must(two, { type: "letGo", gives: true });
    expect(peersOf(room, two).received).toMatchObject({
      asked: [
        {
          roundId: 1,
          asks: asked.map((askId) => ({ askId, levels: [{ by: "Hana Host", criterionId: "depth", level: 2 }] })),
          words: [{ by: "Hana Host", texts: { wentWell: "Clear steps." } }],
        },
      ],
      interviewing: [{ roundId: 2, words: [] }],
    });
    expect(peersOf(room, one).received).toMatchObject({
      interviewing: [
        {
          roundId: 1,
          words: [{ by: "Peer 2", texts: { toInterviewer: "You let me think." }, interviewing: { listening: 4 } }],
        },
      ],
    });
  });

  test("keeps to itself what somebody lets go without giving it", () => {
    const among = peerRoom({ people: 2 });
    const { room } = among;
    const [one = "", two = ""] = among.peers;
    holdRound(among);
    room.must(one, { type: "writeToPeer", roundId: 1, part: "wentWell", text: "⟦kept⟧" });
    holdRound(among);
    room.must(one, { type: "letGo", gives: false });
    room.must(two, { type: "letGo", gives: true });
    expect(peersOf(room, two).received?.asked).toMatchObject([
      { asks: [{ levels: [] }, { levels: [] }, { levels: [] }], words: [] },
    ]);
    expect(textsIn(room.view(two)).join("\n")).not.toContain("⟦kept⟧");
    expect(peersOf(room, one).letGo).toBe("kept");
  });
});

describe("a place among peers", () => {
  const invitation = (room: Room) => {
    const link = Object.values(room.state.links).find(({ role }) => role === "candidate");
    assert(link);
    return link;
  };
  const fresh = () => peerRoomBeforeJoining().room;
  function peerRoomBeforeJoining(): { room: Room } {
    const { room } = peerRoom({ people: 1 });
    const RoomOfTwo = room.constructor as typeof Room;
    return {
      room: new RoomOfTwo({ bank: peerBank(), peers: { people: 2, wishes: PEER_WISHES }, phases: [], minutes: 25 }),
    };
  }

  test("is one person's: a third who opens the link is told so, and whoever has it comes back by it in their browser", () => {
    const room = fresh();
    const { hash } = invitation(room);
    expect(linkLook(room.state, hash, room.now)).toMatchObject({ role: "candidate", name: "Peer 2", seated: false });
    const seatId = room.come(hash, "Bea", "browser-of-bea");
    expect(refusalOf(room.bring(hash, room.joining("Eve", "browser-of-eve")))).toBe("place_taken");
    expect(refusalOf(room.bring(hash, room.joining("Eve")))).toBe("place_taken");
    expect(linkLook(room.state, hash, room.now, "browser-of-eve")).toMatchObject({ reason: "place_taken" });
    expect(linkLook(room.state, hash, room.now, "browser-of-bea")).toMatchObject({ seated: true, name: "Bea" });
    expect(room.come(hash, null, "browser-of-bea")).toBe(seatId);
    expect(Object.keys(room.state.seats)).toHaveLength(2);
  });

  test("may be the same person's as the other one, in the same browser", () => {
    const room = fresh();
    expect(room.come(invitation(room).hash, "Me again", "one-browser")).not.toBe(room.hostId);
  });

  test("is not made by anybody but who opened the room, and only in the place of one that was not taken", () => {
    const room = fresh();
    const { linkId, hash } = invitation(room);
    const link = { linkId: "l_another-link-0", role: "candidate" as const, hash: "f".repeat(64), expiresAt: null };
    expect(refusalOf(room.act(room.hostId, { type: "issueLink", link }))).toBe("wrong_seat");
    room.must(room.hostId, { type: "issueLink", link: { ...link, replaces: linkId } });
    expect(refusalOf(room.bring(hash, room.joining("Late")))).toBe("link_revoked");
    const two = room.come(link.hash, "Bea", "b");
    room.must(two, { type: "tellHad", questionIds: [] });
    expect(refusalOf(room.act(two, { type: "issueLink", link: { ...link, linkId: "l_third-link-000" } }))).toBe(
      "wrong_seat",
    );
  });
});

test("in a group everybody asks once and is asked once, and the others listen and rate", () => {
  const among = peerRoom({ people: 3 });
  const { room, peers } = among;
  const [one = "", two = "", three = ""] = peers;
  const roles = () => peers.map((seatId) => room.view(seatId)?.role);
  const seen = [roles()];
  const asked = holdRound(among);
  seen.push(roles());
  room.must(three, { type: "rate", askId: asked[0] ?? "", criterionId: "depth", level: 4 });
  holdRound(among);
  seen.push(roles());
  expect(seen).toEqual([
    ["host", "candidate", "interviewer"],
    ["interviewer", "host", "candidate"],
    ["candidate", "interviewer", "host"],
  ]);
  holdRound(among);
  for (const seatId of [one, three]) room.must(seatId, { type: "letGo", gives: true });
  expect(peersOf(room, two).received).toBeNull();
  room.must(two, { type: "letGo", gives: false });
  expect(peersOf(room, two).received?.asked[0]?.asks[0]?.levels).toEqual([
    { by: "Hana Host", criterionId: "depth", level: 2 },
    { by: "Peer 3", criterionId: "depth", level: 4 },
  ]);
});

test("whoever practises alone is asked by the room, and sees and rates their answers once they uncover them", () => {
  const { room, peers } = peerRoom({ people: 1 });
  const [me = ""] = peers;
  expect(room.view(me)?.role).toBe("candidate");
  allReady({ room, peers });
  const askIds = [0, 1, 2].map(() => {
    const events = room.must(me, { type: "askNext" });
    return events.flatMap((event) => (event.type === "asked" ? event.askId : []))[0] ?? "";
  });
  expect(refusalOf(room.act(me, { type: "askNext" }))).toBe("unknown_plan_item");
  room.must(me, { type: "writeAnswer", askId: askIds[0] ?? "", text: "My answer." });
  expect(refusalOf(room.act(me, { type: "rate", askId: askIds[0] ?? "", criterionId: "depth", level: 4 }))).toBe(
    "wrong_seat",
  );
  letPass(room, 25 * MINUTE);
  expect(room.round.phase).toBe("ended");
  expect(textsIn(room.view(me)).some((text) => text.includes("key point"))).toBe(false);
  room.must(me, { type: "letGo", gives: true });
  room.must(me, { type: "rate", askId: askIds[0] ?? "", criterionId: "depth", level: 4 });
  room.must(me, { type: "tick", askId: askIds[0] ?? "", keyPoint: 0, heard: true });
  expect(room.panelView(me).asks[0]).toMatchObject({ answer: "My answer." });
});

test("whoever practises alone takes a question up again blind, and has both answers when it is uncovered once more", () => {
  const { room, peers } = peerRoom({ people: 1 });
  const [me = ""] = peers;
  allReady({ room, peers });
  const ask = (): string => {
    const events = room.must(me, { type: "askNext" });
    return events.flatMap((event) => (event.type === "asked" ? event.askId : []))[0] ?? "";
  };
  const first = ask();
  const questionId = room.round.asks[0]?.question.bankId ?? "";
  room.must(me, { type: "writeAnswer", askId: first, text: "Then." });
  const again = (id: string) => room.act(me, { type: "askAgain", questionIds: [id] });
  allReady({ room, peers });
  expect(refusalOf(again(questionId))).toBe("wrong_seat");
  room.must(me, { type: "letGo", gives: true });
  expect(refusalOf(again("never-asked"))).toBe("unknown_question");
  room.wait(24 * 60 * MINUTE);
  again(questionId);
  expect(room.view(me)?.role).toBe("candidate");
  allReady({ room, peers });
  const second = ask();
  room.must(me, { type: "writeAnswer", askId: second, text: "Now." });
  const blind = textsIn(room.view(me)).filter((text) => text.includes(questionId) || text === "Then.");
  expect(blind).toEqual([`⟦${questionId}: prompt⟧`]);
  allReady({ room, peers });
  room.must(me, { type: "letGo", gives: true });
  expect(room.panelView(me).asks).toMatchObject([{ answer: "Now." }]);
  const past = peersOf(room, me).past.flatMap((round) => (round.you === "rated" ? round.asks : []));
  expect(past.map(({ answer, question }) => [question.bankId, answer])).toEqual([
    [questionId, "Then."],
    [questionId, "Now."],
  ]);
});

test("nobody reads a room of peers but through what they see in it", () => {
  const { room, peers } = peerRoom({ people: 2 });
  holdRound({ room, peers });
  for (const seatId of peers) {
    expect(panelView(room.state, seatId)).toBeNull();
    for (const reading of ["export", "bank", "record", "trail"] as const) {
      expect(readingRefusal(room.state, seatId, reading)?.reason).toBe("wrong_seat");
    }
  }
});

test("a room is erased by either when it is over and all have let go, and by who opened it before it has begun", () => {
  const erase = { type: "erase" } as const;
  const before = peerRoom({ people: 2 });
  const [one = "", two = ""] = before.peers;
  expect(refusalOf(before.room.act(two, erase))).toBe("wrong_phase");
  before.room.must(one, erase);
  const among = peerRoom({ people: 2 });
  holdRound(among);
  expect(refusalOf(among.room.act(two, erase))).toBe("wrong_phase");
  holdRound(among);
  among.room.must(one, { type: "letGo", gives: true });
  expect(refusalOf(among.room.act(one, erase))).toBe("wrong_phase");
  among.room.must(two, { type: "letGo", gives: true });
  among.room.must(two, erase);
  for (const seatId of among.peers) expect(among.room.view(seatId)).toBeNull();
});

/** What is done in every room, also what peers are refused. Erasing is left out, as nothing is to be seen after it. */
const OF_A_ROUND = PANEL_COMMANDS.filter((type) =>
  [
    ...[
      "push",
      "reveal",
      "closeAsk",
      "reopenAsk",
      "takeBackAsk",
      "takeBackReveal",
      "rate",
      "tick",
      "writeNote",
      "removeNote",
      "writeAnswer",
    ],
    ...["pause", "resume", "extendRoom", "end", "start", "arrangePlan", "submitScorecard"],
  ].includes(type),
);

interface Session {
  readonly people: number;
  readonly course: readonly Step[];
}

/** Whatever peers do, with time that passes between. */
const sessions = (maxLength: number): fc.Arbitrary<Session> =>
  fc.record({
    people: fc.integer({ min: 1, max: 4 }),
    course: fc.array<Step>(
      fc.oneof(
        {
          arbitrary: commandSteps([...PEER_COMMANDS, ...PEER_COMMANDS, ...OF_A_ROUND]),
          weight: 12,
        },
        {
          arbitrary: fc.record({
            kind: fc.constant("wait" as const),
            ms: fc.constantFrom(20_000, 4 * MINUTE, 26 * MINUTE),
          }),
          weight: 2,
        },
      ),
      { maxLength, size: "max" },
    ),
  });

/** Plays a session; now and then everybody is ready, so that rounds begin and end. */
function playSession({ people, course }: Session, look: (among: PeerRoom) => void): PeerRoom {
  const among = peerRoom({ people });
  const { room } = among;
  course.forEach((step, index) => {
    if (step.kind === "wait") letPass(room, step.ms);
    else play(room, step);
    if (index % 13 === 12 && room.round.phase !== "ended") {
      for (const seatId of among.peers) room.act(seatId, { type: "ready", roundId: room.round.roundId, isReady: true });
    }
    look(among);
  });
  return among;
}

describe("whatever peers do", () => {
  test("nothing that others wrote of somebody reaches them before all have let go, and never what was not given", () => {
    let reached = 0;
    fc.assert(
      fc.property(sessions(70), (session) => {
        playSession(session, ({ room, peers }) => {
          const { state } = room;
          assert(state.peers);
          const isOpen = peers.length > 1 && haveAllLetGo(state.peers, state.seats);
          for (const seatId of peers) {
            const text = textsIn(room.view(seatId)).join("\n");
            for (const other of peers) {
              if (other === seatId) continue;
              const marks = ["rate", "writeNote", "writeToPeer"].map((type) => `⟦${other} ${type}⟧`);
              const found = marks.filter((mark) => text.includes(mark));
              if (isOpen && state.peers.letGo[other]) {
                reached += found.length;
                assert(!found.includes(`⟦${other} writeNote⟧`), "notes are nobody else's");
              } else assert.deepStrictEqual(found, []);
            }
            // Levels have no mark of their own: they stand in one place.
            const seen = peersOf(room, seatId);
            assert.equal(seen.received !== null, isOpen);
          }
        });
      }),
      propertyRuns(250),
    );
    expect(reached).toBeGreaterThan(20);
  });

  test("nobody learns which questions they will be asked, nor what the bank says of them before all have let go", () => {
    let asked = 0;
    fc.assert(
      fc.property(sessions(60), (session) => {
        playSession(session, ({ room, peers }) => {
          const { state } = room;
          assert(state.peers);
          if (haveAllLetGo(state.peers, state.seats)) return;
          for (const seatId of peers) {
            if (peers.length === 1 && room.view(seatId)?.role === "host") continue;
            const texts = textsIn(room.view(seatId));
            state.peers.dealt?.forEach((plan, index) => {
              const roles = rolesIn(
                peers.map((id) => ({ seatId: id })),
                index + 1,
              );
              if (roles[seatId] !== "candidate") return;
              const asks = state.rounds[index]?.asks ?? [];
              asked += asks.length;
              const isOver = state.rounds[index]?.phase === "ended";
              const put = asks.flatMap(({ question, revealed }) => [
                ...(isOver && question.bankId !== null ? [question.bankId] : []),
                question.prompt,
                ...putBeside(question),
                ...revealed.map(({ kind, index: at }) =>
                  kind === "hint" ? question.hints[at] : question.followUps[at]?.ask,
                ),
              ]);
              for (const { questionId } of plan) {
                const found = texts.filter((text) => text === questionId || text.includes(`⟦${questionId}`));
                assert.deepStrictEqual(
                  found.filter((text) => !put.includes(text)),
                  [],
                );
              }
            });
          }
        });
      }),
      propertyRuns(250),
    );
    expect(asked).toBeGreaterThan(100);
  });

  test("no hidden test of what somebody was asked reaches them, also once all have let go", () => {
    let withheld = 0;
    let shown = 0;
    const look = ({ room, peers }: PeerRoom) => {
      if (peers.length === 1) return;
      for (const seatId of peers) {
        const text = textsIn(room.view(seatId)).join("\n");
        for (const { roundId, asks } of room.state.rounds) {
          const hidden = asks.flatMap(({ question: { workspace } }) =>
            workspace ? [workspace.expectedOutput, ...textsIn(workspace.tests.filter(({ visible }) => !visible))] : [],
          );
          const found = hidden.filter((secret) => text.includes(secret));
          if (roleIn(room.state, roundId, seatId) === "candidate") {
            if (peersOf(room, seatId).received) withheld += hidden.length;
            assert.deepStrictEqual(found, []);
          } else shown += found.length;
        }
      }
    };
    fc.assert(
      fc.property(sessions(70), (session) => {
        const among = playSession(session, look);
        for (let round = 1; round <= 4; round++) {
          const { roundId } = among.room.round;
          for (const seatId of among.peers) among.room.act(seatId, { type: "ready", roundId, isReady: true });
          among.room.act(among.peers[0] ?? "", { type: "end" });
          among.room.wait(30 * MINUTE);
        }
        for (const seatId of among.peers) among.room.act(seatId, { type: "letGo", gives: true });
        look(among);
      }),
      propertyRuns(150),
    );
    expect(withheld).toBeGreaterThan(20);
    expect(shown).toBeGreaterThan(20);
  });

  test("rounds that are not ended by all of them are as long as the first one, within half a minute", () => {
    let compared = 0;
    fc.assert(
      fc.property(sessions(60), (session) => {
        const { room } = playSession(session, () => {});
        const endedByAll = new Set(
          room.commits.flatMap(({ events, seatId }) =>
            events.flatMap((event) => (event.type === "roomEnded" && seatId !== null ? event.roundId : [])),
          ),
        );
        const [first, ...others] = room.state.rounds;
        for (const round of others) {
          if (round.phase !== "ended" || endedByAll.has(round.roundId)) continue;
          compared += 1;
          const [took, before] = [round, first].map(({ clock }) => elapsedAt(clock, room.now));
          // A round is a minute at least.
          assert(Math.abs((took ?? 0) - Math.max(before ?? 0, 30_000)) <= 30_000);
        }
      }),
      propertyRuns(200),
    );
    expect(compared).toBeGreaterThan(20);
  });

  test("every view is allowed by the schema of its role, and the log gives the same room and the same views", () => {
    fc.assert(
      fc.property(sessions(60), (session) => {
        const { room, peers } = playSession(session, () => {});
        const again = replay(room.commits);
        assert.deepStrictEqual(again, room.state);
        for (const seatId of peers) assert.deepStrictEqual(View.parse(room.view(seatId)), room.view(seatId));
      }),
      propertyRuns(150),
    );
  });
});
