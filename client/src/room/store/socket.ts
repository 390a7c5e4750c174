import { PROTOCOL } from "@whetstone/shared/protocol";
import type { ClientEvents, ServerEvents } from "@whetstone/shared/wire";
import { io, type Socket } from "socket.io-client";
import { newId } from "../../browser/ids.ts";
import { findWay, RECONNECTING, tabWays } from "../../browser/network.ts";
import type { Ways } from "../../browser/ways.ts";

export type RoomSocket = Socket<ServerEvents, ClientEvents>;

/** The socket of a seat. It reconnects by itself, and says which of its connections is the latest: an earlier one may arrive after it. */
export function openSocket(token: string, ways: Ways = tabWays): RoomSocket {
  const page = newId("w");
  let attempt = 0;
  const auth = (give: (handshake: object) => void) => {
    attempt += 1;
    give({ token, protocol: PROTOCOL, page, attempt });
  };
  return findWay(io({ auth, ...RECONNECTING }), ways);
}
