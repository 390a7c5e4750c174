import { once } from "node:events";
import type { CallAnswer, CallMessage, CallTold, CallWay, MediaSignal } from "@whetstone/shared/call/wire";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { Janus } from "../../server/src/call/janus/janus.ts";
import { JanusProcess } from "../support/janus.ts";
import { OFFER } from "../support/offer.ts";
import { newSeat, type Seat } from "../support/seats.ts";
import { type FullHouse, liveHouse, startServer, type TestServer } from "../support/server.ts";

/** Calls of five and more over a real server and a real Janus: who is let into it, and what becomes of them when they leave or it does. */

let janus: JanusProcess;
beforeAll(async () => {
  janus = await JanusProcess.start();
});
afterAll(() => janus.close());

const ALL = { microphone: true, camera: true, screen: false };
const say = (seat: Seat, message: CallMessage) => seat.ask("call", message) as Promise<CallAnswer>;

async function entered(seat: Seat) {
  const answer = await say(seat, { type: "enter", page: `k_${seat.seatId.slice(2)}`, sending: ALL });
  if (!answer.ok || !answer.entered) throw new Error(JSON.stringify(answer));
  return answer.entered;
}
const reasonOf = (answer: CallAnswer) => (answer.ok ? null : answer.refusal.reason);
const wayOf = (seat: Seat): CallWay | undefined => seat.calls.findLast((told) => told.type === "moved")?.way;
const ids = (...seats: readonly Seat[]) => seats.map(({ seatId }) => seatId).toSorted();

/** A live room with a fifth who may send. */
async function panel(
  by = janus,
  from = 5,
): Promise<FullHouse & { readonly server: TestServer; readonly fifth: Seat; readonly senders: Seat[] }> {
  const server = await startServer({ config: { media: { ...by.options, from } } });
  const house = await liveHouse(server);
  const fifth = await house.room.join("interviewer", "Iris Interviewer");
  return { ...house, server, fifth, senders: [house.host, house.ines, house.ivan, house.candidate] };
}

/** Everybody in the call of five, which goes through Janus. */
async function crowd(by = janus) {
  const all = await panel(by);
  for (const seat of all.senders) await entered(seat);
  await expect.poll(async () => reasonOf(await say(all.fifth, { type: "renew" }))).toBeNull();
  const ofFifth = await entered(all.fifth);
  for (const seat of all.senders) await seat.waitFor(() => wayOf(seat)?.kind === "media");
  return { ...all, ofFifth };
}

/** Whoever runs Janus sees its rooms by the VideoRoom's key. */
async function operator(by: JanusProcess) {
  const socket = new WebSocket(by.url, "janus-protocol");
  onTestFinished(() => socket.terminate());
  await once(socket, "open");
  const answers = new Map<string, (answer: Record<string, unknown>) => void>();
  socket.on("message", (text) => {
    const answer = JSON.parse(String(text));
    if (answer.janus !== "ack") answers.get(answer.transaction)?.(answer);
  });
  const ask = (message: object) =>
    new Promise<Record<string, unknown>>((resolve) => {
      const transaction = `t${answers.size}`;
      answers.set(transaction, resolve);
      socket.send(JSON.stringify({ ...message, apisecret: by.options.secret, transaction }));
    });
  const idIn = (answer: Record<string, unknown>) => (answer as { data: { id: number } }).data.id;
  const session_id = idIn(await ask({ janus: "create" }));
  const handle_id = idIn(await ask({ janus: "attach", session_id, plugin: "janus.plugin.videoroom" }));
  const plugin = async (body: object): Promise<Record<string, unknown>> => {
    const answer = await ask({ janus: "message", session_id, handle_id, body });
    return (answer as { plugindata: { data: Record<string, unknown> } }).plugindata.data;
  };
  const rooms = async () => {
    const { list } = await plugin({ request: "list", admin_key: by.options.adminKey });
    return list as { room: number; is_private: boolean; record: boolean; num_participants: number }[];
  };
  return { plugin, rooms };
}

/** Offers to send, and gives what Janus says of it. */
async function sends(seat: Seat, peerId: string, link = 0, sdp = OFFER): Promise<MediaSignal> {
  await say(seat, { type: "media", of: peerId, link, signal: { kind: "description", type: "offer", sdp } });
  const isAnswer = (told: CallTold) => told.type === "media" && told.of === peerId && told.link === link;
  await seat.waitFor(() => seat.calls.some(isAnswer));
  const told = seat.calls.find(isAnswer);
  if (told?.type !== "media") throw new Error("Nothing was answered.");
  return told.signal;
}

describe("a call", () => {
  test("of four goes directly; as the fifth enters, it moves for all to one private room that is not recorded", async () => {
    const { senders, fifth, observer } = await panel();
    const { rooms } = await operator(janus);
    for (const seat of senders) expect((await entered(seat)).way).toEqual({ kind: "direct" });
    expect(await rooms()).toEqual([]);
    const { way, peers } = await entered(fifth);
    expect(way).toMatchObject({ kind: "media" });
    expect(peers.map(({ seatId }) => seatId).toSorted()).toEqual(ids(...senders));
    for (const seat of [...senders, observer]) await seat.waitFor(() => wayOf(seat) !== undefined);
    for (const seat of [...senders, observer]) expect(wayOf(seat)).toEqual(way);
    await expect.poll(rooms).toMatchObject([{ is_private: true, record: false, num_participants: 0 }]);
  });

  test("that goes through it stays so until nobody who sends is in it, and then there is no such room any more", async () => {
    const { senders, fifth, observer } = await crowd();
    const { rooms } = await operator(janus);
    await entered(observer);
    await say(fifth, { type: "leave" });
    const [first, ...others] = senders;
    for (const seat of others) await say(seat, { type: "leave" });
    expect(await rooms()).toHaveLength(1);
    await observer.time();
    expect(wayOf(observer)).toMatchObject({ kind: "media" });
    if (first) await say(first, { type: "leave" });
    await expect.poll(rooms).toEqual([]);
    await observer.waitFor(() => wayOf(observer)?.kind === "direct");
    expect((await entered(fifth)).way).toEqual({ kind: "direct" });
  });

  test("goes through it from fewer people on, where that is configured", async () => {
    const { host, observer } = await panel(janus, 1);
    expect((await entered(observer)).way).toEqual({ kind: "direct" });
    expect((await entered(host)).way).toMatchObject({ kind: "media" });
  });
});

describe("whoever is in it", () => {
  test("is answered by Janus, where they may send; one who only listens is not taken in", async () => {
    const { host, observer, ofFifth, fifth } = await crowd();
    const { rooms } = await operator(janus);
    expect(await sends(fifth, ofFifth.peerId)).toMatchObject({ kind: "description", type: "answer" });
    const { peerId } = await entered(observer);
    await say(observer, {
      type: "media",
      of: peerId,
      link: 0,
      signal: { kind: "description", type: "offer", sdp: OFFER },
    });
    const { peerId: ofHost } = await entered(host);
    expect(await sends(host, ofHost)).toMatchObject({ type: "answer" });
    expect(await rooms()).toMatchObject([{ num_participants: 2 }]);
    expect(observer.calls.filter(({ type }) => type === "media")).toEqual([]);
  });

  test("is out of Janus when they leave or are removed, also while their connection is broken", async () => {
    const { host, fifth, ines, ivan, candidate, ofFifth } = await crowd();
    const { rooms } = await operator(janus);
    await sends(fifth, ofFifth.peerId);
    for (const seat of [ines, ivan, candidate]) await sends(seat, (await entered(seat)).peerId);
    expect(await rooms()).toMatchObject([{ num_participants: 4 }]);
    await host.must({ type: "removeSeat", seatId: ines.seatId });
    await expect.poll(rooms).toMatchObject([{ num_participants: 3 }]);
    await say(fifth, { type: "leave" });
    await expect.poll(rooms).toMatchObject([{ num_participants: 2 }]);
    ivan.drop();
    candidate.drop();
    await host.waitFor(() => !host.presence.includes(ivan.seatId) && !host.presence.includes(candidate.seatId));
    expect(await rooms()).toMatchObject([{ num_participants: 2 }]);
    await host.must({ type: "removeSeat", seatId: ivan.seatId });
    await expect.poll(rooms).toMatchObject([{ num_participants: 1 }]);
    // What the panel says after the interview is not the candidate's, wherever they are.
    await host.must({ type: "end" });
    await expect.poll(rooms).toMatchObject([{ num_participants: 0 }]);
    await host.time();
    expect(host.callPeers).toEqual([]);
  });

  test("goes on while their connection to the room is broken: the others notice nothing, and what was said to them waits", async () => {
    const { host, ines, fifth, ofFifth, server } = await crowd();
    const { rooms } = await operator(janus);
    const { peerId } = await entered(ines);
    await sends(ines, peerId);
    await host.time();
    const before = host.calls.length;
    ines.drop();
    await host.waitFor(() => !host.presence.includes(ines.seatId));
    // Offered while she is away.
    expect(await sends(fifth, ofFifth.peerId)).toMatchObject({ type: "answer" });
    expect(await rooms()).toMatchObject([{ num_participants: 2 }]);
    const back = await newSeat(server.url, ines.token).connect();
    expect((await entered(back)).peerId).toBe(peerId);
    await host.time();
    expect(host.calls.slice(before).filter(({ type }) => type === "peers")).toEqual([]);
    // Another page of hers has nothing of what the first one had.
    back.drop();
    await host.waitFor(() => !host.presence.includes(ines.seatId));
    const other = await newSeat(server.url, ines.token).connect();
    const answer = await say(other, { type: "enter", page: "k_another00000000", sending: ALL });
    expect(answer).toMatchObject({ ok: true });
    expect(answer.ok && answer.entered?.peerId).not.toBe(peerId);
    await expect.poll(rooms).toMatchObject([{ num_participants: 1 }]);
  });

  test("has the only token there is for them: another one, and none, lets nobody in", async () => {
    const { fifth, ofFifth } = await crowd();
    const { plugin, rooms } = await operator(janus);
    await sends(fifth, ofFifth.peerId);
    const [only] = await rooms();
    for (const token of [undefined, "a token of somebody else"]) {
      const joining = { request: "join", ptype: "publisher", room: only?.room, ...(token && { token }) };
      expect(await plugin(joining)).toMatchObject({ error_code: 433 });
    }
    expect(await plugin({ request: "destroy", room: only?.room })).toMatchObject({ error_code: expect.any(Number) });
    // No page has anything by which it could reach Janus itself.
    const received = fifth.received.join("");
    for (const hidden of [janus.options.secret, janus.options.adminKey, String(only?.room), "token"])
      expect(received).not.toContain(hidden);
  });

  test("hears of what Janus does not take that it is over, and nobody else does; what they say next is taken", async () => {
    const { fifth, ofFifth, host } = await crowd();
    expect(await sends(fifth, ofFifth.peerId, 0, "v=0 nonsense")).toEqual({ kind: "over" });
    expect(await sends(fifth, ofFifth.peerId, 1)).toMatchObject({ type: "answer" });
    await say(fifth, {
      type: "media",
      of: ofFifth.peerId,
      link: 1,
      signal: {
        kind: "candidate",
        candidate: "candidate:nonsense",
        sdpMid: "0",
        sdpMLineIndex: 0,
        usernameFragment: null,
      },
    });
    await say(fifth, { type: "media", of: "v_0000000000000000", link: 1, signal: { kind: "over" } });
    const { peerId } = await entered(host);
    expect(await sends(host, peerId)).toMatchObject({ type: "answer" });
    expect(host.calls.filter((told) => told.type === "media" && told.signal.kind === "over")).toEqual([]);
  });

  test("is told of the candidate as an observer whom the candidate does not see, and not a byte tells the candidate", async () => {
    const { candidate, observer, host, senders, fifth } = await crowd();
    await host.time();
    await candidate.time();
    const before = candidate.messages.length;
    const { peers } = await entered(observer);
    expect(peers.map(({ seatId }) => seatId).toSorted()).toEqual(ids(...senders, fifth));
    await say(observer, { type: "leave" });
    await entered(observer);
    await host.waitFor(() => host.callPeers.some(({ seatId }) => seatId === observer.seatId));
    await candidate.time();
    expect(candidate.callPeers.map(({ seatId }) => seatId)).not.toContain(observer.seatId);
    expect(candidate.messages.slice(before).filter((message) => !/^3\d/.test(message))).toEqual([]);
  });
});

describe("where Janus cannot be reached", () => {
  test("four call directly and a fifth is told so; once it is there, the fifth enters", async () => {
    const own = await JanusProcess.start();
    onTestFinished(() => own.close());
    await own.kill();
    const { senders, fifth } = await panel(own);
    for (const seat of senders) await entered(seat);
    const page = "k_0123456789abcdef";
    expect(reasonOf(await say(fifth, { type: "enter", page, sending: ALL }))).toBe("call_unserved");
    await own.startAgain();
    await expect.poll(async () => reasonOf(await say(fifth, { type: "enter", page, sending: ALL }))).toBeNull();
    for (const seat of senders) await seat.waitFor(() => wayOf(seat)?.kind === "media");
  });

  test("any more, all are told, and the call goes on in another room of it as soon as it is back", async () => {
    const own = await JanusProcess.start("texts");
    onTestFinished(() => own.close());
    const { senders, fifth, ofFifth } = await crowd(own);
    await sends(fifth, ofFifth.peerId);
    await own.kill();
    for (const seat of [...senders, fifth]) await seat.waitFor(() => wayOf(seat)?.kind === "waiting");
    await own.startAgain();
    for (const seat of [...senders, fifth]) await seat.waitFor(() => wayOf(seat)?.kind === "media");
    expect(wayOf(fifth)).not.toEqual(ofFifth.way);
    expect(await sends(fifth, ofFifth.peerId, 1)).toMatchObject({ type: "answer" });
  });
});

/** Our way to Janus, of a server that is told apart from others by that key. */
const reached = (key: string) =>
  new Promise<Janus>((resolve) => {
    const { secret, adminKey } = janus.options;
    const options = { url: janus.url, secret, adminKey, key: Buffer.from(key) };
    const it: Janus = new Janus({ ...options, onProblem: () => {} });
    it.onChange(() => it.problem === null && resolve(it));
    onTestFinished(() => it.close());
  });

test("a room that this server could not end is ended when it reaches Janus again; those of others stay", async () => {
  const { plugin, rooms } = await operator(janus);
  const { adminKey } = janus.options;
  await plugin({ request: "create", room: 4711, admin_key: adminKey, is_private: true, description: "Of others" });
  const names = async () => (await rooms()).length;
  (await reached("ours")).openRoom(() => {});
  (await reached("another's")).openRoom(() => {});
  await expect.poll(names).toBe(3);
  await reached("ours");
  expect(await names()).toBe(2);
  await plugin({ request: "destroy", room: 4711 });
});

test("a way to Janus that was closed opens no room, whoever still asks for one", async () => {
  const ours = await reached("ours");
  await ours.close();
  expect(ours.openRoom(() => {})).toBeNull();
});
