import { diff } from "@whetstone/shared/room/patch";
import { entriesOfCommit } from "@whetstone/shared/room/view/trail";
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

const trailIn = ({ room, host }: PanelRoom) =>
  room.commits.flatMap((commit) => entriesOfCommit(room.state, commit, host));

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

  test("is none any more once the interview goes on, and can be said anew after its second end", () => {
    const { room, host, bob } = over();
    room.must(host, { type: "remind" });
    room.wait(1_000);
    room.must(host, { type: "reopenRoom" });
    expect(room.panelView(bob)).not.toHaveProperty("reminded");
    room.wait(1_000);
    room.must(host, { type: "end" });
    expect(room.panelView(bob)).not.toHaveProperty("reminded");
    expect(room.must(host, { type: "remind" })).toHaveLength(1);
    expect(room.panelView(bob).reminded).toEqual({ by: "Hana Host", at: room.now });
  });

  test("stands in the trail with who asked, the same whoever is missing", () => {
    const trails = [[], ["ann"], ["ann", "bob"]].map((submitted) => {
      const panel = over();
      for (const name of submitted) submit(panel, name === "ann" ? panel.ann : panel.bob);
      panel.room.must(panel.host, { type: "remind" });
      return trailIn(panel);
    });
    const [nobody, ...others] = trails;
    expect(nobody?.at(-1)).toEqual({
      what: "reminded",
      at: expect.any(Number),
      who: { seatId: expect.any(String), role: "host", name: "Hana Host" },
    });
    for (const other of others) expect(other).toEqual(nobody);
  });
});
