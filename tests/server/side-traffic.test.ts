import { describe, expect, test, vi } from "vitest";
import type { Documents } from "../../server/src/room/documents/documents.ts";
import type { Message, Participant, SideChannel } from "../../server/src/room/side/channel.ts";
import { sideChannels } from "../../server/src/room/side/channels.ts";
import { clock as timeChannel } from "../../server/src/room/side/clock.ts";
import { fullness } from "../../server/src/room/side/fullness.ts";
import { presence } from "../../server/src/room/side/presence.ts";
import { SideTraffic } from "../../server/src/room/side/traffic.ts";
import { livePanelRoom } from "../support/domain.ts";
import { Clock } from "../support/server.ts";

const ROOM = "r_000000000001";
const message = (text: string): Message => ({ content: [text], answer: null });

const participant = (seatId: string, roomId = ROOM): Participant => ({
  roomId,
  seatId,
  view: null,
  tell: () => undefined,
  tellWith: () => undefined,
});

/** A channel that notes what it is told. */
function noting(intake: { perSecond: number } | null) {
  const noted: string[] = [];
  const seats = (all: ReadonlySet<Participant>) => [...all].map(({ seatId }) => seatId).join("+");
  const channel: SideChannel = {
    intake: intake && {
      event: "time",
      perSecond: intake.perSecond,
      receive: ({ content }, { seatId }, all) => noted.push(`${seatId}: ${content} to ${seats(all)}`),
    },
    join: ({ seatId }, all) => noted.push(`${seatId} joins ${seats(all)}`),
    leave: ({ seatId }, all) => noted.push(`${seatId} leaves ${seats(all)}`),
    peopleChanged: (all) => noted.push(`changed for ${seats(all)}`),
    roomGrew: (all) => noted.push(`grown for ${seats(all)}`),
  };
  /** What was noted since it was asked last. */
  const since = () => noted.splice(0);
  return { channel, since };
}

/** All there are, over a room in which nobody has a document open and nobody is in a call. */
const allChannels = () =>
  sideChannels({
    timeIn: () => 0,
    fullnessOf: () => 0,
    documents: { listen: () => undefined } as unknown as Documents,
    rooms: {
      look: (_, use) => Promise.resolve(use(null, null)),
      whether: (_room, _seat, _command, use) => Promise.resolve(use(null)),
    },
    onError: (error) => {
      throw error;
    },
    perSecond: 10,
    steady: () => 0,
    newPeerId: () => "v_000000000001",
    iceServers: () => [],
    media: null,
    viewIn: () => undefined,
    after: () => undefined,
  });

function traffic(channels: readonly SideChannel[]) {
  const clock = new Clock();
  const errors: unknown[] = [];
  const side = new SideTraffic({ channels, steady: clock.now, onError: (error) => void errors.push(error) });
  return { side, clock, errors };
}

describe("side channels", () => {
  test("are told who comes, speaks and goes, each room for itself", () => {
    const { channel, since } = noting({ perSecond: 10 });
    const { side, errors } = traffic([channel]);
    const [ann, bob, elsewhere] = [participant("ann"), participant("bob"), participant("eve", "r_000000000002")];
    for (const who of [ann, bob, elsewhere]) side.join(who);
    expect(since()).toEqual(["ann joins ann", "bob joins ann+bob", "eve joins eve"]);
    side.receive("time", message("hello"), bob);
    expect(since()).toEqual(["bob: hello to ann+bob"]);
    side.peopleChanged(ROOM);
    side.peopleChanged("r_000000000003");
    side.roomGrew(ROOM);
    side.roomGrew("r_000000000003");
    expect(since()).toEqual(["changed for ann+bob", "grown for ann+bob"]);
    side.leave(ann);
    side.leave(ann);
    expect(since()).toEqual(["ann leaves bob"]);
    side.leave(bob);
    side.peopleChanged(ROOM);
    side.leave(participant("nobody", "r_000000000003"));
    expect(since()).toEqual(["bob leaves "]);
    expect(errors).toEqual([]);
  });

  test("hear nothing from who is not there any more, or never was", () => {
    const { channel, since } = noting({ perSecond: 10 });
    const { side } = traffic([channel]);
    const [ann, bob] = [participant("ann"), participant("bob")];
    side.receive("time", message("too early"), ann);
    for (const who of [ann, bob]) side.join(who);
    side.leave(ann);
    since();
    side.receive("time", message("too late"), ann);
    expect(since()).toEqual([]);
  });

  test("take in only what is theirs, and so much of it from one seat, however many connections it has", () => {
    const [talking, listening] = [noting({ perSecond: 1 }), noting(null)];
    const { side, clock, errors } = traffic([talking.channel, listening.channel]);
    expect(side.incoming).toEqual(["time"]);
    const [one, again, other] = [participant("ann"), participant("ann"), participant("bob")];
    for (const who of [one, again, other]) side.join(who);
    talking.since();
    listening.since();
    for (const who of [one, again, one, again, other]) side.receive("time", message("hello"), who);
    expect(talking.since().map((line) => line.slice(0, 3))).toEqual(["ann", "ann", "bob"]);
    clock.advance(1_000);
    for (const who of [again, one]) side.receive("time", message("hello"), who);
    expect(talking.since()).toHaveLength(1);
    side.receive("other" as "time", message("hello"), other);
    expect([talking.since(), listening.since()]).toEqual([[], []]);
    expect(errors).toEqual([]);
  });

  test("have each their own messages, and allowances for them", () => {
    const [talking, writing] = [noting({ perSecond: 1 }), noting({ perSecond: 1 })];
    const another = "another" as "time";
    const intake = writing.channel.intake && { ...writing.channel.intake, event: another };
    const { side } = traffic([talking.channel, { ...writing.channel, intake }]);
    expect(side.incoming).toEqual(["time", another]);
    const ann = participant("ann");
    side.join(ann);
    for (const channel of [talking, writing]) channel.since();
    for (let count = 0; count < 3; count++) side.receive("time", message("hello"), ann);
    expect([talking.since().length, writing.since()]).toEqual([2, []]);
    side.receive(another, message("something"), ann);
    expect([talking.since(), writing.since()]).toEqual([[], ["ann: something to ann"]]);
  });

  test("that fail keep no other from its work", () => {
    const { channel, since } = noting(null);
    const failure = new Error("A channel that fails.");
    const failing = (): never => {
      throw failure;
    };
    const { side, errors } = traffic([
      { intake: null, join: failing, leave: failing, peopleChanged: failing, roomGrew: failing },
      channel,
    ]);
    const ann = participant("ann");
    side.join(ann);
    side.peopleChanged(ROOM);
    side.leave(ann);
    expect(since()).toEqual(["ann joins ann", "changed for ann", "ann leaves "]);
    expect(errors).toEqual([failure, failure, failure]);
  });
});

/** Seats of a room as they look at it on one channel, and what each was told. */
function watchingOn<Told>(channel: SideChannel) {
  const panel = livePanelRoom();
  const told: Record<string, Told[]> = {};
  const events = new Set<string>();
  const viewer = (seatId: string): Participant => ({
    roomId: ROOM,
    seatId,
    get view() {
      return panel.room.view(seatId);
    },
    tell: (event, ...content) => {
      events.add(event);
      told[seatId] = [...(told[seatId] ?? []), ...(content as unknown as Told[])];
    },
    tellWith(others, event, ...content) {
      for (const who of [this, ...others]) who.tell(event, ...content);
    },
  });
  const { side, errors } = traffic([channel]);
  return { ...panel, side, viewer, told, events, errors };
}

describe("presence", () => {
  const watching = () => watchingOn<string[]>(presence());

  test("tells each viewer who of the people they see is connected, when that changes for them", () => {
    const { side, viewer, told, events, host, candidate, observer, room } = watching();
    const [ofHost, ofCandidate, ofObserver] = [viewer(host), viewer(candidate), viewer(observer)];
    side.join(ofHost);
    expect(told[host]).toEqual([[host]]);
    side.join(ofCandidate);
    expect([told[host]?.at(-1), told[candidate]]).toEqual([[host, candidate], [[host]]]);
    side.join(ofObserver);
    expect(told[host]?.at(-1)).toEqual([host, candidate, observer]);
    // The candidate does not see observers, and is told nothing of them.
    expect(told[candidate]).toEqual([[host]]);
    room.must(host, { type: "showObservers", shown: true });
    side.peopleChanged(ROOM);
    expect(told[candidate]).toEqual([[host], [host, observer]]);
    side.leave(ofHost);
    expect([told[candidate]?.at(-1), told[observer]?.at(-1)]).toEqual([[observer], [candidate, observer]]);
    const counts = Object.values(told).map(({ length }) => length);
    side.peopleChanged(ROOM);
    expect(Object.values(told).map(({ length }) => length)).toEqual(counts);
    expect([...events]).toEqual(["presence"]);
  });

  test("tells nothing to who is shown nothing", () => {
    const told: unknown[] = [];
    const { side, viewer, errors, host } = watching();
    side.join({ ...participant("s_without-a-view"), tell: (...content: unknown[]) => void told.push(content) });
    side.join(viewer(host));
    expect(told).toEqual([]);
    expect(errors).toEqual([]);
  });
});

test("nobody's view is looked at for each commit, where it is of no consequence", () => {
  const { side, errors } = traffic(allChannels());
  const { room, host, candidate, observer } = livePanelRoom();
  const look = vi.fn((seatId: string) => room.view(seatId));
  for (const seatId of [host, candidate, observer]) {
    const viewer: Participant = {
      ...participant(seatId),
      get view() {
        return look(seatId);
      },
    };
    side.join(viewer);
  }
  look.mockClear();
  side.roomGrew(ROOM);
  expect(look).not.toHaveBeenCalled();
  expect(errors).toEqual([]);
});

describe("how full a room is", () => {
  test("is told to the host alone, in whole percents, once that it is nearly full and whenever that changes", () => {
    let full = 0.7999;
    const { side, viewer, told, events, host, ann, candidate, observer } = watchingOn<number>(fullness(() => full));
    const saysAt = (now: number) => {
      full = now;
      side.roomGrew(ROOM);
      return told[host];
    };
    // Whoever is not the host may come before them.
    for (const seatId of [ann, candidate, observer, host]) side.join(viewer(seatId));
    expect(saysAt(0.7999)).toBeUndefined();
    expect(saysAt(0.8)).toEqual([80]);
    expect(saysAt(0.8099)).toEqual([80]);
    expect(saysAt(0.81)).toEqual([80, 81]);
    expect(saysAt(1.7)).toEqual([80, 81, 100]);
    expect(saysAt(2.5)).toEqual([80, 81, 100]);
    side.peopleChanged(ROOM);
    side.leave(viewer(ann));
    expect(Object.keys(told)).toEqual([host]);
    expect(told[host]).toHaveLength(3);
    expect([...events]).toEqual(["fullness"]);
  });

  test("is told to the host who comes when it is nearly full already", () => {
    const { side, viewer, told, errors, host, ann } = watchingOn<number>(fullness(() => 0.9));
    for (const who of [participant("s_without-a-view"), viewer(ann)]) side.join(who);
    expect(told).toEqual({});
    side.join(viewer(host));
    expect(told).toEqual({ [host]: [90] });
    expect(errors).toEqual([]);
  });
});

describe("the time in a room", () => {
  const OTHER = "r_000000000002";
  const watching = () => {
    const told: [string, unknown[]][] = [];
    const who = (seatId: string, roomId = ROOM): Participant => ({
      ...participant(seatId, roomId),
      tell: (...content: unknown[]) => void told.push([seatId, content]),
    });
    const { side, errors } = traffic([
      noting(null).channel,
      timeChannel((roomId) => (roomId === ROOM ? 1_000 : 2_000), 10),
    ]);
    return { side, who, told, errors };
  };

  test("is answered to who asks, for their own room", () => {
    const { side, who, errors } = watching();
    const [ann, eve] = [who("ann"), who("eve", OTHER)];
    for (const one of [ann, eve]) side.join(one);
    const answers: unknown[] = [];
    for (const one of [ann, eve]) side.receive("time", { content: [], answer: (time) => answers.push(time) }, one);
    expect(answers).toEqual([1_000, 2_000]);
    side.receive("time", { content: [], answer: null }, ann);
    expect(errors).toEqual([]);
  });

  test("is told to everybody in the room when it was set, and to nobody elsewhere", () => {
    const { side, who, told, errors } = watching();
    for (const one of [who("ann"), who("bob"), who("eve", OTHER)]) side.join(one);
    side.clockSet(ROOM);
    expect(told).toEqual([
      ["ann", ["clockSet", 1_000]],
      ["bob", ["clockSet", 1_000]],
    ]);
    side.clockSet("r_000000000003");
    expect(told).toHaveLength(2);
    expect(errors).toEqual([]);
  });
});
