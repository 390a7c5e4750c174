import { type Debrief, debriefOf } from "@whetstone/shared/debrief";
import type { Command } from "@whetstone/shared/room/command";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import { describe, expect, it } from "vitest";
import { DOT, LEVEL_SCALE, levelDots, SCORE_SCALE, scoreDots } from "../../client/src/room/debrief/dots.ts";
import { isRecorded, KeptDecision, whatIsLeft } from "../../client/src/room/debrief/kept-decision.ts";
import { isAbout, momentsOf } from "../../client/src/room/debrief/moments.ts";
import { differs, levelBefore, rowChoices } from "../../client/src/room/debrief/rows.ts";
import { closedSentence, equalSentence, excerptOf, leaningOf, tally } from "../../client/src/room/debrief/sentences.ts";
import { signsOf } from "../../client/src/ui/signs.ts";
import { timeText } from "../../client/src/words.ts";
import { BLIND_POLICIES, livePanelRoom, MINUTE, type PanelRoom } from "../support/domain.ts";
import { MemoryStorage } from "./fakes.ts";

/** A storage of a browser that lets pages keep nothing. */
class ForbiddenStorage extends MemoryStorage {
  override getItem(): string {
    throw new Error("The operation is insecure.");
  }
  override setItem(): void {
    throw new Error("The operation is insecure.");
  }
}

type Levels = Readonly<Record<string, 1 | 2 | 3 | 4>>;

/** A panel that asked two questions, rated as told, ended and submitted. */
interface Rated extends PanelRoom {
  readonly first: string;
  readonly second: string;
}

function ratedPanel(levels: { readonly host: Levels; readonly ann: Levels; readonly bob: Levels }): Rated {
  const panel = livePanelRoom({ planned: ["first-question", "second-question"] });
  const { room, host, ann, bob } = panel;
  room.wait(2 * MINUTE);
  const first = room.push("first-question");
  const note = (seatId: string, askId: string, text: string) => {
    const noteId = room.newId("n");
    room.must(seatId, { type: "writeNote", noteId, askId, text, mark: null, evidenceFor: null, ageMs: 0 });
  };
  room.wait(MINUTE);
  note(ann, first, "Ann's note");
  room.wait(MINUTE);
  room.must(host, { type: "reveal", askId: first, kind: "hint", index: 0 });
  room.wait(3 * MINUTE);
  note(bob, first, "Bob's note");
  const second = room.push("second-question");
  room.wait(4 * MINUTE);
  note(ann, second, "Ann's other note");
  room.must(host, { type: "end" });
  for (const [seatId, own] of [
    [host, levels.host],
    [ann, levels.ann],
    [bob, levels.bob],
  ] as const) {
    for (const [place, level] of Object.entries(own)) {
      const [question, criterionId = ""] = place.split(" ");
      room.must(seatId, { type: "rate", askId: question === "first" ? first : second, criterionId, level });
    }
    room.must(seatId, { type: "submitScorecard", reason: "Not everything was asked." });
  }
  return { ...panel, first, second };
}

const LEVELS = {
  host: { "first depth": 4, "first practice": 3, "second depth": 2 },
  ann: { "first depth": 1, "first practice": 3, "second depth": 3 },
  bob: { "first depth": 1, "first practice": 3 },
} as const;

function debriefFor({ room }: PanelRoom, seatId: string): Debrief {
  const debrief = debriefOf(room.panelView(seatId));
  if (!debrief) throw new Error("The debrief is closed to this seat.");
  return debrief;
}

describe("the signs of raters", () => {
  const signs = (...names: string[]) =>
    signsOf(names.map((name, index) => ({ seatId: `s_${index}`, name, own: false }))).map(({ mark }) => mark);

  it("are their initials", () => {
    expect(signs("Jonas Dahl", "amara", "王伟", "عمر خالد")).toEqual(["JD", "A", "王", "عخ"]);
  });

  it("are numbered where several have the same, so that no two dots look alike", () => {
    expect(signs("Wei Zhang", "Jonas Dahl", "Wanda Zoe", "William Zed")).toEqual(["WZ1", "JD", "WZ2", "WZ3"]);
  });
});

describe("dots on the scale", () => {
  const places = (dots: ReturnType<typeof levelDots>) => dots.places.flatMap((place) => place ?? []);
  const closest = (dots: ReturnType<typeof levelDots>): number =>
    Math.min(
      ...places(dots).flatMap((one, index) =>
        places(dots)
          .slice(index + 1)
          .map((other) => Math.hypot(one.x - other.x, one.y - other.y)),
      ),
    );

  it("stand at their level, where nobody shares it", () => {
    const { places: found } = levelDots([1, 4, null, 2]);
    expect(found.map((place) => place?.x)).toEqual([LEVEL_SCALE.x(1), LEVEL_SCALE.x(4), undefined, LEVEL_SCALE.x(2)]);
  });

  it("of one level stand beside each other, around it", () => {
    const found = places(levelDots([3, 3, 3]));
    expect(found.map(({ x }) => x - LEVEL_SCALE.x(3))).toEqual([-DOT, 0, DOT]);
    expect(new Set(found.map(({ y }) => y)).size).toBe(1);
  });

  it.each([[[3, 3, 3, 3, 3, 3, 3]], [[1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]], [[4, 4, 4, 4, 3, 3, 3]]])(
    "never overlap and never leave the picture: %j",
    (levels) => {
      const dots = levelDots(levels);
      expect(closest(dots)).toBeGreaterThanOrEqual(DOT);
      for (const { x, y } of places(dots)) {
        expect(x).toBeGreaterThanOrEqual(DOT / 2);
        expect(x).toBeLessThanOrEqual(LEVEL_SCALE.width - DOT / 2);
        expect(y).toBeGreaterThanOrEqual(DOT / 2);
        expect(y).toBeLessThanOrEqual(dots.height - DOT / 2);
      }
    },
  );

  it("of scores stand exactly at their score, and below each other where they would overlap", () => {
    const scores = [2.5, 2.6, null, 2.5, 4];
    const dots = scoreDots(scores);
    expect(dots.places.map((place) => place?.x)).toEqual(
      scores.map((score) => (score === null ? undefined : SCORE_SCALE.x(score))),
    );
    expect(closest(dots)).toBeGreaterThanOrEqual(DOT);
    expect(dots.height).toBe(3 * DOT);
    for (const { y } of places(dots)) expect(y).toBeGreaterThanOrEqual(DOT / 2);
    for (const { y } of places(dots)) expect(y).toBeLessThanOrEqual(dots.height - DOT / 2);
    expect(dots.places[0]?.y).toBe(dots.axis);
  });
});

describe("the rows of the matrix", () => {
  it("can be narrowed to a competency or a question, and to those on which raters differ", () => {
    const panel = ratedPanel(LEVELS);
    const debrief = debriefFor(panel, panel.host);
    const { competencies, questions } = rowChoices(debrief);
    expect(questions.map(({ label }) => label.slice(0, 2))).toEqual(["1.", "2."]);
    const ofSecond = debrief.rows.filter((row) => questions[1]?.holds(row));
    expect(ofSecond.map(({ ask }) => ask.askId)).toEqual([panel.second, panel.second, panel.second]);
    const shared = competencies.find(({ label }) => label.includes("communication"));
    expect(debrief.rows.filter((row) => shared?.holds(row)).map(({ criterion }) => criterion.id)).toEqual([
      "communication",
      "communication",
    ]);
    expect(debrief.rows.filter(differs).map(({ ask, criterion }) => ratingKey(ask.askId, criterion.id))).toEqual([
      ratingKey(panel.first, "depth"),
      ratingKey(panel.second, "depth"),
    ]);
  });

  it("say what a rater had given before an amendment, and nothing where it still holds", () => {
    const panel = ratedPanel(LEVELS);
    const { room, ann, host, first, second } = panel;
    const [changed, added, kept] = [
      ratingKey(first, "depth"),
      ratingKey(second, "practice"),
      ratingKey(first, "practice"),
    ];
    room.must(ann, { type: "amendScorecard", reason: "I had the wrong row." });
    room.must(ann, { type: "rate", askId: first, criterionId: "depth", level: 3 });
    room.must(ann, { type: "rate", askId: second, criterionId: "practice", level: 2 });
    const before = (key: string) =>
      debriefFor(panel, host)
        .raters.filter(({ seatId }) => seatId === ann)
        .map((rater) => levelBefore(rater, key));
    expect(before(changed)).toEqual([null]);
    room.must(ann, { type: "submitScorecard", reason: "Still not everything." });
    expect([changed, added, kept].flatMap(before)).toEqual([{ level: 1 }, { level: null }, null]);
  });
});

describe("the course of an ask", () => {
  it("holds what was asked, revealed and noted by every rater whose scorecard is open, in the order of time", () => {
    const panel = ratedPanel(LEVELS);
    const { raters, rows } = debriefFor(panel, panel.host);
    const ask = rows.find((row) => row.ask.askId === panel.first)?.ask;
    if (!ask) throw new Error("The first question has no row.");
    const moments = momentsOf(ask, raters);
    expect(moments.map(({ kind, atMs }) => [kind, atMs / MINUTE])).toEqual([
      ["asked", 2],
      ["noted", 3],
      ["revealed", 4],
      ["noted", 7],
    ]);
    expect(moments[2]).toMatchObject({ reveal: "hint", number: 1, text: ask.question.hints[0] });
    expect(moments.map((moment) => isAbout(moment, 3 * MINUTE))).toEqual([true, true, true, false]);
  });
});

describe("the sentences of the debrief", () => {
  it.each(BLIND_POLICIES)("while it is closed say what opens it and nothing of others, under %s", (policy) => {
    const { room, host, ann, bob } = livePanelRoom({ blindPolicy: policy });
    room.push("first-question");
    room.must(host, { type: "end" });
    const sentences = () => [host, ann].map((seatId) => closedSentence(room.panelView(seatId)));
    const before = sentences();
    room.must(bob, { type: "submitScorecard", reason: "I had to leave." });
    expect(sentences()).toEqual(before);
    for (const sentence of before) expect(sentence).not.toMatch(/Bob|Ann|\d/);
  });

  it("say that a submitted scorecard waits for the others, or that the host alone reads", () => {
    const sentence = (blindPolicy: "after_all" | "never") => {
      const { room, host, ann } = livePanelRoom({ blindPolicy });
      room.must(host, { type: "end" });
      room.must(ann, { type: "submitScorecard", reason: "Nothing was asked." });
      return closedSentence(room.panelView(ann));
    };
    expect(sentence("after_all")).toMatch(/^Your scorecard is submitted\./);
    expect(sentence("never")).toMatch(/only the host reads/);
  });

  it("count recommendations from the strongest, and those who gave none", () => {
    const panel = livePanelRoom();
    const { room, host, ann, bob } = panel;
    room.must(host, { type: "end" });
    const recommend = (seatId: string, recommendation: Extract<Command, { type: "recommend" }>["recommendation"]) => {
      room.must(seatId, { type: "recommend", recommendation });
      room.must(seatId, { type: "submitScorecard", reason: "Nothing was asked." });
    };
    recommend(host, "no");
    recommend(ann, "strong_yes");
    recommend(bob, null);
    expect(tally(debriefFor(panel, host).raters)).toBe("1 strong yes, 1 no, 1 without a recommendation");
  });

  it("say who of two raters rates lower, by how much, and on how much they agree", () => {
    const panel = ratedPanel(LEVELS);
    const pair = debriefFor(panel, panel.host).pairs.find(
      ({ one, other }) => one === panel.host && other === panel.ann,
    );
    if (!pair) throw new Error("There is no pair of host and Ann.");
    // 4, 3, 2 beside 1, 3, 3: differences of 3, 0 and -1.
    expect(leaningOf(pair)).toEqual({ lower: panel.ann, higher: panel.host, by: "0.7" });
    expect(leaningOf({ ...pair, leaning: -1.25 })).toEqual({ lower: panel.host, higher: panel.ann, by: "1.3" });
    expect(leaningOf({ ...pair, leaning: 0.04 })).toBeNull();
    expect(equalSentence(pair)).toBe("1 of 3 levels is equal (33%).");
  });

  it("say by how much a budget was passed, and nothing where it was not", () => {
    expect(timeText(440_000, 360_000)).toBe("7:20 of 6:00, 1:20 over");
    expect(timeText(360_400, 360_000)).toBe("6:00 of 6:00");
  });

  it("fold a very long text at a word, and cut no character in half", () => {
    expect(excerptOf("A few words.")).toBeNull();
    const long = excerptOf("word ".repeat(4_000)) ?? "";
    expect(long).toMatch(/^(word )+word…$/);
    expect(long.length).toBeLessThan(700);
    expect(excerptOf(`x${"😀".repeat(2_000)}`)).toMatch(/^x(😀)+…$/u);
  });
});

describe("a decision that is being written", () => {
  const draft = { outcome: "hold" as const, rationale: "We need a second talk. " };
  const decision = { outcome: "hold" as const, rationale: "We need a second talk.", at: 0, by: "Hana Host" };

  it("outlives a reload, in a place of its own for each room and seat, and is let go of", () => {
    const storage = new MemoryStorage();
    const place = () => new KeptDecision(storage, "r_one", "s_host");
    place().keep(draft);
    expect(place().read()).toEqual(draft);
    expect(new KeptDecision(storage, "r_other", "s_host").read()).toBeNull();
    place().keep(null);
    expect(place().read()).toBeNull();
    expect(storage.length).toBe(0);
  });

  it("is nothing where the storage holds another form, or none can be had", () => {
    const storage = new MemoryStorage();
    new KeptDecision(storage, "r_one", "s_host").keep(draft);
    storage.setItem(storage.key(0) ?? "", '{"outcome":"maybe"}');
    expect(new KeptDecision(storage, "r_one", "s_host").read()).toBeNull();
    const forbidden = new KeptDecision(new ForbiddenStorage(), "r_one", "s_host");
    forbidden.keep(draft);
    expect(forbidden.read()).toBeNull();
  });

  it("needs an outcome and a rationale, and is unsaved until it is recorded", () => {
    expect(whatIsLeft({ outcome: null, rationale: " " }, undefined)).toEqual({
      canRecord: false,
      isUnsaved: false,
      words: "To record it, choose an outcome and say why.",
    });
    expect(whatIsLeft({ ...draft, rationale: "" }, undefined)).toMatchObject({ canRecord: false, isUnsaved: true });
    expect(whatIsLeft({ ...draft, outcome: null }, undefined)).toMatchObject({ canRecord: false, isUnsaved: true });
    expect(whatIsLeft(draft, undefined)).toMatchObject({ canRecord: true, isUnsaved: true });
    expect(whatIsLeft(draft, decision)).toMatchObject({ canRecord: false, isUnsaved: false });
    expect(isRecorded({ ...draft, outcome: "advance" }, decision)).toBe(false);
  });
});
