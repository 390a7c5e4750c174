// The load generator: a process of its own that holds every seat's connection to both servers and drives one of them at a time.
// It is told what to do by messages from the bench that forked it: see CALLS at the end.
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { atOnce, fail, newCommandId, openRoom, seated } from "./interviews.mjs";
import { frameIn, LeanSocket } from "./lean-socket.mjs";

const ANSWER =
  "The loss stops falling because the gradients vanish on their way through the sigmoid layers; I would look at their norms by layer first, then try a different activation and a residual connection before touching the rate.";
/** The answer as it grows by a word; then it begins anew, so that its size stays bounded. */
const DRAFTS = ANSWER.split(" ").map((_, index, words) => JSON.stringify(words.slice(0, index + 1).join(" ")));

const ACKNOWLEDGED = 0b0001;
/** The bit of a room's seats that the sender's own frames count as. */
const NOBODY = 0;
const OTHERS = [0b0010, 0b0100, 0b1000];
const EVERYBODY = OTHERS.reduce((all, bit) => all | bit, ACKNOWLEDGED);
const DRAINS_WITHIN_MS = 15_000;

/** One interview: the candidate writes, host, interviewer and observer see it. At most one command is under way. */
class Room {
  /** @type {LeanSocket | null} */
  candidate = null;
  /** Who has still to see the command under way, and whether it was acknowledged. */
  missing = 0;
  onComplete = () => {};

  /** @param {string} askId the open ask @param {number} index rooms are at different places of the answer */
  constructor(askId, index) {
    this.askId = askId;
    this.draft = index % DRAFTS.length;
  }

  /** Sends the next draft of the answer. A round is complete when it was acknowledged and all others have seen it. */
  write(/** @type {() => void} */ onComplete) {
    this.missing = EVERYBODY;
    this.onComplete = onComplete;
    const text = DRAFTS[this.draft];
    this.draft = (this.draft + 1) % DRAFTS.length;
    const command = `{"type":"writeAnswer","askId":"${this.askId}","text":${text}}`;
    this.candidate?.command(`{"commandId":"${newCommandId()}","command":${command}}`);
  }

  heard(/** @type {number} */ who) {
    if ((this.missing & who) === 0) return;
    this.missing &= ~who;
    if (this.missing === 0) this.onComplete();
  }
}

/** The rooms on one server, and what arrived from it. */
class Side {
  /** @type {Room[]} those with no command under way, the longest idle first */
  idle = [];
  underWay = 0;
  frames = 0;
  frameBytes = 0;
  /** @type {((bytes: Buffer) => void) | null} */
  onFrame = null;

  /**
   * @param {Room} room
   * @param {number} port
   * @param {unknown} auth
   * @param {number} who the seat's bit
   */
  async seat(room, port, auth, who) {
    const socket = new LeanSocket(port, auth, {
      onFrame: (bytes) => {
        if (who !== NOBODY) {
          this.frames += 1;
          this.frameBytes += bytes.length;
          this.onFrame?.(bytes);
        }
        room.heard(who);
      },
      onAcknowledge: (accepted, text) => {
        if (!accepted) fail(`a command was refused: ${text()}`);
        room.heard(ACKNOWLEDGED);
      },
      onLost: (why) => fail(`a connection was lost: ${why}`),
    });
    await socket.connected();
    if (who === NOBODY) room.candidate = socket;
  }

  /** Starts a command in the room that has been idle longest. False when all rooms are busy. */
  begin(/** @type {() => void} */ onComplete) {
    const room = this.idle.shift();
    if (!room) return false;
    this.underWay += 1;
    room.write(() => {
      this.idle.push(room);
      this.underWay -= 1;
      onComplete();
    });
    return true;
  }

  async drained() {
    const until = performance.now() + DRAINS_WITHIN_MS;
    while (this.underWay > 0) {
      if (performance.now() > until) throw new Error(`${this.underWay} commands were never seen by all.`);
      await wait(2);
    }
  }
}

/** @type {Record<"ours" | "baseline", Side>} */
const sides = { ours: new Side(), baseline: new Side() };

/**
 * Opens rooms on the real server as people do: over the HTTP API and the sockets.
 * @param {{ port: number, rooms: number, side?: "ours" | "baseline" }} options
 * @returns {Promise<{ frame: unknown }>} what another seat receives for a command, of median length
 */
async function openRooms({ port, rooms, side: name = "ours" }) {
  const side = sides[name];
  await atOnce(rooms, async (index) => {
    const { askId, tokens } = await openRoom(port, index);
    const room = new Room(askId, index);
    await Promise.all([
      side.seat(room, port, { token: tokens.candidate }, NOBODY),
      side.seat(room, port, { token: tokens.host }, OTHERS[0]),
      side.seat(room, port, { token: tokens.interviewer }, OTHERS[1]),
      side.seat(room, port, { token: tokens.observer }, OTHERS[2]),
    ]);
    side.idle.push(room);
  });
  return { frame: await typicalFrame(side) };
}

/**
 * The same rooms on the relay, where a name is all that a room needs.
 * @param {{ port: number, rooms: number }} options
 */
async function joinRelay({ port, rooms }) {
  const side = sides.baseline;
  await atOnce(rooms, async (index) => {
    const room = new Room(`a_${String(index).padStart(24, "0")}`, index);
    const auth = { room: `r_${index}` };
    await Promise.all([NOBODY, ...OTHERS].map((who) => side.seat(room, port, auth, who)));
    side.idle.push(room);
  });
}

/**
 * Opens rooms in which the interview is over and two of the panel have scored it.
 * @param {{ port: number, rooms: number }} options
 * @returns {Promise<{ secrets: string[] }>} the hosts' tokens
 */
async function endRooms({ port, rooms }) {
  /** @type {string[]} */
  const secrets = [];
  await atOnce(rooms, async (index) => {
    const { tokens } = await openRoom(port, index);
    const host = await seated(port, tokens.host);
    await host.command({ type: "end" });
    host.close();
    for (const token of [tokens.host, tokens.interviewer]) await score(port, token, index);
    secrets.push(tokens.host);
  });
  return { secrets };
}

/** Rates every criterion with a note behind it, sums up, recommends and submits. */
async function score(/** @type {number} */ port, /** @type {string} */ token, /** @type {number} */ index) {
  const seat = await seated(port, token);
  let notes = 0;
  for (const { askId, question } of seat.view.asks) {
    for (const [place, { id }] of question.criteria.entries()) {
      await seat.command({ type: "rate", askId, criterionId: id, level: 1 + ((index + place) % 4) });
      const noteId = `n_${String(notes++).padStart(24, "0")}`;
      const mark = place % 2 === 0 ? "strength" : "concern";
      await seat.command({ type: "writeNote", noteId, askId, text: ANSWER, mark, evidenceFor: id, ageMs: 0 });
    }
  }
  await seat.command({ type: "writeSummary", text: ANSWER });
  await seat.command({ type: "recommend", recommendation: "yes" });
  await seat.command({ type: "setConfidence", confidence: "high" });
  await seat.command({ type: "submitScorecard", reason: null });
  seat.close();
}

/** The frame of median length among those that another seat gets while one room goes through all drafts. */
async function typicalFrame(/** @type {Side} */ side) {
  const [room] = side.idle;
  /** @type {{ frame: unknown, bytes: number }[]} */
  const seen = [];
  side.onFrame = (bytes) => void seen.push({ frame: frameIn(bytes), bytes: bytes.length });
  for (const _ of DRAFTS) await new Promise((resolve) => room.write(() => resolve(undefined)));
  side.onFrame = null;
  seen.sort((a, b) => a.bytes - b.bytes);
  return seen[Math.floor(seen.length / 2)].frame;
}

/**
 * A closed loop: a fixed number of commands is under way at every moment, each in a room of its own.
 * @param {{ side: "ours" | "baseline", underWay: number, warmupMs: number, measureMs: number }} options
 * @returns {Promise<{ perSecond: number, frameBytes: number, busy: number }>} completed rounds per second, the mean bytes of a
 *   frame, and the share of the time for which this generator was busy
 */
async function sustain({ side: name, underWay, warmupMs, measureMs }) {
  const side = sides[name];
  let completed = 0;
  let isOver = false;
  const again = () => {
    completed += 1;
    if (!isOver) side.begin(again);
  };
  for (let count = 0; count < underWay; count++) side.begin(again);
  await wait(warmupMs);
  const loop = performance.eventLoopUtilization();
  const before = { at: performance.now(), completed, frames: side.frames, bytes: side.frameBytes };
  await wait(measureMs);
  const seconds = (performance.now() - before.at) / 1000;
  const perSecond = (completed - before.completed) / seconds;
  const frameBytes = (side.frameBytes - before.bytes) / (side.frames - before.frames);
  const busy = performance.eventLoopUtilization(loop).utilization;
  isOver = true;
  await side.drained();
  return { perSecond, frameBytes, busy };
}

/**
 * An open loop: commands leave at fixed moments whether or not earlier ones are back, and each one's latency counts from the moment
 * at which it was due, so that a server that stalls cannot hide it by holding up the generator.
 * @param {{ side: "ours" | "baseline", perSecond: number, commands: number }} options
 * @returns {Promise<{ latenciesMs: number[] }>} from due to acknowledged and seen by all others
 */
async function pace({ side: name, perSecond, commands }) {
  const side = sides[name];
  /** @type {number[]} */
  const latenciesMs = [];
  const first = performance.now() + 20;
  for (let count = 0; count < commands; count++) {
    const due = first + (count * 1000) / perSecond;
    await until(due);
    const begun = side.begin(() => void latenciesMs.push(performance.now() - due));
    if (!begun) throw new Error("Every room is busy: the server does not keep up.");
  }
  await side.drained();
  return { latenciesMs };
}

/** Waits more exactly than a timer, whose millisecond would be as long as what is measured. */
async function until(/** @type {number} */ moment) {
  const early = moment - performance.now() - 2;
  if (early >= 1) await wait(Math.floor(early));
  while (performance.now() < moment) await nextTurn();
}

/** @type {Record<string, (args: any) => Promise<unknown>>} */
const CALLS = { openRooms, endRooms, joinRelay, sustain, pace };

process.on("message", (/** @type {any} */ { call, args }) => {
  CALLS[call](args).then(
    (result) => process.send?.({ result: result ?? null }),
    (error) => process.send?.({ error: String(error?.message ?? error) }),
  );
});
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
