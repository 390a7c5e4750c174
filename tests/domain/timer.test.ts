import assert from "node:assert/strict";
import { planPhaseTimer, remainingMs, type Timer } from "@whetstone/shared/room/course/timer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { begin, beginnings, courses, play, propertyRuns } from "../support/courses.ts";
import { livePanelRoom, MINUTE, OPENED_AT, type PanelRoom, panelRoom, type Room } from "../support/domain.ts";

/** What is left on each timer that the seats see, and that they all see the same. */
function timersOf({ room, host, ann, candidate, observer }: PanelRoom): { room: number; ask: number | null } {
  const seen = [host, ann, candidate, observer].map((seatId) => {
    const { timer, askTimer } = room.timedView(seatId) ?? assert.fail(`${seatId} sees nothing.`);
    return { timer, askTimer };
  });
  for (const timers of seen) expect(timers).toEqual(seen[0]);
  const [{ timer, askTimer }] = seen as [{ timer: Timer; askTimer: Timer | null }];
  return { room: remainingMs(timer, room.now), ask: askTimer && remainingMs(askTimer, room.now) };
}

describe("the interview's timer", () => {
  test("stands at its budget in the lobby, and has more when the host adds it there", () => {
    const panel = panelRoom();
    panel.room.wait(10 * MINUTE);
    expect(panel.room.panelView(panel.ann).timer).toEqual({ kind: "idle", totalMs: 45 * MINUTE });
    panel.room.must(panel.host, { type: "extendRoom", minutes: 5 });
    expect(timersOf(panel)).toEqual({ room: 50 * MINUTE, ask: null });
    expect(panel.room.panelView(panel.ann).room.minutes).toBe(50);
  });

  test("travels as the moment at which it ends on the server's clock", () => {
    const panel = panelRoom();
    panel.room.wait(MINUTE);
    panel.room.must(panel.host, { type: "start" });
    const timer = { kind: "running", totalMs: 45 * MINUTE, endsAt: OPENED_AT + 46 * MINUTE };
    expect(panel.room.candidateView(panel.candidate).timer).toEqual(timer);
    panel.room.wait(20 * MINUTE);
    expect(panel.room.candidateView(panel.candidate).timer).toEqual(timer);
    expect(timersOf(panel).room).toBe(25 * MINUTE);
  });

  test("stands during a pause and goes on after it", () => {
    const panel = livePanelRoom();
    panel.room.wait(10 * MINUTE);
    panel.room.must(panel.host, { type: "pause" });
    expect(panel.room.candidateView(panel.candidate).timer).toEqual({
      kind: "stopped",
      totalMs: 45 * MINUTE,
      remainingMs: 35 * MINUTE,
    });
    panel.room.wait(7 * MINUTE);
    expect(timersOf(panel).room).toBe(35 * MINUTE);
    panel.room.must(panel.host, { type: "resume" });
    panel.room.wait(MINUTE);
    expect(timersOf(panel).room).toBe(34 * MINUTE);
  });

  test("has more when the host adds it, running or paused", () => {
    const panel = livePanelRoom();
    panel.room.wait(MINUTE);
    panel.room.must(panel.host, { type: "extendRoom", minutes: 10 });
    expect(timersOf(panel).room).toBe(54 * MINUTE);
    panel.room.must(panel.host, { type: "pause" });
    panel.room.must(panel.host, { type: "extendRoom", minutes: 1 });
    expect(timersOf(panel).room).toBe(55 * MINUTE);
  });

  test("falls below zero in overtime", () => {
    const panel = livePanelRoom();
    panel.room.wait(50 * MINUTE);
    expect(timersOf(panel).room).toBe(-5 * MINUTE);
  });

  test.each(["live", "paused"])("stands for good at the end (from %s)", (phase) => {
    const panel = livePanelRoom();
    panel.room.wait(10 * MINUTE);
    if (phase === "paused") {
      panel.room.must(panel.host, { type: "pause" });
      panel.room.wait(3 * MINUTE);
    }
    panel.room.must(panel.host, { type: "end" });
    panel.room.wait(60 * MINUTE);
    expect(timersOf(panel)).toEqual({ room: 35 * MINUTE, ask: null });
  });
});

describe("an ask's timer", () => {
  test("runs while the ask is open and the interview runs", () => {
    const panel = livePanelRoom();
    const { room, host } = panel;
    room.wait(2 * MINUTE);
    expect(timersOf(panel).ask).toBeNull();
    room.push("first-question");
    room.wait(MINUTE);
    expect(timersOf(panel).ask).toBe(4 * MINUTE);
    room.must(host, { type: "pause" });
    room.wait(9 * MINUTE);
    expect(timersOf(panel).ask).toBe(4 * MINUTE);
    room.must(host, { type: "resume" });
    room.wait(5 * MINUTE);
    expect(timersOf(panel).ask).toBe(-MINUTE);
  });

  test("has more when the host adds it, open or closed", () => {
    const panel = livePanelRoom();
    const { room, host } = panel;
    const askId = room.push("first-question");
    room.wait(MINUTE);
    room.must(host, { type: "extendAsk", askId, minutes: 2 });
    expect(timersOf(panel).ask).toBe(6 * MINUTE);
    room.must(host, { type: "closeAsk", askId });
    room.must(host, { type: "extendAsk", askId, minutes: 1 });
    expect(timersOf(panel).ask).toBeNull();
    room.must(host, { type: "reopenAsk", askId });
    expect(timersOf(panel).ask).toBe(7 * MINUTE);
    expect(room.panelView(host).asks[0]?.minutes).toBe(8);
  });

  test("goes on where it stopped when the ask is opened again", () => {
    const panel = livePanelRoom();
    const { room, host } = panel;
    const first = room.push("first-question");
    room.wait(MINUTE);
    room.push("second-question");
    room.wait(2 * MINUTE);
    expect(timersOf(panel).ask).toBe(4 * MINUTE);
    room.must(host, { type: "reopenAsk", askId: first });
    expect(timersOf(panel).ask).toBe(4 * MINUTE);
    room.wait(3 * MINUTE);
    expect(timersOf(panel).ask).toBe(MINUTE);
    expect(room.panelView(host).asks).toMatchObject([
      { askedAtMs: 0, closedMs: MINUTE, openSinceMs: 3 * MINUTE },
      { askedAtMs: MINUTE, closedMs: 2 * MINUTE, openSinceMs: null },
    ]);
    room.must(host, { type: "closeAsk", askId: first });
    expect(room.panelView(host).asks[0]).toMatchObject({ askedAtMs: 0, closedMs: 4 * MINUTE, openSinceMs: null });
  });
});

describe("the timer of a part of the plan", () => {
  const partOf = ({ room, ann }: PanelRoom) => {
    const { planPhase } = room.panelView(ann);
    return planPhase && [planPhase.kind, planPhase.timer && remainingMs(planPhase.timer, room.now)];
  };

  test("begins with the part, and stands in a pause", () => {
    const panel = livePanelRoom();
    const { room, host } = panel;
    expect(partOf(panel)).toEqual(["introduction", 5 * MINUTE]);
    room.wait(6 * MINUTE);
    expect(partOf(panel)).toEqual(["introduction", -MINUTE]);
    room.push("first-question");
    expect(partOf(panel)).toEqual(["questions", 32 * MINUTE]);
    room.wait(MINUTE);
    room.push("second-question");
    expect(partOf(panel)).toEqual(["questions", 31 * MINUTE]);
    room.must(host, { type: "pause" });
    room.wait(MINUTE);
    room.must(host, { type: "enterPhase", phase: "wrap_up" });
    room.wait(MINUTE);
    room.must(host, { type: "resume" });
    expect(partOf(panel)).toEqual(["wrap_up", 3 * MINUTE]);
    room.must(host, { type: "end" });
    expect(partOf(panel)).toBeNull();
  });

  test("is not there in a room without parts", () => {
    const panel = livePanelRoom({ phases: [] });
    panel.room.push("first-question");
    expect(partOf(panel)).toBeNull();
  });

  test("is none where no part is under way, or one that has no minutes", () => {
    const { room } = panelRoom();
    expect(planPhaseTimer(room.round)).toBeNull();
    expect(planPhaseTimer({ ...room.round, planPhase: { kind: "wrap_up", since: 0 }, phases: [] })).toBeNull();
  });
});

describe("at every moment of any interview", () => {
  /** What was used of each budget, counted by the test: time passes only while the interview runs. */
  interface Tally {
    budget: number;
    used: number;
  }

  test("what is left and what was used are the budget, on every timer of every seat", () => {
    fc.assert(
      fc.property(beginnings, courses(60), (beginning, course) => {
        const room = begin(beginning);
        const interview: Tally = { budget: 45 * MINUTE, used: 0 };
        const asks = new Map<string, Tally>();
        let part: Tally | null = startedPart(room);
        let partBefore: Tally | null = null;
        for (const step of course) {
          const { phase, openAskId } = room.round;
          const since = room.now;
          const played = play(room, step);
          if (phase === "live") {
            const open = openAskId === null ? undefined : asks.get(openAskId);
            for (const tally of [interview, open, part]) if (tally) tally.used += room.now - since;
          }
          const events = played.by === "time" || "refusal" in played.decision ? [] : played.decision.events;
          for (const event of events) {
            if (event.type === "roomStarted") part = startedPart(room);
            if (event.type === "phaseEntered") {
              partBefore = part;
              part = { budget: budgetOf(room, event.phase), used: 0 };
            }
            if (event.type === "askTakenBack" && event.leavesPhase && partBefore && part) {
              part = { ...partBefore, used: partBefore.used + part.used };
            }
            if (event.type === "roomExtended") interview.budget += event.minutes * MINUTE;
            if (event.type === "asked") asks.set(event.askId, { budget: event.minutes * MINUTE, used: 0 });
            if (event.type === "askExtended") {
              const ask = asks.get(event.askId);
              if (ask) ask.budget += event.minutes * MINUTE;
            }
          }
          check(room, interview, asks, part);
        }
      }),
      propertyRuns(400),
    );
  });

  const budgetOf = (room: Room, kind: string): number =>
    (room.round.phases.find((phase) => phase.kind === kind)?.minutes ?? 0) * MINUTE;

  function startedPart({ round: state }: Room): Tally | null {
    const [first] = state.phases;
    return state.phase === "lobby" || !first ? null : { budget: first.minutes * MINUTE, used: 0 };
  }

  function check(room: Room, interview: Tally, asks: Map<string, Tally>, part: Tally | null): void {
    const isLeft = (timer: Timer | null, tally: Tally) => {
      assert.ok(timer);
      assert.equal(timer.totalMs, tally.budget);
      assert.equal(remainingMs(timer, room.now) + tally.used, tally.budget);
    };
    for (const seatId of Object.keys(room.state.seats)) {
      const seen = room.view(seatId);
      // Who waits to be let in sees no timer, and nor does whoever captions.
      if (!seen || seen.role === "captioner" || (seen.role === "interviewer" && seen.waiting)) continue;
      isLeft(seen.timer, interview);
      const open = room.round.openAskId === null ? undefined : asks.get(room.round.openAskId);
      if (open && !(seen.role === "candidate" && !seen.you.admitted)) isLeft(seen.askTimer, open);
      else assert.equal(seen.askTimer, null);
      if (seen.role === "candidate") continue;
      if (seen.planPhase && part) isLeft(seen.planPhase.timer, part);
      else assert.ok(seen.planPhase === null && (part === null || room.round.phase === "ended"));
      for (const ask of seen.asks) {
        const running = ask.openSinceMs === null ? 0 : interview.used - ask.openSinceMs;
        assert.equal(ask.closedMs + running, asks.get(ask.askId)?.used);
      }
    }
  }
});
