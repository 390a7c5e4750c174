import type { Command } from "@whetstone/shared/room/command";
import { expect, test } from "vitest";
import { newSeat } from "../support/seats.ts";
import { fullHouse, liveHouse, startServer } from "../support/server.ts";

/** Interviewers who ask, over the wire: who is refused by what sentence, what a restart keeps, and what files say. */

const typed: Command = { type: "push", source: { kind: "typed", prompt: "Why us?", minutes: 5 } };

test("a room can be opened in which interviewers ask; candidates and observers never do", async () => {
  const server = await startServer();
  const { ines, ivan, candidate, observer } = await liveHouse(server, { interviewersAsk: true });
  for (const seat of [candidate, observer]) {
    for (const command of [typed, { type: "letAsk", interviewers: true } as const]) {
      expect(await seat.send(command)).toMatchObject({ ok: false, refusal: { reason: "wrong_seat" } });
    }
  }
  expect(await ines.send({ type: "letAsk", interviewers: false })).toMatchObject({ ok: false });
  await ines.must(typed);
  await candidate.until((view) => view.role === "candidate" && view.ask?.prompt === "Why us?");
  await ivan.until((view) => view.role === "interviewer" && view.asks[0]?.askedBy?.name === "Ines Interviewer");
});

test("whom a question is assigned to outlives a restart, and who asked it stands in the files and in the trail", async () => {
  const server = await startServer();
  const { room, host, ines, ivan, candidate } = await fullHouse(server, { kitId: "test-kit" });
  const [first] = host.host.plan;
  const itemId = first?.itemId ?? "";
  await host.must({ type: "assignItem", itemId, seatId: ines.seatId });
  await room.start(candidate);
  const tokens = { host: host.token, ines: ines.token, ivan: ivan.token };
  const again = await server.restart();
  const back = async (token: string) => newSeat(again.url, token).connect();
  const ask: Command = { type: "push", source: { kind: "plan", itemId } };
  const refused = await (await back(tokens.ivan)).send(ask);
  expect(refused).toMatchObject({ ok: false, refusal: { reason: "wrong_seat" } });
  expect(JSON.stringify(refused)).toContain("It is assigned to Ines Interviewer.");
  await (await back(tokens.ines)).must(ask);
  const headers = { authorization: `Bearer ${tokens.host}` };
  expect((await again.get("/api/room/export.json", headers)).body).toMatchObject({
    asks: [{ number: 1, askedBy: "Ines Interviewer" }],
  });
  expect((await again.get("/api/room/export.md", headers)).text).toContain("Asked by Ines Interviewer at");
  expect((await again.get("/api/room/trail", headers)).body).toMatchObject({
    entries: expect.arrayContaining([
      expect.objectContaining({ what: "assigned", to: expect.objectContaining({ name: "Ines Interviewer" }) }),
      expect.objectContaining({ what: "asked", ask: 1, who: expect.objectContaining({ name: "Ines Interviewer" }) }),
    ]),
  });
  expect((await again.get("/api/room/export.pdf", headers)).status).toBe(200);
});
