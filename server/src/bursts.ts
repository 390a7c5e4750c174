import type { Socket } from "node:net";
import type { Server } from "socket.io";

/** So many sockets are held back together. With more, those who wait for the first of them would sit idle. */
const BURST = 128;

/**
 * Lets what one turn of the event loop writes to many WebSockets leave in dense bursts, the last of them when the turn ends. Writing
 * to a receiver who is awake costs a fraction of waking one up, and what one socket gets in a turn becomes one write.
 */
export function sendInBursts(io: Server): void {
  let held: Socket[] = [];
  const release = () => {
    const sockets = held;
    held = [];
    for (const socket of sockets) socket.uncork();
  };
  io.engine.on("connection", (connection) => {
    connection.on("packetCreate", () => {
      // The first request's socket carries the connection only where that request opened a WebSocket.
      const isWebSocket = connection.transport.name === "websocket" && !connection.upgraded;
      const { socket } = connection.request;
      if (!isWebSocket || socket.writableCorked > 0) return;
      if (held.length >= BURST) release();
      if (held.length === 0) process.nextTick(() => release());
      socket.cork();
      held.push(socket);
    });
  });
}
