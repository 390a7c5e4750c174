import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { gone, launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";
import { wordsOn } from "../support/looking.ts";

/** Pages whose nodes a translator and an extension change under them, all along. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** In what way a translator puts its words in the place of a text. */
const WAYS = ["its own text in it", "the page's text in it", "the page's text taken away first"] as const;
type Way = (typeof WAYS)[number];

/** A browser that translates every page as it comes, and writes beside every field. Its translation is the same words in upside-down brackets. */
async function translating(name: string, way: Way): Promise<Person> {
  const person = await Person.arrive(browser, name);
  onTestFinished(() => person.leave());
  await person.context.addInitScript((how) => {
    const translate = (text: Text) => {
      const parent = text.parentElement;
      if (!parent || text.data.trim() === "" || parent.closest("[translate=no], font, script, style, textarea, title"))
        return;
      const font = document.createElement("font");
      const inner = document.createElement("font");
      font.append(inner);
      const words = `⸘${text.data}⸘`;
      if (how === "the page's text in it") {
        parent.replaceChild(font, text);
        inner.append(text);
      } else if (how === "its own text in it") {
        inner.append(words);
        parent.replaceChild(font, text);
      } else {
        inner.append(words);
        const next = text.nextSibling;
        text.remove();
        parent.insertBefore(font, next);
      }
    };
    const besides = (field: Element) => {
      if (field.nextElementSibling?.tagName === "X-EXTENSION") return;
      field.after(document.createElement("x-extension"));
      field.before(document.createElement("x-extension"));
    };
    const change = () => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const all: Text[] = [];
      while (texts.nextNode()) if (texts.currentNode instanceof Text) all.push(texts.currentNode);
      all.forEach(translate);
      document.querySelectorAll("textarea, input").forEach(besides);
    };
    document.addEventListener("DOMContentLoaded", () => {
      new MutationObserver(change).observe(document.body, { childList: true, subtree: true, characterData: true });
      change();
    });
  }, way);
  return person;
}

describe.each(WAYS)("a translator that puts an element with %s in the place of each text", (way) => {
  it("breaks neither page, and no text and no number is that of another question", async () => {
    const { questions } = await realBank();
    const { secrets } = await openRoom(site);
    const [host, candidate] = [await translating("Jonas Dahl", way), await translating("Maya Lindqvist", way)];
    const hostButton = (name: string | RegExp) => host.page.getByRole("button", { name }).first();
    const main = candidate.page.getByRole("main");
    const asked = async (number: number, words: string, notThese: string | null) => {
      await shown(
        main
          .getByText(new RegExp(`Question[\\s⸘]*${number}\\b`))
          .filter({ visible: true })
          .last(),
      );
      await shown(main.getByText(words).last());
      // The questions before it are a list of their own, which names them.
      const text = await main.evaluate((whole) => {
        const copy = whole.cloneNode(true) as HTMLElement;
        for (const earlier of copy.querySelectorAll("[aria-labelledby=earlier]")) earlier.remove();
        return copy.textContent;
      });
      // It is said to screen readers too.
      const numbers = text.match(/Question[\s⸘]*\d+/g)?.map((found) => found.replaceAll(/\D+/g, ""));
      expect([...new Set(numbers)]).toEqual([String(number)]);
      if (notThese) expect(text).not.toContain(notThese);
    };
    await host.enterAsHost(site, secrets.host);
    await candidate.join(site, secrets.candidate);
    await shown(candidate.page.getByText("You are here as").last());
    await hostButton(/Admit and start/).click();
    await shown(host.page.getByText("Nothing is asked yet"));

    const [first = "", second = "", third = ""] = ["network-by-hand", "loss-for-the-task", "vanishing-gradients"].map(
      (id) => (questions.get(id)?.prompt ?? "").slice(0, 30),
    );
    await host.page.keyboard.press("a");
    await asked(1, first, null);
    await candidate.page.getByRole("textbox").fill("an answer to the first");
    await shown(host.page.getByTestId("answer").getByText("an answer to the first").first());
    await host.page.keyboard.press("h");
    await shown(main.getByText((questions.get("network-by-hand")?.hints[0] ?? "").slice(0, 25)).last());
    await candidate.page.getByRole("button", { name: /Raise hand/ }).click();
    await shown(candidate.page.getByRole("button", { name: /Hand raised/ }));
    await candidate.page.getByRole("button", { name: /Hand raised/ }).click();
    await shown(candidate.page.getByRole("button", { name: /Raise hand/ }));

    await host.page.keyboard.press("a");
    await asked(2, second, first);
    expect(await wordsOn(candidate.page.getByRole("textbox"))).toBe("");
    await candidate.page.getByRole("textbox").fill("an answer to the second");
    await shown(host.page.getByTestId("answer").getByText("an answer to the second").first());
    expect(await host.page.getByTestId("answer").innerText()).not.toContain("the first");
    await host.page.keyboard.press("3");
    await host.page.getByRole("textbox", { name: /New note/ }).fill("a note beside strangers");
    await host.page.getByRole("textbox", { name: /New note/ }).press("Enter");
    await shown(host.page.getByText("a note beside strangers").last());
    await host.page.getByRole("textbox", { name: /New note/ }).press("Escape");

    await host.page.keyboard.press("a");
    await asked(3, third, second);
    await candidate.shots(`translated-candidate-${WAYS.indexOf(way)}`);
    await host.shots(`translated-host-${WAYS.indexOf(way)}`);
    // A sheet that somebody rests on would stay.
    await candidate.page.getByRole("textbox").blur();
    await hostButton(/End the interview/).click();
    await host.page
      .getByRole("dialog")
      .getByRole("button", { name: /End the interview/ })
      .last()
      .click();
    await shown(candidate.page.getByText("The interview is over").last());
    await gone(candidate.page.getByRole("textbox"));
    await shown(host.page.getByRole("textbox", { name: /Summary/ }));
    expect([...host.faults, ...candidate.faults]).toEqual([]);
  });
});
