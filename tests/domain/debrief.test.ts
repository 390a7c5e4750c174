import type { Level } from "@whetstone/shared/bank";
import { courseOf, type Debrief, debriefOf, ownRollup } from "@whetstone/shared/debrief";
import type { RoomKit } from "@whetstone/shared/room/course/commands";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { begin, play, propertyRuns, scoredBeginnings, scoredCourses } from "../support/courses.ts";
import { livePanelRoom, MINUTE, type PanelRoom, type RoomOptions, testBank } from "../support/domain.ts";

const bank = testBank();
const named = (questionId: string, criterionId: string) =>
  bank.frozen(questionId)?.criteria.find(({ id }) => id === criterionId)?.name ?? "";
const COMMUNICATION = named("first-question", "communication");
const TOPIC = bank.frozen("first-question")?.topic ?? "";

const KIT: RoomKit = {
  kitId: "a-kit",
  title: "A kit",
  competencies: [
    { name: "Reasoning", weight: 3, reason: "The job is mostly that." },
    { name: "Practice", weight: 1, reason: null },
  ],
};

type Levels = Readonly<Record<string, Level>>;

/** Ratings of one ask by each of the panel, `depth`, `practice` and `communication`; all submitted after the end. */
function panelThatRated(ratings: { host?: Levels; ann?: Levels; bob?: Levels }, options: RoomOptions = {}) {
  const panel = livePanelRoom(options);
  const askId = panel.room.push("first-question");
  panel.room.must(panel.host, { type: "end" });
  for (const [name, levels] of Object.entries(ratings)) {
    const seatId = panel[name as "host" | "ann" | "bob"];
    for (const [criterionId, level] of Object.entries(levels)) {
      panel.room.must(seatId, { type: "rate", askId, criterionId, level });
    }
  }
  return { ...panel, askId };
}

function submitAll({ room }: PanelRoom, ...seatIds: string[]): void {
  for (const seatId of seatIds) room.must(seatId, { type: "submitScorecard", reason: "Only a test." });
}

function debriefFor({ room }: PanelRoom, seatId: string): Debrief {
  const debrief = debriefOf(room.panelView(seatId));
  if (!debrief) throw new Error("The debrief is closed.");
  return debrief;
}

describe("a debrief", () => {
  test("is closed for as long as the policy says, and holds nobody but those it opened then", () => {
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) {
          play(room, step);
          for (const seatId of room.seatsOf("host", "interviewer").filter((id) => room.view(id))) {
            const view = room.panelView(seatId);
            const debrief = debriefOf(view);
            expect(debrief !== null).toBe(view.debriefOpen);
            const seen = view.debriefOpen ? [seatId, ...view.others.map((other) => other.seatId)] : [];
            expect(debrief?.raters.map((rater) => rater.seatId) ?? []).toEqual(seen);
          }
        }
      }),
      propertyRuns(100),
    );
  });

  test("puts the criteria first that the panel differs on most", () => {
    const panel = panelThatRated({
      host: { depth: 3, practice: 4, communication: 2 },
      ann: { depth: 3, practice: 1, communication: 3 },
      bob: { depth: 3, practice: 4, communication: 1 },
    });
    submitAll(panel, panel.host, panel.ann, panel.bob);
    const { rows } = debriefFor(panel, panel.ann);
    expect(rows.map(({ criterion, spread }) => [criterion.id, spread])).toEqual([
      ["practice", 3],
      ["communication", 2],
      ["depth", 0],
    ]);
    // The reader's own rating comes first, then the others' in the order of their seats.
    expect(rows[0]?.cells.map(({ seatId, level }) => [seatId, level])).toEqual([
      [panel.ann, 1],
      [panel.host, 4],
      [panel.bob, 4],
    ]);
  });

  test("of equally wide criteria puts the one first in which more raters stand apart", () => {
    const panel = panelThatRated({
      host: { depth: 2, practice: 3 },
      ann: { depth: 4, practice: 3 },
      bob: { depth: 3, practice: 1 },
    });
    submitAll(panel, panel.host, panel.ann, panel.bob);
    const { rows } = debriefFor(panel, panel.host);
    // `depth` stands before `practice` in the question, and only one of its raters stands apart from the middle by a level on each side.
    expect(rows.map(({ criterion, spread }) => [criterion.id, spread])).toEqual([
      ["practice", 2],
      ["depth", 2],
      ["communication", null],
    ]);
  });

  test("says who differs from whom, and by how much", () => {
    const panel = panelThatRated({
      host: { depth: 4, practice: 3, communication: 2 },
      ann: { depth: 2, practice: 3 },
      bob: {},
    });
    submitAll(panel, panel.host, panel.ann, panel.bob);
    const { host, ann, bob } = panel;
    expect(debriefFor(panel, host).pairs).toEqual([
      { one: host, other: ann, shared: 2, apart: 1, leaning: 1, equal: 0.5 },
      { one: host, other: bob, shared: 0, apart: 0, leaning: 0, equal: 0 },
      { one: ann, other: bob, shared: 0, apart: 0, leaning: 0, equal: 0 },
    ]);
  });

  test("weighs competencies as the kit says, and counts what its questions do not probe to their topic", () => {
    const ratings = { host: { depth: 4, practice: 2, communication: 1 } } as const;
    const probing = panelThatRated(ratings, {
      kit: KIT,
      planned: ["first-question"],
      probes: { "first-question": ["Reasoning"] },
    });
    submitAll(probing, probing.host);
    const debrief = debriefFor(probing, probing.host);
    expect(debrief.competencies).toEqual([
      { ...KIT.competencies[0], score: 3, byRater: [3], distribution: [0, 1, 0, 1] },
      { ...KIT.competencies[1], score: null, byRater: [null], distribution: [0, 0, 0, 0] },
      { name: COMMUNICATION, weight: 1, reason: null, score: 1, byRater: [1], distribution: [1, 0, 0, 0] },
    ]);
    expect(debrief.overall).toBe((3 * 3 + 1) / 4);

    const bare = panelThatRated(ratings);
    submitAll(bare, bare.host);
    expect(debriefFor(bare, bare.host).competencies.map(({ name, score }) => [name, score])).toEqual([
      [TOPIC, 3],
      [COMMUNICATION, 1],
    ]);
  });

  test("goes by the version of a scorecard that holds, and shows those before it", () => {
    const panel = panelThatRated({ host: { depth: 4 }, ann: { depth: 1 } });
    const { room, host, ann, askId } = panel;
    submitAll(panel, host, ann);
    room.must(ann, { type: "amendScorecard", reason: "I misread the anchor." });
    room.must(ann, { type: "rate", askId, criterionId: "depth", level: 3 });
    const depth = () => debriefFor(panel, host).rows.find(({ criterion }) => criterion.id === "depth");
    expect(depth()?.spread).toBe(3);
    expect(debriefFor(panel, ann).rows.find(({ criterion }) => criterion.id === "depth")?.spread).toBe(3);
    submitAll(panel, ann);
    expect(depth()?.spread).toBe(1);
    const rater = debriefFor(panel, host).raters.find(({ seatId }) => seatId === ann);
    expect(rater?.versions.map(({ number, amendment }) => [number, amendment])).toEqual([
      [1, null],
      [2, "I misread the anchor."],
    ]);
  });

  test("puts behind a level the notes that are bound to it, then those on its question that are bound to nothing", () => {
    const panel = panelThatRated({ ann: { depth: 2, practice: 3 } });
    const { room, ann, askId } = panel;
    const write = (noteId: string, text: string, evidenceFor: string | null, mark: "strength" | "concern" | null) =>
      room.must(ann, { type: "writeNote", noteId, askId, text, mark, evidenceFor, ageMs: 0 });
    write("n_000000000001", "about both", null, "strength");
    write("n_000000000002", "about depth", "depth", "concern");
    write("n_000000000003", "about practice", "practice", null);
    write("n_000000000004", " ", "depth", "concern");
    submitAll(panel, ann);
    const { rows, strengths, concerns } = debriefFor(panel, ann);
    const behind = (criterionId: string) =>
      rows.find(({ criterion }) => criterion.id === criterionId)?.cells[0]?.notes.map(({ text }) => text);
    expect(behind("depth")).toEqual(["about depth", "about both"]);
    expect(behind("practice")).toEqual(["about practice", "about both"]);
    expect(strengths.map(({ note, ask }) => [note.text, ask?.number])).toEqual([["about both", 1]]);
    expect(concerns.map(({ note }) => note.text)).toEqual(["about depth"]);
  });

  test("with one rater, or with nobody who rated anything, has no spread, no pair and no score made up", () => {
    const alone = panelThatRated({ host: { depth: 2 } });
    submitAll(alone, alone.host);
    const one = debriefFor(alone, alone.host);
    expect(one.pairs).toEqual([]);
    expect(one.rows.map(({ spread }) => spread)).toEqual([null, null, null]);
    expect(one.overall).toBe(2);
    expect(one.unrated.map(({ criterion }) => criterion.id)).toEqual(["practice", "communication"]);

    const nobody = panelThatRated({});
    submitAll(nobody, nobody.host, nobody.ann);
    const none = debriefFor(nobody, nobody.host);
    expect(none.overall).toBeNull();
    expect(none.competencies.map(({ score }) => score)).toEqual([null, null]);
    expect(none.unrated).toHaveLength(3);
  });
});

describe("the course of an interview", () => {
  test("is told beside the plan that it was opened with, whatever the host arranged later", () => {
    const { room, host } = livePanelRoom({ kit: KIT, planned: ["first-question", "second-question"] });
    const [first, second] = room.panelView(host).plan;
    if (!first || !second) throw new Error("Two questions are planned.");
    room.must(host, { type: "arrangePlan", items: [] });
    room.push("second-question");
    room.wait(3 * MINUTE);
    room.push("third-question");
    room.wait(MINUTE);
    room.must(host, { type: "end" });
    const course = courseOf(room.panelView(host));
    expect(course.notAsked.map(({ questionId }) => questionId)).toEqual(["first-question"]);
    expect(course.added.map(({ question }) => question.bankId)).toEqual(["third-question"]);
    expect(course.usedMs).toBe(4 * MINUTE);
    expect(course.plannedMs).toBe(45 * MINUTE);
    expect(course.asks.map(({ usedMs, budgetMs }) => [usedMs, budgetMs])).toEqual([
      [3 * MINUTE, 6 * MINUTE],
      [MINUTE, 7 * MINUTE],
    ]);
  });

  test("counts what was added to the plan since to what was planned, whether it was asked or not", () => {
    const { room, host } = livePanelRoom({ kit: KIT, planned: ["first-question", "second-question"] });
    const items = [
      ...room.panelView(host).plan.map(({ itemId, questionId, minutes }) => ({ itemId, questionId, minutes })),
      { itemId: room.newId("p"), questionId: "third-question", minutes: 5 },
      { itemId: room.newId("p"), questionId: "fourth-question", minutes: 5 },
    ];
    room.must(host, { type: "arrangePlan", items });
    room.push("first-question");
    room.push("third-question");
    room.must(host, { type: "end" });
    const { notAsked, added } = courseOf(room.panelView(host));
    expect(notAsked.map(({ questionId }) => questionId)).toEqual(["second-question", "fourth-question"]);
    expect(added).toEqual([]);
  });

  test("names what was asked before its turn", () => {
    const { room, host } = livePanelRoom({ kit: KIT, planned: ["first-question", "second-question"] });
    for (const questionId of ["second-question", "first-question"]) room.push(questionId);
    room.must(host, { type: "end" });
    const { notAsked, added, outOfOrder } = courseOf(room.panelView(host));
    expect([notAsked, added]).toEqual([[], []]);
    expect(outOfOrder.map(({ question }) => question.bankId)).toEqual(["second-question"]);
  });
});

describe("one's own ratings", () => {
  test("add up by competency while they are being made, and tell how much of it is rated", () => {
    const panel = livePanelRoom({ kit: KIT, planned: ["first-question"], probes: { "first-question": ["Practice"] } });
    const { room, ann, bob } = panel;
    const askId = room.push("first-question");
    room.must(ann, { type: "rate", askId, criterionId: "depth", level: 4 });
    room.must(bob, { type: "rate", askId, criterionId: "practice", level: 1 });
    expect(ownRollup(room.panelView(ann))).toEqual({
      competencies: [
        { ...KIT.competencies[0], score: null, rated: 0, of: 0 },
        { ...KIT.competencies[1], score: 4, rated: 1, of: 2 },
        { name: COMMUNICATION, weight: 1, reason: null, score: null, rated: 0, of: 1 },
      ],
      overall: 4,
    });
  });
});
