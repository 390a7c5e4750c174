// Somebody who means harm, in a process of their own: told by the bench which attack to prepare, when it begins and when it ends.
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { constants, setPriority } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { connected, roomWithNotes } from "./deaf-receivers.mjs";
import { LeanSocket } from "./lean-socket.mjs";

// What the server does for an attack is measured, and not how many processes share a processor.
setPriority(constants.priority.PRIORITY_LOW);

const ASKERS = 20;
const COMMANDS_A_TIME = 400;
const NOTE = 2_000;
const DEAF = 50;
const SLOW = 150;
const IMPORT_BYTES = 8 * 1024 * 1024;
const QUESTIONS = 9_000;

let isUnderWay = false;
/** @type {() => Promise<unknown>} */
let attack = async () => undefined;
/** @type {Promise<unknown>} */
let done = Promise.resolve();

/** Does the same again and again while the attack goes on, by so many at once. What is refused is tried again. */
const again = (/** @type {number} */ many, /** @type {(who: number) => Promise<unknown>} */ once) => () =>
  Promise.all(
    Array.from({ length: many }, async (_, who) => {
      while (isUnderWay) {
        await once(who).catch(() => undefined);
        await wait(1);
      }
    }),
  );

const madeUp = (/** @type {string} */ roomId) => `${roomId}.${randomBytes(32).toString("base64url")}`;

async function post(/** @type {number} */ port, /** @type {string} */ path, /** @type {string} */ body) {
  const url = `http://127.0.0.1:${port}${path}`;
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  await response.arrayBuffer();
  return response;
}

/** By name, what is made ready before an attack, and the attack. */
const ATTACKS = {
  /** One seat that comes back for fresh allowances and writes as fast as it can. */
  reconnecting: async (/** @type {number} */ port) => {
    const token = await roomWithNotes(`http://127.0.0.1:${port}`);
    let written = 0;
    return again(1, async () => {
      let wasLost = () => {};
      const lost = new Promise((resolve) => {
        wasLost = () => resolve(undefined);
      });
      const ignore = () => {};
      const socket = new LeanSocket(
        port,
        { token },
        { onFrame: ignore, onAcknowledge: ignore, onLost: () => wasLost() },
      );
      await Promise.race([socket.connected(), lost]);
      for (let count = 0; count < COMMANDS_A_TIME; count++) {
        written += 1;
        const command = {
          type: "writeNote",
          noteId: `n_${`${written % 20}`.padStart(24, "a")}`,
          askId: null,
          text: `${written} `.padEnd(NOTE, "word "),
          mark: null,
          evidenceFor: null,
          ageMs: 0,
        };
        socket.command(JSON.stringify({ commandId: `c_${written.toString(16).padStart(24, "f")}`, command }));
      }
      await Promise.race([lost, wait(100)]);
      socket.close();
    });
  },

  /** Tokens and links that open nothing, for a room that takes long to read. */
  madeUpSecrets: async (/** @type {number} */ port, /** @type {string} */ roomId) =>
    again(ASKERS, async (who) => {
      const secret = madeUp(roomId);
      if (who % 2 === 0) await post(port, "/api/links/join", JSON.stringify({ secret, name: "Somebody" }));
      else {
        await new Promise((resolve) => {
          const over = () => resolve(undefined);
          const listener = { onFrame: over, onAcknowledge: over, onLost: over };
          new LeanSocket(port, { token: secret }, listener);
        });
      }
    }),

  /** Receivers that answer and do not read, and ask for whole views again and again. */
  deafReceivers: async (/** @type {number} */ port) => {
    const url = `http://127.0.0.1:${port}`;
    /** @type {string[]} */
    const tokens = [];
    for (let count = 0; count < DEAF; count++) tokens.push(await roomWithNotes(url));
    return again(DEAF, async (who) => {
      const socket = await connected(url, tokens[who]);
      socket.io.engine.transport.ws.pause();
      while (isUnderWay && socket.connected) {
        socket.emit("resync");
        await wait(100);
      }
      socket.io.engine.transport.ws?.terminate();
      socket.disconnect();
    });
  },

  /** Requests whose bodies come a byte at a time. */
  slowBodies: async (/** @type {number} */ port) =>
    again(SLOW, async () => {
      const line = connect({ port, host: "127.0.0.1" });
      const closed = new Promise((resolve) => line.once("close", resolve));
      line.on("error", () => undefined).resume();
      line.write(
        `POST /api/rooms HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n`,
      );
      while (isUnderWay && !line.destroyed) {
        line.write(" ");
        await wait(50);
      }
      line.destroy();
      await closed;
    }),

  /** Large files, as many at once as are asked for. */
  imports: async (/** @type {number} */ port) => {
    const words = "word ".repeat(Math.floor(IMPORT_BYTES / QUESTIONS / 5) - 8);
    const text = Array.from({ length: QUESTIONS }, (_, at) => `- Why is number ${at} so?\n  ${words}\n`).join("");
    const body = JSON.stringify({ pack: { id: "theirs", title: "Theirs" }, files: [{ name: "list.md", text }] });
    return again(ASKERS, () => post(port, "/api/bank/import", body));
  },

  /** Exports of rooms that whoever asks cannot open. */
  strangersExports: async (/** @type {number} */ port, /** @type {string} */ roomId) =>
    again(ASKERS, async () => {
      const commandId = `c_${randomBytes(12).toString("hex")}`;
      const secrets = Array.from({ length: 50 }, () => madeUp(roomId));
      await post(port, "/api/exports", JSON.stringify({ commandId, secrets, formats: ["pdf"] }));
    }),
};

/** @type {Record<string, (args: any) => Promise<unknown>>} */
const CALLS = {
  prepare: async ({ attack: name, port, roomId }) => {
    attack = await ATTACKS[/** @type {keyof typeof ATTACKS} */ (name)](port, roomId);
  },
  begin: async () => {
    isUnderWay = true;
    done = attack();
  },
  end: async () => {
    isUnderWay = false;
    await done;
  },
};

process.on("message", (/** @type {any} */ { call, args }) => {
  CALLS[call](args).then(
    () => process.send?.({ result: null }),
    (error) => process.send?.({ error: String(error?.message ?? error) }),
  );
});
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
