import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { NewerEvents } from "@whetstone/shared/room/upcast";
import { KeyMissing } from "./keys.ts";
import { DamagedLog } from "./log.ts";

/** What people are told where an error says that one room cannot be read, and others can; null for any other error. */
export function whyUnreadable(error: unknown): Refusal | null {
  if (error instanceof NewerEvents) return refusal("room_newer");
  if (error instanceof KeyMissing) return refusal("room_locked");
  return error instanceof DamagedLog ? refusal("room_damaged") : null;
}
