import { join } from "node:path";
import type { Command } from "@whetstone/shared/room/command";
import type { View } from "@whetstone/shared/room/view/view";
import { beforeAll, expect, test } from "vitest";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { seeded } from "../domain/agreement/seeded.ts";
import { openPage, type Page } from "../support/pages.ts";
import { buildServer, type ServerProcess, startProcess } from "../support/process.ts";
import { newId, newSeat } from "../support/seats.ts";
import { TestServer, temporaryFolder } from "../support/server.ts";

/**
 * The real server process, killed twenty times while the real client's pages of fifty rooms write without a common beat, and go on writing
 * while it is gone. Nobody helps them back.
 */

const KILLS = 20;
const ROOMS = 50;
const COMMANDS_PER_SECOND = 200;
/** A slow machine takes many seconds for each start. */
const STARTS_WITHIN_MS = 600_000;

beforeAll(buildServer);

/** One thing that a page writes again and again, and what its view then holds of it. */
interface Lane {
  readonly page: Page;
  readonly next: (count: number) => Command;
  readonly shown: (view: View) => unknown;
  readonly shownBy: (command: Command) => unknown;
  last: Command | null;
}

/** Pages that write, each whenever chance has it. */
class Load {
  readonly lanes: Lane[] = [];
  acknowledged = 0;
  #timers: NodeJS.Timeout[] = [];
  #goal: { count: number; tell: () => void } | null = null;
  readonly #random = seeded(1);

  readonly onAcknowledged = (): void => {
    this.acknowledged += 1;
    if (this.#goal && this.acknowledged >= this.#goal.count) this.#goal.tell();
  };

  get pages(): Page[] {
    return [...new Set(this.lanes.map(({ page }) => page))];
  }

  begin(): void {
    const every = (1_000 * this.lanes.length) / COMMANDS_PER_SECOND;
    this.#timers = this.lanes.map((lane, index) => {
      const write = (count: number) => {
        lane.last = lane.next(count);
        lane.page.send(lane.last);
        this.#timers[index] = setTimeout(() => write(count + 1), every * (0.5 + this.#random()));
      };
      return setTimeout(() => write(Math.floor(this.#random() * 1_000_000)), every * this.#random());
    });
  }

  pause(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Waits until so many more commands are acknowledged. */
  async more(count: number): Promise<void> {
    const goal = this.acknowledged + count;
    await new Promise<void>((tell) => {
      this.#goal = { count: goal, tell };
    });
  }
}

/** Opens a room that is live with one ask, and has its host and its candidate write. */
async function addRoom(server: TestServer, load: Load): Promise<void> {
  const room = await server.openRoom();
  const candidate = await room.join("candidate", "Cleo Candidate");
  await room.start(candidate);
  const askId = await room.push("network-by-hand");
  const criterionId = room.host.openAsk.question.criteria[0]?.id ?? "";
  const { roomId } = room;
  const pageOf = async ({ token }: { token: string }) =>
    openPage(server.url, { roomId, token, onAcknowledged: load.onAcknowledged });
  const [host, cleo] = await Promise.all([pageOf(room.host), pageOf(candidate)]);
  for (const seat of [room.host, candidate]) seat.disconnect();

  const lane = (page: Page, next: Lane["next"], shown: Lane["shown"], shownBy: Lane["shownBy"]) =>
    load.lanes.push({ page, next, shown, shownBy, last: null });
  const textOf = (command: Command) => ("text" in command ? command.text : null);
  const noteId = newId("n");
  const note = { type: "writeNote", noteId, askId, mark: null, evidenceFor: null, ageMs: 0 } as const;
  lane(
    host,
    (count) => ({ ...note, text: `${count} words so far` }),
    (view) =>
      view.role === "host" ? view.scorecard.notes.find((written) => written.noteId === noteId)?.text : undefined,
    textOf,
  );
  lane(
    host,
    (count) => ({ type: "rate", askId, criterionId, level: ([1, 2, 3, 4] as const)[count % 4] ?? null }),
    (view) => (view.role === "host" ? view.scorecard.ratings[`${askId}/${criterionId}`] : undefined),
    (command) => (command.type === "rate" ? command.level : null),
  );
  lane(
    cleo,
    (count) => ({ type: "writeAnswer", askId, text: `An answer of ${count} words. ${"x".repeat(count % 50)}` }),
    (view) => (view.role === "candidate" ? view.ask?.answer : undefined),
    textOf,
  );
}

interface StoredRow {
  readonly roomId: string;
  readonly seq: number;
  readonly commandId: string;
}

/** Every room's numbers are without a gap, every command is there once, and everything that was acknowledged. */
function expectWhole(file: string, load: Load): void {
  const database = new Connection(file, { readonly: true });
  const rows = database
    .prepare<[], StoredRow>("SELECT room_id AS roomId, seq, command_id AS commandId FROM commits ORDER BY id")
    .all();
  database.close();
  const lengths = new Map<string, number>();
  for (const { roomId, seq } of rows) {
    expect(seq).toBe((lengths.get(roomId) ?? 0) + 1);
    lengths.set(roomId, seq);
  }
  const stored = new Set(rows.map(({ commandId }) => commandId));
  expect(stored.size).toBe(rows.length);
  const missing = load.pages.flatMap((page) => page.acknowledged.filter(({ commandId }) => !stored.has(commandId)));
  expect(missing).toEqual([]);
}

const asTest = ({ url, kill }: ServerProcess): TestServer =>
  new TestServer(url, "", kill, () => Promise.reject(new Error("It is another process.")));

test("pages of fifty rooms come back by themselves from twenty kills, and all that they wrote is there, once", {
  timeout: STARTS_WITHIN_MS,
}, async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "whetstone.sqlite");
  const load = new Load();
  let server = await startProcess(folder);
  const PORT = new URL(server.url).port;
  const first = asTest(server);
  await Promise.all(Array.from({ length: ROOMS }, () => addRoom(first, load)));
  let unanswered = 0;

  for (let kill = 1; kill <= KILLS; kill++) {
    load.begin();
    await load.more(100 + ((kill * 37) % 200));
    const opened = load.pages.map((page) => page.opened);
    await server.kill();
    unanswered += load.pages.filter(({ snapshot }) => snapshot.unsaved > 0).length;
    expectWhole(file, load);

    server = await startProcess(folder, { PORT });
    await Promise.all(load.pages.map((page, index) => page.until(() => page.opened > (opened[index] ?? 0))));
    load.pause();
    for (const page of load.pages) page.store.flush();
    await Promise.all(load.pages.map((page) => page.until(() => page.isSaved)));
    const wrong = load.lanes.filter(({ page, last, shown, shownBy }) => last && shown(page.view) !== shownBy(last));
    expect(wrong.map(({ last }) => last)).toEqual([]);
  }

  expect(unanswered).toBeGreaterThan(0);
  expect(load.pages.flatMap(({ refused, snapshot }) => [...refused, ...snapshot.refused])).toEqual([]);
  await server.kill();
  expectWhole(file, load);
  // A server that has seen none of it shows everybody what they hold.
  server = await startProcess(folder, { PORT });
  await Promise.all(load.pages.map((page) => page.until(() => page.isSaved)));
  for (const page of load.pages) {
    const { view, token } = page;
    page.close();
    expect((await newSeat(server.url, token).connect()).view).toEqual(view);
  }
});
