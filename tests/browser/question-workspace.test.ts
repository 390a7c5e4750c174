import { BankEntry } from "@whetstone/shared/bank-wire";
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { areSound } from "../support/accessibility.ts";
import { gone, launchBrowser, Person, realBank, shown, startSite } from "../support/browser.ts";

/** A question's workspace, written and read: starter, files and tests, of which the candidate sees some and the panel all. */

const site = await startSite();
const browser = await launchBrowser();
const writer = await Person.arrive(browser, "Amara Okafor", {
  bypassCSP: true,
  viewport: { width: 1280, height: 900 },
});
const { page } = writer;
const { questions: bank } = await realBank();

afterAll(async () => {
  await browser.close();
  await site.close();
});

const button = (name: string | RegExp, within: Page | Locator = page): Locator =>
  within.getByRole("button", { name, exact: true });
const field = (key: string): Locator =>
  page.locator(`[data-field="${key}"]`).locator("input, textarea, select").first();
const saved = (): Promise<void> => shown(page.getByText("Saved", { exact: true }));
const focused = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-field]")?.dataset.field ?? null);
const ownId = (): string => new URL(page.url()).pathname.split("/").at(-1) ?? "";

async function entryOf(id: string) {
  const response = await fetch(`${site.url}/api/bank/questions/${id}`);
  return BankEntry.parse(await response.json());
}

async function fits(): Promise<void> {
  for (const width of [320, 390, 768]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width}`).toBe(width);
  }
}

const STARTER = "\ndef total(rows):\n    return sum(rows)\n";

describe("a workspace of one's own question", () => {
  it("is added by a click, which leads to it, and is written like the rest", async () => {
    await page.goto(`${site.url}/bank/questions/vanishing-gradients`);
    await button("Copy and change").click();
    await page.waitForURL("**/bank/own/vanishing-gradients*");
    await shown(page.getByText("Most questions need none."));
    await button("Add a workspace").click();
    expect(await focused()).toBe("workspace.language");
    await field("workspace.starter").fill(STARTER);
    await button("Add a file").click();
    expect(await focused()).toBe("workspace.files.0.name");
    await field("workspace.files.0.name").fill("data/rows.csv");
    await field("workspace.files.0.text").fill("a,b\n1,2\n");
    await shown(
      page.getByText("Use letters without accents, digits, dots, hyphens and underscores, and no folder: grades.csv."),
    );
    await field("workspace.files.0.name").fill("rows.csv");
    for (const [index, code] of ["assert total([]) == 0", "assert total([1, 2]) == 3"].entries()) {
      await button("Add a test").click();
      await field(`workspace.tests.${index}.name`).fill("adds up");
      await field(`workspace.tests.${index}.code`).fill(code);
    }
    await saved();
  });

  it("names what is wrong in it when publishing is tried, with the way there", async () => {
    await button("Publish").click();
    const summary = page.getByRole("alert");
    await shown(summary.getByText("Another test has this name."));
    await button("Tests, 2", summary).click();
    expect(await focused()).toBe("workspace.tests.1.name");
    await field("workspace.tests.1.name").fill("adds two rows");
    await field("workspace.tests.0.name").fill("takes no rows");
    await gone(summary);
  });

  it("moves a test by keyboard, and says of each who sees it", async () => {
    await field("workspace.tests.1.name").press("Alt+ArrowUp");
    await shown(page.getByText("Test 2 is now number 1."));
    expect(await field("workspace.tests.0.name").inputValue()).toBe("adds two rows");
    const seen = page.getByLabel("The candidate sees this one");
    expect(await seen.nth(0).isChecked()).toBe(false);
    await shown(page.getByText("only the panel does now").nth(1));
    await seen.nth(0).press("Space");
    await gone(page.getByText("only the panel does now").nth(1));
    const [candidate, panel] = ["As the candidate sees it", "As the interviewer does"].map((name) =>
      page.getByText(name),
    );
    const preview = page.getByRole("complementary", { name: "Preview" });
    await candidate?.click();
    await shown(preview.getByText("assert total([1, 2]) == 3"));
    await gone(preview.getByText("assert total([]) == 0"));
    await panel?.click();
    await shown(preview.getByText("assert total([]) == 0"));
  });

  it("is published as it was written, every space of it", async () => {
    await field("workspace.expectedOutput").fill("  3\n");
    await button("Publish").click();
    await shown(page.getByText("Published", { exact: true }).first());
    expect((await entryOf(ownId())).workspace).toEqual({
      language: "python",
      starter: STARTER,
      files: [{ name: "rows.csv", text: "a,b\n1,2\n" }],
      database: "",
      expectedOutput: "  3\n",
      tests: [
        { name: "adds two rows", visible: true, code: "assert total([1, 2]) == 3" },
        { name: "takes no rows", visible: false, code: "assert total([]) == 0" },
      ],
    });
  });

  it("keeps what another language does not use in sight, and says so", async () => {
    await field("workspace.language").selectOption("SQL");
    await shown(page.getByText("Nothing reads files in this language. Take them out, or choose another one.").first());
    await shown(field("workspace.database"));
    await field("workspace.language").selectOption("Plain text");
    await shown(page.getByText("Nothing is run in this language. Take the tests out, or choose another one.").first());
    await gone(field("workspace.database"));
    await field("workspace.language").selectOption("Python");
    await gone(page.getByRole("alert"));
  });

  it("is not saved while something in it is too long, which is said at once", async () => {
    await field("workspace.starter").fill("x".repeat(10_001));
    await shown(
      page.getByText("Until it is shortened, what you write is kept in this browser only.", { exact: false }).first(),
    );
    await field("workspace.starter").fill(STARTER);
    await saved();
  });

  it("is taken out and put back whole, and a row of it by itself", async () => {
    await button("Take the workspace out").click();
    await shown(page.getByText("Until you leave this page it can be put back.", { exact: false }));
    expect(await focused()).toBe("workspace");
    await saved();
    await button("Put it back").click();
    expect(await field("workspace.starter").inputValue()).toBe(STARTER);
    expect(await field("workspace.tests.1.code").inputValue()).toBe("assert total([]) == 0");
    await button("Take test 1 out").click();
    expect(await field("workspace.tests.0.name").inputValue()).toBe("takes no rows");
    await saved();
    await page.reload();
    await shown(field("workspace.tests.0.name"));
    expect(await field("workspace.starter").inputValue()).toBe(STARTER);
    expect(await field("workspace.tests.0.name").inputValue()).toBe("takes no rows");
  });

  it("fits every width, and is as sound as the rest", async () => {
    const top = (locator: Locator) => locator.evaluate((element) => element.scrollIntoView({ block: "start" }));
    await top(page.getByRole("heading", { name: "Workspace" }));
    await writer.shots("workspace-form");
    await areSound(page);
    await fits();
    await page.setViewportSize({ width: 320, height: 900 });
    await top(page.getByRole("group", { name: /^Tests/ }));
    await writer.shots("workspace-form-narrow");
    await areSound(page);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});

describe("a question of the bank that has one", () => {
  const id = "cross-validation-too-good";
  const workspace = bank.get(id)?.workspace;
  const hidden = (workspace?.tests ?? []).filter(({ visible }) => !visible);

  it("shows the candidate's side without the hidden tests, and the panel's with all of them", async () => {
    await page.goto(`${site.url}/bank/questions/${id}`);
    const candidate = page.getByRole("region", { name: "As the candidate sees it" });
    const panel = page.getByRole("region", { name: "As the interviewer sees it" });
    await shown(candidate.getByText("def load("));
    await shown(candidate.getByText("recordings.csv", { exact: true }).last());
    const said = await candidate.innerText();
    expect(hidden.length).toBeGreaterThan(2);
    for (const { name, code } of hidden) {
      expect(said).not.toContain(name);
      expect(said).not.toContain(code.trim());
      await shown(panel.getByText(name, { exact: true }));
    }
    expect(await panel.getByText("the candidate sees this one").count()).toBe(2);
    expect(await panel.getByText("only the panel", { exact: true }).count()).toBe(hidden.length);
    await panel.getByText(hidden[0]?.name ?? "", { exact: true }).scrollIntoViewIfNeeded();
    await writer.shots("workspace-question");
    await areSound(page);
    await fits();
    await page.getByText("def load(").scrollIntoViewIfNeeded();
    await writer.shots("workspace-question-narrow");
    await page.getByRole("tab", { name: "As the interviewer sees it" }).click();
    await shown(page.getByText(hidden[0]?.name ?? "", { exact: true }));
    await writer.shots("workspace-question-panel-narrow");
    await areSound(page);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it("is copied with all of it", async () => {
    await button("Copy and change").click();
    await page.waitForURL(`**/bank/own/${id}*`);
    await shown(field("workspace.tests.5.name"));
    const response = await fetch(`${site.url}/api/own/questions/${ownId()}`);
    expect(await response.json()).toMatchObject({ draft: { workspace } });
  });
});
