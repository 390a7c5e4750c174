import type { CallMessage, CallPeer, CallTold, CallWay, MediaSignal } from "@whetstone/shared/call/wire";
import { describe, expect, test } from "vitest";
import type { Seen } from "../../client/src/room/call/connections.ts";
import { pageInCall } from "./call-line.ts";

/** A page in a call that goes through a media server: what it offers and takes, and what becomes of it when that breaks. */

const OWN = "p_own000000000000";
const MEDIA: CallWay = { kind: "media", room: "v_first00000000000" };
const DIRECT: CallWay = { kind: "direct" };

const peer = (name: string): CallPeer => ({
  peerId: `p_${name}000000000000`,
  seatId: `s_${name}`,
  page: `k_${name}`,
  sending: { microphone: true, camera: false, screen: false },
  wasBefore: true,
});
const [maya, ines, olga] = [peer("maya"), peer("ines"), peer("olga")];
const SEEN: Seen = new Map([
  ["s_maya", { sends: true }],
  ["s_ines", { sends: true }],
  ["s_olga", { sends: false }],
]);

function opened({ maySend = true } = {}) {
  const page = pageInCall({ seen: SEEN, maySend });
  const { line, call } = page;
  const media = () =>
    line.said.filter((said) => said.type === "media").filter(({ signal }) => signal.kind !== "candidate");
  const offers = () => media().filter(({ of }) => of === OWN);
  const states = () => Object.fromEntries(call.getSnapshot().people.map(({ seatId, state }) => [seatId, state]));
  return { ...page, media, offers, states };
}

const told = (of: string, link: number, signal: MediaSignal): CallTold => ({ type: "media", of, link, signal });
/** What the media server offers of somebody: a description as the fake connection makes them. */
const offer = (id: string): MediaSignal => ({
  kind: "description",
  type: "offer",
  sdp: JSON.stringify({ type: "offer", id, of: "", ice: id }),
});
const OVER: MediaSignal = { kind: "over" };
const kinds = (said: readonly CallMessage[]) =>
  said.map((one) =>
    one.type === "media" ? [one.of, one.link, "type" in one.signal ? one.signal.type : one.signal.kind] : one.type,
  );

test("offers once what it sends, and answers for each other who sends; whoever only listens is there too", async () => {
  const { line, media, offers, states, open, settle } = opened();
  line.letInBy(MEDIA, maya, olga);
  await settle();
  expect(kinds(offers())).toEqual([[OWN, 1, "offer"]]);
  expect(states()).toEqual({ s_maya: "connecting", s_olga: "connected" });
  line.tell(told(maya.peerId, 7, offer("x")));
  await settle();
  expect(kinds(media().slice(1))).toEqual([[maya.peerId, 7, "answer"]]);
  expect(open()).toBe(2);
});

test("only receives, where it may not send", async () => {
  const { line, offers, call, settle } = opened({ maySend: false });
  line.letInBy(MEDIA, maya);
  await settle();
  expect([offers(), call.getSnapshot().ownState]).toEqual([[], null]);
});

test("goes over with its call, and back, and keeps nothing of before", async () => {
  const { line, connections, offers, open, settle, call } = opened();
  line.letInBy(DIRECT, maya, ines);
  expect(open()).toBe(2);
  line.tell({ type: "moved", way: MEDIA });
  await settle();
  expect(connections.map(({ isClosed }) => isClosed)).toEqual([true, true, false]);
  expect([call.getSnapshot().way, offers().length]).toEqual(["media", 1]);
  line.tell({ type: "moved", way: DIRECT });
  expect([call.getSnapshot().way, open()]).toEqual(["direct", 2]);
});

test("takes another offer in the place of the one before, and what is said of that one no more", async () => {
  const { line, connections, media, open, settle } = opened({ maySend: false });
  line.letInBy(MEDIA, maya);
  line.tell(told(maya.peerId, 1, offer("x")));
  line.tell(told(maya.peerId, 2, offer("y")));
  await settle();
  expect([connections.length, open()]).toEqual([2, 1]);
  line.tell(told(maya.peerId, 1, OVER));
  expect(open()).toBe(1);
  line.tell(told(maya.peerId, 2, OVER));
  expect(open()).toBe(0);
  expect(kinds(media())).toEqual([[maya.peerId, 2, "answer"]]);
});

test("takes what was offered of somebody before it is shown who that is, and never of somebody who is not shown", async () => {
  const { line, call, open } = opened({ maySend: false });
  line.letInBy(MEDIA, maya);
  call.see(new Map(), false);
  line.tell(told(maya.peerId, 1, offer("x")));
  line.tell(told(ines.peerId, 1, offer("x")));
  expect(open()).toBe(0);
  call.see(SEEN, false);
  expect(open()).toBe(1);
});

test("offers again a moment after the server has said that it is over", async () => {
  const { line, offers, passes, settle } = opened();
  line.letInBy(MEDIA);
  await settle();
  line.tell(told(OWN, 1, OVER));
  await settle();
  expect(kinds(offers())).toEqual([[OWN, 1, "offer"]]);
  passes(1_500);
  await settle();
  expect(kinds(offers())).toEqual([
    [OWN, 1, "offer"],
    [OWN, 2, "offer"],
  ]);
});

test("asks for another connection where one does not come about, and sends anew itself", async () => {
  const { line, media, passes, settle } = opened();
  line.letInBy(MEDIA, maya);
  line.tell(told(maya.peerId, 4, offer("x")));
  await settle();
  passes(15_000);
  await settle();
  expect(kinds(media()).slice(2)).toEqual([
    [maya.peerId, 4, "over"],
    [OWN, 2, "offer"],
  ]);
});

test("waits for a media server that cannot be reached, and begins anew in another room of it", async () => {
  const { line, call, states, open, offers, settle } = opened();
  line.letInBy(MEDIA, maya);
  await settle();
  line.tell({ type: "moved", way: { kind: "waiting" } });
  expect([call.getSnapshot().way, states(), open()]).toEqual(["waiting", { s_maya: "interrupted" }, 0]);
  line.tell({ type: "moved", way: { kind: "media", room: "v_second0000000000" } });
  await settle();
  expect([states(), open(), offers().length]).toEqual([{ s_maya: "connecting" }, 1, 2]);
});

describe("where it enters again after its connection to the room broke", () => {
  test("goes on with all that it has, if it was waited for", async () => {
    const { line, connections, open, offers, media, settle } = opened();
    line.letInBy(MEDIA, maya);
    line.tell(told(maya.peerId, 4, offer("x")));
    await settle();
    for (const connection of connections) connection.becomes("connected");
    const before = media().length;
    line.breaks();
    line.comesBack();
    line.letInBy(MEDIA, maya, ines);
    // What was offered meanwhile is told now.
    line.tell(told(ines.peerId, 5, offer("y")));
    await settle();
    expect([connections.length, open(), offers().length]).toEqual([3, 3, 1]);
    expect(kinds(media().slice(before))).toEqual([[ines.peerId, 5, "answer"]]);
  });

  test("sends anew what never arrived", async () => {
    const { line, open, offers, settle } = opened();
    line.letInBy(MEDIA, maya);
    await settle();
    line.breaks();
    line.comesBack();
    line.letInBy(MEDIA, maya);
    await settle();
    expect([open(), kinds(offers()).length]).toEqual([1, 2]);
  });

  test("begins anew with everything, if it was not", async () => {
    const { line, connections, open, settle } = opened();
    line.letInBy(MEDIA, maya);
    line.tell(told(maya.peerId, 4, offer("x")));
    await settle();
    for (const connection of connections) connection.becomes("connected");
    line.breaks();
    line.comesBack();
    line.letInAs("p_another00000000", MEDIA, maya);
    await settle();
    expect([connections.map(({ isClosed }) => isClosed), open()]).toEqual([[true, true, false], 1]);
  });
});
