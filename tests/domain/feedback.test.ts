import assert from "node:assert/strict";
import { FEEDBACK_LIMITS, type FeedbackDraft, FeedbackPage } from "@whetstone/shared/feedback";
import type { FeedbackLink } from "@whetstone/shared/room/feedback/commands";
import { composeFeedback, isEmptyFeedback } from "@whetstone/shared/room/feedback/compose";
import { diff } from "@whetstone/shared/room/patch";
import { feedbackPage } from "@whetstone/shared/room/view/feedback-page";
import type { HostView } from "@whetstone/shared/room/view/host";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Beginning,
  begin,
  play,
  propertyRuns,
  type Step,
  scoredBeginnings,
  scoredCourses,
} from "../support/courses.ts";
import {
  eventsOf,
  feedbackIn,
  hashOf,
  livePanelRoom,
  type PanelRoom,
  type Room,
  refusalOf,
  replay,
  testBank,
  textsIn,
} from "../support/domain.ts";

/** What the host tells a candidate; its texts can be told from everything else in a room. */
const drafts: fc.Arbitrary<FeedbackDraft> = fc.record({
  message: fc.constantFrom("", "  ", "⟦told: message⟧", "⟦told: message⟧\n\n⟦told: more⟧ مرحبا 😀"),
  strengths: fc.array(fc.constantFrom("", "⟦told: strength⟧", " ⟦told: strength 2⟧ "), { maxLength: 3 }),
  concerns: fc.array(fc.constantFrom("", "⟦told: concern⟧"), { maxLength: 2 }),
  questions: fc.constantFrom("none", "asked", "levels"),
  namesPanel: fc.boolean(),
});

const told: FeedbackDraft = {
  message: "You were clear.",
  strengths: [],
  concerns: [],
  questions: "none",
  namesPanel: false,
};

const newLink = (n: number, expiresAt: number | null = null): FeedbackLink => ({
  linkId: `l_feedback${String(n).padStart(6, "0")}`,
  hash: hashOf(7_000_000 + n),
  expiresAt,
});

const publish = (room: Room, link: FeedbackLink | null, seatId = room.hostId) =>
  room.act(seatId, { type: "publishFeedback", link });

function hostView(room: Room): HostView {
  const view = room.view(room.hostId);
  if (view?.role !== "host") throw new Error("The host is gone.");
  return view;
}

function pageOf(room: Room): FeedbackPage {
  const page = feedbackIn(room.state);
  if (!page) throw new Error("No feedback can be read.");
  return FeedbackPage.parse(page);
}

/** An interview that was scored and is over, and the feedback that came of it, or null where the host may not publish any. */
function publishedCourse(beginning: Beginning, course: readonly Step[], draft: FeedbackDraft, bank = testBank()) {
  const room = begin(beginning, bank);
  for (const step of course) play(room, step);
  room.act(room.hostId, { type: "submitScorecard", reason: `⟦${room.hostId} submitScorecard⟧` });
  room.must(room.hostId, { type: "writeFeedback", feedback: draft });
  const refused = refusalOf(publish(room, newLink(1)));
  return { room, refused, page: refused === null ? pageOf(room) : null };
}

describe("what a candidate reads of their feedback", () => {
  test("holds no note, summary, reason or recommendation of anybody's, no text of a rubric, and no name or level that was not chosen", () => {
    let pages = 0;
    const runs = propertyRuns(300);
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, drafts, (beginning, course, draft) => {
        const { room, refused, page } = publishedCourse(beginning, course, draft);
        if (page === null) {
          assert.ok(
            refused === "still_blind" || (refused === "feedback_empty" && isEmptyFeedback(draft)),
            `${refused}`,
          );
          return;
        }
        pages += 1;
        const text = textsIn(page).join("\n");
        assert.doesNotMatch(text, /⟦s_\d+ (?!push⟧|writeAnswer⟧)\w+⟧/);
        assert.doesNotMatch(
          JSON.stringify(page),
          /strong_no|strong_yes|"(no|yes|advance|decline|hold|low|medium|high)"/,
        );
        const put = room.asks.flatMap(({ question, revealed }) => [
          question.prompt,
          ...revealed.map(({ kind, index }) =>
            kind === "hint" ? question.hints[index] : question.followUps[index]?.ask,
          ),
        ]);
        const anchors = room.asks.flatMap(({ question }) => question.criteria.flatMap((one) => one.anchors));
        const bankTexts = textsIn([room.bank.pack, room.bank.questions]).filter((other) => other.startsWith("⟦"));
        const marked = [...bankTexts, ...anchors].filter((other) => !put.includes(other));
        assert.deepStrictEqual(
          marked.filter((other) => text.includes(other)),
          [],
        );
        const names = Object.values(room.state.seats)
          .filter(({ joinedAs }) => joinedAs !== "candidate")
          .map(({ name }) => name);
        const named = names.filter((name) => text.includes(name));
        assert.deepStrictEqual(named.sort(), [...page.feedback.panel].sort());
        if (!draft.namesPanel) assert.deepStrictEqual(named, []);
        if (draft.questions !== "levels") {
          assert.ok(page.feedback.questions.every(({ level }) => level === null));
        }
        if (draft.questions === "none") assert.deepStrictEqual(page.feedback.questions, []);
      }),
      runs,
    );
    expect(pages).toBeGreaterThan(runs.numRuns / 3);
  });

  test("is the same whatever the rubrics say, is what the host's own view composes, and outlives a restart", () => {
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, drafts, (beginning, course, draft) => {
        const { room, page } = publishedCourse(beginning, course, draft);
        const other = publishedCourse(beginning, course, draft, testBank("another rubric"));
        assert.deepStrictEqual(other.page, page);
        if (page) assert.deepStrictEqual(composeFeedback(hostView(room), draft), page.feedback);
        assert.deepStrictEqual(feedbackIn(replay(room.commits)), page);
      }),
      propertyRuns(150),
    );
  });

  test("is read in no view but the host's, and changes no other, however it is written, published or withdrawn", () => {
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, drafts, (beginning, course, draft) => {
        const room = begin(beginning);
        for (const step of course) play(room, step);
        room.act(room.hostId, { type: "submitScorecard", reason: "Enough was seen." });
        const others = Object.keys(room.state.seats).filter((seatId) => seatId !== room.hostId);
        const before = new Map(others.map((seatId) => [seatId, room.view(seatId)]));
        room.must(room.hostId, { type: "writeFeedback", feedback: draft });
        publish(room, newLink(1));
        publish(room, null);
        room.must(room.hostId, { type: "withdrawFeedback" });
        for (const [seatId, seen] of before) assert.deepStrictEqual(diff(seen, room.view(seatId)), []);
      }),
      propertyRuns(150),
    );
  });
});

/** A panel whose interview is over: two questions were asked, and everybody submitted but for whom `open` names. */
function endedPanel(open: readonly ("host" | "ann" | "bob")[] = []): PanelRoom & { askIds: readonly [string, string] } {
  const panel = livePanelRoom();
  const { room, host, candidate } = panel;
  const askIds = [room.push("first-question"), room.push("second-question")] as const;
  room.must(candidate, { type: "writeAnswer", askId: askIds[0], text: "  what Cleo wrote\n" });
  room.must(host, { type: "end" });
  for (const rater of ["ann", "bob", "host"] as const) {
    if (!open.includes(rater)) room.must(panel[rater], { type: "submitScorecard", reason: "Not all was asked." });
  }
  return { ...panel, askIds };
}

describe("a level in the feedback", () => {
  const levelsOf = (raters: readonly (readonly number[])[]) => {
    const { room, host, ann, bob, askIds } = (() => {
      const panel = livePanelRoom();
      const askIds = [panel.room.push("first-question"), panel.room.push("second-question")] as const;
      return { ...panel, askIds };
    })();
    for (const [index, levels] of raters.entries()) {
      const seatId = [host, ann, bob][index] ?? host;
      for (const [at, level] of levels.entries()) {
        const criterionId = ["depth", "practice", "communication"][at] ?? "";
        room.must(seatId, { type: "rate", askId: askIds[0], criterionId, level: level as 1 | 2 | 3 | 4 });
      }
    }
    room.must(host, { type: "end" });
    for (const seatId of [host, ann, bob]) room.must(seatId, { type: "submitScorecard", reason: "Enough." });
    return composeFeedback(hostView(room), { ...told, questions: "levels" }).questions.map(({ level }) => level);
  };

  test("is the median of all ratings of the question, rounded down, and none where nobody rated it", () => {
    expect(levelsOf([[2], [3], [4]])).toEqual([3, null]);
    expect(levelsOf([[1, 1, 1], [4], []])).toEqual([1, null]);
    expect(levelsOf([[3], [4], []])).toEqual([3, null]);
    expect(levelsOf([[1], [4], []])).toEqual([1, null]);
    expect(levelsOf([[4], [1], [3]])).toEqual([3, null]);
    expect(levelsOf([[1, 4], [4, 1], [3]])).toEqual([3, null]);
    expect(levelsOf([[], [], []])).toEqual([null, null]);
  });

  test("and the panel's names are there only if they are chosen", () => {
    const { room, ann, askIds } = endedPanel();
    room.must(ann, { type: "amendScorecard", reason: "I forgot one." });
    room.must(ann, { type: "rate", askId: askIds[0], criterionId: "depth", level: 4 });
    room.must(ann, { type: "submitScorecard", reason: "Still not all." });
    const composed = (choice: Partial<FeedbackDraft>) => composeFeedback(hostView(room), { ...told, ...choice });
    expect(composed({ questions: "levels" }).questions[0]?.level).toBe(4);
    expect(composed({ questions: "asked" }).questions[0]?.level).toBeNull();
    expect(composed({ questions: "none" }).questions).toEqual([]);
    expect(composed({ namesPanel: true }).panel).toEqual(["Hana Host", "Ann", "Bob"]);
    expect(composed({ namesPanel: false }).panel).toEqual([]);
    expect(composed({ message: " Thank you.\n" }).message).toBe("Thank you.");
  });

  test("is none where nothing was submitted", () => {
    const { room, host } = livePanelRoom();
    const askId = room.push("first-question");
    room.must(host, { type: "rate", askId, criterionId: "depth", level: 2 });
    room.must(host, { type: "end" });
    const { questions } = composeFeedback(hostView(room), { ...told, questions: "levels" });
    expect(questions).toMatchObject([{ number: 1, level: null }]);
  });

  test("counts what was submitted last, and no draft", () => {
    const { room, host, ann, askIds } = endedPanel();
    const level = () => composeFeedback(hostView(room), { ...told, questions: "levels" }).questions[0]?.level;
    room.must(ann, { type: "amendScorecard", reason: "I forgot one." });
    room.must(ann, { type: "rate", askId: askIds[0], criterionId: "depth", level: 4 });
    expect(level()).toBeNull();
    room.must(ann, { type: "submitScorecard", reason: "Still not all." });
    expect(level()).toBe(4);
    room.must(host, { type: "amendScorecard", reason: "So did I." });
    room.must(host, { type: "rate", askId: askIds[0], criterionId: "depth", level: 1 });
    expect(level()).toBe(4);
  });
});

describe("publishing", () => {
  test("is what a link opens nothing before", () => {
    expect(feedbackPage(endedPanel().room.state, hashOf(1), 0)).toMatchObject({ reason: "unknown_link" });
  });

  test("is what its own link opens, and no other", () => {
    const { room, host } = endedPanel();
    room.must(host, { type: "writeFeedback", feedback: told });
    eventsOf(publish(room, newLink(1)));
    for (const other of [newLink(2), room.link("candidate"), room.link("host")]) {
      expect(feedbackPage(room.state, other.hash, 0)).toMatchObject({ reason: "unknown_link" });
    }
    expect(feedbackPage(room.state, newLink(1).hash, 0)).toMatchObject({ feedback: { message: told.message } });
  });

  test("freezes the words; answers that arrive later are still the candidate's to read", () => {
    const { room, host, candidate, askIds } = endedPanel();
    expect(feedbackIn(room.state)).toBeNull();
    room.must(host, { type: "writeFeedback", feedback: { ...told, strengths: [" Calm. ", " "], namesPanel: true } });
    expect(feedbackIn(room.state)).toBeNull();
    eventsOf(publish(room, newLink(1)));
    expect(pageOf(room)).toEqual({
      feedback: {
        candidate: "Cleo",
        title: "⟦room: title⟧",
        forRole: "⟦room: role⟧",
        interviewedAt: room.round.clock.startedAt,
        message: "You were clear.",
        strengths: ["Calm."],
        concerns: [],
        questions: [],
        panel: ["Hana Host", "Ann", "Bob"],
      },
      publishedAt: room.now,
      answers: [
        { number: 1, prompt: "⟦first-question: prompt⟧", revealed: [], answer: "  what Cleo wrote\n" },
        { number: 2, prompt: "⟦second-question: prompt⟧", revealed: [], answer: "" },
      ],
    });
    const { feedback } = pageOf(room);
    room.wait(60_000);
    room.must(host, { type: "writeFeedback", feedback: { ...told, message: "Else." } });
    room.must(candidate, { type: "writeAnswer", askId: askIds[1], text: "late" });
    expect(pageOf(room).feedback).toEqual(feedback);
    expect(pageOf(room).answers[1]?.answer).toBe("late");
    eventsOf(publish(room, null));
    expect(pageOf(room)).toMatchObject({ publishedAt: room.now, feedback: { message: "Else.", panel: [] } });
  });

  test("keeps the link that is in use or takes a new one, and never both", () => {
    const { room, host } = endedPanel();
    room.must(host, { type: "writeFeedback", feedback: told });
    expect(refusalOf(publish(room, null))).toBe("unknown_link");
    eventsOf(publish(room, newLink(1, room.now + 1_000)));
    eventsOf(publish(room, null));
    expect(room.round.feedback.published?.link).toEqual(newLink(1, room.now + 1_000));
    room.wait(1_000);
    expect(refusalOf(publish(room, null))).toBe("unknown_link");
    eventsOf(publish(room, newLink(2)));
    expect(room.round.feedback.published?.link).toEqual(newLink(2));
    expect(JSON.stringify(hostView(room))).not.toContain(newLink(2).hash);
  });

  test("can be taken back, which shows nothing until a new link is made", () => {
    const { room, host } = endedPanel();
    room.must(host, { type: "writeFeedback", feedback: told });
    expect(room.must(host, { type: "withdrawFeedback" })).toEqual([]);
    eventsOf(publish(room, newLink(1)));
    room.must(host, { type: "withdrawFeedback" });
    expect(feedbackIn(room.state)).toBeNull();
    expect(hostView(room).feedback.published).toMatchObject({ withdrawn: true, feedback: { message: told.message } });
    expect(room.must(host, { type: "withdrawFeedback" })).toEqual([]);
    expect(refusalOf(publish(room, null))).toBe("unknown_link");
    eventsOf(publish(room, newLink(2)));
    expect(pageOf(room).feedback.message).toBe(told.message);
  });

  test("is the host's alone, after the end, with the scorecards open to them and something to say", () => {
    const running = livePanelRoom();
    expect(refusalOf(publish(running.room, newLink(1)))).toBe("wrong_phase");
    const { room, host, ann, candidate, observer } = endedPanel(["host"]);
    room.must(host, { type: "writeFeedback", feedback: told });
    expect(refusalOf(publish(room, newLink(1)))).toBe("still_blind");
    room.must(host, { type: "submitScorecard", reason: "Enough." });
    for (const seatId of [ann, candidate, observer]) {
      expect(refusalOf(publish(room, newLink(1), seatId))).toBe("wrong_seat");
    }
    expect(refusalOf(publish(room, newLink(1), "s_never-seated-here"))).toBe("unknown_seat");
    const full = "x".repeat(FEEDBACK_LIMITS.point);
    const empty = { ...told, message: " \n", strengths: ["", " "] };
    for (const [feedback, refused] of [
      [empty, "feedback_empty"],
      [{ ...empty, concerns: [full] }, null],
      [{ ...empty, questions: "asked" as const }, null],
    ] as const) {
      room.must(host, { type: "writeFeedback", feedback: { ...feedback, concerns: [...feedback.concerns] } });
      expect(refusalOf(publish(room, newLink(1)))).toBe(refused);
    }
  });

  test("names who still has a seat, and nobody who was removed", () => {
    const { room, host, ann } = endedPanel();
    room.must(host, { type: "removeSeat", seatId: ann });
    expect(composeFeedback(hostView(room), { ...told, namesPanel: true }).panel).toEqual(["Hana Host", "Bob"]);
  });

  test("of what one candidate was asked never bears the name of another who took their place", () => {
    const { room, host, candidate } = livePanelRoom({ candidateName: "Cleo" });
    const askId = room.push("first-question");
    room.must(candidate, { type: "writeAnswer", askId, text: "Cleo's answer" });
    room.must(host, { type: "removeSeat", seatId: candidate });
    room.must(host, { type: "admit", seatId: room.join("candidate", "Dana") });
    room.must(host, { type: "end" });
    room.must(host, { type: "submitScorecard", reason: "Only a test." });
    const compose = () => composeFeedback(hostView(room), { ...told, questions: "asked" });
    expect(compose()).toMatchObject({ candidate: "Cleo", questions: [{ number: 1 }] });
    room.must(host, { type: "writeFeedback", feedback: told });
    eventsOf(publish(room, newLink(1)));
    expect(feedbackIn(room.state)).toMatchObject({
      feedback: { candidate: "Cleo" },
      answers: [{ answer: "Cleo's answer" }],
    });
  });
});
