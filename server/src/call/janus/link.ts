import type { CallSignal } from "@whetstone/shared/call/wire";
import type { HandleEvents, JanusHandle, JanusSession } from "./session.ts";

interface LinkOptions extends HandleEvents {
  readonly session: JanusSession;
  readonly number: number;
  /** It failed, and is over. */
  readonly onFault: (error: unknown) => void;
}

/** One connection of somebody's browser with Janus: what is asked with its handle, one after the other, until it is over. */
export class JanusLink {
  readonly number: number;
  readonly #onFault: (error: unknown) => void;
  #handle: JanusHandle | null = null;
  #isOver = false;
  #last: Promise<void>;

  constructor({ session, number, onFault, up, down, candidate }: LinkOptions) {
    this.number = number;
    this.#onFault = onFault;
    const unlessOver =
      <Given extends readonly unknown[]>(act?: (...given: Given) => void) =>
      (...given: Given) => {
        if (!this.#isOver) act?.(...given);
      };
    this.#last = session
      .attach({ up: unlessOver(up), down: unlessOver(down), candidate: unlessOver(candidate) })
      .then((handle) => {
        if (this.#isOver) handle.detach();
        else this.#handle = handle;
      })
      .catch((error: unknown) => this.#fails(error));
  }

  /** Does something with the handle, once all is done that was to be done before. */
  do(act: (handle: JanusHandle) => Promise<void>): void {
    this.#last = this.#last
      .then(async () => {
        if (this.#handle && !this.#isOver) await act(this.#handle);
      })
      .catch((error: unknown) => this.#fails(error));
  }

  /** A way to the browser that it has found. */
  trickle({ candidate, sdpMid, sdpMLineIndex }: Extract<CallSignal, { kind: "candidate" }>): void {
    this.do(async (handle) =>
      handle.trickle(candidate === "" ? { completed: true } : { candidate, sdpMid, sdpMLineIndex }),
    );
  }

  close(): void {
    this.#isOver = true;
    this.#handle?.detach();
    this.#handle = null;
  }

  #fails(error: unknown): void {
    if (this.#isOver) return;
    this.close();
    this.#onFault(error);
  }
}
