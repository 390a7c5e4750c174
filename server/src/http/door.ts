import type { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { normalizeIP } from "@fastify/rate-limit";
import type { Trust } from "./trust.ts";

interface DoorLimits {
  /** Connections that one address may have open; behind a trusted proxy, requests and sockets under way for one client. */
  readonly perAddress: number;
  /** Connections of all addresses together. */
  readonly connections: number;
}

export interface DoorOptions {
  readonly limits: DoorLimits;
  readonly trust: Pick<Trust, "isProxy" | "clientOf">;
}

/** An address that connections come from. */
interface Address {
  readonly name: string;
  /** A proxy speaks for many, whom only its requests tell apart. */
  readonly isProxy: boolean;
  open: number;
  /** Those of its connections that are no seat's. */
  readonly strangers: Set<Socket>;
}

/**
 * Who may come in, before anything is known of them but their address. Whoever finds the house full takes the place of the stranger who
 * has completed no request for the longest time; only where all others are seats is nobody let in. So seats stay, newcomers and seats
 * that come back get in, and what is never finished is what goes.
 */
export class Door {
  readonly #options: DoorOptions;
  readonly #addresses = new Map<string, Address>();
  /** Connections that are no seat's, the first to go first. */
  readonly #strangers = new Map<Socket, Address>();
  readonly #underWay = new Map<string, number>();
  #open = 0;
  /** Whether the process has hardly anything left to open a connection with. */
  isScarce = false;

  /** `server` tells of each connection when it is opened. */
  constructor(server: EventEmitter, options: DoorOptions) {
    this.#options = options;
    server.on("connection", (socket: Socket) => this.#arrive(socket));
  }

  /** How many connections are open. */
  get open(): number {
    return this.#open;
  }

  /** A connection has become a seat's: nobody takes its place. */
  seat(socket: Socket): void {
    this.#strangers.get(socket)?.strangers.delete(socket);
    this.#strangers.delete(socket);
  }

  /** Whether a request may be under way, which it then is until `answer` is closed. */
  enter(request: IncomingMessage, answer: EventEmitter): boolean {
    const { trust, limits } = this.#options;
    const { socket } = request;
    answer.once("close", () => this.#goLast(socket));
    const client = trust.clientOf(request);
    // Of whom it asks for, a proxy may say nothing; and who comes without one is counted by connections.
    if (!trust.isProxy(socket.remoteAddress ?? "") || trust.isProxy(client)) return true;
    const count = this.#underWay.get(client) ?? 0;
    if (count >= limits.perAddress) return false;
    this.#underWay.set(client, count + 1);
    answer.once("close", () => {
      const others = (this.#underWay.get(client) ?? 0) - 1;
      if (others > 0) this.#underWay.set(client, others);
      else this.#underWay.delete(client);
    });
    return true;
  }

  #arrive(socket: Socket): void {
    const { perAddress, connections } = this.#options.limits;
    const address = this.#addressOf(socket);
    const isLetIn =
      (address.isProxy || address.open < perAddress || this.#dropFirst(address.strangers)) &&
      ((this.#open < connections && !this.isScarce) || this.#dropFirst(this.#strangers.keys()));
    if (!isLetIn) return void socket.destroy();
    this.#open += 1;
    address.open += 1;
    this.#addresses.set(address.name, address);
    address.strangers.add(socket);
    this.#strangers.set(socket, address);
    socket.once("close", () => {
      this.seat(socket);
      this.#open -= 1;
      address.open -= 1;
      if (address.open === 0) this.#addresses.delete(address.name);
    });
  }

  #addressOf({ remoteAddress = "" }: Socket): Address {
    const name = normalizeIP(remoteAddress);
    const isProxy = this.#options.trust.isProxy(remoteAddress);
    return this.#addresses.get(name) ?? { name, isProxy, open: 0, strangers: new Set() };
  }

  /** Whoever completes requests goes after those who do not. */
  #goLast(socket: Socket): void {
    const address = this.#strangers.get(socket);
    if (!address) return;
    this.seat(socket);
    address.strangers.add(socket);
    this.#strangers.set(socket, address);
  }

  /** Whether there was one to drop. */
  #dropFirst(sockets: Iterable<Socket>): boolean {
    for (const socket of sockets) {
      // It is counted until it is closed, and must not be the one that goes for the next newcomer too.
      this.seat(socket);
      socket.destroy();
      return true;
    }
    return false;
  }
}
