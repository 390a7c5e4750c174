import assert from "node:assert/strict";
import { INTERVIEWING } from "@whetstone/shared/practice/interviewing";
import { InterviewingCriterion } from "@whetstone/shared/room/peers/commands";
import { haveAllLetGo, rolesIn } from "@whetstone/shared/room/peers/state";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Pictures } from "../../server/src/export/pdf/pictures.ts";
import { practiceMarkdown } from "../../server/src/export/peers/markdown.ts";
import { practicePage } from "../../server/src/export/peers/page.ts";
import { type Practice, practiceOf } from "../../server/src/export/peers/practice.ts";
import { commandSteps, play, propertyRuns } from "../support/courses.ts";
import { PANEL_COMMANDS, PEER_COMMANDS, type Room, textsIn } from "../support/domain.ts";
import { holdRound, type PeerRoom, peerRoom } from "../support/peers.ts";

/** What one of those who practise with each other keeps, without a server. */

function keptBy(room: Room, seatId: string): Practice {
  const seen = room.view(seatId);
  if (!seen || !("peers" in seen) || !seen.peers) throw new Error(`${seatId} is no peer.`);
  const { peers, you, room: facts } = seen;
  return practiceOf({ peers, you, room: facts }, room.now);
}

/** Everything that stands in what somebody keeps, in either format. */
const wordsKept = (practice: Practice): string =>
  [...textsIn(practice), practiceMarkdown(practice), ...textsIn(practicePage(practice, new Pictures(() => null)))].join(
    "\n",
  );

const titlesOf = ({ chapters }: Practice): string[] => chapters.map(({ title }) => title);

/** Both rounds held, and each has written what the other is not to read yet. */
function heldPair(): PeerRoom & { readonly one: string; readonly two: string } {
  const among = peerRoom({ people: 2 });
  const { room } = among;
  const [one = "", two = ""] = among.peers;
  const asked = holdRound(among);
  holdRound(among);
  room.must(one, { type: "writeToPeer", roundId: 1, part: "wentWell", text: "⟦one: went well⟧" });
  room.must(one, { type: "writeToPeer", roundId: 2, part: "toInterviewer", text: "⟦one: to interviewer⟧" });
  room.must(two, { type: "writeToPeer", roundId: 2, part: "tryNext", text: "⟦two: try next⟧" });
  room.must(two, { type: "writeToPeer", roundId: 1, part: "toInterviewer", text: "⟦two: to interviewer⟧" });
  room.must(two, { type: "rateInterviewing", roundId: 1, criterionId: "hints", level: 1 });
  room.must(one, { type: "tick", askId: asked[0] ?? "", keyPoint: 1, heard: true });
  return { ...among, one, two };
}

describe("what a pair keeps", () => {
  test("is one's own side until both have let go, and says so", () => {
    const { room, one, two } = heldPair();
    room.must(two, { type: "letGo", gives: true });
    const kept = wordsKept(keptBy(room, one));
    expect(kept).toContain("is sealed until everybody has let go");
    for (const own of ["⟦one: went well⟧", "⟦one: to interviewer⟧", `⟦${one} answers⟧`, `⟦${two} answers⟧`]) {
      expect(kept).toContain(own);
    }
    expect(kept).not.toContain("⟦two: ");
    expect(kept).not.toContain(INTERVIEWING[2]?.anchors[0]);
    expect(titlesOf(keptBy(room, one))).toEqual([
      "What you were asked",
      "What you said of Peer 2’s answers",
      "What you said of how Peer 2 interviewed",
    ]);
  });

  test("is what both gave once they have, with the level that was given and the next one", () => {
    const { room, one, two } = heldPair();
    for (const seatId of [one, two]) room.must(seatId, { type: "letGo", gives: true });
    const { chapters, state } = keptBy(room, two);
    expect(state).toBeNull();
    expect(chapters[0]).toEqual({
      title: "What you were given",
      blocks: [{ kind: "said", label: "What went well, from Hana Host", text: "⟦one: went well⟧" }],
    });
    const [first] = chapters[1]?.blocks ?? [];
    assert(first?.kind === "question");
    const { questionId = "" } = room.state.rounds[0]?.plan[0] ?? {};
    const rubric = `${questionId} rubric`;
    expect(first.question).toMatchObject({
      answer: `⟦${two} answers⟧`,
      levels: [
        {
          criterion: `⟦${rubric}: depth⟧`,
          level: 2,
          by: "Hana Host",
          anchor: `⟦${rubric}: depth at 2⟧`,
          next: `⟦${rubric}: depth at 3⟧`,
        },
      ],
      points: [
        { label: "Heard", texts: [`⟦${rubric}: key point 1⟧`] },
        { label: "What a strong answer also holds", texts: [0, 2, 3].map((n) => `⟦${rubric}: key point ${n}⟧`) },
      ],
    });
    const interviewed = keptBy(room, one).chapters.find(({ title }) => title === "How you interviewed");
    expect(interviewed?.blocks).toEqual([
      { kind: "said", label: "From Peer 2", text: "⟦two: to interviewer⟧" },
      {
        kind: "levels",
        levels: [
          {
            criterion: "Use of hints",
            level: 1,
            by: "Peer 2",
            anchor: INTERVIEWING[2]?.anchors[0],
            next: INTERVIEWING[2]?.anchors[1],
          },
        ],
      },
    ]);
  });

  test("holds nothing of what the other kept to themselves, and says kindly that there is nothing", () => {
    const { room, one, two } = heldPair();
    room.must(one, { type: "letGo", gives: false });
    room.must(two, { type: "letGo", gives: true });
    const kept = keptBy(room, two);
    expect(wordsKept(kept)).not.toContain("⟦one: ");
    expect(kept.chapters[0]?.blocks).toEqual([
      { kind: "remark", text: "There are no words this time. That says nothing about your answers." },
    ]);
    expect(keptBy(room, one).state).toBe("You kept what you wrote of others to yourself.");
  });

  test("is a document in which nothing that somebody wrote is markup", () => {
    const { room, one, two } = heldPair();
    const hostile =
      "# Heading\n> quote\n- item\n1. one\n[link](https://example.org) <b>bold</b> `code` **strong**\n| a | b |";
    room.must(one, { type: "writeToPeer", roundId: 1, part: "tryNext", text: hostile });
    for (const seatId of [one, two]) room.must(seatId, { type: "letGo", gives: true });
    const lines = practiceMarkdown(keptBy(room, two)).split("\n");
    const at = lines.findIndex((line) => line.includes("Heading"));
    expect(lines.slice(at, at + 6)).toEqual([
      "> \\# Heading  ",
      "> \\> quote  ",
      "> \\- item  ",
      "> 1\\. one  ",
      "> \\[link](https://example.org) \\<b>bold\\</b> \\`code\\` \\*\\*strong\\*\\*  ",
      "> | a | b |",
    ]);
  });
});

test("whatever peers do, what each keeps holds nothing that others wrote of them, and no rubric of theirs, before all have let go", () => {
  const steps = commandSteps([
    ...PEER_COMMANDS,
    ...PEER_COMMANDS,
    ...PANEL_COMMANDS.filter((type) => ["push", "reveal", "rate", "tick", "writeNote", "writeAnswer"].includes(type)),
  ]);
  let looked = 0;
  let opened = 0;
  const look = ({ room, peers }: PeerRoom) => {
    const { state } = room;
    assert(state.peers);
    const isOpen = haveAllLetGo(state.peers, state.seats);
    for (const seatId of peers) {
      const kept = wordsKept(keptBy(room, seatId));
      for (const other of peers) {
        if (other === seatId) continue;
        assert(!kept.includes(`⟦${other} writeNote⟧`), "notes are nobody else's");
        const isGiven = isOpen && state.peers.letGo[other] === true;
        if (!isGiven) assert(!kept.includes(`⟦${other} writeToPeer⟧`));
        else if (kept.includes(`⟦${other} writeToPeer⟧`)) opened += 1;
      }
      if (isOpen) continue;
      state.peers.dealt?.forEach((plan, index) => {
        const roles = rolesIn(
          peers.map((id) => ({ seatId: id })),
          index + 1,
        );
        if (roles[seatId] !== "candidate") return;
        looked += state.rounds[index]?.asks.length ?? 0;
        for (const { questionId } of plan) assert(!kept.includes(`⟦${questionId} rubric`));
      });
    }
  };
  const someReady = ({ room, peers }: PeerRoom) => {
    for (const seatId of peers) room.act(seatId, { type: "ready", roundId: room.round.roundId, isReady: true });
  };
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 2, maxLength: 3 }),
      fc.array(steps, { maxLength: 60, size: "max" }),
      (gives, course) => {
        const among = peerRoom({ people: gives.length });
        const { room, peers } = among;
        course.forEach((step, index) => {
          play(room, step);
          if (index % 13 === 12 && room.round.phase !== "ended") someReady(among);
        });
        look(among);
        // Where no questions could be dealt no round begins, and nothing ends.
        for (let turn = 0; turn < 2 * peers.length; turn++) someReady(among);
        look(among);
        peers.forEach((seatId, index) => {
          room.act(seatId, { type: "letGo", gives: gives[index] ?? true });
          look(among);
        });
      },
    ),
    propertyRuns(150),
  );
  expect(looked).toBeGreaterThan(50);
  expect(opened).toBeGreaterThan(20);
});

test("each criterion of an interviewer has four anchors of its own", () => {
  expect(INTERVIEWING.map(({ id }) => id)).toEqual(InterviewingCriterion.options);
  expect(new Set(INTERVIEWING.flatMap(({ anchors }) => anchors)).size).toBe(12);
});
