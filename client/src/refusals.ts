import type { RefusalReason } from "@whetstone/shared/room/refusal";

const TEMPORARY: ReadonlySet<RefusalReason> = new Set<RefusalReason>(["not_saved", "too_many", "server_failed"]);

/** Whether the same command or request may succeed a moment later. */
export const isTemporary = (reason: RefusalReason): boolean => TEMPORARY.has(reason);
