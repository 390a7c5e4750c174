import type { Standing } from "@whetstone/shared/comparison/standing";
import { describe, expect, it } from "vitest";
import { isSought, leftToDo } from "../../client/src/home/rooms.ts";

describe("a search over the rooms of this browser", () => {
  it("finds by title, candidate and role, every word of it, whatever case and accents", () => {
    const room = ["Panel of Tuesday", "Zoë Łukasiewicz", null, undefined, "Ingénieure ML"];
    for (const search of ["", "  ", "tuesday", "ZOE", "zoë panel", "ingenieure", "inge\u0301nieure", "ml tues"]) {
      expect([search, isSought(search, room)]).toEqual([search, true]);
    }
    for (const search of ["wednesday", "zoe wednesday", "null", "undefined"]) {
      expect([search, isSought(search, room)]).toEqual([search, false]);
    }
  });
});

describe("what is left to do in a room", () => {
  const ended: Standing = {
    ...{ roomId: "r", status: "ended", title: "", candidate: null, forRole: null, at: 0 },
    ...{ owed: false, missing: null, decided: null },
  };

  it("is said once it is over, and only of what may be known", () => {
    expect(leftToDo({ ...ended, status: "live", owed: true, missing: 3, decided: false })).toEqual([]);
    expect(leftToDo({ ...ended, owed: true })).toEqual(["Your scorecard is missing"]);
    expect(leftToDo({ ...ended, missing: 2, decided: false })).toEqual(["2 scorecards missing", "No decision yet"]);
    expect(leftToDo({ ...ended, missing: 0, decided: true })).toEqual(["All scorecards are in", "Decision recorded"]);
  });
});
