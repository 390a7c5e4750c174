import { connect as connectTo, createServer, type Server } from "node:net";
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import {
  allSaved,
  becomes,
  gone,
  launchBrowser,
  openRoom,
  Person,
  type Site,
  shown,
  startSite,
  textsBecome,
} from "../support/browser.ts";

/**
 * A panel of three from blind scoring to the decision, each before a browser of their own. Every byte that a browser is
 * sent, of whatever protocol, is kept and searched for what the others wrote. Each test goes on where the one before
 * ended.
 */

/** Stands between one browser and the server, under an address of its own, and keeps every byte that comes back. */
class Tap implements Site {
  readonly url: string;
  readonly #server: Server;
  readonly #received: Buffer[] = [];

  private constructor(url: string, server: Server) {
    this.url = url;
    this.#server = server;
  }

  static async before({ url }: Site): Promise<Tap> {
    const port = Number(new URL(url).port);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("The tap does not listen.");
    const tap = new Tap(`http://127.0.0.1:${address.port}`, server);
    server.on("connection", (near) => {
      const far = connectTo(port, "127.0.0.1");
      far.on("data", (bytes) => tap.#received.push(bytes));
      near.pipe(far);
      far.pipe(near);
      near.on("error", () => far.destroy());
      far.on("error", () => near.destroy());
    });
    return tap;
  }

  /** How often a text came through. */
  count(text: string): number {
    return Buffer.concat(this.#received).toString("latin1").split(text).length - 1;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A browser whose every received byte is known. */
interface Seated {
  readonly person: Person;
  readonly tap: Tap;
}

const site = await startSite();
const browser = await launchBrowser();

async function seated(name: string): Promise<Seated> {
  return { person: await Person.arrive(browser, name), tap: await Tap.before(site) };
}

const [host, amara, wei, candidate] = [
  await seated("Jonas Dahl"),
  await seated("Amara Okafor"),
  await seated("Wei Zhang"),
  await seated("Maya Lindqvist"),
] as const;
const raters = [host, amara, wei] as const;
const company = [...raters, candidate];
const named = company.map((each) => [each.person.name, each] as const);

afterAll(async () => {
  await browser.close();
  for (const { tap } of company) await tap.close();
  await site.close();
});

/**
 * What one rater writes, each text to be found again wherever it appears. No two raters' begin or end alike: a change
 * of one text into another travels as the stretch in which they differ.
 */
const canariesOf = ({ person }: Seated) => {
  const name = (person.name.split(" ")[0] ?? "").toUpperCase();
  const canary = (of: string) => `${name}canary${of}${[...name].reverse().join("")}`;
  return { note: canary("note"), summary: canary("summary"), reason: canary("reason") };
};
const DECISION = "canaryRationale";

/** The canaries of `writer` that reached `reader`, in the bytes that came or in what the browser made of them. */
function reached(reader: Seated, writer: Seated): string[] {
  const decoded = reader.person.received.join("\n");
  return Object.values(canariesOf(writer)).filter((canary) => reader.tap.count(canary) > 0 || decoded.includes(canary));
}

const everyCanaryOf = (writer: Seated): string[] => Object.values(canariesOf(writer));

const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole("button", { name, exact: true });
const openTab = (page: Page, name: "Your scorecard" | "Debrief"): Promise<void> =>
  page.getByRole("tab", { name, exact: true }).click();
const part = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });

describe("while the interview runs", () => {
  it("all sit down, and the host asks the first question of the kit", async () => {
    const { secrets } = await openRoom(site, { hostName: host.person.name, candidateName: candidate.person.name });
    await host.person.enterAsHost(host.tap, secrets.host);
    await amara.person.join(amara.tap, secrets.interviewer);
    await wei.person.join(wei.tap, secrets.interviewer);
    for (const { person } of [amara, wei]) await host.person.letIn(person);
    await candidate.person.page.goto(`${candidate.tap.url}/join#${secrets.candidate}`);
    await button(candidate.person.page, "Join").click();
    const { page } = host.person;
    await button(page, "Admit").click();
    await button(page, "Start the interview").click();
    await shown(page.getByText("Nothing is asked yet"));
    await page.keyboard.press("a");
    await shown(candidate.person.page.getByRole("region", { name: "Question 1", exact: true }));
    await button(page, "Reveal H: Hint 1")
      .or(page.getByRole("button", { name: /^Reveal/ }).first())
      .first()
      .click();
  });

  it("each rates every criterion and writes a note, and no other browser is sent a byte of it", async () => {
    const levels = [
      [host, "4"],
      [amara, "3"],
      [wei, "1"],
    ] as const;
    for (const [writer, first] of levels) {
      const { page } = writer.person;
      const card = page.getByRole("complementary", { name: "Your scorecard" });
      const criteria = card.locator("section[data-focused]");
      await becomes(criteria.first(), "data-focused", "true");
      for (const [index, key] of [first, "3", "2"].entries()) {
        await criteria.nth(index).locator(`button[data-level="${key}"]`).click();
      }
      await page.getByLabel("New note").fill("-");
      await page.getByLabel("New note").fill(canariesOf(writer).note);
      await page.getByLabel("New note").press("Enter");
      await allSaved(page);
    }
    for (const reader of company) {
      for (const writer of raters) if (reader !== writer) expect(reached(reader, writer)).toEqual([]);
    }
  });
});

describe("while everybody is blind", () => {
  const recommendations = [
    [host, "Strong yes"],
    [amara, "Yes"],
    [wei, "Strong no"],
  ] as const;

  it("each sums up and recommends once it has ended, and reads that the debrief is closed", async () => {
    await button(host.person.page, "End the interview").click();
    await host.person.page.getByRole("dialog").getByRole("button", { name: "End the interview" }).click();
    for (const [writer, recommendation] of recommendations) {
      const { page } = writer.person;
      await page.getByRole("radio", { name: recommendation, exact: true }).check();
      await page.getByLabel("Summary").fill(canariesOf(writer).summary);
      await page.getByLabel(/^Or submit without it/).fill(canariesOf(writer).reason);
      await allSaved(page);
      await openTab(page, "Debrief");
      await shown(page.getByText("It opens as soon as you have submitted your scorecard."));
      await writer.person.shot(`60-debrief-closed-${writer.person.name.split(" ")[0]?.toLowerCase()}`);
    }
  });

  it("the host asks for the scorecards that are missing, learns nothing by it, and those who owe one see it", async () => {
    const { page } = host.person;
    await openTab(page, "Debrief");
    const missing = part(page, "Scorecards that are missing");
    await shown(missing);
    expect(await missing.getByText("Not submitted yet").count()).toBe(0);
    await button(missing, "Ask for missing scorecards").click();
    await shown(missing.getByText("Whoever has not submitted sees on their page that you ask for their scorecard."));
    await host.person.shots("60-reminder-host");
    for (const { person } of [amara, wei]) await shown(person.page.getByText("Jonas Dahl asks for your scorecard."));
    await amara.person.shots("60-reminder-seen");
    await gone(page.getByText("asks for your scorecard"));
    await gone(candidate.person.page.getByText("asks for your scorecard"));
    expect(await part(amara.person.page, "Scorecards that are missing").count()).toBe(0);
  });

  it("a reload and every export give each their own and nothing of the others'", async () => {
    for (const { person } of raters) {
      const { page } = person;
      await openTab(page, "Your scorecard");
      await page.reload();
      await shown(page.getByLabel("Summary"));
      for (const format of ["Markdown", "CSV", "JSON", "Greenhouse", "Lever", "Ashby"]) {
        await Promise.all([page.waitForEvent("download"), button(page, format).click()]);
      }
    }
    for (const reader of company) {
      for (const writer of raters) if (reader !== writer) expect(reached(reader, writer)).toEqual([]);
      // What was sent to be read by its writer shows that the search finds what is there.
      if (reader !== candidate)
        expect(reached(reader, reader)).toEqual(
          expect.arrayContaining([canariesOf(reader).note, canariesOf(reader).summary]),
        );
    }
    for (const { person } of [host, amara]) expect(person.received.join("\n")).not.toContain("strong_no");
    expect(wei.person.received.join("\n")).toContain("strong_no");
  });
});

describe("the reveal", () => {
  const submit = async ({ person: { page } }: Seated): Promise<void> => {
    await button(page, "Submit all the same").click();
    await shown(page.getByText(/^Submitted/).first());
  };

  it("comes to who has submitted, with what was submitted, and to nobody else", async () => {
    await submit(wei);
    await submit(amara);
    await openTab(amara.person.page, "Debrief");
    await shown(part(amara.person.page, "Recommendations").getByText(canariesOf(wei).summary));
    expect(reached(amara, wei)).toEqual(everyCanaryOf(wei));
    await openTab(wei.person.page, "Debrief");
    await shown(part(wei.person.page, "Recommendations").getByText(canariesOf(amara).summary));
    expect(reached(wei, amara)).toEqual(everyCanaryOf(amara));
    for (const { person } of [amara, wei]) {
      await shown(part(person.page, "Scorecards that are missing").getByText("Not submitted yet: Jonas Dahl."));
      await gone(person.page.getByText("asks for your scorecard"));
    }

    await host.person.page.reload();
    await shown(host.person.page.getByLabel("Summary"));
    for (const writer of [amara, wei]) expect(reached(host, writer)).toEqual([]);
    for (const reader of [amara, wei]) expect(reached(reader, host)).toEqual([]);
    expect(host.person.received.join("\n")).not.toContain("strong_no");
  });

  it("is whole once the last has submitted: every byte that was kept away is there", async () => {
    await submit(host);
    for (const reader of raters) {
      const { page } = reader.person;
      await openTab(page, "Debrief");
      for (const writer of raters) {
        await shown(part(page, "Recommendations").getByText(canariesOf(writer).summary));
        if (reader !== writer) expect(reached(reader, writer)).toEqual(everyCanaryOf(writer));
      }
    }
    for (const writer of raters) expect(reached(candidate, writer)).toEqual([]);
    for (const { person } of raters) await gone(part(person.page, "Scorecards that are missing"));
  });

  it("is in the exports too, by the same search of the bytes", async () => {
    const { page } = host.person;
    for (const format of ["Markdown", "JSON"]) {
      const before = host.tap.count(canariesOf(wei).note);
      await Promise.all([page.waitForEvent("download"), button(page, format).click()]);
      expect(host.tap.count(canariesOf(wei).note)).toBeGreaterThan(before);
    }
  });
});

describe("the debrief", () => {
  const matrix = part(host.person.page, "Where you differ");

  it("shows recommendations side by side, with what was missing and why", async () => {
    const cards = part(host.person.page, "Recommendations").getByRole("listitem");
    await textsBecome(part(host.person.page, "Recommendations"), "[data-recommendation]", [
      "Strong yes",
      "Yes",
      "Strong no",
    ]);
    const weis = cards.filter({ hasText: wei.person.name });
    await shown(weis.getByText(canariesOf(wei).reason));
    await shown(weis.getByText(/\d+ ratings? without a note|no confidence/));
    await shown(part(host.person.page, "Recommendations").getByText("1 strong yes, 1 yes, 1 strong no"));
  });

  it("has what the panel differs on first, and can be narrowed to it", async () => {
    await textsBecome(matrix, "tbody tr > td:last-child", ["3 apart", "equal", "equal"]);
    await shown(matrix.getByRole("img", { name: "On a scale from 1 to 4: Jonas Dahl 4, Amara Okafor 3, Wei Zhang 1" }));
    await matrix.getByLabel("Only where you differ").check();
    await textsBecome(matrix, "tbody tr > td:last-child", ["3 apart"]);
    await shown(matrix.getByRole("status").getByText("1 of 3 criteria"));
    await matrix.getByLabel("Only where you differ").uncheck();
  });

  it("opens a level to the notes behind it, and a note to the moment it was written", async () => {
    await matrix
      .getByRole("button", { name: /^Wei Zhang, level 1/ })
      .first()
      .click();
    const evidence = matrix.getByRole("article").filter({ hasText: wei.person.name });
    await shown(evidence.getByText(canariesOf(wei).note));
    await button(evidence, /^\d+:\d\d$/).click();
    const moment = matrix.getByRole("region", { name: /^Question 1 around/ });
    await shown(moment.getByText(/was revealed/));
    for (const { person } of raters) await shown(moment.getByText(new RegExp(`${person.name}.* noted`)));
    await shown(moment.locator("[aria-current=true]").getByText(canariesOf(wei).note));
    await host.person.shots("61-debrief-open");
    await matrix
      .getByRole("button", { name: /^Wei Zhang, level 1/ })
      .first()
      .click();
    await gone(moment);
  });

  it("puts concerns, pairs and the course of the interview on the same page", async () => {
    const { page } = host.person;
    for (const writer of raters) await shown(part(page, "Concerns").getByText(canariesOf(writer).note));
    await shown(part(page, "Who differs from whom").getByText(/Wei Zhang rates 1\.0 lower than Jonas Dahl/));
    await shown(part(page, "Beside the plan").getByText("Planned and not asked"));
    await shown(part(page, "Levels by competency").getByRole("table"));
  });

  it("does not scroll sideways on a telephone", async () => {
    const { page } = host.person;
    await page.setViewportSize({ width: 390, height: 844 });
    await host.person.shots("62-debrief-narrow");
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    await page.setViewportSize({ width: 1280, height: 720 });
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });
});

describe("the decision", () => {
  const decision = (seat: Seated): Locator => part(seat.person.page, "Decision");

  it("is written by the host alone, and what is not recorded outlives a reload and reaches nobody", async () => {
    for (const seat of [amara, wei]) {
      await shown(decision(seat).getByText(/^No decision is recorded yet/));
      expect(await decision(seat).getByRole("textbox").count()).toBe(0);
    }
    const { page } = host.person;
    await decision(host).getByLabel("Rationale").fill(`${DECISION} We want a second talk.`);
    await shown(decision(host).getByText("Not recorded yet; kept in this browser. To record it, choose an outcome."));
    expect(await button(decision(host), "Record the decision").isDisabled()).toBe(true);
    await decision(host).getByRole("radio", { name: "On hold" }).check();
    await page.reload();
    await shown(decision(host).getByText("Not recorded yet; kept in this browser."));
    expect(await decision(host).getByLabel("Rationale").inputValue()).toBe(`${DECISION} We want a second talk.`);
    expect(await decision(host).getByRole("radio", { name: "On hold" }).isChecked()).toBe(true);
    for (const { tap } of company) expect(tap.count(DECISION)).toBe(0);
  });

  it("reaches the panel when it is recorded, and is let go of by the browser that kept it", async () => {
    const { page } = host.person;
    await button(decision(host), "Record the decision").click();
    for (const seat of raters) await shown(decision(seat).getByText(`${DECISION} We want a second talk.`));
    await shown(button(decision(host), "Change the decision…"));
    await page.reload();
    await shown(button(decision(host), "Change the decision…"));
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("decision")))).toEqual([]);
  });

  it("is changed by a new version, and the earlier one stays readable", async () => {
    await button(decision(host), "Change the decision…").click();
    await decision(host).getByRole("radio", { name: "Advance" }).check();
    await decision(host).getByLabel("Rationale").fill(`${DECISION} The second talk settled it.`);
    await button(decision(host), "Record the new version").click();
    for (const seat of raters) {
      await textsBecome(decision(seat), "li p", [
        `${DECISION} The second talk settled it.`,
        `${DECISION} We want a second talk.`,
      ]);
      await shown(decision(seat).getByText(/holds now · version 2/));
    }
    await shown(part(host.person.page, "Recommendations").getByText("Decided: Advance"));
    await host.person.shots("63-debrief-decided");
  });
});

describe("an amendment", () => {
  const AMENDED = "tnemdnemaAmendment of Wei's";

  it("takes a reason, and is nobody else's until it is submitted", async () => {
    const { page } = wei.person;
    await openTab(page, "Your scorecard");
    await button(page, "Amend…").click();
    await button(page, "Open it again").click();
    await shown(page.getByText("Say why you amend it."));
    await page.getByLabel("Why do you amend it?").fill("I had misread the second anchor.");
    await button(page, "Open it again").click();
    await shown(page.getByText("You are amending version 1."));
    await page.getByRole("radio", { name: "No", exact: true }).check();
    await page.getByLabel("Summary").fill(AMENDED);
    await shown(page.getByText("All saved"));
    await page.reload();
    await shown(page.getByText("You are amending version 1."));
    expect(await page.getByLabel("Summary").inputValue()).toBe(AMENDED);
    for (const { tap } of [host, amara, candidate]) expect(tap.count(AMENDED)).toBe(0);
  });

  it("becomes a version of its own, with its reason, and the first one stays readable", async () => {
    const { page } = wei.person;
    await page.getByLabel("Or submit without it, because").fill("The rest stays as it is.");
    await button(page, "Submit the amendment all the same").click();
    await shown(page.getByText(/version 2\./));
    const card = part(host.person.page, "Recommendations").getByRole("listitem").filter({ hasText: wei.person.name });
    await shown(card.getByText(AMENDED).first());
    await shown(card.getByText("Amended after reading the others:"));
    await shown(card.getByText("I had misread the second anchor."));
    const first = card.getByRole("group").filter({ hasText: /^The first version/ });
    await first.getByText(/^The first version/).click();
    await shown(first.getByText(canariesOf(wei).summary));
    await host.person.shots("64-debrief-amended");
  });

  it("is dropped by who asks for that twice, and leaves what was submitted", async () => {
    const { page } = wei.person;
    await button(page, "Amend…").click();
    await page.getByLabel("Why do you amend it?").fill("Perhaps.");
    await button(page, "Open it again").click();
    await page.getByLabel("Summary").fill("Never submitted");
    await button(page, "Drop the amendment").click();
    await button(page, "Drop it").click();
    await shown(page.getByText(/version 2\./));
    expect(await page.getByLabel("Summary").inputValue()).toBe(AMENDED);
  });
});

describe("all along", () => {
  it("nothing that the panel decided or wrote reached the candidate", () => {
    expect(candidate.tap.count(DECISION)).toBe(0);
    for (const writer of raters) expect(reached(candidate, writer)).toEqual([]);
    expect(candidate.tap.count(candidate.person.name)).toBeGreaterThan(0);
  });

  it.each(named)("the browser of %s had nothing to complain about", (_name, { person }) => {
    expect(person.faults).toEqual([]);
  });
});
