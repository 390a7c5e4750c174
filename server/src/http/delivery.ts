import type { Socket as TcpSocket } from "node:net";
import type { ClientEvents, Frame, ServerEvents } from "@whetstone/shared/wire";
import type { Server, Socket } from "socket.io";
import type { Backlog } from "./backlog.ts";

/** So many sockets are held back together. With more, those who wait for the first of them would sit idle. */
const BURST = 128;

/**
 * Bytes that may wait for one receiver before its frames are left to Socket.IO, which waits until they are gone, so that the limits that
 * it keeps for slow receivers hold.
 */
const BACKLOG = 64 * 1024;

/** What stands before an event without an acknowledgement, in the default namespace (Engine.IO protocol 4, Socket.IO protocol 5). */
const EVENT = "42";

type SeatSocket = Socket<ClientEvents, ServerEvents>;

/**
 * Brings frames to many seats at once. What one turn of the event loop writes leaves in dense bursts, the last of them when the turn
 * ends: writing to a receiver who is awake costs a fraction of waking one up, and what one socket gets in a turn becomes one write.
 * A frame for several seats is encoded once, and its bytes go past Socket.IO's queue to each WebSocket whose queue is empty, so that
 * nothing overtakes anything; all others get it from Socket.IO.
 */
export class Delivery {
  #held: TcpSocket[] = [];
  readonly #backlogs = new WeakMap<SeatSocket, Backlog>();

  constructor(io: Server<ClientEvents, ServerEvents>) {
    io.engine.on("connection", (connection: Socket["conn"]) => this.watch(connection));
  }

  /** Lets what Socket.IO writes to a connection leave with the rest of the turn. */
  watch(connection: Socket["conn"]): void {
    connection.on("packetCreate", () => {
      const line = lineOf(connection);
      if (line) this.#hold(line);
    });
  }

  /** From now on what is sent to the socket counts as its backlog. */
  account(socket: SeatSocket, backlog: Backlog): void {
    this.#backlogs.set(socket, backlog);
  }

  /** Sends the same frame to all of the sockets, and gives its length in bytes. */
  send(sockets: readonly SeatSocket[], frame: Frame): number {
    const bytes = textFrame(EVENT + JSON.stringify(["frame", frame]));
    for (const socket of sockets) {
      const { conn } = socket;
      const line = lineOf(conn);
      if (line && conn.readyState === "open" && conn.transport.writable && line.writableLength < BACKLOG) {
        this.#hold(line);
        line.write(bytes);
        this.#backlogs.get(socket)?.judge();
      } else socket.emit("frame", frame);
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

/** The connection under a WebSocket; null where the first request did not open it and carries something else. */
function lineOf({ transport, upgraded, request }: Socket["conn"]): TcpSocket | null {
  return transport.name === "websocket" && !upgraded ? request.socket : null;
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
