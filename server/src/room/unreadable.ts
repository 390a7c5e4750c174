import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { NewerEvents } from "@whetstone/shared/room/upcast";
import { DamagedDocument } from "./documents/store.ts";
import { KeyMissing } from "./keys.ts";
import { DamagedLog } from "./log.ts";

/** What people are told where an error says that one room or document cannot be read, and others can; null for any other error. */
export function whyUnreadable(error: unknown): Refusal | null {
  if (error instanceof NewerEvents) return refusal("room_newer");
  if (error instanceof KeyMissing) return refusal("room_locked");
  if (error instanceof DamagedDocument) return refusal("document_damaged");
  return error instanceof DamagedLog ? refusal("room_damaged") : null;
}
