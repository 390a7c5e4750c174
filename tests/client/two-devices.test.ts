import { strict as assert } from "node:assert";
import type { Command } from "@whetstone/shared/room/command";
import { refusal } from "@whetstone/shared/room/refusal";
import type { View } from "@whetstone/shared/room/view/view";
import type { Acknowledgement } from "@whetstone/shared/wire";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type Entry, enqueue } from "../../client/src/room/store/outbox.ts";
import { propertyRuns } from "../support/courses.ts";
import { livePanelRoom, type Room, replay } from "../support/domain.ts";
import { advance, type FakeSocket, MemoryStorage, newStore, ROOM_ID } from "./fakes.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A text of one's own in a view, and the command that writes it. */
interface Sheet {
  readonly seatId: string;
  readonly read: (view: View | null) => string;
  readonly write: (text: string) => Command;
}

const NOTE = "n_000000000001";

/** A live room with every text that two devices of one person may write. */
function sheets(): { room: Room; answer: Sheet; summary: Sheet; note: Sheet } {
  const { room, candidate, ann } = livePanelRoom();
  const askId = room.push("first-question");
  const scorecard = (view: View | null) => (view?.role === "interviewer" ? view.scorecard : null);
  return {
    room,
    answer: {
      seatId: candidate,
      read: (view) => (view?.role === "candidate" ? (view.ask?.answer ?? "") : ""),
      write: (text) => ({ type: "writeAnswer", askId, text }),
    },
    summary: {
      seatId: ann,
      read: (view) => scorecard(view)?.summary ?? "",
      write: (text) => ({ type: "writeSummary", text }),
    },
    note: {
      seatId: ann,
      read: (view) => scorecard(view)?.notes.find(({ noteId }) => noteId === NOTE)?.text ?? "",
      write: (text) => ({ type: "writeNote", noteId: NOTE, askId, text, mark: null, evidenceFor: null, ageMs: 0 }),
    },
  };
}

/** The server's end of one seat, which one device at a time holds; a command that comes again is answered and changes nothing. */
class SeatOfTwo {
  readonly #room: Room;
  readonly #seatId: string;
  readonly #answered = new Map<string, Acknowledgement>();
  #version = 0;
  holder: Device | null = null;

  constructor(room: Room, seatId: string) {
    this.#room = room;
    this.#seatId = seatId;
  }

  get view(): View {
    const view = this.#room.view(this.#seatId);
    if (!view) throw new Error("The seat is gone.");
    return view;
  }

  nextVersion(): number {
    this.#version += 1;
    return this.#version;
  }

  /** Carries out the command that has waited longest at a socket; null where none waits. */
  execute(socket: FakeSocket): Acknowledgement | null {
    const [first] = socket.unanswered;
    if (!first) return null;
    const { commandId, command } = first.envelope;
    const known = this.#answered.get(commandId);
    if (known) return known;
    this.#room.must(this.#seatId, command);
    this.#answered.set(commandId, { ok: true });
    return { ok: true, frame: { kind: "whole", version: this.nextVersion(), view: this.view } };
  }
}

/** A browser with a storage of its own, and the page that is open in it. */
class Device {
  readonly #seat: SeatOfTwo;
  readonly #name: string;
  readonly #storage = new MemoryStorage();
  #pages = 0;
  #page: ReturnType<typeof newStore> | null = null;

  constructor(seat: SeatOfTwo, name: string) {
    this.#seat = seat;
    this.#name = name;
  }

  /** Opens the seat here, in a new page; where it was open it is lost. */
  takeSeat(): void {
    const { holder } = this.#seat;
    holder?.loseSeat();
    this.#page?.store.close();
    this.#pages += 1;
    this.#page = newStore(this.#storage, `${this.#name}${this.#pages}x`);
    this.#seat.holder = this;
    this.#page.socket.open(this.#seat.view, this.#seat.nextVersion());
  }

  loseSeat(): void {
    if (this.#page?.socket.connected) this.#page.socket.lose(refusal("seat_taken_over"));
  }

  shows(sheet: Sheet): string {
    return sheet.read(this.#page?.snapshot().view ?? null);
  }

  /** Types where somebody can: on a page that has not lost its seat. */
  type(sheet: Sheet, edited: (text: string) => string): void {
    if (this.#page && !this.#page.snapshot().lost) this.#page.store.send(sheet.write(edited(this.shows(sheet))));
  }

  /** What a page of an earlier build left in this browser, which did not say what it was written on. */
  keepOldEntry(command: Command): void {
    const entry = { commandId: `c_${this.#name}000000000`, command, sent: false, begunAt: 0, dueAt: 0 };
    this.#storage.setItem(`whetstone.outbox.${ROOM_ID}.${this.#seat.view.you.seatId}`, JSON.stringify([entry]));
  }

  goOffline(): void {
    this.#page?.socket.drop();
  }

  /** The network is back. Who does not hold the seat any more is told so. */
  goOnline(): void {
    if (!this.#page || this.#page.socket.connected || this.#page.snapshot().lost) return;
    if (this.#seat.holder === this) this.#page.socket.open(this.#seat.view, this.#seat.nextVersion());
    else this.#page.socket.lose(refusal("seat_taken_over"));
  }

  /** What is due is sent, and the server carries the first of it out. The answer may be lost with the connection. */
  send(answer: "comes" | "is lost"): boolean {
    advance(500);
    const { socket } = this.#page ?? {};
    if (!socket?.connected) return false;
    const acknowledgement = this.#seat.execute(socket);
    if (acknowledgement && answer === "comes") socket.acknowledge(acknowledgement);
    else if (acknowledgement) socket.drop();
    return acknowledgement !== null;
  }

  sendAll(): void {
    this.goOnline();
    while (this.send("comes"));
  }

  get unsaved(): number {
    return this.#page?.snapshot().unsaved ?? 0;
  }

  close(): void {
    this.#page?.store.close();
  }
}

const wordsIn = (text: string): string[] => text.match(/\w+/g) ?? [];

const devices = fc.constantFrom("laptop", "phone");
const steps = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("type"), on: devices, at: fc.nat(30), out: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("send", "loseAnswer", "takeSeat"), on: devices }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("goOffline", "goOnline"), on: devices }) },
);
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** Plays the steps on both devices, then opens the seat on each until nothing is unsaved. What was typed, and what was taken out. */
function playAll(seat: SeatOfTwo, sheet: Sheet, course: readonly Step[]) {
  const both = { laptop: new Device(seat, "laptop"), phone: new Device(seat, "phone") };
  const typed: string[] = [];
  const removed = new Set<string>();
  for (const step of course) {
    const device = both[step.on];
    if (!("at" in step)) {
      if (step.kind === "send") device.send("comes");
      else if (step.kind === "loseAnswer") device.send("is lost");
      else device[step.kind as "takeSeat" | "goOffline" | "goOnline"]();
      continue;
    }
    device.type(sheet, (text) => {
      const word = `${step.on}${typed.length}`;
      typed.push(word);
      const words = text.split(/(?<=\s)/);
      for (const gone of wordsIn(words.splice(step.at % (words.length + 1), step.out, `${word} `).join("")))
        removed.add(gone);
      return words.join("");
    });
  }
  for (const device of [both.laptop, both.phone, both.laptop]) {
    device.takeSeat();
    device.sendAll();
    assert.equal(device.unsaved, 0);
  }
  const shown = both.laptop.shows(sheet);
  for (const device of Object.values(both)) device.close();
  return { typed, removed, shown };
}

describe("two devices of one person, in whatever order they write, lose their network and their seat, and come back", () => {
  it.each(["answer", "summary", "note"] as const)("have every word that neither took out: %s", (name) => {
    let merges = 0;
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40, size: "max" }), (course) => {
        const { room, [name]: sheet } = sheets();
        const { typed, removed, shown } = playAll(new SeatOfTwo(room, sheet.seatId), sheet, course);
        const words = new Set(wordsIn(shown));
        for (const word of typed) assert.ok(words.has(word) || removed.has(word), `${word} is gone: ${shown}`);
        if (words.size > 2) merges += 1;
        assert.equal(sheet.read(room.view(sheet.seatId)), shown);
        assert.deepStrictEqual(replay(room.commits), room.state);
      }),
      propertyRuns(300),
    );
    expect(merges).toBeGreaterThan(50);
  });
});

describe("what a device kept while its seat was open elsewhere", () => {
  function twoDevices() {
    const { room, answer } = sheets();
    const seat = new SeatOfTwo(room, answer.seatId);
    const [laptop, phone] = [new Device(seat, "laptop"), new Device(seat, "phone")];
    onTestFinished(() => {
      laptop.close();
      phone.close();
    });
    return { room, answer, laptop, phone };
  }

  it("is shown merged before it is acknowledged, and is acknowledged as it was shown", () => {
    const { room, answer, laptop, phone } = twoDevices();
    laptop.takeSeat();
    laptop.type(answer, () => "Known to both. ");
    laptop.sendAll();
    laptop.goOffline();
    laptop.type(answer, (text) => `${text}Offline on the laptop.`);
    phone.takeSeat();
    phone.type(answer, (text) => `${text}On the phone.`);
    phone.sendAll();
    laptop.goOnline();
    laptop.takeSeat();
    const merged = "Known to both. On the phone.\nOffline on the laptop.";
    expect(laptop.shows(answer)).toBe(merged);
    laptop.type(answer, (text) => `${text} And on.`);
    laptop.sendAll();
    expect(laptop.shows(answer)).toBe(`${merged} And on.`);
    expect(answer.read(room.view(answer.seatId))).toBe(`${merged} And on.`);
  });

  it("stands beside what was written elsewhere, where a page of an earlier build kept it", () => {
    const { answer, laptop, phone } = twoDevices();
    phone.takeSeat();
    phone.type(answer, () => "On the phone.");
    phone.sendAll();
    laptop.keepOldEntry(answer.write("Offline on the laptop."));
    laptop.takeSeat();
    expect(wordsIn(laptop.shows(answer)).toSorted()).toEqual(
      ["Offline", "On", "laptop", "on", "phone", "the"].toSorted(),
    );
    laptop.sendAll();
    expect(laptop.shows(answer)).toContain("On");
    expect(laptop.shows(answer)).toContain("Offline");
  });

  it("goes on from what is there, where a page of an earlier build kept it and only added", () => {
    const { answer, laptop } = twoDevices();
    laptop.takeSeat();
    laptop.type(answer, () => "It begi");
    laptop.sendAll();
    laptop.keepOldEntry(answer.write("It begins and goes on"));
    laptop.takeSeat();
    expect(laptop.shows(answer)).toBe("It begins and goes on");
  });

  it("takes its place, where a page of an earlier build kept most of it and changed a word", () => {
    const { answer, laptop } = twoDevices();
    laptop.takeSeat();
    laptop.type(answer, () => "Before, and while the server was away");
    laptop.sendAll();
    laptop.keepOldEntry(answer.write("Before, while the server was away, and last"));
    laptop.takeSeat();
    expect(laptop.shows(answer)).toBe("Before, while the server was away, and last");
  });
});

describe("a plan that is arranged twice while nothing can be sent", () => {
  it("has both changes, as each was made to the plan that is shown", () => {
    const item = (n: number) => ({ itemId: `p_00000000000${n}`, questionId: `question-${n}`, minutes: 5 });
    const entries = [
      [item(1), item(2)],
      [item(1), item(3)],
    ].reduce<Entry[]>(
      (before, items, n) =>
        enqueue(before, { type: "arrangePlan", items, base: [item(1)] }, { now: 0, commandId: `c_00000000000${n}` }),
      [],
    );
    expect(entries.map(({ command }) => command)).toEqual([
      { type: "arrangePlan", items: [item(1), item(2), item(3)], base: [item(1)] },
    ]);
  });
});
