import { statSync } from "node:fs";
import { join } from "node:path";
import { ExportProgress } from "@whetstone/shared/export-wire";
import { emptyFeedback } from "@whetstone/shared/feedback";
import { LinkSecret, PublishFeedbackResponse } from "@whetstone/shared/links-wire";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { beforeAll, describe, expect, test } from "vitest";
import { buildServer, startProcess } from "../support/process.ts";
import { openingOf, startServer, temporaryFolder } from "../support/server.ts";

/** Whoever guesses one of these is in: how long each is, of what, and that every bit of it is drawn. */

const ROOM = /^r_[0-9a-f]{24}$/;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** The bits that are the same in all of the texts; of 64 random ones there is none, but once in 10^17 times. */
function idleBits(texts: readonly string[], encoding: "base64url" | "hex"): number[] {
  const all = texts.map((text) => Buffer.from(text, encoding));
  const [first] = all;
  if (!first || all.length < 64) throw new Error("Too few to tell.");
  return Array.from({ length: first.length * 8 }, (_, bit) => bit).filter((bit) => {
    const values = new Set(all.map((bytes) => ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1));
    return values.size < 2;
  });
}

function expectSecrets(secrets: readonly string[]): void {
  expect(new Set(secrets).size).toBe(secrets.length);
  for (const secret of secrets) expect(secret).toMatch(SECRET);
  expect(idleBits(secrets, "base64url")).toEqual([]);
}

const randomPart = (secret: string) => secret.split(".")[1] ?? "";

describe("256 random bits", () => {
  test("are in every link and every token, and 96 in what is named", async () => {
    const server = await startServer();
    const rooms = [];
    for (let count = 0; count < 64; count++) {
      rooms.push(OpenRoomResponse.parse((await server.post("/api/rooms", openingOf())).body));
    }
    for (const { roomId, token, links } of rooms) {
      expect(roomId).toMatch(ROOM);
      for (const secret of [token, ...links.map((link) => link.secret)]) expect(secret.split(".")[0]).toBe(roomId);
    }
    expectSecrets(rooms.map(({ token }) => randomPart(token)));
    for (const kind of [0, 1, 2, 3]) expectSecrets(rooms.map(({ links }) => randomPart(links[kind]?.secret ?? "")));
    const ids = [rooms.map(({ roomId }) => roomId), rooms.map(({ links }) => links[0]?.linkId ?? "")];
    for (const of of ids)
      expect(
        idleBits(
          of.map((id) => id.slice(2)),
          "hex",
        ),
      ).toEqual([]);
  });

  test("are in the token that a link gives, in a renewed link and in the feedback's", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const { host } = room;
    const post = (path: string, body: object) =>
      host.fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const tokens = [];
    const links = [];
    const feedbackLinks = [];
    for (let count = 0; count < 64; count++) tokens.push(await server.takeSeat(room.secret("candidate"), "Cleo"));
    for (let count = 0; count < 64; count++) {
      links.push(LinkSecret.parse((await post("/api/links/renew", { role: "observer", days: 7 })).body));
    }
    const candidate = await room.host.until(({ people }) => people.some(({ role }) => role === "candidate"));
    const seatId = candidate.people.find(({ role }) => role === "candidate")?.seatId ?? "";
    await host.must({ type: "admit", seatId });
    await host.must({ type: "start" });
    await host.must({ type: "end" });
    await host.must({ type: "submitScorecard", reason: "Only a test." });
    await host.must({ type: "writeFeedback", feedback: { ...emptyFeedback, message: "Thank you." } });
    for (let count = 0; count < 64; count++) {
      const answer = await post("/api/room/feedback/publish", { link: "new", days: null });
      feedbackLinks.push(PublishFeedbackResponse.parse(answer.body).link?.secret ?? "");
    }
    expectSecrets(tokens.map(randomPart));
    expectSecrets(links.map(({ secret }) => randomPart(secret)));
    expectSecrets(feedbackLinks.map(randomPart));
  });

  test("are in the name of an export", async () => {
    const server = await startServer();
    const ids = [];
    const { host } = await server.openRoom();
    for (let count = 0; count < 64; count++) {
      const { exportId } = ExportProgress.parse(
        (await server.post("/api/exports", { secrets: [host.token], formats: ["md"] })).body,
      );
      ids.push(exportId);
      await server.post("/api/exports/drop", { exportId });
    }
    expectSecrets(ids);
  });
});

describe("a host key that the server makes", () => {
  beforeAll(buildServer);

  test("has 144 random bits, is readable by its owner alone, and stays the same", async () => {
    const keys = [];
    for (const folder of [await temporaryFolder(), await temporaryFolder()]) {
      const printed = [];
      for (let start = 0; start < 2; start++) {
        const server = await startProcess(folder, { PUBLIC_URL: "http://127.0.0.1" });
        printed.push(/#key=(.*)$/.exec(server.url)?.[1] ?? "");
        await server.stop();
      }
      expect(printed[0]).toMatch(/^[A-Za-z0-9_-]{24}$/);
      expect(printed[1]).toBe(printed[0]);
      keys.push(printed[0]);
      if (process.platform !== "win32") expect(statSync(join(folder, "host-key")).mode & 0o777).toBe(0o600);
    }
    const [one, other] = keys.map((key) => Buffer.from(key ?? "", "base64url"));
    const alike = one?.filter((byte, index) => byte === other?.[index]).length ?? Number.NaN;
    expect(alike).toBeLessThan(6);
  });
});
