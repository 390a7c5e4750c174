import type { ExportFormat } from "@whetstone/shared/export-wire";
import { describe, expect, test } from "vitest";
import { testBank } from "../../support/domain.ts";
import { newSeat, type Seat } from "../../support/seats.ts";
import { bankOf, liveHouse, PoolWith, startServer } from "../../support/server.ts";
import {
  csvOf,
  exportOf,
  FORMATS,
  fileOf,
  jsonOf,
  markdownOf,
  note,
  scoredHouse,
  submit,
  textIn,
  xlsxOf,
} from "./house.ts";

/** Letters and digits only, so that a text is found again across lines, escapes and pages. */
const squeeze = (text: string): string => text.replace(/\\n/g, "").replace(/[^\p{L}\p{N}]+/gu, "");

/** Formats in which each of the texts is. */
async function formatsWith(seat: Seat, ...texts: string[]): Promise<ExportFormat[]> {
  const found = await Promise.all(
    FORMATS.map(async (format) => {
      const file = squeeze(await textIn(seat, format));
      return texts.every((text) => file.includes(squeeze(text))) ? [format] : [];
    }),
  );
  return found.flat();
}

const ALL_BUT_CSV: readonly ExportFormat[] = FORMATS.filter((format) => format !== "csv");

describe("an export", () => {
  test("of a rater who left before submitting holds nothing of theirs, and everything of the others", async () => {
    const { host, ines, ivan } = await scoredHouse({ blindPolicy: "after_all" });
    await host.must({ type: "removeSeat", seatId: ivan.seatId });
    for (const seat of [host, ines]) await submit(seat);
    await host.until((view) => view.role === "host" && view.debriefOpen);
    expect((await jsonOf(host)).scorecards.map(({ rater }) => rater)).toEqual(["Hana Host", "Ines Interviewer"]);
    expect(await formatsWith(host, "Evidence of Hana Host", "Evidence of Ines Interviewer")).toEqual(FORMATS);
    expect(await formatsWith(host, "Ivan Interviewer")).toEqual([]);
  });

  test("of a rater who left after submitting keeps their scorecard", async () => {
    const { host, ivan } = await scoredHouse();
    await submit(ivan);
    await submit(host);
    await host.must({ type: "removeSeat", seatId: ivan.seatId });
    await host.time();
    expect(await formatsWith(host, "Evidence of Ivan Interviewer")).toEqual(FORMATS);
  });

  test("of a room with one rater compares them with nobody", async () => {
    const server = await startServer();
    const room = await server.openRoom({ kitId: "test-kit" });
    await room.start(await room.join("candidate", "Cleo"));
    const askId = await room.push("first-question");
    await room.host.must({ type: "rate", askId, criterionId: "depth", level: 3 });
    await room.host.must(note("The only note", askId, "depth"));
    await room.host.must({ type: "end" });
    await submit(room.host);
    expect(await formatsWith(room.host, "The only note")).toEqual(FORMATS);
    expect((await jsonOf(room.host)).debrief).toMatchObject({
      pairs: [],
      raters: [{ rater: "Hana Host", overall: 3 }],
    });
    const markdown = await markdownOf(room.host);
    expect(markdown).toContain("| 1. ⟦first-question rubric: title⟧ | ⟦first-question rubric: depth⟧ | – | 3 |");
    expect(markdown).not.toMatch(/undefined|null|NaN/);
  });

  test("in which nobody rated says so, and has scores in no format", async () => {
    const server = await startServer();
    const { room, host, ines } = await liveHouse(server, { kitId: "test-kit" });
    await room.push("first-question");
    await host.must({ type: "end" });
    for (const seat of [host, ines]) {
      await seat.until((view) => view.room.phase === "ended");
      await submit(seat);
    }
    await host.until((view) => view.role === "host" && view.others.length === 1);
    const { debrief, scorecards } = await jsonOf(host);
    expect(debrief?.overall).toBeNull();
    expect(scorecards.map(({ ratings }) => ratings)).toEqual([[], []]);
    expect(await csvOf(host)).toEqual([]);
    const { ratings, raters } = await xlsxOf(host);
    expect(ratings).toEqual([]);
    expect(raters.map((row) => row["Overall (1 to 4)"])).toEqual([null, null]);
    const markdown = await markdownOf(host);
    expect(markdown).toContain("Nobody rated anything.");
    expect(markdown).not.toMatch(/undefined|null|NaN/);
    expect(await formatsWith(host, "Reason of Ines Interviewer")).toEqual(ALL_BUT_CSV);
  });

  test("holds what was rated on a criterion that the bank has dropped since, and a question that it has dropped", async () => {
    const bank = bankOf(testBank());
    const server = await startServer({ bank });
    const { room, host } = await liveHouse(server);
    for (const questionId of ["first-question", "second-question"]) {
      const askId = await room.push(questionId);
      await host.must({ type: "rate", askId, criterionId: "depth", level: 2 });
      await host.must(note(`Heard on ${questionId}`, askId, "depth"));
    }
    await host.must({ type: "end" });
    await submit(host);
    const before = await jsonOf(host);

    const questions = bank.questions as Map<string, NonNullable<ReturnType<typeof bank.questions.get>>>;
    const first = questions.get("first-question");
    if (!first) throw new Error("The bank has a first question.");
    questions.set("first-question", { ...first, criteria: first.criteria.filter(({ id }) => id !== "depth") });
    questions.delete("second-question");
    bank.kits.get("test-kit")?.questions.splice(1);
    const later = await server.restart();
    const again = await newSeat(later.url, host.token).connect();

    const after = await jsonOf(again);
    expect({ ...after, exportedAt: "" }).toEqual({ ...before, exportedAt: "" });
    const words = ["first-question rubric: depth", "second-question rubric: depth", "Heard on first-question"];
    expect(await formatsWith(again, ...words)).toEqual(FORMATS);
  });

  test("holds a note of 20,000 characters, an answer and a summary as long, whole", async () => {
    const server = await startServer();
    const { room, host, candidate } = await liveHouse(server);
    const askId = await room.push("first-question");
    const numbers = "0123456789 ".repeat(1_817);
    const long = (word: string) => `${word.padEnd(7)} ${numbers}end.`;
    expect(long("First").length).toBe(19_999);
    await candidate.until((view) => view.role === "candidate" && view.ask !== null);
    await candidate.must({ type: "writeAnswer", askId, text: long("Answer") });
    await host.must({ type: "rate", askId, criterionId: "depth", level: 4 });
    for (const word of ["First", "Second"]) await host.must(note(long(word), askId, "depth"));
    await host.must({ type: "writeSummary", text: long("Summary") });
    await host.must({ type: "end" });
    await submit(host);

    // A page's head and foot stand between the pieces of a text that runs over it.
    const pages = await textIn(host, "pdf");
    expect(pages.match(/0123456789/g)?.length).toBeGreaterThanOrEqual(4 * 1_817);
    const unbroken = (formats: readonly ExportFormat[]) => formats.filter((format) => format !== "pdf");
    expect(await formatsWith(host, long("First"), long("Second"))).toEqual(unbroken(FORMATS));
    expect(await formatsWith(host, long("Summary"))).toEqual(unbroken(ALL_BUT_CSV));
    expect(await formatsWith(host, long("Answer"))).toEqual(["md", "json"]);
    const { ratings, notes } = await xlsxOf(host);
    expect(notes.map(({ Note }) => Note)).toEqual([long("First"), long("Second")]);
    const evidence = String(ratings[0]?.Evidence);
    expect(evidence.length).toBe(32_767);
    expect(evidence).toMatch(/^First .*shortened: a cell of a spreadsheet holds no more\)$/s);
    expect((await csvOf(host))[0]?.evidence).toBe(`${long("First")}\n\n${long("Second")}`);
  });

  test("that is a PDF which cannot be made says why, and leaves the other formats", async () => {
    const missing = new URL("missing.js", import.meta.url);
    const server = await startServer({ pool: new PoolWith({ "export/pdf-thread.js": missing }) });
    const { host } = await server.openRoom();
    for (const format of FORMATS) {
      const answer = await exportOf(host, format);
      expect(answer.status, format).toBe(format === "pdf" ? 503 : 200);
      if (format !== "pdf") continue;
      expect(answer.body).toEqual({ reason: "format_unavailable", sentence: expect.stringMatching(/missing\.js/) });
      expect(answer.headers.get("content-disposition")).toBeNull();
    }
  });

  test("of names in Arabic, Chinese and emoji has a file in each format", async () => {
    const server = await startServer();
    const { host } = await server.openRoom({ title: "مقابلة 🏁", candidateName: "王伟 👩🏽‍🔬", hostName: "שרה" });
    for (const format of FORMATS) {
      const { bytes } = await fileOf(host, format);
      expect(bytes.length).toBeGreaterThan(0);
      expect((await exportOf(host, format)).status).toBe(200);
    }
    expect(await formatsWith(host, "王伟")).toEqual(["pdf", "xlsx", "md", "json"]);
  });
});
