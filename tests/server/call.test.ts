import { CALL_LIMITS, type CallAnswer, type CallMessage, type CallSignal } from "@whetstone/shared/call/wire";
import { describe, expect, test } from "vitest";
import { newSeat, type Seat } from "../support/seats.ts";
import { type FullHouse, fullHouse, liveHouse, startServer, type TestServer } from "../support/server.ts";

/** A room's call over a real server: who is introduced to whom, and what of it reaches nobody else. */

const ALL = { microphone: true, camera: true, screen: false };
const OFFER: CallSignal = { kind: "description", type: "offer", sdp: "v=0 unmistakable" };

const say = (seat: Seat, message: CallMessage | object) => seat.ask("call", message) as Promise<CallAnswer>;
const PAGE = "k_0123456789abcdef";
const enter = (seat: Seat, page = PAGE, sending = ALL) => say(seat, { type: "enter", page, sending });
/** Everything that was sent to these seats is there. */
const reached = (...seats: readonly Seat[]) => Promise.all(seats.map((seat) => seat.time()));

async function entered(seat: Seat) {
  const answer = await enter(seat);
  if (!answer.ok || !answer.entered) throw new Error(JSON.stringify(answer));
  return answer.entered;
}
const reasonOf = (answer: CallAnswer) => (answer.ok ? null : answer.refusal.reason);
/** The seats that this one is told of in the call. */
const hears = (seat: Seat) => seat.callPeers.map(({ seatId }) => seatId).toSorted();
const ids = (...seats: readonly Seat[]) => seats.map(({ seatId }) => seatId).toSorted();
const signals = (seat: Seat) => seat.calls.filter((told) => told.type === "signal");
const outs = (seat: Seat) => seat.calls.flatMap((told) => (told.type === "out" ? [told.refusal.reason] : []));

const called = async (options?: Parameters<typeof startServer>[0]): Promise<FullHouse & { server: TestServer }> => {
  const server = await startServer(options);
  return { server, ...(await liveHouse(server)) };
};

describe("whoever enters a room's call", () => {
  test("is told who is in it, and they of them; whoever is not in it sees who is", async () => {
    const { host, ines, candidate } = await called();
    expect((await entered(host)).peers).toEqual([]);
    const { peers } = await entered(candidate);
    expect(peers).toMatchObject([{ seatId: host.seatId, sending: ALL, wasBefore: true }]);
    await reached(host, ines);
    expect(host.callPeers).toMatchObject([{ seatId: candidate.seatId, wasBefore: false }]);
    expect(hears(ines)).toEqual(ids(host, candidate));
  });

  test("has their words brought to whom they are for, and to nobody else", async () => {
    const { host, ines, candidate, ivan } = await called();
    const [ofHost, ofCandidate] = [await entered(host), await entered(candidate)];
    await entered(ines);
    await say(candidate, { type: "signal", to: ofHost.peerId, signal: OFFER });
    await reached(host, ines, ivan);
    expect(signals(host)).toEqual([{ type: "signal", from: ofCandidate.peerId, signal: OFFER }]);
    for (const other of [ines, ivan]) expect(other.received.join("")).not.toContain("unmistakable");
  });

  test("tells the others what they send, and that they have left", async () => {
    const { host, candidate } = await called();
    await entered(host);
    await entered(candidate);
    await say(candidate, { type: "send", sending: { microphone: false, camera: true, screen: true } });
    await reached(host);
    expect(host.callPeers).toMatchObject([{ sending: { microphone: false, camera: true, screen: true } }]);
    await say(candidate, { type: "leave" });
    await reached(host, candidate);
    expect(hears(host)).toEqual([]);
    expect(hears(candidate)).toEqual(ids(host));
    candidate.drop();
    await entered(host);
    expect(hears(host)).toEqual([]);
  });

  test("is out of it when their connection ends, and those they were connected to are told that it broke, not those who were not", async () => {
    const { host, candidate, observer, ines } = await called();
    await entered(host);
    await entered(observer);
    const { peerId } = await entered(candidate);
    candidate.drop();
    await host.waitFor(() => hears(host).every((seatId) => seatId !== candidate.seatId));
    const cuts = (seat: Seat) => seat.calls.flatMap((told) => (told.type === "cut" ? [told.peerId] : []));
    expect(cuts(host)).toEqual([peerId]);
    await reached(observer, ines);
    expect([...cuts(observer), ...cuts(ines)]).toEqual([]);
  });

  test("leaves without a word of a broken connection", async () => {
    const { host, candidate } = await called();
    await entered(host);
    await entered(candidate);
    await say(candidate, { type: "leave" });
    await reached(host);
    expect(host.calls.map(({ type }) => type)).not.toContain("cut");
  });

  test("is the same to the others where they enter again on the same page", async () => {
    const { host, candidate } = await called();
    await entered(host);
    const first = await entered(candidate);
    candidate.drop();
    const again = await candidate.connect();
    const second = await entered(again);
    await reached(host);
    expect(second.peerId).not.toBe(first.peerId);
    expect(host.callPeers).toMatchObject([{ peerId: second.peerId, seatId: candidate.seatId, page: PAGE }]);
  });
});

describe("nobody is connected", () => {
  test("who was not let in", async () => {
    const { host, candidate } = await fullHouse(await startServer());
    await entered(host);
    expect(reasonOf(await enter(candidate))).toBe("not_admitted");
    await reached(host);
    expect(hears(host)).toEqual([]);
  });

  test("who is removed: they are out of the call as of the room", async () => {
    const { host, ines } = await called();
    await entered(host);
    await entered(ines);
    await host.must({ type: "removeSeat", seatId: ines.seatId });
    await ines.untilLost();
    await reached(host);
    expect(hears(host)).toEqual([]);
  });

  test("of a candidate and the panel once the interview has ended, while the panel goes on talking", async () => {
    const { host, ines, candidate } = await called();
    await entered(host);
    await entered(ines);
    await entered(candidate);
    await host.must({ type: "end" });
    await candidate.waitFor(() => outs(candidate).length > 0);
    expect(outs(candidate)).toEqual(["call_over"]);
    await reached(host);
    expect(hears(host)).toEqual(ids(ines));
    expect(reasonOf(await enter(candidate))).toBe("call_over");
    expect(hears(candidate)).toEqual([]);
  });

  test("of a candidate and an observer whom they do not see, and not a byte tells of them", async () => {
    const { host, candidate, observer } = await called();
    await entered(host);
    await entered(candidate);
    await reached(candidate);
    const before = candidate.messages.length;
    const { peerId, peers } = await entered(observer);
    expect(peers.map(({ seatId }) => seatId)).toEqual(ids(host));
    await say(observer, { type: "send", sending: ALL });
    await say(observer, { type: "leave" });
    await entered(observer);
    const [only] = candidate.callPeers;
    await say(candidate, { type: "signal", to: peerId, signal: OFFER });
    await reached(observer, candidate);
    expect(only?.seatId).toBe(host.seatId);
    expect(signals(observer)).toEqual([]);
    // The answers that it asked for itself, and nothing else.
    expect(candidate.messages.slice(before).filter((message) => !/^3\d/.test(message))).toEqual([]);
  });

  test("of an observer and a candidate again once the host hides them, and is as soon as the host shows them", async () => {
    const { host, candidate, observer } = await called();
    await entered(host);
    await entered(candidate);
    await entered(observer);
    await host.must({ type: "showObservers", shown: true });
    await candidate.waitFor(() => hears(candidate).length === 2);
    await reached(observer);
    expect(hears(observer)).toEqual(ids(host, candidate));
    await host.must({ type: "showObservers", shown: false });
    await candidate.waitFor(() => hears(candidate).length === 1);
    await reached(observer);
    expect(hears(observer)).toEqual(ids(host));
  });

  test("of two who only listen, and what an observer says they send is nothing", async () => {
    const { room, host, observer } = await called();
    const other = await room.join("observer", "Olga Observer");
    await entered(host);
    await entered(observer);
    await entered(other);
    await reached(host, observer);
    expect(hears(observer)).toEqual(ids(host));
    expect(host.callPeers.map(({ sending }) => sending.microphone || sending.camera)).toEqual([false, false]);
  });
});

describe("a call", () => {
  test("holds four who send, and any number who listen", async () => {
    const { room, host, ines, ivan, candidate, observer } = await called();
    const fifth = await room.join("interviewer", "Iris Interviewer");
    for (const seat of [host, ines, ivan, candidate]) await entered(seat);
    expect(reasonOf(await enter(fifth))).toBe("call_full");
    expect((await entered(observer)).peers.map(({ seatId }) => seatId).toSorted()).toEqual(ids(host, ines, ivan));
    await say(ivan, { type: "leave" });
    expect((await entered(fifth)).peers).toHaveLength(4);
    // Whoever is in may enter anew.
    expect((await entered(host)).peers).toHaveLength(4);
  });

  test("of another room is another one", async () => {
    const { server, host } = await called();
    const other = await liveHouse(server);
    const { peerId } = await entered(host);
    await entered(other.candidate);
    await say(other.candidate, { type: "signal", to: peerId, signal: OFFER });
    await reached(host);
    expect(signals(host)).toEqual([]);
    expect(hears(host)).toEqual([]);
  });

  test("goes on in the page that has the seat, which another page of it is told", async () => {
    const { server, host, candidate } = await called();
    await entered(host);
    const before = await entered(candidate);
    const again = await newSeat(server.url, candidate.token).connect();
    const after = await entered(again);
    expect(after.peerId).not.toBe(before.peerId);
    await reached(host);
    expect(hears(host)).toEqual(ids(again));
  });

  test("takes nothing else for a message, and goes on", async () => {
    const { host, candidate } = await called();
    const { peerId } = await entered(host);
    await entered(candidate);
    const description = { kind: "description", type: "offer", sdp: "x".repeat(CALL_LIMITS.description + 1) };
    for (const wrong of [
      null,
      { type: "enter" },
      { type: "enter", sending: ALL },
      { type: "enter", page: "__proto__", sending: ALL },
      { type: "enter", page: PAGE, sending: { microphone: 1 } },
      { type: "signal", to: peerId, signal: description },
      { type: "signal", to: peerId, signal: { kind: "description", type: "pranswer", sdp: "" } },
      { type: "signal", to: "__proto__", signal: OFFER },
      { type: "signal", to: peerId, signal: { kind: "candidate", candidate: "x".repeat(2_000) } },
      { type: "shout", text: "hello" },
    ]) {
      expect((await say(candidate, wrong ?? {})).ok, JSON.stringify(wrong)?.slice(0, 80)).toBe(false);
    }
    await say(candidate, { type: "signal", to: peerId, signal: OFFER });
    await reached(host);
    expect(signals(host)).toHaveLength(1);
  });

  test("bounds what one seat says in it, and serves the others", async () => {
    let elapsed = 0;
    const { host, ines, candidate } = await called({ steady: () => elapsed });
    const { peerId } = await entered(host);
    await entered(candidate);
    await entered(ines);
    const flood = Array.from({ length: 10 * CALL_LIMITS.perSecond }, () =>
      say(candidate, { type: "signal", to: peerId, signal: OFFER }),
    );
    const reasons = (await Promise.all(flood)).map(reasonOf);
    expect(reasons.filter((reason) => reason === null).length).toBeLessThanOrEqual(2 * CALL_LIMITS.perSecond);
    expect(new Set(reasons)).toEqual(new Set([null, "too_many"]));
    await say(ines, { type: "signal", to: peerId, signal: OFFER });
    elapsed += 1_000;
    expect((await say(candidate, { type: "leave" })).ok).toBe(true);
  });
});

describe("a meeting in another tool", () => {
  const MEETING = "https://meet.example.org/panel";

  test("is set by the host, shown to all, and takes the place of the room's own call", async () => {
    const { host, ines, candidate, observer } = await called();
    await entered(host);
    await entered(candidate);
    expect(await ines.send({ type: "setMeeting", url: MEETING })).toMatchObject({ refusal: { reason: "wrong_seat" } });
    await host.must({ type: "setMeeting", url: MEETING });
    for (const seat of [host, ines, candidate, observer]) {
      await seat.until((view) => view.room.call?.meeting === MEETING);
    }
    await reached(host, candidate);
    expect([outs(host), outs(candidate)]).toEqual([["call_elsewhere"], ["call_elsewhere"]]);
    expect(reasonOf(await enter(candidate))).toBe("call_elsewhere");
    await host.must({ type: "setMeeting", url: null });
    expect((await enter(candidate)).ok).toBe(true);
  });

  test.each([
    "http://meet.example.org",
    "javascript:alert(1)",
    "https://meet.example.org/<b>",
    `https://${"x".repeat(600)}`,
  ])("is no such address: %s", async (url) => {
    const { host } = await called();
    expect((await host.send({ type: "setMeeting", url })).ok).toBe(false);
  });

  test("is what the configuration says for each room, with a name of its own that does not tell which room it is", async () => {
    const server = await startServer({ config: { meeting: "https://meet.example.org/{room}?x={room}" } });
    const [one, other] = [await server.openRoom(), await server.openRoom()];
    const meeting = one.host.view.room.call?.meeting ?? "";
    expect(meeting).toMatch(/^https:\/\/meet\.example\.org\/(room-[0-9a-f]{24})\?x=\1$/);
    expect(meeting).not.toContain(one.roomId.slice(2));
    expect(other.host.view.room.call?.meeting).not.toBe(meeting);
  });
});

test("the host may keep the candidate from sharing their screen, and nobody else", async () => {
  const { host, ines, candidate } = await called();
  const shares = { microphone: true, camera: true, screen: true };
  await enter(host, PAGE, shares);
  await enter(candidate, PAGE, shares);
  await reached(host, candidate);
  expect(host.callPeers[0]?.sending.screen).toBe(true);
  expect((await ines.send({ type: "letShare", candidate: false })).ok).toBe(false);
  await host.must({ type: "letShare", candidate: false });
  await candidate.until((view) => view.room.call?.candidateSharesNot === true);
  await reached(host, candidate);
  expect(host.callPeers[0]?.sending).toEqual({ microphone: true, camera: true, screen: false });
  expect(candidate.callPeers[0]?.sending.screen).toBe(true);
});

test("servers that help to reach each other come with the call, with a key of their own that can be had anew", async () => {
  const ice = {
    urls: ["stun:stun.example.org", "turn:turn.example.org:3478"],
    turnSecret: "a shared secret that is long",
  };
  const { host, candidate } = await called({ config: { ice }, now: () => 1_800_000_000_000 });
  const [, relay] = (await entered(host)).iceServers;
  expect(relay).toMatchObject({ urls: ["turn:turn.example.org:3478"] });
  expect(relay?.username).toMatch(/^1800007200:[0-9a-f]{16}$/);
  await entered(candidate);
  const again = await say(candidate, { type: "renew" });
  expect(again.ok && again.iceServers?.[1]?.username).not.toBe(relay?.username);
  const text = candidate.received.join("");
  expect(text).not.toContain("a shared secret");
});
