import { join } from "node:path";
import { AuthoredKit, AuthoredQuestion, draftOfQuestion, KitDraft, QuestionDraft } from "@whetstone/shared/authored";
import { BankEntry, KitEntry, SearchResponse } from "@whetstone/shared/bank-wire";
import { describe, expect, test } from "vitest";
import { openSqliteAuthored } from "../../server/src/sqlite/authored.ts";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { testBank } from "../support/domain.ts";
import type { Answer } from "../support/seats.ts";
import { liveHouse, openingOf, startServer, type TestServer, temporaryFolder } from "../support/server.ts";

const WHOLE: QuestionDraft = {
  ...draftOfQuestion(testBank().questions[0] ?? raise()),
  title: "Backpressure in a queue",
  prompt: "A queue grows without end. What do you do?",
  topic: "message-queues",
};

function raise(): never {
  throw new Error("The test bank is empty.");
}

const put = (server: TestServer, path: string, body: unknown): Promise<Answer> =>
  fetch(`${server.url}${path}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).then(async (response) => {
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as unknown };
  });

const question = (answer: Answer): AuthoredQuestion => AuthoredQuestion.parse(answer.body);
const kit = (answer: Answer): AuthoredKit => AuthoredKit.parse(answer.body);

async function begin(server: TestServer, id: string, draft: QuestionDraft = WHOLE): Promise<AuthoredQuestion> {
  const answer = await server.post("/api/own/questions", { id, draft });
  expect(answer.status).toBe(201);
  return question(answer);
}

async function publish(server: TestServer, { id, revision }: AuthoredQuestion): Promise<AuthoredQuestion> {
  return question(await server.post(`/api/own/questions/${id}/publish`, { revision }));
}

async function found(server: TestServer, text: string): Promise<string[]> {
  const answer = SearchResponse.parse((await server.post("/api/bank/search", { text })).body);
  return answer.results.map(({ id }) => id);
}

describe("a question of one's own", () => {
  test("begins with nothing, is changed, and is published once it is whole", async () => {
    const server = await startServer();
    const empty = await begin(server, "backpressure", QuestionDraft.parse({}));
    expect(empty).toMatchObject({ revision: 1, pack: "our-questions", archived: false, published: null });
    const refused = await server.post("/api/own/questions/backpressure/publish", { revision: 1 });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ reason: "not_whole" });
    expect(await found(server, "queue")).toEqual([]);

    const whole = question(await put(server, "/api/own/questions/backpressure", { revision: 1, draft: WHOLE }));
    expect(whole).toMatchObject({ revision: 2, draft: WHOLE, published: null });
    expect(await found(server, "queue")).toEqual([]);
    const published = await publish(server, whole);
    expect(published.published).toEqual({ id: "backpressure", ...WHOLE });
    expect(await found(server, "queue")).toEqual(["backpressure"]);
    const entry = BankEntry.parse((await server.get("/api/bank/questions/backpressure")).body);
    expect(entry).toMatchObject({ own: true, pack: "our-questions", topicName: "Message queues", title: WHOLE.title });
  });

  test("is searched as it was published, until its draft is published again", async () => {
    const server = await startServer();
    const first = await publish(server, await begin(server, "backpressure"));
    const changed = { ...WHOLE, prompt: "A warehouse overflows." };
    const second = question(
      await put(server, "/api/own/questions/backpressure", { revision: first.revision, draft: changed }),
    );
    expect(await found(server, "warehouse")).toEqual([]);
    expect(second.published?.prompt).toBe(WHOLE.prompt);
    await publish(server, second);
    expect(await found(server, "warehouse")).toEqual(["backpressure"]);
    expect(await found(server, "queue grows")).toEqual([]);
  });

  test("begins as a copy of one of a pack, under an identifier of its own", async () => {
    const server = await startServer();
    const copies = await Promise.all(
      [1, 2].map(async () => question(await server.post("/api/own/questions", { copyOf: "first-question" }))),
    );
    expect(copies.map(({ id }) => id).sort()).toEqual(["first-question-copy", "first-question-copy-2"]);
    const [original] = testBank().questions;
    expect({ id: original?.id, ...copies[0]?.draft }).toEqual(original);
    expect((await server.post("/api/own/questions", { copyOf: "no-such" })).status).toBe(404);
  });

  test("cannot take the identifier of another, whether of a pack or one's own", async () => {
    const server = await startServer();
    await begin(server, "backpressure");
    for (const id of ["first-question", "backpressure"]) {
      const answer = await server.post("/api/own/questions", { id, draft: WHOLE });
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ reason: "name_taken" });
    }
  });

  test("two who change it at once notice each other, and the first change stays", async () => {
    const server = await startServer();
    await begin(server, "backpressure");
    const answers = await Promise.all(
      ["One", "Two"].map((title) =>
        put(server, "/api/own/questions/backpressure", { revision: 1, draft: { ...WHOLE, title } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ reason: "changed_elsewhere" });
    const kept = question(await server.get("/api/own/questions/backpressure"));
    expect(kept.draft.title).toBe(answers[0]?.status === 200 ? "One" : "Two");
  });

  test("is still there, draft and all, after a restart", async () => {
    const server = await startServer();
    const published = await publish(server, await begin(server, "backpressure"));
    await begin(server, "half-written", { ...WHOLE, criteria: [] });
    const again = await server.restart();
    expect(question(await again.get("/api/own/questions/backpressure"))).toEqual(published);
    expect(question(await again.get("/api/own/questions/half-written")).published).toBeNull();
    expect(await found(again, "queue")).toEqual(["backpressure"]);
    expect((await again.get("/api/own/questions")).body).toHaveLength(2);
  });

  test("is asked with its own rubric; what was asked stays as it was when the question changes", async () => {
    const server = await startServer();
    const first = await publish(server, await begin(server, "backpressure"));
    const { room, host } = await liveHouse(server);
    await room.push("backpressure");
    const asked = host.openAsk.question;
    expect(asked).toMatchObject({ bankId: "backpressure", prompt: WHOLE.prompt, topic: "Message queues" });
    expect(asked.criteria.map(({ id }) => id)).toEqual(["depth", "practice", "communication"]);
    const changed = { ...WHOLE, prompt: "Something else." };
    await publish(
      server,
      question(await put(server, "/api/own/questions/backpressure", { revision: first.revision, draft: changed })),
    );
    await host.resync();
    expect(host.openAsk.question).toEqual(asked);
  });

  test("leaves lists and searches when it is archived, can still be asked from a plan, and comes back", async () => {
    const server = await startServer();
    const published = await publish(server, await begin(server, "backpressure"));
    const archived = question(
      await server.post("/api/own/questions/backpressure/archive", { revision: published.revision }),
    );
    expect(archived.archived).toBe(true);
    expect(await found(server, "queue")).toEqual([]);
    expect(BankEntry.parse((await server.get("/api/bank/questions/backpressure")).body).archived).toBe(true);
    const { room } = await liveHouse(server);
    await room.push("backpressure");
    await server.post("/api/own/questions/backpressure/restore", { revision: archived.revision });
    expect(await found(server, "queue")).toEqual(["backpressure"]);
  });

  test.each([
    ["a text over its limit", { ...WHOLE, title: "x".repeat(121) }, 413],
    ["a field that no question has", { ...WHOLE, secret: 1 }, 400],
    ["an anchor too few", { ...WHOLE, criteria: [{ id: "a", name: "A", anchors: ["1", "2", "3"] }] }, 400],
  ])("refuses %s, and keeps what was there", async (_, draft, status) => {
    const server = await startServer();
    await begin(server, "backpressure");
    expect((await put(server, "/api/own/questions/backpressure", { revision: 1, draft })).status).toBe(status);
    expect(question(await server.get("/api/own/questions/backpressure"))).toMatchObject({ revision: 1, draft: WHOLE });
  });

  test("is nobody's business in a room: no seat reads what is being written", async () => {
    const server = await startServer();
    await begin(server, "backpressure");
    const { host, candidate } = await liveHouse(server);
    for (const seat of [host, candidate]) expect((await seat.fetch("/api/own/questions")).status).toBe(403);
  });
});

describe("a kit of one's own", () => {
  const KIT: KitDraft = KitDraft.parse({
    title: "Queues",
    role: "Backend engineer",
    description: "Everything about queues.",
    competencies: ["Bounds what grows"],
    phases: [{ kind: "questions", minutes: 45 }],
    questions: [{ question: "first-question", minutes: 5, probes: [1] }],
  });

  test("is built, published, and plans a room", async () => {
    const server = await startServer();
    const begun = kit(await server.post("/api/own/kits", { id: "queues", draft: KitDraft.parse({}) }));
    expect((await server.post("/api/own/kits/queues/publish", { revision: begun.revision })).status).toBe(400);
    expect((await server.post("/api/rooms", openingOf({ kitId: "queues" }))).status).toBe(404);
    const changed = kit(await put(server, "/api/own/kits/queues", { revision: begun.revision, draft: KIT }));
    const published = kit(await server.post("/api/own/kits/queues/publish", { revision: changed.revision }));
    expect(published.published).toEqual({ id: "queues", ...KIT });
    const entry = KitEntry.parse((await server.get("/api/kits/queues")).body);
    expect(entry).toMatchObject({ own: true, titles: { "first-question": { minutes: 5 } } });
    const room = await server.openRoom({ kitId: "queues" });
    expect(room.host.view).toMatchObject({ plan: [{ questionId: "first-question", minutes: 5 }] });
  });

  test("is not published with a question that the bank does not have", async () => {
    const server = await startServer();
    const draft = { ...KIT, questions: [{ question: "no-such", minutes: 5, probes: [] }] };
    const begun = kit(await server.post("/api/own/kits", { id: "queues", draft }));
    const answer = await server.post("/api/own/kits/queues/publish", { revision: begun.revision });
    expect(answer.body).toMatchObject({ reason: "not_whole" });
  });

  test.each<[string, Partial<KitDraft>]>([
    ["probes", { questions: [{ question: "first-question", minutes: 5, probes: [2] }] }],
    ["weighs", { weights: [{ competency: 2, weight: 2, reason: "It matters most." }] }],
  ])("is not published while it %s a competency that it does not have", async (_, change) => {
    const server = await startServer();
    const begun = kit(await server.post("/api/own/kits", { id: "queues", draft: { ...KIT, ...change } }));
    const publish = (revision: number) => server.post("/api/own/kits/queues/publish", { revision });
    expect((await publish(begun.revision)).body).toMatchObject({ reason: "not_whole" });
    const draft = { ...KIT, ...change, competencies: [...KIT.competencies, "Bounds what waits"] };
    const changed = kit(await put(server, "/api/own/kits/queues", { revision: begun.revision, draft }));
    expect(kit(await publish(changed.revision)).published).toEqual({ id: "queues", ...draft });
  });

  test("publishes no weight that was set back, and keeps its reason in the draft", async () => {
    const server = await startServer();
    const weights = [{ competency: 1, weight: 1, reason: "It mattered most." }];
    const begun = kit(await server.post("/api/own/kits", { id: "queues", draft: { ...KIT, weights } }));
    const published = kit(await server.post("/api/own/kits/queues/publish", { revision: begun.revision }));
    expect(published).toMatchObject({ draft: { weights }, published: { weights: [] } });
  });

  test("that was stored before kits had weights and probes is read as having none", async () => {
    const { weights: _weights, questions: planned, ...before } = KIT;
    const older = { ...before, questions: planned.map(({ question, minutes }) => ({ question, minutes })) };
    const about = { id: "queues", pack: "own", revision: 3, archived: false, changedAt: 0 };
    const read = AuthoredKit.parse({ ...about, draft: older, published: { id: "queues", ...older } });
    const now = { ...KIT, weights: [], questions: [{ question: "first-question", minutes: 5, probes: [] }] };
    expect(read).toMatchObject({ draft: now, published: now });
  });

  test("begins as a copy of one of a pack, and leaves the list when it is archived", async () => {
    const server = await startServer();
    const copy = kit(await server.post("/api/own/kits", { copyOf: "test-kit" }));
    expect(copy).toMatchObject({ id: "test-kit-copy", draft: { title: "Test kit (copy)" } });
    const published = kit(await server.post("/api/own/kits/test-kit-copy/publish", { revision: copy.revision }));
    const listed = async () => (await server.get("/api/kits")).body;
    expect(await listed()).toMatchObject([
      { id: "test-kit", own: false },
      { id: "test-kit-copy", own: true },
    ]);
    await server.post("/api/own/kits/test-kit-copy/archive", { revision: published.revision });
    expect(await listed()).toMatchObject([{ id: "test-kit" }]);
  });
});

describe("the store of what users write", () => {
  const document = (id: string, title: string) =>
    ({
      kind: "question",
      id,
      pack: "our-questions",
      revision: 1,
      archived: false,
      changedAt: 0,
      draft: { ...WHOLE, title },
      published: null,
    }) as const;

  test("keeps the newest of each, and nothing of a batch that fails", async () => {
    const path = join(await temporaryFolder(), "own.sqlite");
    const store = openSqliteAuthored(path);
    await store.save([document("one", "One"), document("two", "Two")]);
    const circular: { self?: unknown } = {};
    circular.self = circular;
    await expect(
      store.save([document("one", "Changed"), { ...document("three", "Three"), draft: circular as QuestionDraft }]),
    ).rejects.toThrow();
    expect((await store.all()).map((kept) => kept.id)).toEqual(["one", "two"]);
    await store.save([document("two", "Two again")]);
    await store.close();

    const again = openSqliteAuthored(path);
    expect(await again.all()).toEqual([document("one", "One"), document("two", "Two again")]);
    await again.close();
  });

  test.each([
    ["what is no JSON", "{"],
    ["what has not its form", JSON.stringify({ kind: "question", id: "one" })],
  ])("names the document that holds %s", async (_what, body) => {
    const path = join(await temporaryFolder(), "own.sqlite");
    const store = openSqliteAuthored(path);
    await store.save([document("one", "One"), document("two", "Two")]);
    const database = new Connection(path);
    database.prepare("UPDATE own_documents SET body = ? WHERE id = 'two'").run(body);
    database.close();
    await expect(store.all()).rejects.toThrow(/^question two: /);
    await store.close();
  });
});
