import type { PeerFeedbackFormat } from "@whetstone/shared/export-wire";
import { call } from "../../../api/call.ts";
import { saveResponse } from "../../../browser/files.ts";

/** Downloads what the seat keeps of the practice, under the name that the server gives it; a refusal is thrown as `RequestRefused`. */
export async function downloadPeerFeedback(token: string, format: PeerFeedbackFormat): Promise<void> {
  await saveResponse(await call(`/room/peer-feedback.${format}`, { token }), `whetstone-practice.${format}`);
}
