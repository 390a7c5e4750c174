import type { Refusal, RefusalReason } from "@whetstone/shared/room/refusal";

const TEMPORARY: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  "not_saved",
  "too_many",
  "too_slow",
  "server_busy",
  "server_failed",
]);

/** Whether the same command or request may succeed a moment later. */
export const isTemporary = (reason: RefusalReason): boolean => TEMPORARY.has(reason);

/** A request that the server refused, or that did not reach it; `message` is the sentence for the person. */
export class RequestRefused extends Error {
  readonly refusal: Refusal;
  /** Whether the server said so itself. Otherwise it may have done what was asked, and the answer was lost. */
  readonly isAnswer: boolean;

  constructor(refused: Refusal, isAnswer = true) {
    super(refused.sentence);
    this.refusal = refused;
    this.isAnswer = isAnswer;
  }
}

/** Whether it was refused because the host key is missing, or is another than this server's. */
export const asksForKey = (error: unknown): boolean =>
  error instanceof RequestRefused && error.refusal.reason === "key_required";
