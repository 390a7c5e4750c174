import type { ManagerOptions, Socket } from "socket.io-client";
import { followJumps } from "./jumps.ts";
import { Pulse } from "./pulse.ts";
import { scout } from "./scout.ts";
import { tabStorage } from "./storage.ts";
import { type Transport, Ways } from "./ways.ts";

/**
 * A room is connected again within ten seconds of any change of network, from when a new connection can succeed: on a line with a trip of
 * 0.4 s, on which one for requests takes 1.2 s until it carries an answer, and a socket at most 3 s until it is taken, and 1.6 where the server
 * was just reached by HTTP, as lines are open then. Its bounds, in seconds:
 * - A line falls silent: asked for an answer every 2.5 and given up after 3.5 at most (`pulse.ts`), and 3 for the next: 9.
 * - So it does, the browser had dead lines only, and WebSockets are swallowed from now on: 6, 2.2 until the attempt by one is given up (1.2
 *   until HTTP answers, and 1 of grace), and 1.6: 9.8.
 * - Attempts are refused: 2 between two of them (`reconnectionDelayMax`), 4.8 where the next is swallowed (1.6 until it is open, 1 until it is
 *   doubted, 1.2 until HTTP answers, 1 of grace; less where it does not open), and 1.6: 8.4. As much where the browser says that it is back.
 * - Attempts hang: 1.5 for a question by HTTP that is lost (`SCOUT_MS`), 1.2 for the next, 1 of grace, and 1.6: 5.3. Where another attempt was
 *   begun within the 1.5, and is swallowed, 4.8 in place of those two: 7.9.
 * What is slower than such a line takes longer, and is waited for longer.
 */

/** How every socket of ours comes back by itself. It is connected by `findWay`. */
export const RECONNECTING = {
  autoConnect: false,
  tryAllTransports: true,
  reconnectionDelay: 300,
  reconnectionDelayMax: 2_000,
  // The server ends each poll sooner, and one that is given up is not taken back: a dead one holds one of the browser's few lines so long.
  requestTimeout: 12_000,
} satisfies Partial<ManagerOptions>;

const steady = (): number => performance.now();

/** The ways of this tab, which a reload does not forget. */
export const tabWays = new Ways({ storage: tabStorage, steady });

const transportOf = ({ io }: Pick<Socket, "io">): Transport =>
  io.engine?.transport?.name === "polling" ? "polling" : "websocket";

/** A connection is given up by both ends of the socket, and another is opened without waiting for anything of the old one. */
function rebuild(socket: Pick<Socket, "io" | "disconnect">): void {
  const { engine } = socket.io;
  const reopened = socket.disconnect();
  letGo(engine);
  reopened.connect();
}

/** Ends the poll that the line was given up for: the library leaves it open, and it would keep one of the browser's few lines from others. */
function letGo(engine: Socket["io"]["engine"] | undefined): void {
  const request = within(within(engine?.transport, "pollXhr"), "_xhr");
  const abort = within(request, "abort");
  if (typeof abort === "function") abort.call(request);
}

const within = (object: unknown, key: string): unknown =>
  typeof object === "object" && object !== null ? Reflect.get(object, key) : undefined;

/** Nothing comes by the line that is open, or that is being opened: another is opened, by the way that is to be tried next. */
function giveUp(socket: Pick<Socket, "io" | "disconnect">, ways: Ways): void {
  ways.silent(transportOf(socket));
  rebuild(socket);
}

/** After how long a WebSocket is tried again beside long polls, in milliseconds, and how much later each time. The server gives up one within ten seconds. */
const UPGRADE = { afterMs: 12_000, timesLater: 4, latestMs: 20 * 60_000 };

/** Tries a WebSocket beside the long polls that are open, which stay until it carries an answer. */
function tryUpgrade({ engine }: Pick<Socket["io"], "engine">): void {
  // The library does so by itself once, when a line is opened.
  const probe: unknown = Reflect.get(engine, "_probe");
  if (typeof probe === "function") probe.call(engine, "websocket");
}

/** What proxies do changes, so that what they swallowed once is tried again, ever more seldom. Returns what stops it. */
function upgradeLater(socket: Pick<Socket, "io" | "connected">, ways: Ways): () => void {
  let waits = UPGRADE.afterMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    timer = setTimeout(() => {
      if (transportOf(socket) === "websocket") return;
      if (socket.connected && ways.next().upgrade) tryUpgrade(socket.io);
      waits = Math.min(UPGRADE.latestMs, waits * UPGRADE.timesLater);
      wait();
    }, waits);
  };
  wait();
  return () => clearTimeout(timer);
}

/** After how long an attempt is doubted that is not open yet, and one that is and whose socket the other end has not taken, in milliseconds. */
const DOUBTED = { notOpen: 1_500, open: 1_000 };

/**
 * One attempt to connect. An attempt that hangs may hang for a network that is gone, and for a way on which everything is swallowed, so
 * that the server is asked by HTTP meanwhile: where it answers and the attempt still hangs, another is begun at once.
 */
class Attempt {
  readonly #socket: Pick<Socket, "io" | "active" | "connected" | "disconnect">;
  readonly #ways: Ways;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #isReached = false;
  #endScout = () => {};

  constructor(socket: Pick<Socket, "io" | "active" | "connected" | "disconnect">, ways: Ways) {
    this.#socket = socket;
    this.#ways = ways;
  }

  begin(doubtedMs: number): void {
    this.end();
    const { patienceMs, graceMs, isInDoubt } = this.#ways.next();
    this.#after(patienceMs, () => this.#hangs());
    this.#after(isInDoubt ? 0 : doubtedMs, () => {
      this.#endScout = scout(() => {
        this.#isReached = true;
        this.#ways.reached();
        this.#after(graceMs, () => this.#hangs());
      });
    });
  }

  /** It is open. Where the server was reached meanwhile, it has what is left of its grace. */
  opened(): void {
    if (!this.#isReached) this.begin(DOUBTED.open);
  }

  end(): void {
    this.#isReached = false;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#endScout();
    this.#endScout = () => {};
  }

  #hangs(): void {
    this.end();
    giveUp(this.#socket, this.#ways);
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      // The room may have been left meanwhile.
      if (this.#socket.active && !this.#socket.connected) act();
    }, ms);
    this.#timers.push(timer);
  }
}

/**
 * Connects a socket by the way that its tab knows to work, and by another one where that carries nothing. Socket.IO tries the next
 * transport where one is refused, and the same one for ever where it opens and swallows what goes through it.
 */
export function findWay<S extends Socket>(socket: S, ways: Ways = tabWays): S {
  const { io } = socket;
  const attempt = new Attempt(socket, ways);
  let forgetUpgrade = () => {};
  const begin = () => {
    const { transports, upgrade } = ways.next();
    io.opts.transports = [...transports];
    io.opts.upgrade = upgrade;
    attempt.begin(DOUBTED.notOpen);
  };
  // An attempt that hangs is ended here, and sooner where the server is there.
  io.timeout(false);
  io.on("open", () => {
    ways.opened();
    io.engine.on("upgrade", () => ways.opened());
    forgetUpgrade();
    forgetUpgrade = upgradeLater(socket, ways);
    // Open is the transport; that the other end is heard and hears us shows in its taking the socket.
    attempt.opened();
  });
  io.on("error", () => attempt.end());
  io.on("close", () => {
    forgetUpgrade();
    // Where it is opened again at once, nothing tells of it.
    begin();
  });
  io.on("reconnect_attempt", begin);
  socket.on("connect", () => attempt.end());
  begin();
  socket.connect();
  return socket;
}

/** What is used of a socket to follow the network. */
type Followed = Pick<Socket, "io" | "active" | "connected" | "disconnect"> & {
  on(event: "connect" | "disconnect", listener: () => void): unknown;
  emit(event: "time", answer: () => void): unknown;
};

export interface FollowOptions {
  readonly ways?: Ways;
  /** This computer slept, or its clock was set: what was measured before says nothing any more. */
  readonly onJump?: () => void;
}

/** What a browser says where the line may have gone without a word. */
const SIGNS: readonly (readonly [on: "window" | "document" | "connection", event: string])[] = [
  ["window", "online"],
  ["window", "pageshow"],
  ["window", "focus"],
  ["document", "visibilitychange"],
  ["document", "resume"],
  ["connection", "change"],
];

/** An attempt that is younger than this, in milliseconds, is let be. */
const YOUNG_MS = 1_500;

/**
 * Finds out that a line is dead long before it is told so: it is asked for an answer every few seconds, and at once when the browser says
 * that the network is back or another one, or that the page was asleep. Returns what stops it.
 */
export function followNetwork(socket: Followed, { ways = tabWays, onJump }: FollowOptions = {}): () => void {
  // A page that is shown for the first time is connecting already.
  let triedAt = steady();
  const again = () => {
    triedAt = steady();
    rebuild(socket);
  };
  const pulse = new Pulse({
    ask: (answered) => socket.emit("time", answered),
    steady,
    onAnswer: () => ways.answered(transportOf(socket)),
    onDoubt: () => scout(() => ways.reached()),
    onSilent: () => {
      triedAt = steady();
      giveUp(socket, ways);
    },
  });
  const look = () => {
    if (socket.connected) return pulse.look();
    // A socket that was closed for good, because its seat is open somewhere else, stays closed.
    if (socket.active && steady() - triedAt >= YOUNG_MS) again();
  };
  const signs = (event: Event) => {
    if (event.type === "visibilitychange" && document.visibilityState === "hidden") return;
    if (event.type === "online" || event.type === "change") ways.changed();
    if (event.type === "online") triedAt = Number.NEGATIVE_INFINITY;
    look();
  };
  const goOffline = () => socket.io.engine?.close();
  socket.io.on("reconnect_attempt", () => {
    triedAt = steady();
  });
  let isOver = false;
  socket.on("connect", () => isOver || pulse.start());
  socket.on("disconnect", () => pulse.stop());
  if (socket.connected) pulse.start();
  const unlisten = listen(signs);
  window.addEventListener("offline", goOffline);
  const forgetJumps = followJumps(() => {
    onJump?.();
    look();
  });
  return () => {
    isOver = true;
    pulse.stop();
    unlisten();
    forgetJumps();
    window.removeEventListener("offline", goOffline);
  };
}

function listen(listener: (event: Event) => void): () => void {
  const { document, navigator } = window;
  // Not every browser tells of the network below it.
  const connection: unknown = navigator && "connection" in navigator ? navigator.connection : undefined;
  const targets = { window, document, connection: connection instanceof EventTarget ? connection : undefined };
  for (const [on, event] of SIGNS) targets[on]?.addEventListener(event, listener);
  return () => {
    for (const [on, event] of SIGNS) targets[on]?.removeEventListener(event, listener);
  };
}
