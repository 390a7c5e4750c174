import type { Command } from "@whetstone/shared/room/command";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { RoomExport } from "../../server/src/export/room-export.ts";
import { newId, type Seat } from "../support/seats.ts";
import { Clock, liveHouse, type RoomOptions, startServer } from "../support/server.ts";

const FORMATS = ["json", "md", "csv"] as const;
type Format = (typeof FORMATS)[number];

const exportOf = (seat: Seat, format: Format) => seat.fetch(`/api/room/export.${format}`);

async function jsonOf(seat: Seat): Promise<RoomExport> {
  const answer = await exportOf(seat, "json");
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  return RoomExport.parse(answer.body);
}

async function markdownOf(seat: Seat): Promise<string> {
  const answer = await exportOf(seat, "md");
  expect(answer.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  return answer.text;
}

async function csvOf(seat: Seat): Promise<Record<string, string>[]> {
  const answer = await exportOf(seat, "csv");
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  return csvRows(answer.text);
}

/** The rows of a CSV after RFC 4180, each as a record by the names in the first. A byte-order mark was taken off by `fetch`. */
function csvRows(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (at >= text.length) throw new Error("A quoted cell does not end.");
        if (text[at] === '"') at += 1;
        cell += text[at];
      }
      at += 1;
    } else {
      while (at < text.length && !/[",\r\n]/.test(text[at] ?? "")) cell += text[at++];
    }
    rows.at(-1)?.push(cell);
    if (text[at] === ",") {
      at += 1;
      if (at === text.length) rows.at(-1)?.push("");
    } else if (text.startsWith("\r\n", at)) {
      at += 2;
      if (at < text.length) rows.push([]);
    } else if (at < text.length) throw new Error(`Neither a comma nor a line's end at ${at}.`);
  }
  const [header = [], ...others] = rows;
  return others.map((cells) => {
    expect(cells).toHaveLength(header.length);
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""]));
  });
}

/** The rows of the tables in a Markdown document, without their heads. */
const tableRows = (markdown: string): string[][] =>
  markdown
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (Question|---) \|/.test(line))
    .map((line) =>
      line
        .slice(2, -2)
        .split(" | ")
        .map((cell) => cell.replaceAll("\\|", "|")),
    );

/** What Markdown and CSV write on one line: white space shortened. */
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** The text of a cell without the apostrophe that keeps a spreadsheet from calculating it. */
const written = (cell: string | undefined) => cell?.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, "");

const note = (text: string, askId: string | null, evidenceFor: string | null = null): Command => ({
  type: "writeNote",
  noteId: newId("n"),
  askId,
  text,
  mark: evidenceFor ? "strength" : null,
  evidenceFor,
  ageMs: 0,
});

/** An interview with two asks that has ended; everybody of the panel has scored, nobody has submitted. */
async function scoredHouse(options: RoomOptions = {}) {
  const clock = new Clock();
  const server = await startServer({ now: clock.now });
  const house = await liveHouse(server, { kitId: "test-kit", ...options });
  const { room, host, ines, ivan, candidate } = house;
  clock.advance(60_000);
  const first = await room.push("first-question");
  await candidate.until((view) => view.role === "candidate" && view.ask !== null);
  await candidate.must({ type: "writeAnswer", askId: first, text: "The first answer." });
  await host.must({ type: "reveal", askId: first, kind: "hint", index: 0 });
  for (const [seat, level] of [
    [host, 1],
    [ines, 2],
    [ivan, 3],
  ] as const) {
    const { name } = seat.view.you;
    await seat.must({ type: "rate", askId: first, criterionId: "depth", level });
    await seat.must({ type: "rate", askId: first, criterionId: "communication", level: 4 });
    await seat.must(note(`Evidence of ${name}`, first, "depth"));
    await seat.must(note(`More evidence of ${name},\nwith "quotes"`, first, "depth"));
    await seat.must(note(`Aside of ${name}`, null));
    await seat.must({ type: "tick", askId: first, keyPoint: 1, heard: true });
    await seat.must({ type: "writeSummary", text: `Summary of ${name}` });
    await seat.must({ type: "recommend", recommendation: level > 1 ? "yes" : "strong_no" });
  }
  clock.advance(90_000);
  await host.must({ type: "push", source: { kind: "typed", prompt: "# Not a heading\n\n- Why?", minutes: 3 } });
  const second = host.openAsk.askId;
  await ines.until((view) => view.role === "interviewer" && view.openAskId === second);
  await ines.must({ type: "rate", askId: second, criterionId: "substance", level: 1 });
  clock.advance(30_000);
  await host.must({ type: "end" });
  for (const seat of [host, ines, ivan]) await seat.until((view) => view.room.phase === "ended");
  return { ...house, clock, first, second };
}

describe("an export", () => {
  test("is JSON that its published schema accepts, and nothing else", async () => {
    const { host, ines, first, second, clock } = await scoredHouse();
    const served = await ines.fetch("/api/schemas/room-export-1.json");
    expect(served.status).toBe(200);
    expect(served.body).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object" });
    const schema = z.fromJSONSchema(served.body as Parameters<typeof z.fromJSONSchema>[0]);
    for (const seat of [host, ines]) {
      const exported = (await exportOf(seat, "json")).body;
      expect(schema.safeParse(exported).error).toBeUndefined();
      expect(RoomExport.parse(exported)).toEqual(exported);
      expect(schema.safeParse({ ...(exported as object), extra: 1 }).success).toBe(false);
      expect(schema.safeParse({ ...(exported as object), version: 2 }).success).toBe(false);
    }

    const exported = await jsonOf(ines);
    expect(exported).toMatchObject({
      format: "whetstone-room",
      version: 1,
      exportedAt: new Date(clock.now()).toISOString(),
      exportedBy: "Ines Interviewer",
      room: {
        title: "A test room",
        candidate: "Cleo Candidate",
        phase: "ended",
        minutes: 45,
        usedMs: 180_000,
        startedAt: "2026-01-05T09:00:00.000Z",
        endedAt: "2026-01-05T09:03:00.000Z",
      },
      plan: [
        { questionId: "first-question", minutes: 4, asked: true },
        { questionId: "second-question", minutes: 7, asked: false },
      ],
      asks: [
        {
          number: 1,
          askId: first,
          planned: true,
          deviation: "none",
          askedAtMs: 60_000,
          openMs: 90_000,
          revealed: [{ kind: "hint", text: "⟦first-question: hint 0⟧", elapsedMs: 60_000 }],
          answer: "The first answer.",
        },
        { number: 2, askId: second, planned: false, deviation: "not_in_plan", askedAtMs: 150_000, openMs: 30_000 },
      ],
    });
    const [own] = exported.scorecards;
    expect(own).toMatchObject({
      rater: "Ines Interviewer",
      own: true,
      submittedAt: null,
      recommendation: "yes",
      summary: "Summary of Ines Interviewer",
      heard: [{ askId: first, keyPoints: ["⟦first-question rubric: key point 1⟧"] }],
    });
    expect(own?.ratings.map(({ askNumber, criterionId, level }) => [askNumber, criterionId, level])).toEqual([
      [1, "depth", 2],
      [1, "communication", 4],
      [2, "substance", 1],
    ]);
    expect(own?.ratings[0]).toMatchObject({
      anchor: "⟦first-question rubric: depth at 2⟧",
      question: "⟦first-question rubric: title⟧",
    });
    expect(own?.ratings[0]?.evidence).toEqual(own?.notes.slice(0, 2).map(({ noteId }) => noteId));
    expect(own?.notes.map(({ text }) => text)).toContain("Aside of Ines Interviewer");
  });

  test("holds the same ratings and notes in each format", async () => {
    const { host, ines, ivan } = await scoredHouse();
    for (const seat of [ines, ivan, host]) await seat.must({ type: "submitScorecard" });
    await host.until((view) => view.role === "host" && view.others.length === 2);
    for (const seat of [host, ines, ivan]) {
      const { scorecards } = await jsonOf(seat);
      const markdown = await markdownOf(seat);
      const csv = await csvOf(seat);
      expect(scorecards).toHaveLength(3);

      const ratings = scorecards.flatMap((scorecard) =>
        scorecard.ratings.map((rating) => ({ ...rating, rater: scorecard.rater, notes: scorecard.notes })),
      );
      expect(ratings).toHaveLength(7);
      expect(
        csv.map(({ rater, ask, question, criterion_id, criterion, level, anchor, evidence }) => [
          rater,
          ask,
          written(question),
          criterion_id,
          criterion,
          level,
          anchor,
          evidence,
        ]),
      ).toEqual(
        ratings.map(({ rater, askNumber, question, criterionId, criterion, level, anchor, evidence, notes }) => [
          rater,
          String(askNumber),
          question,
          criterionId,
          criterion,
          String(level),
          anchor,
          notes
            .filter(({ noteId }) => evidence.includes(noteId))
            .map(({ text }) => text)
            .join("\n\n"),
        ]),
      );
      expect(tableRows(markdown)).toEqual(
        ratings.map(({ askNumber, question, criterion, level, anchor }) => [
          `${askNumber}. ${oneLine(question)}`,
          criterion,
          String(level),
          anchor,
        ]),
      );
      for (const { rater, summary, notes } of scorecards) {
        const chapter = markdown.split(`## Scorecard of ${rater}\n`)[1]?.split("\n## ")[0] ?? "";
        expect(chapter).toContain(`> ${summary}`);
        for (const { text } of notes) expect(chapter).toContain(`: ${oneLine(text)}\n`);
      }
    }
  });

  test("is CSV as spreadsheets read it: a byte-order mark, and lines that end with CRLF", async () => {
    const { room, ines } = await scoredHouse();
    const response = await fetch(`${room.server.url}/api/room/export.csv`, {
      headers: { authorization: `Bearer ${ines.token}` },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = bytes.toString("utf8");
    expect(text.endsWith("\r\n")).toBe(true);
    const [header] = text.slice(1).split("\r\n");
    expect(header).toBe(
      "room,candidate,for_role,rater,recommendation,submitted_at,ask,question_id,question,criterion_id,criterion,level,anchor,evidence",
    );
  });

  test("of a room without a rating is well-formed in each format", async () => {
    const server = await startServer();
    const room = await server.openRoom({ candidateName: null });
    expect(await csvOf(room.host)).toEqual([]);
    expect((await jsonOf(room.host)).scorecards).toMatchObject([{ own: true, ratings: [], notes: [] }]);
    const markdown = await markdownOf(room.host);
    expect(markdown).toMatch(/^# A test room\n/);
    expect(markdown).not.toMatch(/undefined|null|NaN|\[object/);
  });
});

describe("what people write", () => {
  const FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1:A9)", '=HYPERLINK("http://evil.example","click")', "＝1+1"];

  test("is no formula in the CSV", async () => {
    const server = await startServer();
    const room = await server.openRoom({
      title: '=HYPERLINK("http://evil.example","x")',
      candidateName: "+49",
      forRole: "@SUM(A1)",
      hostName: "-Hana",
    });
    const candidate = await room.join("candidate", "=cmd|' /C calc'!A0");
    await room.start(candidate);
    for (const prompt of FORMULAS) {
      await room.host.must({ type: "push", source: { kind: "typed", prompt, minutes: 1 } });
      const { askId } = room.host.openAsk;
      await room.host.must({ type: "rate", askId, criterionId: "substance", level: 1 });
      await room.host.must(note(prompt, askId, "substance"));
    }
    await room.push("first-question");
    const { askId } = room.host.openAsk;
    await room.host.must({ type: "rate", askId, criterionId: "depth", level: 1 });
    await room.host.must(note("\t=1", askId, "depth"));
    const rows = await csvOf(room.host);
    expect(rows).toHaveLength(FORMULAS.length + 1);
    for (const row of rows) {
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
    }
    expect(rows.slice(0, -1).map(({ question }) => written(question))).toEqual(FORMULAS);
    expect(written(rows.at(-1)?.evidence)).toBe("\t=1");
    expect(written(rows[0]?.candidate)).toBe("=cmd|' /C calc'!A0");
    expect(written(rows[0]?.room)).toBe('=HYPERLINK("http://evil.example","x")');
  });

  test.each(["one\ntwo", "one\rtwo", "one\r\ntwo", "harmless\n=2+2", 'a "quote", a comma', '"', "\n", " padded "])(
    "is one cell of the CSV: %j",
    async (text) => {
      const server = await startServer();
      const { room, host } = await liveHouse(server);
      const askId = await room.push("first-question");
      await host.must({ type: "rate", askId, criterionId: "depth", level: 1 });
      await host.must(note(text, askId, "depth"));
      const rows = await csvOf(host);
      expect(rows.map(({ evidence }) => evidence)).toEqual([text]);
    },
  );

  test("is kept in every script", async () => {
    const server = await startServer();
    const names = {
      title: "مقابلة لوظيفة مهندس تعلّم الآلة",
      forRole: "机器学习工程师",
      hostName: "Hana 👩🏽‍🔬",
    };
    const room = await server.openRoom(names);
    const interviewer = await room.join("interviewer", "王伟");
    const candidate = await room.join("candidate", "مريم العلي");
    await room.start(candidate);
    const askId = await room.push("first-question");
    await candidate.must({ type: "writeAnswer", askId, text: "答案 🏁 جواب" });
    await interviewer.must({ type: "rate", askId, criterionId: "depth", level: 3 });
    await interviewer.must(note("清楚 👍 واضح", askId, "depth"));
    const expected = [...Object.values(names), "王伟", "مريم العلي", "清楚 👍 واضح"];
    for (const format of ["json", "md"] as const) {
      const { text } = await exportOf(interviewer, format);
      for (const each of [...expected, "答案 🏁 جواب"]) expect(text).toContain(each);
    }
    const [row] = await csvOf(interviewer);
    expect(row).toMatchObject({
      room: names.title,
      candidate: "مريم العلي",
      for_role: names.forRole,
      rater: "王伟",
      evidence: "清楚 👍 واضح",
    });
  });

  test.each([
    ["../../../etc/passwd", "../.."],
    ["C:\\Windows\\System32", "NUL"],
    ['"; filename="evil.exe', "a\r\nset-cookie: x=1"],
    ["=1+1", "%2e%2e%2f"],
    ["مقابلة", "王伟"],
    ["x".repeat(120), "y".repeat(80)],
    ["....", "----"],
  ])("makes a file's name of plain letters: %s", async (title, candidateName) => {
    const server = await startServer();
    const { host } = await server.openRoom({ title, candidateName });
    for (const format of FORMATS) {
      const answer = await exportOf(host, format);
      expect(answer.status).toBe(200);
      const [, name = ""] = /^attachment; filename="(.*)"$/.exec(answer.headers.get("content-disposition") ?? "") ?? [];
      expect(name).toMatch(new RegExp(`^whetstone-[a-z0-9]+(-[a-z0-9]+)*-?\\.${format}$`));
      expect(name.length).toBeLessThan(90);
      expect(answer.headers.get("set-cookie")).toBeNull();
    }
    expect((await jsonOf(host)).room.title).toBe(title);
  });

  test.each([
    "```",
    "```\n# Not a heading\n```",
    "`````\n````\n```js\nx\n```",
    "~~~\ntilde\n~~~",
    "` one ``` three",
    "    indented\n\ttabbed",
  ])("stays in its block in the Markdown: %j", async (text) => {
    const server = await startServer();
    const { room, host, candidate } = await liveHouse(server);
    const askId = await room.push("first-question");
    await candidate.until((view) => view.role === "candidate" && view.ask !== null);
    await candidate.must({ type: "writeAnswer", askId, text });
    await host.time();
    const markdown = await markdownOf(host);
    const [, fence = "", answer] = /\n(`{3,})text\n([\s\S]*?)\n\1\n/.exec(markdown) ?? [];
    expect(answer).toBe(text);
    const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
    expect(fence.length).toBeGreaterThan(Math.max(0, ...runs));
    expect((await jsonOf(host)).asks[0]?.answer).toBe(text);
  });

  test("makes no chapter of its own in the Markdown", async () => {
    const server = await startServer();
    const room = await server.openRoom({ title: "A\n# Title", forRole: "x\n## Role", hostName: "H\n## Host" });
    const candidate = await room.join("candidate", "C\n# Candidate");
    await room.start(candidate);
    await room.host.must({
      type: "push",
      source: { kind: "typed", prompt: "# Prompt\n\n## Of lines\n| a | b |", minutes: 1 },
    });
    const { askId } = room.host.openAsk;
    await room.host.must({ type: "rate", askId, criterionId: "substance", level: 2 });
    await room.host.must(note("## Scorecard of somebody else\n\n| forged | row | 4 | x |", askId, "substance"));
    await room.host.must({ type: "writeSummary", text: "# Summary\r\n## Strong yes\n\n---" });
    await candidate.must({ type: "writeAnswer", askId, text: "## Answer" });
    await room.host.time();
    const markdown = await markdownOf(room.host);
    const unfenced = markdown.replace(/\n(`{3,})text\n[\s\S]*?\n\1\n/g, "\n");
    expect(unfenced.split(/[\r\n\u2028\u2029]/).filter((line) => /^ {0,3}#/.test(line))).toEqual([
      "# C # Candidate",
      "## Questions",
      "### 1. # Prompt",
      "## Scorecard of H ## Host",
    ]);
    expect(tableRows(markdown)).toHaveLength(1);
    expect(unfenced.split("\n").filter((line) => line.startsWith("|"))).toHaveLength(3);
  });
});

describe("who may export what", () => {
  test("neither a candidate nor an observer, in any format and at any time", async () => {
    const { room, host, candidate, observer, ines } = await scoredHouse();
    const refuse = async () => {
      for (const seat of [candidate, observer]) {
        for (const format of FORMATS) {
          const answer = await exportOf(seat, format);
          expect(answer.status).toBe(403);
          expect(answer.body).toMatchObject({ reason: "wrong_seat" });
          expect(answer.headers.get("content-disposition")).toBeNull();
        }
      }
    };
    await refuse();
    for (const seat of [host, ines]) await seat.must({ type: "submitScorecard" });
    await refuse();
    for (const format of FORMATS) expect((await room.server.get(`/api/room/export.${format}`)).status).toBe(404);
  });

  /** The names of the raters in an export, by format. */
  async function ratersIn(seat: Seat): Promise<Record<Format, string[]>> {
    const markdown = await markdownOf(seat);
    return {
      json: (await jsonOf(seat)).scorecards.map(({ rater }) => rater),
      md: [...markdown.matchAll(/^## Scorecard of (.+)$/gm)].map(([, name = ""]) => name),
      csv: [...new Set((await csvOf(seat)).map(({ rater = "" }) => rater))],
    };
  }
  const all = (...names: string[]) => ({ json: names, md: names, csv: names });
  const HANA = "Hana Host";
  const INES = "Ines Interviewer";
  const IVAN = "Ivan Interviewer";

  /** No word of these people's scorecards in any format. */
  async function expectNothingOf(seat: Seat, ...names: string[]): Promise<void> {
    for (const format of FORMATS) {
      const { text } = await exportOf(seat, format);
      for (const name of names) {
        for (const what of ["Evidence of", "More evidence of", "Aside of", "Summary of"]) {
          expect(text).not.toContain(`${what} ${name}`);
        }
      }
    }
  }

  test("after_own: an interviewer who has submitted, those who have too", async () => {
    const { host, ines, ivan } = await scoredHouse({ blindPolicy: "after_own" });
    await ivan.must({ type: "submitScorecard" });
    expect(await ratersIn(host)).toEqual(all(HANA));
    expect(await ratersIn(ines)).toEqual(all(INES));
    expect(await ratersIn(ivan)).toEqual(all(IVAN));
    await expectNothingOf(ines, HANA, IVAN);
    await ines.must({ type: "submitScorecard" });
    expect(await ratersIn(ines)).toEqual(all(INES, IVAN));
    expect(await ratersIn(ivan)).toEqual(all(IVAN, INES));
    expect(await ratersIn(host)).toEqual(all(HANA));
    await expectNothingOf(ines, HANA);
    await expectNothingOf(host, INES, IVAN);
  });

  test("after_all: nobody anything of others, until all have submitted", async () => {
    const { host, ines, ivan } = await scoredHouse({ blindPolicy: "after_all" });
    for (const seat of [ines, ivan]) await seat.must({ type: "submitScorecard" });
    expect(await ratersIn(ines)).toEqual(all(INES));
    await expectNothingOf(ines, HANA, IVAN);
    await host.must({ type: "submitScorecard" });
    expect(await ratersIn(ines)).toEqual(all(INES, HANA, IVAN));
    expect(await ratersIn(host)).toEqual(all(HANA, INES, IVAN));
  });

  test("never: only the host, after submitting", async () => {
    const { host, ines, ivan } = await scoredHouse({ blindPolicy: "never" });
    for (const seat of [ines, ivan]) await seat.must({ type: "submitScorecard" });
    expect(await ratersIn(host)).toEqual(all(HANA));
    await host.must({ type: "submitScorecard" });
    expect(await ratersIn(host)).toEqual(all(HANA, INES, IVAN));
    for (const [seat, others] of [
      [ines, [HANA, IVAN]],
      [ivan, [HANA, INES]],
    ] as const) {
      expect(await ratersIn(seat)).toEqual(all(seat.view.you.name));
      await expectNothingOf(seat, ...others);
    }
  });

  test("a count of who has scored or submitted is in none of them", async () => {
    const { ines, ivan } = await scoredHouse();
    const before = await Promise.all(FORMATS.map(async (format) => (await exportOf(ines, format)).text));
    await ivan.must({ type: "rate", askId: ivan.panel.asks[0]?.askId ?? "", criterionId: "practice", level: 4 });
    await ivan.must({ type: "submitScorecard" });
    const after = await Promise.all(FORMATS.map(async (format) => (await exportOf(ines, format)).text));
    expect(after).toEqual(before);
  });
});
