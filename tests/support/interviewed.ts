import type { Level } from "@whetstone/shared/bank";
import { JoinResponse } from "@whetstone/shared/links-wire";
import { onTestFinished } from "vitest";
import { openRoom, type Site } from "./browser.ts";
import { Seat } from "./seats.ts";

/** Interviews that are over, held without a browser. */

/** Takes the seat that a link is for, until the test is over. */
async function takeSeat(site: Site, secret: string, name: string | null): Promise<Seat> {
  const response = await fetch(`${site.url}/api/links/join`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret, name }),
  });
  const seat = new Seat(site.url, JoinResponse.parse(await response.json()).token);
  onTestFinished(() => seat.disconnect());
  return seat.connect();
}

export interface Interviewed {
  readonly hostSecret: string;
  /** The token of an interviewer who has not submitted. */
  readonly undecided: string;
}

export interface InterviewOptions {
  /** How many criteria the second rater left out. */
  readonly leftOut?: number;
  /** Why the panel decided as it did. */
  readonly rationale?: string;
}

/** An interview that is over: the host and Wei gave every criterion of one question these levels, and Noor has not submitted. */
export async function interviewed(
  site: Site,
  candidateName: string,
  levels: readonly [Level, Level],
  { leftOut = 0, rationale = "because of the answers" }: InterviewOptions = {},
): Promise<Interviewed> {
  const { secrets } = await openRoom(site, { candidateName });
  const host = await takeSeat(site, secrets.host, null);
  const wei = await takeSeat(site, secrets.interviewer, "Wei Zhang");
  const noor = await takeSeat(site, secrets.interviewer, "Noor Haddad");
  const candidate = await takeSeat(site, secrets.candidate, candidateName);
  for (const { seatId } of [candidate, wei, noor]) await host.must({ type: "admit", seatId });
  for (const seat of [wei, noor]) await seat.until((view) => view.role === "interviewer" && !view.waiting);
  await host.must({ type: "start" });
  const [item] = host.panel.plan;
  await host.must({ type: "push", source: { kind: "plan", itemId: item?.itemId ?? "" } });
  const { askId, question } = host.openAsk;
  await host.must({ type: "end" });
  for (const [index, seat] of [host, wei].entries()) {
    const level = levels[index] ?? 1;
    const rated = index === 0 ? question.criteria : question.criteria.slice(leftOut);
    for (const { id: criterionId } of rated) await seat.must({ type: "rate", askId, criterionId, level });
    await seat.must({ type: "recommend", recommendation: level > 2 ? "yes" : "no" });
    await seat.must({ type: "submitScorecard", reason: "for a test" });
  }
  await host.must({ type: "recordDecision", outcome: levels[0] > 2 ? "advance" : "decline", rationale });
  return { hostSecret: secrets.host, undecided: noor.token };
}
