import { isRun } from "@whetstone/shared/workspace/language";
import { RUN_LIMITS, type Run, SentRun } from "@whetstone/shared/workspace/run";
import { describe, expect, test } from "vitest";
import { aRun, livePanelRoom, MINUTE, type Room, refusalOf } from "../support/domain.ts";

/** Who keeps a run with an ask, who sees it, and how much of it. */

const passed = { outcome: "passed", message: "", line: null } as const;
const failed = { outcome: "failed", message: "3 is not 4", line: 7 } as const;
const keep = (askId: string, change: Partial<Run> = {}) => ({ type: "keepRun", askId, run: aRun(change) }) as const;
const check = (askId: string, change: Partial<Run> = {}) => ({ type: "keepCheck", askId, run: aRun(change) }) as const;

/** A panel's room whose open question brings tests, and whose closed one too. */
function asked() {
  const panel = livePanelRoom();
  const closed = panel.room.push("first-question");
  const open = panel.room.push("third-question");
  const { workspace } = panel.room.asks.find(({ askId }) => askId === open)?.question ?? {};
  if (!workspace) throw new Error("The question brings no workspace.");
  const { language, tests } = workspace;
  if (!isRun(language)) throw new Error("The question is not run.");
  const visible = tests.filter((one) => one.visible).map(({ name }) => name);
  expect(visible.length).toBeGreaterThan(0);
  expect(visible.length).toBeLessThan(tests.length);
  return { ...panel, closed, open, language, names: tests.map(({ name }) => name), visible };
}

const ranIn = (room: Room, seatId: string) => room.candidateView(seatId).ask?.lastRun;
const panelAskOf = (room: Room, seatId: string, askId: string) =>
  room.panelView(seatId).asks.find((ask) => ask.askId === askId);

describe("a run", () => {
  test("stands with its ask for everybody, with the tests that the candidate has, until the next one", () => {
    const { room, host, ann, candidate, observer, open, language, visible } = asked();
    room.wait(2 * MINUTE);
    room.must(candidate, keep(open, { language: "javascript" }));
    room.must(candidate, keep(open, { language, tests: visible.map(() => failed), outcome: "error" }));
    const shown = {
      seatId: candidate,
      elapsedMs: 2 * MINUTE,
      outcome: "error",
      tests: visible.map((name) => ({ name, isHidden: false, ...failed })),
    };
    expect(ranIn(room, candidate)).toMatchObject(shown);
    for (const seatId of [host, ann]) expect(panelAskOf(room, seatId, open)?.lastRun).toMatchObject(shown);
    expect(JSON.stringify(room.view(observer))).toContain("3 is not 4");
    expect(ranIn(room, candidate)).not.toHaveProperty("given");
  });

  test("is kept by who may write in the sheet, and by no observer", () => {
    const { room, host, ann, candidate, observer, open, closed } = asked();
    for (const seatId of [host, ann, candidate]) expect(refusalOf(room.act(seatId, keep(open)))).toBeNull();
    expect(refusalOf(room.act(observer, keep(open)))).toBe("wrong_seat");
    expect(refusalOf(room.act(candidate, keep(closed)))).toBeNull();
    for (const seatId of [host, ann]) expect(refusalOf(room.act(seatId, keep(closed)))).toBe("wrong_phase");
    room.must(host, { type: "letEdit", panel: false });
    expect(refusalOf(room.act(ann, keep(open)))).toBe("wrong_phase");
    expect(refusalOf(room.act(candidate, keep("a_000000000000")))).toBe("unknown_ask");
    room.must(host, { type: "end" });
    expect(refusalOf(room.act(candidate, keep(open)))).toBe("wrong_phase");
  });

  test("has the results of all the tests that its runner was given, or of none", () => {
    const { room, ann, candidate, open, language, names, visible } = asked();
    const results = (n: number) => ({ language, tests: Array.from({ length: n }, () => passed) });
    expect(refusalOf(room.act(candidate, keep(open, results(0))))).toBeNull();
    expect(refusalOf(room.act(candidate, keep(open, results(names.length))))).toBe("malformed");
    expect(refusalOf(room.act(ann, check(open, results(visible.length))))).toBe("malformed");
    expect(refusalOf(room.act(ann, check(open, results(names.length))))).toBeNull();
    const other = language === "sql" ? "python" : "sql";
    expect(refusalOf(room.act(candidate, keep(open, { ...results(visible.length), language: other })))).toBe(
      "malformed",
    );
  });
});

describe("a check", () => {
  test("is the panel's alone, and possible after the end too", () => {
    const { room, host, ann, candidate, open, closed, language, names } = asked();
    expect(refusalOf(room.act(candidate, check(open)))).toBe("wrong_seat");
    room.must(ann, check(open, { language, tests: names.map(() => passed) }));
    room.must(ann, check(closed));
    const { lastRun, lastCheck } = panelAskOf(room, host, open) ?? {};
    expect(lastRun).toBeUndefined();
    expect(lastCheck?.tests.map(({ name }) => name)).toEqual(names);
    expect(lastCheck?.tests.some(({ isHidden }) => isHidden)).toBe(true);
    const seen = JSON.stringify(room.view(candidate));
    expect(seen).not.toContain("lastCheck");
    expect(seen).not.toContain("0.42");
    room.must(host, { type: "end" });
    room.must(ann, check(open));
    expect(JSON.stringify(room.view(candidate))).not.toContain("0.42");
  });
});

describe("what is sent of a run", () => {
  const printed = (length: number) => ({ kind: "printed", isError: false, text: "x".repeat(length) }) as const;
  const picture = (png: string) => ({ kind: "picture", png }) as const;
  const table = (rows: number, columns = 1) => ({
    kind: "table" as const,
    columns: ["a"],
    rows: Array(rows).fill(Array(columns).fill(1)),
    total: rows,
  });
  const png = (width: number, height: number, more = 0) => {
    const bytes = Buffer.alloc(33 + more);
    bytes.writeUInt32BE(0x89504e47, 0);
    bytes.write("IHDR", 12);
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return bytes.toString("base64");
  };
  const PNG = png(640, 480);

  test("is taken up to what is kept of one", () => {
    const pieces = [printed(RUN_LIMITS.printed), picture(PNG), picture(PNG), table(RUN_LIMITS.rows)];
    expect(SentRun.safeParse(aRun({ pieces })).success).toBe(true);
  });

  test.each([
    ["more letters", [printed(RUN_LIMITS.printed - 1), printed(2)]],
    ["more pieces", Array(RUN_LIMITS.pieces + 1).fill(printed(1))],
    ["more pictures", Array(RUN_LIMITS.pictures + 1).fill(picture(PNG))],
    ["a larger picture", [picture(png(640, 480, RUN_LIMITS.picture))]],
    ["a picture that is none", [picture("PHN2Zz48L3N2Zz4=")]],
    ["a picture of too many pixels", [picture(png(60_000, 60_000))]],
    ["a picture of no pixels", [picture(png(0, 480))]],
    ["a picture with words in it", [picture(`${PNG}"onload=`)]],
    ["more tables", Array(RUN_LIMITS.tables + 1).fill(table(1))],
    ["more rows", [table(RUN_LIMITS.rows + 1)]],
    ["more columns", [table(1, RUN_LIMITS.columns + 1)]],
  ])("is refused with %s", (_, pieces) => {
    expect(SentRun.safeParse(aRun({ pieces })).success).toBe(false);
  });
});
