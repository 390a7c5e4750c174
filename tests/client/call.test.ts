import type { CallPeer, CallTold } from "@whetstone/shared/call/wire";
import { describe, expect, test } from "vitest";
import type { Seen } from "../../client/src/room/call/connections.ts";
import { pageInCall } from "./call-line.ts";

/** A page in a room's call, over a line that a test holds: who is connected when, and what of it a break of the room's connection touches. */

const peer = (name: string, peerId = `p_${name}000000000000`): CallPeer => ({
  peerId,
  seatId: `s_${name}`,
  page: `k_${name}`,
  sending: { microphone: true, camera: false, screen: false },
  wasBefore: true,
});
const SEEN: Seen = new Map([
  ["s_maya", { sends: true }],
  ["s_ines", { sends: true }],
]);
const [maya, ines] = [peer("maya"), peer("ines")];

function opened() {
  const page = pageInCall({ seen: SEEN });
  const shown = () => page.call.getSnapshot().people.map(({ seatId }) => seatId);
  return { ...page, shown };
}

const PEERS = (...peers: CallPeer[]): CallTold => ({ type: "peers", peers });

describe("a page in the call", () => {
  test("is connected to whoever is in it, and no more once they leave", () => {
    const { line, shown, open } = opened();
    line.letIn(maya);
    expect(shown()).toEqual(["s_maya"]);
    line.tell(PEERS(maya, ines));
    expect([shown(), open()]).toEqual([["s_maya", "s_ines"], 2]);
    line.tell(PEERS(ines));
    expect([shown(), open()]).toEqual([["s_ines"], 1]);
  });

  test("goes on with somebody whose connection to the room broke and who comes back on the same page", () => {
    const { line, connections, shown, open } = opened();
    line.letIn(maya);
    line.tell({ type: "cut", peerId: maya.peerId });
    line.tell(PEERS());
    expect([shown(), open()]).toEqual([["s_maya"], 1]);
    line.tell(PEERS(peer("maya", "p_again00000000000")));
    expect([shown(), connections.length]).toEqual([["s_maya"], 1]);
    // What is said to them now has their new name.
    connections[0]?.onicecandidate?.({
      candidate: { candidate: "x", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null },
    });
    expect(line.said.at(-1)).toMatchObject({ type: "signal", to: "p_again00000000000" });
  });

  test("waits for them no longer than half a minute", () => {
    const { line, passes, shown, open } = opened();
    line.letIn(maya);
    line.tell({ type: "cut", peerId: maya.peerId });
    line.tell(PEERS());
    passes(30_000);
    expect([shown(), open()]).toEqual([[], 0]);
  });

  test("is connected at once no more to whom it sees no more, though their connection broke", () => {
    const { line, call, open } = opened();
    line.letIn(maya, ines);
    line.tell({ type: "cut", peerId: maya.peerId });
    line.tell(PEERS(ines));
    expect(open()).toBe(2);
    call.see(new Map([["s_ines", { sends: true }]]), true);
    expect(open()).toBe(1);
  });

  test("begins anew with somebody who comes back on another page", () => {
    const { line, connections, shown } = opened();
    line.letIn(maya);
    line.tell({ type: "cut", peerId: maya.peerId });
    line.tell(PEERS({ ...maya, page: "k_other", peerId: "p_other00000000000" }));
    expect(shown()).toEqual(["s_maya"]);
    expect(connections.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  test("enters again where its own connection to the room broke, and keeps those whom it had, as they may come back later", () => {
    const { line, connections, shown, open, passes } = opened();
    line.letIn(maya, ines);
    line.breaks();
    expect([shown().length, open()]).toEqual([2, 2]);
    line.comesBack();
    expect(line.said.filter(({ type }) => type === "enter")).toHaveLength(2);
    line.letIn(ines);
    expect([shown().length, open()]).toEqual([2, 2]);
    passes(30_000);
    expect([shown(), connections.length]).toEqual([["s_ines"], 2]);
  });

  test("tries again where the server has no time for it, and says why where it may not", () => {
    const { line, call, passes } = opened();
    line.answer({ ok: false, refusal: { reason: "too_many", sentence: "Slower." } });
    passes(1_500);
    line.answer({ ok: false, refusal: { reason: "call_full", sentence: "Four people are in it." } });
    expect(call.getSnapshot()).toMatchObject({ stage: "out", refusal: { reason: "call_full" } });
  });

  test("is out of it with everybody where it is put out, and by its own leaving, which it says", () => {
    for (const isOwn of [false, true]) {
      const { line, call, open, passes } = opened();
      line.letIn(maya, ines);
      if (isOwn) call.leave();
      else line.tell({ type: "out", refusal: { reason: "not_admitted", sentence: "You wait." } });
      expect([call.getSnapshot().stage, call.getSnapshot().people, open()]).toEqual(["out", [], 0]);
      expect(line.said.some(({ type }) => type === "leave")).toBe(isOwn);
      const { length } = line.said;
      passes(2_000);
      line.comesBack();
      expect(line.said).toHaveLength(length);
    }
  });

  test("never offers first on both ends, nor on none, whoever came first", () => {
    const { line, connections } = opened();
    line.letIn(peer("maya"), { ...ines, wasBefore: false });
    // `k_ines` and `k_maya` stand before `k_own`, so that they offer.
    expect(connections.map((connection) => connection.getTransceivers().length)).toEqual([0, 0]);
    line.tell(PEERS({ ...maya, page: "k_zoe" }));
    expect(connections.at(-1)?.getTransceivers()).toHaveLength(3);
  });
});
