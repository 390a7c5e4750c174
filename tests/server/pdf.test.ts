import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Level } from "@whetstone/shared/bank";
import type { NoteMark } from "@whetstone/shared/room/scorecard/commands";
import { afterAll, describe, expect, test } from "vitest";
import { writersBeside } from "../../server/src/export/formats.ts";
import { roomExport } from "../../server/src/export/from-view.ts";
import type { PdfProblem } from "../../server/src/export/pdf/print.ts";
import type { RoomExport } from "../../server/src/export/room-export.ts";
import { Pool } from "../../server/src/threads/pool.ts";
import { MINUTE, Room, type RoomOptions, textsIn } from "../support/domain.ts";
import { bare, type ReadPdf, readPdf } from "../support/read-pdf.ts";
import { PoolWith, temporaryFolder } from "../support/server.ts";

const pool = new Pool();
afterAll(() => pool.close());

/** The room as a server makes its PDF, which works in threads. */
const toPdf = (exported: RoomExport, by = pool) =>
  writersBeside(by, "somebody").pdf.write(exported) as Promise<Uint8Array | PdfProblem>;

async function printed(exported: RoomExport): Promise<ReadPdf> {
  const pdf = await toPdf(exported);
  if ("problem" in pdf) throw new Error(pdf.problem);
  return readPdf(pdf);
}

const RATERS = ["Jonas Deck", "Amara Okafor", "Wei Zhang"] as const;

interface Interview extends RoomOptions {
  readonly raters?: readonly string[];
  /** What a rater notes on the question, and what they sum up. */
  readonly note?: (rater: string) => string;
  readonly answer?: string;
  readonly submitted?: boolean;
}

const LEVELS: readonly (readonly Level[])[] = [
  [4, 3, 1],
  [2, 2, 3],
  [3, 3, 3],
];
const MARKS: readonly (NoteMark | null)[] = ["strength", "concern", null];

/** An interview with one question, over, rated by everybody and submitted. */
function interview({ raters = RATERS, note, answer = "", submitted = true, ...options }: Interview = {}) {
  const [hostName = "", ...others] = raters;
  const room = new Room({ planned: ["first-question", "second-question"], hostName, ...options });
  const seats = [room.hostId, ...others.map((name) => room.join("interviewer", name))];
  const candidate = room.join("candidate", options.candidateName ?? "Cleo");
  room.must(room.hostId, { type: "admit", seatId: candidate });
  room.must(room.hostId, { type: "start" });
  const askId = room.pushPlanned(room.round.plan[0]?.itemId ?? "");
  room.wait(2 * MINUTE + 5_000);
  room.must(candidate, { type: "writeAnswer", askId, text: answer });
  for (const [index, seatId] of seats.entries()) {
    const name = raters[index] ?? "";
    const text = note?.(name) ?? `What ${name} heard`;
    for (const [row, { id }] of (room.bank.frozen("first-question")?.criteria ?? []).entries()) {
      room.must(seatId, { type: "rate", askId, criterionId: id, level: LEVELS[row]?.[index] ?? 2 });
    }
    const mark = MARKS[index] ?? null;
    room.must(seatId, { type: "tick", askId, keyPoint: 1, heard: true });
    room.must(seatId, {
      type: "writeNote",
      noteId: room.newId("n"),
      askId,
      text,
      mark,
      evidenceFor: "depth",
      ageMs: 0,
    });
    room.must(seatId, { type: "writeSummary", text: `Summed up by ${name}` });
    room.must(seatId, { type: "recommend", recommendation: index === 2 ? "no" : "strong_yes" });
    room.must(seatId, { type: "setConfidence", confidence: "medium" });
  }
  room.must(room.hostId, { type: "end" });
  if (submitted) for (const seatId of seats) submit(room, seatId);
  return { room, seats, askId };
}

const submit = (room: Room, seatId: string) =>
  room.must(seatId, { type: "submitScorecard", reason: "The second question was left out" });

const exportOf = ({ room }: { room: Room }): RoomExport => roomExport(room.panelView(room.hostId), room.now);

/** An interview in which one rater changed their mind, and the panel decided, twice. */
function decided() {
  const course = interview({ answer: "def f(x):\n\treturn   x\n", candidateName: "Maya Lindqvist" });
  const { room, seats, askId } = course;
  const amara = seats[1] ?? "";
  room.must(amara, { type: "amendScorecard", reason: "The last note had been forgotten" });
  room.must(amara, { type: "rate", askId, criterionId: "depth", level: 4 });
  room.must(amara, { type: "recommend", recommendation: "yes" });
  submit(room, amara);
  room.must(room.hostId, { type: "recordDecision", outcome: "hold", rationale: "One more look at the figures" });
  room.must(room.hostId, { type: "recordDecision", outcome: "advance", rationale: "Three of three would hire" });
  return course;
}

describe("a PDF of a room", () => {
  test("holds everything that people wrote and judged", async () => {
    const exported = exportOf(decided());
    const { text } = await printed(exported);
    const { room, asks, scorecards, decisions, debrief, deviations, people } = exported;
    const panel = people.filter(({ role }) => role === "host" || role === "interviewer");
    const written = [
      ...[room.title, room.candidate, room.forRole, ...panel.map(({ name }) => name)],
      ...[...deviations.notAsked, ...decisions.map(({ rationale }) => rationale)],
      ...asks.flatMap(({ question, answer }) => [question.title, question.prompt, answer]),
      ...scorecards.flatMap(({ summary, notes, heard, ratings }) => [
        ...[summary, ...notes.map((note) => note.text), ...heard.flatMap(({ keyPoints }) => keyPoints)],
        ...ratings.flatMap(({ criterion, level, anchor }) => `${level}${criterion}${anchor}`),
      ]),
      ...scorecards.flatMap(({ submitted, earlier }) =>
        textsIn([submitted?.amendedBecause, earlier[0]?.ratings[0]?.anchor]),
      ),
      ...(debrief?.competencies ?? []).map(({ name }) => name),
      ...["Advance", "On hold", "Strong yes", "medium confidence", "2:05 of 5:00", "The second question was left out"],
    ];
    expect(written.length).toBeGreaterThan(30);
    for (const one of written) expect(text).toContain(bare(one ?? ""));
  });

  test("sets the levels of a criterion side by side, those first that the panel differs on most", async () => {
    const exported = exportOf(decided());
    const { text } = await printed(exported);
    const rows = (exported.debrief?.criteria ?? []).map(({ criterion, askNumber, question, levels }) =>
      text.indexOf(bare(`${criterion}${askNumber}. ${question}${levels.join("")}`)),
    );
    expect(rows).toHaveLength(3);
    expect(rows).not.toContain(-1);
    expect(rows).toEqual(rows.toSorted((one, other) => one - other));
    expect(exported.debrief?.criteria[0]?.levels).toEqual([4, 4, 1]);
  });

  test("has tags, a language, a title, an outline and numbered pages", async () => {
    const pdf = await printed(exportOf(decided()));
    expect(pdf.isTagged).toBe(true);
    expect(pdf.accessible).toBe("1");
    expect([...pdf.roles]).toEqual(
      expect.arrayContaining(["Document", "H1", "H2", "H3", "Table", "TH", "TD", "Figure"]),
    );
    expect(pdf.about).toEqual({ title: "Maya Lindqvist · ⟦room: title⟧", author: "Jonas Deck", language: "en" });
    expect(pdf.outline).toEqual(expect.arrayContaining(["Decision", "Scorecards", "Questions", ...RATERS.map(bare)]));
    expect(pdf.pages.length).toBeGreaterThan(1);
    for (const [index, page] of pdf.pages.entries()) {
      expect(page).toContain(bare(`${index + 1} of ${pdf.pages.length}`));
      if (index > 0) expect(page).toMatch(/^MayaLindqvist·⟦room:title⟧/);
    }
  });

  test("says in a sentence what there is none of", async () => {
    const nothing = await printed(exportOf({ room: new Room() }));
    for (const sentence of ["Nothing was asked.", "No decision has been recorded.", "Draft, not submitted"]) {
      expect(nothing.text).toContain(bare(sentence));
    }
    const closed = await printed(exportOf(interview({ submitted: false })));
    expect(closed.text).toContain(bare("scorecards are not open to Jonas Deck yet"));
    expect(closed.text).toContain(bare("What Jonas Deck heard"));
    expect(closed.text).not.toContain(bare("What Wei Zhang heard"));

    const { room } = interview({ raters: ["Only One"], submitted: false });
    for (const { askId, question } of room.asks) {
      for (const { id } of question.criteria) {
        room.must(room.hostId, { type: "rate", askId, criterionId: id, level: null });
      }
    }
    submit(room, room.hostId);
    expect((await printed(exportOf({ room }))).text).toContain(bare("Nobody rated an answer"));
  });

  test("counts of what was planned what was asked of it, with what was added to the plan meanwhile", async () => {
    const kit = { kitId: "a-kit", title: "A kit", competencies: [] };
    const room = new Room({ kit, planned: ["first-question", "second-question"] });
    const candidate = room.join("candidate", "Cleo");
    room.must(room.hostId, { type: "admit", seatId: candidate });
    room.must(room.hostId, { type: "start" });
    const items = room.round.plan.map(({ itemId, questionId, minutes }) => ({ itemId, questionId, minutes }));
    const added = { itemId: room.newId("p"), questionId: "third-question", minutes: 5 };
    room.must(room.hostId, { type: "arrangePlan", items: [...items, added] });
    room.push("first-question");
    room.push("fourth-question");
    room.must(room.hostId, { type: "end" });
    const exported = exportOf({ room });
    expect((await printed(exported)).text).toContain(bare("2 questions asked, 1 of 3 planned"));
    const titleOf = (id: string) => room.bank.frozen(id)?.title;
    expect(exported.deviations.notAsked).toEqual([titleOf("second-question"), titleOf("third-question")]);
    expect(exported.deviations.added).toEqual([titleOf("fourth-question")]);
  });

  test("has one rater’s levels where there is one", async () => {
    const { text } = await printed(exportOf(interview({ raters: ["Only One"] })));
    expect(text).toContain(bare("one rating"));
    expect(text).not.toContain(bare("Who differs from whom"));
  });
});

describe("code in a PDF", () => {
  const PROMPT = [
    "What does `x.sum(dim=0)` cost, and **why**? It costs $O(n)$ at `$HOME`.",
    "",
    "```python",
    "def mean(values):",
    "    # 平均 🙂",
    `    return ${Array.from({ length: 40 }, (_, index) => `long_name_${index}`).join(" + ")}`,
    "```",
    "",
    "- Use `itertools`, and no loop.",
  ].join("\n");

  async function page(note: string) {
    const room = new Room({ planned: ["first-question"] });
    const candidate = room.join("candidate", "Cleo");
    room.must(room.hostId, { type: "admit", seatId: candidate });
    room.must(room.hostId, { type: "start" });
    room.must(room.hostId, { type: "push", source: { kind: "typed", prompt: PROMPT, minutes: 5 } });
    const askId = room.asks.at(-1)?.askId ?? "";
    const noted = {
      type: "writeNote",
      noteId: room.newId("n"),
      askId,
      text: note,
      mark: null,
      evidenceFor: null,
    } as const;
    room.must(room.hostId, { ...noted, ageMs: 0 });
    room.must(room.hostId, { type: "end" });
    return printed(exportOf({ room }));
  }

  test("is set in letters of one width in prompts and notes, with its indentation and whole, and words beside it are not", async () => {
    const { code, prose, text, accessible } = await page(
      "Says `x <= 1`, then:\n\n```\nfor i in x:\n\ty\n```\nand no more.",
    );
    for (const part of [
      "x.sum(dim=0)",
      "$HOME",
      "def mean(values):",
      "long_name_0 + long_name_1",
      "+ long_name_39",
      "itertools",
    ]) {
      expect(code).toContain(bare(part));
    }
    for (const part of ["`x <= 1`", "for i in x:"]) expect(code).toContain(bare(part));
    for (const part of ["What does", "It costs O(n) at", "and no loop.", "and no more."]) {
      expect(prose).toContain(bare(part));
      expect(code).not.toContain(bare(part));
    }
    expect(text).toContain("平均🙂");
    expect(text).toContain(bare("why"));
    expect(accessible).toBe("1");
  });
});

describe("bad input in a PDF", () => {
  test("letters of any script are printed, and found again", async () => {
    const candidateName = "王小明 👩‍💻";
    const raters = ["דנה כהן", "김하늘", "สมชาย ใจดี"];
    const texts = ["नमस्ते", "日本語の「メモ」", "Привет, Ελληνικά, Tiếng Việt", "❤️ 👍🏽", "שלום"];
    const pdf = await printed(exportOf(interview({ candidateName, raters, note: () => texts.join("\n") })));
    expect(pdf.accessible).toBe("1");
    for (const words of [candidateName, ...raters.slice(1), texts[1], texts[2], texts[4]]) {
      expect(pdf.text).toContain(bare(words ?? ""));
    }
    for (const word of raters[0]?.split(" ") ?? []) expect(pdf.text).toContain(word);
    expect(pdf.outline).toEqual(expect.arrayContaining(raters.map(bare)));

    const arabic = await printed(exportOf(interview({ candidateName: "ليلى بنت أحمد", raters: ["سلمى الحداد"] })));
    expect(arabic.accessible).toBe("1");
    expect(arabic.about.title).toBe("ليلى بنت أحمد · ⟦room: title⟧");
    expect(arabic.outline).toContain(bare("سلمى الحداد"));
    expect(arabic.text).toContain("أحمد");
  });

  test("a note of 20,000 characters flows over pages whole", async () => {
    const words = Array.from({ length: 2_500 }, (_, index) => `w${String(index).padStart(6, "0")}`).join(" ");
    const unbroken = "x".repeat(20_000);
    const { text, pages } = await printed(
      exportOf(interview({ note: (name) => (name === "Wei Zhang" ? unbroken : words) })),
    );
    expect(text).toContain(bare(words));
    expect(text).toContain(unbroken);
    expect(pages.length).toBeGreaterThan(10);
  });

  test("what looks like a command, a path, a formula or HTML is text", async () => {
    const commands = [
      '#panic("x")',
      '#read("/etc/passwd")',
      '#import "@preview/cetz:0.3.0"',
      "$ sum_(i=0)^n $ @label <label> \\ * _ ` = [ ]",
      '=HYPERLINK(1) "} #{ ]',
      "<b>bold</b> & <script>alert(1)</script>",
      "../../etc/passwd",
    ];
    const all = commands.join(" | ");
    for (const title of commands) {
      const exported = exportOf(
        interview({ title, candidateName: title, note: () => all, answer: commands.join("\n") }),
      );
      const { text, about } = await printed(exported);
      expect(about.title).toBe(`${title} · ${title}`);
      expect(text).toContain(bare(title));
      expect(text.split(bare(all)).length - 1).toBeGreaterThanOrEqual(3);
      for (const command of commands) expect(text).toContain(bare(command));
    }
  });

  test("characters that cannot be printed leave the others as they are", async () => {
    const note = "before\u0000\u0007\r\nbetween \ud83d and \ue000\u{1ffff} after";
    const { text, isTagged } = await printed(exportOf(interview({ note: () => note, answer: note })));
    expect(isTagged).toBe(true);
    for (const word of ["before", "between\ufffdand", "after"]) expect(text).toContain(word);
  });
});

describe("a PDF that cannot be made", () => {
  test("says why, and the next one is made", async () => {
    const exported = exportOf(interview());
    const [first, ...others] = exported.debrief?.criteria ?? [];
    if (!exported.debrief || !first) throw new Error("There is a debrief.");
    const broken = {
      ...exported,
      debrief: { ...exported.debrief, criteria: [{ ...first, levels: [7 as Level] }, ...others] },
    };
    const [refused, made] = await Promise.all([toPdf(broken), toPdf(exported)]);
    expect(refused).toEqual({
      problem: expect.stringMatching(/^This room cannot be set as a PDF: .+\. Take another format\.$/),
    });
    expect("problem" in made).toBe(false);
  });

  test("is answered when the thread dies, each time anew", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "dying.mjs"), "export default () => process.exit(1);");
    const dying = new PoolWith({ "export/pdf-thread.js": pathToFileURL(join(folder, "dying.mjs")) });
    for (const _ of [1, 2]) {
      const answers = await Promise.all([toPdf(exportOf(interview()), dying), toPdf(exportOf(interview()), dying)]);
      for (const answer of answers) expect(answer).toEqual({ problem: expect.stringContaining("ended by itself") });
    }
    await dying.close();
  });

  test("is answered when the server stops, and a pool that was closed can begin again", async () => {
    const stopping = new Pool();
    const exported = exportOf(interview());
    const waiting = toPdf(exported, stopping);
    await stopping.close();
    expect(await waiting).toEqual({ problem: expect.stringContaining("the server is stopping") });
    expect("problem" in (await toPdf(exported, stopping))).toBe(false);
    await stopping.close();
  });
});
