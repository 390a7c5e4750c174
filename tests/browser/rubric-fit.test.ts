import { JoinResponse } from "@whetstone/shared/wire";
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
  readonly marked: string;
  /** By how much the rubric is higher than its place. */
  readonly over: number;
  /** Anchors of the marked criterion that are not whole on the screen. */
  readonly cut: number;
}

const look = (): Promise<Seen> =>
  reader.page.evaluate(() => {
    const section = document.querySelector("aside section[data-focused=true]");
    const rubric = section?.parentElement;
    if (!section || !rubric) throw new Error("No criterion is marked.");
    const { top, bottom } = rubric.getBoundingClientRect();
    const cut = [...section.querySelectorAll("[data-level]")].filter((anchor) => {
      const box = anchor.getBoundingClientRect();
      return box.top < top - 0.5 || box.bottom > bottom + 0.5;
    }).length;
    return { marked: section.getAttribute("aria-label") ?? "", over: rubric.scrollHeight - rubric.clientHeight, cut };
  });

it("fits without scrolling for nearly all questions, whichever criterion is marked, with two notes written", async () => {
  const { page } = reader;
  const over: Record<string, string[]> = {};
  const cut: Record<string, string[]> = {};
  const sizes = (process.env.SIZES ?? "1280x720").split(" ");
  for (const { id, title } of questions.filter((_, i) => i % Number(process.env.STEP ?? 1) === 0)) {
    await host.must({ type: "push", source: { kind: "bank", questionId: id } });
    const view = await host.until((seen) => seen.role === "host" && seen.asks.at(-1)?.question.bankId === id);
    if (view.role !== "host") throw new Error("The host's view.");
    const askId = view.openAskId ?? "";
    await shown(page.locator(`[data-ask="${askId}"]`));
    for (const text of ["Names the shape of the weights unasked", "Hesitates at the bias, then corrects it"]) {
      await page.getByLabel("New note").fill(text);
      await page.getByLabel("New note").press("Enter");
    }
    const notes = page.getByRole("region", { name: "Your notes" }).getByRole("listitem");
    await shown(notes.nth(1));
    await page.getByLabel("New note").blur();
    await shown(page.locator("aside section[data-focused=true]"));
    const count = view.asks.at(-1)?.question.criteria.length ?? 0;
    for (let at = 0; at < count; at += 1) {
      for (const size of sizes) {
        const [width = 0, height = 0] = size.split("x").map(Number);
        if (sizes.length > 1) await page.setViewportSize({ width, height });
        const seen = await look();
        if (seen.over > 0) (over[size] ??= []).push(`${title}: ${seen.marked} ${seen.over}`);
        if (seen.cut > 0) (cut[size] ??= []).push(`${title}: ${seen.marked} ${seen.cut}`);
      }
      await page.keyboard.press("j");
    }
  }
  for (const size of sizes)
    console.log(
      size,
      "over",
      new Set(over[size]?.map((t) => t.split(":")[0])).size,
      "cut",
      cut[size]?.length ?? 0,
      over[size]?.slice(0, 5),
      cut[size]?.slice(0, 5),
    );
  expect(questions.length).toBeGreaterThan(100);
});
