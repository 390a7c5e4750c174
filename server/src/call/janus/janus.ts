import { createHmac } from "node:crypto";
import type { MediaRoom, MediaServer, MediaServerOptions, MediaTell } from "../media-server.ts";
import { JanusRoom, type JanusRoomOptions, namesLike } from "./room.ts";
import { JanusFault, type JanusHandle, JanusSession, messageOf } from "./session.ts";
import type { JanusId } from "./wire.ts";

/** After how long it is tried again, in milliseconds: twice as long each time. */
const AGAIN_MS = { first: 250, most: 10_000 };

interface Reached {
  readonly session: JanusSession;
  readonly keeper: JanusHandle;
  /** Makes names of the kind that its VideoRoom takes. */
  readonly newName: () => JanusId;
}

export interface JanusOptions extends MediaServerOptions {
  /** Random bytes that stay the same from one start of the server to the next. */
  readonly key: Buffer;
  /** Told whenever it can be used no more, with the sentence, and with null when it can again. */
  readonly onProblem: (problem: string | null) => void;
}

/** Janus as a media server: its VideoRoom over its WebSocket, which only this server speaks to. */
export class Janus implements MediaServer {
  readonly #options: JanusOptions;
  readonly #ours: Pick<JanusRoomOptions, "title" | "secretOf">;
  readonly #rooms = new Set<JanusRoom>();
  readonly #listeners = new Set<() => void>();
  #reached: Reached | null = null;
  #problem: string | null = "The media server has not been reached yet.";
  #told: string | null = null;
  #isClosed = false;
  #wait = AGAIN_MS.first;
  #again: NodeJS.Timeout | null = null;
  #trying: Promise<void>;

  constructor(options: JanusOptions) {
    this.#options = options;
    const derived = (what: string) => createHmac("sha256", options.key).update(what).digest("base64url");
    this.#ours = { title: `Calls ${derived("rooms").slice(0, 16)}`, secretOf: (id) => derived(`room ${id}`) };
    this.#trying = this.#try();
  }

  get problem(): string | null {
    return this.#problem;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  openRoom(tell: MediaTell): MediaRoom | null {
    if (!this.#reached) return null;
    const { session } = this.#reached;
    const { adminKey } = this.#options;
    // What it does not do as it should is begun anew with everything.
    const room = new JanusRoom({ ...this.#reached, ...this.#ours, adminKey, tell, onFault: () => session.close() });
    this.#rooms.add(room);
    return {
      follow: (members) => room.follow(members),
      receive: (name, about, signal) => room.receive(name, about, signal),
      end: () => {
        room.end();
        void room.settled().then(() => this.#rooms.delete(room));
      },
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const reached = this.#reached;
    this.#reached = null;
    if (this.#again) clearTimeout(this.#again);
    const rooms = [...this.#rooms];
    for (const room of rooms) room.end();
    await Promise.all(rooms.map((room) => room.settled()));
    reached?.session.close();
    await this.#trying;
  }

  async #try(): Promise<void> {
    let reached: Reached | null = null;
    try {
      reached = await reach(this.#options, () => reached && this.#lost(reached));
      if (this.#isClosed) return reached.session.close();
      await this.#clear(reached);
      this.#reached = reached;
      this.#wait = AGAIN_MS.first;
      this.#change(null);
    } catch (error) {
      this.#failed(reasonIn(error));
    }
  }

  /** Ends the rooms that this server made before, and could not end as its connection broke or it was killed; found only by the `admin_key`. */
  async #clear({ keeper }: Reached): Promise<void> {
    const { adminKey } = this.#options;
    if (adminKey === null) return;
    const { plugindata } = await keeper.ask({ request: "list", admin_key: adminKey });
    for (const { room, description } of plugindata?.data.list ?? []) {
      if (description !== this.#ours.title) continue;
      await keeper.ask({ request: "destroy", room, secret: this.#ours.secretOf(room) });
    }
  }

  #lost(reached: Reached): void {
    if (this.#reached !== reached) return;
    this.#reached = null;
    this.#failed("The connection to it broke.");
  }

  #failed(why: string): void {
    if (this.#isClosed) return;
    this.#again = setTimeout(() => {
      this.#trying = this.#try();
    }, this.#wait);
    this.#again.unref();
    this.#wait = Math.min(2 * this.#wait, AGAIN_MS.most);
    this.#change(sentenceOf(this.#options, why));
  }

  #change(problem: string | null): void {
    const isOther = (problem === null) !== (this.#problem === null);
    this.#problem = problem;
    if ((problem === null) !== (this.#told === null)) this.#options.onProblem(problem);
    this.#told = problem;
    if (isOther) for (const listener of this.#listeners) listener();
  }
}

/** The codes of Janus's `JANUS_ERROR_UNAUTHORIZED`, and of its VideoRoom for an `admin_key` that is wrong, and for none. */
const [NO_SECRET, WRONG_KEY, NO_KEY] = [403, 433, 429];

function reasonIn(error: unknown): string {
  const code = error instanceof JanusFault ? error.code : null;
  switch (code) {
    case NO_SECRET:
      return "MEDIA_SERVER_SECRET is not the api_secret that Janus has.";
    case WRONG_KEY:
    case NO_KEY:
      return "MEDIA_SERVER_ADMIN_KEY is not the admin_key that its VideoRoom has.";
    default:
      return `${messageOf(error).replace(/\.$/, "")}.`;
  }
}

const sentenceOf = ({ url }: MediaServerOptions, why: string): string =>
  `The media server that MEDIA_SERVER names, ${url}, cannot be used: ${why} Calls of five and more wait for it; everything else goes on.`;

/** Why it cannot be used as it is configured, as a sentence; null where it can. */
export async function problemOfJanus(options: MediaServerOptions): Promise<string | null> {
  try {
    const { session } = await reach(options, () => {});
    session.close();
    return null;
  } catch (error) {
    return sentenceOf(options, reasonIn(error));
  }
}

/** Connects, and makes a room and ends it again, so that what is configured wrongly is told now and not in a call. */
async function reach({ url, secret, adminKey }: MediaServerOptions, onClosed: () => void): Promise<Reached> {
  const session = await JanusSession.open(url, secret, onClosed);
  try {
    const keeper = await session.attach();
    const { plugindata } = await keeper.ask({
      request: "create",
      is_private: true,
      ...(adminKey !== null && { admin_key: adminKey }),
    });
    const room = plugindata?.data.room;
    if (room === undefined) throw new JanusFault("It has no VideoRoom.");
    await keeper.ask({ request: "destroy", room });
    return { session, keeper, newName: namesLike(room) };
  } catch (error) {
    session.close();
    throw error;
  }
}
