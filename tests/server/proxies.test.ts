import { expect, test } from "vitest";
import { type Manners, Middleman } from "../support/middleman.ts";
import { openPage, type PageOptions } from "../support/pages.ts";
import { newSeat } from "../support/seats.ts";
import { startServer, type TestServer } from "../support/server.ts";

/** Proxies that do to WebSockets, and to what idles, what proxies do. */

const KINDS: readonly (readonly [string, Manners])[] = [
  ["swallows what goes through WebSockets", { webSockets: { swallow: "both" } }],
  ["swallows what goes up them", { webSockets: { swallow: "up" } }],
  ["swallows what comes down them", { webSockets: { swallow: "down" } }],
  ["lets the first frame down, and swallows the others", { webSockets: { swallow: "down", afterBytes: 130 } }],
  ["answers no request for one", { webSockets: "hang" }],
  ["refuses them", { webSockets: "refuse" }],
  ["refuses them, and holds back all answers", { webSockets: "refuse", holdsMs: 300 }],
];

/** A candidate who sits behind such a proxy, sees the question and answers it. */
async function answersBehind(
  server: TestServer,
  manners: Manners,
  options: Pick<PageOptions, "fetch"> = {},
): Promise<Middleman> {
  const room = await server.openRoom();
  const candidate = await room.join("candidate", "Cleo Candidate");
  await room.start(candidate);
  const askId = await room.push("first-question");
  const middleman = await Middleman.before(server.url, manners);
  const page = await openPage(middleman.url, { roomId: room.roomId, token: candidate.token, ...options });
  page.send({ type: "writeAnswer", askId, text: "Written through a proxy." });
  await page.until(() => page.isSaved);
  await room.host.until(() => room.host.openAsk.answer === "Written through a proxy.");
  expect(page.snapshot).toMatchObject({ connection: "connected", lost: null, refused: [] });
  return middleman;
}

test("whoever sits behind a proxy that makes nothing good of WebSockets sees the room by long polls, and answers", async () => {
  const server = await startServer();
  const opened = await Promise.all(KINDS.map(([, manners]) => answersBehind(server, manners)));
  // A WebSocket was tried each time, or nothing was shown here.
  expect(opened.map(({ webSockets }) => webSockets > 0)).toEqual(KINDS.map(() => true));
});

test("so does whoever has no question by HTTP answered, as something between the page and the server keeps that from it", async () => {
  const server = await startServer();
  const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  const swallowing = KINDS.filter(([, { webSockets }]) => webSockets !== "refuse");
  const opened = await Promise.all(swallowing.map(([, manners]) => answersBehind(server, manners, { fetch })));
  expect(opened.map(({ webSockets }) => webSockets > 0)).toEqual(swallowing.map(() => true));
});

test("of two connections of one page the one that was begun later keeps the seat, in whatever order they arrive", async () => {
  const server = await startServer();
  const room = await server.openRoom();
  const { token } = await room.join("candidate", "Cleo Candidate");
  const auth = (attempt: number, page = "page-one") => ({ page, attempt });
  const later = await newSeat(server.url, token, { handshake: auth(2) }).connect();
  await expect(newSeat(server.url, token, { handshake: auth(1) }).connect()).rejects.toThrow("seat_taken_over");
  await later.time();
  expect(later.lost).toBeNull();

  const latest = await newSeat(server.url, token, { handshake: auth(3) }).connect();
  expect((await later.untilLost()).reason).toBe("seat_taken_over");
  await newSeat(server.url, token, { handshake: auth(1, "another page") }).connect();
  expect((await latest.untilLost()).reason).toBe("seat_taken_over");
});
