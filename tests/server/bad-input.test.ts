import { LIMITS } from "@whetstone/shared/room/limits";
import { Refusal, type RefusalReason } from "@whetstone/shared/room/refusal";
import type { Acknowledgement } from "@whetstone/shared/wire";
import { describe, expect, test } from "vitest";
import type { RoomLog } from "../../server/src/room/log.ts";
import { type Answer, ConnectionLost, newId, newSeat, type Seat } from "../support/seats.ts";
import {
  Clock,
  type FullHouse,
  fullHouse,
  liveHouse,
  openingOf,
  startServer,
  type TestServer,
} from "../support/server.ts";

/** Every kind of bad input: what it is answered with, and that it does no harm. */

/** A reason and a sentence for people, with nothing of the server's inside. */
function expectSentence(value: unknown, reason: RefusalReason): void {
  const refusal = Refusal.parse(value);
  expect(refusal.reason).toBe(reason);
  expect(refusal.sentence).toMatch(/^[A-Z].{10,}[.)]$/s);
  expect(refusal.sentence).not.toMatch(/\bat .*:\d+|\.[jt]s\b|node_modules|Error:|ZodError|SQLITE|undefined is not/);
}

function expectRefused(answer: Acknowledgement, reason: RefusalReason): void {
  expect(answer).toMatchObject({ ok: false });
  expectSentence(answer.ok ? null : answer.refusal, reason);
}

function expectRefusedHttp(answer: Answer, status: number, reason: RefusalReason): void {
  expect({ status: answer.status, reason: (answer.body as Refusal | undefined)?.reason }).toEqual({ status, reason });
  expectSentence(answer.body, reason);
  expect(answer.headers.get("content-type")).toContain("application/json");
}

const seatsOf = ({ host, ines, ivan, candidate, observer }: FullHouse): Seat[] => [
  host,
  ines,
  ivan,
  candidate,
  observer,
];

/** Does it, and checks that nobody is disconnected, that nobody sees a change, and that the room goes on. */
async function harmlessly(house: FullHouse, act: () => Promise<void>): Promise<void> {
  const seats = seatsOf(house);
  for (const seat of seats) await seat.time();
  const before = seats.map((seat): [Seat["view"], number] => [seat.view, seat.frames.length]);
  await act();
  for (const seat of seats) await seat.time();
  expect(seats.map((seat): [Seat["view"], number] => [seat.view, seat.frames.length])).toEqual(before);
  expect(seats.every((seat) => seat.isConnected && seat.lost === null)).toBe(true);
  await house.host.must({ type: "extendRoom", minutes: 1 });
  await house.candidate.until(({ timer }) => timer.totalMs === (before[3]?.[0].timer.totalMs ?? 0) + 60_000);
}

const note = (text: string, askId: string | null = null) => ({
  type: "writeNote" as const,
  noteId: newId("n"),
  askId,
  text,
  mark: null,
  evidenceFor: null,
  ageMs: 0,
});

const post = (seat: Seat, path: string, body: unknown) =>
  seat.fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

describe("rooms and links", () => {
  test("an unknown room", async () => {
    const server = await startServer();
    const house = await liveHouse(server);
    const nowhere = `r_000000000000000000000000.${"A".repeat(43)}`;
    await harmlessly(house, async () => {
      const seat = newSeat(server.url, nowhere);
      seat.open();
      expectSentence(await seat.untilLost(), "unknown_room");
      expectRefusedHttp(await server.post("/api/links/look", { secret: nowhere }), 404, "unknown_link");
      expectRefusedHttp(await server.post("/api/links/join", { secret: nowhere, name: "x" }), 404, "unknown_link");
      expectRefusedHttp(
        await server.get("/api/room/export.json", { authorization: `Bearer ${nowhere}` }),
        404,
        "unknown_link",
      );
    });
  });

  test("a handshake without a token, or with something else", async () => {
    const server = await startServer();
    const house = await liveHouse(server);
    await harmlessly(house, async () => {
      for (const token of ["", "x", "x".repeat(10_000), 42, null, {}, [], true]) {
        const seat = newSeat(server.url, token as string);
        seat.open();
        expectSentence(await seat.untilLost(), "unknown_link");
      }
    });
  });

  test("a revoked link and an expired one", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const house = await liveHouse(server);
    const linkId = house.room.links.find(({ role }) => role === "observer")?.linkId ?? "";
    await house.host.must({ type: "revokeLink", linkId });
    clock.advance(8 * 24 * 3_600_000);
    await harmlessly(house, async () => {
      for (const [role, reason] of [
        ["observer", "link_revoked"],
        ["interviewer", "link_expired"],
      ] as const) {
        const secret = house.room.secret(role);
        expectRefusedHttp(await server.post("/api/links/look", { secret }), 410, reason);
        expectRefusedHttp(await server.post("/api/links/join", { secret, name: "Eve" }), 410, reason);
      }
    });
  });
});

describe("commands that a schema accepts and a rule refuses", () => {
  test("by the wrong seat", async () => {
    const house = await liveHouse(await startServer());
    const { host, ines, candidate, observer } = house;
    const askId = await house.room.push("first-question");
    await candidate.until((view) => view.role === "candidate" && view.ask !== null);
    await harmlessly(house, async () => {
      for (const seat of [ines, candidate, observer]) {
        expectRefused(
          await seat.send({ type: "push", source: { kind: "bank", questionId: "third-question" } }),
          "wrong_seat",
        );
        expectRefused(await seat.send({ type: "end" }), "wrong_seat");
      }
      for (const seat of [candidate, observer]) {
        expectRefused(await seat.send({ type: "rate", askId, criterionId: "depth", level: 4 }), "wrong_seat");
        expectRefused(await seat.send({ type: "reveal", askId, kind: "hint", index: 0 }), "wrong_seat");
        expectRefused(await seat.send(note("mine")), "wrong_seat");
        expectRefused(await seat.send({ type: "submitScorecard", reason: null }), "wrong_seat");
      }
      for (const seat of [host, ines, observer]) {
        expectRefused(await seat.send({ type: "writeAnswer", askId, text: "for them" }), "wrong_seat");
      }
    });
  });

  test("in the wrong phase", async () => {
    const house = await fullHouse(await startServer());
    const { host, ines, candidate } = house;
    await host.must({ type: "admit", seatId: candidate.seatId });
    await harmlessly(house, async () => {
      expectRefused(
        await host.send({ type: "push", source: { kind: "bank", questionId: "first-question" } }),
        "wrong_phase",
      );
      for (const type of ["pause", "resume", "end", "dropAmendment", "withdrawFeedback"] as const) {
        expectRefused(await host.send({ type }), "wrong_phase");
      }
      expectRefused(await host.send({ type: "submitScorecard", reason: null }), "wrong_phase");
      expectRefused(
        await ines.send({ type: "rate", askId: "a_000000000000", criterionId: "depth", level: 1 }),
        "wrong_phase",
      );
    });
    await host.must({ type: "start" });
    await harmlessly(house, async () => {
      expectRefused(await host.send({ type: "start" }), "wrong_phase");
      expectRefused(await host.send({ type: "resume" }), "wrong_phase");
      expectRefused(await ines.send({ type: "submitScorecard", reason: null }), "wrong_phase");
    });
    await host.must({ type: "end" });
    expectRefused(await candidate.send({ type: "raiseHand" }), "wrong_phase");
    expectRefused(
      await host.send({ type: "push", source: { kind: "bank", questionId: "first-question" } }),
      "wrong_phase",
    );
  });

  test("about what is not there: an ask, a criterion of another ask, a hint, a question, a seat, a note", async () => {
    const house = await liveHouse(await startServer());
    const { host, ines } = house;
    const bankAsk = await house.room.push("first-question");
    await host.must({ type: "push", source: { kind: "typed", prompt: "And why?", minutes: 2 } });
    const typedAsk = host.openAsk.askId;
    const nowhere = "a_never-asked-here";
    await harmlessly(house, async () => {
      const rate = (askId: string, criterionId: string) => ines.send({ type: "rate", askId, criterionId, level: 2 });
      expectRefused(await rate(typedAsk, "depth"), "unknown_criterion");
      expectRefused(await rate(bankAsk, "substance"), "unknown_criterion");
      expectRefused(await rate(bankAsk, "__proto__"), "unknown_criterion");
      expectRefused(await rate(nowhere, "depth"), "unknown_ask");
      expectRefused(await ines.send({ ...note("x", typedAsk), evidenceFor: "depth" }), "unknown_criterion");
      expectRefused(await ines.send(note("x", nowhere)), "unknown_ask");
      expectRefused(await ines.send({ type: "reveal", askId: bankAsk, kind: "hint", index: 7 }), "unknown_reveal");
      expectRefused(await ines.send({ type: "tick", askId: typedAsk, keyPoint: 0, heard: true }), "unknown_reveal");
      expectRefused(await ines.send({ type: "removeNote", noteId: newId("n") }), "unknown_note");
      expectRefused(await host.send({ type: "closeAsk", askId: nowhere }), "unknown_ask");
      expectRefused(await host.send({ type: "admit", seatId: "s_never-seated-here" }), "unknown_seat");
      const push = (source: { kind: "bank"; questionId: string } | { kind: "plan"; itemId: string }) =>
        host.send({ type: "push", source });
      expectRefused(await push({ kind: "bank", questionId: "no-such-question" }), "unknown_question");
      expectRefused(await push({ kind: "bank", questionId: "constructor" }), "unknown_question");
      expectRefused(await push({ kind: "plan", itemId: newId("p") }), "unknown_plan_item");
      expectRefused(await push({ kind: "bank", questionId: "first-question" }), "already_asked");
      const items = [{ itemId: newId("p"), questionId: "no-such-question", minutes: 5 }];
      expectRefused(await host.send({ type: "arrangePlan", items }), "unknown_question");
    });
  });
});

describe("commands that no schema accepts", () => {
  test("texts that are too long, by one character or by many; and the longest that fits", async () => {
    const house = await liveHouse(await startServer());
    const { host, ines, candidate } = house;
    const askId = await house.room.push("first-question");
    await candidate.until((view) => view.role === "candidate" && view.ask !== null);
    for (const extra of [1, 300_000]) {
      await harmlessly(house, async () => {
        expectRefused(await ines.send(note("x".repeat(LIMITS.note + extra))), "too_long");
        expectRefused(
          await candidate.send({ type: "writeAnswer", askId, text: "x".repeat(LIMITS.answer + extra) }),
          "too_long",
        );
        expectRefused(await ines.send({ type: "writeSummary", text: "x".repeat(LIMITS.summary + extra) }), "too_long");
        const prompt = "x".repeat(LIMITS.prompt + extra);
        expectRefused(await host.send({ type: "push", source: { kind: "typed", prompt, minutes: 5 } }), "too_long");
      });
    }
    // Characters that take six bytes on the wire.
    const longest = "\u0001".repeat(LIMITS.note);
    await ines.must(note(longest));
    await candidate.must({ type: "writeAnswer", askId, text: longest });
    await ines.time();
    expect(ines.openAsk.answer).toBe(longest);
    expect(ines.panel.scorecard.notes[0]?.text).toBe(longest);
  });

  test("ratings outside 1 to 4", async () => {
    const house = await liveHouse(await startServer());
    const askId = await house.room.push("first-question");
    await house.ines.must({ type: "rate", askId, criterionId: "depth", level: 2 });
    await harmlessly(house, async () => {
      for (const level of [0, 5, -1, 2.5, "3", true, [4], {}, 1e300]) {
        const command = { type: "rate", askId, criterionId: "depth", level };
        expectRefused(await house.ines.sendRaw({ commandId: newId("c"), command }), "malformed");
      }
      expect(house.ines.panel.scorecard.ratings).toEqual({ [`${askId}/depth`]: 2 });
    });
  });

  test("envelopes of every wrong shape", async () => {
    const house = await liveHouse(await startServer());
    const commandId = newId("c");
    const command = { type: "extendRoom", minutes: 5 };
    const shapes: unknown[] = [
      null,
      undefined,
      "extendRoom",
      "",
      42,
      true,
      [],
      [commandId, command],
      {},
      { commandId },
      { command },
      { commandId, command: null },
      { commandId, command: "extendRoom" },
      { commandId, command: [command] },
      { commandId, command: {} },
      { commandId, command: { type: "openTheVault" } },
      { commandId, command: { type: "__proto__" } },
      { commandId, command: { type: "constructor" } },
      { commandId, command: { type: "toString" } },
      { commandId, command: { type: ["extendRoom"], minutes: 5 } },
      { commandId, command, seatId: house.host.seatId },
      { commandId, command: { ...command, by: "host" } },
      { commandId, command: { type: "extendRoom" } },
      { commandId, command: { type: "extendRoom", minutes: "5" } },
      { commandId, command: { type: "extendRoom", minutes: 1e9 } },
      { commandId: "x", command },
      { commandId: 7, command },
      { commandId: "c_short", command },
      { commandId: `c_${"x".repeat(41)}`, command },
      { commandId: "__proto__", command },
      { commandId: `${newId("c")}\n`, command },
      JSON.parse('{"__proto__": {"commandId": "c_000000000000", "command": {"type": "end"}}}'),
      Buffer.from("command"),
      { commandId, command: Buffer.alloc(100) },
    ];
    await harmlessly(house, async () => {
      for (const seat of seatsOf(house)) {
        for (const shape of shapes) expectRefused(await seat.sendRaw(shape), "malformed");
      }
    });
    // What was malformed has used up no identifier.
    await house.host.must({ type: "extendRoom", minutes: 5 }, commandId);
  });

  test("messages without an answer function, and events that nobody knows", async () => {
    const house = await liveHouse(await startServer());
    await harmlessly(house, async () => {
      for (const seat of seatsOf(house)) {
        seat.emit("command", { commandId: newId("c"), command: { type: "extendRoom", minutes: 5 } });
        seat.emit("command", { commandId: newId("c"), command: { type: "extendRoom", minutes: 5 } }, "no function");
        seat.emit("command", { commandId: newId("c"), command: { type: "extendRoom", minutes: 5 } }, null, {});
        seat.emit("command");
        seat.emit("command", null);
        seat.emit("time");
        seat.emit("time", 1, 2, 3);
        seat.emit("frame", { kind: "whole", version: 1, view: {} });
        seat.emit("seatLost", {});
        seat.emit("evaluate", "process.exit()");
        seat.emit("__proto__", {});
      }
    });
  });

  test("a message larger than the connection takes ends that connection alone, and the seat comes back", async () => {
    const house = await liveHouse(await startServer());
    const { host, ines, candidate } = house;
    await ines.must(note("before"));
    await expect(ines.sendRaw({ commandId: newId("c"), command: note("x".repeat(600_000)) })).rejects.toThrow(
      ConnectionLost,
    );
    expect(ines.lost).toBeNull();
    await ines.connect();
    expect(ines.panel.scorecard.notes).toMatchObject([{ text: "before" }]);
    await harmlessly(house, async () => undefined);
    expect(host.isConnected && candidate.isConnected).toBe(true);
  });

  test("bytes that are no message end that connection alone, and the seat comes back", async () => {
    const house = await liveHouse(await startServer());
    for (const bytes of [
      "garbage",
      "2[",
      '2["command"',
      "9",
      '51-["command",{"_placeholder":true,"num":0}]',
      '2["disconnect"]',
    ]) {
      house.observer.sendBytes(bytes);
      // A packet that waits for its attachment is no fault yet; the next one shows that it never came.
      house.observer.sendBytes("garbage");
      await house.observer.waitFor(() => !house.observer.isConnected);
      await house.observer.connect();
    }
    await harmlessly(house, async () => undefined);
  });
});

describe("too many", () => {
  test("commands in a second are refused, and the next second takes them", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now, config: { commandsPerSecond: 5 } });
    const house = await fullHouse(server);
    const { ines, ivan } = house;
    const commands = Array.from({ length: 14 }, (_, index) => ({
      command: note(`note ${index}`),
      commandId: newId("c"),
    }));
    const answers: Acknowledgement[] = [];
    for (const { command, commandId } of commands) answers.push(await ines.send(command, commandId));
    expect(answers.map(({ ok }) => ok)).toEqual(commands.map((_, index) => index < 10));
    for (const answer of answers.slice(10)) expectRefused(answer, "too_many");
    // It is each connection's own.
    await ivan.must(note("mine"));
    expect(ines.isConnected).toBe(true);

    clock.advance(1_000);
    for (const { command, commandId } of commands.slice(10)) await ines.must(command, commandId);
    await ines.time();
    expect(ines.panel.scorecard.notes.map(({ text }) => text)).toEqual(commands.map(({ command }) => command.text));
  });

  test("requests in a minute are refused with the same words", async () => {
    const server = await startServer({ config: { requestsPerMinute: 5 } });
    const answers: Answer[] = [];
    for (let i = 0; i < 6; i++) answers.push(await server.get("/api/info"));
    expect(answers.slice(0, 5).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expectRefusedHttp(answers[5] as Answer, 429, "too_many");
  });
});

describe("a command that comes again", () => {
  test("is acknowledged and changes nothing, whatever it says the second time", async () => {
    const house = await liveHouse(await startServer());
    const commandId = newId("c");
    await house.ines.must({ type: "writeSummary", text: "first" }, commandId);
    await harmlessly(house, async () => {
      expect(await house.ines.send({ type: "writeSummary", text: "first" }, commandId)).toEqual({ ok: true });
      expect(await house.ines.send({ type: "writeSummary", text: "second" }, commandId)).toEqual({ ok: true });
      expect(house.ines.panel.scorecard.summary).toBe("first");
    });
  });
});

describe("junk over HTTP", () => {
  const send = (server: TestServer, path: string, init: RequestInit) => {
    const request = newSeat(server.url, "none");
    return request.fetch(path, init);
  };
  const json = { "content-type": "application/json" };

  test("bodies that are none", async () => {
    const server = await startServer();
    const house = await liveHouse(server);
    await harmlessly(house, async () => {
      for (const path of ["/api/rooms", "/api/links/look", "/api/links/join"]) {
        for (const body of [
          "{",
          "",
          "null",
          "[]",
          '"x"',
          "42",
          "{}",
          '{"__proto__": {"secret": "x"}}',
          "\u0000",
          "{'a': 1}",
        ]) {
          expectRefusedHttp(await send(server, path, { method: "POST", headers: json, body }), 400, "malformed");
        }
        expectRefusedHttp(
          await send(server, path, { method: "POST", headers: { "content-type": "text/xml" }, body: "<x/>" }),
          400,
          "malformed",
        );
        expectRefusedHttp(
          await send(server, path, { method: "POST", body: new URLSearchParams({ secret: "x" }) }),
          400,
          "malformed",
        );
        expectRefusedHttp(await send(server, path, { method: "POST" }), 400, "malformed");
      }
    });
  });

  test("fields that are wrong, missing, or too many", async () => {
    const server = await startServer();
    const house = await liveHouse(server);
    const open = (change: object) => server.post("/api/rooms", { ...openingOf(), ...change });
    await harmlessly(house, async () => {
      expectRefusedHttp(await open({ title: "" }), 400, "malformed");
      expectRefusedHttp(await open({ title: "   " }), 400, "malformed");
      expectRefusedHttp(await open({ title: "x".repeat(LIMITS.title + 1) }), 413, "too_long");
      expectRefusedHttp(await open({ hostName: "x".repeat(LIMITS.name + 1) }), 413, "too_long");
      expectRefusedHttp(await open({ minutes: 9 }), 400, "malformed");
      expectRefusedHttp(await open({ minutes: "45" }), 400, "malformed");
      expectRefusedHttp(await open({ blindPolicy: "always" }), 400, "malformed");
      expectRefusedHttp(await open({ kitId: "no-such-kit" }), 404, "unknown_kit");
      expectRefusedHttp(await open({ plan: [] }), 400, "malformed");
      expectRefusedHttp(await server.post("/api/links/join", { secret: "x".repeat(201), name: "x" }), 413, "too_long");
      const renew = (body: unknown) => post(house.host, "/api/links/renew", body);
      expectRefusedHttp(await renew({ role: "nobody", days: 7 }), 400, "malformed");
      expectRefusedHttp(await renew({ role: "observer", days: 8 }), 400, "malformed");
      expectRefusedHttp(await house.host.fetch("/api/room/export.docx"), 400, "malformed");
    });
  });

  test("an address that cannot be decoded", async () => {
    const server = await startServer();
    expectRefusedHttp(await server.get("/api/%E0%A4%A"), 400, "malformed");
  });

  test("a body over the limit", async () => {
    const server = await startServer();
    const house = await liveHouse(server);
    await harmlessly(house, async () => {
      expectRefusedHttp(
        await server.post("/api/rooms", { ...openingOf(), title: "x".repeat(600_000) }),
        413,
        "too_long",
      );
    });
  });

  test("addresses that are none", async () => {
    const server = await startServer();
    const house = await liveHouse(server);
    await harmlessly(house, async () => {
      for (const path of [
        "/api/nothing",
        "/api/rooms",
        "/api/links/look",
        "/api/",
        "/api/room/export",
        "/assets/none.js",
      ]) {
        expectRefusedHttp(await server.get(path), 404, "unknown_page");
      }
      expectRefusedHttp(await send(server, "/api/info", { method: "DELETE" }), 404, "unknown_page");
      expectRefusedHttp(
        await send(server, "/api/info", { method: "POST", headers: json, body: "{}" }),
        404,
        "unknown_page",
      );
      for (const path of [
        "/api/../../../../etc/passwd",
        "/assets/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
      ]) {
        expect((await server.get(path)).text).not.toContain("root:");
      }
    });
    // Every other address is the application's one page.
    expect((await server.get("/room/whatever")).text).toContain("<title>Whetstone</title>");
  });
});

describe("a log that fails", () => {
  /** A log that can be held up, and told to refuse the next append. */
  function fragile() {
    let failing = false;
    let failingReads = false;
    let gate: Promise<void> = Promise.resolve();
    let open = () => {};
    const seen = { reads: 0, batches: [] as number[] };
    return {
      seen,
      failNext: () => {
        failing = true;
      },
      failReads: (fail: boolean) => {
        failingReads = fail;
      },
      /** Holds every append back until the returned function is called. */
      holdUp: () => {
        gate = new Promise((resolve) => {
          open = resolve;
        });
        return () => open();
      },
      wrapLog: (log: RoomLog): RoomLog => ({
        ...log,
        append: async (batch) => {
          seen.batches.push(batch.length);
          await gate;
          if (failing) {
            failing = false;
            throw new Error("SQLITE_FULL: database or disk is full");
          }
          return log.append(batch);
        },
        read: (...asked) => {
          seen.reads += 1;
          if (failingReads) throw new Error("SQLITE_IOERR: disk I/O error");
          return log.read(...asked);
        },
      }),
    };
  }

  test("refuses all commands of the append, shows none of them, and takes them when they come again", async () => {
    const log = fragile();
    const server = await startServer({ wrapLog: log.wrapLog });
    const house = await liveHouse(server);
    const { host, ines, ivan, candidate } = house;
    const askId = await house.room.push("first-question");
    await candidate.until((view) => view.role === "candidate" && view.ask !== null);
    const commands = [
      { seat: host, command: { type: "reveal", askId, kind: "hint", index: 0 }, commandId: newId("c") },
      { seat: ines, command: note("nearly lost"), commandId: newId("c") },
      { seat: ivan, command: { type: "rate", askId, criterionId: "depth", level: 4 }, commandId: newId("c") },
      { seat: candidate, command: { type: "writeAnswer", askId, text: "nearly" }, commandId: newId("c") },
    ] as const;

    await harmlessly(house, async () => {
      const reads = log.seen.reads;
      const release = log.holdUp();
      log.failNext();
      const answers = commands.map(({ seat, command, commandId }) => seat.send(command, commandId));
      // The first append is under way when the others have been decided on top of it.
      for (const { seat } of commands) await seat.time();
      release();
      for (const answer of await Promise.all(answers)) expectRefused(answer, "not_saved");
      await ines.resync();
      expect(ines.panel.scorecard.notes).toEqual([]);
      ines.frames.pop();
      expect(await candidate.send({ type: "lowerHand", seatId: candidate.seatId })).toEqual({ ok: true });
      expect(log.seen.reads).toBe(reads + 1);
    });

    for (const { seat, command, commandId } of commands) await seat.must(command, commandId);
    for (const { seat, command, commandId } of commands) await seat.must(command, commandId);
    for (const seat of seatsOf(house)) await seat.time();
    expect(candidate.candidate.ask).toMatchObject({ answer: "nearly", revealed: [{ kind: "hint" }] });
    expect(ines.panel.scorecard.notes).toMatchObject([{ text: "nearly lost" }]);
    expect(ivan.panel.scorecard.ratings).toEqual({ [`${askId}/depth`]: 4 });
  });

  test("refuses in one room what was appended together with another's, and neither is harmed", async () => {
    const log = fragile();
    const server = await startServer({ wrapLog: log.wrapLog });
    const one = await liveHouse(server);
    const two = await liveHouse(server);
    const release = log.holdUp();
    // Held up by one append, the next ones wait to be one batch.
    const first = one.host.send({ type: "extendRoom", minutes: 1 });
    await one.host.time();
    const together = [one, two].map(({ ines }) => ({ ines, command: note("together"), commandId: newId("c") }));
    const answers = together.map(({ ines, command, commandId }) => ines.send(command, commandId));
    for (const { ines } of together) await ines.time();
    const sizes = log.seen.batches.length;
    release();
    expect(await first).toEqual({ ok: true });
    for (const answer of await Promise.all(answers)) expect(answer).toEqual({ ok: true });
    expect(log.seen.batches.slice(sizes)).toEqual([2]);

    log.failNext();
    await harmlessly(two, async () => {
      expectRefused(await one.ines.send({ type: "writeSummary", text: "lost" }), "not_saved");
    });
    await harmlessly(one, async () => undefined);
    for (const { ines } of together) expect(ines.panel.scorecard.notes).toMatchObject([{ text: "together" }]);
  });

  test("refuses to open a room or to seat somebody, and does so when asked again", async () => {
    const log = fragile();
    const server = await startServer({ wrapLog: log.wrapLog });
    log.failNext();
    expectRefusedHttp(await server.post("/api/rooms", openingOf()), 503, "not_saved");
    const room = await server.openRoom();
    log.failNext();
    const asked = { secret: room.secret("candidate"), name: "Cleo" };
    expectRefusedHttp(await server.post("/api/links/join", asked), 503, "not_saved");
    await room.host.time();
    expect(room.host.view.people).toHaveLength(1);
    await room.join("candidate", "Cleo");
    await room.host.until(({ people }) => people.length === 2);
  });

  test("that cannot be read says so without details, and the seat is there when it can be read again", async () => {
    const log = fragile();
    const server = await startServer({ wrapLog: log.wrapLog });
    const room = await server.openRoom();
    await room.host.must(note("kept"));
    room.host.disconnect();
    const restarted = await server.restart();
    log.failReads(true);
    const bearer = { authorization: `Bearer ${room.host.token}` };
    expectRefusedHttp(await restarted.get("/api/room/export.json", bearer), 500, "server_failed");
    room.host.open(restarted.url);
    expectSentence(await room.host.untilLost(), "server_failed");
    log.failReads(false);
    await room.host.connect();
    expect(room.host.panel.scorecard.notes).toMatchObject([{ text: "kept" }]);
  });

  test("that is slow loses nothing when everybody leaves meanwhile and somebody comes", async () => {
    const log = fragile();
    const server = await startServer({ wrapLog: log.wrapLog });
    const room = await server.openRoom();
    const release = log.holdUp();
    const written = room.host.send(note("on its way")).catch((error: unknown) => error);
    await room.host.time();
    room.host.disconnect();
    await written;
    // Time for the server to notice, and then to take the request in; nothing hangs on how much there is.
    for (let i = 0; i < 20; i++) await server.get("/api/info");
    const joining = server.post("/api/links/join", { secret: room.secret("interviewer"), name: "Ines" });
    for (let i = 0; i < 20; i++) await server.get("/api/info");
    release();
    expect((await joining).status).toBe(200);
    await room.host.connect();
    expect(room.host.panel.scorecard.notes).toMatchObject([{ text: "on its way" }]);
    expect(room.host.view.people).toHaveLength(2);
  });

  test("that is slow is waited for when the server stops", async () => {
    const log = fragile();
    const server = await startServer({ wrapLog: log.wrapLog });
    const room = await server.openRoom();
    const release = log.holdUp();
    const written = room.host.send(note("accepted before the stop")).catch((error: unknown) => error);
    await room.host.time();
    const stopping = server.close();
    // Nobody is answered any more, but what was accepted goes to the disk.
    expect(await written).toBeInstanceOf(ConnectionLost);
    for (let i = 0; i < 20; i++) await server.get("/api/info").catch(() => undefined);
    release();
    await stopping;
    const restarted = await server.restart();
    await room.host.connect(restarted.url);
    expect(room.host.panel.scorecard.notes).toMatchObject([{ text: "accepted before the stop" }]);
  });
});
