import { TAKE_BACK_MS } from "@whetstone/shared/room/asks/rules";
import { REOPEN_MS } from "@whetstone/shared/room/course/rules";
import { currentRound, evolve } from "@whetstone/shared/room/state";
import { entriesOfCommit } from "@whetstone/shared/room/view/trail";
import { describe, expect, test } from "vitest";
import { livePanelRoom, MINUTE, type PanelRoom, type Room, refusalOf } from "../support/domain.ts";

/** What is undone is recorded as such, and otherwise as if it had not been done. */

const planned = ["first-question", "second-question", "third-question"];
const course = ({ room, host, ann, candidate, observer }: PanelRoom) => ({
  host: room.panelView(host),
  ann: room.panelView(ann),
  candidate: room.candidateView(candidate),
  observer: room.observerView(observer),
});
const trail = (room: Room, host: string) =>
  room.commits.flatMap((commit) => entriesOfCommit(room.state, commit, host)).map(({ at: _, ...entry }) => entry);

describe("a question that is taken back", () => {
  test("is gone from every page, its number is the next one's, and it can be asked again", () => {
    const panel = livePanelRoom({ planned });
    const { room, host, candidate } = panel;
    const before = course(panel);
    const askId = room.push("first-question");
    room.wait(4_000);
    room.must(host, { type: "takeBackAsk", askId });
    const after = course(panel);
    expect(after.candidate).toEqual({ ...before.candidate, timer: after.candidate.timer });
    expect(after.observer).toEqual(before.observer);
    expect(after.host).toEqual(before.host);
    expect(room.must(host, { type: "takeBackAsk", askId })).toEqual([]);
    const again = room.push("first-question");
    expect(again).not.toBe(askId);
    expect(room.candidateView(candidate).ask).toMatchObject({ askId: again, number: 1, answer: "" });
    expect(room.panelView(host).asks.map(({ number, deviation }) => [number, deviation])).toEqual([[1, "none"]]);
  });

  test("opens the one again that it closed, and the plan's phase that it left", () => {
    const panel = livePanelRoom({ planned });
    const { room, host, candidate } = panel;
    room.wait(MINUTE);
    const first = room.push("first-question");
    room.must(candidate, { type: "writeAnswer", askId: first, text: "half of it" });
    room.must(host, { type: "enterPhase", phase: "candidate_questions" });
    room.wait(MINUTE);
    const before = course(panel);
    const second = room.push("second-question");
    expect(room.panelView(host).planPhase?.kind).toBe("questions");
    room.wait(3_000);
    room.must(host, { type: "takeBackAsk", askId: second });
    const after = course(panel);
    expect(after.host.openAskId).toBe(first);
    expect(after.candidate.ask).toEqual(before.candidate.ask);
    expect(after.host.planPhase).toEqual(before.host.planPhase);
    room.must(host, { type: "pause" });
    expect(room.panelView(host).timer).toMatchObject({ kind: "stopped" });
  });

  test("keeps what was written to it on its way, and shows it to nobody", () => {
    const { room, host, ann, candidate, observer } = livePanelRoom({ planned });
    const askId = room.push("first-question");
    const note = {
      type: "writeNote",
      noteId: "n_000000000009",
      text: "⟦note⟧",
      mark: null,
      evidenceFor: null,
    } as const;
    room.must(ann, { ...note, askId, ageMs: 0 });
    room.must(host, { type: "takeBackAsk", askId });
    room.must(ann, { ...note, askId, text: "⟦note, and on⟧", ageMs: 0 });
    room.must(ann, { type: "rate", askId, criterionId: "depth", level: 3 });
    room.must(candidate, { type: "writeAnswer", askId, text: "⟦answer⟧" });
    expect(room.panelView(ann).scorecard.notes).toMatchObject([{ text: "⟦note, and on⟧" }]);
    for (const seatId of [host, candidate, observer]) expect(JSON.stringify(room.view(seatId))).not.toContain("⟦note");
    for (const seatId of [host, ann, candidate, observer]) {
      expect(JSON.stringify(room.view(seatId))).not.toContain("⟦answer⟧");
    }
    expect(room.round.takenBack).toMatchObject([{ askId, answer: "⟦answer⟧", revealed: [], spans: [] }]);
    // Nothing more of it can reach the candidate.
    expect(refusalOf(room.act(host, { type: "reveal", askId, kind: "hint", index: 0 }))).toBe("unknown_ask");
    expect(refusalOf(room.act(host, { type: "reopenAsk", askId }))).toBe("unknown_ask");
  });

  test("is nothing that a scorecard lacks ratings of", () => {
    const { room, host, ann } = livePanelRoom({ planned });
    room.must(host, { type: "takeBackAsk", askId: room.push("first-question") });
    room.must(ann, { type: "writeSummary", text: "Fine" });
    room.must(ann, { type: "recommend", recommendation: "yes" });
    room.must(ann, { type: "setConfidence", confidence: "high" });
    room.must(host, { type: "end" });
    room.must(ann, { type: "submitScorecard", reason: null });
  });

  test("can be so while little time has run, by the host, and not once it was reopened", () => {
    const { room, host, ann } = livePanelRoom({ planned });
    const first = room.push("first-question");
    expect(refusalOf(room.act(ann, { type: "takeBackAsk", askId: first }))).toBe("wrong_seat");
    room.wait(TAKE_BACK_MS);
    const second = room.push("second-question");
    room.wait(1);
    expect(refusalOf(room.act(host, { type: "takeBackAsk", askId: first }))).toBe("too_late");
    room.must(host, { type: "reopenAsk", askId: first });
    room.must(host, { type: "reopenAsk", askId: second });
    expect(refusalOf(room.act(host, { type: "takeBackAsk", askId: second }))).toBe("too_late");
  });

  test("of a candidate who was replaced leaves the round of the one before as it was", () => {
    const { room, host, candidate } = livePanelRoom({ planned });
    const first = room.push("first-question");
    room.must(candidate, { type: "writeAnswer", askId: first, text: "mine" });
    room.must(host, { type: "removeSeat", seatId: candidate });
    const next = room.join("candidate");
    room.must(host, { type: "admit", seatId: next });
    room.wait(MINUTE);
    const second = room.push("second-question");
    room.must(host, { type: "takeBackAsk", askId: second });
    expect(room.panelView(host).openAskId).toBeNull();
    expect(room.candidateView(next).ask).toBeNull();
    expect(room.panelView(host).asks.map(({ askId }) => askId)).toEqual([first]);
    room.push("second-question");
    expect(room.candidateView(next).ask).toMatchObject({ number: 2 });
  });
});

test("what was revealed is hidden again, while little time has run, and is told in the trail", () => {
  const { room, host, ann, candidate } = livePanelRoom({ planned });
  const askId = room.push("first-question");
  const reveal = { askId, kind: "hint", index: 0 } as const;
  room.must(ann, { type: "reveal", askId, kind: "followUp", index: 0 });
  room.wait(60_000);
  room.must(ann, { type: "reveal", ...reveal });
  room.must(host, { type: "takeBackReveal", ...reveal });
  expect(room.candidateView(candidate).ask?.revealed.map(({ kind }) => kind)).toEqual(["followUp"]);
  expect(room.must(host, { type: "takeBackReveal", ...reveal })).toEqual([]);
  const late = room.act(host, { type: "takeBackReveal", askId, kind: "followUp", index: 0 });
  expect(refusalOf(late)).toBe("too_late");
  expect(refusalOf(room.act(candidate, { type: "takeBackReveal", ...reveal }))).toBe("wrong_seat");
  room.must(ann, { type: "reveal", ...reveal });
  expect(room.candidateView(candidate).ask?.revealed).toHaveLength(2);
  expect(trail(room, host).filter(({ what }) => what === "revealTakenBack")).toMatchObject([
    { who: { seatId: host }, ask: 1, kind: "hint", index: 0 },
  ]);
});

describe("an end that is undone", () => {
  test("goes on where it was, with its question, its time and every scorecard", () => {
    const panel = livePanelRoom({ planned });
    const { room, host, ann, candidate } = panel;
    room.wait(MINUTE);
    const askId = room.push("first-question");
    room.must(ann, { type: "rate", askId, criterionId: "depth", level: 2 });
    room.wait(MINUTE);
    const before = course(panel);
    room.must(host, { type: "end" });
    expect(room.candidateView(candidate).ask).toBeNull();
    room.must(ann, { type: "recommend", recommendation: "no" });
    room.must(ann, { type: "submitScorecard", reason: "Ended." });
    const submitted = room.panelView(ann).scorecard;
    room.wait(2 * MINUTE);
    room.must(host, { type: "reopenRoom" });
    const after = course(panel);
    expect(after.candidate).toMatchObject({ room: { phase: "live" }, ask: { askId } });
    expect(after.host).toMatchObject({ openAskId: askId, room: { phase: "live", endedAt: null } });
    expect(after.host.planPhase?.kind).toBe(before.host.planPhase?.kind);
    expect(after.ann.scorecard).toEqual(submitted);
    // Two minutes stood still, and are no part of the interview.
    const [was, is] = [before.host.timer, after.host.timer];
    expect(was.kind === "running" && is.kind === "running" && is.endsAt - was.endsAt).toBe(2 * MINUTE);
    room.must(host, { type: "end" });
    room.must(ann, { type: "amendScorecard", reason: "It went on." });
    expect(trail(room, host).filter(({ what }) => what === "reopened")).toMatchObject([{ who: { seatId: host } }]);
  });

  test("is so for some minutes, by the host, and not once something was decided or published", () => {
    const { room, host, ann } = livePanelRoom({ planned });
    room.push("first-question");
    room.must(host, { type: "end" });
    expect(refusalOf(room.act(ann, { type: "reopenRoom" }))).toBe("wrong_seat");
    room.wait(REOPEN_MS);
    room.must(host, { type: "reopenRoom" });
    room.must(host, { type: "end" });
    room.wait(REOPEN_MS + 1);
    expect(refusalOf(room.act(host, { type: "reopenRoom" }))).toBe("too_late");

    const decided = livePanelRoom({ planned });
    decided.room.must(decided.host, { type: "end" });
    decided.room.must(decided.host, { type: "submitScorecard", reason: "Short." });
    decided.room.must(decided.host, { type: "recordDecision", outcome: "hold", rationale: "Later" });
    expect(refusalOf(decided.room.act(decided.host, { type: "reopenRoom" }))).toBe("too_late");
  });
});

describe("while the interview is paused", () => {
  test("nothing new is put to the candidate, and what was put can be taken back, closed and extended", () => {
    const { room, host, ann } = livePanelRoom();
    const closed = room.push("first-question");
    const askId = room.push("second-question");
    room.must(ann, { type: "reveal", askId, kind: "hint", index: 0 });
    room.must(host, { type: "pause" });
    const refused = (seatId: string, command: Parameters<Room["act"]>[1]) => {
      const decision = room.act(seatId, command);
      return "refusal" in decision ? decision.refusal : null;
    };
    for (const command of [
      { type: "reveal", askId, kind: "hint", index: 1 },
      { type: "reveal", askId, kind: "followUp", index: 0 },
      { type: "push", source: { kind: "bank", questionId: "third-question" } },
      { type: "reopenAsk", askId: closed },
    ] as const) {
      const refusal = refused(host, command);
      expect(refusal?.reason).toBe("wrong_phase");
      expect(refusal?.sentence).toContain("It is paused");
    }
    expect(refused(ann, { type: "takeBackReveal", askId, kind: "hint", index: 0 })).toBeNull();
    expect(refused(host, { type: "extendAsk", askId, minutes: 2 })).toBeNull();
    expect(refused(host, { type: "closeAsk", askId })).toBeNull();
    room.must(host, { type: "resume" });
    expect(refused(ann, { type: "reveal", askId, kind: "hint", index: 1 })).toBeNull();
  });

  test("what an older log has revealed then is still read", () => {
    const { room, host } = livePanelRoom();
    const askId = room.push("first-question");
    room.must(host, { type: "pause" });
    const { roundId } = room.round;
    const state = evolve(room.state, { type: "revealed", roundId, askId, kind: "hint", index: 1 }, room.now);
    expect(currentRound(state).asks[0]?.revealed).toMatchObject([{ kind: "hint", index: 1, seen: true }]);
  });
});
