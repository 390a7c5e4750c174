import { RUN_LIMITS, SentRun } from "@whetstone/shared/workspace/run";
import { describe, expect, test } from "vitest";
import { keptRun } from "../../client/src/room/runs/kept-run.ts";
import { answered, begun, heard, type LiveRun, withResults } from "../../client/src/room/runs/live-run.ts";
import type { RunEnd, RunEvent } from "../../client/src/run/events.ts";

/** What is kept of a run is bounded as the server wants it, whatever the program did. */

const END: RunEnd = { type: "end", outcome: "ok", ms: 12 };
const ran = (...events: RunEvent[]): LiveRun => [...events, END].reduce(heard, begun("run"));
const output = (text: string, stream: "stdout" | "stderr" = "stdout"): RunEvent => ({ type: "output", stream, text });
const whole = async () => null;

/** A PNG's head, and as many bytes as it is told. */
function png(width: number, height: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(new ArrayBuffer(length));
  const head = new DataView(bytes.buffer);
  head.setUint32(0, 0x89504e47);
  head.setUint32(12, 0x49484452);
  head.setUint32(16, width);
  head.setUint32(20, height);
  return bytes;
}
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

async function keptOf(live: LiveRun, shrink: (png: string) => Promise<string | null> = whole) {
  const run = await keptRun(live, "python", shrink);
  if (!run) throw new Error("Nothing is kept.");
  expect(SentRun.safeParse(run).error?.issues).toBeUndefined();
  return run;
}

describe("a run that fits", () => {
  test("is kept as it was, what is printed to one stream together", async () => {
    const run = await keptOf(ran(output("a\n"), output("b\n"), output("no\n", "stderr"), output("c\n")));
    expect(run).toEqual({
      language: "python",
      ms: 12,
      outcome: "ok",
      fault: null,
      pieces: [
        { kind: "printed", isError: false, text: "a\nb\n" },
        { kind: "printed", isError: true, text: "no\n" },
        { kind: "printed", isError: false, text: "c\n" },
      ],
      isCut: false,
      tests: [],
    });
  });

  test("shows what was asked and answered where a terminal shows it", async () => {
    const asking = heard(begun("run"), { type: "ask", prompt: "Who? " });
    const live = heard(answered(asking, "世界"), END);
    expect((await keptOf(live)).pieces).toEqual([{ kind: "printed", isError: false, text: "Who? 世界\n" }]);
  });

  test("has its tests' results, each with why it failed", async () => {
    const live = withResults(ran(), [
      { name: "one", outcome: "passed" },
      { name: "two", outcome: "failed", message: "x".repeat(2_000), line: 3 },
      { name: "three", outcome: "not_run" },
    ]);
    const { tests } = await keptOf(live);
    expect(tests.map(({ outcome, line }) => [outcome, line])).toEqual([
      ["passed", null],
      ["failed", 3],
      ["not_run", null],
    ]);
    expect(tests[1]?.message).toHaveLength(RUN_LIMITS.message);
  });
});

describe("a run that is too large", () => {
  test("keeps the beginning and the end of what it printed, in all pieces together", async () => {
    const lines = Array.from({ length: 4_000 }, (_, n) => `line ${n}\n`);
    const run = await keptOf(ran(...lines.map((line, n) => output(line, n % 50 === 0 ? "stderr" : "stdout"))));
    const text = run.pieces.map((piece) => (piece.kind === "printed" ? piece.text : "")).join("");
    expect(run.isCut).toBe(true);
    expect(text.startsWith("line 0\n")).toBe(true);
    expect(text.endsWith("line 3999\n")).toBe(true);
    expect(text.match(/…/g)).toHaveLength(1);
  });

  test("keeps few tables and rows, and says that there were more", async () => {
    const table: RunEvent = {
      type: "table",
      columns: Array(50).fill("c"),
      rows: Array(200).fill(Array(50).fill("x".repeat(1_000))),
      total: 9_999,
    };
    const { pieces, isCut } = await keptOf(ran(...Array(6).fill(table)));
    expect(pieces).toHaveLength(RUN_LIMITS.tables);
    expect(pieces[0]).toMatchObject({ kind: "table", total: 9_999 });
    expect(isCut).toBe(true);
  });

  test("draws large pictures smaller, and leaves out what stays too large", async () => {
    const small = base64(png(60, 40, 100));
    const large: RunEvent = { type: "image", png: png(4_000, 3_000, 300_000) };
    const drawn = await keptOf(ran(large), async () => small);
    expect(drawn.pieces).toEqual([{ kind: "picture", png: small }]);
    expect(drawn.isCut).toBe(true);
    expect((await keptOf(ran(large))).pieces).toEqual([]);
    const fits: RunEvent = { type: "image", png: png(60, 40, 100) };
    expect((await keptOf(ran(fits, fits, fits))).pieces).toHaveLength(RUN_LIMITS.pictures);
    expect((await keptOf(ran(fits))).isCut).toBe(false);
  });

  test("is bounded in its error too", async () => {
    const fault = { message: "m".repeat(20_000), traceback: "t".repeat(20_000), line: 1 };
    const live = heard(begun("run"), { type: "end", outcome: "error", fault, ms: 1 });
    expect((await keptOf(live)).fault?.message).toHaveLength(RUN_LIMITS.message);
  });
});

test("nothing is kept while it runs, or where nothing could run", async () => {
  expect(await keptRun(heard(begun("run"), output("a")), "python", whole)).toBeNull();
  const failed = heard(begun("run"), { type: "end", outcome: "unavailable", message: "No.", ms: 0 });
  expect(await keptRun(failed, "python", whole)).toBeNull();
});
