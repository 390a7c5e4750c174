import { cached, cachedItems, cachedLast, cachedWhile } from "@whetstone/shared/room/view/cache";
import { expect, test } from "vitest";

/** Makes parts, and counts them: a part that was made once more would be compared and sent for nothing. */
function maker<Source>() {
  const made: Source[] = [];
  const build = (source: Source) => {
    made.push(source);
    return { part: made.length };
  };
  return { made, build };
}

test("a part is made once for all who ask for it one after the other", () => {
  const { made, build } = maker<object>();
  const partOf = cachedLast(build);
  const [one, other] = [{}, {}];
  expect(partOf(one)).toBe(partOf(one));
  expect(partOf(other)).not.toBe(partOf(one));
  expect(made).toEqual([one, other, one]);
});

test("a part is made once for each object, whatever was asked for between", () => {
  const { made, build } = maker<object>();
  const partOf = cached(build);
  const [one, other] = [{}, {}];
  const first = partOf(one);
  expect(partOf(other)).not.toBe(first);
  expect(partOf(one)).toBe(first);
  expect(made).toHaveLength(2);
});

test("a part is made once for as long as nothing that it is made of changes, for each owner", () => {
  const { made, build } = maker<{ owner: object; title: string; phase: string }>();
  const partOf = cachedWhile(
    ({ owner }: { owner: object; title: string; phase: string }) => owner,
    ({ title, phase }) => [title, phase],
    build,
  );
  const [one, other] = [{}, {}];
  const first = partOf({ owner: one, title: "A room", phase: "live" });
  expect(partOf({ owner: other, title: "A room", phase: "live" })).not.toBe(first);
  expect(partOf({ owner: one, title: "A room", phase: "live" })).toBe(first);
  expect(made).toHaveLength(2);
  const paused = partOf({ owner: one, title: "A room", phase: "paused" });
  expect(paused).not.toBe(first);
  expect(partOf({ owner: one, title: "A room", phase: "paused" })).toBe(paused);
  expect(partOf({ owner: one, title: "Another", phase: "paused" })).not.toBe(paused);
});

test("of a list only what has changed at its place is made anew, for each owner", () => {
  const { made, build } = maker<object>();
  const partsOf = cachedItems(
    ({ owner }: { owner: object; items: object[] }) => owner,
    ({ items }) => items,
    build,
  );
  const [one, other] = [{}, {}];
  const [a, b, c] = [{ name: "a" }, { name: "b" }, { name: "c" }];
  const first = partsOf({ owner: one, items: [a, b] });
  const second = partsOf({ owner: one, items: [a, c, b] });
  expect(made).toEqual([a, b, c, b]);
  expect(second[0]).toBe(first[0]);
  expect(second[2]).not.toBe(first[1]);
  expect(partsOf({ owner: one, items: [a] })).toEqual([first[0]]);
  expect(made).toHaveLength(4);
  expect(partsOf({ owner: other, items: [a] })[0]).not.toBe(first[0]);
});
