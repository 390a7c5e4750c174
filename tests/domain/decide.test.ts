import { type Command, LIMITS, type SeatRole } from "@whetstone/shared/room/command";
import { decide, LATE_ANSWER_MS } from "@whetstone/shared/room/decide";
import type { RoomPhase } from "@whetstone/shared/room/state";
import { describe, expect, test } from "vitest";
import {
  COMMAND_TYPES,
  eventsOf,
  hashOf,
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
  /** `first-question`, closed; in the lobby an identifier that leads nowhere. */
  readonly closedAsk: string;
  /** `second-question`, open until the end. */
  readonly openAsk: string;
}

/** A room in that phase in which every command that the phase allows can be given. */
function stage(phase: RoomPhase): Stage {
  const panel = panelRoom({ planned: ["first-question", "second-question", "third-question"] });
  const { room, host, ann } = panel;
  const note = { type: "writeNote", noteId: NOTE, askId: null, text: "early", mark: null, evidenceFor: null } as const;
  for (const seatId of [host, ann]) room.must(seatId, { ...note, ageMs: 0 });
  if (phase === "lobby") return { ...panel, closedAsk: "a_never-asked-here", openAsk: "a_never-asked-here" };
  room.must(host, { type: "start" });
  const closedAsk = room.push("first-question");
  const openAsk = room.push("second-question");
  for (const seatId of [host, ann]) room.must(seatId, { type: "recommend", recommendation: "yes" });
  if (phase === "paused") room.must(host, { type: "pause" });
  if (phase === "ended") room.must(host, { type: "end" });
  return { ...panel, closedAsk, openAsk };
}

const seatOf = ({ host, ann, candidate, observer }: PanelRoom, role: SeatRole): string =>
  ({ host, interviewer: ann, candidate, observer })[role];

/** One good command of each type. */
function exampleOf(type: Command["type"], { room, bob, candidate, closedAsk, openAsk }: Stage): Command {
  const examples: { readonly [T in Command["type"]]: Extract<Command, { type: T }> } = {
    admit: { type: "admit", seatId: candidate },
    removeSeat: { type: "removeSeat", seatId: bob },
    revokeLink: { type: "revokeLink", linkId: room.link("observer").linkId },
    showObservers: { type: "showObservers", shown: true },
    arrangePlan: { type: "arrangePlan", items: [] },
    start: { type: "start" },
    pause: { type: "pause" },
    resume: { type: "resume" },
    end: { type: "end" },
    extendRoom: { type: "extendRoom", minutes: 5 },
    extendAsk: { type: "extendAsk", askId: openAsk, minutes: 5 },
    enterPhase: { type: "enterPhase", phase: "wrap_up" },
    push: { type: "push", source: { kind: "bank", questionId: "third-question" } },
    closeAsk: { type: "closeAsk", askId: openAsk },
    reopenAsk: { type: "reopenAsk", askId: closedAsk },
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
    submitScorecard: { type: "submitScorecard" },
    writeAnswer: { type: "writeAnswer", askId: closedAsk, text: "my answer" },
    raiseHand: { type: "raiseHand" },
    lowerHand: { type: "lowerHand", seatId: candidate },
  };
  return examples[type];
}

describe.each(COMMAND_TYPES)("%s", (type) => {
  const { by, during } = PERMISSIONS[type];

  test.each(SEAT_ROLES)("is the right of certain seats only: %s", (role) => {
    for (const phase of ROOM_PHASES) {
      const panel = stage(phase);
      const reason = refusalOf(panel.room.act(seatOf(panel, role), exampleOf(type, panel)));
      if (!by.includes(role)) expect(reason).toBe("wrong_seat");
      else expect(reason).toBe(during.includes(phase) ? null : "wrong_phase");
    }
  });

  test("is nothing that a removed or an unknown seat can do", () => {
    for (const phase of ROOM_PHASES) {
      const panel = stage(phase);
      const { room, host } = panel;
      expect(refusalOf(room.act("s_never-seated-here", exampleOf(type, panel)))).toBe("unknown_seat");
      for (const seatId of [panel.ann, panel.candidate, panel.observer]) {
        room.must(host, { type: "removeSeat", seatId });
        expect(refusalOf(room.act(seatId, exampleOf(type, panel)))).toBe("seat_removed");
      }
    }
  });
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

describe("links and seats", () => {
  const join = (room: Room, linkHash: string, name: string | null = "Someone") =>
    room.serve({ type: "join", ...room.credentials(linkHash), name });

  test("a link seats whoever comes by it, in its own role", () => {
    const { room, host, ann, bob, candidate, observer } = panelRoom();
    expect(room.panelView(host).people.map(({ seatId, name, role }) => [seatId, name, role])).toEqual([
      [host, "Hana Host", "host"],
      [ann, "Ann", "interviewer"],
      [bob, "Bob", "interviewer"],
      [candidate, "Cleo", "candidate"],
      [observer, "Otis", "observer"],
    ]);
    expect(ann).not.toBe(bob);
  });

  test("a candidate waits until the host admits them; the others need not", () => {
    const room = new Room();
    const candidate = room.join("candidate");
    room.join("observer");
    const admitted = () => room.panelView(room.hostId).people.map((person) => person.admitted);
    expect(room.candidateView(candidate).you.admitted).toBe(false);
    expect(admitted()).toEqual([true, false, true]);
    room.must(room.hostId, { type: "admit", seatId: candidate });
    expect(room.candidateView(candidate).you.admitted).toBe(true);
    expect(admitted()).toEqual([true, true, true]);
  });

  test("an unknown, a revoked and an expired link open nothing", () => {
    const { room, host } = panelRoom();
    expect(refusalOf(join(room, hashOf(0xdead)))).toBe("unknown_link");

    const { linkId, hash } = room.link("interviewer");
    room.must(host, { type: "revokeLink", linkId });
    expect(refusalOf(join(room, hash))).toBe("link_revoked");

    room.renewLink("interviewer", room.now + 1_000);
    const expiring = room.link("interviewer").hash;
    room.wait(999);
    expect(refusalOf(join(room, expiring))).toBeNull();
    room.wait(1);
    expect(refusalOf(join(room, expiring))).toBe("link_expired");
  });

  test("a new link replaces the one before for that kind of seat, and no other", () => {
    const { room, host } = panelRoom();
    const before = room.link("interviewer").hash;
    const candidates = room.link("candidate");
    const linkId = room.renewLink("interviewer", OPENED_AT + MINUTE);
    expect(refusalOf(join(room, before))).toBe("link_revoked");
    expect(room.link("candidate")).toBe(candidates);
    expect(room.view(host)).toMatchObject({
      links: [
        { role: "candidate", revoked: false },
        { linkId, role: "interviewer", revoked: false, expiresAt: OPENED_AT + MINUTE },
        { role: "observer", revoked: false },
      ],
    });
  });

  test("a revoked link is shown as revoked, and revoking it again is no mistake", () => {
    const { room, host } = panelRoom();
    const { linkId } = room.link("observer");
    room.must(host, { type: "revokeLink", linkId });
    expect(room.view(host)).toMatchObject({ links: [{}, {}, { linkId, revoked: true }] });
    expect(room.must(host, { type: "revokeLink", linkId })).toEqual([]);
  });

  test("the host's own way back cannot be revoked", () => {
    const { room, host } = panelRoom();
    const { linkId } = room.link("host");
    expect(refusalOf(room.act(host, { type: "revokeLink", linkId }))).toBe("unknown_link");
    expect(refusalOf(room.act(host, { type: "revokeLink", linkId: "l_never-made-here" }))).toBe("unknown_link");
    expect(room.join("host", null)).toBe(host);
  });

  test.each(["host", "candidate"] as const)(
    "the %s's link leads back to their seat and keeps the token that it replaces",
    (role) => {
      const { room, host, candidate } = livePanelRoom();
      const seatId = role === "host" ? host : candidate;
      const before = room.state.seats[seatId];
      expect(room.join(role, null)).toBe(seatId);
      const once = room.state.seats[seatId];
      expect(room.join(role, "Another Name")).toBe(seatId);
      const twice = room.state.seats[seatId];
      expect(once?.formerTokenHashes).toEqual([before?.tokenHash]);
      expect(twice?.formerTokenHashes).toEqual([before?.tokenHash, once?.tokenHash]);
      expect(new Set([before, once, twice].map((seat) => seat?.tokenHash)).size).toBe(3);
      expect({ ...twice, tokenHash: "", formerTokenHashes: [] }).toEqual({
        ...before,
        tokenHash: "",
        formerTokenHashes: [],
      });
    },
  );

  test("after the end a seat is taken back, and no new one is taken", () => {
    const { room, host, candidate } = livePanelRoom();
    room.must(host, { type: "end" });
    expect(room.join("host", null)).toBe(host);
    expect(room.join("candidate", null)).toBe(candidate);
    for (const role of ["interviewer", "observer"] as const) {
      expect(refusalOf(join(room, room.link(role).hash))).toBe("wrong_phase");
    }
  });

  test("a new seat needs a name", () => {
    const room = new Room();
    for (const role of ["candidate", "interviewer", "observer"] as const) {
      expect(refusalOf(join(room, room.link(role).hash, null))).toBe("malformed");
    }
  });

  test("a removed person is gone from every view, and their link does not let them in again", () => {
    const { room, host, ann, bob, candidate } = livePanelRoom();
    const { hash } = room.link("candidate");
    const panelLink = room.link("interviewer");
    room.must(candidate, { type: "raiseHand" });
    room.must(host, { type: "removeSeat", seatId: candidate });
    expect(room.panelView(host).people.map(({ seatId }) => seatId)).not.toContain(candidate);
    expect(room.view(candidate)).toBeNull();
    expect(refusalOf(join(room, hash))).toBe("link_revoked");
    expect(room.link("interviewer")).toBe(panelLink);

    const again = room.join("candidate", "Cleo");
    expect(again).not.toBe(candidate);
    expect(room.candidateView(again).you).toEqual({ seatId: again, name: "Cleo", admitted: false, handRaised: false });

    room.must(host, { type: "removeSeat", seatId: ann });
    expect(room.panelView(bob).people.map(({ seatId }) => seatId)).not.toContain(ann);
    expect(refusalOf(join(room, panelLink.hash))).toBe("link_revoked");
  });

  test("the host cannot remove themselves, nor anybody twice, nor nobody", () => {
    const { room, host, ann } = panelRoom();
    expect(refusalOf(room.act(host, { type: "removeSeat", seatId: host }))).toBe("wrong_seat");
    room.must(host, { type: "removeSeat", seatId: ann });
    for (const seatId of [ann, "s_never-seated-here"]) {
      expect(refusalOf(room.act(host, { type: "removeSeat", seatId }))).toBe("unknown_seat");
      expect(refusalOf(room.act(host, { type: "admit", seatId }))).toBe("unknown_seat");
    }
  });

  test("a room takes so many people and no more, until one is removed", () => {
    const room = new Room();
    const seats = Array.from({ length: LIMITS.seats - 1 }, () => room.join("observer"));
    const candidateLink = room.link("candidate").hash;
    expect(refusalOf(join(room, candidateLink))).toBe("room_full");
    expect(room.join("host", null)).toBe(room.hostId);
    room.must(room.hostId, { type: "removeSeat", seatId: seats[0] ?? "" });
    expect(refusalOf(join(room, candidateLink))).toBeNull();
    expect(refusalOf(join(room, candidateLink))).toBeNull();
    room.renewLink("observer");
    expect(refusalOf(join(room, room.link("observer").hash))).toBe("room_full");
  });

  test("a candidate raises their hand; the panel or they themselves lower it", () => {
    const { room, host, ann, candidate } = panelRoom();
    const hand = () => room.panelView(ann).people.find(({ seatId }) => seatId === candidate)?.handRaised;
    for (const seatId of [host, ann, candidate]) {
      room.must(candidate, { type: "raiseHand" });
      expect(hand()).toBe(true);
      expect(room.candidateView(candidate).you.handRaised).toBe(true);
      expect(room.must(candidate, { type: "raiseHand" })).toEqual([]);
      room.must(seatId, { type: "lowerHand", seatId: candidate });
      expect(hand()).toBe(false);
      expect(room.must(seatId, { type: "lowerHand", seatId: candidate })).toEqual([]);
    }
    expect(refusalOf(room.act(candidate, { type: "lowerHand", seatId: ann }))).toBe("wrong_seat");
    expect(refusalOf(room.act(ann, { type: "lowerHand", seatId: "s_never-seated-here" }))).toBe("unknown_seat");
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
    expect(room.panelView(ann).plan).toEqual(items);

    const gone = { itemId: "p_arranged000002", questionId: "no-such-question", minutes: 9 };
    expect(refusalOf(room.act(host, { type: "arrangePlan", items: [...items, gone] }))).toBe("unknown_question");
    const twice = { itemId: "p_arranged000001", questionId: "second-question", minutes: 9 };
    expect(refusalOf(room.act(host, { type: "arrangePlan", items: [...items, twice] }))).toBe("malformed");
    expect(room.panelView(ann).plan).toEqual(items);
  });

  test("a planned question that has left the bank can be arranged still, and not pushed", () => {
    const { room, host } = livePanelRoom({ planned: ["first-question", "second-question"] });
    const items = [...room.state.plan].reverse();
    const emptied = { ...room.context(), question: () => undefined };
    expect(refusalOf(decide(room.state, host, { type: "arrangePlan", items }, emptied))).toBeNull();
    const source = { kind: "plan", itemId: "p_000000000001" } as const;
    expect(refusalOf(decide(room.state, host, { type: "push", source }, emptied))).toBe("unknown_question");
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
      { itemId: "p_000000000008", questionId: "first-question", minutes: 11 },
      { itemId: "p_000000000009", questionId: "second-question", minutes: 12 },
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

describe("a scorecard", () => {
  const scorecard = (room: Room, seatId: string) => room.panelView(seatId).scorecard;

  test("keeps a rating until it is changed or taken back, each seat's apart", () => {
    const { room, host, ann, bob } = livePanelRoom();
    const askId = room.push("first-question");
    const rate = (seatId: string, criterionId: string, level: 1 | 2 | 3 | 4 | null) =>
      room.must(seatId, { type: "rate", askId, criterionId, level });
    rate(ann, "depth", 2);
    rate(ann, "communication", 4);
    rate(bob, "depth", 1);
    expect(scorecard(room, ann).ratings).toEqual({ [`${askId}/depth`]: 2, [`${askId}/communication`]: 4 });
    rate(ann, "depth", 3);
    rate(ann, "communication", null);
    expect(scorecard(room, ann).ratings).toEqual({ [`${askId}/depth`]: 3 });
    expect(scorecard(room, bob).ratings).toEqual({ [`${askId}/depth`]: 1 });
    expect(scorecard(room, host).ratings).toEqual({});
  });

  test("rates no criterion but those of the ask", () => {
    const { room, ann } = livePanelRoom();
    const typed = room.pushTyped("Anything else?");
    const banked = room.push("first-question");
    const rate = (askId: string, criterionId: string) =>
      refusalOf(room.act(ann, { type: "rate", askId, criterionId, level: 2 }));
    expect(rate(typed, "depth")).toBe("unknown_criterion");
    expect(rate(banked, "substance")).toBe("unknown_criterion");
    expect(rate(banked, "constructor")).toBe("unknown_criterion");
    expect(rate(banked, "")).toBe("unknown_criterion");
    expect(rate(banked, "practice")).toBeNull();
  });

  test("ticks key points that were heard, in their order", () => {
    const { room, ann } = livePanelRoom();
    const askId = room.push("first-question");
    const tick = (keyPoint: number, heard = true) => refusalOf(room.act(ann, { type: "tick", askId, keyPoint, heard }));
    for (const keyPoint of [3, 0, 2, 0]) tick(keyPoint);
    expect(scorecard(room, ann).heard).toEqual({ [askId]: [0, 2, 3] });
    tick(2, false);
    expect(scorecard(room, ann).heard).toEqual({ [askId]: [0, 3] });
    expect(tick(4)).toBe("unknown_reveal");
  });

  describe("keeps notes", () => {
    const write = (
      room: Room,
      seatId: string,
      fields: Partial<Omit<Extract<Command, { type: "writeNote" }>, "type">> = {},
    ) => {
      const note = { noteId: NOTE, askId: null, text: "a note", mark: null, evidenceFor: null, ageMs: 0 };
      return room.act(seatId, { type: "writeNote", ...note, ...fields });
    };
    const notes = (room: Room, seatId: string) => scorecard(room, seatId).notes;

    test("with the moment at which they were begun, whatever is changed in them later", () => {
      const { room, ann } = livePanelRoom();
      const askId = room.push("first-question");
      room.wait(60_000);
      write(room, ann, { askId });
      const begun = { noteId: NOTE, at: OPENED_AT + 60_000, elapsedMs: 60_000 };
      expect(notes(room, ann)).toEqual([{ ...begun, askId, text: "a note", mark: null, evidenceFor: null }]);
      room.wait(30_000);
      const change = { askId, text: "a better note", mark: "strength", evidenceFor: "depth" } as const;
      write(room, ann, { ...change, ageMs: 5_000 });
      expect(notes(room, ann)).toEqual([{ ...begun, ...change }]);
      write(room, ann, { askId: null, text: "" });
      expect(notes(room, ann)).toEqual([{ ...begun, askId: null, text: "", mark: null, evidenceFor: null }]);
    });

    test("with the moment at which they were begun offline", () => {
      const { room, ann } = livePanelRoom();
      room.wait(60_000);
      write(room, ann, { ageMs: 20_000 });
      expect(notes(room, ann)).toMatchObject([{ at: OPENED_AT + 40_000, elapsedMs: 40_000 }]);
    });

    test("never from before the room", () => {
      const { room, ann } = panelRoom();
      room.wait(60_000);
      write(room, ann, { ageMs: 24 * 60 * MINUTE });
      expect(notes(room, ann)).toMatchObject([{ at: OPENED_AT, elapsedMs: 0 }]);
    });

    test("of a pause at the running time of the pause", () => {
      const { room, host, ann } = livePanelRoom();
      room.wait(60_000);
      room.must(host, { type: "pause" });
      room.wait(30_000);
      write(room, ann);
      expect(notes(room, ann)).toMatchObject([{ at: OPENED_AT + 90_000, elapsedMs: 60_000 }]);
    });

    test("begun offline before a pause and sent after it, at the running time at which they were begun", () => {
      const { room, host, ann } = livePanelRoom();
      room.wait(70_000);
      room.must(host, { type: "pause" });
      room.wait(100_000);
      room.must(host, { type: "resume" });
      room.wait(10_000);
      write(room, ann, { ageMs: 120_000 });
      expect(notes(room, ann)).toMatchObject([{ at: OPENED_AT + 60_000, elapsedMs: 60_000 }]);
    });

    test("in the order in which they were begun, also when one arrives late", () => {
      const { room, ann } = livePanelRoom();
      room.wait(60_000);
      write(room, ann, { noteId: "n_000000000001" });
      room.wait(1_000);
      write(room, ann, { noteId: "n_000000000002", ageMs: 30_000 });
      expect(notes(room, ann).map(({ noteId }) => noteId)).toEqual(["n_000000000002", "n_000000000001"]);
    });

    test("apart for each seat, even under one name", () => {
      const { room, ann, bob } = livePanelRoom();
      write(room, ann, { text: "Ann's" });
      write(room, bob, { text: "Bob's" });
      expect(notes(room, ann)).toMatchObject([{ text: "Ann's" }]);
      expect(notes(room, bob)).toMatchObject([{ text: "Bob's" }]);
      room.must(bob, { type: "removeNote", noteId: NOTE });
      expect(notes(room, ann)).toHaveLength(1);
      expect(notes(room, bob)).toEqual([]);
    });

    test("as evidence for a criterion of their ask, and for no other", () => {
      const { room, ann } = livePanelRoom();
      const askId = room.push("first-question");
      expect(refusalOf(write(room, ann, { askId, evidenceFor: "substance" }))).toBe("unknown_criterion");
      expect(refusalOf(write(room, ann, { askId: null, evidenceFor: "depth" }))).toBe("unknown_criterion");
      expect(refusalOf(write(room, ann, { askId, evidenceFor: "depth" }))).toBeNull();
    });

    test("until they are removed; what is not there cannot be", () => {
      const { room, ann } = livePanelRoom();
      write(room, ann);
      room.must(ann, { type: "removeNote", noteId: NOTE });
      expect(notes(room, ann)).toEqual([]);
      expect(refusalOf(room.act(ann, { type: "removeNote", noteId: NOTE }))).toBe("unknown_note");
    });

    test("so many and no more; those that are there can still be changed", () => {
      const { room, ann } = livePanelRoom();
      for (let i = 0; i < LIMITS.notes; i++) write(room, ann, { noteId: room.newId("n") });
      expect(refusalOf(write(room, ann, { noteId: room.newId("n") }))).toBe("too_many");
      expect(refusalOf(write(room, ann, { noteId: NOTE, text: "changed" }))).toBeNull();
      expect(notes(room, ann)[0]?.text).toBe("changed");
    });
  });

  test("has a summary and a recommendation, which can change", () => {
    const { room, ann } = livePanelRoom();
    room.must(ann, { type: "writeSummary", text: "Careful." });
    room.must(ann, { type: "writeSummary", text: "Careful, and quick." });
    room.must(ann, { type: "recommend", recommendation: "strong_yes" });
    expect(scorecard(room, ann)).toMatchObject({ summary: "Careful, and quick.", recommendation: "strong_yes" });
    room.must(ann, { type: "recommend", recommendation: null });
    expect(scorecard(room, ann).recommendation).toBeNull();
  });

  test("is submitted with a recommendation, once, and locked from then on", () => {
    const { room, host, ann, bob } = livePanelRoom();
    const askId = room.push("first-question");
    const note = { type: "writeNote", noteId: NOTE, askId, mark: null, evidenceFor: null, ageMs: 0 } as const;
    room.must(ann, { ...note, text: "before" });
    room.must(host, { type: "end" });
    expect(refusalOf(room.act(ann, { type: "submitScorecard" }))).toBe("recommendation_missing");
    room.must(ann, { type: "recommend", recommendation: "no" });
    room.wait(MINUTE);
    room.must(ann, { type: "submitScorecard" });
    expect(scorecard(room, ann).submittedAt).toBe(OPENED_AT + MINUTE);

    const submitted = scorecard(room, ann);
    const changes: readonly Command[] = [
      { type: "rate", askId, criterionId: "depth", level: 1 },
      { type: "tick", askId, keyPoint: 0, heard: true },
      { ...note, text: "after" },
      { ...note, noteId: "n_000000000002", text: "new" },
      { type: "removeNote", noteId: NOTE },
      { type: "writeSummary", text: "after" },
      { type: "recommend", recommendation: "yes" },
      { type: "submitScorecard" },
    ];
    for (const command of changes) expect(refusalOf(room.act(ann, command))).toBe("scorecard_locked");
    expect(scorecard(room, ann)).toEqual(submitted);
    for (const command of changes.slice(0, 2)) expect(refusalOf(room.act(bob, command))).toBeNull();
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
    room.must(host, { type: "admit", seatId: next });
    expect(write(room, next, askId)).toBeNull();
  });
});
