import { type AskedQuestion, freezeQuestion, Pack, phasePreset, Question } from "@whetstone/shared/bank";
import type { FeedbackPage } from "@whetstone/shared/feedback";
import type { Dealable } from "@whetstone/shared/practice/deal";
import type { Ask } from "@whetstone/shared/room/asks/state";
import type { AnyCommand, Command, RequestedCommand } from "@whetstone/shared/room/command";
import type { Opening } from "@whetstone/shared/room/course/commands";
import { openRoom } from "@whetstone/shared/room/course/rules";
import type { RoomPhase } from "@whetstone/shared/room/course/state";
import { type Actor, decide } from "@whetstone/shared/room/decide";
import { type Commit, EVENTS_VERSION, type RoomEvent } from "@whetstone/shared/room/event";
import type { RefusalReason } from "@whetstone/shared/room/refusal";
import type { Context, Decision } from "@whetstone/shared/room/rule";
import type { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import { isPersonal } from "@whetstone/shared/room/seats/capabilities";
import type { SeatRole } from "@whetstone/shared/room/seats/commands";
import { currentRound, evolve, type RoomState, type Round } from "@whetstone/shared/room/state";
import { commitReader } from "@whetstone/shared/room/upcast";
import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import type { CaptionerView } from "@whetstone/shared/room/view/captioner";
import { feedbackPage } from "@whetstone/shared/room/view/feedback-page";
import { type ObserverView, type PanelView, type View, view } from "@whetstone/shared/room/view/view";
import type { Run } from "@whetstone/shared/workspace/run";

/**
 * A room without a server: the domain's functions with counted identifiers, a clock that moves only when told to and a bank
 * of which every text can be recognized. `courses.ts` beside it makes arbitrary courses of such a room.
 */

export const MINUTE = 60_000;
export const OPENED_AT = Date.UTC(2026, 0, 5, 9);

// The bank

export interface TestBank {
  readonly pack: Pack;
  readonly questions: readonly Question[];
  /** What `Context.question` answers. */
  readonly frozen: (questionId: string) => AskedQuestion | undefined;
  readonly dealable: readonly Dealable[];
  /** By kit, what can be dealt from it. */
  readonly kits?: Readonly<Record<string, readonly Dealable[]>>;
}

export const QUESTION_IDS = ["first-question", "second-question", "third-question", "fourth-question"] as const;

/**
 * Four questions of which every text names its own place, so that it can be found again in whatever holds it. Two banks with
 * different `rubric` words differ in everything but what can be put to a candidate.
 */
export function testBank(
  rubric = "rubric",
  ids: readonly string[] = QUESTION_IDS,
  hasWorkspace = (index: number): boolean => index % 2 === 0,
): TestBank {
  const pack = Pack.parse({
    id: "test-pack",
    title: `⟦pack ${rubric}: title⟧`,
    description: `⟦pack ${rubric}: description⟧`,
    topics: [{ id: "a-topic", name: `⟦pack ${rubric}: topic⟧` }],
    communication: testCriterion("communication", `pack ${rubric}`),
  });
  const questions = ids.map((id, index) => testQuestion(id, rubric, index, hasWorkspace(index)));
  const byId = new Map(questions.map((question) => [question.id, freezeQuestion(question, pack)]));
  const dealable = questions.map(({ id: questionId, topic, level }) => ({ questionId, topic, level }));
  return { pack, questions, frozen: (questionId) => byId.get(questionId), dealable };
}

function testQuestion(id: string, rubric: string, index: number, hasWorkspace: boolean): Question {
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
    ...(hasWorkspace && { workspace: testWorkspace(put, secret) }),
    references: [secret("reference")],
    reviewed: "2026-01",
  });
}

/** Of its tests the hidden ones stand before, between and behind the visible ones, so that no place tells of them. */
function testWorkspace(put: (field: string) => string, secret: (field: string) => string) {
  const test = (visible: boolean, n: number) => {
    const text = visible ? put : secret;
    return { name: text(`test ${n}`), visible, code: text(`code of test ${n}`) };
  };
  return {
    language: "python",
    starter: put("starter"),
    files: [{ name: "data.csv", text: put("file") }],
    expectedOutput: secret("expected output"),
    tests: [false, true, false, true, false].map(test),
  };
}

function testCriterion(id: string, of: string) {
  const anchors = [1, 2, 3, 4].map((level) => `⟦${of}: ${id} at ${level}⟧`);
  return { id, name: `⟦${of}: ${id}⟧`, anchors };
}

/** What of a question's workspace is put to the candidate beside its prompt. */
export const putBeside = ({ workspace }: Pick<AskedQuestion, "workspace">): string[] =>
  workspace
    ? textsIn([
        workspace.starter,
        workspace.files.map(({ text }) => text),
        workspace.tests.filter(({ visible }) => visible).map(({ name, code }) => [name, code]),
      ])
    : [];

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
  kit: null,
  plan: [],
  blindPolicy: "after_own",
  hostName: "Hana Host",
};

export interface RoomOptions extends Partial<Opening> {
  readonly bank?: TestBank;
  /** Questions of the bank to plan, each as an item of its own with the question's minutes. */
  readonly planned?: readonly string[];
  /** By question, the competencies of the kit that a planned question probes. */
  readonly probes?: Readonly<Record<string, string[]>>;
}

/** One room and its log. `act` and `serve` decide, and commit what was accepted; `now` is the server's clock. */
export class Room {
  readonly commits: Commit[] = [];
  readonly hostId: string;
  readonly bank: TestBank;
  now = OPENED_AT;
  #state: RoomState;
  readonly #counters = new Map<string, number>();
  /** A generator of Park and Miller (1988), so that what is left to chance is the same in every run. */
  #seed = 1;

  constructor({ bank = testBank(), planned = [], probes = {}, ...opening }: RoomOptions = {}) {
    this.bank = bank;
    this.hostId = this.newId("s");
    const hostLink = { linkId: this.newId("l"), role: "host" as const, hash: this.#newHash(), expiresAt: null };
    const links = opening.peers
      ? Array.from({ length: opening.peers.people - 1 }, (_, index) => ({
          ...this.#newLink(index === 0 ? "candidate" : "interviewer", null),
          name: `Peer ${index + 2}`,
        }))
      : (["candidate", "interviewer", "observer"] as const).map((role) => this.#newLink(role, null));
    const plan = planned.map((questionId) => ({
      itemId: this.newId("p"),
      questionId,
      minutes: bank.frozen(questionId)?.minutes ?? 5,
      probes: probes[questionId] ?? [],
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

  /** The current round. */
  get round(): Round {
    return currentRound(this.#state);
  }

  /** Everything that was asked in the room, whoever it was put to. */
  get asks(): readonly Ask[] {
    return this.#state.rounds.flatMap(({ asks }) => asks);
  }

  /** A fresh identifier: `a_000000000001`, `a_000000000002`, counted for each letter. */
  newId(prefix: string): string {
    const count = (this.#counters.get(prefix) ?? 0) + 1;
    this.#counters.set(prefix, count);
    return `${prefix}_${String(count).padStart(12, "0")}`;
  }

  context(): Context {
    return {
      now: this.now,
      newId: (prefix) => this.newId(prefix),
      question: this.bank.frozen,
      dealable: (kitId) => (kitId === null ? this.bank.dealable : this.bank.kits?.[kitId]),
      random: () => this.#random(),
      held: { room: 0, seat: 0, most: 1 },
    };
  }

  wait(ms: number): void {
    this.now += ms;
  }

  /** Decides a seat's command, and commits it when it is accepted. */
  act(seatId: string, command: AnyCommand): Decision {
    return this.#decide({ kind: "seat", seatId }, command);
  }

  /** Decides a command of whoever brings a secret with that hash, and commits it when it is accepted. */
  bring(secretHash: string, command: AnyCommand): Decision {
    return this.#decide({ kind: "bearer", secretHash }, command);
  }

  /** A seat's command that has to be accepted; the events that it caused. */
  must(seatId: string, command: AnyCommand): readonly RoomEvent[] {
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

  /** The link for that whole kind of seat that was made last and still works; a new one when there is none. */
  link(role: SeatRole): RoomState["links"][string] {
    const usable = () =>
      Object.values(this.state.links).findLast((link) => link.role === role && !isPersonal(link) && !link.revoked);
    if (!usable() && role !== "host") this.renewLink(role);
    const link = usable();
    if (!link) throw new Error(`There is no link for ${role}.`);
    return link;
  }

  renewLink(role: SeatRole, expiresAt: number | null = null): string {
    const link = this.#newLink(role, expiresAt);
    this.must(this.hostId, { type: "issueLink", link });
    return link.linkId;
  }

  /** Makes a link for an interviewer by name. */
  invite(name: string, expiresAt: number | null = null): RoomState["links"][string] {
    const link = { ...this.#newLink("interviewer", expiresAt), name };
    this.must(this.hostId, { type: "invite", links: [link] });
    return this.linkOf(link.linkId);
  }

  /** Makes a new link in the place of a personal one. */
  renewPersonal(replaces: string, expiresAt: number | null = null): RoomState["links"][string] {
    const link = { ...this.#newLink("interviewer", expiresAt), replaces };
    this.must(this.hostId, { type: "issueLink", link });
    return this.linkOf(link.linkId);
  }

  linkOf(linkId: string): RoomState["links"][string] {
    const link = this.state.links[linkId];
    if (!link) throw new Error("There is no such link.");
    return link;
  }

  /** Comes in by a working link with a new seat token, interviewers let in by the host; the seat that was taken or taken back. */
  join(role: SeatRole, name: string | null = `⟦name of ${role} ${this.commits.length}⟧`): string {
    const seatId = this.come(this.link(role).hash, name);
    if (role === "interviewer") this.must(this.hostId, { type: "admit", seatId });
    return seatId;
  }

  /** Comes in by a secret with that hash, as somebody's browser, and is let in by nobody; the seat that was taken or taken back. */
  come(hash: string, name: string | null, holder?: string): string {
    const events = eventsOf(this.bring(hash, this.joining(name, holder)));
    const taken = events.find((event) => event.type === "seatTaken" || event.type === "seatReclaimed");
    if (!taken) throw new Error("Joining takes a seat.");
    return taken.seatId;
  }

  /** A join with a new seat token; a browser that says which it is gets a way back. */
  joining(name: string | null, holder?: string): Extract<RequestedCommand, { type: "join" }> {
    const join = { type: "join", name, tokenHash: this.#newHash() } as const;
    return holder === undefined
      ? join
      : { ...join, holder, wayBack: { linkId: this.newId("l"), hash: this.#newHash() } };
  }

  /** Everybody who ever had such a seat, removed ones included. */
  seatsOf(...roles: SeatRole[]): string[] {
    const seats = Object.values(this.state.seats).filter(({ joinedAs }) => roles.includes(joinedAs));
    return seats.map(({ seatId }) => seatId);
  }

  view(seatId: string): View | null {
    return view(this.state, seatId);
  }

  /** Of a seat that sees how much time is left: of any but a captioner's. */
  timedView(seatId: string): Exclude<View, CaptionerView> | null {
    const seen = this.view(seatId);
    if (seen?.role === "captioner") throw new Error(`${seatId} sees no time.`);
    return seen;
  }

  captionerView(seatId: string): CaptionerView {
    const seen = this.view(seatId);
    if (seen?.role !== "captioner") throw new Error(`${seatId} is no captioner.`);
    return seen;
  }

  /** Seats somebody who captions by a link that the host makes for it, and lets them in. */
  captioner(name = "Cato"): string {
    const seatId = this.join("captioner", name);
    this.must(this.hostId, { type: "admit", seatId });
    return seatId;
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

  /** Begins a round of its own in which seats are what is given; no command does so yet. */
  beginRound(roles: Readonly<Record<string, SeatRole>>): void {
    const roundId = this.#state.rounds.length + 1;
    this.#take(this.hostId, [{ type: "roundBegun", roundId, continues: null, roles: { ...roles } }]);
  }

  /** What the server does of itself. */
  tend(command: AnyCommand): Decision {
    return this.#decide({ kind: "server" }, command);
  }

  #random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return (this.#seed - 1) / 2_147_483_646;
  }

  #pushed(source: Extract<Command, { type: "push" }>["source"]): string {
    const asked = this.must(this.hostId, { type: "push", source }).find((event) => event.type === "asked");
    if (!asked) throw new Error("Pushing asks.");
    return asked.askId;
  }

  #decide(actor: Actor, command: AnyCommand): Decision {
    const decision = decide(this.state, actor, command, this.context());
    if ("events" in decision) this.#take(actor.kind === "seat" ? actor.seatId : null, decision.events);
    return decision;
  }

  #take(seatId: string | null, events: readonly RoomEvent[]): void {
    for (const event of events) this.#state = evolve(this.#state, event, this.now);
    this.#log(seatId, events);
  }

  #log(seatId: string | null, events: readonly RoomEvent[]): void {
    const seq = this.commits.length + 1;
    const commandId = this.newId("c");
    this.commits.push({ roomId: "r_000000000001", seq, commandId, seatId, at: this.now, events: [...events] });
  }

  #newLink(role: SeatRole, expiresAt: number | null) {
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

/** What the holder of the feedback's link reads in that state, or null where nothing is published. */
export function feedbackIn(state: RoomState): FeedbackPage | null {
  const { published } = currentRound(state).feedback;
  const page = published && feedbackPage(state, published.link.hash, 0);
  return page && !("reason" in page) ? page : null;
}

/** The room that a stored log leads to, by way of the text in which it is stored, under the version of its events. */
export function replay(commits: readonly Commit[], version = EVENTS_VERSION): RoomState {
  let state: RoomState | null = null;
  const read = commitReader();
  for (const commit of commits) {
    const { at, events } = read({ ...JSON.parse(JSON.stringify(commit)), version });
    for (const event of events) state = evolve(state, event, at);
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

/** A run that printed a line, changed as it is told. */
export const aRun = (change: Partial<Run> = {}): Run => ({
  language: "python",
  ms: 40,
  outcome: "ok",
  fault: null,
  pieces: [{ kind: "printed", isError: false, text: "0.42\n" }],
  isCut: false,
  tests: [],
  ...change,
});

// Who may do what, and when, as the design has it. It is written down here a second time, so that the tests do not ask the
// domain what the domain should do.

export const SEAT_ROLES: readonly SeatRole[] = ["host", "interviewer", "candidate", "observer", "captioner"];
export const ROOM_PHASES: readonly RoomPhase[] = ["lobby", "live", "paused", "ended"];
export const BLIND_POLICIES: readonly BlindPolicy[] = ["after_own", "after_all", "never"];

interface Permission {
  readonly by: readonly SeatRole[];
  readonly during: readonly RoomPhase[];
}

const host = (...during: RoomPhase[]): Permission => ({ by: ["host"], during });
const panel = (...during: RoomPhase[]): Permission => ({ by: ["host", "interviewer"], during });
const candidate = (...during: RoomPhase[]): Permission => ({ by: ["candidate"], during });
const either = (...during: RoomPhase[]): Permission => ({ by: ["host", "candidate"], during });
const nobody: Permission = { by: [], during: [] };

/** Where the host has lent an interviewer nothing; what can be lent is told by `asking.test.ts`. */
export const PERMISSIONS: { readonly [T in Command["type"]]: Permission } = {
  admit: host("lobby", "live", "paused"),
  moveToLobby: host("lobby", "live", "paused"),
  removeSeat: host("lobby", "live", "paused", "ended"),
  revokeLink: host("lobby", "live", "paused", "ended"),
  makeHost: host("lobby", "live", "paused", "ended"),
  stepBack: host("lobby", "live", "paused", "ended"),
  lockSeat: host("lobby", "live", "paused", "ended"),
  showObservers: host("lobby", "live", "paused", "ended"),
  arrangePlan: host("lobby", "live", "paused"),
  assignItem: host("lobby", "live", "paused"),
  letAsk: host("lobby", "live", "paused"),
  setMeeting: host("lobby", "live", "paused", "ended"),
  letEdit: host("lobby", "live", "paused"),
  letShare: host("lobby", "live", "paused", "ended"),
  sayAside: panel("lobby", "live", "paused", "ended"),
  sayToAll: { by: ["host", "interviewer", "candidate"], during: ["lobby", "live", "paused"] },
  keepRun: { by: ["host", "interviewer", "candidate"], during: ["live", "paused"] },
  keepCheck: panel("live", "paused", "ended"),
  beginQuiet: either("live"),
  endQuiet: either("live", "paused"),
  mark: candidate("live", "paused", "ended"),
  start: host("lobby"),
  pause: host("live"),
  resume: host("paused"),
  end: host("live", "paused"),
  reopenRoom: host("ended"),
  extendRoom: host("lobby", "live", "paused"),
  extendAsk: host("live", "paused"),
  enterPhase: host("live", "paused"),
  push: host("live"),
  closeAsk: host("live", "paused"),
  reopenAsk: host("live"),
  takeBackAsk: host("live", "paused"),
  reveal: panel("live"),
  takeBackReveal: panel("live", "paused"),
  rate: panel("live", "paused", "ended"),
  tick: panel("live", "paused", "ended"),
  writeNote: panel("lobby", "live", "paused", "ended"),
  removeNote: panel("lobby", "live", "paused", "ended"),
  writeSummary: panel("live", "paused", "ended"),
  recommend: panel("live", "paused", "ended"),
  setConfidence: panel("live", "paused", "ended"),
  submitScorecard: panel("ended"),
  remind: host("ended"),
  amendScorecard: panel("ended"),
  dropAmendment: panel("ended"),
  recordDecision: host("ended"),
  writeFeedback: host("ended"),
  withdrawFeedback: host("ended"),
  writeAnswer: candidate("live", "paused", "ended"),
  raiseHand: { by: ["candidate", "captioner"], during: ["lobby", "live", "paused"] },
  lowerHand: { by: ["host", "interviewer", "candidate", "captioner"], during: ["lobby", "live", "paused", "ended"] },
  // In the room of a panel nobody may do what peers do.
  tellHad: nobody,
  wish: nobody,
  swapDealt: nobody,
  ready: nobody,
  extendBreath: nobody,
  askNext: nobody,
  askAgain: nobody,
  writeToPeer: nobody,
  rateInterviewing: nobody,
  letGo: nobody,
  sayLine: nobody,
};

export const COMMAND_TYPES = Object.keys(PERMISSIONS) as Command["type"][];
/** What is done in the rooms of panels, and what among peers alone. */
export const PANEL_COMMANDS = COMMAND_TYPES.filter((type) => PERMISSIONS[type].by.length > 0);
export const PEER_COMMANDS = COMMAND_TYPES.filter((type) => PERMISSIONS[type].by.length === 0);

/** The commands that write what only scorecards, the debrief and the host hold: nobody else notices them. */
export const SCORING_COMMANDS = [
  "rate",
  "tick",
  "writeNote",
  "removeNote",
  "writeSummary",
  "recommend",
  "setConfidence",
  "submitScorecard",
  "amendScorecard",
  "dropAmendment",
  "recordDecision",
  "writeFeedback",
  "withdrawFeedback",
] as const satisfies readonly Command["type"][];
