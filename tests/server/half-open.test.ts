import { expect, test } from "vitest";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { type Direction, Middleman } from "../support/middleman.ts";
import { openPage } from "../support/pages.ts";
import { startServer, type TestServer } from "../support/server.ts";

/** Lines that carry nothing any more, of which nobody is told. */

/**
 * A candidate whose line swallows what goes one way, and who types on: the others see that they are gone, the server lets go of the line,
 * the page comes back on another, and what was typed is there. Gives what the page was acknowledged.
 */
async function typesOnThrough(server: TestServer, direction: Direction): Promise<readonly string[]> {
  const room = await server.openRoom();
  const { host, roomId } = room;
  const candidate = await room.join("candidate", "Cleo Candidate");
  await room.start(candidate);
  const askId = await room.push("first-question");
  const { seatId, token } = candidate;
  const middleman = await Middleman.before(server.url);
  const page = await openPage(middleman.url, { roomId, token });
  await candidate.untilLost();
  const isPresent = () => host.presence.includes(seatId);
  await host.waitFor(isPresent);

  let isLetGo = false;
  void middleman.swallow(direction).then(() => {
    isLetGo = true;
  });
  page.send({ type: "writeAnswer", askId, text: "Typed into" });
  page.store.flush();
  page.send({ type: "writeAnswer", askId, text: "Typed into the void." });
  await host.waitFor(() => !isPresent());
  for (let count = 0; count < 20; count++) await server.get("/api/info");
  expect(isLetGo).toBe(true);
  await page.until(() => page.opened === 2 && page.isSaved);
  await host.waitFor(isPresent);
  await host.until(() => host.openAsk.answer === "Typed into the void.");
  expect(page.view.role === "candidate" && page.view.ask?.answer).toBe("Typed into the void.");
  expect(page.snapshot.refused).toEqual([]);
  return page.acknowledged.map(({ commandId }) => commandId);
}

test("a line that swallows what goes up, down, or both ways is noticed, and what was typed into it arrives once", async () => {
  const server = await startServer();
  const ways = ["up", "down", "both"] as const;
  const acknowledged = (await Promise.all(ways.map((way) => typesOnThrough(server, way)))).flat();
  await server.close();
  const database = new Connection(server.dataFile, { readonly: true });
  const count = database.prepare<[string], number>("SELECT count(*) FROM commits WHERE command_id = ?").pluck();
  expect(acknowledged.length).toBeGreaterThanOrEqual(2 * ways.length);
  expect(acknowledged.map((commandId) => count.get(commandId))).toEqual(acknowledged.map(() => 1));
  database.close();
});
