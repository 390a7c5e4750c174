import { JoinResponse } from "@whetstone/shared/links-wire";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { beforeAll, expect, test } from "vitest";
import { buildServer, startProcess } from "../support/process.ts";
import { newSeat, request } from "../support/seats.ts";
import { openingOf, temporaryFolder } from "../support/server.ts";

beforeAll(buildServer);

/** The whole product in one breath, as it runs on every Node: the built server, the bank's own questions, a kill in the middle. */
test("a short room: open, join, push, answer, rate, kill, start again, go on", async () => {
  const data = await temporaryFolder();
  const server = await startProcess(data);
  const post = async (url: string, path: string, body: unknown) =>
    (
      await request(`${url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      })
    ).body;
  const opened = OpenRoomResponse.parse(await post(server.url, "/api/rooms", openingOf()));
  const secret = opened.links.find(({ role }) => role === "candidate")?.secret;
  const joined = JoinResponse.parse(await post(server.url, "/api/links/join", { secret, name: "Cleo" }));
  const host = await newSeat(server.url, opened.token).connect();
  const candidate = await newSeat(server.url, joined.token).connect();
  await host.must({ type: "admit", seatId: candidate.seatId });
  await host.must({ type: "start" });
  await host.must({ type: "push", source: { kind: "bank", questionId: "vanishing-gradients" } });
  const { askId, question } = host.openAsk;
  await candidate.until(() => candidate.candidate.ask?.askId === askId);
  await candidate.must({ type: "writeAnswer", askId, text: "Products of small factors." });
  const criterionId = question.criteria[0]?.id ?? "";
  await host.must({ type: "rate", askId, criterionId, level: 3 });
  await host.until(() => host.openAsk.answer !== "");
  const before = { host: host.view, candidate: candidate.view };

  await server.kill();
  const again = await startProcess(data);
  const [hostAgain, candidateAgain] = await Promise.all([
    newSeat(again.url, opened.token).connect(),
    newSeat(again.url, joined.token).connect(),
  ]);
  expect(hostAgain.view).toEqual(before.host);
  expect(candidateAgain.view).toEqual(before.candidate);
  await hostAgain.must({ type: "rate", askId, criterionId, level: 4 });
  await hostAgain.must({ type: "end" });
  expect(await again.stop()).toBe(0);
});
