import { Refusal } from "@whetstone/shared/room/refusal";
import { expect, test } from "vitest";
import { openingOf, startServer } from "../support/server.ts";

/** Names of which nothing can be seen, where they come in. */

test("a name that nobody could see opens no room and takes no seat, and its writer reads why", async () => {
  const server = await startServer();
  const refusedAs = async (answer: ReturnType<typeof server.post>) => {
    const { status, body } = await answer;
    return { status, ...Refusal.parse(body) };
  };
  const unseen = { status: 400, reason: "name_unseen", sentence: expect.stringMatching(/^A name needs at least one/) };
  expect(await refusedAs(server.post("/api/rooms", { ...openingOf(), hostName: "\u3164\u200b" }))).toEqual(unseen);
  expect(await refusedAs(server.post("/api/rooms", { ...openingOf(), title: "\u2800" }))).toEqual(unseen);
  expect(await refusedAs(server.post("/api/rooms", { ...openingOf(), interviewers: ["Ines", "\u115f"] }))).toEqual(
    unseen,
  );
  const room = await server.openRoom({ candidateName: null });
  const join = (name: string) => server.post("/api/links/join", { secret: room.secret("candidate"), name });
  expect(await refusedAs(join("\u200d\ufe0f"))).toEqual(unseen);
  expect((await join("\u202eMaya\u200b")).status).toBe(200);
  const { people } = await room.host.until((view) => view.people.length === 2);
  expect(people.map(({ name }) => name)).toContain("Maya");
});
