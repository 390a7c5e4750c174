import { JoinResponse } from "@whetstone/shared/links-wire";
import { onTestFinished } from "vitest";
import type { OpenedRoom, Site } from "./browser.ts";
import { type Sheet, sheetOf } from "./documents.ts";
import { Seat } from "./seats.ts";

/** Interviews in which something was written on a sheet, held without a browser and by a clock of the test's own. */

/** A clock that goes when it is told to, from now on. */
export class OwnClock {
  #now = Date.now();

  readonly now = (): number => this.#now;

  wait(ms: number): void {
    this.#now += ms;
  }
}

/** Takes the seat that a link is for, until the test is over. */
export async function seatOf(site: Site, secret: string, name: string | null): Promise<Seat> {
  const response = await fetch(`${site.url}/api/links/join`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret, name }),
  });
  const seat = new Seat(site.url, JoinResponse.parse(await response.json()).token);
  onTestFinished(() => seat.disconnect());
  return seat.connect();
}

/** Somebody's words on the sheet, so many milliseconds after those before. */
export type Line = readonly [who: "candidate" | "host", waits: number, words: string];

export interface Written {
  readonly host: Seat;
  readonly candidate: Seat;
  readonly askId: string;
}

/** An interview of one question, begun and answered; it is not over yet. */
export async function writtenIn(
  site: Site,
  clock: OwnClock,
  { secrets }: OpenedRoom,
  lines: readonly Line[],
): Promise<Written> {
  const host = await seatOf(site, secrets.host, null);
  const candidate = await seatOf(site, secrets.candidate, "Maya Lindqvist");
  await host.must({ type: "admit", seatId: candidate.seatId });
  await host.must({ type: "start" });
  clock.wait(60_000);
  const source = { kind: "typed", prompt: "How would you sort them?", minutes: 8 } as const;
  await host.must({ type: "push", source });
  const { askId } = host.openAsk;
  await candidate.until((view) => view.role === "candidate" && view.ask?.askId === askId);
  const sheets: Record<Line[0], Sheet> = {
    host: await sheetOf(host, askId),
    candidate: await sheetOf(candidate, askId),
  };
  let whole = "";
  for (const [who, waits, words] of lines) {
    clock.wait(waits);
    whole += words;
    await sheets[who].write(words);
    for (const sheet of Object.values(sheets)) if (sheet !== sheets[who]) await sheet.until(whole);
  }
  return { host, candidate, askId };
}
