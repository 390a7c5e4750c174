import { textOf } from "@whetstone/shared/workspace/document";
import { describe, expect, onTestFinished, test } from "vitest";
import { Pauses } from "../../client/src/room/store/pauses.ts";
import { UnsentDocuments } from "../../client/src/room/store/unsent-documents.ts";
import { SharedDocument } from "../../client/src/room/workspace/shared-document.ts";
import { MemoryStorage } from "../client/fakes.ts";
import { FaultyLine } from "../support/faulty-line.ts";
import type { Seat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** Numbers from 0 up to 1 that follow from a seed: the minimal standard generator of Park and Miller. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

interface Writer {
  readonly seat: Seat;
  readonly line: FaultyLine;
  readonly document: SharedDocument;
}

function writerAt(seat: Seat, askId: string, random: () => number): Writer {
  const line = new FaultyLine(seat, { random, lost: 15, doubled: 15, late: 20 });
  const name = { askId, part: "text" } as const;
  const storage = new MemoryStorage();
  const document = new SharedDocument({
    name,
    line,
    writerOf: () => null,
    storage,
    unsent: new UnsentDocuments(storage, "r", seat.seatId),
    pauses: new Pauses(random),
  });
  onTestFinished(() => document.close());
  return { seat, line, document };
}

const textIn = ({ document }: Writer): string => textOf(document.yjs).toString();
const aTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe("five who write in one document at once", () => {
  test.each([1, 7, 42, 1984])("end with the same text, whatever the network does: seed %i", async (seed) => {
    const server = await startServer();
    const house = await liveHouse(server);
    const iris = await house.room.join("interviewer", "Iris Interviewer");
    const askId = await house.room.push("second-question");
    const random = seeded(seed);
    const writers = [house.candidate, house.host, house.ines, house.ivan, iris].map((seat) =>
      writerAt(seat, askId, random),
    );
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

    for (let step = 0; step < 150; step++) {
      const writer = pick(writers);
      const text = textOf(writer.document.yjs);
      const at = Math.floor(random() * (text.length + 1));
      if (text.length > 20 && random() < 0.2) text.delete(Math.min(at, text.length - 5), 3);
      else {
        const word = `${writers.indexOf(writer)}.${step} `;
        text.insert(at, word);
      }
      if (random() < 0.5) await aTurn();
      for (const { line } of writers) if (random() < 0.4) line.deliver();
      if (random() < 0.05) await pick(writers).line.reconnect();
    }

    for (const { line } of writers) line.faults = null;
    for (const { line } of writers) await line.reconnect();
    const isOver = () => {
      for (const { line } of writers) line.deliver();
      return writers.every((writer) => !writer.line.unwritten && textIn(writer) === textIn(writers[0] as Writer));
    };
    await expect.poll(isOver, { timeout: 20_000 }).toBe(true);
    const whole = textIn(writers[0] as Writer);
    expect(whole.length).toBeGreaterThan(200);
    await house.host.until((view) => view.role === "host" && view.asks[0]?.answer === whole);
    for (const { line } of writers) expect(line.refusals).toEqual([]);
  });
});
