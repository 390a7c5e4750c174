import { readdirSync, readlinkSync } from "node:fs";
import { JoinResponse } from "@whetstone/shared/links-wire";
import type { Command } from "@whetstone/shared/room/command";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { beforeAll, expect, test } from "vitest";
import { ownDescriptors } from "../../server/src/http/descriptors.ts";
import { KEY_HEADER } from "../../server/src/http/principal.ts";
import { buildServer, type ServerProcess, startProcess } from "../support/process.ts";
import { ask } from "../support/raw.ts";
import { ConnectionLost, newId, newSeat, type Seat } from "../support/seats.ts";
import { openingOf, temporaryFolder } from "../support/server.ts";

/** Everybody's network is gone and back in the same moment, as when a proxy or a router starts anew. */

const SEATS = 3_000;
const SEATS_IN_A_ROOM = 20;
const SEATS_AT_AN_ADDRESS = 100;
const HOST_KEY = "the-key-of-a-test-server";
const WITHIN_MS = 600_000;
/** How long is waited for what has to come, in milliseconds; only so that a failure says what was missing. */
const PATIENCE_MS = 60_000;

beforeAll(buildServer);

const { limit } = ownDescriptors();
const hasSpace = process.platform === "linux" && (limit === null || limit > SEATS + 2_000);

/** How many connections a process has open; its threads come and go with files of their own. */
function connectionsOf({ pid }: ServerProcess): number {
  const opened = `/proc/${pid}/fd`;
  const isConnection = (name: string) => {
    try {
      return readlinkSync(`${opened}/${name}`).startsWith("socket:");
    } catch {
      // Closed since it was listed.
      return false;
    }
  };
  return readdirSync(opened).filter(isConnection).length;
}

const MOST_TRIES = 100;

/** Tries until it is let in, as clients do by themselves: a network that is late is no refusal, and the server's refusing is one. */
async function comesBack(seat: Seat): Promise<Seat> {
  for (let tries = 1; ; tries++) {
    try {
      return await seat.connect();
    } catch (error) {
      if (seat.lost || tries === MOST_TRIES) throw error;
    }
  }
}

/** Sends a command until it is acknowledged, where this process is too busy to keep the connection alive too. */
async function saves(seat: Seat, command: Command): Promise<void> {
  const commandId = newId("c");
  for (;;) {
    try {
      return await seat.must(command, commandId);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      await comesBack(seat);
    }
  }
}

class House {
  readonly seats: Seat[] = [];
  readonly #url: string;

  constructor(server: ServerProcess) {
    this.#url = new URL(server.url).origin;
  }

  async fill(): Promise<void> {
    const rooms = Array.from({ length: SEATS / SEATS_IN_A_ROOM }, (_, room) => room);
    const several = 10;
    await Promise.all(
      rooms.slice(0, several).map(async (first) => {
        for (let room = first; room < rooms.length; room += several) await this.openRoom();
      }),
    );
  }

  /** A room with a host, a candidate and observers, from addresses that a proxy tells of. */
  async openRoom(seats = SEATS_IN_A_ROOM): Promise<Seat> {
    const opened = OpenRoomResponse.parse(await this.#post("/api/rooms", openingOf()));
    const host = await this.#seat(opened.token);
    for (let count = 1; count < seats; count++) {
      const role = count === 1 ? "candidate" : "observer";
      const secret = opened.links.find((link) => link.role === role)?.secret;
      const joined = await this.#post("/api/links/join", { secret, name: `The ${role} ${count}` });
      await this.#seat(JoinResponse.parse(joined).token);
    }
    return host;
  }

  #seat(token: string): Promise<Seat> {
    const address = Math.floor(this.seats.length / SEATS_AT_AN_ADDRESS);
    const headers = { "x-forwarded-for": `203.0.113.${address}` };
    const seat = newSeat(this.#url, token, { strict: false, headers });
    this.seats.push(seat);
    return seat.connect();
  }

  /** As fast as this process opens connections, which looks after those that it has in between. */
  async comeBack(): Promise<void> {
    const coming: Promise<Seat>[] = [];
    for (const seat of this.seats) {
      coming.push(comesBack(seat));
      if (coming.length % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(coming);
  }

  /** On a connection of its own, so that none is left open. */
  async #post(path: string, body: unknown): Promise<unknown> {
    const { text } = await ask(`${this.#url}${path}`, {
      method: "POST",
      headers: { [KEY_HEADER]: HOST_KEY },
      body: JSON.stringify(body),
    });
    return JSON.parse(text);
  }
}

/** Writes a note and takes it away again, as a room holds only so many and this one goes on for as long as the others take. */
async function writesAndRemoves(seat: Seat): Promise<void> {
  const noteId = newId("n");
  await saves(seat, {
    type: "writeNote",
    noteId,
    askId: null,
    text: "Quiet.",
    mark: null,
    evidenceFor: null,
    ageMs: 0,
  });
  await saves(seat, { type: "removeNote", noteId });
}

test.skipIf(!hasSpace)(
  "three thousand seats come back at once, each to its whole view, and a quiet room goes on",
  {
    timeout: WITHIN_MS,
  },
  async () => {
    const server = await startProcess(await temporaryFolder(), { HOST_KEY });
    const quiet = await new House(server).openRoom(1);
    /** Waits until the server has as many connections open as it had. */
    const connectionsAre = async (count: number) => {
      const until = performance.now() + PATIENCE_MS;
      while (connectionsOf(server) !== count && performance.now() < until) await quiet.time();
      expect(connectionsOf(server)).toBe(count);
    };
    const atFirst = connectionsOf(server);
    const house = new House(server);
    await house.fill();
    const shown = house.seats.map(({ view }) => JSON.stringify(view));
    await connectionsAre(atFirst + SEATS);

    for (const seat of house.seats) seat.drop();
    let areBack = false;
    const back = house.comeBack().finally(() => {
      areBack = true;
    });
    let saved = 0;
    for (; !areBack; saved++) await writesAndRemoves(quiet);
    await back;
    expect(saved).toBeGreaterThan(0);
    expect(house.seats.filter(({ isConnected }) => !isConnected)).toEqual([]);
    expect(house.seats.map(({ view }) => JSON.stringify(view))).toEqual(shown);
    await connectionsAre(atFirst + SEATS);

    for (const seat of house.seats) seat.disconnect();
    await connectionsAre(atFirst);
  },
);
