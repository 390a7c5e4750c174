import { describe, expect, test } from "vitest";
import { runSite } from "../../support/running.ts";

/** JavaScript, TypeScript and SQL in a real browser that reaches our server alone. */

const site = runSite();
const javascript = (code: string, more: object = {}) => ({ language: "javascript" as const, code, ...more });
const typescript = (code: string, more: object = {}) => ({ language: "typescript" as const, code, ...more });

describe("a program in JavaScript", () => {
  test("prints values as consoles do, and tables as tables", async () => {
    const page = await site.open();
    const ran = await page.run(
      javascript(`
console.log("a", 1, -0, [1, "x"], { b: { c: [null, undefined] } }, new Map([["k", 1]]), new Set([2]), () => 1, 10n, NaN);
const self = {}; self.me = self; console.log(self);
console.error("no");
console.table([{ n: 1, s: "x" }, { n: 2, o: { p: 1 } }]);`),
    );
    expect(ran.end).toMatchObject({ outcome: "ok" });
    expect(ran.stdout).toBe(
      'a 1 -0 [ 1, "x" ] { b: { c: [ null, undefined ] } } Map(1) { "k" => 1 } Set(1) { 2 } [Function: (anonymous)] 10n NaN\n{ me: [Circular] }\n',
    );
    expect(ran.stderr).toBe("no\n");
    expect(ran.events).toContainEqual({
      type: "table",
      columns: ["(index)", "n", "s", "o"],
      rows: [
        ["0", 1, "x", null],
        ["1", 2, null, "{ p: 1 }"],
      ],
      total: 2,
    });
  });

  test("settles its promises, and its timers go off in their order at once", async () => {
    const page = await site.open();
    const ran = await page.run(
      javascript(`
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const before = Date.now();
setTimeout((word) => console.log(word), 50_000, "later");
const id = setInterval(() => { console.log("tick"); clearInterval(id); }, 10);
setTimeout(() => console.log("never"), 5) && clearTimeout(3);
(async () => { await sleep(20_000); console.log("awaited", Date.now() - before >= 20_000); })();
await sleep(1);
console.log("first");`),
    );
    expect(ran.end).toMatchObject({ outcome: "ok" });
    expect(ran.stdout).toBe("first\ntick\nawaited true\nlater\n");
  });

  test("has the same order of timers where its own work takes longer than they wait", async () => {
    const page = await site.open();
    const ran = await page.run(
      javascript(`
const work = (ms) => { const end = Date.now() + ms; while (Date.now() < end); };
const begun = new Date();
const id = setInterval(() => { work(25); console.log("tick"); }, 10);
work(40);
setTimeout(() => console.log("five"), 5);
setTimeout(() => { clearInterval(id); console.log("end"); }, 35);
setTimeout(() => console.log("no wait"), Infinity);
await null;
setTimeout(() => console.log(new Date() - begun >= 75, new Date(0).getTime(), begun instanceof Date, begun.constructor === Date), 75);`),
    );
    expect(ran.end).toMatchObject({ outcome: "ok" });
    expect(ran.stdout).toBe("no wait\nfive\ntick\ntick\ntick\nend\ntrue 0 true true\n");
  });

  test("tells errors by their lines, also behind await and in promises", async () => {
    const page = await site.open();
    const endOf = async (code: string) => (await page.run(javascript(code))).end;
    expect(await endOf("function half(x) {\n  return x.y.z;\n}\nhalf({});")).toMatchObject({
      outcome: "error",
      fault: {
        line: 2,
        message: expect.stringMatching(/^TypeError/),
        traceback: expect.stringMatching(/at half \(main\.js:2.*\n.*main\.js:4/),
      },
    });
    expect(await endOf("let x = 1;\nlet y = ;")).toMatchObject({
      fault: { line: 2, message: expect.stringMatching(/^SyntaxError/) },
    });
    expect(await endOf("await null;\nthrow new RangeError('late')")).toMatchObject({
      fault: { line: 2, message: "RangeError: late" },
    });
    const main = "async function main() {\n  await null;\n  throw new Error('in main');\n}\nmain();";
    expect(await endOf(main)).toMatchObject({ outcome: "error", fault: { line: 3, message: "Error: in main" } });
    expect(await endOf("setTimeout(() => {\n  throw new Error('timer');\n}, 5)")).toMatchObject({ fault: { line: 2 } });
    expect(await endOf("throw 'words'")).toMatchObject({
      outcome: "error",
      fault: { message: 'The program threw "words".' },
    });
    expect(await endOf("const f = () => f() + 1;\nf()")).toMatchObject({ outcome: "error", fault: { line: 1 } });
  });

  test("asks, runs again with what is answered by the same chance, and tells nothing twice", async () => {
    const page = await site.open();
    const code =
      'const chance = Math.random();\nconsole.log("chance", chance);\nconst a = prompt("One?");\nconsole.log(a);\nconsole.log(input("Two?"), Math.random() === chance);';
    const asking = await page.begin(javascript(code));
    expect(await asking.next("ask")).toEqual({ type: "ask", prompt: "One?" });
    await asking.answer("1");
    expect(await asking.next("ask")).toEqual({ type: "ask", prompt: "Two?" });
    await asking.answer(null);
    expect(await asking.next("end")).toMatchObject({ outcome: "ok" });
    const printed = (await asking.events()).map((event) => (event.type === "output" ? event.text : "")).join("");
    expect(printed).toMatch(/^chance 0\.\d+(e-\d+)?\n1\nnull false\n$/);
  });

  test("has modules of the files beside it, and nothing of the browser", async () => {
    const page = await site.open();
    const files = { "twice.ts": "export const twice = (n: number): number => n * 2;", "data.json": '{"n": 21}' };
    const ran = await page.run(
      javascript(
        'import { twice } from "./twice";\nimport data from "./data.json";\nconsole.log(twice(require("./data.json").n));',
        { files },
      ),
    );
    expect(ran.stdout).toBe("42\n");
    const names =
      '["fetch", "postMessage", "self", "importScripts", "XMLHttpRequest", "WebSocket", "navigator", "indexedDB", "location", "process", "host"]';
    const none = await page.run(javascript(`console.log(${names}.filter((name) => name in globalThis).join());`));
    expect(none.stdout).toBe("\n");
    const made = await page.run(javascript('console.log((() => {}).constructor("return typeof postMessage")())'));
    expect(made.stdout).toBe("undefined\n");
  });

  test.each([
    ["never ends", "console.log('begun'); for (;;);", "too_long"],
    [
      "never comes to the end of its jobs",
      "const again = () => void Promise.resolve().then(again); again();",
      "too_long",
    ],
    ["never comes to the end of its timers", "setInterval(() => {}, 1)", "too_long"],
    ["keeps ever more", "const a = []; for (;;) a.push(new Array(1000).fill(0))", "too_much_memory"],
    [
      "keeps ever more that is to come",
      "const again = () => Promise.resolve().then(again); again();",
      "too_much_memory",
    ],
    ["asks for all at once", "new Uint8Array(2 ** 30)", "too_much_memory"],
    ["prints a million lines", "for (let n = 0; n < 1e6; n++) console.log('line', n)", "too_much_output"],
    ["prints without an end", "for (;;) try { console.log('x'.repeat(100)) } catch {}", "too_much_output"],
  ])("that %s is ended, and the next one runs", async (_, code, outcome) => {
    const page = await site.open();
    const limits = { milliseconds: outcome === "too_long" ? 2_000 : 30_000, output: 5_000 };
    const { end, stdout } = await page.run(javascript(code, { limits }));
    expect(end).toMatchObject({ outcome });
    if (outcome === "too_much_output") expect(stdout.length).toBe(5_000);
    expect((await page.run(javascript("console.log(typeof a, 1)"))).stdout).toBe("undefined 1\n");
  });

  test("is stopped at any moment", async () => {
    const page = await site.open();
    const running = await page.begin(javascript("console.log('begun'); for (;;);"));
    await running.next("output");
    await running.stop();
    expect(await running.next("end")).toMatchObject({ outcome: "stopped" });
  });
});

describe("a program in TypeScript", () => {
  test("runs without its types, and its errors have its own lines", async () => {
    const page = await site.open();
    const code =
      "interface Point {\n  x: number;\n}\n\nenum Kind { A, B }\nconst p: Point = { x: 1 };\nconsole.log(p.x as number, Kind.B);\nthrow new Error('here');";
    const ran = await page.run(typescript(code));
    expect(ran.stdout).toBe("1 1\n");
    expect(ran.end).toMatchObject({ outcome: "error", fault: { line: 8, message: "Error: here" } });
    const wrong = await page.run(typescript("const a: number = 1;\nconst b: = 2;"));
    expect(wrong.end).toMatchObject({
      outcome: "error",
      fault: { line: 2, message: expect.stringMatching(/^SyntaxError/) },
    });
  });
});

describe("tests of a program in JavaScript or TypeScript", () => {
  test("pass or fail one by one, and one that does not come back takes no other with it", async () => {
    const page = await site.open();
    const program = typescript(
      "const add = (a: number, b: number): number => {\n  if (a > 9) throw new Error('large');\n  return a + b;\n};",
      {
        limits: { milliseconds: 2_000 },
      },
    );
    const { results, end } = await page.test(program, [
      {
        name: "adds",
        code: "const x: number = add(1, 2);\nassertEquals([x, { y: new Map([[1, 2]]) }], [3, { y: new Map([[1, 2]]) }]);",
      },
      { name: "differs", code: "const x = add(1, 2);\nassertEquals({ x }, { x: 4 }, 'the sum');" },
      { name: "throws", code: "add(10, 1)" },
      { name: "comes back", code: "for (;;);" },
      { name: "awaits", code: "await null; assert(add(1, 1) === 3, 'not three');" },
      { name: "after all", code: "assert(add(0, 0) === 0)" },
    ]);
    expect(results).toEqual([
      { name: "adds", outcome: "passed" },
      { name: "differs", outcome: "failed", message: "AssertionError: the sum: { x: 3 } is not { x: 4 }.", line: null },
      { name: "throws", outcome: "failed", message: "Error: large", line: 2 },
      { name: "comes back", outcome: "failed", message: "It took too long.", line: null },
      { name: "awaits", outcome: "failed", message: "AssertionError: not three", line: null },
      { name: "after all", outcome: "passed" },
    ]);
    expect(end).toMatchObject({ outcome: "ok" });
    const failed = await page.test(javascript("nothing()"), [{ name: "any", code: "assert(true)" }]);
    expect(failed).toMatchObject({
      results: [{ name: "any", outcome: "not_run" }],
      end: { outcome: "error", fault: { line: 1 } },
    });
  });
});

describe("a program in SQL", () => {
  const database =
    "CREATE TABLE sale (id INTEGER PRIMARY KEY, who TEXT, amount REAL);\nINSERT INTO sale VALUES (1, 'Ada', 10), (2, 'Bo', NULL), (3, 'Ada', 5.5);";
  const sql = (code: string, more: object = {}) => ({ language: "sql" as const, code, database, ...more });

  test("gives a table for each statement that has one, and begins with the question's database each time", async () => {
    const page = await site.open();
    const ran = await page.run(
      sql(
        "SELECT who, sum(amount) AS total FROM sale GROUP BY who;\nDELETE FROM sale;\nSELECT * FROM sale; -- nothing",
      ),
    );
    expect(ran.events.filter(({ type }) => type !== "loading")).toEqual([
      {
        type: "table",
        columns: ["who", "total"],
        rows: [
          ["Ada", 15.5],
          ["Bo", null],
        ],
        total: 2,
      },
      { type: "table", columns: ["id", "who", "amount"], rows: [], total: 0 },
      { type: "end", ms: expect.any(Number), outcome: "ok" },
    ]);
    const again = await page.run(sql("SELECT count(*) n, 9007199254740993 big FROM sale"));
    expect(again.events).toContainEqual({
      type: "table",
      columns: ["n", "big"],
      rows: [[3, "9007199254740993"]],
      total: 1,
    });
  });

  test("tells an error by the line of its statement", async () => {
    const page = await site.open();
    const wrong = await page.run(
      sql("SELECT 1;\n\n-- a word; and\n/* another\n; */ SELECT *\nFROM nowhere;\nSELECT 2"),
    );
    expect(wrong.end).toMatchObject({ outcome: "error", fault: { line: 5, message: "no such table: nowhere" } });
    const broken = await page.run(sql("INSERT INTO sale VALUES (4, 'Cy', 1);\nINSERT INTO sale VALUES (4, 'Di', 2);"));
    expect(broken.end).toMatchObject({
      outcome: "error",
      fault: { line: 2, message: expect.stringMatching(/UNIQUE/) },
    });
  });

  test("that never ends, or gives more than fits, is ended or cut", async () => {
    const page = await site.open();
    const count = (to: string) =>
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n ${to}) SELECT i FROM n`;
    const many = await page.run(sql(count("WHERE i < 1000")));
    const table = many.events.find((event) => event.type === "table");
    expect(table).toMatchObject({ total: 1_000 });
    expect(table?.type === "table" && table.rows.length).toBe(200);
    const endless = await page.run(sql(count(""), { limits: { milliseconds: 1_500 } }));
    expect(endless.end).toMatchObject({ outcome: "too_long" });
    const large = await page.run(
      sql("SELECT length(hex(randomblob(90000000)))", { limits: { memoryBytes: 64 * 1024 * 1024 } }),
    );
    expect(large.end).toMatchObject({ outcome: "too_much_memory" });
    const kept = `CREATE TABLE kept AS ${count("").replace("SELECT i FROM n", "SELECT zeroblob(1000) FROM n")}`;
    const full = await page.run(sql(kept, { limits: { memoryBytes: 32 * 1024 * 1024 } }));
    expect(full.end).toMatchObject({ outcome: "too_much_memory" });
  });

  test("is tested by what must not be: its database, and the rows of its last statement", async () => {
    const page = await site.open();
    const { results } = await page.test(
      sql("UPDATE sale SET amount = 0 WHERE amount IS NULL;\nSELECT who, amount FROM sale ORDER BY id"),
      [
        { name: "no amount is missing", code: "SELECT id FROM sale WHERE amount IS NULL" },
        { name: "three rows", code: "SELECT 1 WHERE (SELECT count(*) FROM answer) <> 3" },
        { name: "large amounts", code: "SELECT who, amount FROM answer WHERE amount < 6" },
        { name: "wrong itself", code: "SELECT * FROM nowhere" },
      ],
    );
    expect(results).toEqual([
      { name: "no amount is missing", outcome: "passed" },
      { name: "three rows", outcome: "passed" },
      { name: "large amounts", outcome: "failed", message: 'It gives 2 rows: [["Bo",0],["Ada",5.5]]', line: null },
      { name: "wrong itself", outcome: "failed", message: "no such table: nowhere", line: null },
    ]);
  });
});
