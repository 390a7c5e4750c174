import { afterAll, describe, expect, it } from "vitest";
import { allSaved, becomes, launchBrowser, Person, shown, startSite } from "../support/browser.ts";
import { wordsOn } from "../support/looking.ts";

/**
 * Three and four people who practise with each other: everybody asks once, is asked once, and listens and rates in between, blind until all
 * have let go. Each rates with a level of their own, so that whose a rating is can be told wherever it turns up.
 */

const MINUTE = 60_000;
let ahead = 0;
const site = await startSite({ now: () => Date.now() + ahead });
const browser = await launchBrowser();
const WIDE = { width: 1280, height: 720 };
const NARROW = { width: 390, height: 844 };

afterAll(async () => {
  await browser.close();
  await site.close();
});

const press = (person: Person, name: string | RegExp) =>
  person.page.getByRole("button", { name, exact: true }).first().click();
const heading = (person: Person, name: string | RegExp) => shown(person.page.getByRole("heading", { name }));

/** Both widths of a page, of which none is wider than its window. */
async function look(person: Person, step: string): Promise<void> {
  const { page } = person;
  const before = page.viewportSize() ?? WIDE;
  for (const viewport of [WIDE, NARROW]) {
    await page.setViewportSize(viewport);
    await person.shot(`${step}-${viewport.width}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
  }
  await page.setViewportSize(before);
}

/** Every level that reached a browser as somebody's rating, in a whole view or in a difference. */
function levelsReceived({ received }: Person): Set<unknown> {
  const found = new Set<unknown>();
  const inRatings = (value: unknown): void => {
    if (typeof value === "number") found.add(value);
    else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) inRatings(part);
  };
  const search = (value: unknown): void => {
    if (Array.isArray(value)) {
      const [operation, path, set] = value;
      if (operation === "set" && Array.isArray(path) && path.includes("ratings")) inRatings(set);
      for (const part of value) search(part);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, part] of Object.entries(value)) {
        if (key === "ratings" || key === "level" || key === "interviewing") inRatings(part);
        search(part);
      }
    }
  };
  for (const frame of received) if (frame.startsWith("42")) search(JSON.parse(frame.slice(2)));
  return found;
}

/** What a browser shows as rated. */
const levelsShown = ({ page }: Person) =>
  page.locator("button[data-level][aria-checked=true]").evaluateAll((all) => all.map((one) => one.textContent?.[0]));

describe.each([[["Ana", "Bo", "Cy"]], [["Ana", "Bo", "Cy", "Di"]]])("%j", (names) => {
  const people: Person[] = [];
  const step = (name: string) => `peers-${names.length}-${name}`;
  const at = (index: number): Person => {
    const person = people[index % names.length];
    if (!person) throw new Error("Nobody has come yet.");
    return person;
  };
  const levelOf = (person: Person): number => people.indexOf(person) + 1;
  const wentWell = ({ name }: Person, of: Person) => `kingfisher: ${name} of ${of.name}`;

  /** Time passes on the server; whoever is in a room notices with the next thing that happens there. */
  async function pass(minutes: number): Promise<void> {
    ahead += minutes * MINUTE;
    const { page } = at(0);
    await page.getByRole("textbox", { name: "Write a message" }).fill(`After ${minutes} minutes`);
    await page.keyboard.press("Enter");
  }

  afterAll(async () => {
    for (const person of people) await person.leave();
  });

  it("come by a link each, which the form's room gives whoever opened it", async () => {
    for (const name of names) {
      people.push(await Person.arrive(browser, name, { viewport: people.length === 1 ? NARROW : WIDE }));
    }
    const opener = at(0);
    const { page } = opener;
    await page.goto(`${site.url}/practice`);
    await page.getByLabel("Your name").fill(opener.name);
    await page.getByLabel("Who you practise with").fill(at(1).name);
    for (let index = 2; index < names.length; index++) {
      await press(opener, "Another person");
      await page.getByLabel(`Person ${index + 1}`).fill(at(index).name);
    }
    await shown(page.getByText(`${names.length} × 25`));
    await look(opener, step("form"));
    await press(opener, "Open the room");
    const title = `Practice: ${names.join(", ")}`;
    await heading(opener, title);
    await look(opener, step("invited"));
    for (const person of people.slice(1)) {
      await press(opener, new RegExp(`link for ${person.name}`));
      await person.page.goto(await page.evaluate(() => navigator.clipboard.readText()));
      await heading(person, `Welcome, ${person.name}`);
      if (person === at(2)) await look(person, step("welcome"));
      await press(person, "Join");
      await heading(person, title);
    }
    for (const [index, person] of people.entries()) await heading(person, `What you ask ${at(index + 1).name}`);
    await look(opener, step("lobby"));
    await look(at(2), step("lobby-listening"));
  });

  it("ask in turn, are asked in turn, and listen and rate in between", async () => {
    for (const [index, asking] of people.entries()) {
      const round = index + 1;
      const asked = at(round);
      const listening = people.filter((person) => person !== asking && person !== asked);
      const isFirst = round === 1;
      const answer = `${asked.name} answers.`;

      await shown(asking.page.getByText(new RegExp(`^You ask ${asked.name} ${isFirst ? "first" : "now"}`)));
      await shown(asked.page.getByText(new RegExp(`^${asking.name} asks you ${isFirst ? "first" : "now"}`)));
      for (const person of listening) {
        await shown(person.page.getByText(new RegExp(`^${asking.name} asks ${asked.name}\\. You listen`)));
      }
      if (!isFirst) {
        // A page that is opened in the breath is made from nothing.
        await Promise.all(people.map(({ page }) => page.reload()));
        for (const person of people) await heading(person, "A breath");
        if (round === 2) {
          await look(asking, step("breath"));
          await look(listening[0] ?? asking, step("breath-listening"));
        }
      }
      await Promise.all(people.map((person) => press(person, "I am ready")));
      await asking.page.getByRole("button", { name: /^Ask/ }).first().click();
      await shown(asked.page.getByText("Question 1", { exact: true }));
      await asked.page.getByLabel(/Your answer sheet/).fill(answer);
      for (const person of [asking, ...listening]) {
        await shown(person.page.getByText(answer));
        await person.page
          .locator(`button[data-level="${levelOf(person)}"]`)
          .first()
          .click();
        await allSaved(person.page);
      }
      if (round === 2) {
        await Promise.all(people.map(({ page }) => page.reload()));
        expect(await wordsOn(asked.page.getByLabel(/Your answer sheet/))).toBe(answer);
        for (const person of [asking, ...listening]) await shown(person.page.getByText(answer));
      }
      if (isFirst) {
        await look(asking, step("asking"));
        await look(asked, step("asked"));
        await look(listening[0] ?? asking, step("listening"));
      }
      for (const person of [asking, ...listening]) {
        const own = person.page.locator(`button[data-level="${levelOf(person)}"]`).first();
        await becomes(own, "aria-checked", "true");
        expect(await levelsShown(person)).toEqual([String(levelOf(person))]);
      }
      expect(await levelsShown(asked)).toEqual([]);
      if (isFirst) await press(at(0), "Messages");
      await pass(25);
      if (round < names.length) await heading(at(0), "A breath");
    }
    for (const person of people) await heading(person, "What you say of each other");
  });

  it("say what they think of each other, which nobody learns before all have let go", async () => {
    for (const [index, person] of people.entries()) {
      for (const other of people) {
        if (other === person) continue;
        const part = person.page.getByRole("region", { name: `For ${other.name}`, exact: true });
        // Whoever asked somebody, or listened to them, says something of their answers; and that is everybody else.
        await part.getByLabel("One thing that went well").fill(wentWell(person, other));
      }
      await allSaved(person.page);
      if (index === 0) await look(person, step("saying"));
    }
    for (const person of people.slice(1)) await press(person, "Give it");
    for (const person of people.slice(1)) await heading(person, "Given");
    await look(at(1), step("waiting"));
    await shown(at(0).page.getByText("The others are done.", { exact: false }));
    // And again from nothing.
    await Promise.all(people.map(({ page }) => page.reload()));
    for (const person of people) {
      await heading(person, "What you say of each other");
      const others = people.filter((other) => other !== person);
      const bytes = person.received.join("\n");
      for (const other of others) {
        expect(bytes).toContain(wentWell(person, other));
        expect(
          others.filter((by) => bytes.includes(wentWell(by, person)) || bytes.includes(wentWell(by, other))),
        ).toEqual([]);
      }
      expect([...levelsReceived(person)]).toEqual([levelOf(person)]);
    }
  });

  it("read at the same moment what all of the others gave them", async () => {
    await press(at(0), "Give it");
    for (const person of people) {
      await heading(person, "What you were given");
      // It takes the place of what was read to its end.
      await shown(person.page.locator("h1:focus"));
      for (const other of people) {
        if (other === person) continue;
        await shown(person.page.getByText(wentWell(other, person)));
        await shown(
          person.page
            .locator(`[data-level="${levelOf(other)}"]`)
            .filter({ hasText: `Level ${levelOf(other)} of 4` })
            .filter({ hasText: other.name }),
        );
        expect(await person.page.getByText(wentWell(person, other)).isVisible()).toBe(false);
      }
    }
    await look(at(0), step("given"));
    await look(at(2), step("given-third"));
  });

  it("without a complaint of the browser", () => {
    expect(people.flatMap(({ faults }) => faults)).toEqual([]);
  });
});
