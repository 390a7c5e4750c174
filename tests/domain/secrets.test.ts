import { secretsIn } from "@whetstone/shared/room/secrets";
import fc from "fast-check";
import { expect, test } from "vitest";
import { begin, beginnings, courses, play, propertyRuns } from "../support/courses.ts";

test("every secret that opens something in a room, or did, is named by one of its events", () => {
  fc.assert(
    fc.property(beginnings, courses(60), (beginning, course) => {
      const room = begin(beginning);
      for (const step of course) play(room, step);
      const { links, seats, rounds } = room.state;
      const known = new Set(room.commits.flatMap(({ events }) => events).flatMap(secretsIn));
      const opening = [
        ...Object.values(links).map(({ hash }) => hash),
        ...Object.values(seats).flatMap(({ tokenHash, formerTokenHashes }) => [tokenHash, ...formerTokenHashes]),
        ...rounds.flatMap(({ feedback }) => feedback.published?.link.hash ?? []),
      ];
      expect(opening.filter((hash) => !known.has(hash))).toEqual([]);
    }),
    propertyRuns(100),
  );
});
