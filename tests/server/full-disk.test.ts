import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JoinResponse, OpenRoomResponse } from "@whetstone/shared/wire";
import { beforeAll, describe, expect, test } from "vitest";
import { Saving } from "../../server/src/room/saving.ts";
import { buildServer, startProcess } from "../support/process.ts";
import { newId, newSeat, request } from "../support/seats.ts";
import { openingOf } from "../support/server.ts";
import { canMount, smallDisk } from "../support/tmpfs.ts";

beforeAll(buildServer);

describe("saving that fails", () => {
  function told() {
    const said: unknown[] = [];
    const saving = new Saving({ onFailing: (error) => said.push(error), onOver: () => said.push("over") });
    return { said, saving };
  }

  test("is told once, and once when it is over", () => {
    const { said, saving } = told();
    for (let count = 0; count < 5; count++) saving.appended(0, ["full", "full"]);
    expect(said).toEqual(["full"]);
    saving.appended(3, []);
    saving.appended(2, []);
    saving.appended(0, ["full again"]);
    expect(said).toEqual(["full", "over", "full again"]);
  });

  test("of one room alone is told each time, as nothing else says that it goes on", () => {
    const { said, saving } = told();
    saving.appended(1, ["does not follow"]);
    saving.appended(1, ["does not follow"]);
    expect(said).toEqual(["does not follow", "does not follow"]);
  });
});

// Only root may mount a disk that is small enough to be full.
describe.skipIf(!canMount)("a disk that is full", () => {
  test("refuses and never acknowledges, lets read on, and is over by itself when there is space", async () => {
    const disk = await smallDisk(4_096);
    const server = await startProcess(disk.path, { LOG_LEVEL: "warn" });
    const post = (path: string, body: unknown) =>
      request(`${server.url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const { token, links } = OpenRoomResponse.parse((await post("/api/rooms", openingOf())).body);
    const host = await newSeat(server.url, token).connect();
    const secretOf = (role: string) => links.find((link) => link.role === role)?.secret;
    const joined = await post("/api/links/join", { secret: secretOf("candidate"), name: "Cleo" });
    const candidate = await newSeat(server.url, JoinResponse.parse(joined.body).token).connect();
    await host.must({ type: "admit", seatId: candidate.seatId });
    await host.must({ type: "start" });
    const ballast = join(disk.path, "ballast");
    await writeFile(ballast, Buffer.alloc(8 << 20)).catch(() => undefined);

    const long = (mark: string) => mark.repeat(10_000);
    const commands = Array.from({ length: 20 }, (_, index) => ({
      text: long(String.fromCharCode(97 + index)),
      commandId: newId("c"),
    }));
    const answers = [];
    for (const { text, commandId } of commands) {
      answers.push(await host.send({ type: "writeSummary", text }, commandId));
    }
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThan(5);
    for (const answer of refused) expect(answer).toMatchObject({ refusal: { reason: "not_saved" } });

    // What was read before can be read, and what was not is looked up.
    await host.resync();
    const secret = secretOf("observer");
    expect((await post("/api/links/look", { secret })).status).toBe(200);
    expect((await post("/api/links/join", { secret, name: "Olga" })).body).toMatchObject({ reason: "not_saved" });
    expect((await post("/api/own/questions", { copyOf: "ball-in-the-road" })).body).toMatchObject({
      reason: "not_saved",
    });

    await rm(ballast);
    for (const { text, commandId } of commands) await host.must({ type: "writeSummary", text }, commandId);
    expect(host.panel.scorecard.summary).toBe(commands.at(-1)?.text);
    const lines = server.said().split("\n");
    expect(lines.filter((line) => line.includes("commits cannot be saved"))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("commits can be saved again"))).toHaveLength(1);
  });
});
