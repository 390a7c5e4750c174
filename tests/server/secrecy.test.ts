import { ExportProgress } from "@whetstone/shared/export-wire";
import { emptyFeedback } from "@whetstone/shared/feedback";
import type { Command } from "@whetstone/shared/room/command";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { sessionSeeds } from "../support/courses.ts";
import { putBeside, QUESTION_IDS, testBank, textsIn } from "../support/domain.ts";
import { exportEnded } from "../support/exports.ts";
import { newId, newSeat, type Seat } from "../support/seats.ts";
import {
  bankOf,
  Clock,
  type FullHouse,
  fullHouse,
  liveHouse,
  type RoomOptions,
  startServer,
  type TestServer,
} from "../support/server.ts";

/**
 * What a seat must never receive is written with words that occur nowhere else, and looked for in every byte that reached the seat:
 * packets, answers, errors, heads and bodies of HTTP answers.
 */

/** Letters and digits only, so that a text is found again in a file name, in an escape or across lines. */
const squeeze = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** Texts to which more are added, as one that is searched. Each is squeezed once, and each needle looked for once in every part. */
class Haystack {
  readonly #texts: () => readonly string[];
  #squeezed = "";
  #taken = 0;
  /** By needle, how far it was looked for in vain; to no end where it was found. */
  readonly #searched = new Map<string, number>();

  /** `from` gives the texts behind the first so many. */
  constructor(from: (taken: number) => readonly string[]) {
    this.#texts = () => from(this.#taken);
  }

  holds(needle: string): boolean {
    const texts = this.#texts();
    this.#taken += texts.length;
    if (texts.length > 0) this.#squeezed += squeeze(texts.join("\n"));
    const upTo = this.#searched.get(needle) ?? 0;
    // It may stand where two parts meet.
    const isThere = upTo === Infinity || this.#squeezed.includes(needle, Math.max(0, upTo - needle.length));
    this.#searched.set(needle, isThere ? Infinity : this.#squeezed.length);
    return isThere;
  }
}

const haystacks = new WeakMap<Seat, readonly Haystack[]>();

function haystacksOf(seat: Seat): readonly Haystack[] {
  const known = haystacks.get(seat);
  if (known) return known;
  const received = new Haystack((taken) => seat.received.slice(taken));
  const views = new Haystack((taken) => seat.views.slice(taken).map((view) => JSON.stringify(view)));
  const { role } = seat.shown;
  const made = role === "candidate" || role === "observer" || role === "captioner" ? [received, views] : [received];
  haystacks.set(seat, made);
  return made;
}

/** The needles that occur in what the seat received, or in what a candidate or an observer pieced together from patches. */
function found(seat: Seat, needles: readonly string[]): string[] {
  const among = haystacksOf(seat);
  return needles.filter((needle) => among.some((haystack) => haystack.holds(squeeze(needle))));
}

const RUBRIC = "rubric7f3a";
const bank = testBank(RUBRIC);

/** The bank's texts that are never for a candidate: all that bear the rubric's word. */
const rubricTexts = [bank.pack, ...bank.questions].flatMap(textsIn).filter((text) => text.includes(RUBRIC));
/** The bank's texts that are for a candidate when they are pushed or revealed. */
const putTexts = bank.questions.flatMap(({ prompt, hints, followUps, workspace }) => [
  prompt,
  ...putBeside({ workspace }),
  ...hints,
  ...followUps.map(({ ask }) => ask),
]);

/** The formats of plain text, in which a canary would be found. */
const FORMATS = ["json", "md", "csv", "greenhouse.json", "lever.json", "ashby.json"] as const;
const EXPORTS = FORMATS.map((format) => `/api/room/export.${format}`);
const BANK = [
  "/api/bank/coverage",
  "/api/bank/questions/first-question",
  "/api/kits",
  "/api/kits/test-kit",
  "/api/own/questions",
  "/api/own/kits",
];

const json = (body: unknown) => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const post = (seat: Seat, path: string, body: unknown) => seat.fetch(path, { method: "POST", ...json(body) });

/** A seeded source of numbers (mulberry32): `below(n)` gives 0 to n - 1. */
function randomNumbers(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** A house of which everybody's scorecard can be told by its words, and what was put to the candidate is kept account of. */
class Session {
  readonly server: TestServer;
  readonly house: FullHouse;
  readonly captioner: Seat;
  readonly below: (n: number) => number;
  /** By seat, the texts of its scorecard. */
  readonly written = new Map<Seat, string[]>();
  readonly put = new Set<string>();
  /** What the panel wrote to each other. */
  readonly asides: string[] = [];
  #count = 0;

  constructor(server: TestServer, house: FullHouse, captioner: Seat, seed: number) {
    this.server = server;
    this.house = house;
    this.captioner = captioner;
    this.below = randomNumbers(seed);
  }

  get raters(): Seat[] {
    return [this.house.host, this.house.ines, this.house.ivan];
  }
  get everybody(): Seat[] {
    return [...this.raters, this.house.candidate, this.house.observer, this.captioner];
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  /** A text that only `seat` has. */
  secretOf(seat: Seat, what: string): string {
    this.#count += 1;
    const text = `canary ${what} of ${seat.view.you.name} number ${this.#count} end`;
    this.written.set(seat, [...(this.written.get(seat) ?? []), text]);
    return text;
  }

  textsOf(...seats: readonly Seat[]): string[] {
    return seats.flatMap((seat) => this.written.get(seat) ?? []);
  }

  /** One thing that somebody does, chosen by chance. */
  async step(): Promise<void> {
    const { host, candidate } = this.house;
    switch (this.below(16)) {
      case 0:
      case 1: {
        const questionId = this.pick(QUESTION_IDS) ?? "";
        const answer = await host.send({ type: "push", source: { kind: "bank", questionId } });
        const asked = bank.frozen(questionId);
        if (answer.ok && asked) for (const text of [asked.prompt, ...putBeside(asked)]) this.put.add(text);
        return;
      }
      case 2:
        return this.reveal();
      case 3:
      case 4:
      case 5:
        return this.score(this.pick(this.raters) ?? host);
      case 6: {
        const askId = candidate.candidate.ask?.askId;
        if (askId) await candidate.send({ type: "writeAnswer", askId, text: `answer ${this.below(1000)}` });
        return;
      }
      case 7:
        await this.pick(this.everybody)?.resync();
        return;
      case 8: {
        const seat = this.pick(this.everybody) ?? host;
        seat.drop();
        await seat.connect();
        return;
      }
      case 9:
        await this.pick(this.everybody)?.fetch(this.pick([...EXPORTS, ...BANK]) ?? "");
        return;
      case 10:
        return this.misbehave(this.pick(this.everybody) ?? host);
      case 11:
        await host.send({ type: this.pick(["pause", "resume"] as const) ?? "pause" });
        return;
      case 12:
        await host.send({ type: "showObservers", shown: this.below(2) === 0 });
        return;
      case 13:
        return this.askAgain();
      case 14:
        return this.sayAside();
      case 15: {
        const { seatId } = candidate;
        await host.send({ type: this.pick(["moveToLobby", "admit", "admit"] as const) ?? "admit", seatId });
        return;
      }
    }
  }

  async reveal(): Promise<void> {
    const revealing = this.pick(this.raters) ?? this.house.host;
    const ask = this.pick(revealing.panel.asks);
    if (!ask) return;
    const kind = this.pick(["hint", "followUp"] as const) ?? "hint";
    const index = this.below(2);
    const answer = await revealing.send({ type: "reveal", askId: ask.askId, kind, index });
    const text = kind === "hint" ? ask.question.hints[index] : ask.question.followUps[index]?.ask;
    if (answer.ok && text) this.put.add(text);
  }

  async askAgain(): Promise<void> {
    const { host } = this.house;
    const ask = this.pick(host.panel.asks);
    if (ask) await host.send({ type: this.pick(["reopenAsk", "closeAsk"] as const) ?? "closeAsk", askId: ask.askId });
  }

  /** What all of the panel reads, and nobody else. */
  async sayAside(): Promise<void> {
    const seat = this.pick(this.raters) ?? this.house.host;
    this.#count += 1;
    const text = `canary aside of ${seat.view.you.name} number ${this.#count} end`;
    const answer = await seat.send({ type: "sayAside", lineId: newId("m"), text });
    if (answer.ok) this.asides.push(text);
  }

  async score(seat: Seat): Promise<void> {
    const ask = this.pick(seat.panel.asks);
    const text = () => this.secretOf(seat, "text");
    const askId = ask?.askId ?? null;
    await seat.send({
      type: "writeNote",
      noteId: newId("n"),
      askId,
      text: text(),
      mark: null,
      evidenceFor: null,
      ageMs: 0,
    });
    await seat.send({ type: "writeSummary", text: text() });
    await seat.send({ type: "setConfidence", confidence: this.pick(["low", "medium", "high"]) ?? null });
    await seat.send({ type: "recommend", recommendation: this.pick(["strong_no", "no", "yes", "strong_yes"]) ?? null });
    if (!ask) return;
    const level = this.pick([1, 2, 3, 4] as const) ?? 1;
    await seat.send({ type: "rate", askId: ask.askId, criterionId: this.pick(["depth", "practice"]) ?? "", level });
    await seat.send({ type: "tick", askId: ask.askId, keyPoint: this.below(4), heard: true });
  }

  /** Sends what is refused, to see what the refusals say. */
  async misbehave(seat: Seat): Promise<void> {
    const { host, ines } = this.house;
    const [ask] = host.panel.asks;
    const askId = ask?.askId ?? "a_000000000000";
    const noteId = ines.panel.scorecard.notes[0]?.noteId ?? "n_000000000000";
    const tries: unknown[] = [
      null,
      "push",
      [],
      { commandId: newId("c"), command: { type: "unheardOf", askId } },
      { commandId: newId("c"), command: { type: "rate", askId, criterionId: "no-such", level: 9 } },
      { commandId: newId("c"), command: { type: "rate", askId, criterionId: "no-such", level: 1 } },
      { commandId: newId("c"), command: { type: "reveal", askId, kind: "hint", index: 19 } },
      { commandId: newId("c"), command: { type: "removeNote", noteId } },
      { commandId: newId("c"), command: { type: "writeNote", noteId, extra: 1 } },
      { commandId: newId("c"), command: { type: "push", source: { kind: "bank", questionId: "no-such" } } },
    ];
    // What would be carried out for its sender is left out.
    const isOwnNote = seat === ines;
    for (const message of tries.filter((_, index) => !(isOwnNote && index === 7))) await seat.sendRaw(message);
    seat.emit("resync", { everything: true });
    seat.emit("frame", { give: "all" });
    await seat.fetch("/api/room/export.docx");
    await seat.fetch("/api/rooms", { method: "POST", body: "{" });
    await seat.fetch("/api/nothing-here");
    await seat.fetch("/api/openapi.json");
    await seat.fetch("/api/schemas/room-export-2.json");
    await post(seat, "/api/links/look", { secret: this.house.room.secret("candidate") });
  }

  /** Everything that is made from many rooms, here from the seat's one; what is in the ZIP counts as received. */
  async readAcross(seat: Seat): Promise<void> {
    await post(seat, "/api/across/compare", { secrets: [seat.token] });
    await post(seat, "/api/across/question", { secrets: [seat.token], questionId: "first-question" });
    const started = await post(seat, "/api/exports", { secrets: [seat.token], formats: FORMATS });
    if (started.status !== 202) {
      expect([seat.view.role, started.body]).toMatchObject([
        expect.stringMatching(/^(candidate|observer)$/),
        { reason: "nothing_to_export" },
      ]);
      return;
    }
    const { exportId } = ExportProgress.parse(started.body);
    const { state } = await exportEnded(async () =>
      ExportProgress.parse((await post(seat, "/api/exports/progress", { exportId })).body),
    );
    expect(state).toBe("ready");
    const zip = await fetch(`${seat.url}/api/exports/file`, { method: "POST", ...json({ exportId }) });
    const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
    seat.received.push(...Object.entries(files).flatMap(([name, bytes]) => [name, strFromU8(bytes)]));
    await post(seat, "/api/exports/drop", { exportId });
  }

  /** Everybody asks for everything that there is an address for. */
  async askForEverything(): Promise<void> {
    for (const seat of this.everybody) {
      for (const path of [...EXPORTS, ...BANK, "/api/info"]) await seat.fetch(path);
      await post(seat, "/api/bank/search", { text: RUBRIC });
      await post(seat, "/api/feedback/look", { secret: seat.token });
      await this.misbehave(seat);
      await seat.resync();
      seat.drop();
      await seat.connect();
    }
  }

  /** What the candidate must not have received yet. */
  get keptFromCandidate(): string[] {
    const unput = putTexts.filter((text) => !this.put.has(text));
    return [...rubricTexts, ...unput, ...this.textsOf(...this.raters), ...this.asides];
  }
}

async function randomSession(seed: number, options: RoomOptions): Promise<Session> {
  const server = await startServer({ bank: bankOf(bank) });
  const house = await liveHouse(server, { kitId: "test-kit", ...options });
  const session = new Session(server, house, await house.room.captioner(), seed);
  for (const rater of session.raters) await session.score(rater);
  await session.sayAside();
  for (let i = 0; i < 60; i++) await session.step();
  return session;
}

/** No word of a scorecard's structure, in whatever the seat received over its socket. */
function expectNoScorecard(seat: Seat): void {
  const words =
    /"(aside|scorecard|ratings|notes|heard|summary|others|versions|decisions|debriefOpen|feedback)"|strong_no|strong_yes/g;
  expect(seat.messages.join("\n").match(words)).toBeNull();
}

const SEEDS = sessionSeeds(3);
const POLICIES = ["after_own", "after_all", "never"] as const;

describe.each(POLICIES)("what each seat receives, under %s", (blindPolicy) => {
  test.each(SEEDS)("of a random interview with seed %i", async (seed) => {
    const session = await randomSession(seed, { blindPolicy });
    const { host, ines, ivan, candidate, observer } = session.house;
    const { raters, captioner } = session;

    const check = async () => {
      await session.askForEverything();
      for (const seat of session.everybody) await seat.time();
      expect(found(candidate, session.keptFromCandidate)).toEqual([]);
      expectNoScorecard(candidate);
      expect(found(observer, [...session.textsOf(...raters), ...session.asides])).toEqual([]);
      expectNoScorecard(observer);
      expect(found(captioner, session.keptFromCandidate)).toEqual([]);
      expectNoScorecard(captioner);
      expect(captioner.messages.join("\n")).not.toMatch(/"(answer|plan|rubric|kit|phases|workspace)"/);
    };
    /** Nobody of these has read anything of anybody else's. */
    const expectBlind = (...seats: Seat[]) => {
      for (const seat of seats) {
        expect(seat.panel.others).toEqual([]);
        expect(found(seat, session.textsOf(...raters.filter((other) => other !== seat)))).toEqual([]);
      }
    };

    await check();
    expectBlind(...raters);
    // The search finds what it searches: the owner of each text received it, and the host the whole bank.
    for (const rater of raters) {
      expect(found(rater, session.textsOf(rater)).length).toBeGreaterThan(0);
      expect(found(rater, [...rubricTexts]).length).toBeGreaterThan(20);
      expect(found(rater, session.asides)).toEqual(session.asides);
    }
    const [pushed = ""] = session.put;
    expect(found(observer, [pushed])).toEqual([pushed]);
    expect(found(captioner, [pushed])).toEqual([pushed]);

    await host.send({ type: "resume" });
    await host.must({ type: "end" });
    await session.sayAside();
    for (const rater of raters) await rater.send({ type: "recommend", recommendation: "yes" });
    await check();
    expectBlind(...raters);

    const submit = (seat: Seat) =>
      seat.must({ type: "submitScorecard", reason: session.secretOf(seat, "reason for what is missing") });

    // Ines submits: hers are still nobody else's, and the others' not hers.
    await submit(ines);
    for (const seat of [ivan, candidate, observer]) await session.readAcross(seat);
    await check();
    expectBlind(...raters);

    await submit(ivan);
    await check();
    if (blindPolicy === "after_own") {
      expect(ines.panel.others.map(({ seatId }) => seatId)).toEqual([ivan.seatId]);
      expect(ivan.panel.others.map(({ seatId }) => seatId)).toEqual([ines.seatId]);
      expect(found(ines, session.textsOf(host))).toEqual([]);
      expect(found(ivan, session.textsOf(host))).toEqual([]);
      expectBlind(host);
    } else {
      expectBlind(...raters);
    }

    await submit(host);
    await check();
    if (blindPolicy === "never") {
      expectBlind(ines, ivan);
      expect(host.panel.others).toHaveLength(2);
    } else {
      for (const rater of raters) expect(rater.panel.others).toHaveLength(2);
      expect(found(ines, session.textsOf(host)).length).toBeGreaterThan(0);
    }

    // What is begun after that is again its writer's alone: an amendment until it is submitted, what the candidate will be told for ever.
    const before = new Set(session.textsOf(ines));
    await ines.must({ type: "amendScorecard", reason: session.secretOf(ines, "reason for an amendment") });
    await ines.must({ type: "writeSummary", text: session.secretOf(ines, "amended summary") });
    const amended = session.textsOf(ines).filter((text) => !before.has(text));
    const told = "canary of the feedback that nobody was given";
    await host.must({ type: "writeFeedback", feedback: { ...emptyFeedback, message: told } });
    const rationale = session.secretOf(host, "rationale");
    await host.must({ type: "recordDecision", outcome: "hold", rationale });
    await session.readAcross(ivan);
    await check();
    for (const seat of [host, ivan]) expect(found(seat, amended)).toEqual([]);
    for (const seat of [ines, ivan]) expect(found(seat, [told])).toEqual([]);
    expect(found(candidate, [told])).toEqual([]);
    expect(found(observer, [told, rationale])).toEqual([]);
    expect(found(host, [told, rationale])).toEqual([told, rationale]);
    for (const seat of [ines, ivan]) {
      expect(found(seat, [rationale])).toEqual(blindPolicy === "never" ? [] : [rationale]);
    }

    await submit(ines);
    await check();
    expect(found(host, amended)).toEqual(amended);
    expect(found(ivan, amended)).toEqual(blindPolicy === "never" ? [] : amended);
    if (blindPolicy === "never") expectBlind(ines, ivan);
  });
});

describe("what is never sent", () => {
  test("ratings and ticks, whose values say nothing by themselves", async () => {
    const server = await startServer();
    const { room, ines, ivan, host, candidate, observer } = await liveHouse(server, { blindPolicy: "never" });
    const askId = await room.push("first-question");
    await ines.must({ type: "rate", askId, criterionId: "depth", level: 4 });
    await ines.must({ type: "tick", askId, keyPoint: 3, heard: true });
    const everybodyElse = [ivan, host, candidate, observer];
    for (const seat of everybodyElse) {
      for (const path of EXPORTS) await seat.fetch(path);
      await seat.resync();
      expect(seat.received.join("\n")).not.toContain(ratingKey(askId, "depth"));
    }
    expect(ines.received.join("\n")).toContain(ratingKey(askId, "depth"));
    expect(ivan.panel.scorecard).toMatchObject({ ratings: {}, heard: {} });
    for (const seat of [ivan, host]) {
      const exported = (await seat.fetch("/api/room/export.json")).body;
      expect(exported).toMatchObject({ scorecards: [{ ratings: [], heard: [], notes: [] }] });
    }
  });

  test("the plan and the question's words, to a candidate before they are pushed", async () => {
    const server = await startServer({ bank: bankOf(bank) });
    const { room, candidate } = await liveHouse(server, { kitId: "test-kit" });
    const house = await fullHouse(server);
    const session = new Session(server, house, await house.room.captioner(), 0);
    expect(found(candidate, [...rubricTexts, ...putTexts])).toEqual([]);
    await room.push("first-question");
    await candidate.until((view) => view.role === "candidate" && view.ask !== null);
    expect(found(candidate, [...rubricTexts, ...putTexts])).toEqual([
      "⟦first-question: prompt⟧",
      ...putBeside(bank.questions[0] ?? {}),
    ]);
    expect(found(session.house.candidate, putTexts)).toEqual([]);
    for (const path of [...EXPORTS, ...BANK]) {
      const answer = await candidate.fetch(path);
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ reason: "wrong_seat" });
    }
  });

  test("anything of a room, to a request without a token", async () => {
    const server = await startServer();
    await liveHouse(server);
    for (const path of EXPORTS) {
      for (const headers of [
        {},
        { authorization: "Bearer" },
        { authorization: "Bearer x" },
        { authorization: "Basic eDp4" },
      ]) {
        const answer = await server.get(path, headers as Record<string, string>);
        expect(answer.status).toBe(404);
        expect(answer.body).toMatchObject({ reason: "unknown_link" });
      }
    }
  });

  test("anything of the bank, where the server asks for its host key, to a request without it", async () => {
    const server = await startServer({ hostKey: "the-key-of-this-host" });
    for (const path of BANK) {
      for (const headers of [{}, { "x-whetstone-key": "another key" }]) {
        const answer = await server.get(path, headers as Record<string, string>);
        expect(answer.status).toBe(401);
        expect(answer.body).toMatchObject({ reason: "key_required" });
      }
      expect((await server.get(path, { "x-whetstone-key": "the-key-of-this-host" })).status).not.toBe(401);
    }
  });
});

describe("two interviews that differ in nothing but secrets", () => {
  /** Plays the same interview with other secrets, and gives what the candidate received. */
  async function play(words: string, scored: boolean): Promise<{ frames: string[]; packets: string[] }> {
    const clock = new Clock();
    const server = await startServer({ bank: bankOf(testBank(words)), now: clock.now });
    const { room, host, ines, ivan, candidate } = await liveHouse(server, { kitId: "test-kit" });
    const secretly = async (seat: Seat, command: Command) => {
      if (scored) await seat.must(command);
    };
    const note = (text: string, askId: string): Command => ({
      type: "writeNote",
      noteId: newId("n"),
      askId,
      text,
      mark: null,
      evidenceFor: null,
      ageMs: 0,
    });
    for (const questionId of ["second-question", "first-question", "third-question"]) {
      clock.advance(60_000);
      const askId = await room.push(questionId);
      await secretly(ines, { type: "rate", askId, criterionId: "depth", level: 1 });
      await secretly(ivan, { type: "rate", askId, criterionId: "depth", level: 4 });
      await secretly(host, note(words.repeat(50), askId));
      await host.must({ type: "reveal", askId, kind: "followUp", index: 0 });
      await secretly(ines, { type: "tick", askId, keyPoint: 1, heard: true });
      await candidate.must({ type: "writeAnswer", askId, text: `An answer to ${questionId}` });
      await secretly(ivan, note(words, askId));
      if (scored) {
        const late = newSeat(server.url, await server.takeSeat(room.secret("observer"), words));
        await late.connect();
        await host.waitFor(() => host.presence.includes(late.seatId));
        late.disconnect();
        await host.waitFor(() => host.presence.length === 5);
      }
      const items = host.host.plan.map(({ itemId, questionId, minutes }) => ({ itemId, questionId, minutes }));
      await secretly(host, { type: "arrangePlan", items: items.reverse() });
      await secretly(host, { type: "showObservers", shown: false });
      await secretly(host, { type: "letAsk", interviewers: questionId !== "first-question" });
      const [planned] = host.host.plan;
      if (planned) await secretly(host, { type: "assignItem", itemId: planned.itemId, seatId: ines.seatId });
    }
    await host.must({ type: "end" });
    await secretly(ines, { type: "writeSummary", text: words });
    for (const seat of [host, ines, ivan]) {
      await secretly(seat, { type: "recommend", recommendation: "strong_no" });
      await secretly(seat, { type: "submitScorecard", reason: "Only a test." });
    }
    await candidate.time();
    return {
      frames: candidate.frames.map((frame) => JSON.stringify(frame)),
      packets: candidate.messages.map(withoutIdentifiers),
    };
  }

  /** Random identifiers and versions, numbered in the order in which they appear. */
  function withoutIdentifiers(packet: string): string {
    const numbers = new Map<string, number>();
    return packet.replace(/\b[a-z]_[A-Za-z0-9-]{12,40}|"sid":"[^"]+"|(?<="(?:from|version)":)\d+/g, (id) => {
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      return `#${number}`;
    });
  }

  test("reach the candidate as the same packets", async () => {
    const quiet = await play("plain", false);
    const full = await play("entirely-different", true);
    expect(full.packets).toEqual(quiet.packets);
    expect(full.frames).toHaveLength(quiet.frames.length);
    expect(quiet.packets.length).toBeGreaterThan(10);
  });
});
