import type { Locator } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { launchBrowser, MortalSite, openRoom, Person, shown } from "../support/browser.ts";
import { wordsOn } from "../support/looking.ts";

/** One person on two devices: what each wrote while the other was away is there, and nothing jumps under their hands. */

const site = await MortalSite.start();
const browser = await launchBrowser();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const laptop = await Person.arrive(browser, "Maya Lindqvist");
const phone = await Person.arrive(browser, "Maya Lindqvist", { viewport: { width: 320, height: 640 } });

await host.enterAsHost(site, secrets.host);
await laptop.join(site, secrets.candidate);
await host.page.getByRole("button", { name: "Admit and start" }).click();
await shown(host.page.getByText("Nothing is asked yet"));
await host.page.keyboard.press("a");
await shown(laptop.page.getByText("A bank wants to predict").first());

afterAll(async () => {
  await browser.close();
  await site.close();
});

const sheet = ({ page }: Person): Locator => page.getByRole("textbox");
const SAVED = "Everything you write is saved";
const TAKEN = "Your seat is open somewhere else";
const saved = ({ page }: Person): Promise<void> => shown(page.getByText(SAVED));
const answered = (text: string): Promise<void> => shown(host.page.getByTestId("answer").getByText(text));

const BOTH = ["Known to both.", " Typed on the telephone.", " Typed offline on the laptop."] as const;
const [known, typed, offline] = BOTH;
const IN_EITHER_ORDER = [known + typed + offline, known + offline + typed];

describe("a laptop that comes back with what was typed on it", () => {
  it("has it beside what was written on the telephone meanwhile, and so has the panel", async () => {
    await sheet(laptop).fill("Known to both.");
    await answered("Known to both.");
    await laptop.context.setOffline(true);
    await shown(laptop.page.getByText("Not connected"));
    await sheet(laptop).press("Control+End");
    await sheet(laptop).pressSequentially(" Typed offline on the laptop.");

    await phone.page.goto(`${site.url}/join#${secrets.candidate}`);
    await phone.page.getByRole("button", { name: "Go to your seat" }).click();
    await shown(phone.page.getByText("A bank wants to predict").first());
    await sheet(phone).press("Control+End");
    await sheet(phone).pressSequentially(" Typed on the telephone.");
    await answered("Typed on the telephone.");
    await saved(phone);

    await laptop.context.setOffline(false);
    await shown(laptop.page.getByRole("heading", { name: TAKEN }));
    await laptop.page.getByRole("button", { name: "Use it here instead" }).click();
    for (const words of BOTH) await answered(words);
    await saved(laptop);
    // What two wrote at the same place stands one behind the other, each whole.
    expect(IN_EITHER_ORDER).toContain(await wordsOn(sheet(laptop)));
    await laptop.shots("60-both-devices");
    await laptop.page.setViewportSize({ width: 320, height: 640 });
    await laptop.shot("60-both-devices-320");
    await laptop.page.setViewportSize({ width: 1280, height: 720 });
    await phone.shot("61-taken-from-the-telephone");
  });

  it("writes on, and nothing comes twice", async () => {
    await sheet(laptop).press("Control+End");
    await sheet(laptop).pressSequentially(" And on.");
    await answered(" And on.");
    await laptop.page.reload();
    await saved(laptop);
    await shown(sheet(laptop).getByText("And on."));
    expect(IN_EITHER_ORDER.map((words) => `${words} And on.`)).toContain(await wordsOn(sheet(laptop)));
  });
});

describe("a text that changes under its writer's hands", () => {
  const ofPanel = host.page.getByTestId("answer").getByRole("textbox");

  async function open(): Promise<void> {
    await sheet(laptop).fill("one two three");
    await answered("one two three");
  }

  it("keeps the caret at the same words", async () => {
    await open();
    await sheet(laptop).press("Control+Home");
    for (const _ of "one two") await sheet(laptop).press("ArrowRight");
    await ofPanel.press("Control+Home");
    await ofPanel.pressSequentially("before ");
    await shown(sheet(laptop).getByText("before one two three"));
    await laptop.page.keyboard.type("!");
    await answered("before one two! three");
    expect(await wordsOn(sheet(laptop))).toBe("before one two! three");
  });

  it("changes while text is composed, which stays whole", async () => {
    await open();
    await sheet(laptop).press("Control+End");
    const keyboard = await laptop.context.newCDPSession(laptop.page);
    await keyboard.send("Input.imeSetComposition", { text: " に", selectionStart: 2, selectionEnd: 2 });
    await ofPanel.press("Control+Home");
    await ofPanel.pressSequentially("zero ");
    await keyboard.send("Input.imeSetComposition", { text: " にほん", selectionStart: 4, selectionEnd: 4 });
    await keyboard.send("Input.insertText", { text: " 日本" });
    await answered("zero one two three 日本");
    await shown(sheet(laptop).getByText("zero one two three 日本"));
  });
});

describe("all along", () => {
  it.each([host, laptop, phone].map((person) => [person.name, person] as const))(
    "the browser of %s had nothing to complain about",
    (_name, { faults }) => {
      expect(faults).toEqual([]);
    },
  );
});
