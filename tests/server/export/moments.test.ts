import { expect, test } from "vitest";
import { newId } from "../../support/seats.ts";
import { liveHouse, startServer } from "../../support/server.ts";

/** What files say of a note that points at a moment of an answer. */

test("a note that points at a moment says in every file at which of the answer, and one that does not says nothing", async () => {
  const server = await startServer();
  const { host, room } = await liveHouse(server);
  const askId = await room.push("second-question");
  const askedAtMs = Math.round(host.host.asks[0]?.askedAtMs ?? 0);
  const note = { type: "writeNote", askId, mark: "strength", evidenceFor: null, ageMs: 0 } as const;
  const moment = { askId, elapsedMs: askedAtMs + 760_000 };
  await host.must({ ...note, noteId: newId("n"), text: "turns it round", moment });
  await host.must({ ...note, noteId: newId("n"), text: "says it aloud" });
  const take = async (format: string) => {
    const answer = await fetch(`${server.url}/api/room/export.${format}`, {
      headers: { authorization: `Bearer ${host.token}` },
    });
    expect(answer.status).toBe(200);
    return answer;
  };
  const { scorecards } = (await (await take("json")).json()) as { scorecards: { notes: { moment?: object }[] }[] };
  expect(scorecards[0]?.notes.map((one) => one.moment)).toEqual([
    { ...moment, answerMs: expect.closeTo(760_000, -1) },
    undefined,
  ]);
  const markdown = await (await take("md")).text();
  expect(markdown).toContain("at 12:40 of the answer");
  expect(markdown.match(/of the answer/g)).toHaveLength(1);
});
