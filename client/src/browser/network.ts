import type { ManagerOptions, Socket } from "socket.io-client";

/** How every socket of ours comes back by itself. */
export const RECONNECTING = {
  transports: ["websocket", "polling"],
  tryAllTransports: true,
  reconnectionDelay: 300,
  reconnectionDelayMax: 3_000,
  timeout: 8_000,
} satisfies Partial<ManagerOptions>;

/**
 * Believes the browser when it says that the network is gone or back, instead of waiting for a timeout or for the next attempt. Returns
 * what stops it.
 */
export function followNetwork(socket: Pick<Socket, "io" | "active" | "connected" | "disconnect">): () => void {
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
