import { JoinResponse } from "@whetstone/shared/links-wire";
import { afterAll, expect, it } from "vitest";
import { launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";
import { Seat } from "../support/seats.ts";

/** Every rubric of the bank beside two notes, on the smallest of the usual screens. */

const site = await startSite();
const browser = await launchBrowser();
const bank = await realBank();
const questions = [...bank.questions.values()];
const { secrets } = await openRoom(site);
const reader = await Person.arrive(browser, "Amara Okafor", { viewport: { width: 1280, height: 720 } });
/** Leads the room without a page, so that asking takes no time. */
const host = await new Seat(site.url, await seatOf(secrets.host, "Jonas Dahl")).connect();
const candidate = await new Seat(site.url, await seatOf(secrets.candidate, "Maya Lindqvist")).connect();
await reader.join(site, secrets.interviewer);
const { people } = await host.until(
  (view) => view.role === "host" && view.people.some(({ name }) => name === reader.name),
);
for (const { seatId, role } of people) if (role !== "host") await host.must({ type: "admit", seatId });
await host.must({ type: "start" });
await shown(reader.page.getByText("Nothing is asked yet"));

afterAll(async () => {
  host.disconnect();
  candidate.disconnect();
  await browser.close();
  await site.close();
});

async function seatOf(secret: string, name: string): Promise<string> {
  const answer = await fetch(`${site.url}/api/links/join`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret, name }),
  });
  return JoinResponse.parse(await answer.json()).token;
}

interface Seen {
  /** By how much the rubric is higher than its place, in CSS pixels. */
  readonly over: number;
  /** How many anchors of the marked criterion are whole on the screen. */
  readonly whole: number;
}

const look = (): Promise<Seen> =>
  reader.page.evaluate(() => {
    const section = document.querySelector("aside section[data-focused=true]");
    const rubric = section?.parentElement;
    if (!section || !rubric) throw new Error("No criterion is marked.");
    const { top, bottom } = rubric.getBoundingClientRect();
    const whole = [...section.querySelectorAll("[data-level]")].filter((anchor) => {
      const box = anchor.getBoundingClientRect();
      return box.top >= top - 0.5 && box.bottom <= bottom + 0.5;
    }).length;
    return { over: rubric.scrollHeight - rubric.clientHeight, whole };
  });

/** The criteria with the most to read, by their question's identifier and their name. */
const longest = new Set(
  questions
    .flatMap(({ id, criteria }) =>
      criteria.map(({ name, anchors }) => ({ key: `${id} ${name}`, length: anchors.join("").length })),
    )
    .sort((a, b) => b.length - a.length)
    .slice(0, 16)
    .map(({ key }) => key),
);

it("at least 130 fit without scrolling at 1280 × 720, whichever criterion is marked, with two notes written", async () => {
  const { page } = reader;
  const scrolled = new Set<string>();
  for (const { id, title } of questions) {
    await host.must({ type: "push", source: { kind: "bank", questionId: id } });
    const { askId, question } = host.openAsk;
    await shown(page.locator(`[data-ask="${askId}"]`));
    const note = page.getByLabel("New note");
    for (const text of ["Names the shape of the weights unasked", "Hesitates at the bias, then corrects it"]) {
      await note.fill(text);
      await note.press("Enter");
    }
    await shown(page.getByRole("region", { name: "Your notes" }).getByRole("listitem").nth(1));
    await note.blur();
    for (const { name } of question.criteria) {
      await shown(page.locator(`aside section[data-focused=true][aria-label=${JSON.stringify(name)}]`));
      const { over, whole } = await look();
      expect(whole, `${title}: ${name}`).toBe(4);
      if (over > 0) scrolled.add(title);
      if (longest.has(`${id} ${name}`)) {
        await page.setViewportSize({ width: 720, height: 450 });
        await expect.poll(async () => (await look()).whole, { message: `${title}: ${name} at 720 × 450` }).toBe(4);
        await page.setViewportSize({ width: 1280, height: 720 });
      }
      await page.keyboard.press("j");
    }
  }
  const fit = questions.length - scrolled.size;
  console.info(`${fit} of ${questions.length} rubrics fit at 1280 × 720 with two notes.`);
  expect(fit).toBeGreaterThanOrEqual(questions.length - 7);
}, 400_000);
