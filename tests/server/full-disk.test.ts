import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JoinResponse } from "@whetstone/shared/links-wire";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { beforeAll, describe, expect, test } from "vitest";
import { Saving } from "../../server/src/room/saving.ts";
import { buildServer, type ServerProcess, startProcess } from "../support/process.ts";
import { newId, newSeat, request, type Seat } from "../support/seats.ts";
import { openingOf, temporaryFolder } from "../support/server.ts";
import { canFailDisks, canForbidWriting, canMount, failingDisk, forbidWriting, smallDisk } from "../support/tmpfs.ts";

beforeAll(buildServer);

describe("saving that fails", () => {
  function told() {
    const said: unknown[] = [];
    const saving = new Saving({ onFailing: (error) => said.push(error), onOver: () => said.push("over") });
    return { said, saving };
  }

  test("is told once, and once when it is over", () => {
    const { said, saving } = told();
    for (let count = 0; count < 5; count++) saving.appended(0, ["full", "full"]);
    expect(said).toEqual(["full"]);
    saving.appended(3, []);
    saving.appended(2, []);
    saving.appended(0, ["full again"]);
    expect(said).toEqual(["full", "over", "full again"]);
  });

  test("of one room alone is told each time, as nothing else says that it goes on", () => {
    const { said, saving } = told();
    saving.appended(1, ["does not follow"]);
    saving.appended(1, ["does not follow"]);
    expect(said).toEqual(["does not follow", "does not follow"]);
  });
});

/** A room whose interview has begun. */
async function liveRoom(server: ServerProcess) {
  const post = (path: string, body: unknown) =>
    request(`${server.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const { token, links } = OpenRoomResponse.parse((await post("/api/rooms", openingOf())).body);
  const host = await newSeat(server.url, token).connect();
  const secretOf = (role: string) => links.find((link) => link.role === role)?.secret;
  const joined = await post("/api/links/join", { secret: secretOf("candidate"), name: "Cleo" });
  const candidate = await newSeat(server.url, JoinResponse.parse(joined.body).token).connect();
  await host.must({ type: "admit", seatId: candidate.seatId });
  await host.must({ type: "start" });
  return { post, host, candidate, secretOf };
}

// Only root may mount a disk that is small enough to be full.
describe.skipIf(!canMount)("a disk that is full", () => {
  test("refuses and never acknowledges, lets read on, and is over by itself when there is space", async () => {
    const disk = await smallDisk(4_096);
    const server = await startProcess(disk.path, { LOG_LEVEL: "warn" });
    const { post, host, secretOf } = await liveRoom(server);
    const ballast = join(disk.path, "ballast");
    await writeFile(ballast, Buffer.alloc(8 << 20)).catch(() => undefined);

    const long = (mark: string) => mark.repeat(10_000);
    const commands = Array.from({ length: 20 }, (_, index) => ({
      text: long(String.fromCharCode(97 + index)),
      commandId: newId("c"),
    }));
    const answers = [];
    for (const { text, commandId } of commands) {
      answers.push(await host.send({ type: "writeSummary", text }, commandId));
    }
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThan(5);
    for (const answer of refused) expect(answer).toMatchObject({ refusal: { reason: "not_saved" } });

    // What was read before can be read, and what was not is looked up.
    await host.resync();
    const secret = secretOf("observer");
    expect((await post("/api/links/look", { secret })).status).toBe(200);
    expect((await post("/api/links/join", { secret, name: "Olga" })).body).toMatchObject({ reason: "not_saved" });
    expect((await post("/api/own/questions", { copyOf: "ball-in-the-road" })).body).toMatchObject({
      reason: "not_saved",
    });

    await rm(ballast);
    for (const { text, commandId } of commands) await host.must({ type: "writeSummary", text }, commandId);
    expect(host.panel.scorecard.summary).toBe(commands.at(-1)?.text);
    const lines = server.said().split("\n");
    expect(lines.filter((line) => line.includes("commits cannot be saved"))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("commits can be saved again"))).toHaveLength(1);
  });
});

/** Somebody who writes one note after the other, whatever is answered. */
class Writer {
  readonly acknowledged: string[] = [];
  readonly refused: { readonly commandId: string; readonly text: string }[] = [];
  readonly reasons = new Set<string>();
  readonly #seat: Seat;
  #isOver = false;
  #writing: Promise<void> = Promise.resolve();
  #onAnswer: () => void = () => undefined;

  constructor(seat: Seat) {
    this.#seat = seat;
  }

  begin(): void {
    this.#isOver = false;
    this.#writing = this.#write();
  }

  /** Waits until it has come so far. */
  until(isReached: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#onAnswer = () => isReached() && resolve();
      this.#onAnswer();
    });
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#writing;
  }

  /** Sends again what was refused, as it was. */
  async again(): Promise<void> {
    for (const { commandId, text } of this.refused.splice(0)) {
      await this.#seat.must(this.#note(text), commandId);
      this.acknowledged.push(text);
    }
  }

  async #write(): Promise<void> {
    while (!this.#isOver) {
      const commandId = newId("c");
      const text = `${this.acknowledged.length + this.refused.length}. ${commandId}`;
      const answer = await this.#seat.send(this.#note(text), commandId);
      if (answer.ok) this.acknowledged.push(text);
      else {
        this.refused.push({ commandId, text });
        this.reasons.add(answer.refusal.reason);
      }
      this.#onAnswer();
    }
  }

  #note(text: string) {
    const noteId = `n_${text.slice(-36)}`;
    return { type: "writeNote", noteId, askId: null, text, mark: null, evidenceFor: null, ageMs: 0 } as const;
  }
}

const notesOf = (seat: Seat): string[] => seat.panel.scorecard.notes.map(({ text }) => text).sort();

describe("a disk on which nothing can be written any more", () => {
  /** Has the host write until the disk fails and for a while after; then only what was acknowledged is there, and can be read. */
  async function writesUntil(server: ServerProcess, fails: (writer: Writer) => unknown) {
    const room = await liveRoom(server);
    const writer = new Writer(room.host);
    writer.begin();
    await writer.until(() => writer.acknowledged.length >= 20);
    await fails(writer);
    await writer.until(() => writer.refused.length >= 20);
    await writer.end();
    expect([...writer.reasons]).toEqual(["not_saved"]);

    await room.host.connect();
    expect(notesOf(room.host)).toEqual([...writer.acknowledged].sort());
    await room.candidate.connect();
    expect(room.candidate.view.room.phase).toBe("live");
    const secret = room.secretOf("observer");
    expect((await room.post("/api/links/look", { secret })).status).toBe(200);
    expect((await room.post("/api/links/join", { secret, name: "Olga" })).body).toMatchObject({ reason: "not_saved" });
    expect((await room.post("/api/rooms", openingOf())).body).toMatchObject({ reason: "not_saved" });
    expect((await room.host.fetch("/api/room/export.json")).status).toBe(200);
    return { ...room, writer };
  }

  test.skipIf(!canForbidWriting)(
    "refuses, lets read on, and is over by itself when it can be written again",
    async () => {
      const folder = await temporaryFolder();
      const server = await startProcess(folder, { LOG_LEVEL: "warn" });
      let allow = () => {};
      const { host, writer } = await writesUntil(server, () => {
        allow = forbidWriting(server.pid ?? 0);
      });

      allow();
      await writer.again();
      writer.begin();
      const before = writer.acknowledged.length;
      await writer.until(() => writer.acknowledged.length >= before + 20);
      await writer.end();
      expect(writer.refused).toEqual([]);
      expect(notesOf(host)).toEqual([...writer.acknowledged].sort());
      const lines = server.said().split("\n");
      expect(lines.filter((line) => line.includes("commits cannot be saved"))).toHaveLength(1);
      expect(lines.filter((line) => line.includes("commits can be saved again"))).toHaveLength(1);

      await server.kill();
      await host.connect((await startProcess(folder)).url);
      expect(notesOf(host)).toEqual([...writer.acknowledged].sort());
    },
  );

  // Linux makes it writable again only once it is unmounted, which it cannot be while one file on it is open, the lock included. So
  // opening the database anew would find it as it is, and the process has to end.
  test.skipIf(!canFailDisks)("loses nothing where only a restart brings it back", async () => {
    const disk = await failingDisk(32);
    const server = await startProcess(disk.path);
    const { host, writer } = await writesUntil(server, async (writing) => {
      // What Linux syncs at that very moment it may call synced although it is not.
      await writing.end();
      await disk.fail();
      writing.begin();
    });

    await server.stop();
    disk.mend();
    await host.connect((await startProcess(disk.path)).url);
    // A refused one may have come onto the disk, where it was the disk's answer that failed; sent again it is still there once.
    expect(notesOf(host)).toEqual(expect.arrayContaining(writer.acknowledged));
    await writer.again();
    expect(notesOf(host)).toEqual([...writer.acknowledged].sort());
  });
});
