import { Trail } from "@whetstone/shared/room/view/trail";
import { EraseResponse } from "@whetstone/shared/rooms-wire";
import { call, change, fetchJson } from "../../api/call.ts";
import { saveResponse } from "../../browser/files.ts";

export const readTrail = (token: string): Promise<Trail> => fetchJson("/room/trail", Trail, { token });

/** Saves everything about the candidate as a file. */
export async function downloadRecord(token: string): Promise<void> {
  await saveResponse(await call("/room/record.zip", { token }), "whetstone-record.zip");
}

/** Erases what people wrote in the room; asked for again after a lost answer it is the same request. */
export const eraseRoom = (token: string): Promise<EraseResponse> =>
  change("/room/erase", EraseResponse, { token, body: {} });
