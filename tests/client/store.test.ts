import type { Command } from "@whetstone/shared/room/command";
import { diff } from "@whetstone/shared/room/patch";
import { refusal } from "@whetstone/shared/room/refusal";
import type { View } from "@whetstone/shared/room/view/view";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { livePanelRoom, MINUTE, OPENED_AT } from "../support/domain.ts";
import { advance, MemoryStorage, newStore } from "./fakes.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: OPENED_AT });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A live room with an open ask, and how each seat sees it. */
function liveRoom() {
  const panel = livePanelRoom();
  const askId = panel.room.push("first-question");
  const see = (seatId: string): View => {
    const view = panel.room.view(seatId);
    if (!view) throw new Error("The seat is gone.");
    return view;
  };
  return { ...panel, askId, see };
}

const live = liveRoom();
const CANDIDATE = live.see(live.candidate);
const HOST = live.see(live.host);
const { askId } = live;

const answer = (text: string): Command => ({ type: "writeAnswer", askId, text });
const note = (noteId: string, text: string): Command => ({
  type: "writeNote",
  noteId,
  askId,
  text,
  mark: null,
  evidenceFor: null,
  ageMs: 0,
});
const rate = (level: 1 | 2 | 3 | 4, criterionId = "depth"): Command => ({ type: "rate", askId, criterionId, level });
const itemsOf = (storage: Storage): (string | null)[] =>
  Array.from({ length: storage.length }, (_, index) => storage.getItem(storage.key(index) ?? ""));
const textsOf = (envelopes: readonly { command: Command }[]): string[] =>
  envelopes.map(({ command }) => ("text" in command ? command.text : command.type));

function connected(view: View = CANDIDATE, storage: Storage = new MemoryStorage()) {
  const made = newStore(storage);
  made.socket.open(view);
  return made;
}

describe("what was shown with the seat", () => {
  it("stands until the socket brings what is so by now, and is none of its versions", () => {
    const { store, socket, snapshot } = newStore(new MemoryStorage(), "first", CANDIDATE);
    expect(snapshot()).toMatchObject({ view: CANDIDATE, connection: "connecting" });
    store.send(answer("typed before"));
    expect(socket.sent).toEqual([]);
    const later = { ...CANDIDATE, you: { ...CANDIDATE.you, handRaised: true } } as View;
    socket.connected = true;
    socket.fire("connect");
    socket.frame({ kind: "patch", from: 1, version: 2, operations: diff(CANDIDATE, later) });
    expect(snapshot().connection).toBe("connecting");
    expect(socket.resyncs).toBe(1);
    socket.frame({ kind: "whole", version: 2, view: later });
    expect(snapshot()).toMatchObject({ connection: "connected", view: { you: { handRaised: true } } });
    advance(2_000);
    expect(textsOf(socket.sent)).toEqual(["typed before"]);
  });

  it("takes up at once what was kept unsent in this browser", () => {
    const storage = new MemoryStorage();
    const before = connected(CANDIDATE, storage);
    before.store.send(answer("kept"));
    before.store.close();
    const { snapshot } = newStore(storage, "second", CANDIDATE);
    expect(snapshot()).toMatchObject({ unsaved: 1, view: { ask: { answer: "kept" } } });
  });
});

describe("sending", () => {
  it("gathers typing and sends what it has become, once", () => {
    const { store, socket } = connected();
    for (const text of ["d", "dL", "dL/dW"]) {
      store.send(answer(text));
      advance(60);
    }
    expect(socket.sent).toEqual([]);
    advance(20);
    expect(textsOf(socket.sent)).toEqual(["dL/dW"]);
  });

  it("sends anything else at once, with what was typed before it", () => {
    const { store, socket } = connected();
    store.send(answer("typed"));
    store.send({ type: "raiseHand" });
    expect(textsOf(socket.sent)).toEqual(["typed"]);
    socket.acknowledge();
    expect(textsOf(socket.sent)).toEqual(["typed", "raiseHand"]);
  });

  it("sends what was typed without waiting when it is told to", () => {
    const { store, socket } = connected();
    store.send(answer("last words"));
    store.flush();
    expect(textsOf(socket.sent)).toEqual(["last words"]);
  });

  it("has one command under way at a time, and keeps their order", () => {
    const { store, socket } = connected(HOST);
    const commands: Command[] = [rate(1), { type: "pause" }, { type: "resume" }, rate(2, "practice")];
    for (const command of commands) store.send(command);
    for (let count = 1; count <= commands.length; count += 1) {
      expect(socket.sent).toHaveLength(count);
      socket.acknowledge();
    }
    expect(socket.sent.map(({ command }) => command)).toEqual(commands);
  });

  it("keeps typing on apart from what is under way, and sends the newest of it next", () => {
    const { store, socket } = connected();
    store.send(answer("a"));
    store.flush();
    store.send(answer("ab"));
    store.send(answer("abc"));
    advance(1_000);
    expect(textsOf(socket.sent)).toEqual(["a"]);
    socket.acknowledge();
    expect(textsOf(socket.sent)).toEqual(["a", "abc"]);
    expect(new Set(socket.sent.map(({ commandId }) => commandId)).size).toBe(2);
  });

  it("sends the same command again when no answer comes", () => {
    const { store, socket } = connected();
    store.send({ type: "raiseHand" });
    advance(10_000);
    expect(socket.sent).toHaveLength(2);
    expect(socket.sent[1]).toEqual(socket.sent[0]);
  });

  it("sends when the first of what is typed is due, in order, and wakes for nothing before", () => {
    const { store, socket } = connected(HOST);
    store.send(note("n_000000000001", "begun first, gathered longer"));
    advance(10);
    store.send({ type: "writeAnswer", askId, text: "due first" });
    vi.advanceTimersToNextTimer();
    expect(textsOf(socket.sent)).toEqual(["begun first, gathered longer"]);
    expect(Date.now()).toBe(OPENED_AT + 210);
  });

  it("leaves what waits behind the command under way open to be typed on", () => {
    const { store, socket } = connected(HOST);
    store.send(note("n_000000000001", "first"));
    store.send(note("n_000000000002", "sec"));
    store.flush();
    store.send(note("n_000000000002", "second"));
    store.flush();
    socket.acknowledge();
    socket.acknowledge();
    expect(textsOf(socket.sent)).toEqual(["first", "second"]);
    expect(store.getSnapshot().unsaved).toBe(0);
  });

  it("dates what is typed by the server's clock, however wrong the computer's own is", () => {
    const { store, socket, snapshot } = connected(HOST);
    socket.timeAnswers.at(-1)?.(Date.now() + 20 * MINUTE);
    store.send(note("n_000000000001", "typed"));
    expect(snapshot().view).toMatchObject({ scorecard: { notes: [{ at: OPENED_AT + 20 * MINUTE }] } });
  });

  it("shows what is not saved yet, and counts it", () => {
    const { store, socket, snapshot } = connected();
    store.send(answer("shown at once"));
    expect(snapshot().view).toMatchObject({ ask: { answer: "shown at once" } });
    expect(snapshot().unsaved).toBe(1);
    expect(snapshot().pending).toEqual(new Set(["writeAnswer"]));
    store.flush();
    expect(snapshot().unsaved).toBe(1);
    socket.acknowledge();
    expect(snapshot().unsaved).toBe(0);
  });
});

describe("a connection that ends", () => {
  it("is said, and what was under way is sent again under the same identifier when it comes back", () => {
    const { store, socket, snapshot } = connected();
    store.send(answer("kept"));
    store.flush();
    const [first] = socket.sent;
    socket.drop();
    expect(snapshot().connection).toBe("reconnecting");
    expect(socket.sent).toHaveLength(1);
    socket.open(CANDIDATE);
    expect(snapshot().connection).toBe("connected");
    expect(socket.sent).toEqual([first, first]);
    socket.acknowledge();
    expect(snapshot().unsaved).toBe(0);
    // The whole view came with the connection.
    expect(socket.resyncs).toBe(0);
  });

  it("keeps what is written meanwhile, shows it, and sends it in order", () => {
    const { store, socket, snapshot } = connected(HOST);
    socket.drop();
    store.send(rate(3));
    store.send(rate(2, "practice"));
    store.send(rate(4));
    advance(30_000);
    expect(socket.sent).toEqual([]);
    expect(snapshot().unsaved).toBe(2);
    expect(snapshot().view).toMatchObject({
      scorecard: { ratings: { [`${askId}/depth`]: 4, [`${askId}/practice`]: 2 } },
    });
    socket.open(HOST);
    socket.acknowledge();
    socket.acknowledge();
    expect(socket.sent.map(({ command }) => command)).toEqual([rate(4), rate(2, "practice")]);
    expect(snapshot().unsaved).toBe(0);
  });

  it("is taken up again by the store where the server closed it", () => {
    const { socket } = connected();
    socket.drop("io server disconnect");
    expect(socket.connects).toBe(1);
  });

  it("is left to Socket.IO, which comes back by itself, everywhere else", () => {
    const { socket } = connected();
    for (const reason of ["transport close", "transport error", "ping timeout"]) socket.drop(reason);
    expect(socket.connects).toBe(0);
  });

  it("says that it connects, not that it reconnects, before the first view", () => {
    const { socket, snapshot } = newStore();
    socket.fire("connect");
    socket.drop();
    expect(snapshot().connection).toBe("connecting");
  });

  it("leaves nothing to show, to send or to let go of before the first view", () => {
    const { store, socket, snapshot } = newStore();
    socket.fire("connect");
    socket.frame({ kind: "patch", from: 1, version: 2, operations: [] });
    store.flush();
    store.dismiss("c_000000000001");
    expect(snapshot()).toMatchObject({ connection: "connecting", view: null, unsaved: 0, refused: [] });
    expect(socket.sent).toEqual([]);
    expect(socket.resyncs).toBe(1);
  });
});

it("who is connected is known from what was said last", () => {
  const { socket, snapshot } = connected();
  expect(snapshot().present).toEqual(new Set());
  socket.fire("presence", [live.host, live.candidate]);
  expect(snapshot().present).toEqual(new Set([live.host, live.candidate]));
  socket.fire("presence", [live.candidate]);
  expect(snapshot().present).toEqual(new Set([live.candidate]));
});

describe("a reload", () => {
  it("sends what was left, in order and under the same identifiers", () => {
    const storage = new MemoryStorage();
    const before = connected(HOST, storage);
    before.store.send(rate(3));
    before.store.send({ type: "writeSummary", text: "So far" });
    const [sent] = before.socket.sent;
    before.store.close();

    const { socket, snapshot } = newStore(storage, "second");
    expect(socket.sent).toEqual([]);
    socket.open(HOST);
    expect(snapshot().unsaved).toBe(2);
    expect(snapshot().view).toMatchObject({ scorecard: { summary: "So far", ratings: { [`${askId}/depth`]: 3 } } });
    expect(socket.sent).toEqual([sent]);
    socket.acknowledge();
    expect(textsOf(socket.sent)).toEqual(["rate", "So far"]);
    socket.acknowledge();
    expect(storage.length).toBe(0);
  });

  it("does not change what may have reached the server, also when more is typed after it", () => {
    const storage = new MemoryStorage();
    const before = connected(CANDIDATE, storage);
    before.store.send(answer("first"));
    before.store.flush();
    before.store.close();

    const { store, socket } = newStore(storage, "second");
    socket.open(CANDIDATE);
    store.send(answer("first, second"));
    expect(textsOf(socket.sent)).toEqual(["first"]);
    socket.acknowledge();
    advance(200);
    expect(textsOf(socket.sent)).toEqual(["first", "first, second"]);
  });

  it("keeps one seat's outbox from another seat of the same browser", () => {
    const storage = new MemoryStorage();
    const before = connected(CANDIDATE, storage);
    before.store.send(answer("the candidate's"));
    before.store.close();
    const { socket, snapshot } = newStore(storage, "second");
    socket.open(HOST);
    expect(snapshot().unsaved).toBe(0);
    expect(socket.sent).toEqual([]);
  });

  it("makes a note as old as it is", () => {
    const storage = new MemoryStorage();
    const before = connected(HOST, storage);
    before.socket.drop();
    before.store.send({
      type: "writeNote",
      noteId: "n_000000000001",
      askId,
      text: "heard offline",
      mark: null,
      evidenceFor: null,
      ageMs: 0,
    });
    before.store.close();
    advance(3 * MINUTE);
    const { socket } = newStore(storage, "second");
    socket.open(HOST);
    expect(socket.last.command).toMatchObject({ text: "heard offline", ageMs: 3 * MINUTE });
  });
});

describe("a refusal", () => {
  it("is said once, and its text is kept until its writer lets it go", () => {
    const { store, socket, snapshot } = connected();
    store.send(answer("too late"));
    store.flush();
    socket.acknowledge({ ok: false, refusal: refusal("wrong_phase") });
    expect(snapshot().unsaved).toBe(0);
    expect(snapshot().refused).toEqual([
      { id: socket.last.commandId, sentence: refusal("wrong_phase").sentence, text: "too late" },
    ]);
    store.dismiss(socket.last.commandId);
    expect(snapshot().refused).toEqual([]);
  });

  it("is let go of alone", () => {
    const { store, socket, snapshot } = connected(HOST);
    for (const command of [{ type: "pause" }, { type: "resume" }] as const) {
      store.send(command);
      socket.acknowledge({ ok: false, refusal: refusal("wrong_phase") });
    }
    const [first, second] = snapshot().refused;
    store.dismiss(first?.id ?? "");
    expect(snapshot().refused).toEqual([second]);
  });

  it("of blanks alone has no text to keep", () => {
    const { store, socket, snapshot } = connected();
    store.send(answer(" \n"));
    store.flush();
    socket.acknowledge({ ok: false, refusal: refusal("wrong_phase") });
    expect(snapshot().refused).toMatchObject([{ text: null }]);
  });

  it("of a click is not said again after a reload: it can be made again", () => {
    const storage = new MemoryStorage();
    const before = connected(HOST, storage);
    before.store.send({ type: "resume" });
    before.socket.acknowledge({ ok: false, refusal: refusal("wrong_phase") });
    expect(before.snapshot().refused).toHaveLength(1);
    before.store.close();
    expect(storage.length).toBe(0);
    const { socket, snapshot } = newStore(storage, "second");
    socket.open(HOST);
    expect(snapshot().refused).toEqual([]);
  });

  it("keeps nothing from going on", () => {
    const { store, socket, snapshot } = connected(HOST);
    store.send({ type: "resume" });
    store.send(rate(2));
    socket.acknowledge({ ok: false, refusal: refusal("wrong_phase") });
    expect(snapshot().refused).toMatchObject([{ text: null }]);
    expect(socket.last.command).toEqual(rate(2));
  });

  it.each(["not_saved", "too_many", "server_failed"] as const)(
    "for the moment (%s) is not said; the same command is sent again, and nothing before it",
    (reason) => {
      const { store, socket, snapshot } = connected(HOST);
      store.send(rate(1));
      store.send(rate(2, "practice"));
      const [first] = socket.sent;
      socket.acknowledge({ ok: false, refusal: refusal(reason) });
      expect(snapshot().unsaved).toBe(2);
      expect(snapshot().refused).toEqual([]);
      advance(1_000);
      expect(socket.sent).toEqual([first, first]);
      socket.acknowledge();
      expect(socket.last.command).toEqual(rate(2, "practice"));
    },
  );

  it("of a text that is written on and refused again and again leaves its last state, and every other refusal", () => {
    const { store, socket, snapshot } = connected(CANDIDATE);
    const refuse = (command: Command) => {
      store.send(command);
      store.flush();
      socket.acknowledge({ ok: false, refusal: refusal("room_large") });
    };
    refuse({ type: "raiseHand" });
    for (const text of ["one", "one two", "one two three", "one two three four"]) refuse(answer(text));
    refuse({ type: "raiseHand" });
    expect(snapshot().refused.map(({ text }) => text)).toEqual([null, "one two three four", null]);
  });

  it("keeps a refused text over a reload", () => {
    const storage = new MemoryStorage();
    const before = connected(CANDIDATE, storage);
    before.store.send(answer("far too long"));
    before.store.flush();
    before.socket.acknowledge({ ok: false, refusal: refusal("too_long") });
    before.store.close();
    const { socket, snapshot } = newStore(storage, "second");
    socket.open(CANDIDATE);
    expect(snapshot().refused).toMatchObject([{ text: "far too long" }]);
  });

  it("is forgotten once its writer let it go, also after a reload", () => {
    const storage = new MemoryStorage();
    const before = connected(CANDIDATE, storage);
    before.store.send(answer("far too long"));
    before.store.flush();
    before.socket.acknowledge({ ok: false, refusal: refusal("too_long") });
    before.store.dismiss(before.socket.last.commandId);
    before.store.close();
    const { socket, snapshot } = newStore(storage, "second");
    socket.open(CANDIDATE);
    expect(snapshot().refused).toEqual([]);
    expect(storage.length).toBe(0);
  });
});

describe("what another version of the page left", () => {
  const OUTBOX = `whetstone.outbox.r_000000000001.${live.candidate}`;
  const REFUSED = `whetstone.refused.r_000000000001.${live.candidate}`;
  const readable = { commandId: "c_left00000001", command: answer("readable"), sent: false, begunAt: 0, dueAt: 0 };
  const unreadable = { commandId: "c_left00000002", command: { type: "draw", strokes: "what I drew" }, sent: true };
  const kept = (storage: Storage, key: string): unknown => JSON.parse(storage.getItem(key) ?? "null");

  it("goes on where it can be read, and is shown as text to copy where it cannot", () => {
    const storage = new MemoryStorage();
    storage.setItem(OUTBOX, JSON.stringify([unreadable, readable]));
    const { socket, snapshot } = connected(CANDIDATE, storage);
    expect(textsOf(socket.sent)).toEqual(["readable"]);
    expect(snapshot().unsaved).toBe(1);
    expect(snapshot().refused).toMatchObject([{ text: "what I drew" }]);
    expect(snapshot().refused[0]?.sentence).toMatch(/^Another version of this page kept this here/);
    socket.acknowledge();
    expect(kept(storage, OUTBOX)).toEqual([unreadable]);
  });

  it("stays through everything that is typed and sent, and over a reload, until its writer lets it go", () => {
    const storage = new MemoryStorage();
    storage.setItem(OUTBOX, JSON.stringify([unreadable]));
    const { store, socket } = connected(CANDIDATE, storage);
    store.send(answer("typed on"));
    store.flush();
    expect(kept(storage, OUTBOX)).toMatchObject([unreadable, { command: answer("typed on") }]);
    socket.acknowledge();
    store.close();

    const next = newStore(storage, "second");
    next.socket.open(CANDIDATE);
    const [left] = next.snapshot().refused;
    expect(left).toMatchObject({ text: "what I drew" });
    next.store.dismiss(left?.id ?? "");
    expect(next.snapshot().refused).toEqual([]);
    expect(storage.length).toBe(0);
  });

  it("is read one by one among refused texts too", () => {
    const storage = new MemoryStorage();
    const refused = { id: "c_left00000003", sentence: "Too long.", text: "refused" };
    storage.setItem(REFUSED, JSON.stringify([refused, { id: 7, words: "refused by another version" }]));
    const { store, snapshot } = connected(CANDIDATE, storage);
    const texts = () => snapshot().refused.map(({ text }) => text);
    expect(texts()).toEqual(["refused by another version", "refused"]);
    store.dismiss(refused.id);
    expect(texts()).toEqual(["refused by another version"]);
    expect(kept(storage, REFUSED)).toEqual([{ id: 7, words: "refused by another version" }]);
  });
});

describe("a server of another version", () => {
  function outdated(storage: Storage = new MemoryStorage()) {
    const made = connected(CANDIDATE, storage);
    made.socket.lose(refusal("other_version"));
    return made;
  }

  it("takes no seat away: the page says so, and neither speaks nor connects any more", () => {
    const { store, socket, snapshot } = outdated();
    expect(snapshot()).toMatchObject({ connection: "outdated", lost: null });
    expect(socket.connected).toBe(false);
    store.send(answer("typed on"));
    store.flush();
    advance(60_000);
    expect(socket.sent).toEqual([]);
    expect(socket.connects).toBe(0);
  });

  it("is said as well where the server closes the connection itself", () => {
    const { socket, snapshot } = outdated();
    socket.drop("io server disconnect");
    expect(snapshot().connection).toBe("outdated");
    expect(socket.connects).toBe(0);
  });

  it("keeps what is typed on for the page that comes after the reload", () => {
    const storage = new MemoryStorage();
    const { store, snapshot } = outdated(storage);
    for (const text of ["t", "typed", "typed on"]) store.send(answer(text));
    expect(snapshot().view).toMatchObject({ ask: { answer: "typed on" } });
    expect(snapshot()).toMatchObject({ unsaved: 1, unkept: "" });
    store.close();
    const next = newStore(storage, "second");
    next.socket.open(CANDIDATE);
    expect(textsOf(next.socket.sent)).toEqual(["typed on"]);
  });

  it("has the words at hand to copy where the browser would not keep them over a reload", () => {
    const full = new MemoryStorage();
    full.setItem = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
    const { store, snapshot } = outdated(full);
    store.send(answer("typed on"));
    store.send({ type: "raiseHand" });
    expect(snapshot().unkept).toBe("typed on");
    store.send({ type: "writeAnswer", askId: "a_000000000009", text: "and more" });
    expect(snapshot().unkept).toBe("typed on\n\nand more");
  });

  it("is known before the first view as well", () => {
    const { socket, snapshot } = newStore();
    socket.connected = true;
    socket.lose(refusal("other_version"));
    expect(snapshot()).toMatchObject({ connection: "outdated", view: null, lost: null });
  });
});

describe("frames", () => {
  const { room, host, see } = liveRoom();
  const before = see(host);
  room.must(host, { type: "showObservers", shown: true });
  const after = see(host);
  const operations = diff(before, after);

  it("of differences lead to the same view as a whole one", () => {
    const { socket, snapshot } = connected(before);
    socket.frame({ kind: "patch", from: 1, version: 2, operations });
    expect(snapshot().view).toEqual(after);
    expect(socket.resyncs).toBe(0);
  });

  it.each([
    ["begins at another version", { from: 3, operations }],
    ["was there before", { from: 0, operations }],
    ["does not fit", { from: 1, operations: [["set", ["asks", 7, "answer"], "x"] as const] }],
  ])("whose difference %s change nothing and ask for the whole", (_why, { from, operations }) => {
    const { socket, snapshot } = connected(before);
    socket.frame({
      kind: "patch",
      from,
      version: 2,
      operations: operations.map((operation) => [...operation] as never),
    });
    expect(snapshot().view).toEqual(before);
    expect(socket.resyncs).toBe(1);
    socket.frame({ kind: "whole", version: 5, view: after });
    expect(snapshot().view).toEqual(after);
    socket.frame({ kind: "patch", from: 5, version: 6, operations: diff(after, before) });
    expect(snapshot().view).toEqual(before);
  });

  it("count anew after each connect", () => {
    const { socket, snapshot } = connected(before);
    socket.frame({ kind: "patch", from: 1, version: 2, operations });
    socket.drop();
    socket.open(before, 1);
    socket.frame({ kind: "patch", from: 1, version: 2, operations });
    expect(snapshot().view).toEqual(after);
    expect(socket.resyncs).toBe(0);
  });

  it("keep what is not saved yet on top", () => {
    const { store, socket, snapshot } = connected(before);
    const openAskId = before.role === "host" ? (before.openAskId ?? "") : "";
    store.send({ type: "rate", askId: openAskId, criterionId: "depth", level: 4 });
    socket.frame({ kind: "patch", from: 1, version: 2, operations });
    expect(snapshot().view).toMatchObject({
      room: { observersShown: true },
      scorecard: { ratings: { [`${openAskId}/depth`]: 4 } },
    });
  });

  it("neither hurry what is being typed nor bring back what was let go", () => {
    const { store, socket, snapshot } = connected(before);
    store.send({ type: "resume" });
    socket.acknowledge({ ok: false, refusal: refusal("wrong_phase") });
    store.send({ type: "writeSummary", text: "typ" });
    const sent = socket.sent.length;
    socket.frame({ kind: "patch", from: 1, version: 2, operations });
    expect(socket.sent).toHaveLength(sent);
    expect(snapshot().refused).toHaveLength(1);
    store.send({ type: "writeSummary", text: "typed" });
    advance(400);
    expect(textsOf(socket.sent).slice(sent)).toEqual(["typed"]);
  });

  it("that come with an answer move the view on before what was unsaved goes, so that nothing flickers", () => {
    const room = liveRoom();
    const { store, socket } = connected(room.see(room.candidate));
    const answers: string[] = [];
    store.subscribe(() => {
      const { view } = store.getSnapshot();
      if (view?.role === "candidate") answers.push(view.ask?.answer ?? "");
    });
    const command: Command = { type: "writeAnswer", askId: room.askId, text: "typed" };
    const written = room.see(room.candidate);
    store.send(command);
    store.flush();
    room.room.must(room.candidate, command);
    const operations = diff(written, room.see(room.candidate));
    socket.acknowledge({ ok: true, frame: { kind: "patch", from: 1, version: 2, operations } });
    expect(new Set(answers)).toEqual(new Set(["typed"]));
    expect(store.getSnapshot().unsaved).toBe(0);
    expect(socket.resyncs).toBe(0);
  });

  it("that came with an answer which never arrived are made up for by the whole", () => {
    const { store, socket } = connected(before);
    store.send({ type: "pause" });
    advance(10_000);
    socket.acknowledge();
    expect(socket.resyncs).toBe(1);
  });

  it("tell everybody who listens, until they stop listening", () => {
    const { store, socket } = newStore();
    const listener = vi.fn();
    const stop = store.subscribe(listener);
    socket.open(before);
    expect(listener).toHaveBeenCalled();
    listener.mockClear();
    stop();
    socket.frame({ kind: "patch", from: 1, version: 2, operations });
    expect(listener).not.toHaveBeenCalled();
  });
});

describe("a lost seat", () => {
  const TAKEN = refusal("seat_taken_over");

  it("is said with its reason, and the socket stays closed", () => {
    const { socket, snapshot } = connected();
    socket.lose(TAKEN);
    expect(snapshot().lost).toEqual(TAKEN);
    expect(socket.connected).toBe(false);
    expect(socket.connects).toBe(0);
  });

  it("is none where the server only failed for a moment", () => {
    const { socket, snapshot } = connected();
    socket.lose(refusal("server_failed"));
    socket.drop("io server disconnect");
    expect(snapshot().lost).toBeNull();
    expect(socket.connects).toBe(0);
    advance(1_000);
    expect(socket.connects).toBe(1);
  });

  it("no longer touches what the tab that took it has not sent yet", () => {
    const storage = new MemoryStorage();
    const first = connected(CANDIDATE, storage);
    first.socket.lose(TAKEN);
    const second = connected(CANDIDATE, storage);
    second.socket.drop();
    second.store.send(answer("written in the second tab"));
    const kept = itemsOf(storage);
    expect(kept).toHaveLength(1);
    // What a tab does when one looks at it again.
    first.store.flush();
    expect(itemsOf(storage)).toEqual(kept);
  });
});
