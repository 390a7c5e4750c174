import type { Level } from "@whetstone/shared/bank";
import { type Debrief, debriefOf } from "@whetstone/shared/debrief";
import type { HostView } from "@whetstone/shared/room/view/host";
import { describe, expect, test } from "vitest";
import { livePanelRoom } from "../support/domain.ts";

type Rated = Readonly<Record<string, Level>>;

/** The debrief of a panel who rated these criteria, by `<question>/<criterion>` in the order of asking. */
function debriefOn(questions: readonly string[], ratings: { host?: Rated; ann?: Rated; bob?: Rated }): Debrief {
  const panel = livePanelRoom();
  const { room, host, ann, bob } = panel;
  const askIds = new Map(questions.map((questionId) => [questionId, room.push(questionId)]));
  room.must(host, { type: "end" });
  for (const [name, rated] of Object.entries(ratings)) {
    const seatId = panel[name as "host" | "ann" | "bob"];
    for (const [key, level] of Object.entries(rated)) {
      const [questionId = "", criterionId = ""] = key.split("/");
      room.must(seatId, { type: "rate", askId: askIds.get(questionId) ?? "", criterionId, level });
    }
  }
  for (const seatId of [host, ann, bob]) room.must(seatId, { type: "submitScorecard", reason: "Only a test." });
  return debriefOf(room.panelView(host) as HostView) ?? expect.unreachable();
}

describe("a panel's mean", () => {
  test("is the mean of its raters, however many ratings each of them gave", () => {
    const { competencies, raters, overall } = debriefOn(["first-question"], {
      host: { "first-question/depth": 4, "first-question/practice": 4 },
      ann: { "first-question/depth": 1 },
    });
    expect(competencies[0]).toMatchObject({ byRater: [4, 1, null], score: 2.5, distribution: [1, 0, 0, 2] });
    expect(raters.map((rater) => rater.overall)).toEqual([4, 1, null]);
    expect(overall).toBe(2.5);
  });

  test("is the mean of its raters' overall scores, however many competencies each of them rated", () => {
    const { competencies, raters, overall } = debriefOn(["first-question"], {
      host: { "first-question/depth": 4 },
      ann: { "first-question/depth": 2, "first-question/communication": 1 },
    });
    expect(competencies.map(({ score }) => score)).toEqual([3, 1]);
    expect(raters.map((rater) => rater.overall)).toEqual([4, 1.5, null]);
    expect(overall).toBe(2.75);
  });
});

describe("the rows of a debrief that are as wide as each other", () => {
  const order = ({ rows }: Debrief) =>
    rows.slice(0, 2).map(({ ask, criterion }) => `${ask.question.bankId}/${criterion.id}`);

  test("stand in the order of asking where nobody stands further apart", () => {
    const apart = { host: 1, ann: 4, bob: 1 } as const;
    for (const questions of [
      ["first-question", "second-question"],
      ["second-question", "first-question"],
    ]) {
      const keys = questions.map((questionId) => `${questionId}/depth`);
      const rated = (level: Level): Rated => Object.fromEntries(keys.toReversed().map((key) => [key, level]));
      const debrief = debriefOn(questions, { host: rated(apart.host), ann: rated(apart.ann), bob: rated(apart.bob) });
      expect(order(debrief)).toEqual(keys);
    }
  });

  test("stand with the one first in which more raters stand apart, though it was asked last", () => {
    const debrief = debriefOn(["first-question", "second-question"], {
      host: { "first-question/depth": 2, "second-question/depth": 1 },
      ann: { "first-question/depth": 4, "second-question/depth": 3 },
      bob: { "first-question/depth": 3, "second-question/depth": 3 },
    });
    expect(order(debrief)).toEqual(["second-question/depth", "first-question/depth"]);
  });
});
