// The load generator of documents: a process of its own in which candidates write and the others have the document open, on both servers.
// It is told what to do by messages from the bench that forked it: see CALLS at the end.
import { setTimeout as wait } from "node:timers/promises";
import * as Y from "yjs";
import { atOnce, fail, openRoom } from "./interviews.mjs";
import { answerIn, LeanSocket } from "./lean-socket.mjs";

const READERS = ["host", "interviewer", "observer"];
const BEGINNING = "It follows from the definition that the gradient of the softmax is its own Jacobian. ".repeat(24);
const LETTERS = "the loss stops falling because the gradients vanish on their way ";
const DRAINS_WITHIN_MS = 15_000;
const UNDER_WAY = 64;

/** A seat that says something of its document and waits for the answer, or only listens. */
class Seat {
  /** @type {((text: () => string) => void)[]} */
  #answers = [];
  #socket;
  askId;
  onWritten = () => {};

  /** @param {number} port @param {unknown} auth @param {string} askId */
  constructor(port, auth, askId) {
    this.askId = askId;
    this.#socket = new LeanSocket(port, auth, {
      onFrame: () => {},
      onDocument: () => this.onWritten(),
      onAcknowledge: (accepted, text) => {
        if (!accepted) fail(`it was refused: ${text()}`);
        this.#answers.shift()?.(text);
      },
      onLost: (why) => fail(`a connection was lost: ${why}`),
    });
  }

  connected() {
    return this.#socket.connected();
  }

  close() {
    this.#socket.close();
  }

  /** @param {string} type @param {object} said @returns {Promise<any>} the answer, not parsed yet */
  say(type, said = {}) {
    this.#socket.document(JSON.stringify({ type, askId: this.askId, part: "text", ...said }));
    return new Promise((answer) => this.#answers.push(answer));
  }

  open() {
    return this.say("open", { vector: toBase64(Y.encodeStateVector(new Y.Doc())) });
  }

  write(/** @type {Uint8Array} */ update) {
    return this.say("write", { update: toBase64(update) });
  }
}

/** A candidate's hands: a document in which they write a letter at a time. */
class Hands {
  /** @type {Uint8Array} */
  #last = new Uint8Array();
  #yjs = new Y.Doc();
  #text = this.#yjs.getText("text");
  #at = 0;
  #keys;

  constructor(keys = 0) {
    this.#keys = keys;
    this.#yjs.on("update", (update) => {
      this.#last = update;
    });
  }

  paste(/** @type {string} */ text) {
    this.#text.insert(this.#at, text);
    this.#at += text.length;
    return this.#last;
  }

  key() {
    this.#keys += 1;
    return this.paste(LETTERS[this.#keys % LETTERS.length] ?? " ");
  }

  /** As somebody writes who also mends: now and then the cursor goes elsewhere, and a letter is taken out. */
  mending() {
    const { length } = this.#text;
    // Of no even step, so that the places are spread without a random one.
    if (this.#keys % 30 === 29) this.#at = (this.#keys * 7_919) % (length + 1);
    if (this.#keys % 8 !== 7 || this.#at === 0) return this.key();
    this.#keys += 1;
    this.#at -= 1;
    this.#text.delete(this.#at, 1);
    return this.#last;
  }
}

/** One interview: the candidate writes, three others see it. */
class Room {
  hands;
  /** @type {number[]} When each key left that not everybody has seen yet, the oldest first. */
  #sent = [];
  /** How many of the keys each of the others has seen, and how many everybody has. */
  #seen = READERS.map(() => 0);
  #seenByAll = 0;
  /** @type {number[]} */
  latenciesMs = [];

  /** @param {Seat} candidate @param {Seat[]} readers @param {number} index */
  constructor(candidate, readers, index) {
    this.candidate = candidate;
    this.readers = readers;
    this.hands = new Hands(index);
    readers.forEach((reader, place) => {
      reader.onWritten = () => this.#saw(place);
    });
  }

  get isQuiet() {
    return this.#sent.length === 0;
  }

  write(update = this.hands.key()) {
    this.#sent.push(performance.now());
    return this.candidate.write(update);
  }

  #saw(/** @type {number} */ place) {
    this.#seen[place] += 1;
    for (const all = Math.min(...this.#seen); this.#seenByAll < all; this.#seenByAll += 1)
      this.latenciesMs.push(performance.now() - (this.#sent.shift() ?? Number.NaN));
  }
}

/** @typedef {"ours" | "baseline" | "storing"} Side the server, the relay, and the relay that stores */

/** @type {Record<Side, Room[]>} */
const sides = { ours: [], baseline: [], storing: [] };

/** Opens rooms with their documents, in which a paragraph stands. @param {{ port: number, rooms: number }} options */
async function openRooms({ port, rooms }) {
  await atOnce(rooms, async (index) => {
    const { askId, tokens } = await openRoom(port, index);
    const seats = ["candidate", ...READERS].map((role) => new Seat(port, { token: tokens[role] }, askId));
    await Promise.all(seats.map((seat) => seat.connected()));
    await Promise.all(seats.map((seat) => seat.open()));
    await begin("ours", seats, index);
  });
}

/** The same rooms on a relay, where a name is all that a room needs. @param {{ side: Side, port: number, rooms: number }} options */
async function joinRelay({ side, port, rooms }) {
  await atOnce(rooms, async (index) => {
    const askId = `a_${String(index).padStart(24, "0")}`;
    const seats = ["candidate", ...READERS].map(() => new Seat(port, { room: `r_${index}` }, askId));
    await Promise.all(seats.map((seat) => seat.connected()));
    await begin(side, seats, index);
  });
}

async function begin(/** @type {Side} */ side, /** @type {Seat[]} */ [candidate, ...readers], index = 0) {
  const room = new Room(candidate, readers, index);
  await room.write(room.hands.paste(BEGINNING));
  sides[side].push(room);
}

/**
 * An open loop: in every room a key so often, the rooms one after the other, whether or not earlier keys have arrived.
 * @param {{ side: Side, keysPerSecond: number, seconds: number }} options
 * @returns {Promise<{ latenciesMs: number[], busy: number }>} from the moment a key left until all others had it
 */
async function pace({ side, keysPerSecond, seconds }) {
  const rooms = sides[side];
  for (const room of rooms) room.latenciesMs = [];
  const everyMs = 1000 / (keysPerSecond * rooms.length);
  const keys = keysPerSecond * rooms.length * seconds;
  const loop = performance.eventLoopUtilization();
  const first = performance.now();
  for (let key = 0; key < keys; await wait(1))
    for (; key < keys && first + key * everyMs <= performance.now(); key++) rooms[key % rooms.length].write();
  const busy = performance.eventLoopUtilization(loop).utilization;
  const until = performance.now() + DRAINS_WITHIN_MS;
  while (!rooms.every(({ isQuiet }) => isQuiet)) {
    if (performance.now() > until) throw new Error("Some keys were never seen by all.");
    await wait(2);
  }
  return { latenciesMs: rooms.flatMap(({ latenciesMs }) => latenciesMs), busy };
}

/** Nobody has a document open any more, while all stay in their rooms. */
async function leave() {
  await Promise.all(
    sides.ours.flatMap(({ candidate, readers }) => [candidate, ...readers].map((seat) => seat.say("leave"))),
  );
}

/**
 * Writes a document in so many updates, or in none, and leaves.
 * @param {{ port: number, updates: number }} options
 * @returns {Promise<{ token: string, askId: string }>} a seat that may open it
 */
async function writeLong({ port, updates }) {
  const { askId, tokens } = await openRoom(port, 0);
  const writer = new Seat(port, { token: tokens.candidate }, askId);
  await writer.connected();
  await writer.open();
  const hands = new Hands();
  /** @type {Promise<unknown>[]} */
  const underWay = [];
  for (let count = 0; count < updates; count++) {
    if (underWay.length >= UNDER_WAY) await underWay.shift();
    underWay.push(writer.write(hands.mending()));
  }
  await Promise.all(underWay);
  await writer.say("leave");
  writer.close();
  return { token: tokens.host ?? "", askId };
}

/** @type {Seat | null} */
let reader = null;

/** Sits down to open a document. @param {{ port: number, token: string, askId: string }} options */
async function sitDown({ port, token, askId }) {
  reader?.close();
  reader = new Seat(port, { token }, askId);
  await reader.connected();
}

/** Opens it. @returns {Promise<{ ms: number, bytes: number }>} how long the answer took, and what of the document came with it */
async function open() {
  const from = performance.now();
  const text = await reader?.open();
  const ms = performance.now() - from;
  return { ms, bytes: Buffer.from(answerIn(text()).update, "base64").length };
}

/** Leaves it. */
async function close() {
  await reader?.say("leave");
}

const toBase64 = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString("base64");

/** @type {Record<string, (args: any) => Promise<unknown>>} */
const CALLS = { openRooms, joinRelay, pace, leave, writeLong, sitDown, open, close };

process.on("message", (/** @type {any} */ { call, args }) => {
  CALLS[call](args).then(
    (result) => process.send?.({ result: result ?? null }),
    (error) => process.send?.({ error: String(error?.message ?? error) }),
  );
});
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
