import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The built server as a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number | undefined;
  /** What it has printed and logged so far. */
  readonly said: () => string;
  /** Kills it without a word, and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop, and gives the status with which it ended. */
  stop(): Promise<number | null>;
}

/** Compiles `shared` and `server`; nothing happens where nothing changed. */
export async function buildServer(): Promise<void> {
  const compiler = spawn(process.execPath, [`${ROOT}/node_modules/typescript/bin/tsc`, "-b"], {
    cwd: ROOT,
    stdio: "inherit",
  });
  await once(compiler, "exit");
}

/** How many files and connections the process may have open is `descriptors`; null for as many as this one. */
function spawnServer(
  dataDirectory: string,
  environment: Readonly<Record<string, string>>,
  descriptors: number | null = null,
) {
  const main = `${ROOT}/server/dist/main.js`;
  const limited = ["-c", `ulimit -n ${descriptors}; exec "$0" "$1"`, process.execPath, main];
  const [program, given] = descriptors === null ? [process.execPath, [main]] : ["/bin/sh", limited];
  return spawn(program, given, {
    env: {
      PATH: process.env.PATH,
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: dataDirectory,
      LOG_LEVEL: "silent",
      COMMANDS_PER_SECOND: "100000",
      REQUESTS_PER_MINUTE: "100000",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Starts the server where it cannot start: the status with which it ends, and what it says, line by line. */
export async function failedStart(
  dataDirectory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number | null; readonly said: readonly string[] }> {
  const child = spawnServer(dataDirectory, environment);
  const said: string[] = [];
  child.stderr.on("data", (chunk) => said.push(String(chunk)));
  // One that starts all the same says so here, and is not waited for.
  child.stdout.on("data", (chunk) => {
    said.push(String(chunk));
    child.kill("SIGKILL");
  });
  await once(child, "close");
  return { status: child.exitCode, said: said.join("").trimEnd().split("\n") };
}

/** Starts `server/dist/main.js` on a free port, and waits until it is ready. */
export async function startProcess(
  dataDirectory: string,
  environment: Readonly<Record<string, string>> = {},
  descriptors: number | null = null,
): Promise<ServerProcess> {
  const child = spawnServer(dataDirectory, environment, descriptors);
  const exited = once(child, "exit");
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  onTestFinished(() => end("SIGKILL"));
  const said: string[] = [];
  const url = await readyUrl(child, said);
  return {
    url,
    pid: child.pid,
    said: () => said.join("\n"),
    kill: () => end("SIGKILL"),
    stop: async () => {
      await end("SIGTERM");
      return child.exitCode;
    },
  };
}

/** The address that the server prints when it listens; throws with what it said when it ends before. */
async function readyUrl(child: ChildProcess, said: string[]): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("The server's output is not piped.");
  stderr.on("data", (chunk) => said.push(String(chunk)));
  for await (const line of createInterface({ input: stdout })) {
    said.push(line);
    const url = /^Whetstone is ready: (http:\/\/\S+?)\/?$/.exec(line)?.[1];
    if (url) {
      stdout.on("data", (chunk) => said.push(String(chunk)));
      return url;
    }
  }
  throw new Error(`The server ended before it was ready:\n${said.join("\n")}`);
}
