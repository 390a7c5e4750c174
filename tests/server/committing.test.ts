import { setImmediate as nextTurn } from "node:timers/promises";
import type { Command } from "@whetstone/shared/room/command";
import { Differ, patch } from "@whetstone/shared/room/patch";
import { refusal } from "@whetstone/shared/room/refusal";
import { NewerEvents } from "@whetstone/shared/room/upcast";
import type { Frame } from "@whetstone/shared/wire";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { Allowances } from "../../server/src/room/allowances.ts";
import { DamagedLog, type RoomLog } from "../../server/src/room/log.ts";
import { panelViews, soughtRooms } from "../../server/src/room/panel-views.ts";
import { type Channel, Publisher, VIEWS } from "../../server/src/room/publisher.ts";
import { Rooms } from "../../server/src/room/rooms.ts";
import { hashSecret, newVersion } from "../../server/src/room/secrets.ts";
import { SideTraffic } from "../../server/src/room/side/traffic.ts";
import { noSnapshots, type Snapshots } from "../../server/src/room/snapshots.ts";
import { whyUnreadable } from "../../server/src/room/unreadable.ts";
import { commitsOf } from "../support/commits.ts";
import { DEFAULT_OPENING } from "../support/domain.ts";
import { HeldLog } from "../support/held-log.ts";
import { openLog } from "../support/log.ts";
import { ConnectionLost, newId, newSeat, type Seat } from "../support/seats.ts";
import { Clock, fullHouse, liveHouse, startServer } from "../support/server.ts";

/** What a command's way to the disk and back to everybody's screen promises, where something on it is slow or fails. */

const note = (text: string): Command => ({
  type: "writeNote",
  noteId: newId("n"),
  askId: null,
  text,
  mark: null,
  evidenceFor: null,
  ageMs: 0,
});

const notesOf = ({ panel }: Seat) => panel.scorecard.notes.map(({ text }) => text);

/** A log whose appends wait while it is held, and fail where they hold something of a room that is doomed. */
class Trouble {
  readonly batches: number[] = [];
  readonly doomed = new Set<string>();
  #gate = Promise.resolve();

  readonly wrapLog = (log: RoomLog): RoomLog => ({
    ...log,
    append: async (commits) => {
      this.batches.push(commits.length);
      await this.#gate;
      if (commits.some(({ roomId }) => this.doomed.has(roomId))) throw new Error("SQLITE_IOERR: disk I/O error");
      return log.append(commits);
    },
  });

  hold(): () => void {
    let open = (): void => undefined;
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    onTestFinished(() => open());
    return () => open();
  }
}

/** Rooms over a log, with nobody connected, and the errors that they tell of. */
function roomsOver(log: RoomLog, snapshots: Snapshots = noSnapshots) {
  const errors: unknown[] = [];
  const rooms = new Rooms({
    log,
    snapshots,
    roomBytes: 64 * 1024 * 1024,
    now: Date.now,
    newId: (prefix) => `${prefix}_${"0".repeat(24)}`,
    question: () => undefined,
    dealable: () => [],
    random: () => 0,
    onError: (error) => errors.push(error),
    steady: Date.now,
    onClockSet: () => undefined,
    heldBeside: () => ({ room: 0, seat: 0 }),
    onSavingAgain: () => undefined,
  });
  return { rooms, errors };
}

describe("what is on its way to the disk", () => {
  test("is shown to nobody: not by a whole view, to a new connection, in an export, or to a link's bearer", async () => {
    const trouble = new Trouble();
    const server = await startServer({ wrapLog: trouble.wrapLog, now: new Clock().now });
    const { room, host, ines, candidate } = await liveHouse(server);
    const askId = await room.push("first-question");
    await candidate.until((view) => view.role === "candidate" && view.ask !== null);
    for (const seat of [host, ines, candidate]) await seat.time();
    const before = { host: host.view, ines: ines.view, export: (await host.fetch("/api/room/export.md")).text };

    const release = trouble.hold();
    const sent = [candidate.send({ type: "writeAnswer", askId, text: "not on disk" }), ines.send(note("not on disk"))];
    // The host's seat is opened elsewhere before this can be answered.
    const ended = host.send({ type: "end" }).catch((error: unknown) => error);
    for (const seat of [candidate, host, ines]) await seat.time();
    expect(trouble.batches.at(-1)).toBeGreaterThan(0);

    expect(await host.resync()).toEqual(before.host);
    expect(await ines.resync()).toEqual(before.ines);
    const elsewhere = newSeat(server.url, host.token);
    await elsewhere.connect();
    expect(elsewhere.view).toEqual(before.host);
    expect((await elsewhere.fetch("/api/room/export.md")).text).toBe(before.export);
    const looked = await server.post("/api/links/look", { secret: room.secret("interviewer") });
    expect(looked.body).toMatchObject({ ended: false });

    release();
    for (const answer of await Promise.all(sent)) expect(answer).toEqual({ ok: true });
    expect(await ended).toBeInstanceOf(ConnectionLost);
    await elsewhere.until(({ room: { phase } }) => phase === "ended");
    expect(elsewhere.panel.asks.map(({ answer }) => answer)).toEqual(["not on disk"]);
  });
});

describe("what was decided on what cannot be saved", () => {
  test("is refused with it and never saved, and other rooms go on", async () => {
    const { roomId, host, log } = await roomOnDisk();
    const held = new HeldLog();
    const { rooms, errors } = roomsOver(held.wrap(log));
    await rooms.open(OTHER_ROOM, newId("c"), DEFAULT_OPENING, OTHER_HOST, []);
    onTestFinished(rooms.hold(OTHER_ROOM));
    await rooms.read(OTHER_ROOM);
    const extend = (id: string, seatId: string) =>
      rooms.execute(id, newId("c"), { kind: "seat", seatId }, { type: "extendRoom", minutes: 1 });
    const before = await commitsOf(log, roomId);
    held.hold();
    const first = extend(roomId, host.seatId);
    await held.reached();
    const second = extend(roomId, host.seatId);
    const kept = extend(OTHER_ROOM, OTHER_HOST.seatId);
    held.fail();
    held.release();
    for (const answer of [await first, await second]) {
      expect(answer).toMatchObject({ ok: false, refusal: { reason: "not_saved" } });
    }
    expect(await kept).toEqual({ ok: true });
    expect(errors).toMatchObject([{ message: "SQLITE_FULL: database or disk is full" }]);
    await rooms.settle();
    expect(await commitsOf(log, roomId)).toEqual(before);
    expect(await commitsOf(log, OTHER_ROOM)).toHaveLength(2);
    expect(await extend(roomId, host.seatId)).toEqual({ ok: true });
  });
});

describe("a batch of two rooms of which one cannot be saved", () => {
  test("refuses the one, and saves, shows and acknowledges the other", async () => {
    const trouble = new Trouble();
    const server = await startServer({ wrapLog: trouble.wrapLog });
    const one = await fullHouse(server);
    const two = await fullHouse(server);
    const release = trouble.hold();
    // Held up by one append, the next ones wait to be one batch.
    const first = two.host.send({ type: "extendRoom", minutes: 1 });
    await two.host.time();
    const command = note("nearly lost");
    const commandId = newId("c");
    const lost = [one.ines.send(command, commandId), one.host.send({ type: "extendRoom", minutes: 7 })];
    const kept = [two.ines.send(note("kept")), two.host.send({ type: "extendRoom", minutes: 5 })];
    for (const seat of [one.ines, one.host, two.ines, two.host]) await seat.time();
    const sizes = trouble.batches.length;
    trouble.doomed.add(one.room.roomId);
    release();

    expect(await first).toEqual({ ok: true });
    for (const answer of await Promise.all(kept)) expect(answer).toEqual({ ok: true });
    for (const answer of await Promise.all(lost)) {
      expect(answer).toMatchObject({ ok: false, refusal: { reason: "not_saved" } });
    }
    expect(trouble.batches.slice(sizes)).toEqual([4, 2, 2]);
    await two.observer.until(({ role }) => role === "observer" && two.observer.observer.room.minutes === 51);
    expect(notesOf(two.ines)).toEqual(["kept"]);
    expect((await one.host.resync()).room).toMatchObject({ minutes: 45 });

    trouble.doomed.clear();
    expect(await one.ines.send(command, commandId)).toEqual({ ok: true });
    expect(notesOf(one.ines)).toEqual(["nearly lost"]);
    const restarted = await server.restart();
    for (const seat of [one.ines, two.ines, two.host]) await seat.connect(restarted.url);
    expect([notesOf(one.ines), notesOf(two.ines)]).toEqual([["nearly lost"], ["kept"]]);
    expect(two.host.host.room.minutes).toBe(51);
  });
});

const OTHER_ROOM = "r_000000000002";
const OTHER_HOST = { seatId: "s_000000000001", linkId: "l_000000000001", tokenHash: hashSecret("the host's token") };
const NEWER = { roomId: OTHER_ROOM, seq: 1, commandId: "c_000000000001", seatId: null, at: 0, version: 99, events: [] };

/** Shows what is committed, as a server does. */
function publisherOf(rooms: Rooms, errors: unknown[]): Publisher {
  const { steady } = new Clock();
  const onError = (error: unknown): void => void errors.push(error);
  const side = new SideTraffic({ channels: [], steady, onError });
  return new Publisher({
    rooms,
    side,
    views: new Allowances(VIEWS, steady),
    newVersion,
    onSeated: () => undefined,
    onError,
  });
}

/** A room on the disk whose server is closed, and its log, of which every reading is counted. */
async function roomOnDisk() {
  const server = await startServer();
  const { roomId, host, links } = await server.openRoom();
  await server.close();
  const opened = openLog(server.dataFile);
  onTestFinished(() => opened.close());
  const seen = { reads: 0 };
  const log: RoomLog = {
    ...opened,
    read: (...of) => {
      seen.reads += 1;
      return opened.read(...of);
    },
  };
  return { roomId, host, links, log, seen };
}

const readings = async (rooms: Rooms, secrets: readonly string[]) => {
  const found = [];
  const refusalOf = (error: unknown) => whyUnreadable(error) ?? refusal("malformed");
  for await (const reading of panelViews(rooms, soughtRooms(secrets), Date.now, refusalOf)) found.push(reading);
  return found;
};

describe("a room that nobody holds", () => {
  test("stays while something of it waits or is on its way to the disk, whoever looks at it, and is let go then", async () => {
    const { roomId, host, log, seen } = await roomOnDisk();
    const held = new HeldLog();
    const { rooms } = roomsOver(held.wrap(log));
    const minutes = async () => (await rooms.read(roomId))?.rounds[0].minutes;
    const extend = (by: number) =>
      rooms.execute(roomId, newId("c"), { kind: "seat", seatId: host.seatId }, { type: "extendRoom", minutes: by });

    held.hold();
    const first = extend(1);
    await held.reached();
    expect(await minutes()).toBe(45);
    const second = extend(2);
    expect(await minutes()).toBe(45);
    held.letGo();
    expect(await first).toEqual({ ok: true });
    expect(await minutes()).toBe(46);
    const third = extend(4);
    held.release();
    expect([await second, await third]).toEqual([{ ok: true }, { ok: true }]);
    expect(seen.reads).toBe(1);
    expect(await minutes()).toBe(52);
    expect(seen.reads).toBe(2);
  });

  test("is one that all have let go who held it", async () => {
    const { roomId, log, seen } = await roomOnDisk();
    const { rooms } = roomsOver(log);
    const readsAfter = async (letGo: () => void) => {
      letGo();
      await rooms.read(roomId);
      return seen.reads;
    };
    const [one, other] = [rooms.hold(roomId), rooms.hold(roomId)];
    expect(await readsAfter(() => undefined)).toBe(1);
    expect(await readsAfter(one)).toBe(1);
    expect(await readsAfter(other)).toBe(2);
    expect(await readsAfter(rooms.hold(roomId))).toBe(3);
    expect(rooms.fullness(roomId)).toBe(0);
  });

  test("is read by nobody for secrets that it does not know", async () => {
    const { roomId, links, log, seen } = await roomOnDisk();
    const { rooms } = roomsOver(log);
    const unknown = ["x", "y"].map((letter) => `${roomId}.${letter.repeat(43)}`);
    expect(await readings(rooms, unknown)).toEqual([
      { roomId, view: null, remains: null, unusable: 2, unreadable: null },
    ]);
    expect(seen.reads).toBe(0);
    const secret = links.find(({ role }) => role === "candidate")?.secret ?? "";
    expect(await readings(rooms, [...unknown, secret])).toEqual([
      { roomId, view: null, remains: null, unusable: 3, unreadable: null },
    ]);
    expect(seen.reads).toBe(1);
  });
});

describe("whoever holds secrets of several seats and rooms", () => {
  test("reads of each room what the seat may that leads it", async () => {
    const server = await startServer();
    const { host, ines, ivan } = await fullHouse(server);
    await server.close();
    const log = openLog(server.dataFile);
    onTestFinished(() => log.close());
    const { rooms } = roomsOver(log);
    const tokens = [ines, host, ivan].map(({ token }) => token);
    expect(await readings(rooms, tokens)).toMatchObject([{ view: { role: "host" }, unusable: 0, unreadable: null }]);
  });

  test.each([
    [new DamagedLog("r_000000000001", 1), { unusable: 0, unreadable: { reason: "room_damaged" } }],
    [new NewerEvents(NEWER), { unusable: 1, unreadable: null }],
    [new Error("SQLITE_IOERR: disk I/O error"), { unusable: 0, unreadable: { reason: "malformed" } }],
  ])("reads the others where one cannot be read: %s", async (error, found) => {
    const { roomId, host, log } = await roomOnDisk();
    const secret = `${OTHER_ROOM}.${"x".repeat(43)}`;
    const one = roomsOver(log);
    await one.rooms.open(OTHER_ROOM, newId("c"), DEFAULT_OPENING, { ...OTHER_HOST, tokenHash: hashSecret(secret) }, []);
    const read: RoomLog["read"] = (id, after) => {
      if (id === OTHER_ROOM) throw error;
      return log.read(id, after);
    };
    const { rooms } = roomsOver({ ...log, read });
    expect(await readings(rooms, [secret, host.token])).toMatchObject([
      { roomId: OTHER_ROOM, view: null, ...found },
      { roomId, view: { role: "host" }, unusable: 0, unreadable: null },
    ]);
  });
});

describe("opening a room", () => {
  test("under the same name is done once, and no other room takes its place", async () => {
    const { roomId, log } = await roomOnDisk();
    const { rooms } = roomsOver(log);
    const open = (id: string, commandId: string, title: string) =>
      rooms.open(id, commandId, { ...DEFAULT_OPENING, title }, OTHER_HOST, []);
    const title = async (id: string) => (await rooms.read(id))?.title;
    expect(await open(OTHER_ROOM, "c_000000000001", "The first")).toEqual({ ok: true });
    expect(await open(OTHER_ROOM, "c_000000000001", "The same again")).toEqual({ ok: true });
    for (const id of [OTHER_ROOM, roomId]) {
      expect(await open(id, "c_000000000002", "Another")).toMatchObject({ refusal: { reason: "malformed" } });
    }
    expect([await title(OTHER_ROOM), await title(roomId)]).toEqual(["The first", "A test room"]);
  });

  test("with a question that the bank does not have is refused, and there is no room", async () => {
    const { log } = await roomOnDisk();
    const { rooms } = roomsOver(log);
    const plan = [{ itemId: "p_000000000001", questionId: "no-such-question", minutes: 5, probes: [] }];
    const opened = await rooms.open(OTHER_ROOM, "c_000000000001", { ...DEFAULT_OPENING, plan }, OTHER_HOST, []);
    expect(opened).toMatchObject({ ok: false, refusal: { reason: "unknown_question" } });
    expect(await rooms.read(OTHER_ROOM)).toBeNull();
  });
});

test("a commit in a room that nobody looks at is no error to whoever shows commits", async () => {
  const { roomId, host, log } = await roomOnDisk();
  const { rooms, errors } = roomsOver(log);
  publisherOf(rooms, errors);
  const actor = { kind: "seat", seatId: host.seatId } as const;
  expect(await rooms.execute(roomId, newId("c"), actor, { type: "extendRoom", minutes: 7 })).toEqual({ ok: true });
  expect(errors).toEqual([]);
});

test("a change that several see alike is one frame for all of them, and another one for who sees more", async () => {
  const server = await startServer();
  const { room, host, ines, ivan, observer } = await fullHouse(server);
  await server.close();
  const log = openLog(server.dataFile);
  onTestFinished(() => log.close());
  const { rooms, errors } = roomsOver(log);
  const publisher = publisherOf(rooms, errors);
  const sent: string[][] = [];
  const names = new Map<Channel, string>();
  const connect = async (name: string, { token }: Seat) => {
    const channel: Channel = {
      frame: (_frame, others = []) => {
        sent.push([channel, ...others].map((one) => names.get(one) ?? ""));
        return 1;
      },
      tell: () => undefined,
      lose: () => undefined,
    };
    names.set(channel, name);
    const connection = await publisher.connect(token, channel);
    if ("reason" in connection) throw new Error(connection.reason);
  };
  for (const [name, seat] of Object.entries({ ines, ivan, observer, host })) await connect(name, seat);
  const act = async (command: Command) => {
    sent.length = 0;
    const actor = { kind: "seat", seatId: host.seatId } as const;
    expect(await rooms.execute(room.roomId, newId("c"), actor, command)).toEqual({ ok: true });
    return sent;
  };
  // Each came with a version of their own.
  expect(await act({ type: "extendRoom", minutes: 1 })).toEqual([["ines"], ["ivan"], ["observer"], ["host"]]);
  expect(await act({ type: "extendRoom", minutes: 1 })).toEqual([["ines", "ivan", "observer", "host"]]);
  const remove = await act({ type: "removeSeat", seatId: ivan.seatId });
  expect(remove).toEqual([["ines", "observer"], ["host"]]);
  expect(errors).toEqual([]);
});

test("a snapshot that cannot be read is told of, and the room is the log's", async () => {
  const { roomId, host, log } = await roomOnDisk();
  const failure = new Error("SQLITE_CORRUPT: database disk image is malformed");
  const { rooms, errors } = roomsOver(log, {
    ...noSnapshots,
    read: async () => {
      throw failure;
    },
  });
  expect((await rooms.read(roomId))?.seats).toHaveProperty(host.seatId);
  expect(errors).toEqual([failure]);
});

describe("what fails after a commit is on disk", () => {
  test("is acknowledged all the same, and whoever could not be shown the change gets a whole view", async () => {
    const server = await startServer();
    const { host, ines, candidate } = await fullHouse(server);
    await ines.time();
    const broken = vi.spyOn(Differ.prototype, "diff").mockImplementation(() => {
      throw new Error("A view that cannot be compared.");
    });
    onTestFinished(() => broken.mockRestore());
    expect(await host.send({ type: "extendRoom", minutes: 7 })).toEqual({ ok: true });
    broken.mockRestore();
    for (const seat of [host, ines]) {
      await seat.until((view) => view.role !== "candidate" && view.room.minutes === 52);
      expect(seat.frames.at(-1)?.kind).toBe("whole");
    }
    await host.must({ type: "admit", seatId: candidate.seatId });
    await ines.until(({ people }) => people.some((person) => "admitted" in person && person.admitted));
    expect(ines.frames.at(-1)?.kind).toBe("patch");
  });

  test("keeps no other viewer from seeing it", async () => {
    const { host, ines, ivan } = await fullHouse(await startServer());
    await Promise.all([host, ines, ivan].map((seat) => seat.time()));
    const diff = vi.spyOn(Differ.prototype, "diff").mockImplementationOnce(() => {
      throw new Error("A view that cannot be compared.");
    });
    onTestFinished(() => diff.mockRestore());
    const before = [host, ines, ivan].map(({ frames }) => frames.length);
    await host.must({ type: "extendRoom", minutes: 7 });
    for (const seat of [host, ines, ivan]) {
      await seat.until((view) => view.role !== "candidate" && view.room.minutes === 52);
    }
    const kinds = [host, ines, ivan].map(({ frames }, index) => frames.slice(before[index]).map(({ kind }) => kind));
    expect(kinds.flat().filter((kind) => kind === "whole")).toHaveLength(1);
    expect(kinds.every(({ length }) => length === 1)).toBe(true);
  });

  test("in one listener is logged, and the others and the sender hear of the commit", async () => {
    const server = await startServer();
    const { roomId, host } = await server.openRoom();
    await server.close();
    const log = openLog(server.dataFile);
    onTestFinished(() => log.close());
    const { rooms, errors } = roomsOver(log);
    const heard: string[] = [];
    const failure = new Error("A listener that fails.");
    rooms.onCommitted(() => {
      throw failure;
    });
    rooms.onCommitted((commits) => heard.push(...commits.map(({ commit }) => commit.commandId)));
    const commandId = newId("c");
    const command: Command = { type: "extendRoom", minutes: 7 };
    expect(await rooms.execute(roomId, commandId, { kind: "seat", seatId: host.seatId }, command)).toEqual({
      ok: true,
    });
    expect([heard, errors]).toEqual([[commandId], [failure]]);
    expect((await commitsOf(log, roomId)).at(-1)?.commandId).toBe(commandId);
    expect((await rooms.read(roomId))?.rounds[0].minutes).toBe(52);
  });
});

/** The far end of a viewer: the view that its frames add up to, and how many whole ones came. */
function receiver(onWhole: () => void) {
  const held: { version: number; view: unknown } = { version: 0, view: null };
  const take = (frame: Frame) => {
    if (frame.kind === "whole") onWhole();
    else expect(frame.from).toBe(held.version);
    held.view = frame.kind === "whole" ? frame.view : patch(held.view, frame.operations);
    held.version = frame.version;
  };
  const channel: Channel = {
    frame: (frame, others = []) => {
      for (const one of [channel, ...others]) receiverOf.get(one)?.(frame);
      return 1;
    },
    tell: () => undefined,
    lose: () => undefined,
  };
  receiverOf.set(channel, take);
  return { channel, held };
}
const receiverOf = new WeakMap<Channel, (frame: Frame) => void>();

describe("viewers who come back all at once", () => {
  test("get their first view one a turn, and miss nothing that is committed meanwhile", async () => {
    const server = await startServer();
    const { room, host, ines, ivan, observer } = await fullHouse(server);
    await server.close();
    const log = openLog(server.dataFile);
    onTestFinished(() => log.close());
    const { rooms, errors } = roomsOver(log);
    const publisher = publisherOf(rooms, errors);
    let wholes = 0;
    const receivers = Array.from({ length: 10 }, () =>
      [ines, ivan, observer, host].map((seat) => ({ seat, ...receiver(() => wholes++) })),
    ).flat();
    let isDone = false;
    const connections = Promise.all(receivers.map(({ seat, channel }) => publisher.connect(seat.token, channel))).then(
      (connected) => {
        isDone = true;
        return connected;
      },
    );
    const inTurns: number[] = [];
    const committed: unknown[] = [];
    while (!isDone) {
      const before = wholes;
      await nextTurn();
      inTurns.push(wholes - before);
      const actor = { kind: "seat", seatId: host.seatId } as const;
      committed.push(rooms.execute(room.roomId, newId("c"), actor, { type: "extendRoom", minutes: 1 }));
    }
    await Promise.all(committed);
    const resynced = (await connections).map((connection) => "resync" in connection && connection.resync());
    for (const _ of resynced) {
      const before = wholes;
      await nextTurn();
      inTurns.push(wholes - before);
    }
    await Promise.all(resynced);
    expect(Math.max(...inTurns)).toBe(1);
    expect(wholes).toBe(2 * receivers.length);
    expect(committed.length).toBeGreaterThanOrEqual(receivers.length);
    const minutes = (await rooms.read(room.roomId))?.rounds[0].minutes;
    // The last of each seat has it.
    for (const { held } of receivers.slice(-4)) expect(held.view).toMatchObject({ room: { minutes } });
    expect(errors).toEqual([]);
  });
});

describe("the log's time", () => {
  test("never goes back, though the clock is set back", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const room = await server.openRoom();
    clock.advance(60_000);
    await room.host.must({ type: "extendRoom", minutes: 1 });
    clock.advance(-3_600_000);
    await room.host.must({ type: "extendRoom", minutes: 1 });
    await server.close();
    const log = openLog(server.dataFile);
    onTestFinished(() => log.close());
    const times = (await commitsOf(log, room.roomId)).map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times).toHaveLength(3);
  });
});
