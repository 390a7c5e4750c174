import type { Command } from "@whetstone/shared/room/command";
import { describe, expect, test } from "vitest";
import { ConnectionLost, newId, newSeat, type Seat } from "../support/seats.ts";
import { Clock, fullHouse, liveHouse, startServer } from "../support/server.ts";

const names = (seat: Seat) => seat.view.people.map(({ name }) => name);

const note = (text: string, noteId = newId("n"), askId: string | null = null): Command => ({
  type: "writeNote",
  noteId,
  askId,
  text,
  mark: null,
  evidenceFor: null,
  ageMs: 0,
});

describe("a room from the lobby to the last scorecard", () => {
  test("everybody sees their part of each step, at once", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const { room, host, ines, ivan, candidate, observer } = await fullHouse(server, { kitId: "test-kit" });

    expect(candidate.candidate).toMatchObject({
      you: { name: "Cleo Candidate", admitted: false },
      room: { title: "A test room", phase: "lobby" },
      ask: null,
      timer: { kind: "idle", totalMs: 45 * 60_000 },
    });
    expect(host.host.plan.map(({ questionId }) => questionId)).toEqual(["first-question", "second-question"]);
    await host.until(({ people }) => people.length === 5);

    expect(await host.send({ type: "start" })).toMatchObject({ ok: false, refusal: { reason: "nobody_admitted" } });
    await host.must({ type: "admit", seatId: candidate.seatId });
    await candidate.until((view) => view.role === "candidate" && view.you.admitted);
    await host.must({ type: "start" });
    for (const seat of [host, ines, ivan, candidate, observer]) {
      const { timer } = await seat.until((view) => view.room.phase === "live");
      expect(timer).toEqual({ kind: "running", totalMs: 45 * 60_000, endsAt: clock.now() + 45 * 60_000 });
    }

    clock.advance(60_000);
    const [planned] = host.host.plan;
    await host.must({ type: "push", source: { kind: "plan", itemId: planned?.itemId ?? "" } });
    await candidate.until((view) => view.role === "candidate" && view.ask !== null);
    const { askId } = host.openAsk;
    expect(candidate.candidate.ask).toEqual({
      askId,
      number: 1,
      prompt: "⟦first-question: prompt⟧",
      revealed: [],
      answer: "",
      workspace: {
        language: "python",
        starter: "⟦first-question: starter⟧",
        files: [{ name: "data.csv", text: "⟦first-question: file⟧" }],
        database: "",
        tests: [
          { name: "⟦first-question: test 1⟧", code: "⟦first-question: code of test 1⟧" },
          { name: "⟦first-question: test 3⟧", code: "⟦first-question: code of test 3⟧" },
        ],
      },
    });
    expect(candidate.candidate.askTimer).toEqual({
      kind: "running",
      totalMs: 4 * 60_000,
      endsAt: clock.now() + 4 * 60_000,
    });
    for (const seat of [ines, ivan, observer]) {
      await seat.until((view) => view.role !== "candidate" && view.openAskId === askId);
      expect(seat.openAsk).toEqual(host.openAsk);
    }

    await ines.must({ type: "reveal", askId, kind: "hint", index: 0 });
    await ivan.must({ type: "reveal", askId, kind: "followUp", index: 1 });
    await candidate.until((view) => view.role === "candidate" && view.ask?.revealed.length === 2);
    expect(candidate.candidate.ask?.revealed).toEqual([
      { kind: "hint", text: "⟦first-question: hint 0⟧" },
      { kind: "followUp", text: "⟦first-question: follow-up 1⟧" },
    ]);

    await candidate.must({ type: "writeAnswer", askId, text: "It multiplies out to one affine map." });
    await candidate.must({ type: "raiseHand" });
    for (const seat of [host, ines, ivan, observer]) {
      await seat.until((view) => view.role !== "candidate" && view.people.some(({ handRaised }) => handRaised));
      expect(seat.openAsk.answer).toBe("It multiplies out to one affine map.");
    }
    await ines.must({ type: "lowerHand", seatId: candidate.seatId });
    await candidate.until((view) => view.role === "candidate" && !view.you.handRaised);

    await ines.must({ type: "rate", askId, criterionId: "depth", level: 3 });
    await ines.must({ type: "tick", askId, keyPoint: 2, heard: true });
    await ines.must({
      ...note("Clear on the algebra.", newId("n"), askId),
      evidenceFor: "depth",
      mark: "strength",
    } as Command);
    await ivan.must({ type: "rate", askId, criterionId: "depth", level: 1 });
    await ines.time();
    expect(ines.panel.scorecard).toMatchObject({
      ratings: { [`${askId}/depth`]: 3 },
      heard: { [askId]: [2] },
      notes: [{ text: "Clear on the algebra.", evidenceFor: "depth", mark: "strength", elapsedMs: 60_000 }],
    });
    expect(ivan.panel.scorecard.ratings).toEqual({ [`${askId}/depth`]: 1 });
    expect(host.panel.scorecard.ratings).toEqual({});

    clock.advance(30_000);
    await host.must({ type: "pause" });
    await candidate.until((view) => view.room.phase === "paused");
    expect(candidate.candidate.timer).toEqual({ kind: "stopped", totalMs: 45 * 60_000, remainingMs: 43.5 * 60_000 });
    clock.advance(600_000);
    await host.must({ type: "resume" });
    await candidate.until((view) => view.room.phase === "live");
    expect(candidate.candidate.timer).toMatchObject({ endsAt: clock.now() + 43.5 * 60_000 });

    const secondAsk = await room.push("third-question");
    expect(host.openAsk).toMatchObject({ askId: secondAsk, deviation: "not_in_plan", number: 2 });
    await candidate.until((view) => view.role === "candidate" && view.ask?.number === 2);

    await host.must({ type: "end" });
    for (const seat of [host, ines, ivan, candidate, observer]) await seat.until((view) => view.room.phase === "ended");
    expect(candidate.candidate.ask).toBeNull();

    expect(await ines.send({ type: "submitScorecard", reason: null })).toMatchObject({
      ok: false,
      refusal: { reason: "reason_missing" },
    });
    for (const [seat, recommendation] of [
      [ines, "yes"],
      [ivan, "strong_no"],
    ] as const) {
      await seat.must({ type: "recommend", recommendation });
      await seat.must({ type: "writeSummary", text: `Summary of ${seat.view.you.name}` });
    }
    await ines.must({ type: "submitScorecard", reason: "Only a test." });
    expect(ines.panel.others).toEqual([]);
    await ivan.must({ type: "submitScorecard", reason: "Only a test." });
    await ines.until((view) => view.role === "interviewer" && view.others.length === 1);
    expect(ines.panel.others).toMatchObject([
      { seatId: ivan.seatId, name: "Ivan Interviewer", versions: [{ summary: "Summary of Ivan Interviewer" }] },
    ]);
    await ivan.until((view) => view.role === "interviewer" && view.others.length === 1);
    await host.time();
    expect(host.panel.others).toEqual([]);
    expect(await ines.send({ type: "rate", askId, criterionId: "depth", level: 4 })).toMatchObject({
      ok: false,
      refusal: { reason: "scorecard_locked" },
    });
  });

  test("when a command is answered, its effect is in the view of who gave it", async () => {
    const { host } = await fullHouse(await startServer());
    await host.must(note("written"));
    expect(host.panel.scorecard.notes).toMatchObject([{ text: "written" }]);
  });

  test("a command that is sent before the first view has come is carried out", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const early = await room.join("interviewer", "Early");
    early.open();
    await early.must(note("before anything was seen"));
    expect(early.panel.scorecard.notes).toMatchObject([{ text: "before anything was seen" }]);
  });

  test("a candidate who is not admitted sees no ask and can write no answer", async () => {
    const server = await startServer();
    const { room, host, candidate } = await liveHouse(server);
    const askId = await room.push("first-question");
    await host.must({ type: "removeSeat", seatId: candidate.seatId });
    await candidate.untilLost();
    const renewed = await host.fetch("/api/links/renew", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ role: "candidate", days: 1 }),
    });
    const { secret } = renewed.body as { secret: string };
    const next = await newSeat(server.url, await server.takeSeat(secret, "Next")).connect();
    expect(next.candidate).toMatchObject({ you: { admitted: false }, ask: null });
    expect(await next.send({ type: "writeAnswer", askId, text: "?" })).toMatchObject({
      ok: false,
      refusal: { reason: "wrong_phase" },
    });
  });

  test("what the host types can be asked, and rooms know nothing of each other", async () => {
    const server = await startServer();
    const one = await liveHouse(server);
    const two = await liveHouse(server);
    await two.candidate.time();
    const before = two.candidate.messages.length;
    await one.host.must({ type: "push", source: { kind: "typed", prompt: "Why here?\nTake your time.", minutes: 3 } });
    await one.candidate.until((view) => view.role === "candidate" && view.ask !== null);
    expect(one.candidate.candidate.ask?.prompt).toBe("Why here?\nTake your time.");
    expect(one.host.openAsk.question).toMatchObject({ bankId: null, title: "Why here?" });
    await two.candidate.time();
    expect(two.candidate.messages.length).toBe(before + 1);
    expect(two.candidate.candidate.ask).toBeNull();
  });
});

describe("frames", () => {
  test("versions follow each other, and a whole view equals the patched one", async () => {
    const { room, host, ines, ivan, candidate, observer } = await liveHouse(await startServer());
    const seats = [host, ines, ivan, candidate, observer];
    const askId = await room.push("second-question");
    const noteId = newId("n");
    for (const text of ["a", "ab", "a😀b", "a😁b", "", "long ".repeat(500)]) {
      await ines.must(note(text, noteId, askId));
      await candidate.must({ type: "writeAnswer", askId, text });
    }
    await ines.must({ type: "rate", askId, criterionId: "depth", level: 2 });
    await ines.must({ type: "rate", askId, criterionId: "depth", level: null });
    await ines.must({ type: "removeNote", noteId });
    await room.push("first-question");
    await host.must({ type: "reopenAsk", askId });
    await host.must({ type: "removeSeat", seatId: ivan.seatId });
    await ivan.untilLost();

    for (const seat of seats.filter((other) => other !== ivan)) {
      await seat.time();
      const patched = seat.view;
      expect(seat.frames.slice(1).every(({ kind }) => kind === "patch")).toBe(true);
      expect(await seat.resync()).toEqual(patched);
      expect(new Set(seat.frames.map(({ version }) => version)).size).toBe(seat.frames.length);
    }
    // After a whole view, patches go on from its version.
    await room.push("third-question");
    await candidate.until((view) => view.role === "candidate" && view.ask?.number === 3);
    expect(candidate.frames.at(-1)?.kind).toBe("patch");
    expect((await candidate.resync()).role).toBe("candidate");
  });

  test("nothing is sent to whoever sees no change", async () => {
    const { room, host, ines, ivan, candidate, observer } = await liveHouse(await startServer());
    const askId = await room.push("first-question");
    const others = [host, ivan, candidate, observer];
    for (const seat of others) await seat.time();
    const before = others.map((seat) => seat.messages.length);
    await ines.must(note("for me alone", newId("n"), askId));
    await ines.must({ type: "rate", askId, criterionId: "depth", level: 2 });
    await ines.must({ type: "tick", askId, keyPoint: 0, heard: true });
    await ines.must({ type: "writeSummary", text: "Mine" });
    await ines.must({ type: "recommend", recommendation: "yes" });
    await ines.must({ type: "lowerHand", seatId: candidate.seatId });
    for (const seat of others) await seat.time();
    // One packet each: the answer to `time`.
    expect(others.map((seat) => seat.messages.length)).toEqual(before.map((count) => count + 1));
  });

  test("who connects again has the same seat and a whole view", async () => {
    const { room, host, candidate } = await liveHouse(await startServer());
    const askId = await room.push("first-question");
    await candidate.must({ type: "writeAnswer", askId, text: "half an ans" });
    const { seatId } = candidate;
    candidate.drop();
    await host.until(() => !host.presence.includes(seatId));
    await host.must({ type: "reveal", askId, kind: "hint", index: 0 });
    await candidate.connect();
    expect(candidate.seatId).toBe(seatId);
    expect(candidate.frames.at(-1)).toMatchObject({ kind: "whole" });
    expect(candidate.candidate.ask).toMatchObject({ answer: "half an ans", revealed: [{ kind: "hint" }] });
    await candidate.must({ type: "writeAnswer", askId, text: "half an answer" });
    await host.until(() => host.openAsk.answer === "half an answer");
  });

  test("the server tells its time", async () => {
    const clock = new Clock();
    const { host, candidate, observer } = await fullHouse(await startServer({ now: clock.now }));
    for (const seat of [host, candidate, observer]) expect(await seat.time()).toBe(clock.now());
    clock.advance(1234);
    for (const seat of [host, candidate, observer]) expect(await seat.time()).toBe(clock.now());
  });
});

describe("presence", () => {
  test("each sees who of the people they know is connected", async () => {
    const { host, ines, ivan, candidate, observer } = await fullHouse(await startServer());
    const all = [host, ines, ivan, candidate, observer].map(({ seatId }) => seatId);
    for (const seat of [host, ines, ivan, observer]) {
      await seat.waitFor(() => seat.presence.length === 5);
      expect([...seat.presence].sort()).toEqual([...all].sort());
    }
    await candidate.waitFor(() => candidate.presence.length === 3);
    expect([...candidate.presence].sort()).toEqual([host, ines, ivan].map(({ seatId }) => seatId).sort());

    ivan.drop();
    for (const seat of [host, ines, candidate, observer])
      await seat.waitFor(() => !seat.presence.includes(all[2] ?? ""));
    await ivan.connect();
    for (const seat of [host, ines, candidate, observer])
      await seat.waitFor(() => seat.presence.includes(all[2] ?? ""));
  });

  test("a hidden observer is no trace to the candidate, until the host shows them", async () => {
    const { room, host, candidate, observer } = await fullHouse(await startServer());
    await candidate.time();
    const before = candidate.messages.length;
    const { seatId } = observer;
    observer.drop();
    await host.waitFor(() => !host.presence.includes(seatId));
    await observer.connect();
    await host.waitFor(() => host.presence.includes(seatId));
    const second = await room.join("observer", "Olga Observer");
    await host.waitFor(() => host.presence.includes(second.seatId));
    await candidate.time();
    expect(candidate.messages.length).toBe(before + 1);
    expect(names(candidate)).toEqual(["Hana Host", "Ines Interviewer", "Ivan Interviewer"]);
    expect(candidate.received.join("\n")).not.toContain(seatId);

    await host.must({ type: "showObservers", shown: true });
    await candidate.until(({ people }) => people.length === 5);
    await candidate.waitFor(() => candidate.presence.includes(seatId) && candidate.presence.includes(second.seatId));
    expect(names(candidate)).toContain("Otto Observer");

    await host.must({ type: "showObservers", shown: false });
    await candidate.until(({ people }) => people.length === 3);
    await candidate.waitFor(() => !candidate.presence.includes(seatId));
  });

  test("a seat that is removed leaves people and presence", async () => {
    const { host, ines, candidate } = await fullHouse(await startServer());
    const { seatId } = ines;
    await host.must({ type: "removeSeat", seatId });
    expect(await ines.untilLost()).toMatchObject({ reason: "seat_removed" });
    for (const seat of [host, candidate]) {
      await seat.waitFor(() => !seat.presence.includes(seatId));
      expect(names(seat)).not.toContain("Ines Interviewer");
    }
  });
});

describe("exactly once", () => {
  test("the same command at the same time, one after the other, and after a restart", async () => {
    const server = await startServer();
    const { host } = await fullHouse(server, { minutes: 45 });
    const commandId = newId("c");
    const extend: Command = { type: "extendRoom", minutes: 7 };
    const together = await Promise.all([host.send(extend, commandId), host.send(extend, commandId)]);
    expect(together).toEqual([{ ok: true }, { ok: true }]);
    expect(await host.send(extend, commandId)).toEqual({ ok: true });
    expect(host.host.room.minutes).toBe(52);
    const frames = host.frames.length;
    expect(await host.send(extend, commandId)).toEqual({ ok: true });
    await host.time();
    expect(host.frames.length).toBe(frames);

    const restarted = await server.restart();
    await host.connect(restarted.url);
    expect(await host.send(extend, commandId)).toEqual({ ok: true });
    await host.time();
    expect(host.host.room.minutes).toBe(52);
    expect(await host.send(extend)).toEqual({ ok: true });
    expect(host.host.room.minutes).toBe(59);
  });

  test("the same command over an old and a new connection of the seat", async () => {
    const { host } = await fullHouse(await startServer());
    const commandId = newId("c");
    const extend: Command = { type: "extendRoom", minutes: 7 };
    const first = host.send(extend, commandId).catch((error: unknown) => error);
    host.drop();
    expect(await first).toBeInstanceOf(ConnectionLost);
    await host.connect();
    expect(await host.send(extend, commandId)).toEqual({ ok: true });
    expect(host.host.room.minutes).toBe(52);
  });

  test("two seats may use the same identifier", async () => {
    const { host, ines } = await fullHouse(await startServer());
    const commandId = newId("c");
    await host.must(note("the host's"), commandId);
    await ines.must(note("of Ines"), commandId);
    expect(host.panel.scorecard.notes).toMatchObject([{ text: "the host's" }]);
    expect(ines.panel.scorecard.notes).toMatchObject([{ text: "of Ines" }]);
  });

  test("a refused command may come again under its identifier, and is decided anew", async () => {
    const { host, candidate } = await fullHouse(await startServer());
    const commandId = newId("c");
    expect(await host.send({ type: "start" }, commandId)).toMatchObject({ ok: false });
    await host.must({ type: "admit", seatId: candidate.seatId });
    expect(await host.send({ type: "start" }, commandId)).toEqual({ ok: true });
    expect(host.view.room.phase).toBe("live");
  });
});

describe("a restart", () => {
  test("shows everybody what they saw before", async () => {
    const server = await startServer();
    const { room, host, ines, ivan, candidate, observer } = await liveHouse(server, { kitId: "test-kit" });
    const askId = await room.push("second-question");
    await ines.must(note("with 😀 and\n lines", newId("n"), askId));
    await ivan.must({ type: "rate", askId, criterionId: "practice", level: 4 });
    await candidate.must({ type: "writeAnswer", askId, text: "x = 1" });
    await host.must({ type: "reveal", askId, kind: "hint", index: 1 });
    await host.must({ type: "pause" });
    const seats = [host, ines, ivan, candidate, observer];
    for (const seat of seats) await seat.time();
    const before = seats.map((seat) => seat.view);

    const restarted = await server.restart();
    for (const seat of seats) await seat.connect(restarted.url);
    expect(seats.map((seat) => seat.view)).toEqual(before);

    await host.must({ type: "resume" });
    await host.must({ type: "end" });
    await ivan.must({ type: "recommend", recommendation: "yes" });
    await ivan.must({ type: "submitScorecard", reason: "Only a test." });
    expect(ivan.panel.scorecard.versions).toHaveLength(1);
  });

  test("a room that everybody has left is there when they come back", async () => {
    const { host, candidate } = await liveHouse(await startServer());
    const before = host.view;
    host.disconnect();
    candidate.disconnect();
    await host.connect();
    expect(host.view).toEqual(before);
  });
});
