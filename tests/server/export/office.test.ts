import { describe, expect, test } from "vitest";
import { csvOfPrompts, csvOfQuestions } from "../../../server/src/bank/exchange/write-csv.ts";
import { openedCsv, openedXlsx } from "../../support/office.ts";
import { liveHouse, startServer } from "../../support/server.ts";
import { readText, sampleQuestion, WORKSPACE } from "../exchange/samples.ts";
import { fileOf, jsonOf, note, scoredHouse } from "./house.ts";

/** Each ends a cell for one program or another, quoted or not, and begins what it would calculate. */
const ENDS = [";", ",", "\t", "|", "\n", "; ", '";"', ";'", "\n\n", "; \t"];
const SIGNS = ["=2+5", "+2+5", "-2+5", "@SUM(1;2)", "＝2+5", "=HYPERLINK(1)"];
const FORMULAS = ENDS.flatMap((end) => SIGNS.map((sign) => `a${end}${sign}${end}`));

const SEPARATORS = [",", ";", "\t", "|"];

/** Every word in a table, as whoever opened it with another separator finds it in other cells. */
const wordsIn = (cells: readonly (readonly unknown[])[]): Set<string> =>
  new Set(cells.flat().flatMap((cell) => String(cell ?? "").match(/word\d+/g) ?? []));
const marked = FORMULAS.map((text, index) => `${text}word${index}`);
const all = new Set(marked.map((_, index) => `word${index}`));

describe("CSV in LibreOffice", () => {
  test.each(SEPARATORS)(
    "of scorecards has no formula and all its texts when it is opened with %j",
    async (separator) => {
      const server = await startServer();
      const { room, host } = await liveHouse(server, { candidateName: "Ana;=2+5;" });
      const askId = await room.push("first-question");
      await host.must({ type: "rate", askId, criterionId: "depth", level: 3 });
      for (const text of marked) await host.must(note(text, askId, "depth"));
      const { bytes } = await fileOf(host, "csv");
      const { sheets, formulas } = await openedCsv(bytes, separator);
      expect(formulas).toEqual([]);
      expect(wordsIn(sheets[0] ?? [])).toEqual(all);
    },
  );

  test.each(SEPARATORS)("of a bank has no formula and all its texts when it is opened with %j", async (separator) => {
    const questions = marked.map((prompt, index) =>
      sampleQuestion({ id: `q-${index}`, prompt, hints: [prompt], workspace: { ...WORKSPACE, starter: prompt } }),
    );
    const prompts = questions.map(({ prompt }) => ({ topic: prompt, level: "working" as const, minutes: 3, prompt }));
    for (const text of [csvOfQuestions(questions), csvOfPrompts(prompts)]) {
      const { sheets, formulas } = await openedCsv(text, separator);
      expect(formulas).toEqual([]);
      expect(wordsIn(sheets[0] ?? [])).toEqual(all);
    }
  });

  test("has every text in the cell that it belongs to when it is opened with commas", async () => {
    const { ines } = await scoredHouse({ candidateName: "مريم العلي", title: "Ana; and, =more" });
    const [header = [], first = []] = (await openedCsv((await fileOf(ines, "csv")).bytes, ",")).sheets[0] ?? [];
    const cell = (name: string) => first[header.indexOf(name)];
    expect([cell("room"), cell("candidate"), cell("level")]).toEqual(["Ana; and, '=more", "Cleo Candidate", 2]);
    expect(cell("evidence")).toBe('Evidence of Ines Interviewer\n\nMore evidence of Ines Interviewer,\nwith "quotes"');
  });
});

describe("CSV of a bank", () => {
  const texts = [...marked, "'=a", "x;'=a", "x, ''-1", "\n=a", "\t", "x,\n'+", "- one\n- two", "f(0, -1)"];

  test("is read back as it was, whatever has an apostrophe in it, also when Excel saved it again", () => {
    const questions = texts.map((prompt, index) => sampleQuestion({ id: `q-${index}`, prompt: `x${prompt}x` }));
    const workspaces = texts.map((starter, index) =>
      sampleQuestion({ id: `w-${index}`, workspace: { ...WORKSPACE, starter } }),
    );
    for (const written of [questions, workspaces]) {
      const text = csvOfQuestions(written);
      for (const saved of [text, text.slice(1).replace(/^.*\r\n/, (header) => header.replaceAll('"', ""))]) {
        const read = readText("a.csv", saved).questions;
        expect(read.map(({ draft }) => draft.prompt)).toEqual(written.map(({ prompt }) => prompt));
        expect(read.map(({ draft }) => draft.workspace)).toEqual(written.map(({ workspace }) => workspace));
      }
    }
  });

  test("that somebody wrote by hand keeps its apostrophes within a text", () => {
    const [question] = readText("a.csv", "title,prompt\nA,\"What do '+', '-' and, '=' do?\"\n").questions;
    expect(question?.draft.prompt).toBe("What do '+', '-' and, '=' do?");
  });
});

describe("the workbook in LibreOffice", () => {
  test("has dates as dates, numbers as numbers, names in every script, and no formula", async () => {
    const server = await startServer();
    const { room, host, ivan } = await liveHouse(server, { title: "مقابلة עם 候補者", candidateName: "=Ana;=2+5" });
    const askId = await room.push("first-question");
    await host.must({ type: "rate", askId, criterionId: "depth", level: 3 });
    await host.must(note("שלום مرحبا;=2+5", askId, "depth"));
    await ivan.must({ type: "rate", askId, criterionId: "depth", level: 1 });
    await room.host.must({ type: "end" });
    await host.must({ type: "submitScorecard", reason: "=1+1" });
    const { sheets, formulas } = await openedXlsx((await fileOf(host, "xlsx")).bytes);
    expect(formulas).toEqual([]);
    const [ratings = [], notes = [], summary = []] = sheets;
    const { scorecards, exportedAt } = await jsonOf(host);
    const submitted = new Date(scorecards[0]?.submitted?.submittedAt ?? "");
    const near = (cell: unknown) => cell instanceof Date && Math.abs(cell.getTime() - submitted.getTime()) < 1_000;
    expect(ratings[1]?.[0]).toBe("مقابلة עם 候補者");
    expect(ratings[1]?.some(near)).toBe(true);
    expect(ratings[1]).toContain(3);
    expect(notes[1]).toContain("שלום مرحبا;=2+5");
    expect(notes[1]?.filter((cell) => cell instanceof Date)).toHaveLength(1);
    const exported = summary.find(([label]) => label === "Exported (UTC)")?.[1];
    expect(exported).toBeInstanceOf(Date);
    expect(String(exported).slice(0, 15)).toBe(String(new Date(exportedAt)).slice(0, 15));
  });

  test("has long texts whole, and says of what is longer than a cell where the rest is", async () => {
    const server = await startServer();
    const { room, host } = await liveHouse(server);
    const askId = await room.push("first-question");
    await host.must({ type: "rate", askId, criterionId: "depth", level: 3 });
    // LibreOffice breaks lines of more than 16,384 characters in a cell that has several.
    const long = ["a", "b"].map((letter) => `${`${letter.repeat(99)}\n`.repeat(199)}end`);
    for (const text of long) await host.must(note(text, askId, "depth"));
    const { sheets } = await openedXlsx((await fileOf(host, "xlsx")).bytes);
    const [ratings = [], notes = []] = sheets;
    expect(notes.slice(1).map((row) => row.at(-1))).toEqual(long);
    const evidence = String(ratings[1]?.find((cell) => String(cell).startsWith("aaa")));
    expect(evidence).toHaveLength(32_767);
    expect(evidence).toMatch(/b+\n… \(whole in the sheet Notes; shortened: a cell of a spreadsheet holds no more\)$/);
  });
});
