import { type ClientEvents, PROTOCOL, type ServerEvents } from "@whetstone/shared/wire";
import { io, type Socket } from "socket.io-client";
import { RECONNECTING } from "../../browser/network.ts";

export type RoomSocket = Socket<ServerEvents, ClientEvents>;

/** The socket of a seat. It reconnects by itself. */
export const openSocket = (token: string): RoomSocket => io({ auth: { token, protocol: PROTOCOL }, ...RECONNECTING });
