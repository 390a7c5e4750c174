import type { ExportFormat } from "@whetstone/shared/export-wire";
import {
  type OpenPeersRequest,
  type OpenRoomRequest,
  OpenRoomResponse,
  ServerInfo,
} from "@whetstone/shared/rooms-wire";
import { saveResponse } from "../browser/files.ts";
import { holderName } from "../browser/holder.ts";
import { call, change, fetchJson, keyHeader } from "./call.ts";

export const serverInfo = () => fetchJson("/info", ServerInfo);
export const openRoom = (body: OpenRoomRequest, key: string | null) =>
  change("/rooms", OpenRoomResponse, { body: { ...body, holder: holderName() }, headers: keyHeader(key) });
export const openPeers = (body: OpenPeersRequest, key: string | null) =>
  change("/rooms/peers", OpenRoomResponse, { body: { ...body, holder: holderName() }, headers: keyHeader(key) });

/** Downloads the room in a format, under the name that the server gives it; a refusal is thrown as `RequestRefused`. */
export async function downloadExport(token: string, format: ExportFormat): Promise<void> {
  await saveResponse(await call(`/room/export.${format}`, { token }), `whetstone-room.${format}`);
}
