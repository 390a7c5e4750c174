import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { CALL_LIMITS, type MediaSignal } from "@whetstone/shared/call/wire";
import type { MediaConnection, MediaMember, MediaRoom, MediaTell } from "../media-server.ts";
import { JanusLink } from "./link.ts";
import type { JanusHandle, JanusSession } from "./session.ts";
import type { JanusId, Jsep } from "./wire.ts";

export interface JanusRoomOptions {
  readonly session: JanusSession;
  /** With which rooms are made and ended. */
  readonly keeper: JanusHandle;
  readonly adminKey: string | null;
  /** What rooms of this server are called, and what each of them, by its name, is changed and ended with. */
  readonly title: string;
  readonly secretOf: (id: JanusId) => string;
  readonly newName: () => JanusId;
  readonly tell: MediaTell;
  /** The room could not be made, or not be kept as it should be. */
  readonly onFault: (error: unknown) => void;
}

/** What somebody sends: under a name of its own in Janus, which never comes again. */
interface Sending {
  readonly link: JanusLink;
  readonly feed: JanusId;
  /** Whether it flows, so that others can receive it. */
  isUp: boolean;
}

interface Member {
  mayPublish: boolean;
  hears: ReadonlySet<string>;
  /** Lets this one into the room, and is taken away when they leave. */
  readonly token: string;
  readonly isLetIn: Promise<void>;
  sending: Sending | null;
  /** By whom it comes from. */
  readonly receiving: Map<string, JanusLink>;
}

/** The most that one person sends of pictures, camera and screen together, in bits a second. */
const MOST_BITRATE = 2_500_000;

/** After how long it is tried again to receive what Janus refused, in milliseconds. */
const AGAIN_MS = 2_000;

const secret = (): string => randomBytes(24).toString("base64url");

/** Names that nobody guesses, of the kind that a VideoRoom takes. */
export const namesLike = (sample: JanusId): (() => JanusId) =>
  typeof sample === "string" ? randomUUID : () => randomInt(1, 2 ** 48 - 1);

/** What Janus says to a browser, without the room's name in it. */
const described = ({ type, sdp }: Jsep): MediaSignal => ({
  kind: "description",
  type,
  sdp: sdp.replace(/^s=.*$/m, "s=-"),
});

/** A room of Janus's VideoRoom for one call: private, never recorded, and open to those alone who have a token for it. */
export class JanusRoom implements MediaRoom {
  readonly #options: JanusRoomOptions;
  readonly #id: JanusId;
  /** Done when Janus has done all that was asked of the room until now; it keeps no order by itself. */
  #done: Promise<void> = Promise.resolve();
  #isOver = false;
  readonly #members = new Map<string, Member>();
  #links = 0;

  constructor(options: JanusRoomOptions) {
    this.#options = options;
    this.#id = options.newName();
    const { adminKey } = options;
    void this.#keep("create", {
      ...(adminKey !== null && { admin_key: adminKey }),
      description: options.title,
      is_private: true,
      permanent: false,
      publishers: CALL_LIMITS.peopleByServer,
      bitrate: MOST_BITRATE,
      bitrate_cap: true,
      audiocodec: "opus",
      videocodec: "vp8",
      // With one it asks everybody for theirs; nobody is ever given this one.
      allowed: [secret()],
      record: false,
      lock_record: true,
    });
  }

  follow(members: ReadonlyMap<string, MediaMember>): void {
    for (const [name, member] of this.#members) if (!members.has(name)) this.#remove(name, member);
    for (const [name, { mayPublish, hears }] of members) {
      const before = this.#members.get(name);
      if (before) Object.assign(before, { mayPublish, hears });
      else this.#add(name, { mayPublish, hears });
    }
    for (const [name, member] of this.#members) {
      if (!member.mayPublish) this.#endSending(name);
      for (const [of, link] of member.receiving) if (!member.hears.has(of)) this.#endReceiving(member, of, link);
    }
    for (const name of this.#members.keys()) this.#receiveAll(name);
  }

  receive(name: string, { of, link: number }: MediaConnection, signal: MediaSignal): void {
    const member = this.#members.get(name);
    if (!member) return;
    const link = of === name ? member.sending?.link : member.receiving.get(of);
    const isCurrent = link?.number === number;
    switch (signal.kind) {
      case "candidate":
        if (isCurrent) link.trickle(signal);
        break;
      case "over":
        if (!isCurrent) break;
        if (of === name) this.#endSending(name);
        else this.#endReceiving(member, of, link);
        this.#receiveAll(name);
        break;
      case "description":
        if (of === name) {
          if (signal.type === "offer" && member.mayPublish && number > (link?.number ?? -1))
            this.#send(name, number, signal.sdp);
        } else if (isCurrent && signal.type === "answer") {
          link.do(async (handle) => void (await handle.ask({ request: "start" }, { type: "answer", sdp: signal.sdp })));
        }
        break;
      default:
        signal satisfies never;
    }
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const [name, member] of this.#members) this.#remove(name, member);
    void this.#keep("destroy");
  }

  /** Waits until Janus has done what was asked of the room. */
  settled(): Promise<void> {
    return this.#done;
  }

  #keep(request: "create" | "destroy" | "allowed", body: object = {}): Promise<void> {
    const { keeper, secretOf, onFault } = this.#options;
    this.#done = this.#done
      .then(async () => void (await keeper.ask({ request, room: this.#id, secret: secretOf(this.#id), ...body })))
      .catch(onFault);
    return this.#done;
  }

  #add(name: string, { mayPublish, hears }: MediaMember): void {
    const token = secret();
    const isLetIn = this.#keep("allowed", { action: "add", allowed: [token] });
    this.#members.set(name, { mayPublish, hears, token, isLetIn, sending: null, receiving: new Map() });
  }

  #remove(name: string, member: Member): void {
    this.#endSending(name);
    for (const [of, link] of member.receiving) this.#endReceiving(member, of, link);
    this.#members.delete(name);
    void this.#keep("allowed", { action: "remove", allowed: [member.token] });
  }

  /** Begins to take what somebody sends; what they sent before is over. */
  #send(name: string, number: number, sdp: string): void {
    this.#endSending(name);
    const member = this.#members.get(name);
    if (!member) return;
    const feed = this.#options.newName();
    const ends = () => this.#endSending(name);
    const link = this.#link(
      name,
      { of: name, link: number },
      {
        up: () => {
          sending.isUp = true;
          for (const other of this.#members.keys()) this.#receiveAll(other);
        },
        down: ends,
        fails: ends,
      },
    );
    const sending: Sending = { link, feed, isUp: false };
    member.sending = sending;
    link.do(async (handle) => {
      await member.isLetIn;
      await handle.ask({ request: "join", ptype: "publisher", room: this.#id, id: feed, token: member.token });
      const { jsep } = await handle.ask({ request: "publish", record: false }, { type: "offer", sdp });
      if (jsep) this.#options.tell(name, { of: name, link: number }, described(jsep));
    });
  }

  #receiveAll(name: string): void {
    const member = this.#members.get(name);
    for (const of of member?.hears ?? []) {
      const sending = this.#members.get(of)?.sending;
      if (member && sending?.isUp && !member.receiving.has(of)) this.#receive(name, member, of, sending.feed);
    }
  }

  #receive(name: string, member: Member, of: string, feed: JanusId): void {
    this.#links += 1;
    const about = { of, link: this.#links };
    const ends = () => member.receiving.delete(of);
    const link = this.#link(name, about, {
      up: () => {},
      down: () => ends() && this.#receiveAll(name),
      fails: () => ends() && setTimeout(() => this.#receiveAll(name), AGAIN_MS).unref(),
    });
    member.receiving.set(of, link);
    link.do(async (handle) => {
      const asked = { request: "join", ptype: "subscriber", room: this.#id, streams: [{ feed }] };
      const { jsep } = await handle.ask(asked);
      if (jsep) this.#options.tell(name, about, described(jsep));
    });
  }

  /** A connection of somebody's, who hears when it is over. */
  #link(name: string, about: MediaConnection, { up, down, fails }: Record<"up" | "down" | "fails", () => void>) {
    const { session, tell } = this.#options;
    const over = (then: () => void) => () => {
      link.close();
      tell(name, about, { kind: "over" });
      then();
    };
    const link: JanusLink = new JanusLink({
      session,
      number: about.link,
      up,
      down: over(down),
      onFault: over(fails),
      candidate: ({ candidate, sdpMid, sdpMLineIndex }) => {
        if (candidate === undefined) return;
        const where = { sdpMid: sdpMid ?? null, sdpMLineIndex: sdpMLineIndex ?? null, usernameFragment: null };
        tell(name, about, { kind: "candidate", candidate, ...where });
      },
    });
    return link;
  }

  #endSending(name: string): void {
    const member = this.#members.get(name);
    if (!member?.sending) return;
    member.sending.link.close();
    member.sending = null;
    for (const other of this.#members.values()) {
      const link = other.receiving.get(name);
      if (link) this.#endReceiving(other, name, link);
    }
  }

  #endReceiving({ receiving }: Member, of: string, link: JanusLink): void {
    link.close();
    receiving.delete(of);
  }
}
