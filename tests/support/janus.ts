import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { ensureProgram, JANUS } from "./programs.mjs";
import { freePort } from "./turn.ts";

/** A real Janus on this machine alone, with the VideoRoom over WebSocket and nothing else of what it has. */

const SECRET = "the secret of a test's Janus";
const ADMIN_KEY = "the key of a test's VideoRoom";

export class JanusProcess {
  readonly url: string;
  readonly #folder: string;
  #child: ChildProcess;

  private constructor(url: string, folder: string, child: ChildProcess) {
    this.url = url;
    this.#folder = folder;
    this.#child = child;
  }

  /** `ids` is how its VideoRoom names rooms and people. */
  static async start(ids: "numbers" | "texts" = "numbers"): Promise<JanusProcess> {
    const folder = await mkdtemp(join(tmpdir(), "whetstone-janus-"));
    const port = await freePort();
    await configure(folder, port, ids);
    const url = `ws://127.0.0.1:${port}`;
    return new JanusProcess(url, folder, await run(folder, url));
  }

  /** What a server is configured with to use it. */
  get options() {
    return { url: this.url, secret: SECRET, adminKey: ADMIN_KEY };
  }

  /** Kills it without a word, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }

  async startAgain(): Promise<void> {
    this.#child = await run(this.#folder, this.url);
  }

  /** What it has said so far. */
  said(): Promise<string> {
    return readFile(join(this.#folder, "janus.log"), "utf8");
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function configure(folder: string, port: number, ids: "numbers" | "texts"): Promise<void> {
  await mkdir(join(folder, "configuration"));
  const files = {
    "janus.jcfg": `general: {
  configs_folder = "${folder}/configuration"
  plugins_folder = "${partsOfJanus("plugins")}"
  transports_folder = "${partsOfJanus("transports")}"
  api_secret = "${SECRET}"
  log_to_stdout = false
  log_to_file = "${folder}/janus.log"
  debug_level = 4
  hide_dependencies = true
}
nat: { ice_enforce_list = "127.0.0.1" }
media: { ipv6 = false }
plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so" }
transports: { disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so" }
events: { broadcast = false }
`,
    "janus.transport.websockets.jcfg": `general: { json = "compact", ws = true, ws_ip = "127.0.0.1", ws_port = ${port}, wss = false }
admin: { admin_ws = false, admin_wss = false }
`,
    "janus.plugin.videoroom.jcfg": `general: { admin_key = "${ADMIN_KEY}", lock_rtp_forward = true, events = false, string_ids = ${ids === "texts"} }
`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, "configuration", name), text);
}

/** Starts it, and waits until it takes connections. */
async function run(folder: string, url: string): Promise<ChildProcess> {
  const child = spawn(ensureProgram(JANUS), ["--configs-folder", join(folder, "configuration")], { stdio: "ignore" });
  while (!(await takes(url))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      const said = await readFile(join(folder, "janus.log"), "utf8").catch(() => "");
      throw new Error(`Janus ended before it was ready:\n${said}`);
    }
  }
  return child;
}

async function takes(url: string): Promise<boolean> {
  const socket = new WebSocket(url, "janus-protocol");
  try {
    await once(socket, "open");
    return true;
  } catch {
    return false;
  } finally {
    socket.terminate();
  }
}

/** The folder of its plugins or transports, which each system has elsewhere. */
function partsOfJanus(part: "plugins" | "transports"): string {
  const libraries = ["/usr/lib", "/usr/local/lib", "/opt/janus/lib", "/opt/homebrew/lib"];
  const folders = libraries.flatMap((library) =>
    existsSync(library) ? [library, ...readdirSync(library).map((name) => join(library, name))] : [],
  );
  const found = folders.map((folder) => join(folder, "janus", part)).find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`Janus has no folder of ${part} where one is looked for.`);
  return found;
}
