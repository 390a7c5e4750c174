import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export type Direction = "up" | "down" | "both";

/** One connection that goes through. */
interface Through {
  readonly near: Socket;
  readonly far: Socket;
  /** What of it is swallowed. */
  swallows: { up: boolean; down: boolean };
}

/**
 * Stands between a client and a server, as networks do. It can swallow what is on its way in the lines that are open, and says nothing of
 * it: neither end hears that the other one has closed, either.
 */
export class Middleman {
  readonly url: string;
  readonly #lines = new Set<Through>();

  private constructor(url: string) {
    this.url = url;
  }

  static async before(url: string): Promise<Middleman> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const middleman = new Middleman(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on("connection", (near) => middleman.#join(near, connect({ host: hostname, port: Number(port) })));
    onTestFinished(() => {
      server.close();
      for (const { near, far } of middleman.#lines) for (const end of [near, far]) end.destroy();
    });
    return middleman;
  }

  /** Swallows what goes that way in the lines that are open now; done once the server has let go of all of them. */
  async swallow(direction: Direction): Promise<void> {
    const swallows = { up: direction !== "down", down: direction !== "up" };
    const lines = [...this.#lines];
    if (lines.length === 0) throw new Error("No line is open.");
    await Promise.all(
      lines.map((line) => {
        line.swallows = swallows;
        return once(line.far, "close");
      }),
    );
  }

  #join(near: Socket, far: Socket): void {
    const line: Through = { near, far, swallows: { up: false, down: false } };
    this.#lines.add(line);
    const pass = (from: Socket, to: Socket, isSwallowed: () => boolean) => {
      from.on("data", (chunk) => {
        if (!isSwallowed()) to.write(chunk);
      });
      from.on("close", () => {
        if (isSwallowed()) return;
        this.#lines.delete(line);
        to.destroy();
      });
      // Whoever resets a connection closes it.
      from.on("error", () => {});
    };
    pass(near, far, () => line.swallows.up);
    pass(far, near, () => line.swallows.down);
  }
}
