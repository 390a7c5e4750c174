import type { Run } from "@whetstone/shared/workspace/run";
import { describe, expect, test } from "vitest";
import { sheetOf } from "../support/documents.ts";
import { aRun } from "../support/domain.ts";
import { liveHouse, startServer } from "../support/server.ts";
import { jsonOf, markdownOf, textIn } from "./export/house.ts";

/** Runs of programs, between real clients. */

/** A room with a question asked that brings tests: two that the candidate has, and three of the panel's own. */
async function asked() {
  const server = await startServer();
  const house = await liveHouse(server);
  const askId = await house.room.push("third-question");
  return { server, ...house, askId };
}

const failed = { outcome: "failed", message: "3 is not 4", line: 7 } as const;
const passed = { outcome: "passed", message: "", line: null } as const;
const run = (change: Partial<Run> = {}): Run => aRun({ tests: [passed, failed], outcome: "ok", ...change });
const check = (): Run =>
  aRun({ tests: Array(5).fill(passed), pieces: [{ kind: "printed", isError: false, text: "secret 17" }] });

describe("what is kept of a run", () => {
  test("is shown to everybody, outlives the process, and leaves with every export", async () => {
    const { server, candidate, host, ines, askId } = await asked();
    await candidate.must({ type: "keepRun", askId, run: run() });
    await ines.must({ type: "keepCheck", askId, run: check() });
    for (const seat of [host, ines]) {
      await seat.until((view) => view.role !== "candidate" && view.asks[0]?.lastCheck !== undefined);
    }
    await server.close();
    const again = await server.restart();
    for (const seat of [candidate, host]) await seat.connect(again.url);
    expect(candidate.candidate.ask?.lastRun?.tests.map(({ outcome }) => outcome)).toEqual(["passed", "failed"]);
    expect(JSON.stringify(candidate.frames)).not.toContain("secret 17");

    const { asks } = await jsonOf(host);
    expect(asks[0]?.lastRun).toMatchObject({ by: "Cleo Candidate", tests: [passed, failed] });
    expect(asks[0]?.lastCheck).toMatchObject({ by: "Ines Interviewer" });
    for (const text of [await markdownOf(host), (await textIn(host, "pdf")).replace(/\s+/g, " ")]) {
      for (const words of ["1 of 2 tests passed", "3 is not 4 (line 7)", "All 5 tests passed", "secret 17"])
        expect(text).toContain(words);
    }
  });

  test("is refused where it is another's, unbounded or no run, and nobody is disturbed", async () => {
    const { candidate, observer, host, askId } = await asked();
    const refusedAs = (reason: string) => ({ ok: false, refusal: { reason } });
    expect(await observer.send({ type: "keepRun", askId, run: run() })).toMatchObject(refusedAs("wrong_seat"));
    expect(await candidate.send({ type: "keepCheck", askId, run: check() })).toMatchObject(refusedAs("wrong_seat"));
    expect(await candidate.send({ type: "keepRun", askId, run: run({ tests: [passed] }) })).toMatchObject(
      refusedAs("malformed"),
    );
    const long = run({ pieces: [{ kind: "printed", isError: false, text: "x".repeat(100_000) }] });
    expect(await candidate.send({ type: "keepRun", askId, run: long })).toMatchObject(refusedAs("too_long"));
    const bomb = run({ pieces: [{ kind: "picture", png: Buffer.from("<svg onload=alert(1)>").toString("base64") }] });
    expect(await candidate.send({ type: "keepRun", askId, run: bomb })).toMatchObject(refusedAs("malformed"));
    expect(host.host.asks[0]?.lastRun).toBeUndefined();
  });
});

describe("a program that runs", () => {
  test("is told of to whoever has the sheet open, until it ends or its page is gone", async () => {
    const { candidate, ines, observer, askId } = await asked();
    for (const seat of [candidate, ines, observer]) await sheetOf(seat, askId);
    const name = { askId, part: "text" } as const;
    await candidate.ask("document", { type: "run", ...name, run: { printed: "step 1\n", isAsking: false } });
    const told = { ...name, type: "ran", seatId: candidate.seatId, run: { printed: "step 1\n", isAsking: false } };
    for (const seat of [ines, observer]) await seat.waitFor(() => seat.told.some(({ type }) => type === "ran"));
    expect(ines.told.at(-1)).toEqual(told);
    expect(candidate.told.some(({ type }) => type === "ran")).toBe(false);
    candidate.disconnect();
    await ines.waitFor(() => ines.told.some((one) => one.type === "ran" && one.run === null));
  });

  test("is there for whoever opens the sheet while it runs", async () => {
    const { candidate, ines, askId } = await asked();
    await sheetOf(candidate, askId);
    const run = { printed: "epoch 3\n", isAsking: true };
    await candidate.ask("document", { type: "run", askId, part: "text", run });
    const opening = { type: "open", askId, part: "text", vector: "AA==" } as const;
    expect(await ines.ask("document", opening)).toMatchObject({ ok: true, runs: [{ seatId: candidate.seatId, run }] });
    await candidate.ask("document", { type: "run", askId, part: "text", run: null });
    expect(await ines.ask("document", opening)).toMatchObject({ ok: true, runs: [] });
  });

  test("is nobody's who may not write there", async () => {
    const { candidate, ines, observer, askId } = await asked();
    for (const seat of [candidate, ines, observer]) await sheetOf(seat, askId);
    const message = { type: "run", askId, part: "text", run: { printed: "not mine", isAsking: false } };
    await observer.ask("document", message);
    await candidate.ask("document", { ...message, run: { printed: "mine", isAsking: false } });
    await ines.waitFor(() => ines.told.some(({ type }) => type === "ran"));
    expect(JSON.stringify(ines.told)).not.toContain("not mine");
    expect(
      await candidate.ask("document", { ...message, run: { printed: "x".repeat(9_000), isAsking: false } }),
    ).toMatchObject({
      ok: false,
    });
  });
});
