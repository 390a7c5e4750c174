import { isHeardBy, maySend } from "@whetstone/shared/call/rules";
import { CALL_LIMITS, type CallWay, DIRECTLY } from "@whetstone/shared/call/wire";
import type { RefusalReason } from "@whetstone/shared/room/refusal";
import type { MediaConnection, MediaMember, MediaRoom, MediaServer } from "../../call/media-server.ts";
import type { Participant } from "./channel.ts";

/** The media server of larger calls. */
export interface CallMedia {
  readonly server: MediaServer;
  /** From how many who may send on a call goes through it. */
  readonly from: number;
}

/** Somebody in a call, as far as it matters by which way it goes. */
export interface CallMember {
  readonly who: Participant;
  readonly peerId: string;
}

/** A call that goes through the media server. */
interface Moved {
  readonly way: CallWay;
  /** Null as long as the server cannot be reached. */
  readonly room: MediaRoom | null;
}

interface CallWaysOptions {
  readonly media: CallMedia | null;
  readonly newName: () => string;
  /** The one of that name in a room's call. */
  readonly whoIs: (roomId: string, peerId: string) => Participant | undefined;
  /** The media server can be reached again, or no more: all calls are to be looked at anew. */
  readonly onChange: () => void;
}

type Signal = Parameters<MediaRoom["receive"]>[2];

/**
 * By which way each room's call goes: from one browser to the other, or through the media server from so many people on, and then until nobody
 * is in it who may send. Whoever only listens changes nothing of that, so that nobody can tell by it that somebody does.
 */
export class CallWays {
  readonly #media: CallMedia | null;
  readonly #newName: () => string;
  readonly #whoIs: CallWaysOptions["whoIs"];
  readonly #moved = new Map<string, Moved>();

  constructor({ media, newName, whoIs, onChange }: CallWaysOptions) {
    this.#media = media;
    this.#newName = newName;
    this.#whoIs = whoIs;
    media?.server.onChange(() => {
      if (media.server.problem !== null) {
        for (const [roomId, { room }] of this.#moved) {
          room?.end();
          this.#moved.set(roomId, WAITING);
        }
      }
      onChange();
    });
  }

  of(roomId: string): CallWay {
    return this.#moved.get(roomId)?.way ?? DIRECTLY;
  }

  /** Why nobody more who sends may enter a call of so many; null where somebody may. */
  whyFull(roomId: string, senders: number): RefusalReason | null {
    if (this.of(roomId).kind === "direct" && this.#media?.server.problem !== null)
      return senders < CALL_LIMITS.people ? null : this.#media ? "call_unserved" : "call_full";
    return senders < CALL_LIMITS.peopleByServer ? null : "call_full";
  }

  /** Those in a room's call are these now. */
  settle(roomId: string, members: readonly CallMember[]): void {
    if (!this.#media) return;
    const senders = members.filter(({ who: { view } }) => view && maySend(view)).length;
    const before = this.#moved.get(roomId);
    if (senders === 0) {
      before?.room?.end();
      this.#moved.delete(roomId);
      return;
    }
    // More than so many cannot be connected directly, from whatever number on it is to be.
    const isDue = before !== undefined || senders >= this.#media.from || senders > CALL_LIMITS.people;
    if (!isDue) return;
    const room = before?.room ?? this.#open(roomId, this.#media.server);
    room?.follow(membersOf(members));
  }

  /** Takes what somebody in a call says to the media server; where it does not go through one, that came too late. */
  receive({ who: { roomId }, peerId }: CallMember, about: MediaConnection, signal: Signal): void {
    this.#moved.get(roomId)?.room?.receive(peerId, about, signal);
  }

  #open(roomId: string, server: MediaServer): MediaRoom | null {
    const room = server.openRoom((name, { of, link }, signal) => {
      this.#whoIs(roomId, name)?.tell("call", { type: "media", of, link, signal });
    });
    if (room) this.#moved.set(roomId, { way: { kind: "media", room: this.#newName() }, room });
    return room;
  }
}

const WAITING: Moved = { way: { kind: "waiting" }, room: null };

/** What each of them may, by the name of their being in the call. */
function membersOf(members: readonly CallMember[]): ReadonlyMap<string, MediaMember> {
  return new Map(
    members.map(({ who, peerId }) => {
      const heard = members.filter((other) => other.peerId !== peerId && hears(who, other.who));
      return [
        peerId,
        {
          mayPublish: who.view !== null && maySend(who.view),
          hears: new Set(heard.map((other) => other.peerId)),
        },
      ];
    }),
  );
}

/** Whether somebody receives what another sends, where it goes through a media server. */
export const hears = ({ view: one }: Participant, { view: other }: Participant): boolean =>
  one !== null && other !== null && isHeardBy(other, one);
