import { NodeWebSocket, NodeXHR } from "socket.io-client";
import { vi } from "vitest";

/**
 * A network and the server behind it, in the time of vitest's timers: what a browser opens lines on, and as much of Engine.IO and
 * Socket.IO as a socket needs to be taken and to be told the time. A browser has at most six lines for requests, and keeps them.
 */

const MOST_LINES = 6;
const PING_MS = 8_000;
/** What stands between packets of one poll. */
const BETWEEN = "\x1e";

type OfWebSockets = "pass" | "refuse" | "swallow" | "swallow later";

export interface Speed {
  /** There and back, in milliseconds. */
  readonly tripMs: number;
  /** What opening a line takes before anything goes through it. */
  readonly openMs: number;
  /** How long the first whole view keeps the line from others. */
  readonly viewMs: number;
}

interface Asked {
  readonly method?: string;
  readonly data?: string;
}

const sidOf = (transport: unknown): string => (transport as { query: { sid?: string } }).query.sid ?? "";

interface Line {
  up: boolean;
  down: boolean;
  /** Told when the line is closed. */
  onCut: () => void;
}

/** One end of a connection at the server: a socket of Engine.IO. */
interface Session {
  readonly sid: string;
  waiting: string[];
  poll: ((packets: string) => void) | null;
  webSocket: ((packet: string) => void) | null;
  isViewedAt: number;
}

export class FakeNetwork {
  /** What becomes of lines that are opened from now on. */
  lines: "pass" | "swallow" | "refuse" = "pass";
  webSockets: OfWebSockets = "pass";
  /** Lines that were opened or tried, and sockets that the server has taken. */
  opened = 0;
  taken = 0;
  readonly #speed: Speed;
  readonly #all = new Set<Line>();
  readonly #busy = new Set<Line>();
  #kept: Line[] = [];
  #queue: (() => void)[] = [];
  readonly #sessions = new Map<string, Session>();

  constructor(speed: Speed) {
    this.#speed = speed;
  }

  /** Puts it below what asks the network, until the test's stubs are taken back. */
  install(): void {
    const poll = (options: Asked | undefined, sid: string) => this.#poll(options, sid);
    // What is put in place of a method learns by `this` whose it is.
    vi.spyOn(NodeXHR.prototype, "request").mockImplementation(function (this: unknown, options?: Asked) {
      return poll(options, sidOf(this)) as never;
    });
    const createSocket = (uri: string) => this.#openWebSocket(uri) as never;
    vi.spyOn(NodeWebSocket.prototype, "createSocket").mockImplementation(createSocket);
    vi.stubGlobal("fetch", (_url: string, { signal }: { signal: AbortSignal }) => this.#fetch(signal));
  }

  /** As many lines are kept as there may be, as after a page that was fetched by all of them. */
  keepLines(): void {
    while (this.#kept.length + this.#busy.size < MOST_LINES) {
      const line = this.#open();
      if (line) this.#kept.push(line);
    }
  }

  /** What goes that way in the lines that are open is lost, and nobody is told. */
  silence(way: "up" | "down" | "both" = "both"): void {
    for (const line of this.#all) {
      if (way !== "down") line.up = false;
      if (way !== "up") line.down = false;
    }
  }

  /** The lines that are open are closed, and both ends are told. */
  cut(): void {
    this.#sessions.clear();
    for (const line of [...this.#all]) {
      this.#drop(line);
      line.onCut();
    }
  }

  // Requests

  #fetch(signal: AbortSignal): Promise<{ text: () => Promise<string> }> {
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Error("lost"));
      const answered = (text: string) => resolve({ text: async () => text });
      const cancel = this.#ask((answer) => answer("{}"), answered, fail);
      signal.addEventListener("abort", () => {
        cancel();
        fail();
      });
    });
  }

  #poll({ method = "GET", data = "" }: Asked = {}, sid = "") {
    const listeners = new Map<string, (what?: unknown) => void>();
    const say = (event: string, what?: unknown) => listeners.get(event)?.(what);
    const handle = (answer: (text: string) => void) => {
      const session = sid === "" ? this.#begin() : this.#sessions.get(sid);
      if (!session) return answer("");
      if (method === "POST") {
        for (const packet of data.split(BETWEEN)) this.#heard(session, packet);
        return answer("ok");
      }
      session.poll = answer;
      this.#flush(session);
    };
    const answered = (text: string) => {
      if (text === "") return say("error", 400);
      say("data", text);
      say("success");
    };
    const abort = this.#ask(handle, answered, () => say("error", 0));
    const request = { on: (event: string, listener: () => void) => listeners.set(event, listener), abort: () => {} };
    return Object.assign(request, { _xhr: { abort } });
  }

  /** Asks the server once by a line that is kept, or by a new one, or waits for either. Returns what gives it up. */
  #ask(handle: (answer: (text: string) => void) => void, answered: (text: string) => void, lost: () => void) {
    let line: Line | null = null;
    let isOver = false;
    const begin = () => {
      if (isOver) return;
      const isKept = this.#kept.length > 0;
      line = this.#kept.pop() ?? this.#open();
      if (line === null) return void this.#later(this.#speed.tripMs / 2, () => !isOver && lost());
      const taken = line;
      this.#busy.add(taken);
      taken.onCut = () => {
        isOver = true;
        lost();
      };
      const reply = (text: string) =>
        this.#goes(taken, "down", 0, () => {
          if (isOver) return;
          isOver = true;
          this.#busy.delete(taken);
          taken.onCut = () => {};
          this.#kept.push(taken);
          this.#queue.shift()?.();
          answered(text);
        });
      this.#goes(taken, "up", isKept ? 0 : this.#speed.openMs, () => isOver || handle(reply));
    };
    if (this.#kept.length === 0 && this.#busy.size >= MOST_LINES) this.#queue.push(begin);
    else begin();
    return () => {
      if (isOver) return;
      isOver = true;
      if (line !== null) this.#drop(line);
      else this.#queue = this.#queue.filter((waiting) => waiting !== begin);
      this.#queue.shift()?.();
    };
  }

  // Lines

  #open(): Line | null {
    this.opened += 1;
    if (this.lines === "refuse") return null;
    const passes = this.lines === "pass";
    const line = { up: passes, down: passes, onCut: () => {} };
    this.#all.add(line);
    return line;
  }

  #drop(line: Line): void {
    this.#all.delete(line);
    this.#busy.delete(line);
    this.#kept = this.#kept.filter((kept) => kept !== line);
  }

  /** Arrives after half a trip, unless the line is silent or closed by then. */
  #goes(line: Line, way: "up" | "down", moreMs: number, arrive: () => void): void {
    this.#later(moreMs + this.#speed.tripMs / 2, () => this.#all.has(line) && line[way] && arrive());
  }

  #later(ms: number, act: () => void): void {
    setTimeout(act, ms);
  }

  #openWebSocket(uri: string) {
    const ends = {
      onopen: () => {},
      onclose: (_event: object) => {},
      onerror: (_event: object) => {},
      onmessage: (_event: { data: string }) => {},
      send: (_packet: string) => {},
      close: () => {},
    };
    const line = this.webSockets === "refuse" ? null : this.#open();
    if (line === null) {
      this.#later(this.#speed.tripMs, () => ends.onerror({}));
      return ends;
    }
    let left = { swallow: 0, "swallow later": 1, pass: Number.POSITIVE_INFINITY, refuse: 0 }[this.webSockets];
    const carries = () => {
      left -= 1;
      return left >= 0;
    };
    line.onCut = () => ends.onclose({});
    ends.close = () => this.#drop(line);
    const tell = (packet: string) => this.#goes(line, "down", 0, () => carries() && ends.onmessage({ data: packet }));
    let session = this.#sessions.get(new URL(uri).searchParams.get("sid") ?? "");
    ends.send = (packet) =>
      this.#goes(line, "up", 0, () => {
        if (!session || left <= 0) return;
        if (packet === "2probe") {
          this.#send(session, "6");
          return tell("3probe");
        }
        if (packet === "5") session.webSocket = tell;
        else this.#heard(session, packet);
      });
    this.#goes(line, "up", this.#speed.openMs, () => {
      this.#goes(line, "down", 0, () => ends.onopen());
      if (session) return;
      session = this.#begin([]);
      session.webSocket = tell;
      this.#flush(session);
    });
    return ends;
  }

  // The server

  #begin(upgrades: readonly string[] = ["websocket"]): Session {
    const sid = `s${this.#sessions.size}-${this.opened}`;
    const open = { sid, upgrades, pingInterval: PING_MS, pingTimeout: 6_000, maxPayload: 1_000_000 };
    const session: Session = { sid, waiting: [], poll: null, webSocket: null, isViewedAt: 0 };
    session.waiting.push(`0${JSON.stringify(open)}`);
    this.#sessions.set(sid, session);
    const ping = () => {
      if (this.#sessions.get(sid) !== session) return;
      this.#send(session, "2");
      this.#later(PING_MS, ping);
    };
    this.#later(PING_MS, ping);
    return session;
  }

  #heard(session: Session, packet: string): void {
    if (packet === "1") this.#sessions.delete(session.sid);
    if (packet.startsWith("40")) {
      this.taken += 1;
      session.isViewedAt = Date.now() + this.#speed.viewMs;
      this.#send(session, `40${JSON.stringify({ sid: session.sid })}`);
    }
    const asked = /^42(\d+)\["time"\]$/.exec(packet)?.[1];
    if (asked === undefined) return;
    // What is asked behind the first view is answered behind it.
    this.#later(Math.max(0, session.isViewedAt - Date.now()), () => this.#send(session, `43${asked}[${Date.now()}]`));
  }

  #send(session: Session, packet: string): void {
    session.waiting.push(packet);
    this.#flush(session);
  }

  #flush(session: Session): void {
    const { webSocket, poll, waiting } = session;
    if (waiting.length === 0 || !(webSocket ?? poll)) return;
    session.waiting = [];
    session.poll = null;
    if (webSocket) for (const packet of waiting) webSocket(packet);
    else poll?.(waiting.join(BETWEEN));
  }
}
