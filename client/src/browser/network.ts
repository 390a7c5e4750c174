import type { ManagerOptions, Socket } from "socket.io-client";
import { followJumps } from "./jumps.ts";
import { Pulse } from "./pulse.ts";
import { tabStorage } from "./storage.ts";
import { type Transport, Ways } from "./ways.ts";

/** How every socket of ours comes back by itself. It is connected by `findWay`. */
export const RECONNECTING = {
  autoConnect: false,
  tryAllTransports: true,
  reconnectionDelay: 300,
  reconnectionDelayMax: 3_000,
  // The server ends each poll sooner, and one that is given up is not taken back: a dead one holds one of the browser's few lines so long.
  requestTimeout: 12_000,
} satisfies Partial<ManagerOptions>;

const steady = (): number => performance.now();

/** The ways of this tab, which a reload does not forget. */
export const tabWays = new Ways({ storage: tabStorage, steady });

/** A connection is given up by both ends of the socket, and another is opened without waiting for anything of the old one. */
const rebuild = (socket: Pick<Socket, "disconnect">): void => void socket.disconnect().connect();

/** How many lines a browser keeps open to one server for its next requests, at most. */
const KEPT_LINES = 6;
/** In milliseconds. */
const SWEEP_MS = 1_000;

/**
 * Where one line is dead, those are as well that the browser keeps for its next requests, and it would wait for each in turn. Asks the
 * server by all of them for what costs nothing, and gives up those that carry no answer.
 */
async function sweep(): Promise<void> {
  const asked = Array.from({ length: KEPT_LINES }, (_, line) =>
    fetch(`/api/info?line=${line}`, { cache: "no-store", signal: AbortSignal.timeout(SWEEP_MS) }),
  );
  await Promise.allSettled(asked);
}

const transportOf = ({ io }: Pick<Socket, "io">): Transport =>
  io.engine?.transport?.name === "polling" ? "polling" : "websocket";

/** Nothing comes by the line that is open: another is opened, by the way that is to be tried next. */
async function giveUp(socket: Pick<Socket, "io" | "active" | "disconnect">, ways: Ways): Promise<void> {
  ways.silent(transportOf(socket));
  const swept = sweep();
  // A WebSocket is opened on a line of its own.
  if (ways.next().transports[0] === "websocket") return rebuild(socket);
  await swept;
  // The room may have been left meanwhile.
  if (socket.active) rebuild(socket);
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

/**
 * Connects a socket by the way that its tab knows to work, and by another one where that carries nothing. Socket.IO tries the next
 * transport where one is refused, and the same one for ever where it opens and swallows what goes through it.
 */
export function findWay<S extends Socket>(socket: S, ways: Ways = tabWays): S {
  const { io } = socket;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let forgetUpgrade = () => {};
  const prepare = () => {
    const { transports, upgrade, patienceMs } = ways.next();
    io.opts.transports = [...transports];
    io.opts.upgrade = upgrade;
    io.timeout(patienceMs);
    return patienceMs;
  };
  io.on("open", () => {
    ways.opened();
    io.engine.on("upgrade", () => ways.opened());
    forgetUpgrade();
    forgetUpgrade = upgradeLater(socket, ways);
    // Open is the transport; that the other end is heard and hears us shows in its taking the socket.
    clearTimeout(waiting);
    waiting = setTimeout(() => void giveUp(socket, ways), ways.next().patienceMs);
  });
  io.on("error", ({ message }) => {
    if (message === "timeout") {
      const way = transportOf(socket);
      ways.silent(way);
      if (way === "polling") void sweep();
    }
    prepare();
  });
  io.on("close", () => {
    clearTimeout(waiting);
    forgetUpgrade();
    prepare();
  });
  io.on("reconnect_attempt", prepare);
  socket.on("connect", () => clearTimeout(waiting));
  prepare();
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
    onSilent: () => {
      triedAt = steady();
      void giveUp(socket, ways);
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
