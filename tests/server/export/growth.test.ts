import { afterAll, describe, expect, test } from "vitest";
import { toAshby } from "../../../server/src/export/ashby.ts";
import { toCsv } from "../../../server/src/export/csv.ts";
import { toGreenhouse } from "../../../server/src/export/greenhouse.ts";
import { toLever } from "../../../server/src/export/lever.ts";
import { toMarkdown } from "../../../server/src/export/markdown.ts";
import { Pictures } from "../../../server/src/export/pdf/pictures.ts";
import { roomPage } from "../../../server/src/export/pdf/room-page.ts";
import type { RoomExport } from "../../../server/src/export/room-export.ts";
import { toXlsx } from "../../../server/src/export/xlsx.ts";
import { StepCounter } from "../../support/steps.ts";
import { sampleQuestion } from "../exchange/samples.ts";

/** Twice as long an interview may take so many times the steps: what is due, with something for what does not grow evenly. */
const MOST = 2.5;
const ASKS = 300;

const AT = "2026-11-28T09:00:00.000Z";

/** An interview in which one rater rated so many asks, with notes of every kind on each. */
function exportOf(count: number): RoomExport {
  const numbers = Array.from({ length: count }, (_, at) => at);
  const { id: _, ...sample } = sampleQuestion();
  const question = {
    ...sample,
    bankId: "first",
    packTitle: "Pack",
    topicName: "Nets",
    communication: sample.criteria[0],
  };
  const judgement = {
    recommendation: "yes",
    confidence: "high",
    summary: "Good.",
    ratings: numbers.map((at) => ({
      askId: `a_${at}`,
      askNumber: at + 1,
      questionId: "first",
      question: "First",
      criterionId: "depth",
      criterion: "Depth",
      competencies: ["Nets"],
      level: 3,
      anchor: "Fine.",
      evidence: [`n_${at}_bound`],
    })),
    unrated: [],
    heard: [],
    notes: numbers.flatMap((at) =>
      ["bound", "loose"].map((kind) => ({
        noteId: `n_${at}_${kind}`,
        askId: `a_${at}`,
        at: AT,
        elapsedMs: at,
        mark: "strength",
        evidenceFor: kind === "bound" ? "depth" : null,
        text: `A note on ${at}`,
      })),
    ),
  };
  const submitted = { version: 1, submittedAt: AT, incompleteBecause: null, amendedBecause: null, informed: false };
  return {
    format: "whetstone-room",
    version: 2,
    exportedAt: AT,
    exportedBy: "Hana",
    room: {
      title: "Room",
      candidate: "Maya",
      forRole: null,
      kit: null,
      phase: "ended",
      blindPolicy: "after_own",
      minutes: 45,
      usedMs: 1,
      openedAt: AT,
      startedAt: AT,
      endedAt: AT,
    },
    people: [],
    plan: [],
    asks: numbers.map((at) => ({
      number: at + 1,
      askId: `a_${at}`,
      question,
      planned: true,
      deviation: "none",
      minutes: 5,
      askedAtMs: at,
      openMs: 1,
      revealed: [],
      answer: "So.",
    })),
    deviations: { notAsked: [], added: [], outOfOrder: [] },
    scorecards: [{ ...judgement, seatId: "s_1", rater: "Hana", own: true, submitted, earlier: [] }],
    debrief: null,
    decisions: [],
  } as unknown as RoomExport;
}

const WRITERS: Readonly<Record<string, (exported: RoomExport) => unknown>> = {
  "the PDF's data": (exported) => roomPage(exported, new Pictures(() => null)),
  csv: toCsv,
  md: toMarkdown,
  xlsx: toXlsx,
  "greenhouse.json": toGreenhouse,
  "lever.json": toLever,
  "ashby.json": toAshby,
};

const steps = await StepCounter.start();
afterAll(() => steps.stop());

describe("writing twice as long an interview takes no more than two and a half times the steps", () => {
  test.each(Object.keys(WRITERS))("%s", async (format) => {
    const write = WRITERS[format] ?? (() => undefined);
    const [once, twice] = [exportOf(ASKS), exportOf(2 * ASKS)];
    await write(once);
    const first = await steps.of(() => write(once));
    const second = await steps.of(() => write(twice));
    expect(first).toBeGreaterThan(ASKS);
    expect(second / first).toBeLessThanOrEqual(MOST);
  });

  // What the library takes is so much that nothing of ours would be seen beside it.
  test("xlsx, without the library that writes it", async () => {
    const isOurs = (url: string) => !url.includes("node_modules");
    const [once, twice] = [exportOf(ASKS), exportOf(2 * ASKS)];
    const first = await steps.of(() => toXlsx(once), isOurs);
    const second = await steps.of(() => toXlsx(twice), isOurs);
    expect(first).toBeGreaterThan(ASKS);
    expect(second / first).toBeLessThanOrEqual(MOST);
  });
});
