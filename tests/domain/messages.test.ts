import assert from "node:assert/strict";
import type { Command } from "@whetstone/shared/room/command";
import { LIMITS } from "@whetstone/shared/room/limits";
import { diff } from "@whetstone/shared/room/patch";
import { withUnsaved } from "@whetstone/shared/room/unsaved";
import type { Messages } from "@whetstone/shared/room/view/messages";
import { panelView, View } from "@whetstone/shared/room/view/view";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { begin, commandSteps, courses, play, propertyRuns, repeat, scoredBeginnings } from "../support/courses.ts";
import { livePanelRoom, PANEL_COMMANDS, panelRoom, type Room, refusalOf } from "../support/domain.ts";
import { peerRoom } from "../support/peers.ts";

/** What the panel writes to each other, and with its candidates. */

const aside = (number: number, text: string): Command => ({ type: "sayAside", lineId: `m_a${idOf(number)}`, text });
const toAll = (number: number, candidateId: string, text: string): Command => ({
  type: "sayToAll",
  lineId: `m_c${idOf(number)}`,
  candidateId,
  text,
});
const idOf = (number: number): string => String(number).padStart(11, "0");

const textsOf = (messages: Messages | undefined): string[] => (messages?.lines ?? []).map(({ text }) => text);
const asideOf = (room: Room, seatId: string): string[] => {
  const view = room.view(seatId);
  return view && "aside" in view ? textsOf(view.aside) : [];
};
const commonOf = (room: Room, seatId: string): string[] => textsOf(room.timedView(seatId)?.common);

describe("what the panel writes to each other", () => {
  test("is read by all of it that were let in, after the end too, and by nobody else", () => {
    const { room, host, ann, bob, candidate, observer } = livePanelRoom();
    room.must(ann, aside(1, "Shall I go on?"));
    room.must(host, { type: "end" });
    room.must(bob, aside(2, "A word before you rate."));
    for (const seatId of [host, ann, bob]) {
      expect(asideOf(room, seatId)).toEqual(["Shall I go on?", "A word before you rate."]);
    }
    for (const seatId of [candidate, observer]) expect(room.view(seatId)).not.toHaveProperty("aside");
  });

  test("is neither read nor written by an interviewer who waits to be let in", () => {
    const { room, host, ann, candidate } = livePanelRoom();
    room.must(ann, aside(1, "Who is that?"));
    room.must(ann, toAll(1, candidate, "Just a moment."));
    const late = room.come(room.link("interviewer").hash, "Late");
    expect(room.view(late)).toMatchObject({ waiting: true });
    for (const key of ["aside", "common"]) expect(room.view(late)).not.toHaveProperty(key);
    expect(refusalOf(room.act(late, aside(2, "It is me.")))).toBe("not_admitted");
    expect(refusalOf(room.act(late, toAll(2, candidate, "It is me.")))).toBe("not_admitted");
    room.must(host, { type: "admit", seatId: late });
    expect(asideOf(room, late)).toEqual(["Who is that?"]);
  });

  test("changes nothing for candidates and observers: in any course they see the same with and without it", () => {
    let said = 0;
    const rest = PANEL_COMMANDS.filter((type) => type !== "sayAside");
    fc.assert(
      fc.property(
        scoredBeginnings,
        courses(40, { types: [...rest, ...Array<"sayAside">(20).fill("sayAside")] }),
        fc.infiniteStream(fc.option(commandSteps(["sayAside"]))),
        (beginning, course, instead) => {
          const one = begin({ ...beginning, observers: 1 });
          const other = begin({ ...beginning, observers: 1 });
          for (const step of course) {
            const before = new Map(one.seatsOf("candidate", "observer").map((seatId) => [seatId, one.view(seatId)]));
            const played = play(one, step);
            if (played.by === "seat" && played.command.type === "sayAside") {
              said += "events" in played.decision ? played.decision.events.length : 0;
              for (const [seatId, seen] of before) assert.deepStrictEqual(diff(seen, one.view(seatId)), []);
              const replacement = instead.next().value;
              if (replacement) play(other, replacement);
            } else repeat(other, played, one.now);
            for (const seatId of one.seatsOf("candidate", "observer")) {
              assert.deepStrictEqual(other.view(seatId), one.view(seatId));
            }
          }
        },
      ),
      propertyRuns(150),
    );
    expect(said).toBeGreaterThan(100);
  });
});

describe("what the panel and the candidate write to each other", () => {
  test("is read by both and by whoever observes, from either side, before the start and in a pause too", () => {
    const { room, host, ann, candidate, observer } = panelRoom();
    room.must(candidate, toAll(1, candidate, "I hear nothing."));
    room.must(host, { type: "start" });
    room.must(host, { type: "pause" });
    room.must(ann, toAll(2, candidate, "We are here."));
    for (const seatId of [host, ann, candidate, observer]) {
      expect(commonOf(room, seatId)).toEqual(["I hear nothing.", "We are here."]);
    }
    expect(room.candidateView(candidate).common?.lines[1]).toEqual({
      lineId: "m_c00000000002",
      seatId: ann,
      name: "Ann",
      at: room.now,
      text: "We are here.",
    });
  });

  test("ends with the interview, and is still read", () => {
    const { room, host, ann, candidate } = livePanelRoom();
    room.must(ann, toAll(1, candidate, "Well done."));
    room.must(host, { type: "end" });
    for (const seatId of [ann, candidate]) {
      expect(refusalOf(room.act(seatId, toAll(2, candidate, "One thing more.")))).toBe("wrong_phase");
      expect(commonOf(room, seatId)).toEqual(["Well done."]);
    }
  });

  test("is nothing for a candidate who was not let in yet, and is told to nobody who is not there", () => {
    const { room, host, ann, candidate } = panelRoom();
    room.must(host, { type: "removeSeat", seatId: candidate });
    expect(refusalOf(room.act(ann, toAll(1, candidate, "Are you there?")))).toBe("not_there");
    const next = room.join("candidate", "Dana");
    expect(refusalOf(room.act(next, toAll(2, next, "Hello?")))).toBe("not_admitted");
    expect(refusalOf(room.act(ann, toAll(3, next, "Wait a moment.")))).toBe("not_there");
    expect(room.view(next)).not.toHaveProperty("common");
  });

  test("is with one candidate: who comes after them reads none of it, and is told nothing that was meant for them", () => {
    const { room, host, ann, candidate, observer } = livePanelRoom();
    room.must(ann, toAll(1, candidate, "Welcome, Cleo."));
    room.must(host, { type: "removeSeat", seatId: candidate });
    const next = room.join("candidate", "Dana");
    room.must(host, { type: "admit", seatId: next });
    expect(room.view(next)).not.toHaveProperty("common");
    expect(refusalOf(room.act(ann, toAll(2, candidate, "Sent late, for Cleo.")))).toBe("not_there");
    room.must(next, toAll(3, next, "Hello."));
    expect(commonOf(room, next)).toEqual(["Hello."]);
    for (const seatId of [host, ann, observer]) {
      expect(room.timedView(seatId)?.common?.lines).toMatchObject([
        { text: "Welcome, Cleo.", formerly: "Cleo" },
        { text: "Hello." },
      ]);
      expect(room.timedView(seatId)?.common?.lines[1]).not.toHaveProperty("formerly");
    }
  });

  test("never reaches a candidate whom it was not said with, in any course", () => {
    fc.assert(
      fc.property(scoredBeginnings, courses(60), (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) {
          play(room, step);
          for (const seatId of room.seatsOf("candidate")) {
            const others = room.state.messages.common.filter(({ candidateId }) => candidateId !== seatId);
            const shown = commonOf(room, seatId);
            for (const { text } of others) assert.ok(!shown.includes(text) || text.startsWith(`⟦${seatId}`));
          }
        }
      }),
      propertyRuns(100),
    );
  });
});

describe("of either", () => {
  test("a line that comes twice is there once, also as another's", () => {
    const { room, ann, bob, candidate } = livePanelRoom();
    for (const seatId of [ann, ann, bob]) {
      room.must(seatId, aside(1, "Once."));
      room.must(seatId, toAll(1, candidate, "Once."));
    }
    expect(asideOf(room, bob)).toEqual(["Once."]);
    expect(commonOf(room, candidate)).toEqual(["Once."]);
  });

  test("one person says so much and no more, and takes nobody's place by it", () => {
    const { room, ann, bob, candidate } = livePanelRoom();
    for (let number = 0; number < LIMITS.said; number++) {
      room.must(candidate, toAll(number, candidate, `Line ${number}.`));
      room.must(ann, aside(number, `Word ${number}.`));
    }
    expect(refusalOf(room.act(candidate, toAll(900, candidate, "More.")))).toBe("room_large");
    expect(refusalOf(room.act(ann, aside(900, "More.")))).toBe("room_large");
    room.must(bob, toAll(901, candidate, "Enough."));
    room.must(bob, aside(901, "Enough."));
  });

  test("the last lines are shown, each difference stays small, and all of them are taken away", () => {
    const { room, ann, bob, candidate } = livePanelRoom();
    let largest = 0;
    for (let number = 0; number < 320; number++) {
      const before = room.timedView(candidate);
      room.must(number % 2 === 0 ? ann : bob, toAll(number, candidate, `Line ${number}.`));
      const after = room.timedView(candidate);
      const { lines = [], before: out = 0 } = after?.common ?? {};
      expect(out + lines.length).toBe(number + 1);
      expect(lines.length).toBeLessThanOrEqual(200);
      expect(lines.length).toBeGreaterThanOrEqual(Math.min(150, number + 1));
      if (out === (before?.common?.before ?? 0))
        largest = Math.max(largest, JSON.stringify(diff(before, after)).length);
    }
    expect(largest).toBeLessThan(250);
    expect(panelView(room.state, ann)?.common?.lines).toHaveLength(320);
    expect(View.parse(room.view(ann))).toEqual(room.view(ann));
  });

  test("what is on its way stands below all that has come, once, and only for whoever writes it", () => {
    const { room, host, ann, candidate } = livePanelRoom();
    room.must(host, aside(1, "Ready?"));
    const commands = [aside(1, "Ready?"), aside(2, "  Yes.\n"), toAll(2, candidate, "Shall we begin?")];
    const seen = room.view(ann);
    assert.ok(seen);
    const shown = withUnsaved(
      seen,
      commands.map((command) => ({ command, begunAt: room.now })),
    );
    expect(View.parse(shown)).toEqual(shown);
    assert.ok(shown.role === "interviewer");
    expect(shown.aside?.lines.map(({ text, at }) => [text, at === null])).toEqual([
      ["Ready?", false],
      ["Yes.", true],
    ]);
    expect(shown.common?.lines).toMatchObject([{ seatId: ann, name: "Ann", at: null, text: "Shall we begin?" }]);
    expect(asideOf(room, host)).toEqual(["Ready?"]);
  });

  test("nothing is there among peers, who have a line of their own", () => {
    const { room, peers } = peerRoom({ people: 2 });
    for (const seatId of peers) {
      expect(refusalOf(room.act(seatId, aside(1, "Psst.")))).toBe("wrong_seat");
      expect(refusalOf(room.act(seatId, toAll(1, seatId, "Hello.")))).toBe("wrong_seat");
      expect(refusalOf(room.act(seatId, { type: "moveToLobby", seatId }))).toBe("wrong_seat");
    }
  });
});
