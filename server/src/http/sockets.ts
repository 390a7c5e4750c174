import type { Server as HttpServer, IncomingMessage } from "node:http";
import { type Refusal, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import { type ClientEvents, Envelope, Handshake, PROTOCOL, type ServerEvents } from "@whetstone/shared/wire";
import { Server, type Socket } from "socket.io";
import { allowance } from "../room/allowance.ts";
import type { Channel, Publisher } from "../room/publisher.ts";
import { hashSecret, roomOfSecret } from "../room/secrets.ts";
import type { Incoming } from "../room/side/channel.ts";
import { Delivery } from "./delivery.ts";

type RoomServer = Server<ClientEvents, ServerEvents>;
type RoomSocket = Socket<ClientEvents, ServerEvents>;

export interface SocketsOptions {
  readonly publisher: Publisher;
  /** What side channels take in. */
  readonly incoming: readonly Incoming[];
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
  readonly isAllowedOrigin: (request: IncomingMessage) => boolean;
  /** Commands that one connection may send in a second, on average; twice as many at once. */
  readonly commandsPerSecond: number;
  /** What the person is told of what was thrown. */
  readonly refusalOf: (error: unknown) => Refusal;
}

/** Serves the rooms over Socket.IO: token → seat at the handshake, then parse, execute, acknowledge. */
export function serveSockets(http: HttpServer, options: SocketsOptions): RoomServer {
  const io: RoomServer = new Server(http, {
    serveClient: false,
    // A connection that went silent is noticed within these times, in milliseconds, and shown as such.
    pingInterval: 8_000,
    pingTimeout: 6_000,
    maxHttpBufferSize: 512 * 1024,
    allowRequest: (request, decide) => decide(null, options.isAllowedOrigin(request)),
  });
  const delivery = new Delivery(io);
  io.on("connection", (socket) => void seat(socket, delivery, options));
  return io;
}

async function seat(socket: RoomSocket, delivery: Delivery, options: SocketsOptions): Promise<void> {
  const channel = channelTo(socket, delivery);
  const handshake = Handshake.safeParse(socket.handshake.auth);
  const { token, protocol } = handshake.success ? handshake.data : { token: "", protocol: PROTOCOL };
  if (protocol !== PROTOCOL) return channel.lose(refusal("other_version"));
  const roomId = roomOfSecret(token);
  if (roomId === null) return channel.lose(refusal("unknown_link"));

  const seated = options.publisher.connect(roomId, hashSecret(token), channel).catch(options.refusalOf);
  socket.on("disconnect", async () => {
    const connection = await seated;
    if ("close" in connection) connection.close();
  });
  const allow = allowance(options.commandsPerSecond, options.steady);
  for (const event of options.incoming) {
    socket.on(event, async (...sent: unknown[]) => {
      const last = sent.at(-1);
      const answer = typeof last === "function" ? (content: unknown) => last(content) : null;
      const connection = await seated;
      if ("receive" in connection) {
        connection.receive(event, { content: answer === null ? sent : sent.slice(0, -1), answer });
      }
    });
  }
  socket.on("resync", async () => {
    const connection = await seated;
    if ("resync" in connection && allow()) connection.resync();
  });
  socket.on("command", async (message, acknowledge) => {
    if (typeof acknowledge !== "function") return;
    const refuse = (reason: Refusal) => acknowledge({ ok: false, refusal: reason });
    if (!allow()) return refuse(refusal("too_many"));
    const envelope = Envelope.safeParse(message);
    if (!envelope.success) return refuse(refuseInput(envelope.error));
    const connection = await seated;
    if ("reason" in connection) return refuse(connection);
    const { commandId, command } = envelope.data;
    try {
      acknowledge(await connection.execute(commandId, command));
    } catch (error) {
      refuse(options.refusalOf(error));
    }
  });

  const connection = await seated;
  if ("reason" in connection) channel.lose(connection);
}

/** The sockets of the channels that frames are sent to together. */
const socketOf = new WeakMap<Channel, RoomSocket>();

function channelTo(socket: RoomSocket, delivery: Delivery): Channel {
  const channel: Channel = {
    frame: (frame, others = []) =>
      delivery.send([socket, ...others.flatMap((other) => socketOf.get(other) ?? [])], frame),
    tell: (event, ...content) => socket.emit(event, ...content),
    lose: (reason) => {
      socket.emit("seatLost", reason);
      socket.disconnect(true);
    },
  };
  socketOf.set(channel, socket);
  return channel;
}
