import type { CallAnswer } from "@whetstone/shared/call/wire";
import { describe, expect, test } from "vitest";
import { sheetOf } from "../support/documents.ts";
import type { Seat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** A candidate who is moved back to the lobby and let in again, over a real server: their sheet, their call, and what reaches them. */

const moveOut = ({ host, candidate }: { host: Seat; candidate: Seat }) =>
  host.must({ type: "moveToLobby", seatId: candidate.seatId });
const letIn = ({ host, candidate }: { host: Seat; candidate: Seat }) =>
  host.must({ type: "admit", seatId: candidate.seatId });
const isOut = (seat: Seat) => !seat.candidate.you.admitted;

async function asked() {
  const house = await liveHouse(await startServer());
  const askId = await house.room.push("first-question");
  await house.candidate.until(() => house.candidate.candidate.ask !== null);
  return { ...house, askId };
}

describe("the sheet of a candidate in the lobby", () => {
  test("is closed to them, and is told to be opened again once they are let in, with what they wrote meanwhile", async () => {
    const house = await asked();
    const { host, ines, candidate, askId } = house;
    const own = await sheetOf(candidate, askId);
    const read = await sheetOf(ines, askId);
    await own.write("Before. ");
    await moveOut(house);
    await candidate.until(() => isOut(candidate));
    expect(await own.write("On its way. ")).toMatchObject({ refusal: { reason: "not_admitted" } });
    expect(await own.open()).toMatchObject({ refusal: { reason: "not_admitted" } });
    await read.write("By the panel. ");
    await ines.time();
    await candidate.time();
    expect(candidate.told).toEqual([]);
    for (const text of ["Before. ", "By the panel. "]) expect(read.text).toContain(text);
    expect(read.text).not.toContain("On its way");

    await letIn(house);
    await candidate.waitFor(() => candidate.told.some((told) => told.type === "astray" && told.askId === askId));
    expect(await own.comeBack()).toEqual({ ok: true });
    await read.until(own.text);
    expect(own.text).toContain("On its way. ");
    await host.time();
  });

  test("takes what was on its way once the interview has ended meanwhile", async () => {
    const house = await asked();
    const { host, candidate, askId } = house;
    const own = await sheetOf(candidate, askId);
    await moveOut(house);
    await candidate.until(() => isOut(candidate));
    await own.write("On its way.");
    await host.must({ type: "end" });
    await candidate.waitFor(() => candidate.told.some((told) => told.type === "astray"));
    expect(await own.comeBack()).toEqual({ ok: true });
  });

  test("is not told of by a name that leads nowhere, nor does asking for such without an end take anything", async () => {
    const house = await asked();
    const { candidate } = house;
    await moveOut(house);
    await candidate.until(() => isOut(candidate));
    const open = { type: "open", askId: "a_000000000000", part: "text", vector: "AA==" };
    expect(await candidate.ask("document", open)).toMatchObject({ refusal: { reason: "not_admitted" } });
    await letIn(house);
    await candidate.until(() => !isOut(candidate));
    await candidate.time();
    expect(candidate.told).toEqual([]);
  });
});

describe("the call of a candidate in the lobby", () => {
  const PAGE = "k_0123456789abcdef";
  const sending = { microphone: true, camera: true, screen: false };
  const enter = (seat: Seat) => seat.ask("call", { type: "enter", page: PAGE, sending }) as Promise<CallAnswer>;
  const outs = (seat: Seat) => seat.calls.flatMap((told) => (told.type === "out" ? [told.refusal.reason] : []));
  const hears = (seat: Seat) => seat.callPeers.map(({ seatId }) => seatId);

  test("is cut for them and for the others at once, cannot be entered, and can when they are let in", async () => {
    const house = await asked();
    const { host, ines, candidate } = house;
    for (const seat of [host, ines, candidate]) expect((await enter(seat)).ok).toBe(true);
    await host.time();
    expect(hears(host)).toContain(candidate.seatId);
    await moveOut(house);
    await candidate.waitFor(() => outs(candidate).includes("not_admitted"));
    for (const seat of [host, ines]) {
      await seat.waitFor(() => !hears(seat).includes(candidate.seatId));
      expect(seat.callPeers).toHaveLength(1);
    }
    expect(await enter(candidate)).toMatchObject({ ok: false, refusal: { reason: "not_admitted" } });
    await letIn(house);
    await candidate.until(() => !isOut(candidate));
    expect((await enter(candidate)).ok).toBe(true);
    await host.waitFor(() => hears(host).includes(candidate.seatId));
  });
});

test("a candidate in the lobby receives nothing of what the panel does, and is shown no question by any way", async () => {
  const house = await asked();
  const { host, ines, candidate, askId } = house;
  await moveOut(house);
  await candidate.until(() => isOut(candidate));
  await candidate.time();
  const before = candidate.messages.length;
  await host.must({ type: "sayAside", lineId: "m_000000000001", text: "What now?" });
  await host.must({ type: "closeAsk", askId });
  await ines.must({ type: "writeSummary", text: "Good so far." });
  await candidate.time();
  expect(candidate.messages.length).toBe(before + 1);
  const from = candidate.received.length;
  await candidate.resync();
  await candidate.ask("document", { type: "replay", askId, part: "text" });
  expect(candidate.received.slice(from).join("\n")).not.toContain("⟦first-question");
});
