import { createHash } from "node:crypto";
import { join } from "node:path";

/** Rooms that are written into a data directory before any server knows of them. */

/** A module of the built server. */
export const dist = (/** @type {string} */ file) => import(new URL(`../../server/dist/${file}`, import.meta.url).href);

/** The keys of a data directory, as its server finds them. */
export async function keysIn(/** @type {string} */ dataDirectory) {
  const { openSqliteKeys } = await dist("sqlite/keys.js");
  return openSqliteKeys(join(dataDirectory, "keys.sqlite"));
}

export const HOST = "s_000000000000000000000001";
/** Opens the seat of a room's host. */
export const tokenOf = (/** @type {string} */ roomId) => `${roomId}.${"t".repeat(43)}`;
const hash = (/** @type {string} */ text) => Buffer.from(text.padEnd(32, "0")).toString("hex").slice(0, 64);

export const commit = (/** @type {string} */ roomId, /** @type {number} */ seq, /** @type {unknown} */ event) => ({
  roomId,
  seq,
  commandId: `c_${seq.toString(16).padStart(24, "0")}`,
  seatId: seq === 1 ? null : HOST,
  at: 1_800_000_000_000 + seq,
  events: [event],
});

export const opened = (/** @type {string} */ roomId) =>
  commit(roomId, 1, {
    type: "roomOpened",
    title: "A room of the bench",
    candidateName: null,
    forRole: null,
    minutes: 45,
    phases: [],
    kit: null,
    plan: [],
    blindPolicy: "after_own",
    host: {
      seatId: HOST,
      name: "Host",
      linkId: "l_000000000000000000000001",
      tokenHash: createHash("sha256").update(tokenOf(roomId)).digest("hex"),
    },
    links: [{ linkId: "l_000000000000000000000001", role: "host", hash: hash(roomId), expiresAt: null }],
  });

/**
 * Writes so much into a room that was opened.
 * @param {any} log
 * @param {string} roomId
 * @param {number} mib
 */
export async function writeLargeRoom(log, roomId, mib) {
  const text = "x".repeat(20_000);
  const commits = Math.ceil((mib * 1024 * 1024) / text.length);
  for (let seq = 2; seq <= commits; seq++) await log.append([written(roomId, seq, text)]);
}

const written = (/** @type {string} */ roomId, /** @type {number} */ seq, /** @type {string} */ text) =>
  commit(roomId, seq, {
    type: "summaryWritten",
    roundId: 1,
    seatId: HOST,
    edit: { at: 0, remove: seq === 2 ? 0 : text.length, insert: text },
  });
