import { type FeedbackDraft, FeedbackPage } from "@whetstone/shared/feedback";
import { PublishFeedbackResponse } from "@whetstone/shared/links-wire";
import { describe, expect, test } from "vitest";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { boardSheetOf, words } from "../support/boards.ts";
import { testBank, textsIn } from "../support/domain.ts";
import { newId, type Seat } from "../support/seats.ts";
import { bankOf, Clock, type FullHouse, liveHouse, startServer, type TestServer } from "../support/server.ts";

const DAY_MS = 24 * 3_600_000;
const RUBRIC = "rubric9c2e";
const bank = testBank(RUBRIC);

const look = (server: TestServer, secret: string) => server.post("/api/feedback/look", { secret });

async function page(server: TestServer, secret: string): Promise<FeedbackPage> {
  const answer = await look(server, secret);
  expect(answer.status).toBe(200);
  return FeedbackPage.parse(answer.body);
}

async function refusal(server: TestServer, secret: string): Promise<unknown> {
  const { status, body } = await look(server, secret);
  return { status, reason: (body as { reason?: string }).reason };
}

const publish = (seat: Seat, body: unknown) =>
  seat.fetch("/api/room/feedback/publish", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** Publishes under a new link; its secret. */
async function published(host: Seat, days: 1 | 7 | 30 | null = 7): Promise<string> {
  const answer = await publish(host, { link: "new", days });
  expect(answer.status).toBe(200);
  const { link } = PublishFeedbackResponse.parse(answer.body);
  if (!link) throw new Error("There is no new link.");
  await host.until((view) => view.role === "host" && view.feedback.published?.linkId === link.linkId);
  expect(host.host.feedback.published).toMatchObject({ linkId: link.linkId, expiresAt: link.expiresAt });
  return link.secret;
}

const UNKNOWN = { status: 404, reason: "unknown_link" };
const told: FeedbackDraft = {
  message: "You were clear.",
  strengths: ["Good pace."],
  concerns: [],
  questions: "none",
  namesPanel: false,
};

/** An interview that is over, of which everybody on the panel wrote a scorecard with words of their own and submitted it. */
async function scoredHouse(server: TestServer): Promise<FullHouse & { askId: string }> {
  const house = await liveHouse(server);
  const { room, host, ines, ivan, candidate } = house;
  const askId = await room.push("first-question");
  await candidate.must({ type: "writeAnswer", askId, text: "what Cleo wrote" });
  await host.must({ type: "reveal", askId, kind: "followUp", index: 1 });
  for (const [rater, level] of [
    [host, 2],
    [ines, 4],
    [ivan, 4],
  ] as const) {
    await rater.must({ type: "rate", askId, criterionId: "depth", level });
    const text = `canary note of ${rater.seatId}`;
    await rater.must({
      type: "writeNote",
      noteId: newId("n"),
      askId,
      text,
      mark: "concern",
      evidenceFor: null,
      ageMs: 0,
    });
    await rater.must({ type: "writeSummary", text: `canary summary of ${rater.seatId}` });
    await rater.must({ type: "recommend", recommendation: "strong_no" });
  }
  await host.must({ type: "end" });
  for (const rater of [ines, ivan, host]) await rater.must({ type: "submitScorecard", reason: "canary reason" });
  return { ...house, askId };
}

describe("publishing feedback", () => {
  test("gives its link once, and the link shows the feedback and the candidate's own answers", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const { host } = await scoredHouse(server);
    await host.must({ type: "writeFeedback", feedback: { ...told, questions: "levels", namesPanel: true } });
    const secret = await published(host);
    expect(await page(server, secret)).toEqual({
      feedback: {
        candidate: "Cleo Candidate",
        title: "A test room",
        forRole: null,
        interviewedAt: clock.now(),
        message: "You were clear.",
        strengths: ["Good pace."],
        concerns: [],
        questions: [{ number: 1, prompt: "⟦first-question: prompt⟧", level: 4 }],
        panel: ["Hana Host", "Ines Interviewer", "Ivan Interviewer"],
      },
      publishedAt: clock.now(),
      answers: [
        {
          number: 1,
          prompt: "⟦first-question: prompt⟧",
          revealed: ["⟦first-question: follow-up 1⟧"],
          answer: "what Cleo wrote",
        },
      ],
    });
    expect(await (await publish(host, { link: "keep" })).body).toEqual({ link: null });
    expect(host.received.join("\n").split(secret)).toHaveLength(2);
  });

  test("shows what the candidate drew beside their own answers, and goes on where that cannot be read", async () => {
    const server = await startServer();
    const house = await liveHouse(server);
    const { host, candidate, room } = house;
    for (const questionId of ["first-question", "second-question"]) {
      const askId = await room.push(questionId);
      const board = await boardSheetOf(candidate, askId);
      expect(await board.draw(words("w", `drawn to ${questionId}`))).toEqual({ ok: true });
    }
    await room.push("third-question");
    await host.must({ type: "end" });
    await host.must({ type: "submitScorecard", reason: "Only a test." });
    await host.must({ type: "writeFeedback", feedback: { ...told, questions: "none" } });
    const secret = await published(host);
    const boardsOf = async (of: TestServer) => (await page(of, secret)).answers.map(({ board }) => board?.outline);
    expect(await boardsOf(server)).toEqual([["drawn to first-question"], ["drawn to second-question"], undefined]);
    const [first] = (await page(server, secret)).answers;
    expect(first?.board?.picture).toMatch(/^<svg .*drawn to first-question.*<\/svg>$/);
    await server.close();
    const database = new Connection(server.dataFile);
    const damaged = "(SELECT id FROM documents WHERE name LIKE '%/board' ORDER BY id LIMIT 1)";
    database.prepare(`UPDATE document_updates SET sealed = zeroblob(length(sealed)) WHERE document = ${damaged}`).run();
    database.close();
    const again = await server.restart();
    expect(await boardsOf(again)).toEqual([undefined, ["drawn to second-question"], undefined]);
    const problems = (await page(again, secret)).answers.map(({ boardProblem }) => boardProblem);
    expect(problems).toEqual([expect.stringContaining("This board cannot be read"), undefined, undefined]);
  });

  test("lets nothing out that the panel wrote for itself, and nothing of the rubric", async () => {
    const server = await startServer({ bank: bankOf(bank) });
    const { host } = await scoredHouse(server);
    await host.must({ type: "writeFeedback", feedback: { ...told, questions: "asked" } });
    const { text, headers } = await look(server, await published(host));
    const all = `${text}\n${[...headers].join("\n")}`;
    const rubric = [bank.pack, ...bank.questions].flatMap(textsIn).filter((words) => words.includes(RUBRIC));
    expect(rubric.length).toBeGreaterThan(40);
    const secrets = [...rubric, "canary", "strong_no", "Hana", "Ines", "Ivan", "⟦first-question: hint 0⟧"];
    expect(secrets.filter((words) => all.includes(words))).toEqual([]);
    expect(all).toContain("You were clear.");
    expect(FeedbackPage.parse(JSON.parse(text)).feedback.questions).toEqual([
      { number: 1, prompt: "⟦first-question: prompt⟧", level: null },
    ]);
  });

  test("shows what was published, until it is published again", async () => {
    const server = await startServer();
    const { host } = await scoredHouse(server);
    await host.must({ type: "writeFeedback", feedback: told });
    const secret = await published(host);
    await host.must({ type: "writeFeedback", feedback: { ...told, message: "You were very clear." } });
    expect((await page(server, secret)).feedback.message).toBe("You were clear.");
    expect((await publish(host, { link: "keep" })).status).toBe(200);
    expect((await page(server, secret)).feedback.message).toBe("You were very clear.");

    const again = await server.restart();
    expect((await page(again, secret)).feedback.message).toBe("You were very clear.");
  });

  test("under a new link ends the one before", async () => {
    const server = await startServer();
    const { host } = await scoredHouse(server);
    await host.must({ type: "writeFeedback", feedback: told });
    const first = await published(host);
    const second = await published(host);
    expect(second).not.toBe(first);
    expect(await refusal(server, first)).toEqual(UNKNOWN);
    expect((await page(server, second)).feedback.message).toBe("You were clear.");
  });

  test("can be taken back: the link says so, and only a new one opens it again", async () => {
    const server = await startServer();
    const { host } = await scoredHouse(server);
    await host.must({ type: "writeFeedback", feedback: told });
    const secret = await published(host, null);
    await host.must({ type: "withdrawFeedback" });
    expect(await refusal(server, secret)).toEqual({ status: 410, reason: "feedback_withdrawn" });
    expect(await publish(host, { link: "keep" })).toMatchObject({ status: 404, body: { reason: "unknown_link" } });
    const renewed = await published(host);
    expect(await refusal(server, secret)).toEqual(UNKNOWN);
    expect((await page(server, renewed)).feedback.message).toBe("You were clear.");
  });

  test("for some days ends with them, and for no number of days never", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const { host } = await scoredHouse(server);
    await host.must({ type: "writeFeedback", feedback: told });
    const secret = await published(host, 1);
    clock.advance(DAY_MS - 1);
    expect((await look(server, secret)).status).toBe(200);
    clock.advance(1);
    expect(await refusal(server, secret)).toEqual({ status: 410, reason: "link_expired" });
    expect(await publish(host, { link: "keep" })).toMatchObject({ status: 404, body: { reason: "unknown_link" } });
    const lasting = await published(host, null);
    clock.advance(4_000 * DAY_MS);
    expect((await look(server, lasting)).status).toBe(200);
  });

  test("is refused while there is nothing to publish, or the scorecards are closed to the host", async () => {
    const server = await startServer();
    const { room, host, ines, candidate } = await liveHouse(server);
    const refused = async () => {
      const { status, body } = await publish(host, { link: "new", days: 7 });
      return [status, (body as { reason: string }).reason];
    };
    expect(await refused()).toEqual([409, "wrong_phase"]);
    await host.must({ type: "end" });
    await host.must({ type: "writeFeedback", feedback: told });
    await ines.must({ type: "submitScorecard", reason: "Nothing was asked." });
    expect(await refused()).toEqual([409, "still_blind"]);
    await host.must({ type: "submitScorecard", reason: "Nothing was asked." });
    await host.must({ type: "writeFeedback", feedback: { ...told, message: " ", strengths: ["", "\n"] } });
    expect(await refused()).toEqual([409, "feedback_empty"]);
    for (const role of ["candidate", "host"] as const) {
      expect(await refusal(server, room.secret(role))).toEqual(UNKNOWN);
    }
    for (const seat of [candidate, host]) expect(await refusal(server, seat.token)).toEqual(UNKNOWN);
    expect(host.host.feedback.published).toBeNull();
  });
});

describe("nobody but the host", () => {
  test("can publish or withdraw feedback", async () => {
    const server = await startServer();
    const { room, host, ines, candidate, observer } = await scoredHouse(server);
    await host.must({ type: "writeFeedback", feedback: told });
    const secret = await published(host);
    for (const seat of [ines, candidate, observer]) {
      for (const body of [{ link: "new", days: 7 }, { link: "keep" }]) {
        expect(await publish(seat, body)).toMatchObject({ status: 403, body: { reason: "wrong_seat" } });
      }
      expect(await seat.send({ type: "withdrawFeedback" })).toMatchObject({ refusal: { reason: "wrong_seat" } });
      expect(await seat.send({ type: "writeFeedback", feedback: told })).toMatchObject({
        refusal: { reason: "wrong_seat" },
      });
    }
    for (const bearer of [secret, room.secret("host"), "nonsense", ""]) {
      const headers = { authorization: `Bearer ${bearer}` };
      expect((await server.post("/api/room/feedback/publish", { link: "new", days: 7 }, headers)).status).toBe(404);
    }
    expect((await look(server, secret)).status).toBe(200);
  });

  test("notices in the room that feedback is written, published or withdrawn", async () => {
    const server = await startServer();
    const { host, ines, ivan, candidate, observer } = await scoredHouse(server);
    const others = [ines, ivan, candidate, observer];
    for (const seat of others) await seat.time();
    const before = others.map(({ messages, view }) => ({ count: messages.length, view }));
    await host.must({ type: "writeFeedback", feedback: told });
    await published(host);
    await host.must({ type: "writeFeedback", feedback: { ...told, namesPanel: true } });
    expect((await publish(host, { link: "keep" })).status).toBe(200);
    await host.must({ type: "withdrawFeedback" });
    // The answer to this comes after all that was sent before it, and is the only packet.
    for (const seat of others) await seat.time();
    expect(others.map(({ messages, view }) => ({ count: messages.length - 1, view }))).toEqual(before);
  });
});

describe("a feedback link", () => {
  test("opens no seat and nothing else of the room", async () => {
    const server = await startServer();
    const { host } = await scoredHouse(server);
    await host.must({ type: "writeFeedback", feedback: told });
    const secret = await published(host);
    for (const path of ["/api/links/look", "/api/links/join"]) {
      const body = path.endsWith("join") ? { secret, name: "Eve" } : { secret };
      expect(await server.post(path, body)).toMatchObject({ status: 404, body: { reason: "unknown_link" } });
    }
    for (const path of ["/api/room/export.json", "/api/bank/coverage"]) {
      expect((await server.get(path, { authorization: `Bearer ${secret}` })).status).toBe(404);
    }
  });

  test("that is wrong in any way opens nothing, and says no more than that", async () => {
    const server = await startServer();
    const one = await scoredHouse(server);
    const two = await scoredHouse(server);
    await one.host.must({ type: "writeFeedback", feedback: told });
    const secret = await published(one.host);
    const [roomId = "", random = ""] = secret.split(".");
    const wrong = [
      `${two.room.roomId}.${random}`,
      `${roomId}.${"A".repeat(43)}`,
      `r_000000000000000000000000.${random}`,
      `${secret}x`,
      roomId,
      random,
      "../../etc/passwd",
      "",
    ];
    for (const other of wrong) expect(await refusal(server, other)).toEqual(UNKNOWN);
    expect((await look(server, "x".repeat(201))).status).toBe(413);
    expect((await server.post("/api/feedback/look", { secret, more: true })).status).toBe(400);
    for (const days of [0, 2, -1, "7", 1e9]) {
      expect((await publish(one.host, { link: "new", days })).status).toBe(400);
    }
    for (const body of [{}, { link: "old" }, { link: "keep", days: 7 }, null]) {
      expect((await publish(one.host, body)).status).toBe(400);
    }
    expect((await page(server, secret)).feedback.message).toBe("You were clear.");
  });
});
