import { describe, expect, test } from "vitest";
import type { Message, Participant, SideChannel } from "../../server/src/room/side/channel.ts";
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

function traffic(channels: readonly SideChannel[]) {
  const clock = new Clock();
  const errors: unknown[] = [];
  const side = new SideTraffic({ channels, steady: clock.now, onError: (error) => void errors.push(error) });
  return { side, clock, errors };
}

describe("side channels", () => {
  test("are told who comes, speaks and goes, each room for itself", () => {
    const { channel, since } = noting({ perSecond: 10 });
    const { side } = traffic([channel]);
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
    expect(since()).toEqual(["bob leaves "]);
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
    const { side, clock } = traffic([talking.channel, listening.channel]);
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

describe("presence", () => {
  /** Seats of a room as they look at it, and what each was told of who is connected. */
  function watching() {
    const panel = livePanelRoom();
    const told: Record<string, string[][]> = {};
    const viewer = (seatId: string): Participant => ({
      roomId: ROOM,
      seatId,
      get view() {
        return panel.room.view(seatId);
      },
      tell: (_event, ...content) => {
        told[seatId] = [...(told[seatId] ?? []), ...(content as unknown as string[][])];
      },
    });
    const { side } = traffic([presence()]);
    return { ...panel, side, viewer, told };
  }

  test("tells each viewer who of the people they see is connected, when that changes for them", () => {
    const { side, viewer, told, host, candidate, observer, room } = watching();
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
  });

  test("tells nothing to who is shown nothing", () => {
    const told: unknown[] = [];
    const { side, viewer, host } = watching();
    side.join({ ...participant("s_without-a-view"), tell: (...content: unknown[]) => void told.push(content) });
    side.join(viewer(host));
    expect(told).toEqual([]);
  });
});
