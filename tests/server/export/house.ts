import type { Level } from "@whetstone/shared/bank";
import { ExportFormat } from "@whetstone/shared/export-wire";
import type { Command } from "@whetstone/shared/room/command";
import { strFromU8, unzipSync } from "fflate";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import readXlsxFile, { type SheetData } from "read-excel-file/node";
import { expect } from "vitest";
import { RoomExport } from "../../../server/src/export/room-export.ts";
import { newId, type Seat } from "../../support/seats.ts";
import { Clock, type FullHouse, liveHouse, type RoomOptions, startServer } from "../../support/server.ts";

/** Interviews to export, and exports as whoever takes them reads them. */

export const FORMATS = ExportFormat.options;

export const exportOf = (seat: Seat, format: ExportFormat) => seat.fetch(`/api/room/export.${format}`);

/** A file as it is saved; it has to be there. */
export async function fileOf(seat: Seat, format: ExportFormat): Promise<{ headers: Headers; bytes: Uint8Array }> {
  const headers = { authorization: `Bearer ${seat.token}` };
  const response = await fetch(`${seat.url}/api/room/export.${format}`, { headers });
  expect(response.status).toBe(200);
  return { headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** Every text in a file, whatever the file is packed in. */
export async function textIn(seat: Seat, format: ExportFormat): Promise<string> {
  const { bytes } = await fileOf(seat, format);
  if (format === "xlsx")
    return Object.values(unzipSync(bytes))
      .map((part) => strFromU8(part))
      .join("\n");
  return format === "pdf" ? pdfText(bytes) : strFromU8(bytes);
}

async function pdfText(bytes: Uint8Array): Promise<string> {
  const document = await getDocument({ data: bytes, verbosity: 0 }).promise;
  const pages = Array.from({ length: document.numPages }, async (_, index) => {
    const { items } = await (await document.getPage(index + 1)).getTextContent();
    return items.map((item) => ("str" in item ? item.str : "")).join(" ");
  });
  return (await Promise.all(pages)).join("\n");
}

export async function jsonOf(seat: Seat): Promise<RoomExport> {
  const answer = await exportOf(seat, "json");
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  return RoomExport.parse(answer.body);
}

export async function markdownOf(seat: Seat): Promise<string> {
  const answer = await exportOf(seat, "md");
  expect(answer.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  return answer.text;
}

export async function csvOf(seat: Seat): Promise<Record<string, string>[]> {
  const answer = await exportOf(seat, "csv");
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  return csvRows(answer.text);
}

/**
 * The rows of a CSV after RFC 4180, each as a record by the names in the first. A byte-order mark was taken off by
 * `fetch`.
 */
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

export interface Workbook {
  readonly ratings: Record<string, unknown>[];
  readonly notes: Record<string, unknown>[];
  /** As it stands. */
  readonly summary: SheetData;
  /** The first table of the summary: one row a rater. */
  readonly raters: Record<string, unknown>[];
}

/** The workbook as a spreadsheet program reads it: rows as records by their titles, an empty cell as null. */
export async function xlsxOf(seat: Seat): Promise<Workbook> {
  const { headers, bytes } = await fileOf(seat, "xlsx");
  expect(headers.get("content-type")).toBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  const sheets = await readXlsxFile(Buffer.from(bytes), { trim: false });
  expect(sheets.map(({ sheet }) => sheet)).toEqual(["Ratings", "Notes", "Summary"]);
  const [ratings = [], notes = [], summary = []] = sheets.map(({ data }) => data);
  const end = summary.findIndex((row) => row.every((cell) => cell === null));
  return {
    ratings: records(ratings),
    notes: records(notes),
    summary,
    raters: records(end < 0 ? summary : summary.slice(0, end)),
  };
}

/** A table below its header. */
export const records = ([header = [], ...rows]: SheetData): Record<string, unknown>[] =>
  rows.map((row) =>
    Object.fromEntries(header.flatMap((title, index) => (title === null ? [] : [[String(title), row[index] ?? null]]))),
  );

/** The rows of the tables in a Markdown text, without their heads. */
export const tableRows = (markdown: string): string[][] =>
  markdown
    .split("\n")
    .filter((line, index, lines) => line.startsWith("| ") && !isRule(line) && !isRule(lines[index + 1] ?? ""))
    .map((line) =>
      line
        .slice(2, -2)
        .split(" | ")
        .map((cell) => cell.replaceAll("\\|", "|")),
    );
const isRule = (line: string): boolean => /^\|( --- \|)+$/.test(line);

/** What stands under a heading of the second level. */
export const chapter = (markdown: string, heading: string): string =>
  markdown.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";

/** The scorecards' chapters, one after the other. */
export const scorecardChapters = (markdown: string): string =>
  markdown.slice(Math.max(0, markdown.indexOf("\n## Scorecard of ")));

/** What Markdown writes on one line: white space shortened. */
export const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** The text of a cell without the apostrophe that keeps a spreadsheet from calculating it. */
export const written = (cell: unknown) => String(cell).replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/, "");

export const note = (text: string, askId: string | null, evidenceFor: string | null = null): Command => ({
  type: "writeNote",
  noteId: newId("n"),
  askId,
  text,
  mark: evidenceFor ? "strength" : null,
  evidenceFor,
  ageMs: 0,
});

/** Submits, although something is missing. */
export const submit = (seat: Seat): Promise<void> =>
  seat.must({ type: "submitScorecard", reason: `Reason of ${seat.view.you.name}` });

export interface ScoredHouse extends FullHouse {
  readonly clock: Clock;
  readonly first: string;
  readonly second: string;
}

/** An interview with two asks that has ended; everybody of the panel has scored, nobody has submitted. */
export async function scoredHouse(options: RoomOptions = {}): Promise<ScoredHouse> {
  const clock = new Clock();
  const server = await startServer({ now: clock.now });
  const house = await liveHouse(server, { kitId: "test-kit", ...options });
  const { room, host, ines, ivan, candidate } = house;
  clock.advance(60_000);
  const first = await room.push("first-question");
  await candidate.until((view) => view.role === "candidate" && view.ask !== null);
  await candidate.must({ type: "writeAnswer", askId: first, text: "The first answer." });
  await host.must({ type: "reveal", askId: first, kind: "hint", index: 0 });
  await score(host, first, 1);
  await score(ines, first, 2);
  await score(ivan, first, 3);
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

async function score(seat: Seat, askId: string, level: Level): Promise<void> {
  const { name } = seat.view.you;
  await seat.must({ type: "rate", askId, criterionId: "depth", level });
  await seat.must({ type: "rate", askId, criterionId: "communication", level: 4 });
  await seat.must(note(`Evidence of ${name}`, askId, "depth"));
  await seat.must(note(`More evidence of ${name},\nwith "quotes"`, askId, "depth"));
  await seat.must(note(`Aside of ${name}`, null));
  await seat.must({ type: "tick", askId, keyPoint: 1, heard: true });
  await seat.must({ type: "writeSummary", text: `Summary of ${name}` });
  await seat.must({ type: "recommend", recommendation: level > 1 ? "yes" : "strong_no" });
  await seat.must({ type: "setConfidence", confidence: level > 1 ? "high" : "low" });
}

/** The same interview with everything that can follow: all have submitted, Ines has amended, and it was decided twice. */
export async function decidedHouse(options: RoomOptions = {}): Promise<ScoredHouse> {
  const house = await scoredHouse(options);
  const { host, ines, ivan, clock, first } = house;
  for (const seat of [ivan, ines, host]) {
    clock.advance(60_000);
    await submit(seat);
  }
  await ines.must({ type: "amendScorecard", reason: "I mixed up two answers." });
  await ines.must({ type: "rate", askId: first, criterionId: "depth", level: 4 });
  await ines.must({ type: "writeSummary", text: "Summary after thought" });
  await ines.must({ type: "recommend", recommendation: "strong_yes" });
  clock.advance(60_000);
  await submit(ines);
  await host.until((view) => view.role === "host" && view.others.some(({ versions }) => versions.length === 2));
  await host.must({ type: "recordDecision", outcome: "hold", rationale: "We need\na second look." });
  clock.advance(60_000);
  await host.must({ type: "recordDecision", outcome: "advance", rationale: "The second look was good." });
  for (const seat of [ines, ivan]) {
    await seat.until((view) => view.role === "interviewer" && view.decisions.length === 2 && view.others.length === 2);
  }
  return house;
}
