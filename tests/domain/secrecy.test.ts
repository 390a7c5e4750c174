import assert from "node:assert/strict";
import type { Commit } from "@whetstone/shared/room/event";
import { diff } from "@whetstone/shared/room/patch";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  begin,
  beginnings,
  commandSteps,
  courses,
  keeperOf,
  play,
  propertyRuns,
  repeat,
  scoredBeginnings,
  scoredCourses,
} from "../support/courses.ts";
import {
  livePanelRoom,
  MINUTE,
  type PanelRoom,
  putBeside,
  type Room,
  refusalOf,
  SCORING_COMMANDS,
  testBank,
  textsIn,
} from "../support/domain.ts";

describe("two interviews that differ only in what is secret", () => {
  /** Each scoring command of the first interview is another one, or none, in the second. */
  const twoHistories = fc.tuple(
    fc.oneof(beginnings, scoredBeginnings),
    fc.oneof(courses(60), scoredCourses),
    fc.infiniteStream(fc.option(commandSteps(SCORING_COMMANDS))),
  );

  function compare(role: "candidate" | "observer" | "captioner", otherBank = testBank()) {
    fc.assert(
      fc.property(twoHistories, ([beginning, course, instead]) => {
        const how = { ...beginning, captioned: role === "captioner" };
        const one = begin(how);
        const other = begin(how, otherBank);
        for (const step of course) {
          const played = play(one, step);
          if (keeperOf(played) !== null) {
            const replacement = instead.next().value;
            if (replacement) play(other, replacement);
          } else {
            repeat(other, played, one.now);
          }
          for (const seatId of one.seatsOf(role)) assert.deepStrictEqual(other.view(seatId), one.view(seatId));
        }
      }),
      propertyRuns(400),
    );
  }

  test("look the same to the candidate: rubrics, notes, ratings, ticks, recommendations, summaries, submissions", () => {
    compare("candidate", testBank("another rubric"));
  });

  test("look the same to whoever captions, whatever the rubrics are", () => {
    compare("captioner", testBank("another rubric"));
  });

  test("look the same to an observer, who sees the rubric and no scorecard", () => {
    compare("observer");
  });

  test("are told apart by an observer where the rubrics differ, so that the comparison can fail", () => {
    expect(() => compare("observer", testBank("another rubric"))).toThrow();
  });
});

describe("a connection stays silent while only secrets change", () => {
  test("the candidate's and the observer's, whatever is written in any scorecard", () => {
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) {
          const before = new Map(room.seatsOf("candidate", "observer").map((seatId) => [seatId, room.view(seatId)]));
          if (keeperOf(play(room, step)) === null) continue;
          for (const [seatId, seen] of before) assert.deepStrictEqual(diff(seen, room.view(seatId)), []);
        }
      }),
      propertyRuns(300),
    );
  });

  const inSilence: readonly [string, (panel: PanelRoom, closedAsk: string) => void][] = [
    ["the plan is arranged", ({ room, host }) => room.must(host, { type: "arrangePlan", items: [] })],
    ["a link is made", ({ room }) => room.renewLink("interviewer")],
    [
      "a link is revoked",
      ({ room, host }) => room.must(host, { type: "revokeLink", linkId: room.link("observer").linkId }),
    ],
    ["an observer comes", ({ room }) => room.join("observer")],
    ["an observer is removed", ({ room, host, observer }) => room.must(host, { type: "removeSeat", seatId: observer })],
    ["the host comes back on another device", ({ room }) => room.join("host")],
    ["the candidate does", ({ room }) => room.join("candidate")],
    [
      "a hint is opened to an ask that is closed",
      ({ room, host }, askId) => {
        room.must(host, { type: "reveal", askId, kind: "hint", index: 0 });
      },
    ],
    [
      "a closed ask gets more time",
      ({ room, host }, askId) => room.must(host, { type: "extendAsk", askId, minutes: 5 }),
    ],
    ["an observer's hand", ({ room, host, observer }) => room.must(host, { type: "lowerHand", seatId: observer })],
    ["time passes", ({ room }) => room.wait(5 * MINUTE)],
  ];
  test.each(inSilence)("the candidate's, when %s", (_name, happen) => {
    const panel = livePanelRoom({ planned: ["second-question"] });
    const closed = panel.room.push("first-question");
    panel.room.push("second-question");
    const before = panel.room.candidateView(panel.candidate);
    happen(panel, closed);
    expect(diff(before, panel.room.candidateView(panel.candidate))).toEqual([]);
  });

  test("not so when something is put to the candidate", () => {
    const { room, host, candidate } = livePanelRoom();
    const before = room.candidateView(candidate);
    const askId = room.push("first-question");
    const asked = room.candidateView(candidate);
    room.must(host, { type: "reveal", askId, kind: "hint", index: 0 });
    expect(diff(before, asked)).not.toEqual([]);
    expect(diff(asked, room.candidateView(candidate))).not.toEqual([]);
  });
});

/**
 * What the log says stands on the candidate's page at its end: the open ask's prompt and what was revealed of it, and the earlier ones' with
 * what was revealed of them before they closed; nothing of what was taken back.
 */
function putToCandidate(commits: readonly Commit[]): string[] {
  interface Put {
    readonly put: readonly string[];
    readonly texts: Readonly<Record<"hint" | "followUp", readonly string[]>>;
    readonly seen: string[];
    readonly unseen: string[];
  }
  const asks = new Map<string, Put>();
  let open: string | null = null;
  for (const event of commits.flatMap((commit) => commit.events)) {
    switch (event.type) {
      case "asked": {
        const { prompt, hints, followUps } = event.question;
        const texts = { hint: hints, followUp: followUps.map(({ ask }) => ask) };
        asks.set(event.askId, { put: [prompt, ...putBeside(event.question)], texts, seen: [], unseen: [] });
        open = event.askId;
        break;
      }
      case "askReopened": {
        open = event.askId;
        const ask = asks.get(event.askId);
        ask?.seen.push(...ask.unseen.splice(0));
        break;
      }
      case "askClosed":
        open = null;
        break;
      case "roomEnded":
        open = null;
        break;
      case "askTakenBack":
        asks.delete(event.askId);
        if (open === event.askId) open = null;
        break;
      case "revealTakenBack": {
        const ask = asks.get(event.askId);
        const hidden = ask?.texts[event.kind][event.index];
        for (const texts of [ask?.seen, ask?.unseen]) {
          const place = hidden === undefined ? -1 : (texts?.indexOf(hidden) ?? -1);
          if (place >= 0) texts?.splice(place, 1);
        }
        break;
      }
      case "revealed": {
        const ask = asks.get(event.askId);
        (event.askId === open ? ask?.seen : ask?.unseen)?.push(ask?.texts[event.kind][event.index] ?? "");
        break;
      }
    }
  }
  return [...asks.values()].flatMap(({ put, seen }) => [...put, ...seen]);
}

/** Whether the seat was let in, and does not wait in the lobby again while the interview goes on. */
function isAdmitted(room: Room, seatId: string): boolean {
  const events = room.commits.flatMap((commit) => commit.events);
  const last = events.findLast(
    (event) =>
      (event.type === "seatAdmitted" && event.seatId === seatId) ||
      (event.type === "seatMovedToLobby" && event.candidateId === seatId),
  );
  return last?.type === "seatAdmitted" || (last !== undefined && room.round.phase === "ended");
}

/** The marks of every text of the bank, and the anchors of what was typed. */
function bankTexts(room: Room): string[] {
  const { pack, questions } = room.bank;
  const anchors = room.asks.flatMap(({ question }) => textsIn(question.criteria.map((one) => one.anchors)));
  return [...textsIn([pack, questions]).filter((text) => text.startsWith("⟦")), ...anchors];
}

describe("the candidate's view", () => {
  test("holds of the bank nothing but the prompts that were put to them and what was revealed of those, once they are admitted", () => {
    fc.assert(
      fc.property(beginnings, courses(60), (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) {
          play(room, step);
          const put = putToCandidate(room.commits);
          for (const seatId of room.seatsOf("candidate")) {
            const seen = room.view(seatId);
            if (seen === null) continue;
            const shown = textsIn(seen);
            const whole = shown.join("\n");
            const allowed = isAdmitted(room, seatId) ? put : [];
            const wrong = bankTexts(room).filter((text) => whole.includes(text) !== allowed.includes(text));
            assert.deepStrictEqual(wrong, []);
            for (const { question } of room.asks) {
              assert.equal(shown.includes(question.prompt), allowed.includes(question.prompt));
            }
          }
        }
      }),
      propertyRuns(300),
    );
  });

  test("holds no scorecard, no plan, no link and nothing about whom the room is for", () => {
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) {
          play(room, step);
          for (const seatId of room.seatsOf("candidate")) {
            const text = JSON.stringify(room.view(seatId));
            assert.doesNotMatch(text, /⟦s_\d+ (writeNote|writeSummary|keepCheck)⟧/);
            assert.doesNotMatch(text, /"[lnp]_/);
            assert.doesNotMatch(text, /⟦room: (candidate's name|role)⟧/);
          }
        }
      }),
      propertyRuns(200),
    );
  });

  test("shows observers only when the host lets them be seen", () => {
    const { room, host, candidate, observer } = livePanelRoom();
    const seen = () => room.candidateView(candidate).people.map(({ seatId }) => seatId);
    expect(seen()).not.toContain(observer);
    room.must(host, { type: "showObservers", shown: true });
    expect(seen()).toContain(observer);
    room.must(host, { type: "showObservers", shown: false });
    expect(seen()).not.toContain(observer);
  });

  test("never holds what was put to the candidate before them, nor their answer", () => {
    const { room, host, candidate } = livePanelRoom();
    const askId = room.push("first-question");
    room.must(candidate, { type: "writeAnswer", askId, text: "⟦the former one's answer⟧" });
    room.must(host, { type: "removeSeat", seatId: candidate });
    const next = room.join("candidate", "Dana");
    expect(room.candidateView(next)).toMatchObject({ ask: null, earlier: [], askTimer: null });
    room.must(host, { type: "admit", seatId: next });
    expect(room.candidateView(next)).toMatchObject({ ask: null, earlier: [], askTimer: null });
    room.must(host, { type: "closeAsk", askId });
    expect(room.candidateView(next).earlier).toEqual([]);
    expect(refusalOf(room.act(host, { type: "reopenAsk", askId }))).toBe("unknown_ask");
    room.push("first-question");
    expect(room.candidateView(next).ask).toMatchObject({ prompt: "⟦first-question: prompt⟧", answer: "" });
  });
});

describe("no view of any seat", () => {
  test("holds a hash of a link or of a seat token", () => {
    fc.assert(
      fc.property(beginnings, courses(60), (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) play(room, step);
        for (const seatId of Object.keys(room.state.seats)) {
          assert.doesNotMatch(JSON.stringify(room.view(seatId)), /[a-f0-9]{64}/);
        }
      }),
      propertyRuns(200),
    );
  });

  test("is left to who was removed, or was never seated", () => {
    const { room, host, ann } = livePanelRoom();
    room.must(host, { type: "removeSeat", seatId: ann });
    expect(room.view(ann)).toBeNull();
    expect(room.view("s_never-seated-here")).toBeNull();
  });

  test("but the host's holds links", () => {
    const { room, host, ann, candidate, observer } = livePanelRoom();
    expect(room.view(host)).toHaveProperty("links");
    for (const seatId of [ann, candidate, observer]) expect(room.view(seatId)).not.toHaveProperty("links");
  });
});

describe("the observer's view", () => {
  test("holds nothing that was written in a scorecard", () => {
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, (beginning, course) => {
        const room = begin({ ...beginning, observers: 1 });
        for (const step of course) {
          play(room, step);
          for (const seatId of room.seatsOf("observer")) {
            assert.doesNotMatch(JSON.stringify(room.view(seatId)), /⟦s_\d+ (writeNote|writeSummary)⟧/);
          }
        }
      }),
      propertyRuns(200),
    );
  });
});
