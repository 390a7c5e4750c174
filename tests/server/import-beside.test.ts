import { ImportPlan } from "@whetstone/shared/bank-wire";
import { afterAll, describe, expect, test } from "vitest";
import { StepCounter } from "../support/steps.ts";

const steps = await StepCounter.start();
afterAll(() => steps.stop());
const { startServer } = await import("../support/server.ts");

const QUESTIONS = 3_000;
/** What planning one question takes at the least. */
const STEPS_OF_ONE = 100;

const list = (count: number) => Array.from({ length: count }, (_, at) => `- Why is number ${at} so?\n`).join("");
const body = (text: string, pack: string, name = "list.md") => ({
  pack: { id: pack, title: pack },
  files: [{ name, text }],
});

describe("an import", () => {
  test("of thousands of questions is read and planned beside the interviews", async () => {
    const server = await startServer();
    const look = () => server.post("/api/bank/import/look", body(list(QUESTIONS), "ours"));
    await look();
    let answer: Awaited<ReturnType<typeof look>> | undefined;
    const taken = await steps.of(async () => {
      answer = await look();
    });
    expect(ImportPlan.parse(answer?.body).entries).toHaveLength(QUESTIONS);
    expect(taken).toBeLessThan(QUESTIONS * STEPS_OF_ONE);
  });

  test("finds every name that the bank has, however many, and numbers its own after them", async () => {
    const server = await startServer();
    const carryOut = async (pack: string, count: number) =>
      ImportPlan.parse((await server.post("/api/bank/import", body(list(count), pack))).body).entries;
    const first = await carryOut("ours", 1_100);
    const theirs = await carryOut("theirs", 1_100);
    expect(theirs.map(({ id, outcome }) => [id, outcome])).toEqual(first.map(({ id }) => [`${id}-2`, "added"]));
    const again = await carryOut("theirs", 1_101);
    expect(again.slice(0, -1).map(({ id, outcome }) => [id, outcome])).toEqual(
      theirs.map(({ id }) => [id, "unchanged"]),
    );
    expect(again.at(-1)).toMatchObject({ id: "why-is-number-1100-so", outcome: "added" });
  });
});

describe("an import of which very much is refused or left out", () => {
  test("names some of it, and says how many more there are", async () => {
    const server = await startServer();
    const text = `title: One\n${Array.from({ length: 5_000 }, (_, at) => `k${at}x: 1\n`).join("")}`;
    const plan = ImportPlan.parse((await server.post("/api/bank/import/look", body(text, "ours", "keys.yaml"))).body);
    expect(plan.refused).toHaveLength(201);
    expect(plan.refused.at(-1)?.message).toBe("and 4800 more things are refused");
    expect(plan.blocked).toContain("5000 things are refused");
  });

  test.each([
    ["records", "list.json", `[${"1,\n".repeat(4_999)}1]`, "in lines 1, 2, 3 and 4,997 more"],
    ["cells", "wide.csv", `title,level\n${"One,none\n".repeat(5_000)}`, "in lines 2, 3, 4 and 4,997 more"],
  ])("has one refusal for one cause, however many %s have it", async (_, name, text, places) => {
    const server = await startServer();
    const plan = ImportPlan.parse((await server.post("/api/bank/import/look", body(text, "ours", name))).body);
    expect(plan.refused).toHaveLength(1);
    expect(plan.refused[0]?.message).toContain(`So it is 5,000 times: ${places}`);
  });

  test.each([
    [
      "wide.csv",
      `prompt${",x".repeat(4_000_000)}\nWhy?\n`,
      "the first line has 4,000,001 columns, far more than a question has",
    ],
    ["list.json", `[${"1,".repeat(4_000_000)}1]`, "has 4,000,001 entries, far more than can be imported at once"],
    [
      "kits.json",
      `{"kits":[${"0,".repeat(4_000_000)}1]}`,
      "has 4,000,001 entries, far more than can be imported at once",
    ],
    [
      "paragraphs.md",
      "a\n\n".repeat(3_400_000),
      "the import has 3,400,000 lines of text; at most 500,000 are possible at once, so import it in parts",
    ],
    [
      "questions.txt",
      "a?\n".repeat(3_400_000),
      "the import has 3,400,000 lines of text; at most 500,000 are possible at once, so import it in parts",
    ],
    [
      "items.md",
      "- a?\r\n".repeat(1_500_000),
      "the import has 1,500,000 lines of text; at most 500,000 are possible at once, so import it in parts",
    ],
  ])("says of %s only how much it is, where it is beyond all measure", async (name, text, message) => {
    const server = await startServer();
    const plan = ImportPlan.parse((await server.post("/api/bank/import/look", body(text, "ours", name))).body);
    expect(plan.refused.map((one) => one.message)).toEqual([message]);
  });

  test("says how many more texts it left out", async () => {
    const server = await startServer();
    const text = "plain words\n\n".repeat(1_000);
    const plan = ImportPlan.parse((await server.post("/api/bank/import/look", body(text, "ours"))).body);
    expect(plan.passedOver).toHaveLength(201);
    expect(plan.passedOver.at(-1)?.message).toBe("And 800 more were left out.");
  });

  test("repeats no text that is as long as what was sent", async () => {
    const server = await startServer();
    const text = JSON.stringify([{ title: "One", ["k".repeat(500_000)]: 1 }]);
    const plan = ImportPlan.parse((await server.post("/api/bank/import/look", body(text, "ours", "a.json"))).body);
    expect(plan.refused).toHaveLength(1);
    expect(JSON.stringify(plan).length).toBeLessThan(5_000);
  });

  test("counts the lines of all its files together", async () => {
    const server = await startServer();
    const files = [1, 2].map((part) => ({ name: `part-${part}.md`, text: "a\n\n".repeat(300_000) }));
    const asked = { pack: { id: "ours", title: "Ours" }, files };
    const plan = ImportPlan.parse((await server.post("/api/bank/import/look", asked)).body);
    expect(plan.refused.map(({ message }) => message)).toEqual([
      "the import has 600,000 lines of text; at most 500,000 are possible at once, so import it in parts",
    ]);
  });

  test("reads as many lines as are possible, each of which is a question or a paragraph", async () => {
    const server = await startServer();
    for (const [text, outcome] of [
      ["a?\n".repeat(500_000), "the import has more than 20,000 questions; at most 10,000 are possible"],
      ["a\n\n".repeat(500_000), "no question was found; see the formats that can be imported"],
    ] as const) {
      const asked = body(text, "ours");
      const plan = ImportPlan.parse((await server.post("/api/bank/import/look", asked)).body);
      expect(plan.refused.map(({ message }) => message)).toEqual([outcome]);
    }
  });
});
