import { io } from "socket.io-client";
import type { RoomSocket } from "./store.ts";

/** The socket of a seat. It reconnects by itself, at once when the browser says that it is online again. */
export function openSocket(token: string): RoomSocket {
  const socket: RoomSocket = io({
    auth: { token },
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    timeout: 8_000,
  });
  const goOffline = () => socket.io.engine?.close();
  const goOnline = () => {
    if (!socket.connected) socket.connect();
  };
  window.addEventListener("offline", goOffline);
  window.addEventListener("online", goOnline);
  return socket;
}
