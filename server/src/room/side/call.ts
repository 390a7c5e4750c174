import { allowed, areConnected, maySend, whyNotInCall } from "@whetstone/shared/call/rules";
import {
  CALL_LIMITS,
  type CallAnswer,
  CallMessage,
  type CallPeer,
  DIRECTLY,
  type IceServer,
  NOTHING_SENT,
  type Sending,
} from "@whetstone/shared/call/wire";
import { type Refusal, type RefusalReason, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import type { View } from "@whetstone/shared/room/view/view";
import { Away } from "./call-away.ts";
import { type CallMedia, CallWays, hears } from "./call-ways.ts";
import type { Participant, Participants, SideChannel } from "./channel.ts";

export interface CallOptions {
  /** A fresh name for somebody's being in a call. */
  readonly newPeerId: () => string;
  /** What helps a seat's browser to reach the others. */
  readonly iceServers: (seatId: string) => readonly IceServer[];
  /** What larger calls go through; null for none. */
  readonly media: CallMedia | null;
  /** What a seat would be shown just now; undefined of a room that nobody is in. */
  readonly viewIn: (roomId: string, seatId: string) => View | null | undefined;
  /** Does something after so many milliseconds. */
  readonly after: (milliseconds: number, act: () => void) => void;
}

/** What somebody says who enters. */
type Entering = Pick<Extract<CallMessage, { type: "enter" }>, "page" | "sending">;

/** Somebody in a room's call. */
interface Entry {
  readonly who: Participant;
  readonly peerId: string;
  readonly page: string;
  /** The place among all who ever entered, by which two know who was there before. */
  readonly turn: number;
  /** As they say it; the others are told what of it they may. */
  sending: Sending;
}

/**
 * Introduces the browsers of those who are in a room's call to each other; what they send to each other never comes here. Whom somebody is
 * connected to follows from what both are shown, and is looked at anew whenever that changes: whoever is out of the room is out of the call
 * in the same moment. Whoever is not in the call is told too who of those they see is.
 */
export function call({ newPeerId, iceServers, media, viewIn, after }: CallOptions): SideChannel {
  const ways: CallWays = new CallWays({
    media,
    newName: newPeerId,
    whoIs: (roomId, peerId) => calls.in(roomId).find((entry) => entry.peerId === peerId)?.who,
    onChange: () => {
      for (const all of rooms.values()) announce(all);
    },
  });
  const calls = new Calls(ways);
  /** Who is in the rooms, where a media server may come and go. */
  const rooms = new Map<string, Participants>();
  /** What viewers were told last of who is in the call and by which way it goes, as JSON. */
  const told = { peers: new WeakMap<Participant, string>(), way: new WeakMap<Participant, string>() };
  const isNew = (known: WeakMap<Participant, string>, who: Participant, what: unknown, atFirst: unknown): boolean => {
    // With every commit, also where there never was a call.
    if (what === atFirst && !known.has(who)) return false;
    const now = JSON.stringify(what);
    const before = known.get(who) ?? JSON.stringify(atFirst);
    known.set(who, now);
    return now !== before;
  };
  const tell = (all: Iterable<Participant>): void => {
    for (const who of all) {
      const way = ways.of(who.roomId);
      if (isNew(told.way, who, way, DIRECTLY)) who.tell("call", { type: "moved", way });
      const peers = calls.peersOf(who);
      if (isNew(told.peers, who, peers, NOBODY)) who.tell("call", { type: "peers", peers });
    }
  };
  /** Who is in the call may be others now. */
  const announce = (all: Participants): void => {
    for (const { roomId } of [...all].slice(0, 1)) ways.settle(roomId, calls.in(roomId));
    tell(all);
  };

  const enter = (who: Participant, { page, sending }: Entering, all: Participants): CallAnswer => {
    const reason = calls.whyNotIn(who);
    if (reason !== null) return refused(refusal(reason));
    const before = calls.of(who);
    const away = before?.who instanceof Away ? before.who : null;
    if (before && !away && before.who !== who) before.who.tell("call", { type: "out", refusal: refusal("call_moved") });
    const isBack = away?.canGoOn === true && before?.page === page;
    const { peerId } = calls.enter(who, { peerId: isBack ? before.peerId : newPeerId(), page, sending });
    ways.settle(who.roomId, calls.in(who.roomId));
    const [way, peers] = [ways.of(who.roomId), calls.peersOf(who)];
    // Whoever enters has it from the answer.
    isNew(told.way, who, way, DIRECTLY);
    isNew(told.peers, who, peers, NOBODY);
    announce(all);
    if (isBack) away.passOn(who);
    return { ok: true, entered: { peerId, way, peers, iceServers: [...iceServers(who.seatId)] } };
  };

  const answerTo = (message: CallMessage, from: Participant, all: Participants): CallAnswer => {
    if (message.type === "enter") return enter(from, message, all);
    const entry = calls.of(from);
    // It was never in, or another page of the seat is.
    if (entry?.who !== from) return DONE;
    switch (message.type) {
      case "leave":
        calls.leave(entry);
        announce(all);
        return DONE;
      case "send":
        entry.sending = message.sending;
        announce(all);
        return DONE;
      case "renew":
        return { ok: true, iceServers: [...iceServers(from.seatId)] };
      case "signal":
        // Whoever has left meanwhile is told nothing; who says it hears by itself that they have, as of a call that goes another way by now.
        calls
          .connected(entry, message.to)
          ?.who.tell("call", { type: "signal", from: entry.peerId, signal: message.signal });
        return DONE;
      case "media":
        ways.receive(entry, { of: message.of, link: message.link }, message.signal);
        return DONE;
      default:
        return message satisfies never;
    }
  };

  const lookAgain = (all: Participants): void => {
    for (const { roomId } of [...all].slice(0, 1)) {
      for (const entry of calls.in(roomId)) {
        const { who } = entry;
        if (who instanceof Away) who.view = viewOf(who);
        const reason = whyNotInCall(who.view);
        if (reason === null) continue;
        calls.leave(entry);
        who.tell("call", { type: "out", refusal: refusal(reason) });
      }
    }
    announce(all);
  };

  const viewOf = ({ roomId, seatId, view }: Participant): View | null => {
    const now = viewIn(roomId, seatId);
    return now === undefined ? view : now;
  };

  /** Keeps somebody in a call through the media server for a while, where they may be in it: they come back on the same page. */
  const keepAway = (entry: Entry): boolean => {
    const { roomId } = entry.who;
    const view = viewOf(entry.who);
    if (ways.of(roomId).kind !== "media" || whyNotInCall(view) !== null) return false;
    const away = new Away(entry.who, view, () => JSON.stringify(ways.of(roomId)));
    calls.enter(away, entry);
    after(CALL_LIMITS.awaitedMs, () => {
      const now = calls.of(away);
      if (now?.who !== away) return;
      calls.leave(now);
      ways.settle(roomId, calls.in(roomId));
      tell(rooms.get(roomId) ?? []);
    });
    return true;
  };

  return {
    intake: {
      event: "call",
      perSecond: CALL_LIMITS.perSecond,
      receive: ({ content: [sent], answer }, from, all) => {
        const message = CallMessage.safeParse(sent);
        answer?.(message.success ? answerTo(message.data, from, all) : refused(refuseInput(message.error)));
      },
      tooMany: ({ answer }) => answer?.(refused(refusal("too_many"))),
    },
    join: (who, all) => {
      rooms.set(who.roomId, all);
      tell([who]);
    },
    leave: (who, all) => {
      if (all.size === 0) rooms.delete(who.roomId);
      const entry = calls.of(who);
      if (entry?.who !== who || keepAway(entry)) return;
      for (const other of calls.connectedTo(entry)) other.tell("call", { type: "cut", peerId: entry.peerId });
      calls.leave(entry);
      ways.settle(who.roomId, calls.in(who.roomId));
      announce(all);
    },
    peopleChanged: lookAgain,
    roomGrew: lookAgain,
  };
}

/** Who is in which room's call, one for each seat. */
class Calls {
  readonly #ways: CallWays;
  readonly #rooms = new Map<string, Map<string, Entry>>();
  #turns = 0;

  constructor(ways: CallWays) {
    this.#ways = ways;
  }

  in(roomId: string): readonly Entry[] {
    return [...(this.#rooms.get(roomId)?.values() ?? [])];
  }

  of({ roomId, seatId }: Participant): Entry | undefined {
    return this.#rooms.get(roomId)?.get(seatId);
  }

  whyNotIn(who: Participant): RefusalReason | null {
    const { view } = who;
    return whyNotInCall(view) ?? (view && !this.of(who) && maySend(view) ? this.#whyFull(who.roomId) : null);
  }

  enter(who: Participant, { peerId, page, sending }: Entering & { readonly peerId: string }): Entry {
    this.#turns += 1;
    const entry = { who, peerId, page, turn: this.#turns, sending };
    const entries = this.#rooms.get(who.roomId) ?? new Map<string, Entry>();
    this.#rooms.set(who.roomId, entries.set(who.seatId, entry));
    return entry;
  }

  leave({ who: { roomId, seatId } }: Entry): void {
    const entries = this.#rooms.get(roomId);
    entries?.delete(seatId);
    if (entries?.size === 0) this.#rooms.delete(roomId);
  }

  /** Those in the call whom a viewer is connected to, or would be. */
  peersOf(who: Participant): CallPeer[] {
    if (!this.#rooms.has(who.roomId)) return NOBODY;
    const own = this.of(who);
    const isDirect = this.#isDirect(who.roomId);
    return this.in(who.roomId)
      .filter((other) => other !== own && (meet(who, other.who) || (!isDirect && hears(who, other.who))))
      .map(({ peerId, page, who: { seatId, view }, sending, turn }) => ({
        ...{ peerId, seatId, page, sending: view ? allowed(view, sending) : NOTHING_SENT },
        wasBefore: own?.who !== who || turn < own.turn,
      }));
  }

  /** The one of that name, where it is connected to the other directly. */
  connected(entry: Entry, peerId: string): Entry | undefined {
    return this.#connectedTo(entry).find((other) => other.peerId === peerId);
  }

  /** All in the call who are connected to somebody in it directly. */
  connectedTo(entry: Entry): Participant[] {
    return this.#connectedTo(entry).map(({ who }) => who);
  }

  #connectedTo({ who }: Entry): readonly Entry[] {
    if (!this.#isDirect(who.roomId)) return [];
    return this.in(who.roomId).filter((other) => other.who !== who && meet(who, other.who));
  }

  #isDirect(roomId: string): boolean {
    return this.#ways.of(roomId).kind === "direct";
  }

  /** Whoever only listens takes no place, as nothing of theirs goes to the others. */
  #whyFull(roomId: string): RefusalReason | null {
    const sending = this.in(roomId).filter(({ who: { view } }) => view && maySend(view));
    return this.#ways.whyFull(roomId, sending.length);
  }
}

const meet = ({ view: one }: Participant, { view: other }: Participant): boolean =>
  one !== null && other !== null && areConnected(one, other);

const NOBODY: CallPeer[] = [];
const DONE = { ok: true } as const;
const refused = (reason: Refusal) => ({ ok: false, refusal: reason }) as const;
