import { TAKE_BACK_MS } from "@whetstone/shared/room/asks/rules";
import type { Command } from "@whetstone/shared/room/command";
import { entriesOfCommit } from "@whetstone/shared/room/view/trail";
import { View } from "@whetstone/shared/room/view/view";
import { describe, expect, test } from "vitest";
import { livePanelRoom, type PanelRoom, panelRoom, Room, refusalOf, replay, textsIn } from "../support/domain.ts";

/** Who may ask: hosts everything, interviewers what is assigned to them, and where the host lets them, everything else too. */

const planned = ["first-question", "second-question", "third-question"];
const bank = (questionId: string) => ({ type: "push", source: { kind: "bank", questionId } }) as const;
const typed = { type: "push", source: { kind: "typed", prompt: "Why us?", minutes: 5 } } as const;
const item = (room: Room, index: number): string => room.round.plan[index]?.itemId ?? "";
const plan = (room: Room, index: number) =>
  ({ type: "push", source: { kind: "plan", itemId: item(room, index) } }) as const;
const assign = (room: Room, index: number, seatId: string | null) =>
  ({ type: "assignItem", itemId: item(room, index), seatId }) as const;
const let_ = (interviewers: boolean) => ({ type: "letAsk", interviewers }) as const;
const ask = (room: Room, seatId: string, command: Command): string =>
  room.must(seatId, command).flatMap((event) => (event.type === "asked" ? event.askId : []))[0] ?? "";
const sentence = (room: Room, seatId: string, command: Command): string => {
  const decision = room.act(seatId, command);
  return "refusal" in decision ? decision.refusal.sentence : "";
};

describe("a host who lets interviewers ask", () => {
  test("lets them ask from the plan, from the bank and in their own words, and nobody else", () => {
    const { room, host, ann, bob, candidate, observer } = livePanelRoom({ planned: planned.slice(0, 2) });
    for (const command of [plan(room, 0), bank("third-question"), typed]) {
      expect(refusalOf(room.act(ann, command))).toBe("wrong_seat");
    }
    expect(sentence(room, ann, typed)).toContain("A host can let interviewers ask");
    room.must(host, let_(true));
    expect(room.must(host, let_(true))).toEqual([]);
    for (const seatId of [candidate, observer]) {
      for (const command of [plan(room, 0), bank("third-question"), typed]) {
        expect(refusalOf(room.act(seatId, command))).toBe("wrong_seat");
      }
    }
    ask(room, ann, plan(room, 0));
    ask(room, bob, bank("third-question"));
    ask(room, ann, typed);
    expect(room.panelView(host).asks.map(({ askedBy }) => askedBy?.name)).toEqual(["Ann", "Bob", "Ann"]);
    room.must(host, let_(false));
    expect(refusalOf(room.act(ann, plan(room, 1)))).toBe("wrong_seat");
  });

  test("keeps the course for themselves", () => {
    const { room, host, ann } = livePanelRoom({ planned });
    room.must(host, let_(true));
    const commands: Command[] = [
      { type: "pause" },
      { type: "end" },
      { type: "extendRoom", minutes: 5 },
      { type: "enterPhase", phase: "wrap_up" },
      { type: "arrangePlan", items: [] },
      assign(room, 0, ann),
      let_(false),
    ];
    for (const command of commands) expect(refusalOf(room.act(ann, command))).toBe("wrong_seat");
  });

  test("can do so as the room is opened, and no interviewer who waits to be let in asks", () => {
    const room = new Room({ planned, interviewersAsk: true });
    const candidate = room.join("candidate", "Cleo");
    const ann = room.join("interviewer", "Ann");
    const waiting = room.come(room.link("interviewer").hash, "Waits");
    room.must(room.hostId, { type: "admit", seatId: candidate });
    room.must(room.hostId, { type: "start" });
    expect(room.panelView(ann).room.interviewersAsk).toBe(true);
    expect(refusalOf(room.act(waiting, typed))).toBe("wrong_seat");
    expect(sentence(room, waiting, typed)).not.toContain("host");
    expect(ask(room, ann, typed)).not.toBe("");
  });
});

describe("whoever asked a question", () => {
  const asked = (): PanelRoom & { readonly askId: string } => {
    const panel = livePanelRoom({ planned });
    panel.room.must(panel.host, let_(true));
    return { ...panel, askId: ask(panel.room, panel.ann, plan(panel.room, 0)) };
  };

  test("takes it back within its time, and nobody else but a host does", () => {
    const { room, ann, bob, candidate, askId } = asked();
    expect(refusalOf(room.act(bob, { type: "takeBackAsk", askId }))).toBe("wrong_seat");
    expect(sentence(room, bob, { type: "takeBackAsk", askId })).toContain("whoever asked the question");
    room.must(ann, { type: "takeBackAsk", askId });
    expect(room.candidateView(candidate).ask).toBeNull();
    expect(room.must(ann, { type: "takeBackAsk", askId })).toEqual([]);
    const again = ask(room, ann, plan(room, 0));
    room.wait(TAKE_BACK_MS + 1);
    expect(refusalOf(room.act(ann, { type: "takeBackAsk", askId: again }))).toBe("too_late");
  });

  test("takes it back after the host has left asking to the hosts again", () => {
    const { room, host, ann, askId } = asked();
    room.must(host, let_(false));
    room.must(ann, { type: "takeBackAsk", askId });
    expect(room.asks).toEqual([]);
  });

  test("closes it and gives it time; opening it again is asking", () => {
    const { room, host, ann, bob, askId } = asked();
    for (const type of ["closeAsk", "reopenAsk"] as const) {
      expect(refusalOf(room.act(bob, { type, askId }))).toBe("wrong_seat");
    }
    expect(refusalOf(room.act(bob, { type: "extendAsk", askId, minutes: 5 }))).toBe("wrong_seat");
    room.must(ann, { type: "extendAsk", askId, minutes: 5 });
    room.must(ann, { type: "closeAsk", askId });
    room.must(ann, { type: "reopenAsk", askId });
    const hosts = room.push("third-question");
    for (const type of ["closeAsk", "takeBackAsk"] as const) {
      expect(refusalOf(room.act(ann, { type, askId: hosts }))).toBe("wrong_seat");
    }
    room.must(host, let_(false));
    expect(refusalOf(room.act(ann, { type: "reopenAsk", askId }))).toBe("wrong_seat");
    room.must(host, assign(room, 0, ann));
    room.must(ann, { type: "reopenAsk", askId });
  });

  test("is named to the panel and in the trail, also once they are gone, and never to the candidate", () => {
    const { room, host, ann, bob, candidate, observer, askId } = asked();
    room.must(host, { type: "removeSeat", seatId: ann });
    for (const seatId of [host, bob]) {
      expect(room.panelView(seatId).asks[0]?.askedBy).toEqual({ seatId: ann, name: "Ann" });
    }
    expect(room.observerView(observer).asks[0]?.askedBy?.name).toBe("Ann");
    expect(textsIn(room.candidateView(candidate))).not.toContain("Ann");
    const trail = room.commits.flatMap((commit) => entriesOfCommit(room.state, commit, host));
    expect(trail).toContainEqual(
      expect.objectContaining({ what: "asked", ask: 1, who: expect.objectContaining({ seatId: ann }) }),
    );
    expect(room.asks[0]?.askId).toBe(askId);
  });
});

describe("two who ask at the same moment", () => {
  test("put one question to the candidate: the second was chosen over another than is open", () => {
    const { room, host, ann, candidate } = livePanelRoom({ planned });
    room.must(host, let_(true));
    const first = ask(room, ann, { ...plan(room, 0), over: null });
    expect(refusalOf(room.act(host, { ...plan(room, 1), over: null }))).toBe("asked_meanwhile");
    expect(room.candidateView(candidate).ask?.askId).toBe(first);
    const second = ask(room, host, { ...plan(room, 1), over: first });
    room.must(host, { type: "closeAsk", askId: second });
    ask(room, ann, { ...plan(room, 2), over: second });
  });
});

describe("a question that is assigned", () => {
  test("is asked by whom it is assigned to, although interviewers may not ask", () => {
    const { room, host, ann, bob } = livePanelRoom({ planned });
    room.must(host, assign(room, 1, ann));
    expect(refusalOf(room.act(ann, plan(room, 0)))).toBe("wrong_seat");
    expect(refusalOf(room.act(bob, plan(room, 1)))).toBe("wrong_seat");
    expect(sentence(room, bob, plan(room, 1))).toContain("It is assigned to Ann.");
    expect(sentence(room, bob, bank("second-question"))).toContain("It is assigned to Ann.");
    const askId = ask(room, ann, bank("second-question"));
    room.must(ann, { type: "takeBackAsk", askId });
    ask(room, ann, plan(room, 1));
  });

  test("may be asked by the others still where they may ask at all, and by the host always", () => {
    const { room, host, ann, bob } = livePanelRoom({ planned });
    room.must(host, assign(room, 0, ann));
    room.must(host, assign(room, 1, ann));
    ask(room, host, plan(room, 0));
    room.must(host, let_(true));
    ask(room, bob, plan(room, 1));
  });

  test("is somebody's of the panel who was let in, and nobody else's", () => {
    const { room, host, ann, candidate, observer } = panelRoom({ planned });
    const waiting = room.come(room.link("interviewer").hash, "Waits");
    const to = (seatId: string) => refusalOf(room.act(host, assign(room, 0, seatId)));
    expect([candidate, observer, waiting, "s_never-seated-here"].map(to)).toEqual([
      "wrong_seat",
      "wrong_seat",
      "not_admitted",
      "unknown_seat",
    ]);
    expect(to(host)).toBeNull();
    expect(to(ann)).toBeNull();
    expect(room.must(host, assign(room, 0, ann))).toEqual([]);
    room.must(host, { type: "removeSeat", seatId: ann });
    room.must(host, assign(room, 0, null));
    expect(to(ann)).toBe("unknown_seat");
    const unknown = { type: "assignItem", itemId: "p_never-planned-here", seatId: host } as const;
    expect(refusalOf(room.act(host, unknown))).toBe("unknown_plan_item");
  });

  test("keeps the name of whoever is gone, until it is another's; the plan's order changes nothing of it", () => {
    const { room, host, ann, bob } = panelRoom({ planned });
    room.must(host, assign(room, 0, ann));
    room.must(host, assign(room, 2, bob));
    const [first, second, third] = room.round.plan;
    const items = [third, first, second].flatMap((one) =>
      one ? { itemId: one.itemId, questionId: one.questionId, minutes: one.minutes } : [],
    );
    room.must(host, { type: "arrangePlan", items });
    room.must(host, { type: "removeSeat", seatId: ann });
    expect(room.panelView(bob).assigned).toEqual([
      { itemId: third?.itemId, seatId: bob, name: "Bob" },
      { itemId: first?.itemId, seatId: ann, name: "Ann", gone: true },
    ]);
    room.must(host, assign(room, 1, bob));
    expect(room.panelView(host).assigned?.map(({ name }) => name)).toEqual(["Bob", "Bob"]);
    expect(replay(room.commits)).toEqual(room.state);
  });

  test("stays somebody's where another candidate takes the place of the one before", () => {
    const { room, host, ann, candidate } = livePanelRoom({ planned });
    room.must(host, assign(room, 1, ann));
    room.push("first-question");
    room.must(host, { type: "removeSeat", seatId: candidate });
    const next = room.join("candidate", "Dora");
    room.must(host, { type: "admit", seatId: next });
    ask(room, ann, plan(room, 1));
    expect(room.candidateView(next).ask?.number).toBe(2);
    expect(room.panelView(host).assigned).toHaveLength(1);
  });
});

describe("what was never used", () => {
  test("is in no view, and a candidate's view is the same whatever is lent", () => {
    const { room, host, ann, bob, candidate, observer } = livePanelRoom({ planned });
    room.push("first-question");
    const before = room.candidateView(candidate);
    for (const seatId of [host, ann, observer]) {
      expect(JSON.stringify(room.view(seatId))).not.toMatch(/interviewersAsk|assigned|askedBy/);
    }
    room.must(host, let_(true));
    room.must(host, assign(room, 1, ann));
    room.must(host, assign(room, 2, bob));
    expect(room.candidateView(candidate)).toEqual(before);
    for (const seatId of [host, ann, observer]) {
      const seen = View.parse(room.view(seatId));
      expect(seen).toMatchObject({ room: { interviewersAsk: true }, assigned: [{ name: "Ann" }, { name: "Bob" }] });
    }
    room.must(host, let_(false));
    for (const index of [1, 2]) room.must(host, assign(room, index, null));
    expect(JSON.stringify(room.view(ann))).not.toMatch(/interviewersAsk|assigned/);
  });
});
