import { connect } from "node:net";

/**
 * As much of a Socket.IO client as a load generator needs, over a plain TCP socket. With the real client the generator would
 * use more of its core than the servers do of theirs, and every server would look equally slow.
 */

const TEXT_FRAME = 0x81;
const CLOSE_OPCODE = 0x8;
const ascii = (/** @type {string} */ character) => character.charCodeAt(0);
const OPEN = ascii("0");
const PING = ascii("2");
const MESSAGE = ascii("4");
const CONNECTED = ascii("0");
const EVENT = ascii("2");
const ACKNOWLEDGEMENT = ascii("3");
const BRACKET = ascii("[");
const F_OF_FRAME = ascii("f");
const D_OF_DOCUMENT = ascii("d");
const T_OF_TRUE = ascii("t");

/**
 * @typedef {object} Listener
 * @property {(bytes: Buffer) => void} onFrame a `frame` event, not parsed yet: see `frameIn`. The bytes are valid during the call only.
 * @property {(bytes: Buffer) => void} [onDocument] a `document` event, as `onFrame`
 * @property {(accepted: boolean, text: () => string) => void} onAcknowledge the answer to a command or to what was said of a document
 * @property {(why: string) => void} onLost the connection ended, and not by `close`
 */

export class LeanSocket {
  #socket;
  #listener;
  #rest = Buffer.alloc(0);
  #isUpgraded = false;
  #isClosed = false;
  #nextId = 0;
  #auth;
  /** @type {() => void} */
  #onConnected = () => {};

  /**
   * @param {number} port of a server on 127.0.0.1
   * @param {unknown} auth what the handshake carries
   * @param {Listener} listener
   */
  constructor(port, auth, listener) {
    this.#auth = auth;
    this.#listener = listener;
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (chunk) => this.#receive(chunk));
    this.#socket.on("error", (error) => this.#lost(error.message));
    this.#socket.on("close", () => this.#lost("closed by the server"));
    this.#socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: d2hldHN0b25lLWJlbmNoLQ==\r\n\r\n`,
    );
  }

  /** Fulfils once the server has accepted the handshake. Call it before the first turn of the event loop ends. */
  connected() {
    return new Promise((resolve) => {
      this.#onConnected = () => resolve(undefined);
    });
  }

  /**
   * Sends a command and asks for its acknowledgement.
   * @param {string} envelope as JSON
   */
  command(envelope) {
    this.#send(`42${this.#nextId++}["command",${envelope}]`);
  }

  /**
   * Says something of a document and asks for the answer.
   * @param {string} message as JSON
   */
  document(message) {
    this.#send(`42${this.#nextId++}["document",${message}]`);
  }

  close() {
    this.#isClosed = true;
    this.#socket.destroy();
  }

  /** @param {string} why */
  #lost(why) {
    if (this.#isClosed) return;
    this.close();
    this.#listener.onLost(why);
  }

  /** A masked frame whose masking key is zero: the server unmasks as always, and the generator is spared the work. */
  #send(/** @type {string} */ text) {
    const length = Buffer.byteLength(text);
    if (length > 0xffff) throw new Error("The load generator sends no such long messages.");
    const isShort = length < 126;
    const head = isShort ? 2 : 4;
    const frame = Buffer.allocUnsafe(head + 4 + length);
    frame[0] = TEXT_FRAME;
    frame[1] = 0x80 | (isShort ? length : 126);
    if (!isShort) frame.writeUInt16BE(length, 2);
    frame.fill(0, head, head + 4);
    frame.write(text, head + 4);
    this.#socket.write(frame);
  }

  #receive(/** @type {Buffer} */ chunk) {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (!this.#isUpgraded) {
      const end = data.indexOf("\r\n\r\n");
      if (end >= 0) {
        const status = data.toString("latin1", 0, data.indexOf("\r\n"));
        if (!status.includes(" 101 ")) return this.#lost(status);
        this.#isUpgraded = true;
        data = data.subarray(end + 4);
      }
    }
    this.#rest = this.#isUpgraded ? this.#readFrames(data) : data;
  }

  /** Handles every whole frame, and returns what is left over. */
  #readFrames(/** @type {Buffer} */ data) {
    let at = 0;
    while (data.length - at >= 2) {
      let length = data[at + 1];
      let body = at + 2;
      if (length === 126) {
        if (data.length < at + 4) break;
        length = data.readUInt16BE(at + 2);
        body = at + 4;
      } else if (length === 127) {
        if (data.length < at + 10) break;
        length = Number(data.readBigUInt64BE(at + 2));
        body = at + 10;
      }
      if (data.length < body + length) break;
      if ((data[at] & 0x0f) === CLOSE_OPCODE) this.#lost("closed by the server");
      else this.#handle(data, body, body + length);
      at = body + length;
    }
    return data.subarray(at);
  }

  #handle(/** @type {Buffer} */ data, /** @type {number} */ from, /** @type {number} */ to) {
    const kind = data[from];
    const packet = data[from + 1];
    if (kind === MESSAGE && packet === EVENT) {
      const event = data[from + 4];
      if (event === F_OF_FRAME) this.#listener.onFrame(data.subarray(from, to));
      else if (event === D_OF_DOCUMENT) this.#listener.onDocument?.(data.subarray(from, to));
      else if (data.toString("latin1", from, to).startsWith('42["seatLost"'))
        this.#lost(data.toString("utf8", from, to));
    } else if (kind === MESSAGE && packet === ACKNOWLEDGEMENT) {
      const answer = data.indexOf(BRACKET, from);
      const isAccepted = data[answer + '[{"ok":'.length] === T_OF_TRUE;
      this.#listener.onAcknowledge(isAccepted, () => data.toString("utf8", from, to));
    } else if (kind === PING) {
      this.#send("3");
    } else if (kind === OPEN) {
      this.#send(`40${JSON.stringify(this.#auth)}`);
    } else if (kind === MESSAGE && packet === CONNECTED) {
      this.#onConnected();
    } else {
      this.#lost(`an unexpected message: ${data.toString("utf8", from, to)}`);
    }
  }
}

/**
 * The frame that an `onFrame` was called with.
 * @param {Buffer} bytes
 * @returns {any} as `Frame` in shared/src/wire.ts
 */
export const frameIn = (bytes) => JSON.parse(bytes.toString("utf8", 2))[1];

/**
 * The answer in the text of an acknowledgement, such as `430[{"ok":true}]`.
 * @param {string} text
 */
export const answerIn = (text) => JSON.parse(text.slice(text.indexOf("[")))[0];
