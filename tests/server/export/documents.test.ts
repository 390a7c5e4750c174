import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { liveHouse, startServer } from "../../support/server.ts";
import {
  chapter,
  decidedHouse,
  fileOf,
  jsonOf,
  markdownOf,
  note,
  records,
  scoredHouse,
  submit,
  tableRows,
  xlsxOf,
} from "./house.ts";

describe("the Markdown of a decided interview", () => {
  test("begins with the decision, its rationale, and what was recorded before", async () => {
    const { host } = await decidedHouse();
    const { decisions } = await jsonOf(host);
    const text = chapter(await markdownOf(host), "Decision");
    expect(text).toContain(
      `**Advance.** Recorded by Hana Host on ${decisions[1]?.at}.\n\n> The second look was good.\n`,
    );
    expect(text).toContain(`- On hold (Hana Host, ${decisions[0]?.at}): We need a second look.\n`);
  });

  test("sets the raters side by side, by what they differ on most", async () => {
    const { ines } = await decidedHouse();
    const { debrief, scorecards } = await jsonOf(ines);
    const markdown = await markdownOf(ines);
    const names = ["Ines Interviewer", "Hana Host", "Ivan Interviewer"];
    expect(scorecards.map(({ rater }) => rater)).toEqual(names);

    expect(tableRows(chapter(markdown, "Recommendations")).map((row) => row.slice(0, 3))).toEqual([
      ["Ines Interviewer", "Strong yes", "High"],
      ["Hana Host", "Strong no", "Low"],
      ["Ivan Interviewer", "Yes", "High"],
    ]);
    const overall = debrief?.overall ?? 0;
    expect(chapter(markdown, "Recommendations")).toContain(`overall score is ${overall.toFixed(2)} of 4.`);

    const competencies = chapter(markdown, "Competencies");
    expect(competencies).toContain(`| Competency | Weight | Score | ${names.join(" | ")} |`);
    expect(tableRows(competencies)).toContainEqual(["Testing", "2", "2.67", "4.00", "1.00", "3.00"]);
    expect(competencies).toContain("- Testing counts 2 times: It is the job.");

    const matrix = chapter(markdown, "Ratings by disagreement");
    expect(tableRows(matrix).slice(0, 2)).toEqual([
      ["1. ⟦first-question rubric: title⟧", "⟦first-question rubric: depth⟧", "3", "4", "1", "3"],
      ["1. ⟦first-question rubric: title⟧", "⟦pack rubric: communication⟧", "0", "4", "4", "4"],
    ]);
    expect(matrix).toContain(
      "- Ines Interviewer and Hana Host: 2 criteria that both rated, 1.50 levels apart on average, " +
        "Ines Interviewer 1.50 higher; the same level in 50 %.",
    );
    expect(matrix).toContain("Rated by nobody: 1. ⟦first-question rubric: title⟧, ⟦first-question rubric: practice⟧");
  });

  test("lists strengths and concerns of everybody by time, and how the interview left its plan", async () => {
    const { host } = await decidedHouse();
    const markdown = await markdownOf(host);
    const strengths = chapter(markdown, "Strengths and concerns");
    for (const name of ["Hana Host", "Ines Interviewer", "Ivan Interviewer"]) {
      expect(strengths).toContain(`- 1:00 ${name} (question 1): Evidence of ${name}`);
    }
    expect(strengths).not.toContain("Aside of");
    expect(strengths).not.toContain("### Concerns");
    const questions = chapter(markdown, "Questions");
    expect(questions).toContain("- Planned and not asked: ⟦second-question rubric: title⟧\n");
    expect(questions).toContain("- Asked and not planned: Not a heading\n");
  });

  test("says why a scorecard was submitted incomplete and amended, and what it said before", async () => {
    const { host } = await decidedHouse();
    const text = chapter(await markdownOf(host), "Scorecard of Ines Interviewer");
    const { scorecards } = await jsonOf(host);
    const ines = scorecards.find(({ rater }) => rater === "Ines Interviewer");
    expect(text).toContain(`**Strong yes, confidence high.** Submitted ${ines?.submitted?.submittedAt} as version 2.`);
    expect(text).toContain("- Submitted although something was missing: Reason of Ines Interviewer\n");
    expect(text).toContain("- Amended: I mixed up two answers.\n");
    expect(text).toContain("- Others' scorecards were open to its rater by then.\n");
    expect(text.split("### Earlier versions")[1]).toContain(
      `- Version 1, submitted ${ines?.earlier[0]?.submittedAt}: Yes, confidence high. ` +
        "Something was missing: Reason of Ines Interviewer Levels: 1. ⟦first-question rubric: depth⟧ 2, now 4. " +
        "Summary: Summary of Ines Interviewer",
    );
    expect(chapter(await markdownOf(host), "Scorecard of Ivan Interviewer")).not.toContain("Earlier versions");
  });

  test("holds what was summed up and decided as words: no heading, link, picture or HTML is made of it", async () => {
    const { host } = await decidedHouse();
    const live = ["# Heading", "![a](https://x.example/pixel.png)", "[b](https://x.example)", "<img src=x onerror=y>"];
    await host.must({ type: "amendScorecard", reason: "More" });
    await host.must({ type: "writeSummary", text: live.join("\n") });
    await submit(host);
    await host.must({ type: "recordDecision", outcome: "advance", rationale: live.join("\n") });
    const markdown = await markdownOf(host);
    const plain = ["\\# Heading", "!\\[a](https://x", "\\[b](https://x", "\\<img src=x onerror=y>"];
    for (const one of plain) expect(markdown.split(one).length - 1).toBeGreaterThanOrEqual(2);
    expect(markdown).not.toMatch(/(?<!\\)(\[[ab]\]\(|<img|> # Heading)/);
  });

  test("has none of these chapters while the debrief is closed", async () => {
    const { ines } = await scoredHouse();
    const headings = [...(await markdownOf(ines)).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Questions", "Scorecard of Ines Interviewer"]);
  });
});

describe("the workbook of a decided interview", () => {
  test("has one row a rater, with numbers as numbers and moments as dates", async () => {
    const { host } = await decidedHouse();
    const { scorecards, debrief } = await jsonOf(host);
    const { raters } = await xlsxOf(host);
    expect(raters).toEqual(
      scorecards.map(({ seatId, rater, summary, submitted }) => ({
        Rater: rater,
        Recommendation: { "Hana Host": "Strong no", "Ines Interviewer": "Strong yes" }[rater] ?? "Yes",
        Confidence: rater === "Hana Host" ? "Low" : "High",
        "Overall (1 to 4)": debrief?.raters.find((one) => one.seatId === seatId)?.overall,
        "Submitted (UTC)": new Date(submitted?.submittedAt ?? ""),
        Version: submitted?.version,
        Summary: summary,
        "Submitted incomplete because": submitted?.incompleteBecause,
        "Amended because": submitted?.amendedBecause,
      })),
    );
  });

  test("holds the competencies with their weights, and every version of the decision", async () => {
    const { host } = await decidedHouse();
    const { decisions } = await jsonOf(host);
    const { summary } = await xlsxOf(host);
    const from = (title: string) => {
      const start = summary.findIndex(([first]) => first === title);
      const end = summary.findIndex((row, index) => index > start && row.every((cell) => cell === null));
      return records(summary.slice(start, end < 0 ? undefined : end));
    };
    expect(from("Competency")[0]).toEqual({
      Competency: "Testing",
      Weight: 2,
      Score: 8 / 3,
      "Hana Host": 1,
      "Ines Interviewer": 4,
      "Ivan Interviewer": 3,
      "Weighs so because": "It is the job.",
    });
    expect(from("Competency").at(-1)).toMatchObject({ Competency: "Overall", Weight: null });
    expect(from("Decision")).toEqual([
      {
        Decision: "Advance",
        "Decided (UTC)": new Date(decisions[1]?.at ?? ""),
        By: "Hana Host",
        Rationale: "The second look was good.",
      },
      {
        Decision: "On hold",
        "Decided (UTC)": new Date(decisions[0]?.at ?? ""),
        By: "Hana Host",
        Rationale: "We need\na second look.",
      },
    ]);
    expect(summary).toContainEqual(expect.arrayContaining(["Interview", "A test room"]));
  });

  test("says of each note what it is about", async () => {
    const { ines } = await decidedHouse();
    const { notes } = await xlsxOf(ines);
    expect(notes).toHaveLength(9);
    expect(notes[0]).toEqual({
      Rater: "Ines Interviewer",
      "No.": 1,
      Question: "⟦first-question rubric: title⟧",
      Criterion: "⟦first-question rubric: depth⟧",
      Mark: "Strength",
      "Begun (UTC)": new Date("2026-01-05T09:01:00.000Z"),
      "Running time": "1:00",
      Note: "Evidence of Ines Interviewer",
    });
    expect(notes[2]).toMatchObject({ "No.": null, Question: null, Criterion: null, Mark: null });
  });

  test("keeps its headers in sight and wraps its texts", async () => {
    const { host } = await decidedHouse();
    const parts = unzipSync((await fileOf(host, "xlsx")).bytes);
    const sheets = Object.entries(parts).filter(([path]) => /^xl\/worksheets\/sheet\d\.xml$/.test(path));
    expect(sheets).toHaveLength(3);
    for (const [, bytes] of sheets) {
      const sheet = strFromU8(bytes);
      expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
      expect(sheet).toMatch(/<col [^>]*width="\d+/);
      expect(sheet).not.toContain("<f>");
    }
    expect(strFromU8(parts["xl/styles.xml"] ?? new Uint8Array())).toContain('wrapText="1"');
  });

  test("leaves out what no sheet can hold, and nothing else", async () => {
    const server = await startServer();
    const { room, host } = await liveHouse(server);
    const askId = await room.push("first-question");
    const texts: readonly (readonly [string, string])[] = [
      ["a\u0000b\u0001c\u000bd\u001fe", "abcde"],
      ["half \ud83d of a pair, other \udc69 half", "half  of a pair, other  half"],
      ["👩🏽‍🔬 𠮷 \ufffd", "👩🏽‍🔬 𠮷"],
      ["\u0001=1+1", "'=1+1"],
      ["<b>&amp;</b> ]]> \"'", "<b>&amp;</b> ]]> \"'"],
      ["tab\tand\nline", "tab\tand\nline"],
    ];
    for (const [text] of texts) await host.must(note(text, askId));
    const { notes } = await xlsxOf(host);
    expect(notes.map(({ Note }) => String(Note).trim())).toEqual(texts.map(([, kept]) => kept));
  });

  test("writes a text that looks like the code of a character so that it stays that text", async () => {
    const server = await startServer();
    const { room, host } = await liveHouse(server);
    const askId = await room.push("first-question");
    await host.must(note("_x000D_ and x_x0041_y", askId));
    const strings = strFromU8(
      unzipSync((await fileOf(host, "xlsx")).bytes)["xl/sharedStrings.xml"] ?? new Uint8Array(),
    );
    expect(strings).toContain("_x005F_x000D_ and x_x005F_x0041_y");
  });
});
