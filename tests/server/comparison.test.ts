import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Comparison } from "@whetstone/shared/comparison/compare";
import { lineOf } from "@whetstone/shared/comparison/progress";
import { QuestionUse } from "@whetstone/shared/comparison/question-use";
import { Standings } from "@whetstone/shared/comparison/standing";
import { Refusal } from "@whetstone/shared/room/refusal";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Seat } from "../support/seats.ts";
import {
  type FullHouse,
  liveHouse,
  PoolWith,
  type RoomOptions,
  startServer,
  type TestServer,
  temporaryFolder,
} from "../support/server.ts";

const COMPARE = "/api/across/compare";
const QUESTION = "/api/across/question";
const REASON = "for a test";

const Line = lineOf(z.unknown());
type Line = z.infer<typeof Line>;

interface Told<Result> {
  readonly lines: readonly Line[];
  readonly text: string;
  readonly result: Result;
}

async function ask<S extends z.ZodType>(
  server: TestServer,
  path: string,
  schema: S,
  body: object,
): Promise<Told<z.infer<S>>> {
  const { status, text, headers } = await server.post(path, body);
  expect(status).toBe(200);
  expect(headers.get("content-type")).toContain("application/x-ndjson");
  const lines = text
    .trim()
    .split("\n")
    .map((line) => Line.parse(JSON.parse(line)));
  const last = lines.at(-1);
  assert(last?.kind === "done", text);
  return { lines, text, result: schema.parse(last.result) };
}

const compare = (server: TestServer, secrets: readonly string[]) => ask(server, COMPARE, Comparison, { secrets });
const useOf = (server: TestServer, secrets: readonly string[], questionId = "first-question") =>
  ask(server, QUESTION, QuestionUse, { secrets, questionId });

/** An interview that is over, in which the host and Ines have rated one question and submitted, and Ivan has only rated it. */
async function overHouse(server: TestServer, options: RoomOptions = {}): Promise<FullHouse> {
  const house = await liveHouse(server, options);
  const { room, host, ines, ivan } = house;
  const askId = await room.push("first-question");
  await host.must({ type: "end" });
  for (const [index, seat] of [host, ines, ivan].entries()) {
    await seat.must({ type: "rate", askId, criterionId: "depth", level: index === 0 ? 4 : 1 });
    await seat.must({ type: "recommend", recommendation: index === 0 ? "strong_yes" : "strong_no" });
    await seat.must({ type: "writeSummary", text: `canary summary of ${seat.view.you.name}` });
  }
  for (const seat of [host, ines]) await seat.must({ type: "submitScorecard", reason: REASON });
  return house;
}

const decide = ({ host }: FullHouse): Promise<void> =>
  host.must({ type: "recordDecision", outcome: "advance", rationale: "canary rationale" });

const untold = { interviews: 0, closed: [], unusable: 0 };

describe("how rooms stand", () => {
  const standings = async (server: TestServer, secrets: readonly string[]) => {
    const { status, text, body } = await server.post("/api/across/rooms", { secrets });
    expect(status).toBe(200);
    return { text, ...Standings.parse(body) };
  };

  test("is told to whoever leads or scores: status, candidate and when, and of scorecards and decisions what they may know", async () => {
    const server = await startServer();
    const lobby = await server.openRoom({ title: "Of tomorrow", candidateName: "Dora", forRole: "A role" });
    const live = await liveHouse(server);
    const { room, host, ines, ivan, candidate } = await overHouse(server);
    const of = async (...secrets: string[]) => (await standings(server, secrets)).rooms;
    expect(await of(lobby.secret("host"), live.ines.token)).toEqual([
      {
        ...{ roomId: lobby.roomId, status: "lobby", title: "Of tomorrow", candidate: "Dora", forRole: "A role" },
        ...{ at: expect.any(Number), owed: false, missing: null, decided: null },
      },
      expect.objectContaining({ roomId: live.room.roomId, status: "live", owed: false, missing: null, decided: null }),
    ]);
    const facts = async (seat: Seat) => {
      const [standing] = await of(seat.token);
      return [standing?.status, standing?.owed, standing?.missing, standing?.decided];
    };
    expect(await facts(host)).toEqual(["ended", false, 1, false]);
    // Who has not submitted may not know who has, nor what was decided.
    expect(await facts(ivan)).toEqual(["ended", true, null, null]);
    await host.must({ type: "recordDecision", outcome: "advance", rationale: "canary rationale" });
    expect(await facts(ines)).toEqual(["ended", false, 1, true]);
    expect(await facts(ivan)).toEqual(["ended", true, null, null]);
    const { text } = await standings(server, [host.token]);
    expect(text).not.toMatch(/canary|advance|strong_/);
    await ivan.must({ type: "submitScorecard", reason: REASON });
    expect(await facts(host)).toEqual(["ended", false, 0, true]);
    for (const secret of [candidate.token, room.secret("observer"), "no.secret"]) expect(await of(secret)).toEqual([]);
  });

  test.each(["after_all", "never"] as const)(
    "where scorecards open %s, says no more than the policy",
    async (blindPolicy) => {
      const server = await startServer();
      const { host, ines } = await overHouse(server, { blindPolicy });
      const facts = async (seat: Seat) => {
        const [standing] = (await standings(server, [seat.token])).rooms;
        return [standing?.owed, standing?.missing, standing?.decided];
      };
      expect(await facts(ines)).toEqual([false, null, null]);
      expect(await facts(host)).toEqual(blindPolicy === "never" ? [false, 1, false] : [false, null, null]);
    },
  );

  test("is asked for fifty rooms at once and no more, and an erased one is told as no more than that", async () => {
    const server = await startServer();
    const { room, host } = await overHouse(server);
    const secrets = Array.from({ length: 50 }, () => host.token);
    expect((await standings(server, secrets)).rooms).toHaveLength(1);
    expect((await server.post("/api/across/rooms", { secrets: [...secrets, host.token] })).status).toBe(400);
    expect(
      (
        await host.fetch("/api/room/erase", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: "{}",
        })
      ).status,
    ).toBe(200);
    const { rooms, text } = await standings(server, [room.secret("host")]);
    expect(rooms).toEqual([
      {
        ...{ roomId: room.roomId, status: "erased", title: null, candidate: null, forRole: null, at: null },
        ...{ owed: false, missing: null, decided: null },
      },
    ]);
    expect(text).not.toContain("Candidate");
  });
});

describe("rooms beside each other", () => {
  test("are read by a seat's token and by the host's link, each room once, and nobody loses a seat", async () => {
    const server = await startServer();
    const one = await overHouse(server, { kitId: "test-kit" });
    const other = await overHouse(server, { kitId: "test-kit", candidateName: null });
    await decide(one);
    const secrets = [one.room.secret("host"), one.host.token, one.ines.token, other.ines.token, other.ines.token];
    const { lines, result } = await compare(server, secrets);
    expect(lines.slice(0, -1)).toEqual([
      { kind: "reading", read: 1, of: 2 },
      { kind: "reading", read: 2, of: 2 },
    ]);
    expect(result.reach).toEqual({ ...untold, interviews: 2 });
    const [group] = result.groups;
    expect(group).toMatchObject({ kit: { kitId: "test-kit" }, agreement: { enough: false, doublyRated: 2 } });
    expect(group?.candidates.map(({ roomId }) => roomId)).toEqual([one.room.roomId, other.room.roomId]);
    expect(group?.candidates[0]).toMatchObject({
      name: "Cleo Candidate",
      overall: 2.5,
      decision: { outcome: "advance", rationale: "canary rationale" },
    });
    expect(group?.questions[0]?.criteria[0]?.levels).toEqual([
      [4, 1],
      [1, 4],
    ]);
    for (const seat of [one.host, one.ines, other.host]) {
      expect(seat.isConnected).toBe(true);
      expect(seat.lost).toBeNull();
    }
    await one.host.must({ type: "amendScorecard", reason: REASON });
  });

  test("are read by the seat's link, and no more by a token that was taken over", async () => {
    const server = await startServer();
    const { room, host } = await overHouse(server);
    await server.takeSeat(room.secret("host"), null);
    expect((await compare(server, [host.token])).result.reach).toEqual({ ...untold, unusable: 1 });
    expect((await compare(server, [room.secret("host")])).result.reach).toEqual({ ...untold, interviews: 1 });
  });

  test("by the secrets of several seats of a room make each of these known to have read the others", async () => {
    const server = await startServer();
    const { host, ines, ivan } = await overHouse(server);
    await compare(server, [ines.token, ivan.token]);
    await ivan.must({ type: "submitScorecard", reason: REASON });
    expect(ivan.panel.scorecard.versions).toMatchObject([{ informed: true }]);
    expect(host.panel.scorecard.versions).toMatchObject([{ informed: false }]);
  });

  test("tell how a question was used", async () => {
    const server = await startServer();
    const { host, room } = await overHouse(server);
    const { result } = await useOf(server, [host.token]);
    expect(result).toMatchObject({ reach: { interviews: 1 }, statistics: null, agreement: { enough: false } });
    expect(result.asks).toMatchObject([{ roomId: room.roomId, raters: 2, mean: 2.5 }]);
    expect((await useOf(server, [host.token], "second-question")).result.asks).toEqual([]);
  });
});

describe("rooms that are closed", () => {
  const canaries = ["canary rationale", "strong_yes", "Ines", "Ivan", "Hana", "Cleo", "depth", "⟦first-question"];

  const onlyTitle = async (server: TestServer, { room }: FullHouse, seat: Seat) => {
    const closed = [{ roomId: room.roomId, title: "A test room" }];
    const compared = await compare(server, [seat.token]);
    expect(compared.result).toEqual({ reach: { ...untold, closed }, groups: [] });
    const used = await useOf(server, [seat.token]);
    expect(used.result).toMatchObject({ reach: { ...untold, closed }, title: null, asks: [], criteria: [] });
    for (const canary of [...canaries, "canary"]) expect(compared.text + used.text).not.toContain(canary);
  };

  test("tell a seat that has not submitted nothing but their title, and open when it has", async () => {
    const server = await startServer();
    const house = await overHouse(server);
    await decide(house);
    await onlyTitle(server, house, house.ivan);
    await house.ivan.must({ type: "submitScorecard", reason: REASON });
    const compared = await compare(server, [house.ivan.token]);
    const used = await useOf(server, [house.ivan.token]);
    expect([compared.result.reach, used.result.reach]).toEqual(Array(2).fill({ ...untold, interviews: 1 }));
    const text = compared.text + used.text;
    for (const canary of canaries) expect(text).toContain(canary);
    expect(text).not.toContain("canary summary");
  });

  test("stay closed to everybody under `after_all` until the last has submitted", async () => {
    const server = await startServer();
    const house = await overHouse(server, { blindPolicy: "after_all" });
    for (const seat of [house.host, house.ines, house.ivan]) await onlyTitle(server, house, seat);
    await house.ivan.must({ type: "submitScorecard", reason: REASON });
    expect((await compare(server, [house.ines.token])).result.reach.interviews).toBe(1);
  });

  test("stay closed to interviewers under `never`, and not to the host", async () => {
    const server = await startServer();
    const house = await overHouse(server, { blindPolicy: "never" });
    await decide(house);
    await onlyTitle(server, house, house.ines);
    expect((await compare(server, [house.host.token, house.ines.token])).result.reach).toEqual({
      ...untold,
      interviews: 1,
    });
  });
});

describe("secrets that open nothing here", () => {
  test("are counted and tell nothing: a candidate's, an observer's, an invitation, a wrong one, that of a removed seat", async () => {
    const server = await startServer();
    const { room, host, ivan, candidate, observer } = await overHouse(server);
    await host.must({ type: "removeSeat", seatId: ivan.seatId });
    const secrets = [
      candidate.token,
      observer.token,
      ivan.token,
      room.secret("candidate"),
      room.secret("interviewer"),
      room.secret("observer"),
      `${room.roomId}.${"x".repeat(43)}`,
      `r_000000000000000000000000.${"x".repeat(43)}`,
      "",
      "../../etc/passwd",
      "x".repeat(200),
    ];
    const compared = await compare(server, secrets);
    expect(compared.result).toEqual({ reach: { ...untold, unusable: secrets.length }, groups: [] });
    expect(compared.text).not.toContain("A test room");
    const used = await useOf(server, secrets);
    expect(used.result.reach).toEqual({ ...untold, unusable: secrets.length });
    expect(used.result.asks).toEqual([]);
    expect((await compare(server, [...secrets, host.token])).result.reach).toMatchObject({ interviews: 1 });
  });

  test("are no error where there are none at all", async () => {
    const server = await startServer();
    expect((await compare(server, [])).result).toEqual({ reach: untold, groups: [] });
  });

  test.each([
    ["201 secrets", COMPARE, { secrets: Array(201).fill("x") }, 400],
    ["a secret of 201 characters", COMPARE, { secrets: ["x".repeat(201)] }, 413],
    ["no list", COMPARE, { secrets: "x" }, 400],
    ["numbers", COMPARE, { secrets: [1] }, 400],
    ["more than it asks for", COMPARE, { secrets: [], roomId: "r_1" }, 400],
    ["201 secrets for a question", QUESTION, { secrets: Array(201).fill("x"), questionId: "first-question" }, 400],
    ["a question that is a path", QUESTION, { secrets: [], questionId: "../first-question" }, 400],
    ["no question", QUESTION, { secrets: [] }, 400],
  ])("are refused with a sentence: %s", async (_, path, body, status) => {
    const server = await startServer();
    const answer = await server.post(path, body);
    expect(answer.status).toBe(status);
    expect(Refusal.parse(answer.body).sentence).not.toBe("");
  });
});

test("a reading that fails on the way says so in its last line, with the name that the fault has in the log", async () => {
  const failing = join(await temporaryFolder(), "failing.mjs");
  await writeFile(failing, 'export default () => { throw new Error("The disk is gone."); };');
  const pool = new PoolWith({ "room/figures-thread.js": pathToFileURL(failing) });
  const server = await startServer({ pool });
  const { room } = await overHouse(server);
  const { text } = await server.post(COMPARE, { secrets: [room.secret("host")] });
  const last = text.trim().split("\n").at(-1) ?? "";
  expect(Line.parse(JSON.parse(last))).toMatchObject({ kind: "failed", refusal: { reason: "server_failed" } });
  expect(last).toMatch(/\(fault [0-9a-f]{8}\)/);
  expect(text).not.toContain("disk");
});
