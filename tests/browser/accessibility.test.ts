import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { areSound } from "../support/accessibility.ts";
import { gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";

/** Every screen, in both colour schemes, as axe judges it; and that the screens fit into their windows. */

const site = await startSite({ peerQueue: true });
const browser = await launchBrowser();
const options = { bypassCSP: true };
const { secrets } = await openRoom(site);

afterAll(async () => {
  await browser.close();
  await site.close();
});

const sizes = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { sideways: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
  });

/** What is shown and runs past the section that it stands in, or past the window where it stands in none. */
const pastTheirCards = (page: Page) =>
  page.locator("main *:not(input[aria-hidden])").evaluateAll((elements) =>
    elements.flatMap((element) => {
      const card = element.closest("section") ?? document.documentElement;
      const [inner, outer] = [element.getBoundingClientRect(), card.getBoundingClientRect()];
      const isPast = inner.right > outer.right + 0.5 || inner.left < outer.left - 0.5;
      return isPast ? [`${innerWidth}: ${element.tagName} ${element.textContent?.slice(0, 40)}`] : [];
    }),
  );

describe("before the interview", () => {
  it("the home page", async () => {
    const visitor = await Person.arrive(browser, "Visitor", options);
    await visitor.page.goto(site.url);
    await shown(visitor.page.getByRole("heading", { name: "Your rooms" }));
    await areSound(visitor.page);
    await visitor.leave();
  });

  it("the form that opens a room, also with errors in it", async () => {
    const visitor = await Person.arrive(browser, "Visitor", options);
    await visitor.page.goto(`${site.url}/new`);
    await shown(visitor.page.getByRole("radio", { name: /Machine-learning engineer, first screen/ }));
    await areSound(visitor.page);
    await visitor.page.getByRole("button", { name: "Open the room" }).click();
    await shown(visitor.page.getByText("Give the room a title."));
    await areSound(visitor.page);
    await visitor.shot("50-new-with-errors");
    await visitor.leave();
  });

  it("the form that opens a room leads to the first thing that is wrong", async () => {
    const visitor = await Person.arrive(browser, "Visitor", options);
    await visitor.page.goto(`${site.url}/new`);
    await visitor.page.getByLabel("Your name").fill(visitor.name);
    await visitor.page.getByRole("button", { name: "Open the room" }).click();
    const message = visitor.page.getByText("Give the room a title.");
    await shown(message);
    const focused = await visitor.page.getByLabel("Title").evaluate((field) => field === document.activeElement);
    await visitor.leave();
    expect(focused).toBe(true);
  });

  it("what is put right is called wrong no more, and the hand stays where it writes", async () => {
    const visitor = await Person.arrive(browser, "Visitor", options);
    const { page } = visitor;
    await page.goto(`${site.url}/new`);
    await page.getByLabel("Your name").fill("");
    await page.getByRole("button", { name: "Open the room" }).click();
    await shown(page.getByText("Give the room a title."));
    await page.getByLabel("Title").focus();
    await page.keyboard.type("Screen");
    await gone(page.getByText("Give the room a title."));
    expect(await page.getByLabel("Title").inputValue()).toBe("Screen");
    expect(await page.locator("[aria-invalid=true]").count()).toBe(1);
    await visitor.leave();
  });

  it("the page that a link leads to, and the one of a link that leads nowhere", async () => {
    const visitor = await Person.arrive(browser, "Visitor", options);
    await visitor.page.goto(`${site.url}/join#${secrets.candidate}`);
    await shown(visitor.page.getByLabel("Your name"));
    await areSound(visitor.page);
    await visitor.page.goto(`${site.url}/join#nothing`);
    await shown(visitor.page.getByText("This link does not open a room"));
    await areSound(visitor.page);
    await visitor.leave();
  });
});

describe("during the interview", async () => {
  const host = await Person.arrive(browser, "Jonas Dahl", options);
  const interviewer = await Person.arrive(browser, "Amara Okafor", options);
  const candidate = await Person.arrive(browser, "Maya Lindqvist", options);
  const observer = await Person.arrive(browser, "Wei Zhang", options);

  it("the lobby, for the host and for an interviewer", async () => {
    await host.enterAsHost(site, secrets.host);
    await candidate.join(site, secrets.candidate);
    await interviewer.join(site, secrets.interviewer);
    await host.letIn(interviewer);
    await observer.join(site, secrets.observer);
    await shown(host.page.getByRole("button", { name: "Admit and start" }));
    await shown(interviewer.page.getByText("will start the interview."));
    await areSound(host.page, interviewer.page);
  });

  it("the lobby fits into 320, 390 and 768 pixels, each of its cards around what it holds", async () => {
    const past: string[] = [];
    const sideways: number[] = [];
    for (const person of [host, interviewer]) {
      const { page } = person;
      for (const width of [320, 390, 768]) {
        await page.setViewportSize({ width, height: 900 });
        await person.shot(`54-lobby-${width}`);
        past.push(...(await pastTheirCards(page)));
        sideways.push((await sizes(page)).sideways);
      }
      await page.setViewportSize({ width: 1280, height: 720 });
    }
    expect(past).toEqual([]);
    expect(sideways).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("the bank's drawer", async () => {
    await host.page.keyboard.press("/");
    const drawer = host.page.getByRole("dialog", { name: "Question bank" });
    await drawer.getByRole("listitem").first().getByRole("button").click();
    await shown(drawer.getByText("Strong answer"));
    await areSound(host.page);
    await host.page.getByRole("button", { name: "Close the bank" }).click();
  });

  it("the candidate's page, waiting and talking", async () => {
    await shown(candidate.page.getByRole("heading", { name: "Waiting for Jonas Dahl" }));
    await areSound(candidate.page);
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    await shown(candidate.page.getByRole("heading", { name: "You are talking" }));
    await areSound(candidate.page);
  });

  it("a table keeps its numbers whole, on a telephone too", async () => {
    const row = (cells: readonly unknown[]) => `| ${cells.join(" | ")} |`;
    const epochs = [...Array(10).keys()];
    const table = [
      row(["epoch", ...epochs]),
      row(["---", ...epochs.map(() => "---")]),
      row(["loss", ...epochs.map((n) => `0.${50 + n}`)]),
    ];
    await host.page.keyboard.press("/");
    await host.page.getByRole("button", { name: "Type a question of your own" }).click();
    await host.page.getByLabel("Your question").fill(`The loss goes like this:\n\n${table.join("\n")}`);
    await host.page.getByRole("dialog").getByRole("button", { name: "Ask now" }).click();
    await candidate.page.setViewportSize({ width: 390, height: 844 });
    await shown(candidate.page.getByRole("cell", { name: "0.59" }));
    await candidate.shot("53-table-narrow");
    const broken = await candidate.page.locator("th, td").evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        return lines.size > 1 ? [cell.textContent] : [];
      }),
    );
    const { sideways } = await sizes(candidate.page);
    await candidate.page.setViewportSize({ width: 1280, height: 720 });
    expect(broken).toEqual([]);
    expect(sideways).toBe(0);
  });

  it("the candidate's page with a question, a hint and an answer", async () => {
    await host.page.getByRole("button", { name: "Ask A self-attention head to review" }).click();
    await shown(host.page.getByRole("button", { name: /^Reveal H/ }).first());
    await host.page.keyboard.press("h");
    await shown(candidate.page.getByText("A hint", { exact: true }));
    await candidate.page.getByRole("textbox").fill("softmax over the wrong axis");
    await candidate.page.getByRole("button", { name: "Raise hand" }).click();
    await shown(candidate.page.getByRole("button", { name: "Hand raised" }));
    await areSound(candidate.page);
  });

  it("the candidate's page fits into 320 and 390 pixels, code and all", async () => {
    const sideways: number[] = [];
    for (const width of [320, 390]) {
      await candidate.page.setViewportSize({ width, height: 700 });
      await candidate.shot(`51-candidate-${width}`);
      sideways.push((await sizes(candidate.page)).sideways);
    }
    await candidate.page.setViewportSize({ width: 1280, height: 720 });
    expect(sideways).toEqual([0, 0]);
  });

  it("the live room of the host, the interviewer and the observer", async () => {
    await interviewer.page.keyboard.press("3");
    await interviewer.page.keyboard.press("n");
    await interviewer.page.keyboard.type("+A note");
    await interviewer.page.keyboard.press("Enter");
    await interviewer.page.keyboard.type("-Being written");
    for (const { page } of [host, interviewer, observer]) await shown(page.getByText("def attend(x, Wq, Wk, Wv):"));
    await areSound(host.page, interviewer.page, observer.page);
  });

  it("the menus of people, of keys and of the end", async () => {
    for (const name of [/^People/, "Help and keys", "End the interview"]) {
      await host.page.getByRole("button", { name, exact: true }).click();
      await shown(host.page.getByRole("dialog"));
      await areSound(host.page);
      await host.page.keyboard.press("Escape");
    }
  });

  it("the live room fits into 1280 by 720 without scrolling the page", async () => {
    for (const { page } of [host, interviewer, observer]) expect(await sizes(page)).toEqual({ sideways: 0, down: 0 });
  });

  it("a pause", async () => {
    await host.page.keyboard.press("p");
    await shown(candidate.page.getByText("Paused", { exact: true }));
    await areSound(candidate.page, host.page);
    await host.page.keyboard.press("p");
  });

  it("the ending, before and after submitting, and with another's scorecard", async () => {
    await host.page.getByRole("button", { name: "End the interview", exact: true }).click();
    await host.page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
    await shown(candidate.page.getByRole("heading", { name: "The interview is over" }));
    for (const { page } of [host, interviewer]) await shown(page.getByRole("heading", { name: "Your scorecard" }));
    await areSound(host.page, interviewer.page, candidate.page, observer.page);
    await host.page.getByRole("tab", { name: "Debrief" }).click();
    await shown(host.page.getByText("It opens as soon as you have submitted your scorecard."));
    await areSound(host.page);
    await host.page.getByRole("tab", { name: "Your scorecard" }).click();
    for (const { page } of [interviewer, host]) {
      await page.getByRole("radio", { name: "Strong yes" }).check();
      await page.getByLabel("Or submit without it, because").fill("It was only a test.");
      await page.getByRole("button", { name: "Submit all the same" }).click();
      await shown(page.getByText(/^Submitted/).first());
      await areSound(page);
    }
    await host.page.getByRole("button", { name: "Amend…" }).click();
    await areSound(host.page);
  });

  it("the debrief, with a level opened and the decision being written", async () => {
    const { page } = host;
    await page.getByRole("tab", { name: "Debrief" }).click();
    await shown(page.getByRole("heading", { name: /Where you differ/ }));
    await areSound(page);
    await page.getByRole("table").first().getByRole("button").first().click();
    await host.shots("52-debrief");
    await areSound(page);
  });

  it("the composer of the feedback", async () => {
    const { page } = host;
    await page.getByRole("tab", { name: "Feedback for the candidate" }).click();
    await shown(page.getByRole("textbox", { name: "Message", exact: true }));
    await host.shots("53-feedback");
    await areSound(page);
  });

  it("the composer's preview is scrolled by keyboard", async () => {
    const { page } = host;
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("One more line.\n\n".repeat(60));
    const preview = page.getByRole("group", { name: /^The letter to / });
    await shown(preview.getByText("One more line.").first());
    await preview.focus();
    await page.keyboard.press("End");
    await page.waitForFunction(() => (document.activeElement?.scrollTop ?? 0) > 100);
    await areSound(page);
  });

  it("what is kept, the question before it is erased, and what is left of it", async () => {
    const { page } = host;
    await page.getByRole("tab", { name: "What is kept" }).click();
    await shown(page.getByText("opened the room"));
    await areSound(page);
    await page.getByRole("button", { name: "Erase what was written…" }).click();
    await areSound(page);
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 720 });
      expect((await sizes(page)).sideways).toBe(0);
      // Nothing sticks out of its sheet either.
      const [inner, outer] = await Promise.all([
        page.getByRole("region", { name: "Erase this room" }).boundingBox(),
        page.getByRole("region", { name: "What is kept" }).boundingBox(),
      ]);
      expect((inner?.x ?? 0) + (inner?.width ?? 0)).toBeLessThan((outer?.x ?? 0) + (outer?.width ?? 0));
    }
    await host.shot("54-kept-narrow");
    await page.getByRole("button", { name: "Erase it for ever" }).click();
    await shown(page.getByRole("heading", { name: "What was written here has been erased" }));
    await shown(page.getByText("erased what was written in it"));
    expect((await sizes(page)).sideways).toBe(0);
    await host.shot("55-erased-narrow");
    await areSound(page);
  });
});

describe("among people who practise", () => {
  const press = (person: Person, name: string | RegExp) =>
    person.page.getByRole("button", { name, exact: true }).first().click();
  const isAsLongAs = async (person: Person, width: number) => {
    const before = person.page.viewportSize();
    await person.page.setViewportSize({ width, height: 720 });
    expect((await sizes(person.page)).sideways, `${await person.page.title()} at ${width} pixels`).toBe(0);
    if (before) await person.page.setViewportSize(before);
  };

  it("every screen of a pair, from the first page to what they were given", async () => {
    const one = await Person.arrive(browser, "Ana", options);
    const two = await Person.arrive(browser, "Bo", options);
    const both = async () => {
      await areSound(one.page, two.page);
      for (const person of [one, two]) await isAsLongAs(person, 320);
    };
    await one.page.goto(`${site.url}/practice`);
    await one.page.getByText("Topics").click();
    await areSound(one.page);
    await isAsLongAs(one, 320);
    await one.page.getByLabel("Your name").fill("Ana");
    await one.page.getByLabel("Who you practise with").fill("Bo");
    await press(one, "Open the room");
    await press(one, /link for Bo/);
    await two.page.goto(await one.page.evaluate(() => navigator.clipboard.readText()));
    await press(two, "Join");
    await shown(two.page.getByRole("heading", { name: /^What you ask Ana/ }));
    await one.page.locator("summary").first().click();
    await both();
    for (const person of [one, two]) await press(person, "I am ready");
    await shown(one.page.getByText("Nothing is asked yet"));
    await one.page.keyboard.press("a");
    await shown(two.page.getByText("Question 1", { exact: true }));
    for (const person of [one, two]) await press(person, "Messages");
    await both();
    for (const person of [one, two]) await press(person, "Done");
    await shown(two.page.getByRole("heading", { name: "A breath" }));
    await both();
    for (const person of [one, two]) await press(person, "I am ready");
    await shown(two.page.getByText("Nothing is asked yet"));
    for (const person of [one, two]) await press(person, "Done");
    await shown(one.page.getByRole("heading", { name: "What you say of each other" }));
    await one.page.getByLabel("One thing that went well").fill("You began with an example.");
    await both();
    for (const person of [one, two]) await press(person, "Give it");
    await shown(two.page.getByRole("heading", { name: "What you were given" }));
    await both();
    await one.leave();
    await two.leave();
  });

  it("every screen of those who find a partner", async () => {
    const [one, two] = [await Person.arrive(browser, "Ida", options), await Person.arrive(browser, "Jo", options)];
    const look = async (person: Person) => {
      await person.page.goto(`${site.url}/practice/find`);
      await person.page.getByLabel("Your name").fill(person.name);
    };
    const sound = async (person: Person) => {
      await areSound(person.page);
      await isAsLongAs(person, 320);
    };
    await look(one);
    await one.page.getByText("Topics").first().click();
    await one.page.getByText("In hours of the week").click();
    await press(one, "Other hours");
    await sound(one);
    await one.page.getByText("Now", { exact: true }).click();
    await press(one, "Look for a partner");
    await shown(one.page.getByRole("heading", { name: "Looking for your partner" }));
    await sound(one);
    await look(two);
    await press(two, "Look for a partner");
    for (const person of [one, two]) await shown(person.page.getByRole("heading", { name: "Somebody fits" }));
    await sound(one);
    await press(one, "Accept");
    await press(two, "Accept");
    await one.page.getByText("Report or block").click();
    await sound(one);
    await two.page.goto(`${site.url}/practice/find`);
    await shown(two.page.getByRole("heading", { name: "You practise with Ida" }));
    await sound(two);
    await one.leave();
    await two.leave();
  });

  it("every screen of one who practises alone", async () => {
    const flo = await Person.arrive(browser, "Flo", options);
    await flo.page.goto(`${site.url}/practice/alone`);
    await shown(flo.page.getByLabel("Your name"));
    await areSound(flo.page);
    await flo.page.getByLabel("Your name").fill("Flo");
    await press(flo, "Open the room");
    await shown(flo.page.getByRole("button", { name: "Begin" }));
    await areSound(flo.page);
    await press(flo, "Begin");
    await press(flo, "First question");
    await shown(flo.page.getByText("Question 1", { exact: true }));
    await areSound(flo.page);
    await press(flo, "Done");
    await shown(flo.page.getByRole("button", { name: "Uncover the anchors" }));
    await areSound(flo.page);
    await press(flo, "Uncover the anchors");
    await shown(flo.page.getByRole("heading", { name: "Your answers" }));
    await areSound(flo.page);
    await isAsLongAs(flo, 320);
    await flo.leave();
  });
});
