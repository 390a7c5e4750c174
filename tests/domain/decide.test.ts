import type { PhaseBudget } from "@whetstone/shared/bank";
import { emptyFeedback } from "@whetstone/shared/feedback";
import { LATE_ANSWER_MS } from "@whetstone/shared/room/asks/rules";
import type { Command } from "@whetstone/shared/room/command";
import type { RoomPhase } from "@whetstone/shared/room/course/state";
import { decide, readingRefusal } from "@whetstone/shared/room/decide";
import type { SeatRole } from "@whetstone/shared/room/seats/commands";
import { describe, expect, test } from "vitest";
import {
  aRun,
  COMMAND_TYPES,
  livePanelRoom,
  MINUTE,
  OPENED_AT,
  type PanelRoom,
  PERMISSIONS,
  panelRoom,
  QUESTION_IDS,
  ROOM_PHASES,
  Room,
  refusalOf,
  SEAT_ROLES,
} from "../support/domain.ts";

const NOTE = "n_000000000001";

interface Stage extends PanelRoom {
  readonly captioner: string;
  /** `first-question`, closed; in the lobby an identifier that leads nowhere. */
  readonly closedAsk: string;
  /** `second-question`, open until the end. */
  readonly openAsk: string;
}

/** A room in that phase in which every command that the phase allows can be given. */
function stage(phase: RoomPhase): Stage {
  const panel = panelRoom({ planned: ["first-question", "second-question", "third-question"], marks: true });
  const { room, host, ann } = panel;
  const captioner = room.captioner();
  const note = { type: "writeNote", noteId: NOTE, askId: null, text: "early", mark: null, evidenceFor: null } as const;
  for (const seatId of [host, ann]) room.must(seatId, { ...note, ageMs: 0 });
  if (phase === "lobby") return { ...panel, captioner, closedAsk: "a_never-asked-here", openAsk: "a_never-asked-here" };
  room.must(host, { type: "start" });
  const closedAsk = room.push("first-question");
  const openAsk = room.push("second-question");
  for (const seatId of [host, ann]) room.must(seatId, { type: "recommend", recommendation: "yes" });
  if (phase === "paused") room.must(host, { type: "pause" });
  if (phase === "ended") room.must(host, { type: "end" });
  return { ...panel, captioner, closedAsk, openAsk };
}

/** Commands that only what was submitted makes possible. */
const AFTER_SUBMISSION: ReadonlySet<Command["type"]> = new Set(["amendScorecard", "recordDecision"]);

function stageFor(type: Command["type"], phase: RoomPhase): Stage {
  const panel = stage(phase);
  if (type === "stepBack") panel.room.must(panel.host, { type: "makeHost", seatId: panel.bob });
  if (phase !== "ended" || !AFTER_SUBMISSION.has(type)) return panel;
  for (const seatId of [panel.host, panel.ann]) {
    panel.room.must(seatId, { type: "submitScorecard", reason: "Only a test." });
  }
  return panel;
}

const seatOf = ({ host, ann, candidate, observer, captioner }: Stage, role: SeatRole): string =>
  ({ host, interviewer: ann, candidate, observer, captioner })[role];

/** One good command of each type, for a seat of that kind. */
function exampleOf(type: Command["type"], stage: Stage, role: SeatRole = "host"): Command {
  const { room, bob, candidate, closedAsk, openAsk } = stage;
  const examples: { readonly [T in Command["type"]]: Extract<Command, { type: T }> } = {
    admit: { type: "admit", seatId: candidate },
    removeSeat: { type: "removeSeat", seatId: bob },
    revokeLink: { type: "revokeLink", linkId: room.link("observer").linkId },
    makeHost: { type: "makeHost", seatId: bob },
    stepBack: { type: "stepBack" },
    lockSeat: { type: "lockSeat", seatId: candidate, locked: true },
    showObservers: { type: "showObservers", shown: true },
    arrangePlan: { type: "arrangePlan", items: [] },
    assignItem: { type: "assignItem", itemId: "p_000000000003", seatId: bob },
    letAsk: { type: "letAsk", interviewers: true },
    letEdit: { type: "letEdit", panel: false },
    letShare: { type: "letShare", candidate: false },
    keepRun: { type: "keepRun", askId: openAsk, run: aRun() },
    keepCheck: { type: "keepCheck", askId: closedAsk, run: aRun() },
    beginQuiet: { type: "beginQuiet", askId: openAsk, minutes: 5 },
    endQuiet: { type: "endQuiet", askId: openAsk },
    mark: { type: "mark", askId: openAsk, mark: { kind: "pasted", characters: 640 }, ageMs: 0 },
    start: { type: "start" },
    pause: { type: "pause" },
    resume: { type: "resume" },
    end: { type: "end" },
    reopenRoom: { type: "reopenRoom" },
    extendRoom: { type: "extendRoom", minutes: 5 },
    extendAsk: { type: "extendAsk", askId: openAsk, minutes: 5 },
    enterPhase: { type: "enterPhase", phase: "wrap_up" },
    push: { type: "push", source: { kind: "bank", questionId: "third-question" } },
    closeAsk: { type: "closeAsk", askId: openAsk },
    reopenAsk: { type: "reopenAsk", askId: closedAsk },
    takeBackAsk: { type: "takeBackAsk", askId: openAsk },
    takeBackReveal: { type: "takeBackReveal", askId: openAsk, kind: "hint", index: 0 },
    reveal: { type: "reveal", askId: openAsk, kind: "hint", index: 0 },
    rate: { type: "rate", askId: closedAsk, criterionId: "depth", level: 3 },
    tick: { type: "tick", askId: closedAsk, keyPoint: 3, heard: true },
    writeNote: {
      type: "writeNote",
      noteId: "n_000000000002",
      askId: null,
      text: "heard",
      mark: null,
      evidenceFor: null,
      ageMs: 0,
    },
    removeNote: { type: "removeNote", noteId: NOTE },
    writeSummary: { type: "writeSummary", text: "in short" },
    recommend: { type: "recommend", recommendation: "no" },
    setConfidence: { type: "setConfidence", confidence: "high" },
    submitScorecard: { type: "submitScorecard", reason: "It was only a first talk." },
    remind: { type: "remind" },
    amendScorecard: { type: "amendScorecard", reason: "I had overheard something." },
    dropAmendment: { type: "dropAmendment" },
    recordDecision: { type: "recordDecision", outcome: "advance", rationale: "Strong where it counts." },
    writeFeedback: { type: "writeFeedback", feedback: { ...emptyFeedback, message: "Thank you." } },
    withdrawFeedback: { type: "withdrawFeedback" },
    writeAnswer: { type: "writeAnswer", askId: closedAsk, text: "my answer" },
    raiseHand: { type: "raiseHand" },
    lowerHand: { type: "lowerHand", seatId: role === "captioner" ? stage.captioner : candidate },
    tellHad: { type: "tellHad", questionIds: [] },
    wish: { type: "wish", wishes: { levels: ["working"], topics: [], minutes: 25, kitId: null } },
    swapDealt: { type: "swapDealt", roundId: 1, itemId: "p_000000000001" },
    ready: { type: "ready", roundId: 1, isReady: true },
    extendBreath: { type: "extendBreath", roundId: 1 },
    askNext: { type: "askNext" },
    askAgain: { type: "askAgain", questionIds: ["first-question"] },
    writeToPeer: { type: "writeToPeer", roundId: 1, part: "wentWell", text: "It was clear." },
    rateInterviewing: { type: "rateInterviewing", roundId: 1, criterionId: "clarity", level: 3 },
    letGo: { type: "letGo", gives: true },
    sayLine: { type: "sayLine", lineId: "m_000000000001", text: "Can you hear me?" },
    moveToLobby: { type: "moveToLobby", seatId: candidate },
    sayAside: { type: "sayAside", lineId: "m_000000000002", text: "Shall I ask the next one?" },
    sayToAll: { type: "sayToAll", lineId: "m_000000000003", candidateId: candidate, text: "Can you hear us?" },
    setMeeting: { type: "setMeeting", url: "https://meet.example.org/one" },
  };
  return examples[type];
}

describe.each(COMMAND_TYPES)("%s", (type) => {
  const { by, during } = PERMISSIONS[type];

  test.each(SEAT_ROLES)("is the right of certain seats only: %s", (role) => {
    for (const phase of ROOM_PHASES) {
      const panel = stageFor(type, phase);
      const reason = refusalOf(panel.room.act(seatOf(panel, role), exampleOf(type, panel, role)));
      if (!by.includes(role)) expect(reason).toBe("wrong_seat");
      else expect(reason).toBe(during.includes(phase) ? null : "wrong_phase");
    }
  });

  test("is nothing that a removed or an unknown seat can do", () => {
    for (const phase of ROOM_PHASES) {
      const panel = stage(phase);
      const { room, host } = panel;
      expect(refusalOf(room.act("s_never-seated-here", exampleOf(type, panel)))).toBe("unknown_seat");
      for (const seatId of [panel.ann, panel.candidate, panel.observer, panel.captioner]) {
        room.must(host, { type: "removeSeat", seatId });
        expect(refusalOf(room.act(seatId, exampleOf(type, panel)))).toBe("seat_removed");
      }
    }
  });
});

test("whoever only brings a link can come in by it, and do nothing else", () => {
  for (const phase of ROOM_PHASES) {
    const panel = stage(phase);
    const { hash } = panel.room.link("interviewer");
    for (const type of COMMAND_TYPES) {
      expect(refusalOf(panel.room.bring(hash, exampleOf(type, panel)))).toBe("wrong_seat");
    }
  }
});

test("whoever is seated does not come in once more", () => {
  const { room, host, ann, candidate } = panelRoom();
  for (const seatId of [host, ann, candidate]) {
    expect(refusalOf(room.act(seatId, room.joining("Twice")))).toBe("wrong_seat");
  }
});

test("the bank and exports are for who leads or scores", () => {
  const { room, host, ann, candidate, observer } = panelRoom();
  const captioner = room.captioner();
  for (const reading of ["bank", "export"] as const) {
    const refusals = [host, ann, candidate, observer, captioner, "s_never-seated-here"].map(
      (seatId) => readingRefusal(room.state, seatId, reading)?.reason ?? null,
    );
    expect(refusals).toEqual([null, null, ...Array(4).fill("wrong_seat")]);
  }
});

describe("opening a room", () => {
  test("seats the host in a lobby that is as it was asked for", () => {
    const room = new Room({ planned: ["first-question"], blindPolicy: "after_all", hostName: "Hana" });
    expect(room.panelView(room.hostId)).toMatchObject({
      role: "host",
      you: { seatId: room.hostId, name: "Hana" },
      room: {
        title: "⟦room: title⟧",
        candidateName: "⟦room: candidate's name⟧",
        forRole: "⟦room: role⟧",
        phase: "lobby",
        minutes: 45,
        blindPolicy: "after_all",
        observersShown: false,
        openedAt: OPENED_AT,
        startedAt: null,
        endedAt: null,
      },
      people: [{ seatId: room.hostId, name: "Hana", role: "host", admitted: true, handRaised: false }],
      plan: [{ itemId: "p_000000000001", questionId: "first-question", minutes: 5 }],
      planPhase: null,
      asks: [],
      openAskId: null,
      others: [],
      links: [
        { role: "candidate", revoked: false, expiresAt: null },
        { role: "interviewer", revoked: false, expiresAt: null },
        { role: "observer", revoked: false, expiresAt: null },
      ],
    });
  });

  test("is refused when the plan names a question that the bank does not have", () => {
    expect(() => new Room({ planned: ["no-such-question"] })).toThrow("unknown_question");
  });
});

describe("the course of the interview", () => {
  test("does not start before a candidate is admitted", () => {
    const room = new Room();
    const start = () => refusalOf(room.act(room.hostId, { type: "start" }));
    expect(start()).toBe("nobody_admitted");
    const first = room.join("candidate");
    expect(start()).toBe("nobody_admitted");
    room.must(room.hostId, { type: "admit", seatId: first });
    room.must(room.hostId, { type: "removeSeat", seatId: first });
    expect(start()).toBe("nobody_admitted");
    const second = room.join("candidate");
    room.must(room.hostId, { type: "admit", seatId: second });
    expect(start()).toBeNull();
    expect(room.candidateView(second).room).toMatchObject({ phase: "live", planPhase: "introduction" });
  });

  test("goes from the lobby through pauses to the end, and every seat sees it", () => {
    const { room, host, ann, candidate, observer } = panelRoom();
    const phases = () => new Set([host, ann, candidate, observer].map((seatId) => room.view(seatId)?.room.phase));
    expect(phases()).toEqual(new Set(["lobby"]));
    for (const [type, phase] of [
      ["start", "live"],
      ["pause", "paused"],
      ["resume", "live"],
      ["pause", "paused"],
      ["end", "ended"],
    ] as const) {
      room.must(host, { type });
      expect(phases()).toEqual(new Set([phase]));
    }
  });

  test("the end closes what is open", () => {
    const { room, host, candidate } = livePanelRoom();
    room.push("first-question");
    room.wait(MINUTE);
    room.must(host, { type: "end" });
    expect(room.panelView(host)).toMatchObject({
      openAskId: null,
      askTimer: null,
      planPhase: null,
      room: { startedAt: OPENED_AT, endedAt: OPENED_AT + MINUTE },
      asks: [{ openSinceMs: null, closedMs: MINUTE }],
    });
    expect(room.candidateView(candidate)).toMatchObject({ ask: null, askTimer: null });
  });

  test("the host enters a part of the plan; only one that the room has", () => {
    const { room, host, candidate } = livePanelRoom({ phases: [{ kind: "introduction", minutes: 5 }] });
    expect(refusalOf(room.act(host, { type: "enterPhase", phase: "wrap_up" }))).toBe("malformed");
    expect(room.must(host, { type: "enterPhase", phase: "introduction" })).toEqual([]);

    const full = livePanelRoom();
    expect(full.room.candidateView(full.candidate).room.planPhase).toBe("introduction");
    full.room.must(full.host, { type: "enterPhase", phase: "wrap_up" });
    expect(full.room.panelView(full.ann).planPhase?.kind).toBe("wrap_up");
    expect(full.room.candidateView(full.candidate).room.planPhase).toBe("wrap_up");
    expect(room.candidateView(candidate).room.planPhase).toBe("introduction");
  });

  test("the plan is arranged with questions of the bank, each item once", () => {
    const { room, host, ann } = panelRoom({ planned: ["first-question"] });
    const items = [
      { itemId: "p_arranged000001", questionId: "third-question", minutes: 9 },
      { itemId: "p_000000000001", questionId: "first-question", minutes: 3 },
    ];
    room.must(host, { type: "arrangePlan", items });
    const arranged = room.panelView(ann).plan;
    expect(arranged).toEqual([
      {
        ...items[0],
        probes: [],
        title: "⟦third-question rubric: title⟧",
        topic: "⟦pack rubric: topic⟧",
        level: "working",
      },
      {
        ...items[1],
        probes: [],
        title: "⟦first-question rubric: title⟧",
        topic: "⟦pack rubric: topic⟧",
        level: "working",
      },
    ]);

    const gone = { itemId: "p_arranged000002", questionId: "no-such-question", minutes: 9 };
    expect(refusalOf(room.act(host, { type: "arrangePlan", items: [...items, gone] }))).toBe("unknown_question");
    const twice = { itemId: "p_arranged000001", questionId: "second-question", minutes: 9 };
    expect(refusalOf(room.act(host, { type: "arrangePlan", items: [...items, twice] }))).toBe("malformed");
    expect(room.panelView(ann).plan).toEqual(arranged);
  });

  test("a planned question that has left the bank can be arranged still, and not pushed", () => {
    const { room, host } = livePanelRoom({ planned: ["first-question", "second-question"] });
    const items = room.panelView(host).plan.map(({ itemId, questionId }) => ({ itemId, questionId, minutes: 9 }));
    const emptied = { ...room.context(), question: () => undefined };
    const arranged = items.map((item) => expect.objectContaining({ ...item, level: "working" }));
    expect(decide(room.state, { kind: "seat", seatId: host }, { type: "arrangePlan", items }, emptied)).toEqual({
      events: [{ type: "planArranged", roundId: 1, items: arranged }],
    });
    const source = { kind: "plan", itemId: "p_000000000001" } as const;
    expect(refusalOf(decide(room.state, { kind: "seat", seatId: host }, { type: "push", source }, emptied))).toBe(
      "unknown_question",
    );
  });
});

describe("pushing a question", () => {
  test("puts it to everybody at once: the frozen copy to the panel, the prompt to the candidate", () => {
    const { room, host, ann, candidate, observer } = livePanelRoom();
    room.wait(90_000);
    const askId = room.push("second-question");
    for (const seatId of [host, ann, observer]) {
      expect(room.view(seatId)).toMatchObject({
        openAskId: askId,
        planPhase: { kind: "questions" },
        asks: [
          {
            askId,
            number: 1,
            question: room.bank.frozen("second-question"),
            planItemId: null,
            deviation: "none",
            minutes: 6,
            askedAtMs: 90_000,
            closedMs: 0,
            openSinceMs: 90_000,
            revealed: [],
            answer: "",
          },
        ],
      });
    }
    expect(room.candidateView(candidate).ask).toEqual({
      askId,
      number: 1,
      prompt: "⟦second-question: prompt⟧",
      revealed: [],
      answer: "",
    });
  });

  test("takes a planned question with the minutes of the plan, from the plan or from the bank", () => {
    const plan = [
      { itemId: "p_000000000008", questionId: "first-question", minutes: 11, probes: [] },
      { itemId: "p_000000000009", questionId: "second-question", minutes: 12, probes: [] },
    ];
    const { room, host } = livePanelRoom({ plan });
    room.pushPlanned("p_000000000008");
    room.push("second-question");
    expect(room.panelView(host).asks).toMatchObject([
      { planItemId: "p_000000000008", minutes: 11, deviation: "none" },
      { planItemId: "p_000000000009", minutes: 12, deviation: "none" },
    ]);
  });

  test("takes a question that the host types, with criteria of its own", () => {
    const { room, host, ann, candidate } = livePanelRoom();
    const askId = room.pushTyped("Why *this* team?\nTake your time.", 4);
    expect(room.panelView(ann).asks[0]).toMatchObject({
      question: { bankId: null, title: "Why *this* team?", minutes: 4 },
      minutes: 4,
    });
    expect(room.candidateView(candidate).ask?.prompt).toBe("Why *this* team?\nTake your time.");
    for (const criterion of room.panelView(host).asks[0]?.question.criteria ?? []) {
      room.must(ann, { type: "rate", askId, criterionId: criterion.id, level: 4 });
    }
    expect(Object.keys(room.panelView(ann).scorecard.ratings)).toEqual([
      `${askId}/substance`,
      `${askId}/communication`,
    ]);
  });

  test("closes the one before", () => {
    const { room, host, candidate } = livePanelRoom();
    const first = room.push("first-question");
    room.wait(MINUTE);
    const second = room.pushTyped("And you?");
    expect(room.panelView(host)).toMatchObject({
      openAskId: second,
      asks: [
        { askId: first, number: 1, openSinceMs: null, closedMs: MINUTE },
        { askId: second, number: 2, openSinceMs: MINUTE, closedMs: 0 },
      ],
    });
    expect(room.candidateView(candidate).ask?.askId).toBe(second);
  });

  test("enters the part of the plan that is for questions, where there is one", () => {
    const introduction = { kind: "introduction", minutes: 5 } as const;
    const planPhaseAfter = (phases: readonly PhaseBudget[]) => {
      const { room, host } = livePanelRoom({ phases: [...phases] });
      room.push("first-question");
      return room.panelView(host).planPhase?.kind;
    };
    expect(planPhaseAfter([introduction, { kind: "questions", minutes: 30 }])).toBe("questions");
    expect(planPhaseAfter([introduction])).toBe("introduction");
  });

  test("is refused for what is not in the plan, not in the bank, or was asked already", () => {
    const { room, host } = livePanelRoom({ planned: ["first-question"] });
    const push = (source: Extract<Command, { type: "push" }>["source"]) =>
      refusalOf(room.act(host, { type: "push", source }));
    expect(push({ kind: "plan", itemId: "p_never-planned-here" })).toBe("unknown_plan_item");
    expect(push({ kind: "bank", questionId: "no-such-question" })).toBe("unknown_question");
    room.push("first-question");
    expect(push({ kind: "bank", questionId: "first-question" })).toBe("already_asked");
    expect(push({ kind: "plan", itemId: "p_000000000001" })).toBe("already_asked");
    expect(push({ kind: "typed", prompt: "Once more", minutes: 1 })).toBeNull();
    expect(push({ kind: "typed", prompt: "Once more", minutes: 1 })).toBeNull();
  });

  describe("records how it deviates from the plan", () => {
    const deviations = (room: Room) => room.panelView(room.hostId).asks.map(({ deviation }) => deviation);

    test("not at all, in order", () => {
      const { room } = livePanelRoom({ planned: QUESTION_IDS });
      for (const questionId of QUESTION_IDS) room.push(questionId);
      expect(deviations(room)).toEqual(["none", "none", "none", "none"]);
    });

    test("out of order, when an earlier item was not asked yet; back in order after it", () => {
      const { room } = livePanelRoom({ planned: ["first-question", "second-question", "third-question"] });
      for (const questionId of ["second-question", "first-question", "third-question"]) room.push(questionId);
      expect(deviations(room)).toEqual(["out_of_order", "none", "none"]);
    });

    test("not in the plan, from the bank or typed, which does not put the rest out of order", () => {
      const { room } = livePanelRoom({ planned: ["first-question", "second-question"] });
      room.push("first-question");
      room.push("fourth-question");
      room.pushTyped("Something else");
      room.push("second-question");
      expect(deviations(room)).toEqual(["none", "not_in_plan", "not_in_plan", "none"]);
    });

    test("not at all, without a plan", () => {
      const { room } = livePanelRoom();
      room.push("third-question");
      room.pushTyped("Something else");
      expect(deviations(room)).toEqual(["none", "none"]);
    });

    test("not at all for the item that is next, after an asked question was planned again", () => {
      const { room, host } = livePanelRoom({ planned: ["first-question", "second-question"] });
      room.push("first-question");
      const items = [
        { itemId: "p_arranged000001", questionId: "first-question", minutes: 5 },
        { itemId: "p_arranged000002", questionId: "second-question", minutes: 5 },
      ];
      room.must(host, { type: "arrangePlan", items });
      room.push("second-question");
      expect(deviations(room)).toEqual(["none", "none"]);
    });
  });
});

describe("an ask", () => {
  test("is closed and opened again, by which the open one closes", () => {
    const { room, host, candidate } = livePanelRoom();
    const first = room.push("first-question");
    room.must(host, { type: "closeAsk", askId: first });
    expect(room.panelView(host).openAskId).toBeNull();
    expect(room.candidateView(candidate).ask).toBeNull();
    expect(room.must(host, { type: "closeAsk", askId: first })).toEqual([]);

    const second = room.push("second-question");
    room.must(candidate, { type: "writeAnswer", askId: first, text: "still mine" });
    room.must(host, { type: "reopenAsk", askId: first });
    expect(room.panelView(host)).toMatchObject({ openAskId: first, asks: [{ openSinceMs: 0 }, { openSinceMs: null }] });
    expect(room.candidateView(candidate).ask).toMatchObject({ askId: first, number: 1, answer: "still mine" });
    expect(room.must(host, { type: "reopenAsk", askId: first })).toEqual([]);
    expect(room.must(host, { type: "closeAsk", askId: second })).toEqual([]);
    expect(room.panelView(host).openAskId).toBe(first);
  });

  test("reveals a hint or a follow-up to the candidate, by the host or an interviewer, once", () => {
    const { room, host, ann, candidate } = livePanelRoom();
    const askId = room.push("third-question");
    room.wait(5_000);
    room.must(ann, { type: "reveal", askId, kind: "followUp", index: 1 });
    room.must(host, { type: "reveal", askId, kind: "hint", index: 2 });
    expect(room.must(host, { type: "reveal", askId, kind: "followUp", index: 1 })).toEqual([]);
    expect(room.candidateView(candidate).ask?.revealed).toEqual([
      { kind: "followUp", text: "⟦third-question: follow-up 1⟧" },
      { kind: "hint", text: "⟦third-question: hint 2⟧" },
    ]);
    expect(room.panelView(ann).asks[0]?.revealed).toEqual([
      { kind: "followUp", index: 1, elapsedMs: 5_000 },
      { kind: "hint", index: 2, elapsedMs: 5_000 },
    ]);
    expect(refusalOf(room.act(ann, { type: "reveal", askId, kind: "hint", index: 3 }))).toBe("unknown_reveal");
    expect(refusalOf(room.act(ann, { type: "reveal", askId, kind: "followUp", index: 2 }))).toBe("unknown_reveal");
    // What has the number or the kind of something that was revealed is not revealed by that.
    room.must(ann, { type: "reveal", askId, kind: "hint", index: 1 });
    room.must(ann, { type: "reveal", askId, kind: "hint", index: 0 });
    expect(room.candidateView(candidate).ask?.revealed.map(({ text }) => text)).toEqual([
      "⟦third-question: follow-up 1⟧",
      "⟦third-question: hint 2⟧",
      "⟦third-question: hint 1⟧",
      "⟦third-question: hint 0⟧",
    ]);
  });

  test("that was never pushed is refused by every command that names one", () => {
    const { room, host, ann, candidate } = livePanelRoom();
    room.push("first-question");
    const askId = "a_never-asked-here";
    const note = { noteId: NOTE, text: "", mark: null, evidenceFor: null, ageMs: 0 };
    const commands: readonly [string, Command][] = [
      [host, { type: "closeAsk", askId }],
      [host, { type: "reopenAsk", askId }],
      [host, { type: "extendAsk", askId, minutes: 1 }],
      [ann, { type: "reveal", askId, kind: "hint", index: 0 }],
      [ann, { type: "rate", askId, criterionId: "depth", level: 1 }],
      [ann, { type: "tick", askId, keyPoint: 0, heard: true }],
      [ann, { type: "writeNote", askId, ...note }],
      [candidate, { type: "writeAnswer", askId, text: "" }],
    ];
    for (const [seatId, command] of commands) expect(refusalOf(room.act(seatId, command))).toBe("unknown_ask");
  });
});

describe("the candidate's answer", () => {
  const write = (room: Room, seatId: string, askId: string, text = "my answer") =>
    refusalOf(room.act(seatId, { type: "writeAnswer", askId, text }));

  test("is seen by the candidate, the panel and observers, as it was written last", () => {
    const { room, host, ann, candidate, observer } = livePanelRoom();
    const askId = room.push("first-question");
    for (const text of ["It vanishes.", "It vanishes, 😀 or explodes.", "It vanishes, 😁 or explodes.", ""]) {
      write(room, candidate, askId, text);
      expect(room.candidateView(candidate).ask?.answer).toBe(text);
      for (const seatId of [host, ann]) expect(room.panelView(seatId).asks[0]?.answer).toBe(text);
      expect(room.observerView(observer).asks[0]?.answer).toBe(text);
    }
  });

  test("is taken after the ask has closed, in a pause, and for a while after the end", () => {
    const { room, host, candidate } = livePanelRoom();
    const first = room.push("first-question");
    room.push("second-question");
    expect(write(room, candidate, first, "late")).toBeNull();
    room.must(host, { type: "pause" });
    expect(write(room, candidate, first, "later")).toBeNull();
    room.must(host, { type: "end" });
    room.wait(LATE_ANSWER_MS);
    expect(write(room, candidate, first, "at the last moment")).toBeNull();
    expect(room.panelView(host).asks[0]?.answer).toBe("at the last moment");
    room.wait(1);
    expect(write(room, candidate, first, "too late")).toBe("wrong_phase");
    expect(room.panelView(host).asks[0]?.answer).toBe("at the last moment");
  });

  test("is not taken from who was not admitted", () => {
    const { room, host, candidate } = livePanelRoom();
    const askId = room.push("first-question");
    room.must(host, { type: "removeSeat", seatId: candidate });
    const next = room.join("candidate");
    expect(write(room, next, askId)).toBe("wrong_phase");
    expect(write(room, next, "a_never-asked-here")).toBe("wrong_phase");
  });

  test("is not taken from who comes after the one who was asked", () => {
    const { room, host, candidate } = livePanelRoom();
    const askId = room.push("first-question");
    room.must(host, { type: "removeSeat", seatId: candidate });
    const next = room.join("candidate");
    room.must(host, { type: "admit", seatId: next });
    expect(write(room, next, askId)).toBe("unknown_ask");
  });
});
