import { describe, expect, test } from "vitest";
import { type RunPage, runSite } from "../../support/running.ts";

/** Python in a real browser that reaches our server alone. */

const site = runSite();
const python = (code: string, more: object = {}) => ({ language: "python" as const, code, ...more });

/** A picture of one pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("a program in Python", () => {
  test("prints on both streams, in its order, and says how long it took", async () => {
    const { page, run } = await opened();
    const ran = await run('import sys\nprint("one", 2)\nprint("three", file=sys.stderr)\nprint("four", end="")');
    expect(ran.stdout).toBe("one 2\nfour");
    expect(ran.stderr).toBe("three\n");
    expect(ran.end).toMatchObject({ outcome: "ok" });
    expect(ran.end.ms).toBeGreaterThanOrEqual(0);
    const outputs = ran.events.filter(({ type }) => type === "output");
    expect(outputs.map((event) => event.type === "output" && event.stream).join()).toMatch(
      /^(stdout,)+(stderr,)+stdout$/,
    );
    const loading = ran.events.flatMap((event) => (event.type === "loading" ? [event] : []));
    expect(new Set(loading.map(({ what, of }) => `${what} ${of}`)).size).toBe(1);
    expect(loading.at(-1)?.bytes).toBe(loading.at(-1)?.of);
    expect(loading.length).toBeGreaterThan(1);
    expect(page.person.complaints).toEqual([]);
  });

  test("reads the files beside it, and imports those that are Python", async () => {
    const { run } = await inCommon();
    const files = { "data.csv": "a,b\n1,2\n", "helper.py": "def double(x):\n    return x * 2\n" };
    const ran = await run('from helper import double\nprint(double(21), open("data.csv").read().count(","))', {
      files,
    });
    expect(ran.stdout).toBe("42 2\n");
  });

  test("shows a list of records, a data frame and a picture that are its last value", async () => {
    const { run } = await inCommon();
    const records = await run('[{"a": 1, "b": "x"}, {"a": float("nan"), "c": None}]');
    expect(records.events).toContainEqual({
      type: "table",
      columns: ["a", "b", "c"],
      rows: [
        [1, "x", null],
        ["nan", null, null],
      ],
      total: 2,
    });
    const frame = `
class Columns(list): pass
class Frame:
    columns = ["name", "score"]
    def head(self, n): return self
    def itertuples(self): return iter([(0, "Ada", 3.5)])
    def __len__(self): return 1000
Frame()`;
    expect((await run(frame)).events).toContainEqual({
      type: "table",
      columns: ["", "name", "score"],
      rows: [[0, "Ada", 3.5]],
      total: 1000,
    });
    const many = await run('[{"n": n} for n in range(100_000)]');
    expect(many.events).toContainEqual(expect.objectContaining({ type: "table", total: 100_000 }));
    const picture = `
import base64
class Picture:
    def _repr_png_(self): return base64.b64decode("${PIXEL}")
Picture()`;
    expect((await run(picture)).events.map(({ type }) => type)).toContain("image");
    const bomb = `
import struct
class Picture:
    def _repr_png_(self): return b"\\x89PNG\\r\\n\\x1a\\n" + struct.pack(">I4sII", 13, b"IHDR", 60000, 60000) + b"\\0" * 20
Picture()`;
    expect((await run(bomb)).events.map(({ type }) => type)).not.toContain("image");
  });

  test("tells an error by its line, and its traceback holds the program alone", async () => {
    const { run } = await inCommon();
    const { end } = await run("def half(x):\n    return x / 0\n\nprint(half(4))\n");
    expect(end).toMatchObject({
      outcome: "error",
      fault: {
        message: "ZeroDivisionError: division by zero",
        line: 2,
        traceback: expect.stringMatching(
          /^Traceback[\s\S]*File "main.py", line 4, in <module>[\s\S]*return x \/ 0[\s\S]*ZeroDivisionError/,
        ),
      },
    });
    expect(JSON.stringify(end)).not.toMatch(/harness|pyodide|\/lib\//);
    const wrong = await run("x = 1\nif x\n    print(x)\n");
    expect(wrong.end).toMatchObject({ outcome: "error", fault: { line: 2, message: "SyntaxError: expected ':'" } });
    expect(JSON.stringify(wrong.end)).not.toMatch(/harness|pyodide/);
    const within = await run("import helper\n\nhelper.fail()", {
      files: { "helper.py": "def fail():\n    raise KeyError('k')\n" },
    });
    expect(within.end).toMatchObject({ outcome: "error", fault: { line: 3, message: "KeyError: 'k'" } });
    const chained = await run("try:\n    {}['a']\nexcept KeyError:\n    raise ValueError('no a')");
    expect(chained.end).toMatchObject({ fault: { line: 4, traceback: expect.stringContaining("During handling") } });
    expect(JSON.stringify(chained.end)).not.toMatch(/harness|pyodide/);
    const deep = await run("def f(): return f()\nf()");
    expect(deep.end).toMatchObject({
      outcome: "error",
      fault: { line: 1, message: expect.stringMatching(/^RecursionError/) },
    });
  });

  test("ends by itself as it says", async () => {
    const { run } = await inCommon();
    expect((await run("exit()")).end.outcome).toBe("ok");
    expect((await run("import sys; sys.exit('bad')")).end).toMatchObject({
      outcome: "error",
      fault: { message: "SystemExit: bad" },
    });
  });

  test("says of a package that the server does not have how it could have it", async () => {
    const { run } = await inCommon();
    expect((await run("import numpy as np")).end).toMatchObject({
      outcome: "error",
      fault: {
        line: 1,
        message: "NumPy is not installed on this server. Whoever runs it can add it with `npm run python-packages`.",
      },
    });
    expect((await run("from sklearn.svm import SVC")).end).toMatchObject({
      fault: { message: expect.stringContaining("`npm run python-packages -- scikit-learn`") },
    });
    expect((await run("import nothing_like_it")).end).toMatchObject({
      fault: { message: "ModuleNotFoundError: No module named 'nothing_like_it'" },
    });
  });
});

describe("a program in Python that asks", () => {
  test("goes on with what is answered, and the time that it waits does not count", async () => {
    const [{ page }, other] = [await inCommon(), await opened()];
    const limits = { milliseconds: 1_000 };
    const asking = await page.begin(
      python('name = input("Who? ")\nprint(f"Hello, {name}!")\nprint(input())', { limits }),
    );
    expect(await asking.next("ask")).toEqual({ type: "ask", prompt: "Who? " });
    expect((await other.run("while True: pass", { limits })).end.outcome).toBe("too_long");
    await asking.answer("Ada");
    expect(await asking.next("ask")).toEqual({ type: "ask", prompt: "" });
    await asking.answer("bye");
    expect(await asking.next("end")).toMatchObject({ outcome: "ok" });
    const printed = (await asking.events()).flatMap((event) => (event.type === "output" ? event.text : []));
    expect(printed.join("")).toBe("Hello, Ada!\nbye\n");
  });

  test("comes to the end of its input, and reads lines until then", async () => {
    const { page } = await inCommon();
    const asking = await page.begin(python("import sys\nprint([line.strip() for line in sys.stdin])\ninput()"));
    for (const line of ["a", "b", null]) {
      await asking.next("ask");
      await asking.answer(line);
    }
    await asking.next("ask");
    await asking.answer(null);
    expect(await asking.next("end")).toMatchObject({
      outcome: "error",
      fault: { line: 3, message: expect.stringMatching(/^EOFError/) },
    });
    expect(await asking.events()).toContainEqual({ type: "output", stream: "stdout", text: "['a', 'b']" });
  });
});

describe("a program in Python that asks in a browser that puts no stack aside", () => {
  test("runs again from its start with what was answered, by the same chance, and nothing is told twice", async () => {
    const { page } = await opened();
    const scripts: string[] = [];
    await page.page.route(/\/assets\/python-[^/]*\.js$/, async (route) => {
      const answer = await route.fetch();
      scripts.push(route.request().url());
      await route.fulfill({
        response: answer,
        body: `delete WebAssembly.Suspending; delete WebAssembly.promising; ${await answer.text()}`,
      });
    });
    const code = `
import random
chance = random.random()
print("begun")
name = input("Who? ")
print("Hello", name, random.random() != chance)
print("And", input("More? "))
[{"b": 2}]`;
    const asking = await page.begin(python(code));
    expect(await asking.next("ask")).toEqual({ type: "ask", prompt: "Who? " });
    await asking.answer("Ada");
    expect(await asking.next("ask")).toEqual({ type: "ask", prompt: "More? " });
    await asking.answer("that");
    expect(await asking.next("end")).toMatchObject({ outcome: "ok" });
    const events = (await asking.events()).filter(({ type }) => type !== "loading" && type !== "ask");
    const printed = events.map((event) => (event.type === "output" ? event.text : "")).join("");
    expect(printed).toBe("begun\nHello Ada True\nAnd that\n");
    expect(events.filter(({ type }) => type === "table")).toHaveLength(1);
    expect(scripts).toHaveLength(1);
  });
});

describe("the next program in Python", () => {
  test("finds nothing of the one before, and the interpreter was fetched once", async () => {
    const { page, run } = await opened();
    await run('x = 1\nimport math, builtins\nmath.pi = 3\nbuiltins.print = None\nopen("left", "w").write("x")');
    const { stdout, end } = await run(
      'import math, os\nprint("x" in globals(), round(math.pi, 2), os.path.exists("left"))',
    );
    expect(end).toMatchObject({ outcome: "ok" });
    expect(stdout).toBe("False 3.14 False\n");
    const wasm = page.person.requested.filter((address) => address.endsWith(".wasm"));
    expect(wasm).toHaveLength(1);
    expect(page.person.requested.filter((address) => !address.startsWith(site.site().url))).toEqual([]);
  });
});

describe("a program in Python that goes too far", () => {
  test.each([
    ["never ends", "while True: pass"],
    ["never ends and catches all", "while True:\n  try:\n    while True: pass\n  except BaseException: pass"],
  ])("and %s takes the time that it may, and the page answers meanwhile", async (_, code) => {
    const { page, run } = await inCommon();
    const running = await page.begin(python(`print("begun")\n${code}`, { limits: { milliseconds: 1_500 } }));
    expect(await running.next("output")).toMatchObject({ text: "begun" });
    expect(await page.page.evaluate(() => 1 + 1)).toBe(2);
    expect(await running.next("end")).toMatchObject({ outcome: "too_long" });
    expect((await run("print(1)")).stdout).toBe("1\n");
  });

  test("is stopped at any moment, and its worker is gone", async () => {
    const { page, run } = await opened();
    const running = await page.begin(python('print("begun")\nwhile True: pass'));
    await running.next("output");
    const [worker] = page.page.workers();
    const gone = new Promise((resolve) => worker?.once("close", resolve));
    await running.stop();
    expect(await running.next("end")).toMatchObject({ outcome: "stopped" });
    await gone;
    const asking = await page.begin(python("input()"));
    await asking.next("ask");
    await asking.stop();
    expect(await asking.next("end")).toMatchObject({ outcome: "stopped" });
    const loading = await page.begin(python("print(1)"));
    await loading.stop();
    expect(await loading.next("end")).toMatchObject({ outcome: "stopped" });
    expect((await run("print(1)")).stdout).toBe("1\n");
  });

  test.each([
    ["keeps ever more", "a = []\nwhile True: a.append(bytearray(1_000_000))"],
    ["asks for all at once", "x = 'x' * 10**9"],
  ])("and %s is told that there is no more memory", async (_, code) => {
    const { run } = await inCommon();
    const limits = { memoryBytes: 96 * 1024 * 1024 };
    expect((await run(code, { limits })).end).toMatchObject({ outcome: "too_much_memory" });
    expect((await run("print(1)", { limits })).stdout).toBe("1\n");
  });

  test.each([
    ["in one file", 'f = open("f", "wb")\nwhile True: f.write(bytes(1_000_000))'],
    ["in ever more files", 'n = 0\nwhile True:\n  n += 1\n  open(f"f{n}", "wb").write(bytes(1_000_000))'],
    ["of a file that is made longer", 'f = open("f", "wb")\nf.truncate(10**9)'],
  ])("and writes without end %s finds its disk full", async (_, code) => {
    const { run } = await inCommon();
    const { end } = await run(code, { limits: { memoryBytes: 96 * 1024 * 1024 } });
    expect(end).toMatchObject({
      outcome: "error",
      fault: { message: expect.stringMatching(/No space left on device/) },
    });
  });

  test.each([
    ["a million lines", 'for n in range(1_000_000): print("line", n)'],
    ["without lines", 'while True: print("x", end="")'],
    ["and catches all", 'while True:\n  try: print("x")\n  except BaseException: pass'],
    ["on the other stream", 'import sys\nwhile True: sys.stderr.write("x" * 1000)'],
    ["all at once", 'print("x" * 10_000_000)'],
  ])("and prints %s is ended, and what it printed came in few messages", async (_, code) => {
    const { run } = await inCommon();
    const { events, end, stdout, stderr } = await run(code, { limits: { output: 20_000 } });
    expect(end).toMatchObject({ outcome: "too_much_output" });
    expect(stdout.length + stderr.length).toBe(20_000);
    expect(events.length).toBeLessThan(6_000);
  });
});

describe("tests of a program in Python", () => {
  const tests = [
    { name: "adds", code: "assert add(1, 2) == 3" },
    { name: "adds words", code: "x = add('a', 'b')\nassert x == 'ba', x" },
    { name: "adds nothing", code: "add(None, None)" },
    { name: "comes back", code: "while True: pass" },
    { name: "after all", code: "assert add(0, 0) == 0\nassert __name__ == '__main__'" },
  ];

  test("pass or fail one by one, and one that does not come back takes no other with it", async () => {
    const { page } = await inCommon();
    const program = python("def add(a, b):\n    return a + b\n", { limits: { milliseconds: 1_000 } });
    const { results, end } = await page.test(program, tests);
    expect(results).toEqual([
      { name: "adds", outcome: "passed" },
      { name: "adds words", outcome: "failed", message: "AssertionError: ab", line: null },
      { name: "adds nothing", outcome: "failed", message: expect.stringMatching(/^TypeError/), line: 2 },
      { name: "comes back", outcome: "failed", message: "It took too long.", line: null },
      { name: "after all", outcome: "passed" },
    ]);
    expect(end).toMatchObject({ outcome: "ok" });
  });

  test("do not run where the program does not come to its end", async () => {
    const { page } = await inCommon();
    const failed = await page.test(python("1 / 0"), tests);
    expect(failed.results.map(({ outcome }) => outcome)).toEqual(Array(5).fill("not_run"));
    expect(failed.end).toMatchObject({ outcome: "error", fault: { line: 1 } });
    const asking = await page.test(python("input()"), tests);
    expect(asking.end).toMatchObject({ outcome: "error", fault: { message: expect.stringMatching(/^EOFError/) } });
    const endless = await page.test(python("while True: pass", { limits: { milliseconds: 500 } }), tests);
    expect(endless.results.map(({ outcome }) => outcome)).toEqual(Array(5).fill("not_run"));
    expect(endless.end).toMatchObject({ outcome: "too_long" });
  });
});

/** The window that tests share; programs share nothing. */
const inCommon = async () => withPython(await site.common());

/** A window of the test's own. */
const opened = async () => withPython(await site.open());

const withPython = (page: RunPage) => ({
  page,
  run: (code: string, more: object = {}) => page.run(python(code, more)),
});
