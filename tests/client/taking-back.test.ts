import type { Command } from "@whetstone/shared/room/command";
import type { View } from "@whetstone/shared/room/view/view";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { livePanelRoom, MINUTE, OPENED_AT } from "../support/domain.ts";
import { advance, newStore } from "./fakes.ts";

/** What a page offers to take back of what it did, for how long, and what it sends then. */

beforeEach(() => {
  vi.useFakeTimers({ now: OPENED_AT });
});
afterEach(() => {
  vi.useRealTimers();
});

function page(role: "host" | "ann" = "host") {
  const panel = livePanelRoom({ planned: ["first-question", "second-question"] });
  const { room } = panel;
  const seatId = panel[role];
  const made = newStore();
  const see = (): View => {
    const view = room.view(seatId);
    if (!view) throw new Error("The seat is gone.");
    return view;
  };
  let version = 1;
  made.socket.open(see(), version);
  for (const answer of made.socket.timeAnswers) answer(OPENED_AT);
  /** The server carries out what waits, and answers with the view. */
  const carryOut = () => {
    room.now = Date.now();
    room.must(seatId, made.socket.last.command);
    version += 1;
    made.socket.acknowledge({ ok: true, frame: { kind: "whole", version, view: see() } });
  };
  const act = (command: Command) => {
    made.store.send(command);
    carryOut();
  };
  const done = () => made.snapshot().done;
  return { ...panel, ...made, act, carryOut, done, see };
}

const push: Command = { type: "push", source: { kind: "bank", questionId: "first-question" } };

it("what was asked is not offered any more once the interview is over", () => {
  const { act, done } = page();
  act(push);
  expect(done()).not.toBeNull();
  act({ type: "end" });
  expect(done()).toBeNull();
});

describe("what was asked", () => {
  it("is offered once the server has asked it, for five seconds", () => {
    const { store, socket, done, carryOut } = page();
    store.send(push);
    expect(done()).toBeNull();
    carryOut();
    expect(done()).toMatchObject({ what: "asked", title: "⟦first-question rubric: title⟧" });
    advance(4_999);
    expect(done()).not.toBeNull();
    advance(1);
    expect(done()).toBeNull();
    const sent = socket.sent.length;
    store.takeBack();
    expect(socket.sent).toHaveLength(sent);
  });

  it("is one's own, where somebody else has asked in the same moment", () => {
    const { store, done, room, ann, host, carryOut } = page();
    room.must(host, { type: "letAsk", interviewers: true });
    store.send(push);
    room.must(ann, { type: "push", source: { kind: "typed", prompt: "Ann asks", minutes: 5 } });
    const anns = room.round.openAskId;
    carryOut();
    expect(done()).toMatchObject({ what: "asked", title: "⟦first-question rubric: title⟧" });
    expect(done()?.takesBack(0)).not.toMatchObject({ askId: anns });
  });

  it("is taken back once, by name", () => {
    const { store, socket, act, done, room, carryOut } = page();
    act(push);
    const askId = room.round.openAskId;
    store.takeBack();
    expect(done()).toBeNull();
    expect(socket.last.command).toEqual({ type: "takeBackAsk", askId });
    const sent = socket.sent.length;
    store.takeBack();
    carryOut();
    expect(socket.sent).toHaveLength(sent);
    expect(room.round.openAskId).toBeNull();
    expect(done()).toBeNull();
  });
});

describe("what was revealed", () => {
  it("is offered to who revealed it, and not to who came second", () => {
    const { room, host, act, done, store, socket, see, carryOut } = page("ann");
    const askId = room.push("first-question");
    socket.frame({ kind: "whole", version: 9, view: see() });
    act({ type: "reveal", askId, kind: "hint", index: 0 });
    expect(done()).toMatchObject({ what: "revealed", kind: "hint", index: 0 });
    store.takeBack();
    expect(socket.last.command).toEqual({ type: "takeBackReveal", askId, kind: "hint", index: 0 });
    carryOut();

    room.must(host, { type: "reveal", askId, kind: "followUp", index: 0 });
    socket.frame({ kind: "whole", version: 10, view: see() });
    act({ type: "reveal", askId, kind: "followUp", index: 0 });
    expect(done()).toBeNull();
  });
});

describe("a note that was removed", () => {
  const written = (text: string): Command => ({
    type: "writeNote",
    noteId: "n_000000000001",
    askId: null,
    text,
    mark: "strength",
    evidenceFor: null,
    ageMs: 0,
  });

  it("comes back with its text, its sign and the moment at which it was begun, without a connection too", () => {
    const { act, store, socket, room, ann, done, snapshot, carryOut } = page("ann");
    store.send(written("⟦said⟧"));
    store.flush();
    carryOut();
    const before = room.panelView(ann).scorecard.notes;
    advance(3 * MINUTE);
    act({ type: "removeNote", noteId: "n_000000000001" });
    expect(room.panelView(ann).scorecard.notes).toEqual([]);
    advance(3_000);
    expect(done()).toMatchObject({ what: "noteRemoved" });
    store.takeBack();
    expect(snapshot().view).toMatchObject({ scorecard: { notes: before } });
    store.flush();
    expect(socket.last.command).toMatchObject({ type: "writeNote", text: "⟦said⟧", mark: "strength" });
    carryOut();
    expect(room.panelView(ann).scorecard.notes).toEqual(before);

    socket.drop();
    store.send({ type: "removeNote", noteId: "n_000000000001" });
    expect(done()).toMatchObject({ what: "noteRemoved" });
  });

  it("is not offered where nothing stood in it", () => {
    const { act, store, done, carryOut } = page("ann");
    store.send(written("  "));
    store.flush();
    carryOut();
    act({ type: "removeNote", noteId: "n_000000000001" });
    expect(done()).toBeNull();
  });
});
