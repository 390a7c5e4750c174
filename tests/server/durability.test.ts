import { join } from "node:path";
import { JoinResponse } from "@whetstone/shared/links-wire";
import type { Command } from "@whetstone/shared/room/command";
import type { Commit } from "@whetstone/shared/room/event";
import { evolve, type RoomState } from "@whetstone/shared/room/state";
import { view } from "@whetstone/shared/room/view/view";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { beforeAll, describe, expect, test } from "vitest";
import { commitsOf } from "../support/commits.ts";
import { openLog } from "../support/log.ts";
import { buildServer, type ServerProcess, startProcess } from "../support/process.ts";
import { ConnectionLost, newId, newSeat, request, type Seat } from "../support/seats.ts";
import { openingOf, temporaryFolder } from "../support/server.ts";

/**
 * The real server process, killed while many people write. What it acknowledged has to be there afterwards, once; what it did not
 * may be there, and is there once when it was sent again.
 */

/** Fewer than in `kills.test.ts`, where the client's own stores write: here it is shown that the log on disk alone gives what everybody sees. */
const KILLS = 6;
/** A slow machine takes many seconds for each start. */
const STARTS_WITHIN_MS = 400_000;
const ROOMS = 3;

beforeAll(buildServer);

interface Sent {
  readonly seat: Seat;
  readonly roomId: string;
  readonly commandId: string;
  readonly command: Command;
}

/** One thing that a seat writes again and again, one command after the other: a note, an answer, a rating. */
interface Lane {
  readonly seat: Seat;
  readonly roomId: string;
  readonly next: (count: number) => Command;
  /** What the seat's view has to hold of this lane after the given command. */
  readonly seen: (command: Command) => boolean;
  count: number;
  last: Command | null;
  /** Sent and not answered. */
  open: Sent | null;
}

/** Everybody who writes, and account of what was acknowledged. */
class Load {
  readonly lanes: Lane[] = [];
  readonly acknowledged: Sent[] = [];
  #stopped = false;
  #underWay: Promise<void>[] = [];
  #reached: { count: number; tell: () => void } | null = null;

  get seats(): Seat[] {
    return [...new Set(this.lanes.map(({ seat }) => seat))];
  }
  get roomIds(): string[] {
    return [...new Set(this.lanes.map(({ roomId }) => roomId))];
  }

  begin(): void {
    this.#stopped = false;
    this.#underWay = this.lanes.map((lane) => this.#write(lane));
  }

  /** Waits until so many more commands are acknowledged. */
  async more(count: number): Promise<void> {
    const goal = this.acknowledged.length + count;
    await new Promise<void>((tell) => {
      this.#reached = { count: goal, tell };
    });
  }

  /** Waits until everybody has noticed that the server is gone, or has stopped writing. */
  async ended(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#underWay);
  }

  /** Sends again what was not answered, under the same identifier. */
  async sendAgain(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => (lane.open ? this.#send(lane, lane.open) : undefined)));
  }

  async #write(lane: Lane): Promise<void> {
    try {
      while (!this.#stopped) {
        lane.count += 1;
        const { seat, roomId } = lane;
        await this.#send(lane, { seat, roomId, commandId: newId("c"), command: lane.next(lane.count) });
      }
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
    }
  }

  async #send(lane: Lane, sent: Sent): Promise<void> {
    lane.open = sent;
    const answer = await lane.seat.send(sent.command, sent.commandId);
    if (!answer.ok) throw new Error(`${sent.command.type} was refused: ${answer.refusal.reason}`);
    lane.open = null;
    lane.last = sent.command;
    this.acknowledged.push(sent);
    if (this.#reached && this.acknowledged.length >= this.#reached.count) this.#reached.tell();
  }
}

const post = (url: string, path: string, body: unknown) =>
  request(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** Opens a room that is live with one ask, and adds what its people write to the load. */
async function addRoom(server: ServerProcess, load: Load): Promise<void> {
  const opened = OpenRoomResponse.parse((await post(server.url, "/api/rooms", openingOf())).body);
  const { roomId } = opened;
  const connect = (token: string) => newSeat(server.url, token, { strict: false }).connect();
  const join = async (role: string) => {
    const secret = opened.links.find((link) => link.role === role)?.secret;
    const joined = await post(server.url, "/api/links/join", { secret, name: `The ${role}` });
    return connect(JoinResponse.parse(joined.body).token);
  };
  const host = await connect(opened.token);
  const ines = await join("interviewer");
  const ivan = await join("interviewer");
  const candidate = await join("candidate");
  for (const { seatId } of [ines, ivan, candidate]) await host.must({ type: "admit", seatId });
  await host.must({ type: "start" });
  await host.must({ type: "push", source: { kind: "bank", questionId: "network-by-hand" } });
  const { askId, question } = host.openAsk;
  const criterionId = question.criteria[0]?.id ?? "";

  const lane = (seat: Seat, next: Lane["next"], seen: Lane["seen"]) =>
    load.lanes.push({ seat, roomId, next, seen, count: 0, last: null, open: null });
  for (const seat of [host, ines, ivan]) {
    for (const noteId of [newId("n"), newId("n")]) {
      lane(
        seat,
        (count) => ({
          type: "writeNote",
          noteId,
          askId,
          text: `${count} words so far`,
          mark: null,
          evidenceFor: null,
          ageMs: 0,
        }),
        (command) =>
          command.type === "writeNote" &&
          seat.panel.scorecard.notes.some((note) => note.noteId === noteId && note.text === command.text),
      );
    }
    lane(
      seat,
      (count) => ({ type: "rate", askId, criterionId, level: ([1, 2, 3, 4] as const)[count % 4] ?? null }),
      (command) => command.type === "rate" && seat.panel.scorecard.ratings[`${askId}/${criterionId}`] === command.level,
    );
  }
  lane(
    candidate,
    (count) => ({ type: "writeAnswer", askId, text: `An answer of ${count} words. ${"x".repeat(count % 50)}` }),
    (command) => command.type === "writeAnswer" && candidate.candidate.ask?.answer === command.text,
  );
}

/** The rooms as they are in the file, read by another opening of the log. */
async function readLogs(file: string, roomIds: readonly string[]): Promise<Map<string, Commit[]>> {
  const log = openLog(file);
  const logs = new Map<string, Commit[]>();
  for (const roomId of roomIds) logs.set(roomId, await commitsOf(log, roomId));
  await log.close();
  return logs;
}

function replay(commits: readonly Commit[]): RoomState {
  let state: RoomState | null = null;
  for (const { events, at } of commits) for (const event of events) state = evolve(state, event, at);
  if (!state) throw new Error("The log is empty.");
  return state;
}

const keyOf = (seatId: string | null, commandId: string) => `${seatId}/${commandId}`;

/** Sequences without gaps, every command once, and what was acknowledged among them. */
function expectWhole(logs: ReadonlyMap<string, Commit[]>, load: Load, seatIds: ReadonlyMap<Seat, string>): void {
  const stored = new Set<string>();
  for (const commits of logs.values()) {
    expect(commits.map(({ seq }) => seq)).toEqual(commits.map((_, index) => index + 1));
    const keys = commits.map(({ seatId, commandId }) => keyOf(seatId, commandId));
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) stored.add(key);
  }
  const missing = load.acknowledged.filter(
    ({ seat, commandId }) => !stored.has(keyOf(seatIds.get(seat) ?? "", commandId)),
  );
  expect(missing.map(({ command }) => command)).toEqual([]);
}

/** Everybody comes back, and sees what the log says. */
async function comeBack(server: ServerProcess, load: Load, logs: ReadonlyMap<string, Commit[]>): Promise<void> {
  await Promise.all(load.seats.map((seat) => seat.connect(server.url)));
  for (const { seat, roomId } of load.lanes) {
    expect(seat.view).toEqual(view(replay(logs.get(roomId) ?? []), seat.seatId));
  }
}

describe("a server that is killed under load", () => {
  test("keeps what it acknowledged, and takes what is sent again once", { timeout: STARTS_WITHIN_MS }, async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "whetstone.sqlite");
    const load = new Load();
    let server = await startProcess(folder);
    for (let room = 0; room < ROOMS; room++) await addRoom(server, load);
    const seatIds = new Map(load.seats.map((seat) => [seat, seat.seatId]));
    let unanswered = 0;

    for (let kill = 1; kill <= KILLS; kill++) {
      load.begin();
      await load.more(40 + ((kill * 37) % 160));
      await server.kill();
      await load.ended();
      unanswered += load.lanes.filter(({ open }) => open !== null).length;

      const logs = await readLogs(file, load.roomIds);
      expectWhole(logs, load, seatIds);
      server = await startProcess(folder);
      await comeBack(server, load, logs);
      await load.sendAgain();
      expect(load.lanes.filter(({ open }) => open !== null)).toEqual([]);
    }

    for (const seat of load.seats) await seat.time();
    const unseen = load.lanes.filter(({ last, seen }) => !last || !seen(last));
    expect(unseen.map(({ last }) => last)).toEqual([]);
    await server.kill();
    const logs = await readLogs(file, load.roomIds);
    expectWhole(logs, load, seatIds);
    // Nothing is there that nobody sent.
    const bySeats = [...logs.values()].flat().filter(({ seatId }) => seatId !== null);
    expect(bySeats.length).toBe(load.acknowledged.length + 5 * ROOMS);
    expect(unanswered).toBeGreaterThan(0);
  });

  test("asked to stop, it ends well and loses nothing", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "whetstone.sqlite");
    const load = new Load();
    let server = await startProcess(folder);
    for (let room = 0; room < ROOMS; room++) await addRoom(server, load);
    const seatIds = new Map(load.seats.map((seat) => [seat, seat.seatId]));

    for (let stop = 1; stop <= 3; stop++) {
      load.begin();
      await load.more(100);
      expect(await server.stop()).toBe(0);
      await load.ended();
      const logs = await readLogs(file, load.roomIds);
      expectWhole(logs, load, seatIds);
      server = await startProcess(folder);
      await comeBack(server, load, logs);
      await load.sendAgain();
    }
    await server.stop();
    const bySeats = [...(await readLogs(file, load.roomIds)).values()].flat().filter(({ seatId }) => seatId !== null);
    expect(bySeats.length).toBe(load.acknowledged.length + 5 * ROOMS);
  });
});
