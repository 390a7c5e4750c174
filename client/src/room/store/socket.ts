import { type ClientEvents, PROTOCOL, type ServerEvents } from "@whetstone/shared/wire";
import { io, type Socket } from "socket.io-client";

export type RoomSocket = Socket<ServerEvents, ClientEvents>;

/** The socket of a seat. It reconnects by itself. */
export function openSocket(token: string): RoomSocket {
  return io({
    auth: { token, protocol: PROTOCOL },
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    timeout: 8_000,
  });
}

/**
 * Believes the browser when it says that the network is gone or back, instead of waiting for a timeout or for the next attempt. Returns
 * what stops it.
 */
export function followNetwork(socket: RoomSocket): () => void {
  const goOffline = () => socket.io.engine?.close();
  const goOnline = () => {
    // A socket that was closed for good, because its seat is open somewhere else, stays closed.
    if (socket.active && !socket.connected) socket.disconnect().connect();
  };
  window.addEventListener("offline", goOffline);
  window.addEventListener("online", goOnline);
  return () => {
    window.removeEventListener("offline", goOffline);
    window.removeEventListener("online", goOnline);
  };
}
