import type { Command } from "@whetstone/shared/room/command";
import type { Messages } from "@whetstone/shared/room/view/messages";
import { describe, expect, test } from "vitest";
import { newId, type Seat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";
import { exportOf, FORMATS, jsonOf, markdownOf, textIn } from "./export/house.ts";

/** What is written beside the interview, over a real server: to whom it comes, once, and in what it is taken away. */

const ASIDE = "kingfisher aside";
const aside = (text = ASIDE): Command => ({ type: "sayAside", lineId: newId("m"), text });
const toAll = ({ seatId }: Seat, text: string): Command => ({
  type: "sayToAll",
  lineId: newId("m"),
  candidateId: seatId,
  text,
});
const textsOf = (messages: Messages | undefined): string[] => (messages?.lines ?? []).map(({ text }) => text);
const house = async () => liveHouse(await startServer());

describe("what the panel writes to each other", () => {
  test("comes to all of it, and candidate and observer receive not one packet", async () => {
    const { host, ines, ivan, candidate, observer } = await house();
    for (const seat of [candidate, observer]) await seat.time();
    const packets = [candidate, observer].map(({ messages }) => messages.length);
    await ines.must(aside());
    await host.must(aside(`${ASIDE} too`));
    for (const seat of [host, ines, ivan]) {
      await seat.until(() => textsOf(seat.panel.aside).length === 2);
      expect(textsOf(seat.panel.aside)).toEqual([ASIDE, `${ASIDE} too`]);
    }
    for (const [index, seat] of [candidate, observer].entries()) {
      await seat.time();
      // The one answer is that of the time.
      expect(seat.messages.length).toBe((packets[index] ?? 0) + 1);
    }
  });

  test("is in no byte of theirs, whatever they ask for, after the end too", async () => {
    const { host, ines, candidate, observer } = await house();
    await ines.must(aside());
    await candidate.must(toAll(candidate, "Do you hear me?"));
    await host.must({ type: "end" });
    await host.must(aside());
    for (const seat of [candidate, observer]) {
      await seat.resync();
      for (const format of FORMATS) expect((await exportOf(seat, format)).status).toBe(403);
      for (const path of ["/api/room/record.zip", "/api/room/trail", "/api/room/history", "/api/info"])
        await seat.fetch(path);
      expect(await seat.send(aside("mine"))).toMatchObject({ refusal: { reason: "wrong_seat" } });
      seat.drop();
      await seat.connect();
      expect(seat.received.join("\n")).not.toMatch(/kingfisher|aside"/);
      expect(textsOf(seat.view.common)).toEqual(["Do you hear me?"]);
    }
  });
});

describe("either", () => {
  test("is said once, however often it is sent, over a restart too", async () => {
    const server = await startServer();
    const { host, candidate } = await liveHouse(server);
    const [own, all] = [aside("Once."), toAll(candidate, "Once, too.")];
    const ids = [newId("c"), newId("c")];
    const send = async (seat: Seat) => {
      await seat.must(own, ids[0]);
      await seat.must(all, ids[1]);
      // As a page does that has lost what it called it.
      await seat.must(own);
      await seat.must(all);
    };
    await send(host);
    await send(host);
    const again = await server.restart();
    await host.connect(again.url);
    await send(host);
    expect(textsOf(host.panel.aside)).toEqual(["Once."]);
    expect(textsOf(host.panel.common)).toEqual(["Once, too."]);
  });

  test("is taken away by the panel, as a whole, as JSON and Markdown", async () => {
    const { host, ines, candidate } = await house();
    await ines.must(aside("# Not a heading [nor a link](https://example.org)"));
    await candidate.must(toAll(candidate, "I hear nothing."));
    for (let count = 0; count < 210; count++) await host.must(aside(`Line ${count}.`));
    expect(host.panel.aside?.lines.length).toBeLessThan(210);
    await host.must({ type: "end" });
    const { messages } = await jsonOf(ines);
    expect(messages?.amongPanel).toHaveLength(211);
    expect(messages?.amongPanel?.[0]).toMatchObject({ by: "Ines Interviewer" });
    expect(messages?.withCandidate).toMatchObject([{ by: "Cleo Candidate", text: "I hear nothing." }]);
    const markdown = await markdownOf(host);
    expect(markdown).toContain("## Messages with the candidate");
    expect(markdown).toContain("## Messages among the panel");
    expect(markdown).toContain("Ines Interviewer: # Not a heading \\[nor a link](https://example.org)");
    expect(markdown).toContain("Line 209.");
    // The others are made to be read by people and systems beyond the panel.
    for (const format of FORMATS.filter((one) => one !== "json" && one !== "md")) {
      expect(await textIn(host, format)).not.toContain("Line 209.");
    }
  });

  test("is bounded in length, and no empty line is said", async () => {
    const { host, candidate } = await house();
    for (const text of ["", "  \n ", "x".repeat(2_001)]) {
      expect((await host.send(aside(text))).ok).toBe(false);
      expect((await host.send(toAll(candidate, text))).ok).toBe(false);
    }
    await host.must(aside(` ${"x".repeat(2_000)}\n`));
    expect(textsOf(host.panel.aside)).toEqual(["x".repeat(2_000)]);
  });
});
