import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { io } from "socket.io-client";
import { alternate, comparePairs } from "./stats.mjs";

const RECEIVERS = 50;
const NOTES = 25;
const NOTE = 20_000;
const ASKS_EACH = 40;
const ASKS_EVERY_MS = 100;
const PAIRS = 3;
const MOST_MIB = 50;
const SETTLES_MS = 2_000;

/**
 * What receivers cost the server's memory that answer and do not read, while they ask for whole views of half a megabyte again and again
 * (ours), beside as many that read (baseline): by how much it grows, in MiB.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function deafReceivers({ bed, progress }) {
  progress(`deaf receivers: opening ${RECEIVERS} rooms`);
  const { child: server, port } = await bed.startServer({ profile: false });
  const url = `http://127.0.0.1:${port}`;
  const tokens = [];
  for (let count = 0; count < RECEIVERS; count++) tokens.push(await roomWithNotes(url));
  const slices = await alternate(PAIRS, async (side, pair) => {
    progress(`deaf receivers: pair ${pair + 1} of ${PAIRS}`);
    const sockets = await Promise.all(tokens.map((token) => connected(url, token)));
    await wait(SETTLES_MS);
    const before = residentMib(server.pid);
    if (side === "ours") for (const socket of sockets) socket.io.engine.transport.ws.pause();
    let most = before;
    for (let count = 0; count < ASKS_EACH; count++) {
      for (const socket of sockets) socket.emit("resync");
      await wait(ASKS_EVERY_MS);
      most = Math.max(most, residentMib(server.pid));
    }
    for (const socket of sockets) {
      if (side === "ours") socket.io.engine.transport.ws?.terminate();
      socket.disconnect();
    }
    await wait(SETTLES_MS);
    return Math.max(1, most - before);
  });
  const figures = comparePairs(slices);
  return {
    rows: [
      {
        name: `memory of ${RECEIVERS} that do not read`,
        unit: "MiB",
        ...figures,
        goal: `≤ ${MOST_MIB} MiB more than bare`,
        holds: figures.ours - figures.baseline <= MOST_MIB,
      },
    ],
    notes: [
      `Deaf receivers: each of ${RECEIVERS} asks ${ASKS_EACH} times for its view of about ${Math.round((NOTES * NOTE) / 1024)} KiB; bare are as many that read. Resident memory beyond what it was before, at the most.`,
    ],
  };
}

/** A room that holds as much as a long interview, and its host's token. */
export async function roomWithNotes(/** @type {string} */ url) {
  const room = {
    title: "Bench",
    candidateName: null,
    forRole: null,
    minutes: 45,
    blindPolicy: "after_own",
    kitId: null,
  };
  const response = await fetch(`${url}/api/rooms`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...room, hostName: "Host" }),
  });
  const { token } = await response.json();
  const socket = await connected(url, token);
  for (let count = 0; count < NOTES; count++) {
    const name = `${count}`.padStart(24, "0");
    const text = `${count} `.padEnd(NOTE, "word ");
    const command = {
      type: "writeNote",
      noteId: `n_${name}`,
      askId: null,
      text,
      mark: null,
      evidenceFor: null,
      ageMs: 0,
    };
    const answer = await socket.emitWithAck("command", { commandId: `c_${name}`, command });
    if (!answer.ok) throw new Error(`A note was refused: ${answer.refusal.sentence}`);
  }
  socket.disconnect();
  return token;
}

/** A seat that has its first view. */
export async function connected(/** @type {string} */ url, /** @type {string} */ token) {
  const socket = io(url, { auth: { token }, transports: ["websocket"], reconnection: false, forceNew: true });
  await new Promise((resolve, reject) => {
    socket.once("frame", resolve);
    socket.once("connect_error", reject);
    socket.once("seatLost", ({ sentence }) => reject(new Error(sentence)));
  });
  return socket;
}

function residentMib(/** @type {number | undefined} */ pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}
