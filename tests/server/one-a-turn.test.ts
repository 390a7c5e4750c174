import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { OneATurn } from "../../server/src/room/slices.ts";

test("of work that comes at once one piece is done a turn, in order, and what comes meanwhile is between", async () => {
  const order: string[] = [];
  const work = new OneATurn();
  for (const name of ["a", "b", "c"]) work.do(() => order.push(name));
  expect(order).toEqual([]);
  for (const others of ["1", "2", "3"]) {
    await nextTurn();
    order.push(others);
  }
  expect(order.join("")).toBe("a1b2c3");
  work.do(() => order.push("d"));
  await nextTurn();
  expect(order.join("")).toBe("a1b2c3d");
});
