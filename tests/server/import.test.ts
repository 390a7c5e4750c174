import { AuthoredQuestion } from "@whetstone/shared/authored";
import { ImportPlan, SearchResponse } from "@whetstone/shared/bank-wire";
import { describe, expect, test } from "vitest";
import { item, run, wordDocument, workbook } from "../support/office-files.ts";
import { startServer, type TestServer } from "../support/server.ts";

const LIST = `# Databases\r
\r
1. What is an index good for?\r
2. When does a transaction roll back?\r
   - And who notices?\r
`;

const body = (text: string, name = "list.md") => ({
  pack: { id: "team-questions", title: "Team questions" },
  files: [{ name, text }],
});

async function look(server: TestServer, request: unknown): Promise<ImportPlan> {
  return ImportPlan.parse((await server.post("/api/bank/import/look", request)).body);
}
async function carryOut(server: TestServer, request: unknown): Promise<ImportPlan> {
  return ImportPlan.parse((await server.post("/api/bank/import", request)).body);
}
async function own(server: TestServer): Promise<AuthoredQuestion[]> {
  return AuthoredQuestion.array().parse((await server.get("/api/own/questions")).body);
}

describe("an import", () => {
  test("is shown line by line before it does anything, and then does just that", async () => {
    const server = await startServer();
    const plan = await look(server, body(LIST));
    expect(plan).toMatchObject({ blocked: null, carriedOut: false, refused: [] });
    expect(plan.entries.map(({ outcome, line, title }) => [outcome, line, title])).toEqual([
      ["added", 3, "What is an index good for?"],
      ["added", 4, "When does a transaction roll back?"],
    ]);
    expect(plan.entries[0]?.lacks.length).toBeGreaterThan(0);
    expect(await own(server)).toEqual([]);

    expect(await carryOut(server, body(LIST))).toEqual({ ...plan, carriedOut: true });
    const drafts = await own(server);
    expect(drafts.map(({ draft, published, pack }) => [draft.topic, published, pack])).toEqual([
      ["databases", null, "team-questions"],
      ["databases", null, "team-questions"],
    ]);
    expect(drafts.flatMap(({ draft }) => draft.followUps.map(({ ask }) => ask))).toEqual(["And who notices?"]);
  });

  test("of the same file again changes nothing; of a changed one only what changed", async () => {
    const server = await startServer();
    await carryOut(server, body(LIST));
    expect((await look(server, body(LIST))).entries.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
    const before = await own(server);
    await carryOut(server, body(LIST.replace("And who notices?", "And who mends it?")));
    const after = await own(server);
    const revisions = (records: AuthoredQuestion[]) =>
      Object.fromEntries(records.map(({ id, revision }) => [id, revision]));
    const changed = Object.entries(revisions(after)).filter(([id, revision]) => revisions(before)[id] !== revision);
    expect(changed).toEqual([[expect.stringContaining("transaction"), 2]]);
  });

  test("of which anything is refused leaves the bank as it was", async () => {
    const server = await startServer();
    const csv =
      "id,title,prompt,minutes\nfine,Fine,What is fine?,5\nfirst-question,Taken,Whose is it?,5\nbad,Bad,What?,900\n";
    const plan = await carryOut(server, body(csv, "questions.csv"));
    expect(plan.carriedOut).toBe(false);
    expect(plan.blocked).not.toBeNull();
    expect(plan.entries.find(({ id }) => id === "first-question")).toMatchObject({ outcome: "refused", line: 3 });
    expect(plan.refused).toMatchObject([{ file: "questions.csv", line: 4, field: "minutes" }]);
    expect(await own(server)).toEqual([]);
    const packs = SearchResponse.parse((await server.post("/api/bank/search", {})).body).choices.packs;
    expect(packs.map(({ value }) => value)).toEqual(["test-pack"]);
  });

  test("of which anything is refused brings the rest where that is asked for, and names what is missing", async () => {
    const server = await startServer();
    const csv = "title,prompt,topic,minutes\nFine,What is fine?,Good,5\nBad,What?,Wrong,900\n";
    const request = { ...body(csv, "questions.csv"), leaveOutRefused: true };
    expect(await look(server, request)).toMatchObject({ blocked: null, canLeaveOut: true, carriedOut: false });
    const plan = await carryOut(server, request);
    expect(plan).toMatchObject({ carriedOut: true, refused: [{ line: 3, field: "minutes" }] });
    expect((await own(server)).map(({ draft }) => draft.title)).toEqual(["Fine"]);
    const exported = (await server.get("/api/bank/export?pack=team-questions&format=json&audience=panel")).text;
    expect(exported).toContain('"Good"');
    expect(exported).not.toContain('"Wrong"');
  });

  test("takes a workbook and a document as bytes, and keeps their answers from the prompts", async () => {
    const server = await startServer();
    const files = [
      {
        name: "a.xlsx",
        bytes: await workbook({
          Metals: [
            ["Question", "Answer"],
            ["Why is copper red?", "It absorbs blue."],
          ],
        }),
      },
      { name: "b.docx", bytes: wordDocument(item(run("What is an alloy?")) + item(run("Answer: a mixture."), 1)) },
    ];
    const asked = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString("base64") }));
    expect(await carryOut(server, { ...body(""), files: asked })).toMatchObject({ carriedOut: true, refused: [] });
    expect((await own(server)).map(({ draft }) => [draft.prompt, draft.strongAnswer])).toEqual([
      ["Why is copper red?", ["It absorbs blue."]],
      ["What is an alloy?", ["a mixture."]],
    ]);
  });

  test("that fails in the database leaves the bank as it was, in memory too", async () => {
    const broken: { fail: boolean } = { fail: false };
    const server = await startServer({
      wrapAuthored: (store) => ({
        ...store,
        save: (documents) => (broken.fail ? Promise.reject(new Error("disk full")) : store.save(documents)),
      }),
    });
    broken.fail = true;
    expect((await server.post("/api/bank/import", body(LIST))).status).toBe(500);
    expect(await own(server)).toEqual([]);
    broken.fail = false;
    expect(await carryOut(server, body(LIST))).toMatchObject({ carriedOut: true });
    expect(await own(server)).toHaveLength(2);
  });

  test("takes a whole pack back as it was exported, and its questions can be searched and asked", async () => {
    const [one, other] = [await startServer(), await startServer()];
    const exported = (await one.get("/api/bank/export?pack=test-pack&format=json&audience=panel")).text;
    const renamed = exported
      .replaceAll('"test-pack"', '"their-pack"')
      .replaceAll('"test-kit"', '"their-kit"')
      .replaceAll("-question", "-query");
    const plan = await carryOut(other, body(renamed, "pack.json"));
    expect(plan).toMatchObject({ blocked: null, carriedOut: true });
    const { total, choices } = SearchResponse.parse(
      (await other.post("/api/bank/search", { packs: ["their-pack"] })).body,
    );
    expect(total).toBe(4);
    expect(choices.packs.map(({ value }) => value)).toEqual(["test-pack", "their-pack"]);
    const again = await other.get("/api/bank/export?pack=their-pack&format=json&audience=panel");
    expect(again.text).toBe(renamed);
  });

  test.each([
    ["no file", { ...body(LIST), files: [] }, 400],
    ["a pack without a name", { ...body(LIST), pack: { id: "x", title: " " } }, 400],
    ["a body beyond all bounds", body("x".repeat(22 * 1024 * 1024)), 413],
  ])("with %s is refused", async (_, request, status) => {
    const server = await startServer();
    expect((await server.post("/api/bank/import", request)).status).toBe(status);
  });

  test("of more than ten megabytes is refused with its size", async () => {
    const server = await startServer();
    const plan = await look(server, body(`- Why?\n${"x".repeat(10 * 1024 * 1024)}`));
    expect(plan.refused).toMatchObject([{ file: "list.md", message: expect.stringContaining("10 MB") }]);
  });
});

describe("an export", () => {
  test("for candidates holds the prompts and nothing else of the questions", async () => {
    const server = await startServer();
    for (const format of ["yaml", "json", "csv", "markdown"]) {
      const answer = await server.get(`/api/bank/export?pack=test-pack&format=${format}&audience=candidate`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-disposition")).toContain("attachment");
      expect(answer.text).toContain("⟦first-question: prompt⟧");
      // The topic is for candidates too; in this bank its name bears the rubric's word.
      expect(answer.text.replaceAll("⟦pack rubric: topic⟧", "")).not.toContain("rubric");
      expect(answer.text).not.toContain("hint");
      expect(answer.text).not.toContain("follow-up");
    }
  });

  test("of a pack that is not there is refused", async () => {
    const server = await startServer();
    const answer = await server.get("/api/bank/export?pack=no-such&format=json&audience=panel");
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ reason: "unknown_pack" });
  });
});
