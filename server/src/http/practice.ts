import type { IncomingMessage } from "node:http";
import {
  type PracticeClientEvents,
  PracticeCommand,
  PracticeHandshake,
  type PracticeServerEvents,
  PracticeTopics,
} from "@whetstone/shared/practice/wire";
import { type Refusal, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import type { FastifyBaseLogger } from "fastify";
import type { Server, Socket } from "socket.io";
import type { Library } from "../bank/library.ts";
import type { Acquaintances } from "../practice/acquaintances.ts";
import { type OpenPair, PracticeQueue } from "../practice/queue.ts";
import { Allowances, twiceAtOnce } from "../room/allowances.ts";
import { hashSecret, newId } from "../room/secrets.ts";
import { type RouteOptions, type Routes, refusals } from "./api.ts";
import type { Trust } from "./trust.ts";

/** How many may look for a partner from one address: a household, or some of a class. */
export const PLACES_PER_ADDRESS = 5;

/** How often the queue does what the time does, in milliseconds. */
const BEAT_MS = 1_000;
const BYTES = { perSecond: 32 * 1024, atOnce: 1024 * 1024 };

export interface PracticeOptions {
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
  readonly trust: Pick<Trust, "clientOf">;
  readonly openPair: OpenPair;
  readonly acquaintances: Acquaintances;
  readonly placesPerAddress: number;
  /** What all browsers of one address may send in a second, on average; twice as many at once. */
  readonly commandsPerSecond: number;
  readonly log: Pick<FastifyBaseLogger, "warn" | "error">;
  /** What the person is told of what was thrown. */
  readonly refusalOf: (error: unknown) => Refusal;
}

/** What a page must know before it looks for a partner. */
export const practiceRoutes: Routes<RouteOptions & { readonly library: Library }> = async (app, { library }) => {
  app.get(
    "/practice/topics",
    {
      config: { admits: "anyone" },
      schema: { summary: "Topics to find a partner for", response: { 200: PracticeTopics, ...refusals } },
    },
    async () => ({ topics: library.topicsForStrangers() }),
  );
};

type PracticeSocket = Socket<PracticeClientEvents, PracticeServerEvents>;

/**
 * Serves the queue of those who look for a partner in the namespace `/practice` of the rooms' sockets, behind the same door. Whoever comes is a
 * stranger, so what they send is counted by their address: a browser's secret costs nothing to make up.
 */
export function servePractice(io: Pick<Server, "of">, options: PracticeOptions): { readonly close: () => void } {
  const { now, steady, trust, openPair, acquaintances, placesPerAddress, log } = options;
  const queue = new PracticeQueue({
    now,
    steady,
    newId,
    openPair,
    acquaintances,
    placesPerAddress,
    onReport: (report) => log.warn({ report }, "a partner was reported"),
    onError: (error, doing) => log.error(error, doing),
  });
  const commands = new Allowances(twiceAtOnce(options.commandsPerSecond), steady);
  const bytes = new Allowances(BYTES, steady);
  io.of("/practice").on("connection", (socket: PracticeSocket) => {
    const address = trust.clientOf(socket.request as IncomingMessage);
    const lose = (reason: Refusal) => {
      socket.emit("lost", reason);
      socket.disconnect(true);
    };
    const handshake = PracticeHandshake.safeParse(socket.handshake.auth);
    if (!handshake.success) return lose(refusal("malformed"));
    // The secret itself is kept nowhere.
    const seekerId = `b_${hashSecret(handshake.data.browser)
      .slice(0, 32)
      .replace(/[^A-Za-z0-9-]/g, "-")}`;
    socket.conn.on("packet", ({ data }) => {
      bytes.spend(address, typeof data === "string" ? data.length : 0);
      if (!bytes.has(address)) lose(refusal("too_many"));
    });
    socket.on("command", (message, answer) => {
      if (typeof answer !== "function") return;
      if (!commands.take(address)) return answer({ ok: false, refusal: refusal("too_many") });
      const command = PracticeCommand.safeParse(message);
      if (!command.success) return answer({ ok: false, refusal: refuseInput(command.error) });
      try {
        answer(queue.execute({ seekerId, address }, command.data));
      } catch (error) {
        answer({ ok: false, refusal: options.refusalOf(error) });
      }
    });
    socket.on("time", (answer) => {
      if (typeof answer === "function") answer(queue.now());
    });
    socket.on("disconnect", queue.connect(seekerId, { show: (view) => socket.emit("view", view, queue.now()) }));
  });
  const beating = setInterval(() => {
    try {
      queue.beat();
    } catch (error) {
      log.error(error, "the queue for partners failed");
    }
  }, BEAT_MS);
  beating.unref();
  return {
    close: () => {
      clearInterval(beating);
      acquaintances.close();
    },
  };
}
