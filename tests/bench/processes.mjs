import { fork, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ARTIFACTS = join(ROOT, ".artifacts");
const TMPFS = 0x01021994;
const STARTS_WITHIN_MS = 30_000;
const STOPS_WITHIN_MS = 10_000;
/** As in package.json's start script. The relay and the generator get them too. */
const SERVER_FLAGS = ["--max-semi-space-size=64"];

/**
 * The processes and the folder of one bench. Everything that it started ends with `close`, whatever happened before.
 */
export class Bed {
  /** @type {Set<import("node:child_process").ChildProcess>} */
  #children = new Set();
  #closing = false;
  #directory;

  constructor() {
    mkdirSync(ARTIFACTS, { recursive: true });
    this.#directory = mkdtempSync(join(ARTIFACTS, "bench-"));
    if (statfsSync(this.#directory).type === TMPFS) {
      this.#remove();
      throw new Error(`${ARTIFACTS} is kept in memory. Durability can only be measured on a disk.`);
    }
  }

  /** A fresh folder on the repository's own disk; removed by `close`. */
  get directory() {
    return this.#directory;
  }

  /**
   * Starts the built server on a free port, with limits that a load generator does not meet, unless the usual ones are asked for. Its process answers the calls of
   * `inside.mjs`.
   * @param {{ profile: boolean, preloads?: string[], dataDirectory?: string, hasUsualLimits?: boolean }} options `profile`: leave a V8 CPU profile of the server in `.artifacts/`;
   *   `preloads`: scripts of this folder that are loaded before it
   * @returns {Promise<{ child: import("node:child_process").ChildProcess, port: number }>}
   */
  async startServer({
    profile,
    preloads = [],
    dataDirectory = mkdtempSync(join(this.#directory, "data-")),
    hasUsualLimits = false,
  }) {
    const flags = profile ? ["--cpu-prof", `--cpu-prof-dir=${ARTIFACTS}`] : [];
    const imports = ["inside.mjs", ...preloads].flatMap((name) => ["--import", new URL(name, import.meta.url).href]);
    const server = spawn(process.execPath, [...SERVER_FLAGS, ...flags, ...imports, join(ROOT, "server/dist/main.js")], {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      env: {
        ...process.env,
        HOST: "127.0.0.1",
        PORT: "0",
        DATA_DIR: dataDirectory,
        // All of a bench's connections come from one address.
        CONNECTIONS_PER_ADDRESS: "2000",
        ...(!hasUsualLimits && {
          COMMANDS_PER_SECOND: "1000000",
          REQUESTS_PER_MINUTE: "1000000",
          ROOM_MEGABYTES: "4096",
        }),
        LOG_LEVEL: "silent",
      },
    });
    this.#watch(server, "the server");
    const lines = createInterface({ input: server.stdout });
    const port = await started(server, (/** @type {(port: number) => void} */ resolve) => {
      lines.on("line", (line) => {
        const port = /ready: http:\/\/[^/]*:(\d+)/.exec(line)?.[1];
        if (port) resolve(Number(port));
      });
    });
    return { child: server, port };
  }

  /**
   * Forks a script of this folder and waits for its first message.
   * @param {string} script file name
   * @param {string[]} args
   * @returns {Promise<{ child: import("node:child_process").ChildProcess, ready: any }>}
   */
  async fork(script, args = []) {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const child = fork(path, args, { stdio: ["ignore", 2, 2, "ipc"], execArgv: SERVER_FLAGS });
    this.#watch(child, script);
    const ready = await started(child, (resolve) => child.once("message", resolve));
    return { child, ready };
  }

  /**
   * Ends a process before the others, at once.
   * @param {import("node:child_process").ChildProcess} child
   */
  async end(child) {
    this.#children.delete(child);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  /** Ends every process by its own handle and removes the folder. */
  async close() {
    this.#closing = true;
    await Promise.all([...this.#children].map(stop));
    this.#remove();
  }

  /** @param {import("node:child_process").ChildProcess} child @param {string} name */
  #watch(child, name) {
    this.#children.add(child);
    child.once("exit", (code, signal) => {
      const isExpected = this.#closing || !this.#children.delete(child);
      if (!isExpected) console.error(`Bench: ${name} ended by itself (${signal ?? code}).`);
    });
  }

  #remove() {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/**
 * Calls into a forked process that answers every `{ call, args }` with `{ result }` or `{ error }`, one at a time.
 * @param {import("node:child_process").ChildProcess} child
 * @param {string} call
 * @param {unknown} args
 * @returns {Promise<any>}
 */
export function ask(child, call, args) {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error(`The process that was to ${call} has ended.`));
    if (!child.connected) return ended();
    child.once("exit", ended);
    child.once("message", (/** @type {any} */ answer) => {
      child.off("exit", ended);
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer.result);
    });
    child.send({ call, args });
  });
}

/**
 * @template T
 * @param {import("node:child_process").ChildProcess} child
 * @param {(resolve: (value: T) => void) => void} listen
 * @returns {Promise<T>}
 */
function started(child, listen) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("A process did not start in time.")), STARTS_WITHIN_MS);
    child.once("error", reject);
    child.once("exit", () => reject(new Error("A process ended before it was ready.")));
    listen((value) => {
      clearTimeout(late);
      resolve(value);
    });
  });
}

/** @param {import("node:child_process").ChildProcess} child */
function stop(child) {
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill("SIGKILL"), STOPS_WITHIN_MS);
    child.once("exit", () => {
      clearTimeout(kill);
      resolve(undefined);
    });
    child.kill("SIGTERM");
  });
}
