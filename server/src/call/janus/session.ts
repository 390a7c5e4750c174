import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { JanusMessage, type Jsep } from "./wire.ts";

const PLUGIN = "janus.plugin.videoroom";
const PROTOCOL = "janus-protocol";
/** How long an answer is waited for, in milliseconds. */
const ANSWER_MS = 5_000;
/** Janus ends a session of which it has heard nothing for a minute. */
const ALIVE_MS = 20_000;
const MOST_BYTES = 1024 * 1024;

/** Janus refused something, with a code of its own, or did not answer. */
export class JanusFault extends Error {
  readonly code: number | null;

  constructor(message: string, code: number | null = null) {
    super(message);
    this.code = code;
  }
}

/** What is said of a handle without having been asked for. */
export interface HandleEvents {
  /** Media flows, or flows no more. */
  readonly up?: () => void;
  readonly down?: () => void;
  readonly candidate?: (candidate: NonNullable<JanusMessage["candidate"]>) => void;
}

interface Waiting {
  readonly takes: (message: JanusMessage) => void;
  readonly fails: (fault: JanusFault) => void;
  readonly takesAck: boolean;
  readonly timer: NodeJS.Timeout;
}

/** A session with Janus over a WebSocket, for as long as that stands: with it ends all that was made in it. */
export class JanusSession {
  readonly #socket: WebSocket;
  readonly #secret: string;
  readonly #waiting = new Map<string, Waiting>();
  readonly #handles = new Map<number, HandleEvents>();
  readonly #alive: NodeJS.Timeout;
  #id: number | null = null;

  private constructor(socket: WebSocket, secret: string, onClosed: () => void) {
    this.#socket = socket;
    this.#secret = secret;
    socket.on("message", (data, isBinary) => {
      if (!isBinary) this.#take(String(data));
    });
    socket.on("close", () => {
      clearInterval(this.#alive);
      for (const { fails, timer } of this.#waiting.values()) {
        clearTimeout(timer);
        fails(new JanusFault("The connection to it broke."));
      }
      this.#waiting.clear();
      onClosed();
    });
    this.#alive = setInterval(() => {
      this.#ask({ janus: "keepalive" }, true).catch(() => socket.terminate());
    }, ALIVE_MS);
    this.#alive.unref();
  }

  /** Connects and begins a session. `onClosed` is called once, when it is over, also where it never began after all. */
  static async open(url: string, secret: string, onClosed: () => void): Promise<JanusSession> {
    const socket = new WebSocket(url, PROTOCOL, {
      handshakeTimeout: ANSWER_MS,
      maxPayload: MOST_BYTES,
      perMessageDeflate: false,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      // It stays, as errors come later too; each of them is followed by the end.
      socket.on("error", (error) => reject(new JanusFault(messageOf(error))));
    });
    const session = new JanusSession(socket, secret, onClosed);
    try {
      const { data } = await session.#ask({ janus: "create" });
      if (!data) throw new JanusFault("It answered something else than Janus does.");
      session.#id = data.id;
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /** A handle of the VideoRoom, with which one connection is made. */
  async attach(events: HandleEvents = {}): Promise<JanusHandle> {
    const { data } = await this.#ask({ janus: "attach", plugin: PLUGIN });
    if (!data) throw new JanusFault("It has no VideoRoom.");
    this.#handles.set(data.id, events);
    const about = { handle_id: data.id };
    return {
      ask: (body, jsep) => this.#ask({ janus: "message", ...about, body, ...(jsep && { jsep }) }),
      trickle: (candidate) => this.#tell({ janus: "trickle", ...about, candidate }),
      detach: () => {
        if (this.#handles.delete(data.id)) this.#tell({ janus: "detach", ...about });
      },
    };
  }

  close(): void {
    this.#socket.terminate();
  }

  /** Sends what needs no answer. */
  #tell(message: object): void {
    this.#ask(message, true).catch(() => {});
  }

  /** What Janus answers: at once, or behind an acknowledgement unless that is the whole answer. */
  #ask(message: object, takesAck = false): Promise<JanusMessage> {
    const transaction = randomUUID();
    return new Promise((takes, fails) => {
      if (this.#socket.readyState !== WebSocket.OPEN) {
        fails(new JanusFault("The connection to it is closed."));
        return;
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(transaction);
        fails(new JanusFault("It did not answer in time."));
      }, ANSWER_MS);
      timer.unref();
      this.#waiting.set(transaction, { takes, fails, takesAck, timer });
      const session = this.#id === null ? {} : { session_id: this.#id };
      this.#socket.send(JSON.stringify({ ...message, ...session, apisecret: this.#secret, transaction }));
    });
  }

  #take(text: string): void {
    const message = parsed(text);
    if (!message) return;
    const waiting = this.#waiting.get(message.transaction ?? "");
    if (waiting) this.#answer(waiting, message);
    else this.#happens(message);
  }

  #answer({ takes, fails, takesAck, timer }: Waiting, message: JanusMessage): void {
    if (message.janus === "ack" && !takesAck) return;
    clearTimeout(timer);
    this.#waiting.delete(message.transaction ?? "");
    const said = message.plugindata?.data;
    if (message.error) fails(new JanusFault(message.error.reason, message.error.code));
    else if (said?.error_code === undefined) takes(message);
    else fails(new JanusFault(said.error ?? "It refused that.", said.error_code));
  }

  #happens(message: JanusMessage): void {
    if (message.janus === "timeout") this.#socket.terminate();
    const handle = this.#handles.get(message.sender ?? -1);
    if (message.janus === "webrtcup") handle?.up?.();
    if (message.janus === "hangup") handle?.down?.();
    if (message.janus === "trickle" && message.candidate) handle?.candidate?.(message.candidate);
  }
}

/** One handle in a session. */
export interface JanusHandle {
  /** Asks the VideoRoom. Rejects with a `JanusFault` where it refuses. */
  ask(body: object, jsep?: Jsep): Promise<JanusMessage>;
  trickle(candidate: object): void;
  /** Ends it, with the connection that was made with it. */
  detach(): void;
}

function parsed(text: string): JanusMessage | null {
  try {
    return JanusMessage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
