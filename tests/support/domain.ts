import {
  type AskedQuestion,
  freezeQuestion,
  Pack,
  type PhaseBudget,
  type PhaseKind,
  phasePreset,
  Question,
} from "@whetstone/shared/bank";
import type {
  BlindPolicy,
  Command,
  InvitedRole,
  Opening,
  SeatRole,
  ServerCommand,
} from "@whetstone/shared/room/command";
import { type Context, type Decision, decide, decideServer, openRoom } from "@whetstone/shared/room/decide";
import { Commit, type RoomEvent } from "@whetstone/shared/room/event";
import type { RefusalReason } from "@whetstone/shared/room/refusal";
import { evolve, type RoomPhase, type RoomState } from "@whetstone/shared/room/state";
import { type CandidateView, type ObserverView, type PanelView, type View, view } from "@whetstone/shared/room/view";
import fc from "fast-check";

/**
 * A room without a server: the domain's functions with counted identifiers, a clock that moves only when told to and a bank
 * of which every text can be recognized. Below it, arbitrary courses of a room for property tests.
 */

export const MINUTE = 60_000;
export const OPENED_AT = Date.UTC(2026, 0, 5, 9);

// The bank

export interface TestBank {
  readonly pack: Pack;
  readonly questions: readonly Question[];
  /** What `Context.question` answers. */
  readonly frozen: (questionId: string) => AskedQuestion | undefined;
}

export const QUESTION_IDS = ["first-question", "second-question", "third-question", "fourth-question"] as const;

/**
 * Four questions of which every text names its own place, so that it can be found again in whatever holds it. Two banks with
 * different `rubric` words differ in everything but what can be put to a candidate.
 */
export function testBank(rubric = "rubric"): TestBank {
  const pack = Pack.parse({
    id: "test-pack",
    title: `⟦pack ${rubric}: title⟧`,
    description: `⟦pack ${rubric}: description⟧`,
    topics: [{ id: "a-topic", name: `⟦pack ${rubric}: topic⟧` }],
    communication: testCriterion("communication", `pack ${rubric}`),
  });
  const questions = QUESTION_IDS.map((id, index) => testQuestion(id, rubric, index));
  const byId = new Map(questions.map((question) => [question.id, freezeQuestion(question, pack)]));
  return { pack, questions, frozen: (questionId) => byId.get(questionId) };
}

function testQuestion(id: string, rubric: string, index: number): Question {
  const put = (field: string) => `⟦${id}: ${field}⟧`;
  const secret = (field: string) => `⟦${id} ${rubric}: ${field}⟧`;
  return Question.parse({
    id,
    title: secret("title"),
    covers: ["A1.5"],
    topic: "a-topic",
    level: "working",
    minutes: 5 + index,
    aliases: [secret("alias")],
    prompt: put("prompt"),
    hints: [put("hint 0"), put("hint 1"), put("hint 2")].slice(0, 1 + (index % 3)),
    followUps: [0, 1].map((n) => ({ ask: put(`follow-up ${n}`), probes: secret(`probe ${n}`) })),
    strongAnswer: [0, 1, 2, 3].map((n) => secret(`key point ${n}`)),
    redFlags: [secret("red flag 0"), secret("red flag 1")],
    criteria: [testCriterion("depth", `${id} ${rubric}`), testCriterion("practice", `${id} ${rubric}`)],
    references: [secret("reference")],
    reviewed: "2026-01",
  });
}

function testCriterion(id: string, of: string) {
  const anchors = [1, 2, 3, 4].map((level) => `⟦${of}: ${id} at ${level}⟧`);
  return { id, name: `⟦${of}: ${id}⟧`, anchors };
}

/** Every text of a JSON value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

// The room

/** A hash as the domain knows it, for the given number. */
export const hashOf = (n: number): string => n.toString(16).padStart(64, "0");

export const DEFAULT_OPENING: Opening = {
  title: "⟦room: title⟧",
  candidateName: "⟦room: candidate's name⟧",
  forRole: "⟦room: role⟧",
  minutes: 45,
  phases: phasePreset(45),
  plan: [],
  blindPolicy: "after_own",
  hostName: "Hana Host",
};

export interface RoomOptions extends Partial<Opening> {
  readonly bank?: TestBank;
  /** Questions of the bank to plan, each as an item of its own with the question's minutes. */
  readonly planned?: readonly string[];
}

/** One room and its log. `act` and `serve` decide, and commit what was accepted; `now` is the server's clock. */
export class Room {
  readonly commits: Commit[] = [];
  readonly hostId: string;
  readonly bank: TestBank;
  now = OPENED_AT;
  #state: RoomState;
  readonly #counters = new Map<string, number>();

  constructor({ bank = testBank(), planned = [], ...opening }: RoomOptions = {}) {
    this.bank = bank;
    this.hostId = this.newId("s");
    const hostLink = { linkId: this.newId("l"), role: "host" as const, hash: this.#newHash(), expiresAt: null };
    const links = (["candidate", "interviewer", "observer"] as const).map((role) => this.#newLink(role, null));
    const plan = planned.map((questionId) => ({
      itemId: this.newId("p"),
      questionId,
      minutes: bank.frozen(questionId)?.minutes ?? 5,
    }));
    const decision = openRoom(
      { ...DEFAULT_OPENING, plan, ...opening },
      { seatId: this.hostId, linkId: hostLink.linkId, tokenHash: this.#newHash() },
      [hostLink, ...links],
      this.context(),
    );
    const [opened] = eventsOf(decision);
    if (!opened) throw new Error("A room opens with an event.");
    this.#state = evolve(null, opened, this.now);
    this.#log(null, [opened]);
  }

  get state(): RoomState {
    return this.#state;
  }

  /** A fresh identifier: `a_000000000001`, `a_000000000002`, counted for each letter. */
  newId(prefix: string): string {
    const count = (this.#counters.get(prefix) ?? 0) + 1;
    this.#counters.set(prefix, count);
    return `${prefix}_${String(count).padStart(12, "0")}`;
  }

  context(): Context {
    return { now: this.now, newId: (prefix) => this.newId(prefix), question: this.bank.frozen };
  }

  wait(ms: number): void {
    this.now += ms;
  }

  /** Decides a seat's command, and commits it when it is accepted. */
  act(seatId: string, command: Command): Decision {
    return this.#commit(seatId, decide(this.state, seatId, command, this.context()));
  }

  /** Decides a command of the server's own routes, and commits it when it is accepted. */
  serve(command: ServerCommand): Decision {
    return this.#commit(null, decideServer(this.state, command, this.context()));
  }

  /** A seat's command that has to be accepted; the events that it caused. */
  must(seatId: string, command: Command): readonly RoomEvent[] {
    return eventsOf(this.act(seatId, command));
  }

  /** The host pushes a question of the bank; the ask's identifier. */
  push(questionId: string): string {
    return this.#pushed({ kind: "bank", questionId });
  }

  pushTyped(prompt: string, minutes = 5): string {
    return this.#pushed({ kind: "typed", prompt, minutes });
  }

  pushPlanned(itemId: string): string {
    return this.#pushed({ kind: "plan", itemId });
  }

  /** The link for that kind of seat that was made last and still works; a new one when there is none. */
  link(role: SeatRole): RoomState["links"][string] {
    const usable = () => Object.values(this.state.links).findLast((link) => link.role === role && !link.revoked);
    if (!usable() && role !== "host") this.renewLink(role);
    const link = usable();
    if (!link) throw new Error(`There is no link for ${role}.`);
    return link;
  }

  renewLink(role: InvitedRole, expiresAt: number | null = null): string {
    const link = this.#newLink(role, expiresAt);
    eventsOf(this.serve({ type: "issueLink", link }));
    return link.linkId;
  }

  /** Comes in by a working link with a new seat token; the seat that was taken or taken back. */
  join(role: SeatRole, name: string | null = `⟦name of ${role} ${this.commits.length}⟧`): string {
    const events = eventsOf(this.serve({ type: "join", ...this.credentials(this.link(role).hash), name }));
    const taken = events.find((event) => event.type === "seatTaken" || event.type === "seatReclaimed");
    if (!taken) throw new Error("Joining takes a seat.");
    return taken.seatId;
  }

  /** What a join carries besides the name: the link's hash, and that of a new seat token. */
  credentials(linkHash: string): { linkHash: string; tokenHash: string } {
    return { linkHash, tokenHash: this.#newHash() };
  }

  view(seatId: string): View | null {
    return view(this.state, seatId);
  }

  candidateView(seatId: string): CandidateView {
    const seen = this.view(seatId);
    if (seen?.role !== "candidate") throw new Error(`${seatId} is no candidate.`);
    return seen;
  }

  panelView(seatId: string): PanelView {
    const seen = this.view(seatId);
    if (seen?.role !== "host" && seen?.role !== "interviewer") throw new Error(`${seatId} does not score.`);
    return seen;
  }

  observerView(seatId: string): ObserverView {
    const seen = this.view(seatId);
    if (seen?.role !== "observer") throw new Error(`${seatId} is no observer.`);
    return seen;
  }

  #pushed(source: Extract<Command, { type: "push" }>["source"]): string {
    const asked = this.must(this.hostId, { type: "push", source }).find((event) => event.type === "asked");
    if (!asked) throw new Error("Pushing asks.");
    return asked.askId;
  }

  #commit(seatId: string | null, decision: Decision): Decision {
    if ("events" in decision) {
      for (const event of decision.events) this.#state = evolve(this.#state, event, this.now);
      this.#log(seatId, decision.events);
    }
    return decision;
  }

  #log(seatId: string | null, events: readonly RoomEvent[]): void {
    const seq = this.commits.length + 1;
    const commandId = this.newId("c");
    this.commits.push({ roomId: "r_000000000001", seq, commandId, seatId, at: this.now, events: [...events] });
  }

  #newLink(role: InvitedRole, expiresAt: number | null) {
    return { linkId: this.newId("l"), role, hash: this.#newHash(), expiresAt };
  }

  #newHash(): string {
    return hashOf(Number(this.newId("h").slice(2)));
  }
}

/** The events of an accepted command; throws the reason of a refusal. */
export function eventsOf(decision: Decision): readonly RoomEvent[] {
  if ("refusal" in decision) throw new Error(`Refused: ${decision.refusal.reason}`);
  return decision.events;
}

/** Why a command was refused, or null when it was accepted. */
export const refusalOf = (decision: Decision): RefusalReason | null =>
  "refusal" in decision ? decision.refusal.reason : null;

/** The room that a stored log leads to, by way of the text in which it is stored. */
export function replay(commits: readonly Commit[]): RoomState {
  let state: RoomState | null = null;
  for (const stored of commits.map((commit) => Commit.parse(JSON.parse(JSON.stringify(commit))))) {
    for (const event of stored.events) state = evolve(state, event, stored.at);
  }
  if (!state) throw new Error("The log is empty.");
  return state;
}

export interface PanelRoom {
  readonly room: Room;
  readonly host: string;
  readonly ann: string;
  readonly bob: string;
  readonly candidate: string;
  readonly observer: string;
}

/** A room in the lobby with a host, two interviewers, an admitted candidate and an observer. */
export function panelRoom(options: RoomOptions = {}): PanelRoom {
  const room = new Room(options);
  const ann = room.join("interviewer", "Ann");
  const bob = room.join("interviewer", "Bob");
  const candidate = room.join("candidate", "Cleo");
  const observer = room.join("observer", "Otis");
  room.must(room.hostId, { type: "admit", seatId: candidate });
  return { room, host: room.hostId, ann, bob, candidate, observer };
}

/** The same room, started. */
export function livePanelRoom(options: RoomOptions = {}): PanelRoom {
  const panel = panelRoom(options);
  panel.room.must(panel.host, { type: "start" });
  return panel;
}

// Who may do what, and when, as the design has it. It is written down here a second time, so that the tests do not ask the
// domain what the domain should do.

export const SEAT_ROLES: readonly SeatRole[] = ["host", "interviewer", "candidate", "observer"];
export const ROOM_PHASES: readonly RoomPhase[] = ["lobby", "live", "paused", "ended"];
export const BLIND_POLICIES: readonly BlindPolicy[] = ["after_own", "after_all", "never"];

interface Permission {
  readonly by: readonly SeatRole[];
  readonly during: readonly RoomPhase[];
}

const host = (...during: RoomPhase[]): Permission => ({ by: ["host"], during });
const panel = (...during: RoomPhase[]): Permission => ({ by: ["host", "interviewer"], during });
const candidate = (...during: RoomPhase[]): Permission => ({ by: ["candidate"], during });

export const PERMISSIONS: { readonly [T in Command["type"]]: Permission } = {
  admit: host("lobby", "live", "paused"),
  removeSeat: host("lobby", "live", "paused", "ended"),
  revokeLink: host("lobby", "live", "paused", "ended"),
  showObservers: host("lobby", "live", "paused", "ended"),
  arrangePlan: host("lobby", "live", "paused"),
  start: host("lobby"),
  pause: host("live"),
  resume: host("paused"),
  end: host("live", "paused"),
  extendRoom: host("lobby", "live", "paused"),
  extendAsk: host("live", "paused"),
  enterPhase: host("live", "paused"),
  push: host("live"),
  closeAsk: host("live", "paused"),
  reopenAsk: host("live"),
  reveal: panel("live", "paused"),
  rate: panel("live", "paused", "ended"),
  tick: panel("live", "paused", "ended"),
  writeNote: panel("lobby", "live", "paused", "ended"),
  removeNote: panel("lobby", "live", "paused", "ended"),
  writeSummary: panel("live", "paused", "ended"),
  recommend: panel("live", "paused", "ended"),
  submitScorecard: panel("ended"),
  writeAnswer: candidate("live", "paused", "ended"),
  raiseHand: candidate("lobby", "live", "paused"),
  lowerHand: { by: ["host", "interviewer", "candidate"], during: ["lobby", "live", "paused", "ended"] },
};

export const COMMAND_TYPES = Object.keys(PERMISSIONS) as Command["type"][];

/** The commands that write in a scorecard and nowhere else. */
export const SCORING_COMMANDS = [
  "rate",
  "tick",
  "writeNote",
  "removeNote",
  "writeSummary",
  "recommend",
  "submitScorecard",
] as const satisfies readonly Command["type"][];

const scoring: ReadonlySet<string> = new Set(SCORING_COMMANDS);
export const isScoring = (type: Command["type"]): boolean => scoring.has(type);

// Arbitrary courses of a room

/** How a random room begins. */
export interface Beginning {
  readonly blindPolicy: BlindPolicy;
  readonly planned: readonly string[];
  readonly phases: readonly PhaseBudget[];
  readonly interviewers: number;
  readonly observers: number;
  readonly candidate: "absent" | "waiting" | "admitted";
  readonly started: boolean;
}

export const beginnings: fc.Arbitrary<Beginning> = fc.record({
  blindPolicy: fc.constantFrom(...BLIND_POLICIES),
  planned: fc.subarray([...QUESTION_IDS]),
  phases: fc.constantFrom(phasePreset(45), phasePreset(60), []),
  interviewers: fc.nat({ max: 3 }),
  observers: fc.nat({ max: 2 }),
  candidate: fc.constantFrom("admitted", "admitted", "waiting", "absent"),
  started: fc.boolean(),
});

export function begin(beginning: Beginning, bank = testBank()): Room {
  const { blindPolicy, planned, phases, interviewers, observers, candidate, started } = beginning;
  const room = new Room({ bank, blindPolicy, planned, phases: [...phases] });
  for (let i = 0; i < interviewers; i++) room.join("interviewer");
  for (let i = 0; i < observers; i++) room.join("observer");
  if (candidate !== "absent") {
    const seatId = room.join("candidate");
    if (candidate === "admitted") room.must(room.hostId, { type: "admit", seatId });
  }
  if (started) room.act(room.hostId, { type: "start" });
  return room;
}

/**
 * One thing that happens in a random room. Its numbers choose among what the room holds at that moment (and now and then what
 * it does not hold), so that a step makes sense wherever shrinking moves it.
 */
export type Step = CommandStep | WaitStep | JoinStep | RenewLinkStep;

export interface CommandStep {
  readonly kind: "command";
  readonly type: Command["type"];
  readonly seat: number;
  readonly picks: readonly [number, number, number];
  readonly text: string;
}
interface WaitStep {
  readonly kind: "wait";
  readonly ms: number;
}
interface JoinStep {
  readonly kind: "join";
  readonly role: SeatRole;
  readonly link: number;
  readonly named: boolean;
}
interface RenewLinkStep {
  readonly kind: "renewLink";
  readonly role: InvitedRole;
  readonly lifetimeMs: number | null;
}

const numbers = fc.nat({ max: 10_000 });
// Graphemes that share a half of their surrogate pair make splices that cut between the halves.
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "é", "😀", "😁", "🏁", "م"), maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 12 }),
);

/** How often each command is tried. */
const WEIGHTS: { readonly [T in Command["type"]]: number } = {
  admit: 4,
  removeSeat: 1,
  revokeLink: 1,
  showObservers: 1,
  arrangePlan: 2,
  start: 4,
  pause: 2,
  resume: 4,
  end: 1,
  extendRoom: 1,
  extendAsk: 2,
  enterPhase: 2,
  push: 8,
  closeAsk: 2,
  reopenAsk: 2,
  reveal: 5,
  rate: 5,
  tick: 4,
  writeNote: 6,
  removeNote: 3,
  writeSummary: 3,
  recommend: 4,
  submitScorecard: 5,
  writeAnswer: 6,
  raiseHand: 2,
  lowerHand: 2,
};

/** Commands of the given types, weighted as they are tried. */
export function commandSteps(types: readonly Command["type"][] = COMMAND_TYPES): fc.Arbitrary<CommandStep> {
  return fc.record({
    kind: fc.constant("command" as const),
    type: fc.constantFrom(...types.flatMap((type) => Array<Command["type"]>(WEIGHTS[type]).fill(type))),
    seat: numbers,
    picks: fc.tuple(numbers, numbers, numbers),
    text: texts,
  });
}

const waitSteps: fc.Arbitrary<WaitStep> = fc.record({
  kind: fc.constant("wait" as const),
  ms: fc.oneof(fc.nat({ max: 90_000 }), fc.constantFrom(1, 20 * MINUTE)),
});
const joinSteps: fc.Arbitrary<JoinStep> = fc.record({
  kind: fc.constant("join" as const),
  role: fc.constantFrom("interviewer", "interviewer", "candidate", "candidate", "observer", "host"),
  link: numbers,
  named: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
});
const renewLinkSteps: fc.Arbitrary<RenewLinkStep> = fc.record({
  kind: fc.constant("renewLink" as const),
  role: fc.constantFrom("interviewer", "candidate", "observer"),
  lifetimeMs: fc.option(fc.nat({ max: 5 * MINUTE })),
});

/** Courses of up to `maxLength` steps: commands of the given types, time that passes, people who come and come back. */
export function courses(
  maxLength: number,
  { types = COMMAND_TYPES, minLength = 0 }: { types?: readonly Command["type"][]; minLength?: number } = {},
): fc.Arbitrary<Step[]> {
  const step = fc.oneof(
    { arbitrary: commandSteps(types), weight: 16 },
    { arbitrary: waitSteps, weight: 3 },
    { arbitrary: joinSteps, weight: 2 },
    { arbitrary: renewLinkSteps, weight: 1 },
  );
  return fc.array<Step>(step, { minLength, maxLength, size: "max" });
}

/** What a step came to: nothing was decided when time passed. */
export type Played =
  | { readonly by: "seat"; readonly seatId: string; readonly command: Command; readonly decision: Decision }
  | { readonly by: "server"; readonly command: ServerCommand; readonly decision: Decision }
  | { readonly by: "time" };

export function play(room: Room, step: Step): Played {
  switch (step.kind) {
    case "command": {
      const seatId = seatFor(room, step);
      return bySeat(room, seatId, commandFor(room, seatId, step));
    }
    case "wait":
      room.wait(step.ms);
      return { by: "time" };
    case "join":
      return byServer(room, joinFor(room, step));
    case "renewLink": {
      const linkId = room.newId("l");
      const expiresAt = step.lifetimeMs === null ? null : room.now + step.lifetimeMs;
      const hash = hashOf(1_000_000 + Number(linkId.slice(2)));
      return byServer(room, { type: "issueLink", link: { linkId, role: step.role, hash, expiresAt } });
    }
    default:
      return step satisfies never;
  }
}

/** Does in another room, at the moment `now`, what was done in the first. */
export function repeat(room: Room, played: Played, now: number): Played {
  room.now = now;
  switch (played.by) {
    case "seat":
      return bySeat(room, played.seatId, played.command);
    case "server":
      return byServer(room, played.command);
    case "time":
      return played;
    default:
      return played satisfies never;
  }
}

const bySeat = (room: Room, seatId: string, command: Command): Played => ({
  by: "seat",
  seatId,
  command,
  decision: room.act(seatId, command),
});
const byServer = (room: Room, command: ServerCommand): Played => ({
  by: "server",
  command,
  decision: room.serve(command),
});

/** Two times in three by the newest link for that kind of seat, whatever became of it. */
function joinFor(room: Room, { role, link, named }: JoinStep): ServerCommand {
  const hashes = Object.values(room.state.links)
    .filter((other) => other.role === role)
    .map((other) => other.hash);
  const linkHash = link % 3 > 0 ? (hashes.at(-1) ?? UNKNOWN.hash) : choose(hashes, link, UNKNOWN.hash);
  const name = named ? `⟦name of ${role} ${room.commits.length}⟧` : null;
  return { type: "join", ...room.credentials(linkHash), name };
}

const UNKNOWN = {
  seat: "s_never-seated-here",
  ask: "a_never-asked-here",
  link: "l_never-made-here",
  item: "p_never-planned-here",
  question: "no-such-question",
  criterion: "no-such-criterion",
  hash: hashOf(0xdead),
};

/** Mostly one of the items; `other` for one number in eight, and where there are none. */
function choose<T>(items: readonly T[], n: number, other: T): T {
  return n % 8 === 0 ? other : (items[Math.floor(n / 8) % items.length] ?? other);
}

function pickFrom<T>(items: readonly [T, ...T[]], n: number): T {
  return items[n % items.length] ?? items[0];
}

/** Mostly a seat that may give the command; one time in six any seat, removed and unknown ones included. */
function seatFor({ state }: Room, { type, seat }: CommandStep): string {
  const seats = Object.values(state.seats);
  const allowed = seats.filter(({ role, removed }) => !removed && PERMISSIONS[type].by.includes(role));
  const choice = seat % 6 === 0 || allowed.length === 0 ? seats : allowed;
  return choose(choice, Math.floor(seat / 6), choice[0] ?? { seatId: UNKNOWN.seat }).seatId;
}

/** The command of a step; always one that its schema accepts. Texts carry who wrote them. */
function commandFor({ state, bank }: Room, seatId: string, step: CommandStep): Command {
  const { type, text } = step;
  const [a, b, c] = step.picks;
  const written = `⟦${seatId} ${type}⟧${text}`;
  const askId = choose(
    a % 3 === 0 && state.openAskId !== null ? [state.openAskId] : state.asks.map((ask) => ask.askId),
    a,
    UNKNOWN.ask,
  );
  const criteria = state.asks.find((ask) => ask.askId === askId)?.question.criteria.map(({ id }) => id) ?? [];
  const anySeat = () => choose(Object.keys(state.seats), a, UNKNOWN.seat);
  const questionId = choose(
    bank.questions.map(({ id }) => id),
    b,
    UNKNOWN.question,
  );
  // Six identifiers, so that notes are written anew, changed, removed, and named like another's.
  const noteId = `n_00000000000${b % 6}`;
  switch (type) {
    case "admit":
    case "lowerHand":
    case "removeSeat":
      return { type, seatId: anySeat() };
    case "revokeLink":
      return { type, linkId: choose(Object.keys(state.links), a, UNKNOWN.link) };
    case "showObservers":
      return { type, shown: a % 2 === 0 };
    case "arrangePlan": {
      const ids = [QUESTION_IDS[a % 4], QUESTION_IDS[b % 4], c % 8 === 0 ? UNKNOWN.question : QUESTION_IDS[c % 4]];
      const items = ids.slice(0, a % 4).map((id, index) => ({
        itemId: `p_arranged0000${(b + (c % 5 === 1 ? 0 : index)) % 10}`,
        questionId: id ?? UNKNOWN.question,
        minutes: 1 + (c % 9),
      }));
      return { type, items };
    }
    case "start":
    case "pause":
    case "resume":
    case "end":
    case "submitScorecard":
    case "raiseHand":
      return { type };
    case "extendRoom":
      return { type, minutes: 1 + (a % 60) };
    case "extendAsk":
      return { type, askId, minutes: 1 + (b % 60) };
    case "enterPhase":
      return { type, phase: pickFrom<PhaseKind>(["introduction", "questions", "candidate_questions", "wrap_up"], a) };
    case "push":
      return { type, source: sourceFor(state, questionId, written, step.picks) };
    case "closeAsk":
    case "reopenAsk":
      return { type, askId };
    case "reveal":
      return { type, askId, kind: b % 2 === 0 ? "hint" : "followUp", index: c % 4 };
    case "rate": {
      const level = pickFrom<1 | 2 | 3 | 4 | null>([1, 2, 3, 4, null], c);
      return { type, askId, criterionId: choose(criteria, b, UNKNOWN.criterion), level };
    }
    case "tick":
      return { type, askId, keyPoint: b % 5, heard: c % 3 > 0 };
    case "writeNote": {
      const on = a % 4 === 0 ? null : askId;
      const mark = pickFrom<"strength" | "concern" | null>(["strength", "concern", null], b);
      const evidenceFor = c % 4 === 0 ? choose(criteria, Math.floor(c / 4), UNKNOWN.criterion) : null;
      return { type, noteId, askId: on, text: b % 9 === 0 ? "" : written, mark, evidenceFor, ageMs: (c % 7) * 20_000 };
    }
    case "removeNote":
      return { type, noteId };
    case "writeSummary":
      return { type, text: a % 9 === 0 ? "" : written };
    case "recommend": {
      const recommendation = pickFrom(["strong_no", "no", "yes", "strong_yes", null] as const, c);
      return { type, recommendation };
    }
    case "writeAnswer":
      return { type, askId, text: b % 9 === 0 ? "" : written };
    default:
      return type satisfies never;
  }
}

function sourceFor(
  state: RoomState,
  questionId: string,
  prompt: string,
  [a, , c]: CommandStep["picks"],
): Extract<Command, { type: "push" }>["source"] {
  switch (c % 3) {
    case 0: {
      const itemIds = state.plan.map(({ itemId }) => itemId);
      return { kind: "plan", itemId: choose(itemIds, a, UNKNOWN.item) };
    }
    case 1:
      return { kind: "bank", questionId };
    default:
      return { kind: "typed", prompt: prompt.trim(), minutes: 1 + (c % 60) };
  }
}

/**
 * How a property is run. The seed is fixed, so that a run tells about the change and not about luck; `WHETSTONE_SEED` takes
 * another one, to search further.
 */
export const propertyRuns = (numRuns: number): { seed: number; numRuns: number } => ({
  seed: Number(process.env.WHETSTONE_SEED ?? 20_260_105),
  numRuns,
});
