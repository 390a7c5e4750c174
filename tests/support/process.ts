import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The built server as a process of its own. */
export interface ServerProcess {
  readonly url: string;
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

/**
 * Starts `server/dist/main.js` on a free port, and waits until it is ready. `descriptors` is how many files and connections it may have
 * open; null for as many as this process.
 */
export async function startProcess(
  dataDirectory: string,
  environment: Readonly<Record<string, string>> = {},
  descriptors: number | null = null,
): Promise<ServerProcess> {
  const main = `${ROOT}/server/dist/main.js`;
  const limited = ["-c", `ulimit -n ${descriptors}; exec "$0" "$1"`, process.execPath, main];
  const [program, given] = descriptors === null ? [process.execPath, [main]] : ["/bin/sh", limited];
  const child = spawn(program, given, {
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
  const exited = once(child, "exit");
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  onTestFinished(() => end("SIGKILL"));
  const url = await readyUrl(child);
  return {
    url,
    kill: () => end("SIGKILL"),
    stop: async () => {
      await end("SIGTERM");
      return child.exitCode;
    },
  };
}

/** The address that the server prints when it listens; throws with what it said when it ends before. */
async function readyUrl(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("The server's output is not piped.");
  const said: string[] = [];
  stderr.on("data", (chunk) => said.push(String(chunk)));
  for await (const line of createInterface({ input: stdout })) {
    said.push(line);
    const url = /^Whetstone is ready: (http:\/\/\S+?)\/?$/.exec(line)?.[1];
    if (url) {
      stdout.resume();
      return url;
    }
  }
  throw new Error(`The server ended before it was ready:\n${said.join("\n")}`);
}
