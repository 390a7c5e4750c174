import { type IncomingHttpHeaders, request } from "node:http";
import { connect, type Socket } from "node:net";
import { Refusal, type RefusalReason } from "@whetstone/shared/room/refusal";
import { onTestFinished } from "vitest";

/** Requests as no browser makes them: from an address of choice, with any header. */

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The address that it comes from; all of 127.0.0.0/8 are this machine's. */
  readonly from?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Why it was refused; null where it was not. */
  readonly reason: RefusalReason | null;
}

/** Makes one request on a connection of its own. */
export function ask(url: string, { method = "GET", headers = {}, body, from }: Asking = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const json = body === undefined ? {} : { "content-type": "application/json" };
    const asked = request(url, {
      method,
      headers: { ...json, ...length, ...headers },
      agent: false,
      ...(from !== undefined && { localAddress: from }),
    });
    asked.on("error", reject);
    asked.on("upgrade", (response, line) => {
      line.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: "", reason: null });
    });
    asked.on("response", async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, reason: reasonIn(text) });
    });
    asked.end(body);
  });
}

/** Asks to open a WebSocket of Socket.IO. */
export const askForSocket = (url: string, { headers = {}, ...asking }: Asking = {}): Promise<RawAnswer> =>
  ask(`${url}/socket.io/?EIO=4&transport=websocket`, {
    ...asking,
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.alloc(16).toString("base64"),
      ...headers,
    },
  });

function reasonIn(text: string): RefusalReason | null {
  try {
    return Refusal.safeParse(JSON.parse(text)).data?.reason ?? null;
  } catch {
    return null;
  }
}

/** A connection that is written to by hand. */
export class Line {
  readonly #socket: Socket;
  /** What came in, once the server has closed it. */
  readonly closed: Promise<string>;
  #text = "";

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => {
      this.#text += String(chunk);
    });
    // It may be cut off in the middle of whatever is written.
    socket.on("error", () => {});
    this.closed = new Promise((resolve) => socket.once("close", () => resolve(this.#text)));
    onTestFinished(() => void socket.destroy());
  }

  /** Connects, and writes the beginning of a request. */
  static async open(url: string, text: string, from?: string): Promise<Line> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), ...(from !== undefined && { localAddress: from }) });
    const line = new Line(socket);
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.write(text);
    return line;
  }

  /** Writes, and gives what comes next. */
  async send(text: string): Promise<string> {
    const next = new Promise<Buffer>((resolve) => this.#socket.once("data", resolve));
    this.#socket.write(text);
    return String(await next);
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }
}

/** The beginning of a request whose body does not come to its end. */
export const slowBody = (url: string, headers: readonly string[] = []): string =>
  [
    "POST /api/links/look HTTP/1.1",
    `host: ${new URL(url).host}`,
    "content-type: application/json",
    "content-length: 1000",
    ...headers,
    "",
    '{"secret"',
  ].join("\r\n");
