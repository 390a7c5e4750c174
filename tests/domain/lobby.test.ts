import { whyNotInCall } from "@whetstone/shared/call/rules";
import { remainingMs } from "@whetstone/shared/room/course/timer";
import { diff } from "@whetstone/shared/room/patch";
import { View } from "@whetstone/shared/room/view/view";
import { describe, expect, test } from "vitest";
import { aRun, livePanelRoom, MINUTE, panelRoom, type Room, refusalOf } from "../support/domain.ts";

/** A candidate who is moved back to the lobby, and let in again. */

const moveOut = (seatId: string) => ({ type: "moveToLobby", seatId }) as const;
const letIn = (seatId: string) => ({ type: "admit", seatId }) as const;

/** A candidate in the lobby, with one question that is closed and one that is open, and something written in both. */
function movedOut() {
  const panel = livePanelRoom({ hostName: "Jonas" });
  const { room, host, candidate } = panel;
  const closedAsk = room.push("first-question");
  room.must(candidate, { type: "writeAnswer", askId: closedAsk, text: "⟦first answer⟧" });
  room.wait(MINUTE);
  const openAsk = room.push("second-question");
  room.must(candidate, { type: "writeAnswer", askId: openAsk, text: "⟦second answer⟧" });
  room.must(candidate, { type: "sayToAll", lineId: "m_1", candidateId: candidate, text: "⟦a message⟧" });
  room.wait(MINUTE);
  const before = room.candidateView(candidate);
  room.must(host, moveOut(candidate));
  return { ...panel, closedAsk, openAsk, before };
}

const left = (room: Room, seatId: string) => {
  const { timer, askTimer } = room.candidateView(seatId);
  return [timer, askTimer].map((one) => one && remainingMs(one, room.now));
};

describe("whoever is moved back to the lobby", () => {
  test("sees who asked them to wait, and nothing of the interview", () => {
    const { room, candidate } = movedOut();
    const seen = room.candidateView(candidate);
    expect(seen).toMatchObject({
      you: { admitted: false, movedOutBy: "Jonas" },
      ask: null,
      askTimer: null,
      earlier: [],
      room: { phase: "paused" },
    });
    expect(seen).not.toHaveProperty("common");
    expect(JSON.stringify(seen)).not.toContain("⟦first");
    expect(JSON.stringify(seen)).not.toContain("⟦second");
    expect(JSON.stringify(seen)).not.toContain("⟦a message");
    expect(View.parse(seen)).toEqual(seen);
  });

  test("is out of the call with it, and in it again", () => {
    const { room, host, candidate } = movedOut();
    expect(whyNotInCall(room.view(candidate))).toBe("not_admitted");
    room.must(host, letIn(candidate));
    expect(whyNotInCall(room.view(candidate))).toBeNull();
  });

  test("finds all as it was when they are let in again, with as much time", () => {
    const { room, host, candidate, before } = movedOut();
    const time = left(room, candidate)[0];
    room.wait(5 * MINUTE);
    expect(left(room, candidate)[0]).toBe(time);
    room.must(host, letIn(candidate));
    const after = room.candidateView(candidate);
    expect({ ...after, timer: null, askTimer: null }).toEqual({ ...before, timer: null, askTimer: null });
    const timers = [before.timer, before.askTimer].map((one) => one && remainingMs(one, room.now - 5 * MINUTE));
    expect(left(room, candidate)).toEqual(timers);
  });

  test("loses nothing that they wrote and that comes late", () => {
    const { room, host, candidate, closedAsk, openAsk } = movedOut();
    room.must(candidate, { type: "writeAnswer", askId: openAsk, text: "⟦second answer⟧, and more" });
    room.must(candidate, { type: "writeAnswer", askId: closedAsk, text: "⟦first answer⟧, too" });
    room.must(candidate, { type: "keepRun", askId: openAsk, run: aRun() });
    room.must(candidate, { type: "raiseHand" });
    room.must(host, letIn(candidate));
    expect(room.candidateView(candidate)).toMatchObject({
      ask: { answer: "⟦second answer⟧, and more" },
      earlier: [{ answer: "⟦first answer⟧, too" }],
      you: { handRaised: true },
    });
  });

  test("does and says nothing else meanwhile", () => {
    const { room, host, candidate, openAsk } = movedOut();
    room.must(host, { type: "resume" });
    const message = { type: "sayToAll", lineId: "m_2", candidateId: candidate, text: "Hello?" } as const;
    expect(refusalOf(room.act(candidate, message))).toBe("not_admitted");
    expect(refusalOf(room.act(host, message))).toBe("not_there");
    expect(refusalOf(room.act(candidate, { type: "beginQuiet", askId: openAsk, minutes: 5 }))).toBe("not_admitted");
    expect(refusalOf(room.act(candidate, { type: "editDocument", askId: openAsk }))).toBe("not_admitted");
    expect(refusalOf(room.act(host, { type: "push", source: { kind: "bank", questionId: "third-question" } }))).toBe(
      "nobody_admitted",
    );
  });

  test("learns by no byte what the panel does meanwhile", () => {
    const { room, host, ann, bob, candidate, openAsk } = movedOut();
    const before = room.candidateView(candidate);
    room.must(host, { type: "closeAsk", askId: openAsk });
    room.must(ann, { type: "sayAside", lineId: "m_3", text: "What do we think?" });
    room.must(bob, { type: "rate", askId: openAsk, criterionId: "depth", level: 2 });
    room.must(host, { type: "arrangePlan", items: [] });
    expect(diff(before, room.candidateView(candidate))).toEqual([]);
  });

  test("has their own answers before them when the interview ends meanwhile, and may bring what was on its way", () => {
    const { room, host, candidate, openAsk } = movedOut();
    room.must(host, { type: "end" });
    expect(room.candidateView(candidate).you).not.toHaveProperty("movedOutBy");
    expect(room.candidateView(candidate).earlier).toHaveLength(2);
    room.must(candidate, { type: "writeAnswer", askId: openAsk, text: "⟦second answer⟧, late" });
    room.must(candidate, { type: "editDocument", askId: openAsk });
    expect(whyNotInCall(room.view(candidate))).toBe("not_admitted");
  });
});

describe("the panel", () => {
  test("sees who is in the lobby, until they are let in", () => {
    const { room, host, ann, observer, candidate } = movedOut();
    const seen = (seatId: string) => {
      const view = room.view(seatId);
      return view?.people.find((person) => person.seatId === candidate);
    };
    for (const seatId of [host, ann, observer]) expect(seen(seatId)).toMatchObject({ admitted: false, movedOut: true });
    room.must(host, letIn(candidate));
    for (const seatId of [host, ann, observer]) expect(seen(seatId)).not.toHaveProperty("movedOut");
  });

  test.each([
    ["was paused before it", (room: Room, host: string) => room.must(host, { type: "pause" }), () => undefined],
    [
      "was paused for another reason meanwhile",
      () => undefined,
      (room: Room, host: string) => {
        room.must(host, { type: "resume" });
        room.wait(1);
        room.must(host, { type: "pause" });
      },
    ],
  ])("finds a room paused still that %s", (_name, before, meanwhile) => {
    const { room, host, candidate } = livePanelRoom();
    before(room, host);
    room.wait(1);
    room.must(host, moveOut(candidate));
    meanwhile(room, host);
    room.must(host, letIn(candidate));
    expect(room.round.phase).toBe("paused");
  });

  test("moves nobody but the candidate, and each once", () => {
    const { room, host, ann, observer, candidate } = livePanelRoom();
    for (const seatId of [ann, observer, host]) expect(refusalOf(room.act(host, moveOut(seatId)))).toBe("wrong_seat");
    expect(refusalOf(room.act(host, moveOut("s_never-seated-here")))).toBe("unknown_seat");
    room.must(host, moveOut(candidate));
    expect(room.must(host, moveOut(candidate))).toEqual([]);
    room.must(host, { type: "removeSeat", seatId: candidate });
    expect(refusalOf(room.act(host, moveOut(candidate)))).toBe("unknown_seat");
  });

  test("can do so before the start, which waits for them", () => {
    const { room, host, candidate } = panelRoom();
    room.must(host, moveOut(candidate));
    expect(refusalOf(room.act(host, { type: "start" }))).toBe("nobody_admitted");
    room.must(host, letIn(candidate));
    room.must(host, { type: "start" });
  });

  test("keeps quiet time as quiet as it was", () => {
    const { room, host, ann, candidate } = livePanelRoom();
    const askId = room.push("first-question");
    room.must(candidate, { type: "beginQuiet", askId, minutes: 5 });
    room.must(host, moveOut(candidate));
    expect(room.candidateView(candidate)).not.toHaveProperty("quiet");
    expect(room.panelView(ann)).toHaveProperty("quiet");
    room.wait(20 * MINUTE);
    room.must(host, letIn(candidate));
    const { quiet } = room.candidateView(candidate);
    expect(quiet && remainingMs(quiet.timer, room.now)).toBe(5 * MINUTE);
  });
});
