import { diff } from "@whetstone/shared/room/patch";
import { describe, expect, test } from "vitest";
import { livePanelRoom, MINUTE, type PanelRoom, refusalOf } from "../support/domain.ts";

/** Whoever has not submitted is asked for their scorecard, and whoever asks learns nothing by it. */

function over(): PanelRoom {
  const panel = livePanelRoom();
  panel.room.push("first-question");
  panel.room.must(panel.host, { type: "end" });
  return panel;
}
const submit = ({ room }: PanelRoom, seatId: string) =>
  room.must(seatId, { type: "submitScorecard", reason: "for a test" });

describe("a reminder", () => {
  test("is seen by those who have not submitted, until they have, and by nobody else", () => {
    const panel = over();
    const { room, host, ann, bob, candidate, observer } = panel;
    submit(panel, ann);
    const others = [host, ann, candidate, observer].map((seatId) => [seatId, room.view(seatId)] as const);
    room.must(host, { type: "remind" });
    expect(room.panelView(bob).reminded).toEqual({ by: "Hana Host", at: room.now });
    for (const [seatId, before] of others) expect(diff(before, room.view(seatId))).toEqual([]);
    submit(panel, bob);
    expect(room.panelView(bob)).not.toHaveProperty("reminded");
    room.must(bob, { type: "amendScorecard", reason: "again" });
    expect(room.panelView(bob)).not.toHaveProperty("reminded");
  });

  test("is answered the same whoever is missing, and said once a minute", () => {
    const answers = [[], ["ann"], ["ann", "bob"]].map((submitted) => {
      const panel = over();
      for (const name of submitted) submit(panel, name === "ann" ? panel.ann : panel.bob);
      return panel.room.must(panel.host, { type: "remind" });
    });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const { room, host } = over();
    expect(room.must(host, { type: "remind" })).toHaveLength(1);
    room.wait(MINUTE - 1);
    expect(room.must(host, { type: "remind" })).toEqual([]);
    room.wait(1);
    expect(room.must(host, { type: "remind" })).toHaveLength(1);
  });

  test("is the host's, once it is over, and a second host is asked by the first", () => {
    const { room, host, ann, bob } = livePanelRoom();
    expect(refusalOf(room.act(host, { type: "remind" }))).toBe("wrong_phase");
    room.must(host, { type: "makeHost", seatId: ann });
    room.must(host, { type: "end" });
    expect(refusalOf(room.act(bob, { type: "remind" }))).toBe("wrong_seat");
    room.must(host, { type: "remind" });
    expect(room.panelView(ann).reminded?.by).toBe("Hana Host");
    expect(room.panelView(host)).not.toHaveProperty("reminded");
  });
});
