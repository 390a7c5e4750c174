import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Bank, Kit } from "@whetstone/shared/bank";
import { JoinResponse, LinkSecret } from "@whetstone/shared/links-wire";
import type { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import type { SeatRole } from "@whetstone/shared/room/seats/commands";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { onTestFinished } from "vitest";
import type { AuthoredStore } from "../../server/src/bank/authored-store.ts";
import { Library } from "../../server/src/bank/library.ts";
import { openSearch } from "../../server/src/bank/search.ts";
import { type AppOptions, createApp } from "../../server/src/http/app.ts";
import type { BacklogLimits } from "../../server/src/http/backlog.ts";
import type { DocumentStore } from "../../server/src/room/documents/store.ts";
import type { RoomLog } from "../../server/src/room/log.ts";
import { openSqliteAccesses } from "../../server/src/sqlite/accesses.ts";
import { openSqliteAcquaintances } from "../../server/src/sqlite/acquaintances.ts";
import { openSqliteAuthored } from "../../server/src/sqlite/authored.ts";
import { openSqliteDocuments } from "../../server/src/sqlite/documents.ts";
import { openSqliteLog } from "../../server/src/sqlite/log.ts";
import { openSqliteSnapshots } from "../../server/src/sqlite/snapshots.ts";
import { Pool } from "../../server/src/threads/pool.ts";
import { type TestBank, testBank } from "./domain.ts";
import { keysBeside, openKeys } from "./log.ts";
import { type Answer, newSeat, request, type Seat } from "./seats.ts";

/** A folder of its own for one test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "whetstone-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export const KIT: Kit = {
  id: "test-kit",
  title: "Test kit",
  role: "Tester",
  description: "Two questions.",
  minutes: 45,
  competencies: ["Testing", "Explaining"],
  weights: [{ competency: 1, weight: 2, reason: "It is the job." }],
  phases: [
    { kind: "introduction", minutes: 5 },
    { kind: "questions", minutes: 32 },
    { kind: "candidate_questions", minutes: 5 },
    { kind: "wrap_up", minutes: 3 },
  ],
  questions: [
    { question: "first-question", minutes: 4, probes: [1] },
    { question: "second-question", minutes: 7, probes: [1, 2] },
  ],
};

/** The domain's test bank as the server holds one, with a kit of its first two questions. */
export function bankOf({ pack, questions }: TestBank): Bank {
  return {
    packs: new Map([[pack.id, pack]]),
    questions: new Map(questions.map((question) => [question.id, { ...question, pack: pack.id }])),
    kits: new Map([[KIT.id, structuredClone(KIT)]]),
    sources: new Map(),
  };
}

/** The library of a bank, with what users write in the file. */
export const openLibrary = (
  bank: Bank,
  dataFile: string,
  now: () => number,
  wrapAuthored: (store: AuthoredStore) => AuthoredStore = (store) => store,
): Promise<Library> =>
  Library.open({ bank, store: wrapAuthored(openSqliteAuthored(dataFile)), search: openSearch(), now });

/** A pool in whose place of one work's file, by its path under `dist`, there is another file. */
export class PoolWith extends Pool {
  readonly #others: Readonly<Record<string, URL>>;

  constructor(others: Readonly<Record<string, URL>>) {
    super();
    this.#others = others;
  }

  override run: Pool["run"] = (kind, ...rest) =>
    super.run({ ...kind, file: this.#others[kind.file]?.href ?? kind.file }, ...rest);
}

/** A pool whose work may take ten times as long: a machine that has much to do is no failure. */
export class PatientPool extends Pool {
  constructor() {
    super({
      after: (ms, call) => {
        const timeout = setTimeout(call, 10 * ms).unref();
        return () => clearTimeout(timeout);
      },
    });
  }
}

/** A pool for several servers, one after the other: none of them closes it. */
export class LastingPool extends PatientPool {
  override close(): Promise<void> {
    return Promise.resolve();
  }

  end(): Promise<void> {
    return super.close();
  }
}

export interface ServerOptions {
  readonly bank?: Bank;
  readonly hostKey?: string | null;
  /** The folder of the client; one with a single page where it is not given. */
  readonly clientDirectory?: string;
  readonly openPair?: AppOptions["openPair"];
  readonly placesPerAddress?: number;
  readonly config?: Partial<AppOptions["config"]>;
  /** How long a request may take to arrive, in milliseconds. */
  readonly requestMs?: number;
  readonly descriptors?: AppOptions["descriptors"];
  readonly now?: () => number;
  /** A clock that nobody sets; `now` where it is not given. */
  readonly steady?: () => number;
  /** Where work beside the interviews is done. */
  readonly pool?: Pool;
  /** How far a receiver may fall behind. */
  readonly backlogLimits?: BacklogLimits;
  /** A database to begin with; it is copied, with the keys beside it. */
  readonly database?: string;
  /** Stands between the server and its log. */
  readonly wrapLog?: (log: RoomLog) => RoomLog;
  readonly wrapDocuments?: (store: DocumentStore) => DocumentStore;
  /** Stands between the server and what users wrote. */
  readonly wrapAuthored?: (store: AuthoredStore) => AuthoredStore;
}

export interface RoomOptions {
  readonly title?: string;
  readonly candidateName?: string | null;
  readonly forRole?: string | null;
  readonly kitId?: string | null;
  readonly minutes?: number;
  readonly blindPolicy?: BlindPolicy;
  readonly interviewersAsk?: boolean;
  readonly marks?: boolean;
  readonly hostName?: string;
}

/** A real server over a real file, in this process. */
export class TestServer {
  readonly url: string;
  readonly dataFile: string;
  readonly close: () => Promise<void>;
  readonly #again: () => Promise<TestServer>;

  constructor(url: string, dataFile: string, close: () => Promise<void>, again: () => Promise<TestServer>) {
    this.url = url;
    this.dataFile = dataFile;
    this.close = close;
    this.#again = again;
  }

  /** Closes the server and starts another one over the same file, at another address. */
  async restart(): Promise<TestServer> {
    await this.close();
    return this.#again();
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return request(`${this.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return request(`${this.url}${path}`, { headers });
  }

  /** Opens a room whose host is seated and connected. */
  async openRoom(options: RoomOptions = {}, headers: Record<string, string> = {}): Promise<TestRoom> {
    const opened = OpenRoomResponse.parse((await this.post("/api/rooms", openingOf(options), headers)).body);
    const host = await newSeat(this.url, opened.token).connect();
    return new TestRoom(this, opened, host);
  }

  /** Takes a link's seat and gives its token. */
  async takeSeat(secret: string, name: string | null): Promise<string> {
    return JoinResponse.parse((await this.post("/api/links/join", { secret, name })).body).token;
  }
}

/** The body of a request that opens a room. */
export const openingOf = (options: RoomOptions = {}) => ({
  title: "A test room",
  candidateName: "Cleo",
  forRole: null,
  kitId: null,
  minutes: 45,
  blindPolicy: "after_own",
  hostName: "Hana Host",
  ...options,
});

export class TestRoom {
  readonly server: TestServer;
  readonly roomId: string;
  readonly host: Seat;
  readonly links: OpenRoomResponse["links"];

  constructor(server: TestServer, { roomId, links }: OpenRoomResponse, host: Seat) {
    this.server = server;
    this.roomId = roomId;
    this.links = links;
    this.host = host;
  }

  secret(role: SeatRole): string {
    const link = this.links.find((made) => made.role === role);
    if (!link) throw new Error(`The room was opened without a link for ${role}.`);
    return link.secret;
  }

  /** Joins by the link that the room was opened with, and connects; interviewers are let in by the host. */
  async join(role: SeatRole, name: string): Promise<Seat> {
    const seat = await newSeat(this.server.url, await this.server.takeSeat(this.secret(role), name)).connect();
    if (role === "interviewer") await this.admit(seat);
    return seat;
  }

  /** Somebody who captions, by a link that the host makes for it; let in by the host where nothing else is said. */
  async captioner(name = "Cato Captioner", isAdmitted = true): Promise<Seat> {
    const renewed = await this.host.fetch("/api/links/renew", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ role: "captioner", days: 7 }),
    });
    const { secret } = LinkSecret.parse(renewed.body);
    const seat = await newSeat(this.server.url, await this.server.takeSeat(secret, name)).connect();
    if (!isAdmitted) return seat;
    await this.host.must({ type: "admit", seatId: seat.seatId });
    await seat.waitFor(() => !seat.captioner.waiting);
    return seat;
  }

  async admit(seat: Seat): Promise<void> {
    const { seatId } = seat;
    await this.host.must({ type: "admit", seatId });
    await seat.until((view) => view.role !== "interviewer" || !view.waiting);
  }

  /** Admits the candidate and starts. */
  async start(candidate: Seat): Promise<void> {
    await this.host.must({ type: "admit", seatId: candidate.seatId });
    await this.host.must({ type: "start" });
  }

  /** Pushes a question of the bank; the ask's identifier. */
  async push(questionId: string): Promise<string> {
    await this.host.must({ type: "push", source: { kind: "bank", questionId } });
    return this.host.openAsk.askId;
  }
}

/** Everybody whom a room can seat, connected. */
export interface FullHouse {
  readonly room: TestRoom;
  readonly host: Seat;
  readonly ines: Seat;
  readonly ivan: Seat;
  readonly candidate: Seat;
  readonly observer: Seat;
}

export async function fullHouse(server: TestServer, options: RoomOptions = {}): Promise<FullHouse> {
  const room = await server.openRoom(options);
  return {
    room,
    host: room.host,
    ines: await room.join("interviewer", "Ines Interviewer"),
    ivan: await room.join("interviewer", "Ivan Interviewer"),
    candidate: await room.join("candidate", "Cleo Candidate"),
    observer: await room.join("observer", "Otto Observer"),
  };
}

/** A full house with the candidate admitted, started. */
export async function liveHouse(server: TestServer, options: RoomOptions = {}): Promise<FullHouse> {
  const house = await fullHouse(server, options);
  await house.room.start(house.candidate);
  return house;
}

/** Starts a server that is closed when the test is over. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const folder = await temporaryFolder();
  const { clientDirectory = await smallClient(folder) } = options;
  const dataFile = join(folder, "data", "whetstone.sqlite");
  if (options.database !== undefined) {
    await mkdir(dirname(dataFile));
    await copyFile(options.database, dataFile);
    if (existsSync(keysBeside(options.database))) await copyFile(keysBeside(options.database), keysBeside(dataFile));
  }
  return startIn(dataFile, clientDirectory, options);
}

async function smallClient(folder: string): Promise<string> {
  const directory = join(folder, "client");
  await mkdir(directory);
  await writeFile(join(directory, "index.html"), "<!doctype html><title>Whetstone</title>");
  return directory;
}

async function startIn(dataFile: string, clientDirectory: string, options: ServerOptions): Promise<TestServer> {
  const {
    bank = bankOf(testBank()),
    hostKey = null,
    config = {},
    now = Date.now,
    wrapLog = (log) => log,
    wrapDocuments = (store) => store,
  } = options;
  const keys = openKeys(dataFile);
  const app = await createApp({
    config: {
      publicUrl: null,
      trustedProxies: ["loopback"],
      proxyHops: 1,
      linkDays: 7,
      keepDays: null,
      roomBytes: 64 * 1024 * 1024,
      commandsPerSecond: 100_000,
      requestsPerMinute: 100_000,
      connectionsPerAddress: 200,
      meeting: null,
      ice: { urls: [], turnSecret: null },
      peerQueue: false,
      logLevel: "silent",
      ...config,
    },
    hostKey,
    serverKey: Buffer.alloc(32, "the key of a test server"),
    log: wrapLog(openSqliteLog(dataFile, keys)),
    keys,
    documents: wrapDocuments(openSqliteDocuments(dataFile, keys)),
    accesses: openSqliteAccesses(dataFile),
    openAcquaintances: () => openSqliteAcquaintances(dataFile),
    snapshots: openSqliteSnapshots(join(dirname(dataFile), "snapshots.sqlite"), "tests", keys),
    library: await openLibrary(bank, dataFile, now, options.wrapAuthored),
    exportsDirectory: join(dirname(dataFile), "exports"),
    pythonDirectory: join(dirname(dataFile), "python"),
    captionModelsDirectory: join(dirname(dataFile), "caption-models"),
    clientDirectory,
    ...(options.openPair && { openPair: options.openPair }),
    ...(options.placesPerAddress !== undefined && { placesPerAddress: options.placesPerAddress }),
    pool: options.pool ?? new PatientPool(),
    ...(options.backlogLimits && { backlogLimits: options.backlogLimits }),
    ...(options.requestMs !== undefined && { requestMs: options.requestMs }),
    ...(options.descriptors && { descriptors: options.descriptors }),
    ...(options.steady && { steady: options.steady }),
    now,
  });
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await app.close();
  };
  onTestFinished(close);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return new TestServer(url, dataFile, close, () => startIn(dataFile, clientDirectory, options));
}

/** A clock that stands still until it is moved, in milliseconds since 1970. */
export class Clock {
  #at: number;
  constructor(at = Date.UTC(2026, 0, 5, 9)) {
    this.#at = at;
  }
  #setBy = 0;
  readonly now = (): number => this.#at + this.#setBy;
  /** Begins anywhere and is no whole number, as a real one does and is. */
  readonly steady = (): number => this.#at - 1_000_000_000_000 + 0.7;
  /** Sets what `now` says by so many milliseconds; no time passes. */
  set(ms: number): void {
    this.#setBy += ms;
  }
  advance(ms: number): void {
    this.#at += ms;
  }
}
