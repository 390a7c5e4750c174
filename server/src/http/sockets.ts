import { type Server as HttpServer, type IncomingMessage, ServerResponse } from "node:http";
import { PROTOCOL } from "@whetstone/shared/protocol";
import { Envelope } from "@whetstone/shared/room/command";
import { type Refusal, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import {
  type Acknowledgement,
  type ClientEvents,
  type Frame,
  Handshake,
  type ServerEvents,
} from "@whetstone/shared/wire";
import { Server, type Socket } from "socket.io";
import { Allowances, twiceAtOnce } from "../room/allowances.ts";
import type { Channel, Connection, Publisher } from "../room/publisher.ts";
import type { Incoming, Told, ToldOf } from "../room/side/channel.ts";
import { refuseBy, refuseOn } from "./api.ts";
import { Backlog, type BacklogLimits } from "./backlog.ts";
import { Delivery, lineOf, type Receiver, type Take } from "./delivery.ts";
import type { Door } from "./door.ts";
import type { Trust } from "./trust.ts";

type RoomServer = Server<ClientEvents, ServerEvents>;
type RoomSocket = Socket<ClientEvents, ServerEvents>;

export interface SocketsOptions {
  readonly publisher: Publisher;
  /** What side channels take in. */
  readonly incoming: readonly Incoming[];
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
  readonly trust: Pick<Trust, "refusalOf">;
  readonly door: Pick<Door, "enter" | "seat">;
  /** Commands that one seat may send in a second, on average; twice as many at once. */
  readonly commandsPerSecond: number;
  readonly backlogLimits: BacklogLimits;
  /** What the person is told of what was thrown. */
  readonly refusalOf: (error: unknown) => Refusal;
}

/** Serves the rooms over Socket.IO: token → seat at the handshake, then parse, execute, acknowledge. */
export function serveSockets(http: HttpServer, options: SocketsOptions): RoomServer {
  const { trust, door } = options;
  const io: RoomServer = new Server(http, {
    serveClient: false,
    // A connection that went silent is noticed within these times, in milliseconds, and shown as such.
    pingInterval: 8_000,
    pingTimeout: 6_000,
    maxHttpBufferSize: 512 * 1024,
    // So long may a connection stay open that has not said for whom it is, in milliseconds.
    connectTimeout: 15_000,
  });
  // Before every request of a connection, the polling ones too, and before a WebSocket is opened.
  io.engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const refused = trust.refusalOf(request) ?? (door.enter(request, response) ? null : refusal("too_many"));
    if (!refused) return next();
    // Of a WebSocket there is no response but what is written on the line.
    if (response instanceof ServerResponse) refuseBy(response, refused);
    else refuseOn(request.socket, refused);
  });
  const delivery = new Delivery(io);
  const allowances: SeatAllowances = {
    commands: new Allowances(twiceAtOnce(options.commandsPerSecond), options.steady),
    bytes: new Allowances(BYTES, options.steady),
  };
  io.on("connection", (socket) => void seat(socket, delivery, allowances, options));
  return io;
}

/** What seats may send, however many connections they make. */
interface SeatAllowances {
  readonly commands: Allowances;
  /** Bytes; letters of several bytes count as one. Whoever sends more than these is not listened to for a while. */
  readonly bytes: Allowances;
}

const BYTES = { perSecond: 1024 * 1024, atOnce: 8 * 1024 * 1024 };
/** What a connection may send before it is known whose it is. */
const BYTES_UNSEATED = 1024 * 1024;

const NOBODY: Handshake = { token: "", protocol: PROTOCOL, page: null, attempt: 0 };

async function seat(
  socket: RoomSocket,
  delivery: Delivery,
  allowances: SeatAllowances,
  options: SocketsOptions,
): Promise<void> {
  const backlog = new Backlog(socket, options.backlogLimits);
  const receiver: Receiver = {
    socket,
    connection: socket.conn,
    line: lineOf(socket.conn),
    backlog,
    takes: new Map([
      ["command", ([message], answer) => answer && void takeCommand(message, answer)] as const,
      ...options.incoming.map((event) => [event, takingIn(event)] as const),
    ]),
  };
  const channel = new SocketChannel(receiver, delivery);
  const handshake = Handshake.safeParse(socket.handshake.auth);
  const { token, protocol, page, attempt } = handshake.success ? handshake.data : NOBODY;
  if (protocol !== PROTOCOL) return channel.lose(refusal("other_version"));

  let connection: Connection | null = null;
  let bytes = 0;
  socket.conn.on("packet", ({ data }) => {
    bytes += typeof data === "string" ? data.length : 0;
    if (!connection) return bytes > BYTES_UNSEATED ? channel.lose(refusal("too_many")) : undefined;
    const isWithin = allowances.bytes.spend(connection.seat, bytes);
    bytes = 0;
    if (!isWithin) channel.lose(refusal("too_many"));
  });
  const seated = options.publisher
    .connect(token, channel, page === null ? null : { page, attempt })
    .catch(options.refusalOf);
  socket.on("disconnect", async () => {
    const left = await seated;
    if ("close" in left) left.close();
  });
  let isAsking = false;
  socket.on("resync", async () => {
    const asking = await seated;
    if (!("resync" in asking) || !allowances.commands.take(asking.seat) || isAsking) return;
    isAsking = true;
    // One at a time: whoever has not read the last one gets no other.
    backlog.whenRead(async () => {
      try {
        await asking.resync();
      } catch (error) {
        channel.lose(options.refusalOf(error));
      } finally {
        isAsking = false;
      }
    });
  });
  function takingIn(event: Incoming): Take {
    return async (content, answer) => {
      const sender = connection ?? (await seated);
      if ("receive" in sender) sender.receive(event, { content, answer });
    };
  }
  async function takeCommand(message: unknown, answer: (acknowledgement: Acknowledgement) => void): Promise<void> {
    const refuse = (reason: Refusal) => answer({ ok: false, refusal: reason });
    const sender = connection ?? (await seated);
    if ("reason" in sender) return refuse(sender);
    if (!allowances.commands.take(sender.seat)) return refuse(refusal("too_many"));
    const envelope = Envelope.safeParse(message);
    if (!envelope.success) return refuse(refuseInput(envelope.error));
    const { commandId, command } = envelope.data;
    try {
      answer(await sender.execute(commandId, command));
    } catch (error) {
      refuse(options.refusalOf(error));
    }
  }
  delivery.seat(receiver);

  const result = await seated;
  if ("reason" in result) return channel.lose(result);
  connection = result;
  if (!allowances.bytes.has(result.seat)) return channel.lose(refusal("too_many"));
  options.door.seat(socket.request.socket);
}

class SocketChannel implements Channel {
  readonly #receiver: Receiver;
  readonly #delivery: Delivery;

  constructor(receiver: Receiver, delivery: Delivery) {
    this.#receiver = receiver;
    this.#delivery = delivery;
  }

  frame(frame: Frame, others: readonly Channel[] = []): number {
    return this.#delivery.send(this.#with(others), "frame", [frame]);
  }

  tell<Event extends keyof Told>(event: Event, content: ToldOf<Event>, others: readonly Channel[] = []): void {
    this.#delivery.send<Event>(this.#with(others), event, content);
  }

  lose(reason: Refusal): void {
    const { socket } = this.#receiver;
    socket.emit("seatLost", reason);
    socket.disconnect(true);
  }

  #with(others: readonly Channel[]): readonly Receiver[] {
    const receivers = [this.#receiver];
    for (const other of others) if (other instanceof SocketChannel) receivers.push(other.#receiver);
    return receivers;
  }
}
