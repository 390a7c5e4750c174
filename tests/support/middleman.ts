import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export type Direction = "up" | "down" | "both";

/** What a proxy makes of WebSockets: the frames of those that it swallows vanish, though they were opened. */
type OfWebSockets = "pass" | "refuse" | "hang" | { readonly swallow: Direction; readonly afterBytes?: number };

/** Ways in which networks are unlike a wire. */
export interface Manners {
  readonly webSockets?: OfWebSockets;
  /** What becomes of lines that are opened, where they do not go through: nothing of them is heard, or they are closed. */
  readonly opens?: "hang" | "refuse";
  /** What comes down is held back for so long, in milliseconds. */
  readonly holdsMs?: number;
  /** Lines on which nothing went for so long are cut, in milliseconds. */
  readonly cutsIdleMs?: number;
}

/** One connection that goes through. */
interface Through {
  readonly near: Socket;
  readonly far: Socket;
  /** What of it is swallowed. */
  swallows: { up: boolean; down: boolean };
  /** Once it became a WebSocket: how much still goes each way before it is swallowed. */
  left: { up: number; down: number } | null;
}

/**
 * Stands between a client and a server, as networks do. It can swallow what is on its way in the lines that are open, and says nothing of
 * it: neither end hears that the other one has closed, either.
 */
export class Middleman {
  readonly url: string;
  /** How it treats what comes from now on. */
  manners: Manners;
  /** WebSockets that were asked for. */
  webSockets = 0;
  readonly #lines = new Set<Through>();

  private constructor(url: string, manners: Manners) {
    this.url = url;
    this.manners = manners;
  }

  /** One that the test closes when it is over. */
  static async before(url: string, manners: Manners = {}, finished = onTestFinished): Promise<Middleman> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const middleman = new Middleman(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, manners);
    server.on("connection", (near) => middleman.#join(near, connect({ host: hostname, port: Number(port) })));
    finished(() => {
      server.close();
      middleman.cut();
    });
    return middleman;
  }

  /** Whether any line is open. */
  get isOpen(): boolean {
    return this.#lines.size > 0;
  }

  /** Swallows what goes that way in the lines that are open now; done once the server has let go of all of them. */
  async swallow(direction: Direction): Promise<void> {
    const lines = [...this.#lines];
    if (lines.length === 0) throw new Error("No line is open.");
    this.#swallow(direction);
    await Promise.all(lines.map(({ far }) => once(far, "close")));
  }

  /** The lines that are open now carry nothing any more, and nobody is told; new ones go through, as on another network. */
  changeNetwork(): void {
    if (this.#lines.size === 0) throw new Error("No line is open.");
    this.#swallow("both");
  }

  /** The lines that are open now are closed, and both ends are told. */
  cut(): void {
    for (const { near, far } of this.#lines) for (const end of [near, far]) end.destroy();
  }

  #swallow(direction: Direction): void {
    for (const line of this.#lines) line.swallows = { up: direction !== "down", down: direction !== "up" };
  }

  #join(near: Socket, far: Socket): void {
    const { opens, cutsIdleMs } = this.manners;
    const hangs = opens === "hang";
    const line: Through = { near, far, swallows: { up: hangs, down: hangs }, left: null };
    this.#lines.add(line);
    const pass = (from: Socket, to: Socket, way: "up" | "down") => {
      const held = (act: () => void) => {
        const { holdsMs } = this.manners;
        if (way === "down" && holdsMs !== undefined) setTimeout(act, holdsMs);
        else act();
      };
      from.on("data", (chunk) => {
        if (way === "up" && this.#isRefused(line, chunk)) return;
        const passing = line.swallows[way] ? null : this.#ofWebSocket(line, way, chunk);
        if (passing) held(() => to.write(passing));
      });
      from.on("close", () => {
        if (line.swallows[way]) return;
        this.#lines.delete(line);
        held(() => to.destroy());
      });
      // Whoever resets a connection closes it.
      from.on("error", () => {});
    };
    pass(near, far, "up");
    pass(far, near, "down");
    if (opens === "refuse") near.destroy();
    if (cutsIdleMs !== undefined) near.setTimeout(cutsIdleMs, () => near.destroy());
  }

  /** A request that never reaches the server. */
  #isRefused(line: Through, chunk: Buffer): boolean {
    if (!/^GET [^\r]*\r\n(?:[^\r]+\r\n)*Upgrade: websocket\r\n/i.test(chunk.toString("latin1"))) return false;
    this.webSockets += 1;
    const { webSockets = "pass" } = this.manners;
    if (webSockets === "pass") return false;
    if (webSockets === "hang") return true;
    if (webSockets === "refuse") {
      line.near.end("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return true;
    }
    const { swallow, afterBytes = 0 } = webSockets;
    const goes = {
      up: swallow === "down" ? Number.POSITIVE_INFINITY : afterBytes,
      down: swallow === "up" ? Number.POSITIVE_INFINITY : afterBytes,
    };
    // The heads open it, and are no frames.
    line.left = { up: goes.up + chunk.length, down: goes.down };
    line.far.prependOnceListener("data", (head: Buffer) => {
      if (line.left) line.left.down += head.indexOf("\r\n\r\n") + 4;
    });
    return false;
  }

  #ofWebSocket(line: Through, way: "up" | "down", chunk: Buffer): Buffer | null {
    if (!line.left) return chunk;
    const through = chunk.subarray(0, Math.min(chunk.length, line.left[way]));
    line.left[way] -= through.length;
    return through.length > 0 ? through : null;
  }
}
