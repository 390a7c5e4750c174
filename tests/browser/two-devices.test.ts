import type { Locator, WebSocketRoute } from "playwright-core";
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
    const both = "Known to both. Typed on the telephone. Typed offline on the laptop.";
    await answered(both);
    await saved(laptop);
    expect(await wordsOn(sheet(laptop))).toBe(both);
    await laptop.shots("60-both-devices");
    await laptop.page.setViewportSize({ width: 320, height: 640 });
    await laptop.shot("60-both-devices-320");
    await laptop.page.setViewportSize({ width: 1280, height: 720 });
    await phone.shot("61-taken-from-the-telephone");
  });

  it("writes on, and nothing comes twice", async () => {
    await sheet(laptop).press("Control+End");
    await sheet(laptop).pressSequentially(" And on.");
    await answered("Typed offline on the laptop. And on.");
    await laptop.page.reload();
    await saved(laptop);
    expect(await wordsOn(sheet(laptop))).toBe(
      "Known to both. Typed on the telephone. Typed offline on the laptop. And on.",
    );
  });
});

describe("a text that changes under its writer's hands", () => {
  /** The page's socket, through which a test can say what the server might. */
  let connection: { route: WebSocketRoute; server: WebSocketRoute } | null = null;
  let whole: { view: { ask: { answer: string } } } | null = null;

  /** The server says that the answer is another one, and hears no command any more. By the prompt it is seen that the page knows. */
  async function becomes(text: string): Promise<void> {
    if (!whole || !connection) throw new Error("No whole view has come.");
    connection.route.onMessage((message) => {
      if (!String(message).includes('"command"')) connection?.server.send(message);
    });
    const view = { ...whole.view, ask: { ...whole.view.ask, answer: text, prompt: "Another answer has come." } };
    connection.route.send(`42${JSON.stringify(["frame", { ...whole, version: 1, view }])}`);
    await shown(laptop.page.getByText("Another answer has come.").first());
  }

  const field = () =>
    sheet(laptop).evaluate((element) => {
      if (!(element instanceof HTMLTextAreaElement)) throw new Error("It is no text area.");
      return { value: element.value, caret: element.value.slice(0, element.selectionStart) };
    });

  async function open(): Promise<void> {
    await laptop.page.routeWebSocket(/socket\.io/, (route) => {
      const server = route.connectToServer();
      connection = { route, server };
      server.onMessage((message) => {
        const text = String(message);
        const at = text.indexOf('["frame",');
        if (at >= 0 && text.includes('"whole"')) whole = JSON.parse(text.slice(at))[1];
        route.send(message);
      });
    });
    await laptop.page.reload();
    await sheet(laptop).fill("");
    await saved(laptop);
    await sheet(laptop).fill("one two three");
    await answered("one two three");
    await laptop.page.reload();
    await saved(laptop);
    await sheet(laptop).focus();
  }

  it("keeps the caret at the same words", async () => {
    await open();
    await sheet(laptop).evaluate((element) => (element as HTMLTextAreaElement).setSelectionRange(7, 7));
    await becomes("before one two and a half three after");
    expect(await field()).toEqual({ value: "before one two and a half three after", caret: "before one two" });
    await laptop.page.keyboard.type("!");
    expect((await field()).value).toBe("before one two! and a half three after");
  });

  it("waits while text is composed, and then has both", async () => {
    await open();
    await sheet(laptop).press("Control+End");
    const keyboard = await laptop.context.newCDPSession(laptop.page);
    await keyboard.send("Input.imeSetComposition", { text: " に", selectionStart: 2, selectionEnd: 2 });
    await becomes("zero one two three");
    expect((await field()).value).toBe("one two three に");
    await keyboard.send("Input.imeSetComposition", { text: " にほん", selectionStart: 4, selectionEnd: 4 });
    expect((await field()).value).toBe("one two three にほん");
    await keyboard.send("Input.insertText", { text: " 日本" });
    await laptop.page.waitForFunction(() => document.querySelector("textarea")?.value.startsWith("zero"));
    expect(await field()).toEqual({ value: "zero one two three 日本", caret: "zero one two three 日本" });
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
