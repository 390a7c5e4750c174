import type { Command } from "@whetstone/shared/room/command";
import { refusal } from "@whetstone/shared/room/refusal";
import type { View } from "@whetstone/shared/room/view/view";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Pauses } from "../../client/src/room/store/pauses.ts";
import { livePanelRoom, OPENED_AT } from "../support/domain.ts";
import { advance, MemoryStorage, newStore } from "./fakes.ts";

/** A seat's store while the server cannot do what it is asked for. */

beforeEach(() => {
  vi.useFakeTimers({ now: OPENED_AT });
});
afterEach(() => {
  vi.useRealTimers();
});

const panel = livePanelRoom();
const askId = panel.room.push("first-question");
const CANDIDATE = panel.room.view(panel.candidate) as View;
const answer = (text: string): Command => ({ type: "writeAnswer", askId, text });
const NOT_SAVED = { ok: false, refusal: refusal("not_saved") } as const;
const MINUTE = 60_000;

function connected(storage: Storage = new MemoryStorage()) {
  const made = newStore(storage);
  made.socket.open(CANDIDATE);
  return made;
}

describe("a pause", () => {
  it("doubles up to half a minute, and is up to half shorter by chance", () => {
    for (const [random, factor] of [
      [0, 1],
      [0.5, 0.75],
      [1, 0.5],
    ] as const) {
      const pauses = new Pauses(() => random);
      const lasted = Array.from({ length: 7 }, () => pauses.next() / factor);
      expect(lasted).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
      pauses.over();
      expect(pauses.next() / factor).toBe(1_000);
    }
  });
});

describe("a server that cannot save", () => {
  it("is asked again after growing pauses, however much is typed meanwhile, and nothing of it is lost", () => {
    const { store, socket, snapshot } = connected();
    store.send(answer("first"));
    store.flush();
    socket.acknowledge(NOT_SAVED);
    expect(snapshot()).toMatchObject({ savingFails: true, refused: [] });
    // Ten minutes of typing, a key a second.
    for (let second = 1; second <= 600; second++) {
      store.send(answer(`first and ${second}`));
      store.flush();
      advance(1_000);
      if (socket.unanswered.length > 0) socket.acknowledge(NOT_SAVED);
    }
    expect(socket.sent.length).toBeLessThan(30);
    expect(new Set(socket.sent.map(({ commandId }) => commandId)).size).toBe(1);
    expect(snapshot()).toMatchObject({ savingFails: true, refused: [], unsaved: 2 });
    expect(snapshot().view).toMatchObject({ ask: { answer: "first and 600" } });

    advance(MINUTE);
    socket.acknowledge();
    expect(socket.last.command).toMatchObject(answer("first and 600"));
    socket.acknowledge();
    expect(snapshot()).toMatchObject({ savingFails: false, refused: [], unsaved: 0 });
  });

  it("loses nothing of what was typed where the page is reloaded meanwhile", () => {
    const storage = new MemoryStorage();
    const before = connected(storage);
    before.store.send(answer("kept"));
    before.store.flush();
    before.socket.acknowledge(NOT_SAVED);
    before.store.close();
    const { socket, snapshot } = newStore(storage, "second");
    socket.open(CANDIDATE);
    expect(socket.last).toEqual(before.socket.last);
    expect(snapshot().unsaved).toBe(1);
  });
});

describe("a room that the server cannot open", () => {
  it("is asked for again after growing pauses, with the reason shown meanwhile", () => {
    const { socket, snapshot } = newStore();
    const reason = refusal("server_failed", "fault 0a1b2c3d");
    const turnAway = () => {
      socket.connected = true;
      socket.lose(reason);
      socket.drop("io server disconnect");
    };
    turnAway();
    expect(snapshot()).toMatchObject({ lost: null, turnedAway: reason, connection: "connecting" });
    let connects = 0;
    for (let second = 0; second < 600; second++) {
      advance(1_000);
      if (socket.connects > connects) turnAway();
      connects = socket.connects;
    }
    expect(connects).toBeGreaterThan(15);
    expect(connects).toBeLessThan(30);
    socket.open(CANDIDATE);
    expect(snapshot()).toMatchObject({ turnedAway: null, connection: "connected" });
    socket.drop("io server disconnect");
    advance(1_000);
    expect(socket.connects).toBe(connects + 1);
  });

  it("is asked for no more once the page is closed", () => {
    const { store, socket } = newStore();
    socket.connected = true;
    socket.lose(refusal("server_failed"));
    socket.drop("io server disconnect");
    store.close();
    advance(10 * MINUTE);
    expect(socket.connects).toBe(0);
  });
});

describe("what was refused", () => {
  const paused = { ...CANDIDATE, room: { ...CANDIDATE.room, phase: "paused" } } as View;
  const refuse = (command: Command, { store, socket }: ReturnType<typeof connected>) => {
    store.send(command);
    store.flush();
    socket.acknowledge({ ok: false, refusal: refusal("wrong_phase") });
  };

  it("is over with the phase of the room in which it was, where it was a click, and stays where it holds a text", () => {
    const made = connected();
    refuse({ type: "raiseHand" }, made);
    refuse(answer("too late"), made);
    expect(made.snapshot().refused.map(({ text }) => text)).toEqual([null, "too late"]);
    made.socket.frame({ kind: "whole", version: 2, view: { ...CANDIDATE } });
    expect(made.snapshot().refused).toHaveLength(2);
    made.socket.frame({ kind: "whole", version: 3, view: paused });
    expect(made.snapshot().refused.map(({ text }) => text)).toEqual(["too late"]);
  });
});
