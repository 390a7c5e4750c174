import type { CallAnswer, CallTold } from "@whetstone/shared/call/wire";
import { CALL_LIMITS } from "@whetstone/shared/call/wire";
import type { View } from "@whetstone/shared/room/view/view";
import { expect, test } from "vitest";
import type { MediaMember, MediaServer, MediaTell } from "../../server/src/call/media-server.ts";
import { call } from "../../server/src/room/side/call.ts";
import type { Participant, Told, ToldOf } from "../../server/src/room/side/channel.ts";
import { livePanelRoom } from "../support/domain.ts";

/** A call through a media server, of which a connection to the room breaks, with a clock that the test holds. */

class Somebody implements Participant {
  readonly roomId = "r_000000000001";
  readonly seatId: string;
  readonly #view: () => View | null;
  readonly told: CallTold[] = [];

  constructor(seatId: string, view: () => View | null) {
    this.seatId = seatId;
    this.#view = view;
  }

  get view(): View | null {
    return this.#view();
  }

  tell<Event extends keyof Told>(event: Event, ...content: ToldOf<Event>): void {
    if (event === "call") this.told.push(content[0] as CallTold);
  }

  tellWith<Event extends keyof Told>(others: readonly Participant[], event: Event, ...content: ToldOf<Event>): void {
    for (const who of [this, ...others]) who.tell(event, ...content);
  }
}

function opened() {
  const { room, host, candidate } = livePanelRoom();
  let members: ReadonlyMap<string, MediaMember> = new Map();
  const tells: MediaTell[] = [];
  let isThere = true;
  let changed = () => {};
  const server: MediaServer = {
    get problem() {
      return isThere ? null : "The media server cannot be reached.";
    },
    onChange: (listener) => {
      changed = listener;
    },
    openRoom: (tell) => {
      if (!isThere) return null;
      tells.push(tell);
      return {
        follow: (now) => {
          members = now;
        },
        receive: () => {},
        end: () => {
          members = new Map();
        },
      };
    },
    close: async () => {},
  };
  const timers: { milliseconds: number; act: () => void }[] = [];
  let names = 0;
  const channel = call({
    newPeerId: () => {
      names += 1;
      return `v_${String(names).padStart(12, "0")}`;
    },
    iceServers: () => [],
    media: { server, from: 1 },
    viewIn: (_, seatId) => room.view(seatId),
    after: (milliseconds, act) => void timers.push({ milliseconds, act }),
  });
  const all = new Set<Participant>();
  const come = (seatId: string): Somebody => {
    const who = new Somebody(seatId, () => room.view(seatId));
    all.add(who);
    channel.join(who, all);
    return who;
  };
  const go = (who: Somebody) => {
    all.delete(who);
    channel.leave(who, all);
  };
  const enter = (who: Somebody, page = "k_0123456789abcdef"): string => {
    let answer: CallAnswer | null = null;
    const sending = { microphone: true, camera: true, screen: false };
    const said = {
      content: [{ type: "enter", page, sending }],
      answer: (given: unknown) => {
        answer = given as CallAnswer;
      },
    };
    channel.intake?.receive(said, who, all);
    const given = answer as CallAnswer | null;
    if (!given?.ok || !given.entered) throw new Error(JSON.stringify(given));
    return given.entered.peerId;
  };
  const passes = () => {
    for (const { act } of timers.splice(0)) act();
  };
  const tell: MediaTell = (...told) => tells.at(-1)?.(...told);
  const is = (there: boolean) => {
    isThere = there;
    changed();
  };
  return { host, candidate, come, go, enter, passes, timers, tell, is, names: () => [...members.keys()] };
}

const over = (of: string) => ({ of, link: 1 });

test("whoever comes back in time finds all as it was, and is told what was said meanwhile, in its order", () => {
  const { host, candidate, come, go, enter, passes, tell, names } = opened();
  const [jonas, maya] = [come(host), come(candidate)];
  const [ofJonas, ofMaya] = [enter(jonas), enter(maya)];
  const before = jonas.told.length;
  go(maya);
  for (const kind of ["over", "over"] as const) tell(ofMaya, over(ofJonas), { kind });
  expect([names(), jonas.told.length]).toEqual([[ofJonas, ofMaya], before]);
  const back = come(candidate);
  expect(enter(back)).toBe(ofMaya);
  expect(back.told.filter(({ type }) => type === "media")).toHaveLength(2);
  // The time that was given is for the break that is over.
  passes();
  expect(names()).toEqual([ofJonas, ofMaya]);
});

test("whoever does not is out of it after half a minute, and the others are told", () => {
  const { host, candidate, come, go, enter, passes, timers, names } = opened();
  const [jonas, maya] = [come(host), come(candidate)];
  const ofJonas = enter(jonas);
  enter(maya);
  go(maya);
  expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([CALL_LIMITS.awaitedMs]);
  passes();
  expect(names()).toEqual([ofJonas]);
  expect(jonas.told.at(-1)).toEqual({ type: "peers", peers: [] });
});

test("whoever was told more than can wait begins anew", () => {
  const { host, candidate, come, go, enter, tell } = opened();
  const [jonas, maya] = [come(host), come(candidate)];
  const [ofJonas, ofMaya] = [enter(jonas), enter(maya)];
  go(maya);
  for (let count = 0; count < 501; count += 1) tell(ofMaya, over(ofJonas), { kind: "over" });
  const back = come(candidate);
  expect(enter(back)).not.toBe(ofMaya);
  expect(back.told.filter(({ type }) => type === "media")).toEqual([]);
});

test("a call in which nobody is left but who is away ends with the time that they have", () => {
  const { host, come, go, enter, passes, names } = opened();
  const jonas = come(host);
  const ofJonas = enter(jonas);
  go(jonas);
  expect(names()).toEqual([ofJonas]);
  passes();
  expect(names()).toEqual([]);
});

test("a media server that is gone when the time of somebody who is away ends is only waited for", () => {
  const { host, candidate, come, go, enter, passes, is, names } = opened();
  const [jonas, maya] = [come(host), come(candidate)];
  const ofJonas = enter(jonas);
  enter(maya);
  go(maya);
  is(false);
  passes();
  expect(jonas.told.at(-1)).toEqual({ type: "peers", peers: [] });
  is(true);
  expect([names(), jonas.told.at(-1)]).toEqual([[ofJonas], expect.objectContaining({ type: "moved" })]);
});
