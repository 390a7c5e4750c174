import { LookResponse } from "@whetstone/shared/links-wire";
import { afterAll, describe, expect, it } from "vitest";
import { launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";

/** What a candidate is told before they sit down, and what they keep of it afterwards. */

const site = await startSite();
const browser = await launchBrowser();
const { questions } = await realBank();

afterAll(async () => {
  await browser.close();
  await site.close();
});

const candidateAt = async (secret: string): Promise<Person> => {
  const maya = await Person.arrive(browser, "Maya Lindqvist");
  await maya.page.goto(`${site.url}/join#${secret}`);
  return maya;
};

describe("before a candidate joins", () => {
  it("they read who will be there, who may watch, and what becomes of what they write", async () => {
    const { secrets } = await openRoom(site);
    const host = await Person.arrive(browser, "Jonas Dahl");
    await host.enterAsHost(site, secrets.host);
    await host.page.getByLabel("Invite interviewers by name").fill("Amara Okafor");
    await host.page.getByRole("button", { name: "Make their links" }).click();
    await shown(host.page.getByText("Amara Okafor").first());
    const maya = await candidateAt(secrets.candidate);
    const { page } = maya;
    const told = page.getByRole("region", { name: "Before you join" });
    await shown(told.getByText("Jonas Dahl leads the interview"));
    await shown(told.getByText("Amara Okafor asks and scores, is invited"));
    await shown(told.getByText("you may not see that they are there"));
    await shown(told.getByText("read your answer sheet as you write it"));
    await shown(told.getByText("It is kept until the host erases it."));
    await host.page.getByLabel("The candidate sees who observes").check();
    await page.reload();
    await shown(told.getByText("You see their names while they are there."));
    await maya.shots("told-before");
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await maya.leave();
    await host.leave();
  });

  it("a server that does not say it yet is understood, and its words are those of before", async () => {
    const { secrets } = await openRoom(site);
    const maya = await Person.arrive(browser, "Maya Lindqvist");
    await maya.page.route("**/api/links/look", async (route) => {
      const { company: _, ...before } = LookResponse.parse(await (await route.fetch()).json());
      await route.fulfill({ json: before });
    });
    await maya.join(site, secrets.candidate);
    await shown(maya.page.getByRole("heading", { name: "Waiting for Jonas Dahl" }));
    await maya.leave();
  });
});

describe("after the end", () => {
  it("a candidate reads each question as it was put and their own answer, copies all of it, and sees nothing of the panel's", async () => {
    const { secrets } = await openRoom(site);
    const host = await Person.arrive(browser, "Jonas Dahl");
    await host.enterAsHost(site, secrets.host);
    const maya = await Person.arrive(browser, "Maya Lindqvist");
    await maya.join(site, secrets.candidate);
    await host.page.getByRole("button", { name: "Admit", exact: true }).click();
    await host.page.getByRole("button", { name: "Start the interview" }).click();
    await shown(host.page.getByText("Nothing is asked yet"));
    const sheet = maya.page.getByLabel(/^Your answer sheet/);
    for (const [number, answer] of ["The first answer", "The second\n  answer"].entries()) {
      await host.page.keyboard.press("a");
      await shown(maya.page.getByRole("region", { name: `Question ${number + 1}`, exact: true }));
      if (number === 0) {
        await host.page.keyboard.press("h");
        await shown(maya.page.getByText("A hint", { exact: true }));
      }
      await sheet.fill(answer);
      await shown(host.page.getByTestId("answer").getByText(answer));
      await sheet.blur();
    }
    await host.page.getByRole("button", { name: "End the interview", exact: true }).click();
    await host.page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
    const kept = maya.page.getByRole("region", { name: "Your questions and answers" });
    await shown(kept.getByText("The first answer"));
    expect(await kept.getByRole("heading", { level: 3 }).allTextContents()).toEqual(["Question 1", "Question 2"]);
    expect(await kept.locator("li > pre").allTextContents()).toEqual(["The first answer", "The second\n  answer"]);
    await maya.shots("told-own-answers");
    await kept.getByRole("button", { name: "Copy all" }).click();
    await shown(kept.getByRole("button", { name: "Copied" }));
    const text = await maya.page.evaluate(() => navigator.clipboard.readText());
    const asked = [...questions.values()].filter(({ prompt }) => text.includes(prompt.trim()));
    expect(asked).toHaveLength(2);
    expect(text).toContain("**A hint:** ");
    expect(text).toContain("The second\n  answer");
    const came = maya.received.join("\n");
    for (const { title, strongAnswer, redFlags, criteria } of asked) {
      for (const secret of [title, ...strongAnswer, ...redFlags, ...criteria.flatMap(({ anchors }) => anchors)]) {
        expect(came).not.toContain(JSON.stringify(secret).slice(1, -1));
      }
    }
    await maya.page.reload();
    await shown(kept.getByText("The first answer"));
    await maya.leave();
    await host.leave();
  });
});
