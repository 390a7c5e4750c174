import type { Interpreter } from "./interpreters.ts";
import { FromWorker, type ToWorker } from "./worker/protocol.ts";

/** Where the server has the frame; its policy is written there. */
const FRAME = "/run/frame";

/** How long a frame may take to come and to start its interpreter, in milliseconds. */
const START_MS = 60_000;

/** The frame or the interpreter did not start. */
export class NotStarted extends Error {}

/**
 * An interpreter in a worker, in a frame whose origin is nobody's. It is heard over one port that is made here, and over nothing else. It is
 * for one program; closing it ends whatever runs there, at any moment.
 */
export class Sandbox {
  readonly #frame: HTMLIFrameElement;
  readonly #port: MessagePort;
  /** Of Python, the packages that it can be brought. */
  readonly packages: Interpreter["packages"];
  #hear: (message: FromWorker) => void = () => {};

  private constructor(frame: HTMLIFrameElement, port: MessagePort, packages: Interpreter["packages"]) {
    this.#frame = frame;
    this.packages = packages;
    this.#port = port;
    port.onmessage = ({ data }) => {
      const message = FromWorker.safeParse(data);
      // What is no message of ours is the program's own, and says nothing.
      if (message.success) this.#hear(message.data);
    };
  }

  /** Resolves as soon as a program can begin; throws `NotStarted`. */
  static async open({ script, assets, packages }: Interpreter, memoryBytes: number): Promise<Sandbox> {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.title = "Running code";
    frame.hidden = true;
    frame.src = FRAME;
    const { port1, port2 } = new MessageChannel();
    // Its origin has no name to send to. The frame can be no other page: the policy of this one names its address.
    frame.addEventListener("load", () => frame.contentWindow?.postMessage(script, "*", [port2]), { once: true });
    const sandbox = new Sandbox(frame, port1, packages);
    document.body.append(frame);
    try {
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new NotStarted("It did not start in time.")), START_MS);
        sandbox.#hear = (message) => {
          clearTimeout(late);
          if (message.type === "ready") resolve();
          else reject(new NotStarted(message.type === "broken" ? message.message : "It said something else."));
        };
        sandbox.post({ type: "load", assets, packages, memoryBytes });
      });
    } catch (error) {
      sandbox.close();
      throw error;
    }
    return sandbox;
  }

  listen(hear: (message: FromWorker) => void): void {
    this.#hear = hear;
  }

  post(message: ToWorker): void {
    this.#port.postMessage(message);
  }

  close(): void {
    this.#hear = () => {};
    this.#port.onmessage = null;
    this.#port.close();
    this.#frame.remove();
  }
}
