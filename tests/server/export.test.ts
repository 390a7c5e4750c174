import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type ExportedRating, RoomExport } from "../../server/src/export/room-export.ts";
import { newId, type Seat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";
import {
  chapter,
  csvOf,
  decidedHouse,
  exportOf,
  FORMATS,
  fileOf,
  jsonOf,
  markdownOf,
  note,
  oneLine,
  scorecardChapters,
  scoredHouse,
  submit,
  tableRows,
  textIn,
  written,
  xlsxOf,
} from "./export/house.ts";

const isOf = (one: ExportedRating, { askId, criterionId }: Omit<ExportedRating, "evidence">): boolean =>
  one.askId === askId && one.criterionId === criterionId;

/** What CSV writes for a cell of the workbook. */
const asCsv = (cell: unknown): string => (cell instanceof Date ? cell.toISOString() : String(cell ?? ""));

describe("an export", () => {
  test("is JSON that its published schema accepts, and nothing else", async () => {
    const { host, ines, first, second, clock } = await scoredHouse();
    const served = await ines.fetch("/api/schemas/room-export-2.json");
    expect(served.status).toBe(200);
    expect(served.body).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object" });
    const schema = z.fromJSONSchema(served.body as Parameters<typeof z.fromJSONSchema>[0]);
    for (const seat of [host, ines]) {
      const exported = (await exportOf(seat, "json")).body;
      expect(schema.safeParse(exported).error).toBeUndefined();
      expect(RoomExport.parse(exported)).toEqual(exported);
      expect(schema.safeParse({ ...(exported as object), extra: 1 }).success).toBe(false);
      expect(schema.safeParse({ ...(exported as object), version: 1 }).success).toBe(false);
    }

    const exported = await jsonOf(ines);
    expect(exported).toMatchObject({
      format: "whetstone-room",
      version: 2,
      exportedAt: new Date(clock.now()).toISOString(),
      exportedBy: "Ines Interviewer",
      room: {
        title: "A test room",
        candidate: "Cleo Candidate",
        phase: "ended",
        kit: "Test kit",
        blindPolicy: "after_own",
        minutes: 45,
        usedMs: 180_000,
        startedAt: "2026-01-05T09:00:00.000Z",
        endedAt: "2026-01-05T09:03:00.000Z",
      },
      plan: [
        { questionId: "first-question", minutes: 4, asked: true },
        { questionId: "second-question", minutes: 7, asked: false, notAskedBecause: "ended_before" },
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
      submitted: null,
      earlier: [],
      recommendation: "yes",
      confidence: "high",
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
    const { host, ines, ivan } = await decidedHouse();
    for (const seat of [host, ines, ivan]) {
      const { scorecards, debrief } = await jsonOf(seat);
      const markdown = await markdownOf(seat);
      const csv = await csvOf(seat);
      const workbook = await xlsxOf(seat);
      expect(scorecards).toHaveLength(3);

      const ratings = scorecards.flatMap((scorecard) => scorecard.ratings.map((rating) => ({ ...rating, scorecard })));
      expect(ratings).toHaveLength(7);
      const rows = ratings.map(({ scorecard, evidence, ...rating }) => ({
        room: "A test room",
        candidate: "Cleo Candidate",
        for_role: "",
        kit: "Test kit",
        rater: scorecard.rater,
        recommendation: scorecard.recommendation,
        confidence: scorecard.confidence,
        submitted_at: scorecard.submitted?.submittedAt,
        version: String(scorecard.submitted?.version),
        incomplete_because: scorecard.submitted?.incompleteBecause,
        amended_because: scorecard.submitted?.amendedBecause ?? "",
        ask: String(rating.askNumber),
        question_id: rating.questionId ?? "",
        question: rating.question,
        criterion_id: rating.criterionId,
        criterion: rating.criterion,
        competencies: debrief?.criteria
          .find((row) => row.askNumber === rating.askNumber && row.criterionId === rating.criterionId)
          ?.competencies.join("; "),
        level: String(rating.level),
        anchor: rating.anchor,
        evidence: scorecard.notes
          .filter(({ noteId }) => evidence.includes(noteId))
          .map(({ text }) => text)
          .join("\n\n"),
        notes: scorecard.notes
          .filter((note) => note.askId === rating.askId && note.evidenceFor === null)
          .map(({ text }) => text)
          .join("\n\n"),
        not_rated_by: scorecards
          .filter(({ ratings }) => !ratings.some((one) => isOf(one, rating)))
          .map(({ rater }) => rater)
          .join("; "),
      }));
      expect(new Set(rows.map((row) => row.not_rated_by.split("; ").length))).toEqual(new Set([1, 2]));
      expect(csv).toEqual(rows);
      expect(rows.map(({ competencies }) => competencies)).toContain("Testing");
      expect(workbook.ratings.map((row) => Object.values(row).map(asCsv))).toEqual(rows.map(Object.values));
      expect(tableRows(scorecardChapters(markdown))).toEqual(
        ratings.map(({ askNumber, question, criterion, level, anchor }) => [
          `${askNumber}. ${oneLine(question)}`,
          criterion,
          String(level),
          anchor,
        ]),
      );
      for (const { rater, summary, notes } of scorecards) {
        const text = chapter(markdown, `Scorecard of ${rater}`);
        expect(text).toContain(`> ${summary}`);
        for (const { text: written } of notes) expect(text).toContain(`: ${oneLine(written)}\n`);
      }
      expect(workbook.notes.map(({ Rater, Note }) => [Rater, Note])).toEqual(
        scorecards.flatMap(({ rater, notes }) => notes.map(({ text }) => [rater, text])),
      );
    }
  });

  test("puts notes on a question that are bound to no criterion beside each of its ratings in CSV", async () => {
    const { ines } = await scoredHouse();
    const [{ askId = null } = {}] = ines.panel.asks;
    const note = { type: "writeNote", askId, mark: null, evidenceFor: null, ageMs: 0 } as const;
    await ines.must({ ...note, noteId: newId("n"), text: "In passing" });
    const notes = (await csvOf(ines)).map(({ ask, notes }) => [ask, notes]);
    expect(notes).toEqual([
      ["1", "In passing"],
      ["1", "In passing"],
      ["2", ""],
    ]);
  });

  test("is CSV as spreadsheets read it: a byte-order mark, and lines that end with CRLF", async () => {
    const { ines } = await scoredHouse();
    const { bytes } = await fileOf(ines, "csv");
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = Buffer.from(bytes).toString("utf8");
    expect(text.endsWith("\r\n")).toBe(true);
    const [header] = text.slice(1).split("\r\n");
    expect(header).toBe(
      [
        "room,candidate,for_role,kit,rater,recommendation,confidence,submitted_at,version,incomplete_because",
        "amended_because,ask,question_id,question,criterion_id,criterion,competencies,level,anchor,evidence,notes",
        "not_rated_by",
      ]
        .join()
        .replace(/\w+/g, '"$&"'),
    );
  });

  test("of a room without a rating is well-formed in each format", async () => {
    const server = await startServer();
    const { host } = await server.openRoom({ candidateName: null });
    expect(await csvOf(host)).toEqual([]);
    expect((await jsonOf(host)).scorecards).toMatchObject([{ own: true, ratings: [], notes: [] }]);
    const workbook = await xlsxOf(host);
    expect([workbook.ratings, workbook.notes]).toEqual([[], []]);
    expect(workbook.raters).toMatchObject([{ Rater: "Hana Host", Recommendation: null, Version: null }]);
    const markdown = await markdownOf(host);
    expect(markdown).toMatch(/^# A test room\n/);
    for (const system of ["greenhouse", "lever", "ashby"] as const) {
      expect((await exportOf(host, `${system}.json`)).body).toEqual([]);
    }
    const page = await textIn(host, "pdf");
    expect(page).toContain("A test room");
    for (const text of [markdown, page]) expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test("that is in no known format is refused", async () => {
    const server = await startServer();
    const { host } = await server.openRoom();
    for (const format of ["docx", "json.exe", "constructor", "toString", "", "pdf/../json"]) {
      const { status } = await host.fetch(`/api/room/export.${format}`);
      expect([400, 404], format).toContain(status);
    }
  });
});

describe("what people write", () => {
  const FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1:A9)", '=HYPERLINK("http://evil.example","click")', "＝1+1"];

  test("is no formula in the CSV and in the workbook", async () => {
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
    const workbook = await xlsxOf(room.host);
    expect(rows).toHaveLength(FORMULAS.length + 1);
    for (const row of [...rows, ...workbook.ratings, ...workbook.notes, ...workbook.summary]) {
      for (const cell of Object.values(row)) {
        if (typeof cell === "string") expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
      }
    }
    for (const questions of [rows.map(({ question }) => question), workbook.ratings.map(({ Question }) => Question)]) {
      expect(questions.slice(0, -1).map(written)).toEqual(FORMULAS);
    }
    expect(rows.at(-1)?.evidence).toBe("'\t'=1");
    for (const evidence of [workbook.ratings.at(-1)?.Evidence, workbook.notes.at(-1)?.Note]) {
      expect(evidence).toBe("'\t=1");
    }
    expect(written(rows[0]?.candidate)).toBe("=cmd|' /C calc'!A0");
    expect(written(workbook.ratings[0]?.Candidate)).toBe("=cmd|' /C calc'!A0");
    expect(written(rows[0]?.room)).toBe('=HYPERLINK("http://evil.example","x")');
    expect(written(workbook.ratings[0]?.Interview)).toBe('=HYPERLINK("http://evil.example","x")');
  });

  test.each(["one\ntwo", "one\rtwo", "one\r\ntwo", "harmless\n=2+2", 'a "quote", a comma', '"', "\n", " padded "])(
    "is one cell of the CSV and of the workbook: %j",
    async (text) => {
      const server = await startServer();
      const { room, host } = await liveHouse(server);
      const askId = await room.push("first-question");
      await host.must({ type: "rate", askId, criterionId: "depth", level: 1 });
      await host.must(note(text, askId, "depth"));
      const rows = await csvOf(host);
      expect(rows.map(({ evidence }) => written(evidence))).toEqual([text.replace("\n=", "\n'=")]);
      const { notes } = await xlsxOf(host);
      expect(notes.map(({ Note }) => written(Note))).toEqual([text.replace(/\r\n?/g, "\n")]);
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
    const table = {
      room: names.title,
      candidate: "مريم العلي",
      for_role: names.forRole,
      rater: "王伟",
      evidence: "清楚 👍 واضح",
    };
    expect((await csvOf(interviewer))[0]).toMatchObject(table);
    const [row = {}] = (await xlsxOf(interviewer)).ratings;
    expect(Object.values(row)).toEqual(expect.arrayContaining(Object.values(table)));
    await room.host.must({ type: "end" });
    await submit(interviewer);
    for (const system of ["greenhouse", "lever", "ashby"] as const) {
      const { text } = await exportOf(interviewer, `${system}.json`);
      for (const each of [names.title, "王伟", "清楚 👍 واضح"]) expect(text).toContain(each);
    }
    const page = await textIn(interviewer, "pdf");
    for (const each of [names.forRole, "王伟", "清楚"]) expect(page).toContain(each);
    const { headers } = await fileOf(interviewer, "greenhouse.json");
    const encoded = /filename\*=UTF-8''(\S+)$/.exec(headers.get("content-disposition") ?? "")?.[1] ?? "";
    expect(decodeURIComponent(encoded)).toBe("whetstone-مريم-العلي-مقابلة-لوظيفة-مهندس-تعلّم-الآلة.greenhouse.json");
  });

  test.each([
    ["../../../etc/passwd", "../.."],
    ["C:\\Windows\\System32", "NUL"],
    ['"; filename="evil.exe', "a\r\nset-cookie: x=1"],
    ["=1+1", "%2e%2e%2f"],
    ["مقابلة", "王伟"],
    ["x".repeat(120), "y".repeat(80)],
    ["....", "----"],
    ["👩🏽‍🔬", "🏁"],
    ["a\u202egnp.exe", "M\u0000\u0007"],
  ])("makes a file's name that is safe everywhere: %s", async (title, candidateName) => {
    const server = await startServer();
    const { host } = await server.openRoom({ title, candidateName });
    for (const format of FORMATS) {
      const answer = await exportOf(host, format);
      expect(answer.status).toBe(200);
      const [, plain = "", encoded = ""] =
        /^attachment; filename="(.*?)"; filename\*=UTF-8''([A-Za-z0-9.%-]+)$/.exec(
          answer.headers.get("content-disposition") ?? "",
        ) ?? [];
      expect(plain).toMatch(new RegExp(`^whetstone-[a-z0-9]+(-[a-z0-9]+)*\\.${format}$`));
      expect(plain.length).toBeLessThan(90);
      const full = decodeURIComponent(encoded);
      expect(full).toMatch(new RegExp(`^whetstone(-[\\p{L}\\p{M}\\p{N}]+)+\\.${format}$`, "u"));
      expect(Buffer.byteLength(full)).toBeLessThanOrEqual(255);
      expect(answer.headers.get("set-cookie")).toBeNull();
    }
    // What turns the text around it was no part of the name from the first.
    expect((await jsonOf(host)).room.title).toBe(title.replace("\u202e", ""));
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
      "### 1. Prompt",
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
    for (const seat of [host, ines]) await submit(seat);
    await refuse();
    for (const format of FORMATS) expect((await room.server.get(`/api/room/export.${format}`)).status).toBe(404);
  });

  /** The names of the raters in an export, by the formats that hold drafts too. */
  async function ratersIn(seat: Seat) {
    const markdown = await markdownOf(seat);
    const { ratings, notes, raters } = await xlsxOf(seat);
    const unique = (rows: readonly Record<string, unknown>[]) => [...new Set(rows.map(({ Rater }) => Rater))];
    return {
      json: (await jsonOf(seat)).scorecards.map(({ rater }) => rater),
      md: [...markdown.matchAll(/^## Scorecard of (.+)$/gm)].map(([, name = ""]) => name),
      csv: [...new Set((await csvOf(seat)).map(({ rater = "" }) => rater))],
      ratings: unique(ratings),
      notes: unique(notes),
      summary: unique(raters),
    };
  }
  const all = (...names: string[]) => ({
    json: names,
    md: names,
    csv: names,
    ratings: names,
    notes: names,
    summary: names,
  });
  const HANA = "Hana Host";
  const INES = "Ines Interviewer";
  const IVAN = "Ivan Interviewer";

  /** Letters and digits only, so that a text is found again across the lines of a page. */
  const squeeze = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, "");

  /** Of these people's scorecards no word in any format, and of the others' in each. */
  async function expectNothingOf(seat: Seat, ...names: string[]): Promise<void> {
    const isSubmitted = seat.panel.scorecard.versions.length > 0;
    for (const format of FORMATS) {
      const text = squeeze(await textIn(seat, format));
      for (const name of [HANA, INES, IVAN]) {
        if (!names.includes(name)) {
          const isThere = isSubmitted || !/greenhouse|lever|ashby/.test(format);
          expect(text.includes(squeeze(`Evidence of ${name}`)), `${format} of ${name}`).toBe(isThere);
          continue;
        }
        for (const what of ["Evidence of", "More evidence of", "Aside of", "Summary of", "Reason of"]) {
          expect(text, format).not.toContain(squeeze(`${what} ${name}`));
        }
      }
    }
  }

  test("after_own: an interviewer who has submitted, those who have too", async () => {
    const { host, ines, ivan } = await scoredHouse({ blindPolicy: "after_own" });
    await submit(ivan);
    expect(await ratersIn(host)).toEqual(all(HANA));
    expect(await ratersIn(ines)).toEqual(all(INES));
    expect(await ratersIn(ivan)).toEqual(all(IVAN));
    await expectNothingOf(ines, HANA, IVAN);
    await submit(ines);
    expect(await ratersIn(ines)).toEqual(all(INES, IVAN));
    expect(await ratersIn(ivan)).toEqual(all(IVAN, INES));
    expect(await ratersIn(host)).toEqual(all(HANA));
    await expectNothingOf(ines, HANA);
    await expectNothingOf(host, INES, IVAN);
  });

  test("after_all: nobody anything of others, until all have submitted", async () => {
    const { host, ines, ivan } = await scoredHouse({ blindPolicy: "after_all" });
    for (const seat of [ines, ivan]) await submit(seat);
    expect(await ratersIn(ines)).toEqual(all(INES));
    await expectNothingOf(ines, HANA, IVAN);
    await submit(host);
    expect(await ratersIn(ines)).toEqual(all(INES, HANA, IVAN));
    expect(await ratersIn(host)).toEqual(all(HANA, INES, IVAN));
    await expectNothingOf(host);
  });

  test("never: only the host, after submitting", async () => {
    const { host, ines, ivan } = await scoredHouse({ blindPolicy: "never" });
    for (const seat of [ines, ivan]) await submit(seat);
    expect(await ratersIn(host)).toEqual(all(HANA));
    await submit(host);
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
    const before = await Promise.all(FORMATS.map((format) => textIn(ines, format)));
    await ivan.must({ type: "rate", askId: ivan.panel.asks[0]?.askId ?? "", criterionId: "practice", level: 4 });
    await submit(ivan);
    const after = await Promise.all(FORMATS.map((format) => textIn(ines, format)));
    expect(after).toEqual(before);
  });
});
