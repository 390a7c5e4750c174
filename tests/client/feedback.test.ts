import { FEEDBACK_LIMITS, type FeedbackDraft, type FeedbackPage } from "@whetstone/shared/feedback";
import { refusal } from "@whetstone/shared/room/refusal";
import type { HostView } from "@whetstone/shared/room/view/host";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { feedbackSecret, hostedRooms, keepFeedbackLink } from "../../client/src/browser/remembered.ts";
import { answersFile, feedbackFile } from "../../client/src/letter/files.ts";
import { cautionsIn, privateMatters } from "../../client/src/room/feedback/cautions.ts";
import { letterOf } from "../../client/src/room/feedback/preview.ts";
import { feedbackSaved } from "../../client/src/room/feedback/saved.ts";
import { takenOver } from "../../client/src/room/feedback/take-over.ts";
import { eventsOf, feedbackIn, livePanelRoom, OPENED_AT } from "../support/domain.ts";
import { advance, MemoryStorage, newStore } from "./fakes.ts";

const draft: FeedbackDraft = {
  message: "You were clear.",
  strengths: ["Calm."],
  concerns: [],
  questions: "none",
  namesPanel: false,
};

const NOTE = "Guessed at the learning rate, and twice.";

/** An interview that is over, with a note of each rater's; the host's scorecard and Ann's are submitted. */
function endedRoom(names: { ann?: string; candidate?: string } = {}) {
  const panel = livePanelRoom();
  const { room, host } = panel;
  const ann = room.join("interviewer", names.ann ?? "Rosa-Marie O'Neill (MLE)");
  const askId = room.push("first-question");
  const note = { type: "writeNote" as const, askId, mark: "concern" as const, evidenceFor: null, ageMs: 0 };
  room.must(ann, { ...note, noteId: room.newId("n"), text: NOTE });
  room.must(ann, { type: "writeSummary", text: "Solid on the basics; thin on practice." });
  room.must(host, { ...note, noteId: room.newId("n"), text: "Good" });
  room.must(host, { type: "reveal", askId, kind: "hint", index: 0 });
  room.must(panel.candidate, { type: "writeAnswer", askId, text: "what Cleo wrote" });
  room.must(host, { type: "end" });
  for (const seatId of [ann, host]) room.must(seatId, { type: "submitScorecard", reason: "Enough was seen." });
  const view = (): HostView => {
    const seen = room.view(host);
    if (seen?.role !== "host") throw new Error("The host is gone.");
    return seen;
  };
  return { ...panel, ann, view };
}

describe("what should be looked at before it is published", () => {
  const { view } = endedRoom();
  const kinds = (text: string, namesPanel = false) =>
    cautionsIn(text, privateMatters(view(), namesPanel)).map(({ kind }) => kind);

  it("is a private text, word for word, in whole or in a telling piece, with whatever capitals and spaces", () => {
    const [caution] = cautionsIn(NOTE, privateMatters(view(), false));
    expect(caution).toEqual({ kind: "private_words", by: "Rosa-Marie O'Neill (MLE)", own: false });
    for (const text of [
      NOTE.toUpperCase(),
      " guessed at\n the learning rate, and twice",
      "guessed at the learning",
      `One thing: ${NOTE}`,
      "Solid on the basics; thin on practice.",
    ]) {
      expect(kinds(text), text).toEqual(["private_words"]);
    }
    expect(cautionsIn("good!", privateMatters(view(), false))).toEqual([
      { kind: "private_words", by: "Hana Host", own: true },
    ]);
  });

  it("is not what was said in other words, nor what is in everybody's mouth", () => {
    for (const text of ["", "   ", "Check a guess before you build on it.", "learning rate", "A good start."]) {
      expect(kinds(text), text).toEqual([]);
    }
  });

  it("is the name of a rater, or a part of it as a word of its own, unless the names are given", () => {
    for (const text of ["Rosa-Marie O'Neill liked it.", "O'Neill asked", "Hana, who", "as Bob said"]) {
      expect(kinds(text), text).toEqual(["name"]);
      expect(kinds(text, true), text).toEqual([]);
    }
    for (const text of ["Hanami", "bob up and down", "Neillson"]) expect(kinds(text), text).toEqual([]);
  });

  it("is a name in a script without spaces too, and not the candidate's own", () => {
    const chinese = endedRoom({ ann: "王小明" });
    expect(cautionsIn("王小明说得对。", privateMatters(chinese.view(), false))).toEqual([
      { kind: "name", name: "王小明" },
    ]);
    const namesake = endedRoom({ ann: "Cleo Schmidt" });
    const found = (text: string) => cautionsIn(text, privateMatters(namesake.view(), false)).length;
    expect([found("Dear Cleo"), found("Dear Schmidt")]).toEqual([0, 1]);
  });

  it("is a recommendation", () => {
    for (const text of ["a Strong No from us", "strong_yes", "strongly hire", "a no-hire", "lean hire"]) {
      expect(kinds(text), text).toEqual(["recommendation"]);
    }
    for (const text of ["a strong notion of risk", "no, thank you", "We hire in May.", "yes"]) {
      expect(kinds(text), text).toEqual([]);
    }
  });
});

describe("a copy of the panel's material", () => {
  it("goes to the end of its part, or where a point is still empty", () => {
    expect(takenOver(draft, "strengths", " Deep. ")).toEqual({ strengths: ["Calm.", "Deep."] });
    expect(takenOver({ ...draft, strengths: ["", "Calm."] }, "strengths", "Deep.")).toEqual({
      strengths: ["Deep.", "Calm."],
    });
    expect(takenOver(draft, "message", "Solid.\n")).toEqual({ message: "You were clear.\n\nSolid." });
    expect(takenOver({ ...draft, message: " " }, "message", "Solid.")).toEqual({ message: "Solid." });
  });

  it("is cut to what fits, between characters, and refused where there is no room", () => {
    const { concerns: [cut = ""] = [] } = takenOver(draft, "concerns", "😀".repeat(10_000)) ?? {};
    expect(cut.length).toBeLessThanOrEqual(FEEDBACK_LIMITS.point);
    expect(cut).toBe(`${"😀".repeat((cut.length - 1) / 2)}…`);
    const full = { ...draft, strengths: Array(FEEDBACK_LIMITS.points).fill("full") };
    expect(takenOver(full, "strengths", "one more")).toBeNull();
    expect(takenOver(draft, "message", "x".repeat(FEEDBACK_LIMITS.message))).toBeNull();
  });
});

describe("the preview", () => {
  it("is what the link will show, answers and all", () => {
    for (const questions of ["none", "asked", "levels"] as const) {
      const { room, host, view } = endedRoom();
      const feedback = { ...draft, questions, namesPanel: true };
      room.must(host, { type: "writeFeedback", feedback });
      const preview = letterOf(view(), view().feedback.draft);
      const link = { linkId: "l_000000000099", hash: "f".repeat(64), expiresAt: null };
      eventsOf(room.act(host, { type: "publishFeedback", link }));
      expect({ ...preview, publishedAt: room.now }).toEqual(feedbackIn(room.state));
      expect(preview.answers[0]?.revealed).toEqual(["⟦first-question: hint 0⟧"]);
    }
  });
});

describe("the files that a candidate takes home", () => {
  const page: FeedbackPage = {
    feedback: {
      candidate: "Maya <script>",
      title: "Interview",
      forRole: null,
      interviewedAt: null,
      message: "# Dear Maya,\n1. you said `a < b`\n\n- and *so* on",
      strengths: ["first line\nsecond line"],
      concerns: ["[link](https://example.org) snake_case _so_ &lt;"],
      questions: [
        { number: 1, prompt: "Why?\n\n```py\nx\n```", level: 2 },
        { number: 2, prompt: "How?", level: null },
      ],
      panel: ["Ann", "Bob", "Cem"],
    },
    publishedAt: 0,
    answers: [
      { number: 1, prompt: "Why?", revealed: ["A hint."], answer: "````\n  indented" },
      { number: 2, prompt: "How?", revealed: [], answer: " " },
    ],
  };
  const named = (title: string) => feedbackFile({ ...page, feedback: { ...page.feedback, title } }).name;

  it("hold the feedback as Markdown in which nobody's words become marks", () => {
    expect(feedbackFile(page).text).toBe(
      [
        "# Feedback for Maya \\<script>",
        "Interview",
        "You spoke with Ann, Bob and Cem.",
        "\\# Dear Maya,  \n1\\. you said \\`a \\< b\\`\n\n\\- and \\*so\\* on",
        "## What went well",
        "- first line  \n  second line",
        "## What to work on",
        "- \\[link](https://example.org) snake_case \\_so\\_ \\&lt;",
        "## What you were asked",
        "### Question 1. Level 2 of 4: Knows it",
        "At this level the facts were right, without the reasons behind them.",
        "> Why?\n> \n> ```py\n> x\n> ```",
        "### Question 2",
        "> How?\n",
      ].join("\n\n"),
    );
  });

  it("hold the answers as they were written, whatever fences are in them", () => {
    expect(answersFile(page).text).toBe(
      [
        "# Your own answers",
        "Interview",
        "## Question 1",
        "> Why?",
        "On the way you were given:",
        "> A hint.",
        "You wrote:",
        "`````text\n````\n  indented\n`````",
        "## Question 2",
        "> How?",
        "Nothing is written on this sheet.\n",
      ].join("\n\n"),
    );
  });

  it("say of a board that cannot be read why it is not there", () => {
    const answers = page.answers.map((own) => ({ ...own, boardProblem: "This board cannot be read." }));
    expect(answersFile({ ...page, answers }).text).toContain(
      "Nothing is written on this sheet.\n\nThis board cannot be read.",
    );
  });

  it("have names that are safe in any script, and never too long", () => {
    expect(named("../../etc/passwd")).toBe("feedback-etc-passwd.md");
    expect(named('=cmd|"/c calc"!A0')).toBe("feedback-cmd-c-calc-A0.md");
    expect(named("مقابلة تقنية")).toBe("feedback-مقابلة-تقنية.md");
    expect(named("技术面试（二）")).toBe("feedback-技术面试-二.md");
    expect(named("🎉\u202e\0")).toBe("feedback-interview.md");
    expect(new TextEncoder().encode(named("面".repeat(120))).length).toBeLessThan(255);
    expect(answersFile(page).name).toBe("answers-Interview.md");
  });
});

describe("the link's secret", () => {
  const room = {
    roomId: "r_000000000001",
    title: "Interview",
    candidateName: null,
    forRole: null,
    minutes: 45,
    blindPolicy: "after_own",
    openedAt: OPENED_AT,
    hostSecret: "host's",
    links: {},
  };

  beforeEach(() => {
    vi.stubGlobal("localStorage", new MemoryStorage());
    localStorage.setItem("whetstone.rooms", JSON.stringify([room, { ...room, roomId: "r_000000000002" }]));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("is kept with the room that is hosted here, of whatever version it was stored by", () => {
    expect(feedbackSecret(room.roomId, "l_000000000001")).toBeNull();
    keepFeedbackLink(room.roomId, { linkId: "l_000000000001", secret: "first" });
    keepFeedbackLink(room.roomId, { linkId: "l_000000000002", secret: "second" });
    expect(feedbackSecret(room.roomId, "l_000000000002")).toBe("second");
    expect(feedbackSecret(room.roomId, "l_000000000001")).toBeNull();
    expect(feedbackSecret("r_000000000002", "l_000000000002")).toBeNull();
    expect(hostedRooms()).toMatchObject([room, { roomId: "r_000000000002" }]);
  });

  it("is not kept for a room that is hosted elsewhere", () => {
    keepFeedbackLink("r_000000000003", { linkId: "l_000000000001", secret: "first" });
    expect(feedbackSecret("r_000000000003", "l_000000000001")).toBeNull();
    expect(hostedRooms()).toHaveLength(2);
  });
});

describe("publishing waits", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: OPENED_AT });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A host who has typed something that the server has not acknowledged. */
  function typing() {
    const { view } = endedRoom();
    const made = newStore();
    made.socket.open(view());
    made.store.send({ type: "writeFeedback", feedback: draft });
    const saved = vi.fn();
    const failed = vi.fn();
    void feedbackSaved(made.store).then(saved, failed);
    const settle = () => vi.advanceTimersByTimeAsync(0);
    return { ...made, saved, failed, settle };
  }

  it("until what was typed is on the server's disk, which it hastens", async () => {
    const { socket, saved, settle } = typing();
    expect(socket.sent.map(({ command }) => command.type)).toEqual(["writeFeedback"]);
    await settle();
    expect(saved).not.toHaveBeenCalled();
    socket.acknowledge();
    await settle();
    expect(saved).toHaveBeenCalledOnce();
  });

  it("through a lost connection", async () => {
    const { socket, saved, settle, snapshot } = typing();
    socket.drop();
    advance(5_000);
    await settle();
    expect(saved).not.toHaveBeenCalled();
    const { view } = snapshot();
    if (!view) throw new Error("There is no view.");
    socket.open(view, 2);
    socket.acknowledge();
    await settle();
    expect(saved).toHaveBeenCalledOnce();
  });

  it("in vain where the server refused it, so that nothing else is published instead", async () => {
    const { socket, saved, failed, settle } = typing();
    socket.acknowledge({ ok: false, refusal: refusal("too_long") });
    await settle();
    expect(saved).not.toHaveBeenCalled();
    expect(failed).toHaveBeenCalledOnce();
  });

  it("not at all where everything is saved", async () => {
    const made = newStore();
    made.socket.open(endedRoom().view());
    await expect(feedbackSaved(made.store)).resolves.toBeUndefined();
  });
});
