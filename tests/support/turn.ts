import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { ensureProgram, TURN_SERVER } from "./programs.mjs";
import { temporaryFolder } from "./server.ts";

/** A TURN server on this machine, which takes the credentials that a shared secret makes. */
export interface TurnServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A port that nobody has just now. */
export async function freePort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}

/** Starts coturn as the README's example has it, but on loopback, and waits until it listens. */
export async function startTurn(secret: string, port: number): Promise<TurnServer> {
  const folder = await temporaryFolder();
  const child = spawn(
    ensureProgram(TURN_SERVER),
    [
      ...[
        "-n",
        "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1",
        `--listening-port=${port}`,
        "--no-tls",
        "--no-dtls",
      ],
      ...["--use-auth-secret", `--static-auth-secret=${secret}`, "--realm=whetstone", "--no-cli", "--fingerprint"],
      // Only here: else nobody could reach what listens on this machine alone.
      "--allow-loopback-peers",
      ...[`--userdb=${join(folder, "turn.db")}`, `--pidfile=${join(folder, "turn.pid")}`, "--log-file=stdout"],
    ],
    { stdio: "ignore" },
  );
  const ended = once(child, "exit");
  for (let isThere = false; !isThere; ) {
    if (child.exitCode !== null) throw new Error(`coturn ended with ${child.exitCode}.`);
    isThere = await answers(port);
  }
  return {
    url: `turn:127.0.0.1:${port}?transport=udp`,
    close: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Whether somebody takes TCP connections at a port; coturn opens it beside the one for UDP. */
const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const done = (isThere: boolean) => {
      socket.destroy();
      // The event loop turns before it is asked again.
      setImmediate(resolve, isThere);
    };
    socket.once("connect", () => done(true)).once("error", () => done(false));
  });
