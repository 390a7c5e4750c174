import assert from "node:assert/strict";
import { diff } from "@whetstone/shared/room/patch";
import { debriefIsOpen, mayRead } from "@whetstone/shared/room/scorecard/blindness";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { begin, keeperOf, play, propertyRuns, repeat, scoredBeginnings, scoredCourses } from "../support/courses.ts";
import { BLIND_POLICIES, livePanelRoom, type Room } from "../support/domain.ts";

/** Who may read whose scorecard after that log: the policies in words, apart from the domain's own. */
function readersOf(room: Room) {
  const submitted = new Set<string>();
  const gone = new Set<string>();
  const letIn = new Set([room.hostId]);
  for (const event of room.commits.flatMap((commit) => commit.events)) {
    if (event.type === "scorecardSubmitted") submitted.add(event.seatId);
    if (event.type === "seatRemoved") gone.add(event.seatId);
    if (event.type === "seatTaken" && event.admitted) letIn.add(event.seatId);
    if (event.type === "seatAdmitted") letIn.add(event.seatId);
  }
  const raters = room.seatsOf("host", "interviewer").filter((seatId) => letIn.has(seatId));
  const isComplete = raters.every((seatId) => gone.has(seatId) || submitted.has(seatId));
  const opensTo = (reader: string): boolean =>
    submitted.has(reader) &&
    { after_own: true, after_all: isComplete, never: reader === room.hostId }[room.state.blindPolicy];
  const mayRead = (reader: string, owner: string): boolean =>
    reader !== owner && submitted.has(owner) && opensTo(reader);
  return { mayRead, opensTo };
}

/** Commands whose words are the panel's own until the policy opens them; the host's decision goes with their scorecard. */
const WRITTEN_FOR_THE_PANEL = [
  "writeNote",
  "writeSummary",
  "submitScorecard",
  "amendScorecard",
  "recordDecision",
] as const;

describe("blind until submitted", () => {
  test("an interviewer reads another's scorecard from the moment the policy allows it, and not before", () => {
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) {
          play(room, step);
          const raters = room.seatsOf("host", "interviewer");
          const { mayRead, opensTo } = readersOf(room);
          for (const reader of raters.filter((seatId) => room.view(seatId))) {
            const { others } = room.panelView(reader);
            const allowed = raters.filter((owner) => mayRead(reader, owner));
            assert.deepStrictEqual(others.map(({ seatId }) => seatId).sort(), allowed.sort());
            const text = JSON.stringify(room.view(reader));
            assert.equal(room.panelView(reader).debriefOpen, opensTo(reader));
            if (reader !== room.hostId) assert.ok(!text.includes("writeFeedback⟧"));
            for (const owner of raters) {
              if (owner === reader || allowed.includes(owner)) continue;
              for (const type of WRITTEN_FOR_THE_PANEL) assert.ok(!text.includes(`⟦${owner} ${type}⟧`), type);
            }
          }
        }
      }),
      propertyRuns(300),
    );
  });

  test("and until then nothing in their view, nor silence, nor any answer tells whether the other has begun", () => {
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, (beginning, course) => {
        const room = begin(beginning);
        const readers = room.seatsOf("host", "interviewer");
        // For each reader the same interview in which nobody else writes a word.
        const alone = new Map(readers.map((reader) => [reader, begin(beginning)]));
        for (const step of course) {
          const before = new Map(readers.map((reader) => [reader, room.view(reader)]));
          const played = play(room, step);
          const { mayRead } = readersOf(room);
          const raters = room.seatsOf("host", "interviewer");
          const keeper = keeperOf(played);
          for (const [reader, other] of alone) {
            if (raters.some((owner) => mayRead(reader, owner))) {
              alone.delete(reader);
              continue;
            }
            if (keeper !== null && keeper !== reader) {
              assert.deepStrictEqual(diff(before.get(reader), room.view(reader)), []);
              continue;
            }
            assert.deepStrictEqual(repeat(other, played, room.now), played);
            assert.deepStrictEqual(room.view(reader), other.view(reader));
          }
        }
      }),
      propertyRuns(300),
    );
  });

  test.each(BLIND_POLICIES)(
    "nothing is open to who was removed, or never came, whatever was submitted (%s)",
    (blindPolicy) => {
      const { room, host, ann, bob } = livePanelRoom({ blindPolicy });
      room.must(host, { type: "end" });
      for (const seatId of [host, ann, bob]) room.must(seatId, { type: "submitScorecard", reason: "Only a test." });
      const open = (reader: string) => debriefIsOpen(room.state, room.round, reader);
      const mayReadHost = (reader: string) => mayRead(room.state, room.round, reader, host);
      expect([host, ann].map(open)).toEqual([true, blindPolicy !== "never"]);
      room.must(host, { type: "removeSeat", seatId: ann });
      for (const reader of [ann, "s_never-seated-here"])
        expect([open(reader), mayReadHost(reader)]).toEqual([false, false]);
      expect(mayReadHost(bob)).toBe(blindPolicy !== "never");
    },
  );

  test.each(BLIND_POLICIES)("what is opened is the scorecard as its owner wrote it (%s)", (blindPolicy) => {
    const { room, host, ann, bob } = livePanelRoom({ blindPolicy });
    const askId = room.push("first-question");
    for (const seatId of [host, ann, bob]) {
      room.must(seatId, { type: "rate", askId, criterionId: "depth", level: 3 });
      room.must(seatId, { type: "tick", askId, keyPoint: 1, heard: true });
      const note = { type: "writeNote" as const, askId, mark: null, evidenceFor: "depth", ageMs: 0 };
      room.must(seatId, { ...note, noteId: room.newId("n"), text: `${seatId} heard it` });
      room.must(seatId, { type: "writeSummary", text: `${seatId} sums up` });
      room.must(seatId, { type: "recommend", recommendation: "yes" });
    }
    room.must(host, { type: "end" });
    const readable = (reader: string) => room.panelView(reader).others.map(({ seatId }) => seatId);
    const everyone = () => [host, ann, bob].map(readable);

    room.must(ann, { type: "submitScorecard", reason: "Only a test." });
    expect(everyone()).toEqual([[], [], []]);
    room.must(host, { type: "submitScorecard", reason: "Only a test." });
    expect(everyone()).toEqual(
      { after_own: [[ann], [host], []], after_all: [[], [], []], never: [[ann], [], []] }[blindPolicy],
    );
    room.must(bob, { type: "submitScorecard", reason: "Only a test." });
    const all = [
      [ann, bob],
      [host, bob],
      [host, ann],
    ];
    expect(everyone()).toEqual({ after_own: all, after_all: all, never: [[ann, bob], [], []] }[blindPolicy]);

    for (const { seatId, name, versions } of room.panelView(host).others) {
      expect(versions).toEqual(room.panelView(seatId).scorecard.versions);
      expect(versions.map(({ summary }) => summary)).toEqual([`${seatId} sums up`]);
      expect(name).toBe(seatId === ann ? "Ann" : "Bob");
    }
  });

  test("under after_all, who was removed keeps nobody waiting, and what they submitted stays readable", () => {
    const { room, host, ann, bob } = livePanelRoom({ blindPolicy: "after_all" });
    room.must(host, { type: "end" });
    for (const seatId of [host, ann]) {
      room.must(seatId, { type: "recommend", recommendation: "no" });
      room.must(seatId, { type: "submitScorecard", reason: "Only a test." });
    }
    expect(room.panelView(host).others).toEqual([]);
    room.must(host, { type: "removeSeat", seatId: bob });
    expect(room.panelView(host).others.map(({ seatId }) => seatId)).toEqual([ann]);
    room.must(host, { type: "removeSeat", seatId: ann });
    expect(room.panelView(host).others.map(({ seatId }) => seatId)).toEqual([ann]);
  });
});
