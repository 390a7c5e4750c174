import { expect, test } from "vitest";
import { newId } from "../../support/seats.ts";
import { Clock, liveHouse, startServer } from "../../support/server.ts";
import { csvOf, decidedHouse, jsonOf, scoredHouse, submit } from "./house.ts";

test("the table of ratings says of each who else had not rated it, and who has submitted nothing", async () => {
  const { host, ines, ivan } = await scoredHouse();
  await submit(ines);
  await submit(host);
  await host.until((view) => view.role === "host" && view.debriefOpen);
  const rows = (await csvOf(host)).map(({ rater, ask, criterion_id, not_rated_by }) => [
    `${rater}, ${ask} ${criterion_id}`,
    not_rated_by,
  ]);
  const absent = "Ivan Interviewer (nothing submitted)";
  expect(rows).toEqual([
    ["Hana Host, 1 depth", absent],
    ["Hana Host, 1 communication", absent],
    ["Ines Interviewer, 1 depth", absent],
    ["Ines Interviewer, 1 communication", absent],
    ["Ines Interviewer, 2 substance", `Hana Host; ${absent}`],
  ]);
  expect((await jsonOf(host)).unsubmitted).toEqual([{ seatId: ivan.view.you.seatId, rater: "Ivan Interviewer" }]);
});

test("who has submitted nothing is told to nobody whose own scorecard is still open", async () => {
  const { host, ines, ivan } = await scoredHouse();
  await submit(ivan);
  await submit(host);
  expect((await jsonOf(ines)).unsubmitted).toBeUndefined();
  expect((await csvOf(ines)).map(({ not_rated_by }) => not_rated_by)).toEqual(["", "", ""]);
});

test("JSON says of each scorecard what it leaves without a level", async () => {
  const { host } = await decidedHouse();
  const { scorecards, asks, unsubmitted } = await jsonOf(host);
  expect(unsubmitted).toBeUndefined();
  const all = asks.flatMap(({ askId, question }) => question.criteria.map(({ id }) => `${askId} ${id}`));
  for (const { ratings, unrated } of scorecards) {
    const told = [...ratings, ...unrated].map(({ askId, criterionId }) => `${askId} ${criterionId}`);
    expect(told.toSorted()).toEqual(all.toSorted());
  }
  expect(scorecards.map(({ unrated }) => unrated.length)).toEqual(
    scorecards.map(({ rater }) => (rater === "Ines Interviewer" ? all.length - 3 : all.length - 2)),
  );
});

test("JSON says of what was planned whether it was asked, and why not", async () => {
  const clock = new Clock();
  const server = await startServer({ now: clock.now });
  const { room, host } = await liveHouse(server, { kitId: "test-kit", minutes: 30 });
  const told = async () =>
    (await jsonOf(host)).plan.map(({ questionId, asked, notAskedBecause }) => [questionId, asked, notAskedBecause]);
  await room.push("first-question");
  expect(await told()).toEqual([
    ["first-question", true, undefined],
    ["second-question", false, "still_running"],
  ]);
  const { plan } = host.panel;
  const kept = plan.slice(0, 1).map(({ itemId, questionId, minutes }) => ({ itemId, questionId, minutes }));
  const added = { itemId: newId("p"), questionId: "third-question", minutes: 5 };
  await host.must({ type: "arrangePlan", items: [...kept, added] });
  clock.advance(31 * 60_000);
  await host.must({ type: "end" });
  expect(await told()).toEqual([
    ["first-question", true, undefined],
    ["third-question", false, "out_of_time"],
    ["second-question", false, "taken_out"],
  ]);
  const before = await server.openRoom({ kitId: "test-kit" });
  expect((await jsonOf(before.host)).plan.map(({ notAskedBecause }) => notAskedBecause)).toEqual([
    "not_begun",
    "not_begun",
  ]);
});
