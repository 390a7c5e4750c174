import type { Server as HttpServer, IncomingMessage } from "node:http";
import { type Refusal, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import { type ClientEvents, Envelope, Handshake, PROTOCOL, type ServerEvents } from "@whetstone/shared/wire";
import { Server, type Socket } from "socket.io";
import { Delivery } from "./delivery.ts";
import type { Connection, Rooms } from "./rooms.ts";
import { hashSecret, roomOfSecret } from "./secrets.ts";

interface SocketData {
  connection: Connection;
}
type RoomServer = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
type RoomSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

export interface SocketsOptions {
  readonly rooms: Rooms;
  readonly now: () => number;
  readonly isAllowedOrigin: (request: IncomingMessage) => boolean;
  /** Commands that one connection may send in a second, on average; twice as many at once. */
  readonly commandsPerSecond: number;
  /** Told of what should not happen; the person is told that the server failed. */
  readonly onError: (error: unknown) => void;
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
  io.on("connection", (socket) => void seat(io, socket, delivery, options));
  return io;
}

async function seat(io: RoomServer, socket: RoomSocket, delivery: Delivery, options: SocketsOptions): Promise<void> {
  const { rooms, now } = options;
  const onFailure = (error: unknown): Refusal => {
    options.onError(error);
    return refusal("server_failed");
  };
  const lose = (reason: Refusal) => {
    socket.emit("seatLost", reason);
    socket.disconnect(true);
  };
  const handshake = Handshake.safeParse(socket.handshake.auth);
  const { token, protocol } = handshake.success ? handshake.data : { token: "", protocol: PROTOCOL };
  if (protocol !== PROTOCOL) return lose(refusal("other_version"));
  const roomId = roomOfSecret(token);
  if (roomId === null) return lose(refusal("unknown_link"));

  const seated = rooms
    .connect(roomId, hashSecret(token), {
      id: socket.id,
      frame: (frame, others = []) => {
        const sockets = others.flatMap(({ id }) => io.sockets.sockets.get(id) ?? []);
        delivery.send([socket, ...sockets], frame);
      },
      presence: (seatIds) => socket.emit("presence", seatIds),
      lose,
    })
    .catch(onFailure);
  socket.on("disconnect", async () => {
    const connection = await seated;
    if ("close" in connection) connection.close();
  });
  const allow = rateLimit(options.commandsPerSecond, now);
  socket.on("time", (answer) => {
    if (typeof answer === "function" && allow()) answer(now());
  });
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
      refuse(onFailure(error));
    }
  });

  const connection = await seated;
  if ("reason" in connection) lose(connection);
}

/** A token bucket: on average `perSecond` calls a second are allowed, and twice as many at once. */
function rateLimit(perSecond: number, now: () => number): () => boolean {
  let tokens = perSecond * 2;
  let last = now();
  return () => {
    const at = now();
    tokens = Math.min(perSecond * 2, tokens + (Math.max(0, at - last) * perSecond) / 1000);
    last = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
