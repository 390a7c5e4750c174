import type { FeedbackDraft } from "@whetstone/shared/feedback";
import { JoinResponse, PublishFeedbackResponse } from "@whetstone/shared/links-wire";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { seeded } from "../domain/agreement/seeded.ts";
import { buildServer, type ServerProcess, startProcess } from "../support/process.ts";
import { ask } from "../support/raw.ts";
import { newId, Seat } from "../support/seats.ts";
import { openingOf, temporaryFolder } from "../support/server.ts";

/**
 * Interviews one after the other, several at once, each on a course of its own that chance gives it: what the server holds for them has to go
 * with them, and what they were shown last has to be what a server makes of the log that has seen none of it.
 */

/** `npm run test:soak` goes on for so many minutes; else there is an end after so many steps. */
const MINUTES = Number(process.env.WHETSTONE_SOAK_MINUTES ?? 0);
const STEPS = 3_000;
const AT_ONCE = 8;
/** Descriptors of a thread and the database that it opens. */
const OF_A_THREAD = 6;
const QUESTIONS = ["network-by-hand", "vanishing-gradients", "ball-in-the-road"];

beforeAll(buildServer);

const Holds = z.object({
  heap: z.number(),
  maps: z.number(),
  lines: z.number(),
  seats: z.number(),
  descriptors: z.number(),
});
type Holds = z.infer<typeof Holds>;

/** What a server holds now, its garbage not counted. */
async function holdings(server: ServerProcess): Promise<Holds> {
  const lines = () =>
    server
      .said()
      .split("\n")
      .filter((line) => line.startsWith("Holds "));
  const before = lines().length;
  process.kill(server.pid ?? 0, "SIGUSR2");
  while (lines().length === before) await new Promise((resolve) => setTimeout(resolve, 20));
  return Holds.parse(JSON.parse(lines().at(-1)?.slice("Holds ".length) ?? ""));
}

/** What it holds once everybody's leaving has come to it. */
async function settled(server: ServerProcess): Promise<Holds> {
  let holds = await holdings(server);
  for (let again = 0; holds.seats > 0 && again < 100; again++) holds = await holdings(server);
  return holds;
}

interface Kept {
  readonly token: string;
  /** The view that the seat was left with, as JSON. */
  readonly view: string;
}

/** One room from its opening until everybody has gone. */
class Interview {
  readonly kept: Kept[] = [];
  steps = 0;
  readonly #url: string;
  readonly #random: () => number;
  readonly #seats: Seat[] = [];
  readonly #panel: Seat[] = [];
  readonly #reveals = new Set<string>();
  #links: OpenRoomResponse["links"] = [];

  constructor(url: string, random: () => number) {
    this.#url = url;
    this.#random = random;
  }

  async play(): Promise<void> {
    try {
      const opened = OpenRoomResponse.parse(await this.#post("/api/rooms", openingOf(), 201));
      this.#links = opened.links;
      const host = await this.#seat(opened.token);
      const ines = await this.#join("interviewer");
      const candidate = await this.#join("candidate");
      this.#panel.push(host, ines);
      for (const { seatId } of [ines, candidate]) await host.must({ type: "admit", seatId });
      await host.must({ type: "start" });
      const length = 30 + Math.floor(this.#random() * 60);
      for (let step = 0; step < length; step++) await this.#step(host, candidate);
      await this.#end(host);
      this.steps += length + 20;
      for (const seat of this.#seats) await seat.time();
      this.kept.push(...this.#seats.map(({ token, view }) => ({ token, view: JSON.stringify(view) })));
    } finally {
      for (const seat of this.#seats) seat.disconnect();
    }
  }

  async #step(host: Seat, candidate: Seat): Promise<void> {
    const rater = this.#pick(this.#panel);
    const asked = rater.panel.asks.length > 0 ? this.#pick(rater.panel.asks) : null;
    const isLive = host.view.room.phase === "live";
    switch (Math.floor(this.#random() * 14)) {
      case 0:
        return host.must({ type: isLive ? "pause" : "resume" });
      case 1:
      case 2:
        return isLive ? this.#push(host) : undefined;
      case 3:
      case 4: {
        const askId = candidate.candidate.ask?.askId;
        return askId ? candidate.must({ type: "writeAnswer", askId, text: this.#text() }) : undefined;
      }
      case 5:
      case 6: {
        const criterion = asked?.question.criteria[0];
        if (!asked || !criterion) return;
        const level = this.#pick([1, 2, 3, 4] as const);
        return rater.must({ type: "rate", askId: asked.askId, criterionId: criterion.id, level });
      }
      case 7:
      case 8: {
        const note = { type: "writeNote", noteId: newId("n"), mark: null, evidenceFor: null, ageMs: 0 } as const;
        return rater.must({ ...note, askId: asked?.askId ?? null, text: this.#text() });
      }
      case 9:
        return rater.must({ type: "writeSummary", text: this.#text() });
      case 10:
        return isLive && asked && asked.question.hints.length > 0 ? this.#reveal(rater, asked.askId) : undefined;
      case 11:
        return this.#comeBack(this.#pick(this.#seats));
      case 12: {
        const secret = this.#secretOf("observer");
        await this.#post("/api/links/look", { secret }, 200);
        if (this.#seats.length < 6) await this.#join("observer");
        return;
      }
      case 13:
        return this.#export(this.#pick(this.#panel), this.#pick(["md", "csv", "json"]));
    }
  }

  async #push(host: Seat): Promise<void> {
    const asked = new Set(host.panel.asks.map(({ question }) => question.bankId));
    const questionId = QUESTIONS.find((id) => !asked.has(id));
    const typed = { kind: "typed", prompt: this.#text(), minutes: 5 } as const;
    return host.must({ type: "push", source: questionId ? { kind: "bank", questionId } : typed });
  }

  async #reveal(rater: Seat, askId: string): Promise<void> {
    if (this.#reveals.has(askId)) return;
    this.#reveals.add(askId);
    return rater.must({ type: "reveal", askId, kind: "hint", index: 0 });
  }

  /** Its view was put together from differences; the whole one is the same. */
  async #comeBack(seat: Seat): Promise<void> {
    await seat.time();
    const { view } = seat;
    seat.drop();
    await seat.connect();
    expect(seat.view).toEqual(view);
  }

  async #end(host: Seat): Promise<void> {
    await host.must({ type: "end" });
    for (const rater of this.#panel) {
      await rater.must({ type: "recommend", recommendation: this.#pick(["strong_no", "no", "yes", "strong_yes"]) });
      await rater.must({ type: "submitScorecard", reason: "There was no more time." });
    }
    await host.must({ type: "recordDecision", outcome: this.#pick(["advance", "decline", "hold"]), rationale: "So." });
    const feedback: FeedbackDraft = {
      message: this.#text(),
      strengths: [],
      concerns: [],
      questions: "asked",
      namesPanel: true,
    };
    await host.must({ type: "writeFeedback", feedback });
    const publishing = { commandId: newId("c"), link: "new", days: null };
    const { link } = PublishFeedbackResponse.parse(
      await this.#post("/api/room/feedback/publish", publishing, 200, host),
    );
    await this.#post("/api/feedback/look", { secret: link?.secret }, 200);
    await Promise.all(["pdf", "xlsx", "json"].map((format) => this.#export(host, format)));
  }

  async #export({ token }: Seat, format: string): Promise<void> {
    const headers = { authorization: `Bearer ${token}` };
    const { status, text } = await ask(`${this.#url}/api/room/export.${format}`, { headers });
    expect([status, status === 200 ? "" : text]).toEqual([200, ""]);
  }

  async #join(role: "interviewer" | "candidate" | "observer"): Promise<Seat> {
    const asking = { secret: this.#secretOf(role), name: `The ${role} ${this.#seats.length}` };
    return this.#seat(JoinResponse.parse(await this.#post("/api/links/join", asking, 200)).token);
  }

  #seat(token: string): Promise<Seat> {
    const seat = new Seat(this.#url, token, { strict: false });
    this.#seats.push(seat);
    return seat.connect();
  }

  #secretOf(role: string): string | undefined {
    return this.#links.find((link) => link.role === role)?.secret;
  }

  /** On a connection of its own, so that none is left open. */
  async #post(path: string, body: unknown, expected: number, by?: Seat): Promise<unknown> {
    const headers: Record<string, string> = by ? { authorization: `Bearer ${by.token}` } : {};
    const { status, text } = await ask(`${this.#url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    expect([status, status === expected ? "" : text]).toEqual([expected, ""]);
    return JSON.parse(text);
  }

  #pick<T>(items: readonly T[]): T {
    const picked = items[Math.floor(this.#random() * items.length)];
    if (picked === undefined) throw new Error("There is nothing to pick.");
    return picked;
  }

  #text(): string {
    return "words of somebody who thinks aloud ".repeat(1 + Math.floor(this.#random() * 40));
  }
}

class Soak {
  readonly kept: Kept[] = [];
  rooms = 0;
  steps = 0;
  readonly #url: string;
  #seed = 1;

  constructor(url: string) {
    this.#url = url;
  }

  /** Several interviews at once, all from beginning to end. */
  async round(): Promise<void> {
    const interviews = Array.from({ length: AT_ONCE }, () => new Interview(this.#url, seeded(this.#seed++)));
    await Promise.all(interviews.map((interview) => interview.play()));
    this.rooms += interviews.length;
    for (const { kept, steps } of interviews) {
      this.kept.push(...kept);
      this.steps += steps;
    }
  }
}

/** Every seat sees from this server what it was left with. */
async function expectSame(url: string, kept: readonly Kept[]): Promise<void> {
  for (const { token, view } of kept) {
    const seat = await new Seat(url, token, { strict: false }).connect();
    expect(JSON.stringify(seat.view)).toBe(view);
    seat.disconnect();
  }
}

test.skipIf(process.platform === "win32")(
  "interviews come and go, and leave nothing but their logs",
  {
    timeout: (10 + 3 * MINUTES) * 60_000,
  },
  async () => {
    const folder = await temporaryFolder();
    const preload = new URL("../support/holds.mjs", import.meta.url).href;
    const server = await startProcess(folder, { NODE_OPTIONS: `--import=${preload}`, LOG_LEVEL: "warn" });
    const soak = new Soak(server.url);
    const from = performance.now();
    const part = () => (MINUTES > 0 ? (performance.now() - from) / (MINUTES * 60_000) : soak.steps / STEPS);

    const atFirst = await holdings(server);
    await soak.round();
    // By now there are as many threads as there will be but those of checkpoints and of a slow disk, and everything has been used.
    const warm = await settled(server);
    while (part() < 0.5) await soak.round();
    const half = await settled(server);
    const roomsAtHalf = soak.rooms;
    while (part() < 1) await soak.round();
    const end = await settled(server);
    if (MINUTES > 0) console.info({ steps: soak.steps, rooms: soak.rooms, roomsAtHalf, atFirst, warm, half, end });

    for (const then of [half, end]) {
      expect(then).toMatchObject({ seats: atFirst.seats, lines: atFirst.lines });
      expect(then.descriptors).toBeLessThanOrEqual(warm.descriptors + 2 * OF_A_THREAD);
      // Every room that is held has several maps of its own, and so has every seat's connection.
      expect(then.maps).toBeLessThan(warm.maps + AT_ONCE);
    }
    // Of a room that was left, the end of its log and its seats' allowances are kept for a while: less than four KiB, where one that is held
    // takes some hundred. The rest is what the engine compiles and caches meanwhile.
    expect(end.heap - half.heap).toBeLessThan(4 * 1024 * (1_024 + soak.rooms - roomsAtHalf));

    expect(
      server
        .said()
        .split("\n")
        .filter((line) => line.startsWith("{")),
    ).toEqual([]);
    await server.kill();
    const fresh = await startProcess(folder);
    await expectSame(fresh.url, soak.kept);
  },
);
