import type { Socket as TcpSocket } from "node:net";
import type { ClientEvents, ServerEvents } from "@whetstone/shared/wire";
import type { Server, Socket } from "socket.io";
import type { Backlog } from "./backlog.ts";

/** So many sockets are held back together. With more, those who wait for the first of them would sit idle. */
const BURST = 128;

/**
 * Bytes that may wait for one receiver before what it gets is left to Socket.IO, which waits until they are gone, so that the limits that
 * it keeps for slow receivers hold.
 */
const BACKLOG = 64 * 1024;

/** Before every packet of Socket.IO stands what makes it a message of Engine.IO (its protocol 4). */
const MESSAGE = "4";
/** An event, and the number of its answer where its sender waits for one, as they come in the default namespace (Socket.IO protocol 5). */
const EVENT = /^2(\d{0,15})(?=\["(\w{1,20})"[,\]])/;

type SeatSocket = Socket<ClientEvents, ServerEvents>;
type Connection = Socket["conn"];

/** Is given what came of an event, not parsed yet, and answers it where its sender waits for that. */
export type Take = (content: readonly unknown[], answer: ((answer: unknown) => void) | null) => void;

/** A socket with what is told of its traffic. */
export interface Receiver {
  readonly socket: SeatSocket;
  readonly connection: Connection;
  /** What `lineOf` gives for it. */
  readonly line: TcpSocket | null;
  /** Judges what is sent to it. */
  readonly backlog: Pick<Backlog, "judge">;
  /** Who takes what comes from it, by event. */
  readonly takes: ReadonlyMap<Exclude<keyof ClientEvents, "resync">, Take>;
}

/**
 * Brings in what seats say, and answers, frames and what is told beside them to many seats at once. What one turn of the event loop writes leaves in dense bursts, the last
 * of them when the turn ends: writing to a receiver who is awake costs a fraction of waking one up, and what one socket gets in a turn
 * becomes one write. What is said comes past Socket.IO's layers, which cost as much as carrying out a command, and what is sent goes past them to each
 * WebSocket whose queue is empty, so that nothing overtakes anything; what is for several seats is encoded once. All others get it from Socket.IO.
 */
export class Delivery {
  #held: TcpSocket[] = [];
  readonly #receivers = new WeakMap<Connection, Receiver>();

  constructor(io: Server<ClientEvents, ServerEvents>) {
    io.engine.on("connection", (connection: Connection) => this.watch(connection));
  }

  /** Lets what Socket.IO writes to a connection leave with the rest of the turn, and takes what is said by whoever sits there. */
  watch(connection: Connection): void {
    const line = lineOf(connection);
    if (line) connection.on("packetCreate", () => this.#hold(line));
    const socketIo = connection.listeners("data");
    connection.removeAllListeners("data");
    connection.on("data", (data: unknown) => {
      const receiver = this.#receivers.get(connection);
      if (typeof data === "string" && receiver?.socket.connected && this.#takeEvent(data, receiver)) return;
      for (const listener of socketIo) listener(data);
    });
  }

  /** From now on what it says is taken, and what is sent to it is judged. */
  seat(receiver: Receiver): void {
    const { socket, connection, takes } = receiver;
    this.#receivers.set(connection, receiver);
    // In any other form than that of most.
    for (const [event, take] of takes) {
      socket.on(event, (...sent: unknown[]) => {
        const last = sent.at(-1);
        if (typeof last === "function") take(sent.slice(0, -1), (answer) => last(answer));
        else take(sent, null);
      });
    }
  }

  /** Sends the same to all of the receivers, and gives its length in bytes. */
  send<Event extends keyof ServerEvents>(
    receivers: readonly Receiver[],
    event: Event,
    content: Parameters<ServerEvents[Event]>,
  ): number {
    return this.#write(receivers, `2${JSON.stringify([event, ...content])}`);
  }

  /** What is not in the form of most is left to Socket.IO: then this gives false. */
  #takeEvent(packet: string, receiver: Receiver): boolean {
    const [start, id, event] = EVENT.exec(packet) ?? [];
    if (start === undefined || event === undefined) return false;
    const takes: ReadonlyMap<string, Take> = receiver.takes;
    const take = takes.get(event);
    const sent = take && parsedList(packet.slice(start.length));
    if (!sent) return false;
    const answer = (answer: unknown) => void this.#write([receiver], `3${id}${JSON.stringify([answer])}`);
    take(sent.slice(1), id ? answer : null);
    return true;
  }

  #write(receivers: readonly Receiver[], packet: string): number {
    const bytes = textFrame(MESSAGE + packet);
    for (const { connection, line, backlog } of receivers) {
      if (line && connection.readyState === "open" && connection.transport.writable && line.writableLength < BACKLOG) {
        this.#hold(line);
        line.write(bytes);
        if (line.writableLength > BACKLOG) backlog.judge();
      } else connection.write(packet);
    }
    return bytes.length;
  }

  #hold(line: TcpSocket): void {
    if (line.writableCorked > 0) return;
    if (this.#held.length >= BURST) this.#release();
    if (this.#held.length === 0) process.nextTick(() => this.#release());
    line.cork();
    this.#held.push(line);
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const line of held) line.uncork();
  }
}

/**
 * The connection under a WebSocket; null where the first request did not open it and carries something else. It stays the same for good, as
 * what was opened by another request stays that.
 */
export function lineOf({ transport, upgraded, request }: Connection): TcpSocket | null {
  return transport.name === "websocket" && !upgraded ? request.socket : null;
}

function parsedList(json: string): readonly unknown[] | null {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** A text message as a server sends it: one frame, not masked (RFC 6455, section 5.2). */
function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + extended + length);
  frame[0] = 0x81;
  if (extended === 0) frame[1] = length;
  else if (extended === 2) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, 2 + extended);
  return frame;
}
