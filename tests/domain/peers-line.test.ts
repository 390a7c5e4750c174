import type { Command } from "@whetstone/shared/room/command";
import { withUnsaved } from "@whetstone/shared/room/unsaved";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { View } from "@whetstone/shared/room/view/view";
import { describe, expect, test } from "vitest";
import type { Room } from "../support/domain.ts";
import { allReady, peerRoom, peersOf } from "../support/peers.ts";

/** What peers write to each other and where they meet, before the server has answered. */

const say = (number: number, text: string): Command => ({ type: "sayLine", lineId: `m_00000000000${number}`, text });

function shown(room: Room, seatId: string, commands: readonly Command[]): PeersView {
  const view = room.view(seatId);
  if (!view) throw new Error("The seat is gone.");
  const after = withUnsaved(
    view,
    commands.map((command) => ({ command, begunAt: room.now })),
  );
  expect(View.parse(after)).toEqual(after);
  if (!("peers" in after) || !after.peers) throw new Error(`${seatId} is no peer.`);
  return after.peers;
}

describe.each(["host", "candidate", "interviewer"] as const)("what a peer writes who is the %s", (role) => {
  function seated() {
    const among = peerRoom({ people: 3 });
    allReady(among);
    const seatId = among.peers.find((peer) => among.room.view(peer)?.role === role) ?? "";
    const other = among.peers.find((peer) => peer !== seatId) ?? "";
    return { room: among.room, seatId, other };
  }

  test("is on its way below what has come, and has its moment once it has come itself", () => {
    const { room, seatId, other } = seated();
    room.must(other, say(1, "Hello?"));
    const line = shown(room, seatId, [say(2, "  Hello!\n"), say(3, "All well.")]).line;
    expect(line).toMatchObject([
      { seatId: other, text: "Hello?", at: room.now },
      { seatId, text: "Hello!", at: null },
      { seatId, text: "All well.", at: null },
    ]);
    room.must(seatId, say(2, "Hello!"));
    room.must(other, say(4, "Good."));
    const after = shown(room, seatId, [say(3, "All well.")]).line;
    expect(after.map(({ text, at }) => [text, at === null])).toEqual([
      ["Hello?", false],
      ["Hello!", false],
      ["Good.", false],
      ["All well.", true],
    ]);
  });

  test("is there once, also where it has come and its answer has not", () => {
    const { room, seatId } = seated();
    room.must(seatId, say(1, "Once."));
    expect(shown(room, seatId, [say(1, "Once.")]).line).toEqual(peersOf(room, seatId).line);
  });

  test("is nothing of the other's before they have it", () => {
    const { room, seatId, other } = seated();
    shown(room, seatId, [say(1, "Mine.")]);
    expect(peersOf(room, other).line).toEqual([]);
  });

  test("may be where they meet, filled in, changed and taken away at once", () => {
    const { room, seatId, other } = seated();
    const meet = (url: string | null): Command => ({ type: "setMeeting", url });
    room.must(other, meet("https://meet.example.org/theirs"));
    expect(shown(room, seatId, []).meeting).toBe("https://meet.example.org/theirs");
    expect(shown(room, seatId, [meet("https://meet.example.org/mine")]).meeting).toBe("https://meet.example.org/mine");
    expect(shown(room, seatId, [meet(null)]).meeting).toBeNull();
  });
});
