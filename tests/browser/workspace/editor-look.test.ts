import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { areSound } from "../../support/accessibility.ts";
import { gone, launchBrowser, Person, shown, there } from "../../support/browser.ts";
import { left, openEditors, right, startEditorPage, textBecomes } from "../../support/editor-page.ts";
import { focused } from "../../support/focus.ts";

/** How a text looks and is written by choice: languages, keys, sizes, widths and colours. */

const site = await startEditorPage();
const browser = await launchBrowser();
const maya = await Person.arrive(browser, "Maya Lindqvist");
const { page } = maya;
const axe = await Person.arrive(browser, "Amara Okafor", { bypassCSP: true });

afterAll(async () => {
  await browser.close();
  await site.close();
});

const side = page.getByRole("region", { name: "Left" });
const SAMPLES = {
  markdown: "# Loss\n\n*why* `x` [link](https://example.org)\n\n> quoted",
  python: "import numpy as np\n\nclass A(B):\n    # so that\n    def f(self) -> int:\n        return 12 + len('x')",
  javascript: "// so that\nexport class A { f(x) { return /a/.test(x) ? `b` : null; } }",
  typescript: "interface A { readonly x: number }\nconst f = (a: A): string => `n` + a.x;",
  sql: "-- so that\nSELECT count(*) AS n FROM t WHERE a = 'x' AND b > 12;",
} as const;

/** How much a colour stands out from what lies beneath it, as WCAG reckons it. */
function contrastOf(colour: string, grounds: readonly string[]): number {
  const parts = (text: string): [number, number, number, number] => {
    const figures = [...text.matchAll(/[\d.]+/g)].map(([figure]) => Number(figure));
    const isUnit = text.startsWith("color(");
    const [r = 0, g = 0, b = 0, a = 1] = figures.map((figure, at) => (isUnit && at < 3 ? figure * 255 : figure));
    return [r, g, b, a];
  };
  const luminance = ([r, g, b]: readonly number[]) => {
    const [x = 0, y = 0, z = 0] = [r, g, b].map((part = 0) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const beneath = grounds
    .map(parts)
    .reduce<readonly number[]>(
      (under, [r, g, b, a]) => [r, g, b].map((part, at) => part * a + (under[at] ?? 0) * (1 - a)),
      [255, 255, 255],
    );
  const [one, other] = [luminance(parts(colour)), luminance(beneath)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

describe("a language", () => {
  it("is chosen by whoever may write, for everybody, and brings its colours, numbers and indents", async () => {
    await openEditors(page, site, { text: "def f():" });
    await side.getByLabel("Language").selectOption("Python");
    await shown(right(page).locator(".tok-keyword"));
    await shown(side.locator(".cm-lineNumbers"));
    expect(await page.getByRole("region", { name: "Right" }).getByLabel("Language").inputValue()).toBe("python");
    await left(page).press("Control+End");
    await page.keyboard.press("Enter");
    await textBecomes(page, "def f():\n    ", "right");
    await page.getByRole("region", { name: "Right" }).getByLabel("Language").selectOption("Plain text");
    await gone(left(page).locator(".tok-keyword"));
    await gone(side.locator(".cm-lineNumbers"));
  });

  it("that a document does not say, or that nobody knows, is plain text", async () => {
    await openEditors(page, site);
    await page.evaluate(() => window.workspaces.right.doc.getMap("meta").set("language", { of: "nobody" }));
    await left(page).fill("all the same");
    await textBecomes(page, "all the same", "right");
    expect(await side.getByLabel("Language").inputValue()).toBe("text");
    expect(maya.complaints).toEqual([]);
  });

  it("whose grammar cannot be fetched leaves the text as it is, and says so", async () => {
    await openEditors(page, site, { text: "select 1" });
    await page.route(/\/assets\//, (route) => route.abort());
    await side.getByLabel("Language").selectOption("SQL");
    await shown(side.getByText("What colours SQL could not be fetched; the text is the same without it."));
    await left(page).press("Control+End");
    await page.keyboard.type("!");
    await textBecomes(page, "select 1!", "right");
    await page.unroute(/\/assets\//);
    maya.complaints.length = 0;
  });

  it.each(Object.entries(SAMPLES))(
    "%s can be read in every colour, in both themes, wherever it stands",
    async (language, text) => {
      await openEditors(page, site, { language, text });
      await shown(left(page).locator("[class*=tok-]").first());
      await right(page).press("Control+a");
      await left(page).press("Control+a");
      await there(side.locator(".cm-selectionBackground").first());
      await there(side.locator(".other-selection").first());
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const { words, grounds } = await page.evaluate(() => {
          const colour = (element: Element | null, name: "color" | "backgroundColor") =>
            element ? getComputedStyle(element)[name] : "";
          const editor = document.querySelector(".cm-editor");
          const tokens = [...(editor?.querySelectorAll("[class*=tok-]") ?? [])];
          const ground = (selector: string) => colour(editor?.querySelector(selector) ?? null, "backgroundColor");
          const sheet = colour(editor, "backgroundColor");
          const [selected, other, line] = [
            ground(".cm-selectionBackground"),
            ground(".other-selection"),
            ground(".cm-activeLine"),
          ];
          return {
            words: tokens.map((token) => [token.className, colour(token, "color")] as const),
            grounds: {
              sheet: [sheet],
              selected: [sheet, selected],
              line: [sheet, line],
              other: [sheet, other],
              both: [sheet, other, selected],
              all: [sheet, other, selected, line],
            },
          };
        });
        expect(new Set(words.map(([, colour]) => colour)).size).toBeGreaterThan(2);
        expect(new Set([grounds.sheet[0], grounds.selected[1], grounds.other[1], grounds.line[1]]).size).toBe(4);
        for (const [name, beneath] of Object.entries(grounds)) {
          const weak = words.filter(([, colour]) => contrastOf(colour, beneath) < 4.5);
          expect(weak, `${colorScheme}, ${name}`).toEqual([]);
        }
      }
      await maya.shots(`editor-${language}`);
    },
  );
});

describe("Markdown", () => {
  it("is previewed with its maths, goes on as it is written, and adds no heading to the page", async () => {
    await openEditors(page, site, { language: "markdown", text: "# Softmax\n\n$\\frac{a}{b}$\n", column: "60rem" });
    const preview = page.getByRole("group", { name: "Preview: Your answer" });
    await side.getByRole("button", { name: "Preview" }).click();
    await shown(preview.locator(".katex").first());
    await shown(left(page));
    await left(page).press("Control+End");
    await page.keyboard.type("and **so on**");
    await shown(preview.getByText("so on"));
    expect(await page.getByRole("heading").count()).toBe(1);
    await maya.shots("editor-preview-beside");
    await page.setViewportSize({ width: 400, height: 720 });
    await gone(left(page));
    await shown(preview.getByText("so on"));
    await side.getByRole("button", { name: "Preview" }).click();
    await gone(preview);
    await shown(left(page));
    await page.setViewportSize({ width: 1280, height: 720 });
  });
});

describe("how a text is shown", () => {
  it("is chosen in size, and stays chosen in this browser", async () => {
    await openEditors(page, site, { text: "one" });
    const size = () => left(page).evaluate((field) => Number.parseFloat(getComputedStyle(field).fontSize));
    const before = await size();
    await side.getByRole("button", { name: "How the text is shown" }).click();
    await side.getByRole("button", { name: "Larger text" }).click();
    await side.getByRole("button", { name: "Larger text" }).click();
    const after = await size();
    expect(after).toBeGreaterThan(before);
    await openEditors(page, site, { text: "one" });
    expect(await size()).toBe(after);
    await side.getByRole("button", { name: "How the text is shown" }).click();
    const smaller = side.getByRole("button", { name: "Smaller text" });
    while (await smaller.isEnabled()) await smaller.click();
    expect(await size()).toBeGreaterThanOrEqual(12);
  });
});

describe("the keys of", () => {
  it("Vim are there when they are chosen, undo one's own words only, and are let go of again", async () => {
    maya.requested.length = 0;
    await openEditors(page, site, { text: "one two" });
    const before = maya.requested.length;
    await side.getByRole("button", { name: "How the text is shown" }).click();
    await side.getByLabel("Keys").selectOption("Vim keys");
    await shown(side.locator(".cm-vim-panel"));
    expect(maya.requested.length).toBeGreaterThan(before);
    await left(page).focus();
    await page.keyboard.type("0dwA!");
    await page.keyboard.press("Escape");
    await textBecomes(page, "two!");
    await page.evaluate(() => window.workspaces.right.doc.getText("text").insert(4, " yours"));
    await textBecomes(page, "two! yours");
    await page.keyboard.type("uu");
    await textBecomes(page, "one two yours");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await left(page).evaluate((field) => document.activeElement === field)).toBe(false);
    await openEditors(page, site, { text: "one two", right: "closed" });
    await shown(side.locator(".cm-vim-panel"));
    expect(await page.getByRole("region", { name: "Right" }).locator(".cm-vim-panel").count()).toBe(0);
    await maya.shots("editor-vim");
    await side.getByRole("button", { name: "How the text is shown" }).click();
    await side.getByLabel("Keys").selectOption("Usual keys");
    await gone(side.locator(".cm-vim-panel"));
    await left(page).press("Control+End");
    await page.keyboard.type("u");
    await textBecomes(page, "one twou");
  });

  it("Emacs move and undo", async () => {
    await openEditors(page, site, { text: "one two" });
    await side.getByRole("button", { name: "How the text is shown" }).click();
    const fetched = page.waitForResponse(/\/assets\//);
    await side.getByLabel("Keys").selectOption("Emacs keys");
    await (await fetched).finished();
    await left(page).press("Control+Home");
    await page.keyboard.press("Control+e");
    await page.keyboard.type("!");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("0");
    await textBecomes(page, "0one two!");
    await page.evaluate(() => window.workspaces.right.doc.getText("text").insert(0, "yours "));
    await page.keyboard.press("Control+/");
    await textBecomes(page, "yours one two");
    await side.getByLabel("Keys").selectOption("Usual keys");
  });
});

describe("every width, size and colour", () => {
  it("has each control in sight and wide enough for a finger, from 320 pixels on and twice as large", async () => {
    for (const [width, zoom] of [
      [320, 1],
      [640, 2],
      [1280, 1],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await openEditors(page, site, {
        language: "markdown",
        text: "# One\n\ntwo",
        height: "26rem",
        follows: "yes",
        column: "18rem",
      });
      await page.evaluate((times) => document.documentElement.style.setProperty("zoom", String(times)), zoom);
      await side.getByRole("button", { name: "How the text is shown" }).click();
      await left(page).press("Control+f");
      await shown(page.getByRole("search"));
      const found = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("section button, section select, section input")].flatMap(
          (control) => {
            const box = (control.closest("label") ?? control).getBoundingClientRect();
            const isWhole = box.left >= 0 && box.right <= document.documentElement.getBoundingClientRect().right + 1;
            const isLarge = box.width >= 24 && box.height >= 24;
            return isWhole && isLarge ? [] : [`${control.outerHTML.slice(0, 120)} ${JSON.stringify(box)}`];
          },
        ),
      );
      expect(found, `${width}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await maya.shots(`editor-${width}-${zoom}`);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it("is sound for whoever hears it, goes by keyboard, or has colours of their own", async () => {
    for (const asked of [
      { language: "python", text: SAMPLES.python },
      { language: "markdown", text: SAMPLES.markdown, right: "closed", follows: "yes" },
    ]) {
      await openEditors(axe.page, site, asked);
      await left(axe.page).press("Control+End");
      await axe.page.keyboard.press("Control+f");
      await axe.page.keyboard.type("x");
      await shown(axe.page.getByText(/found|of \d/).first());
      await areSound(axe.page);
      expect((await focused(axe.page)).unseen).toEqual([]);
    }
  });

  it("shows under forced colours what is selected, where the others are, and every word", async () => {
    await openEditors(page, site, { language: "python", text: SAMPLES.python });
    await shown(left(page).locator(".tok-keyword").first());
    await page.emulateMedia({ forcedColors: "active" });
    await right(page).press("Control+End");
    await left(page).press("Control+a");
    const seen = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      const system = (name: string) => {
        probe.style.color = name;
        return getComputedStyle(probe).color;
      };
      const line = document.querySelector(".cm-line span");
      const mark = document.querySelector(".other-mark");
      const result = {
        selected: line && getComputedStyle(line, "::selection").backgroundColor === system("Highlight"),
        mark: mark && getComputedStyle(mark).backgroundColor === system("CanvasText"),
        drawn: getComputedStyle(document.querySelector(".cm-selectionLayer") ?? document.body).display,
      };
      probe.remove();
      return result;
    });
    expect(seen).toEqual({ selected: true, mark: true, drawn: "none" });
    await maya.shots("editor-forced");
    await page.emulateMedia({ forcedColors: "none" });
  });

  it("keeps to the policy of the site, which lets no style element in, and is small", async () => {
    const policy = (await page.request.get(site.url)).headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain("style-src ");
    await openEditors(page, site, { language: "python", text: "x = 1" });
    expect(await page.locator("style").count()).toBe(0);
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(1);
    expect(maya.complaints).toEqual([]);
    const assets = join(site.directory, "assets");
    const fetched = await fetchedFor("text");
    const scripts = (await readdir(assets)).filter(
      (name) => fetched.has(name.replace(/\.br$/, "")) && /\.js\.br$/.test(name),
    );
    // What every page of the product has already.
    const own = scripts.filter((name) => !/^(base|libraries|rolldown-runtime)-/.test(name));
    const bytes = await Promise.all(own.map(async (name) => (await stat(join(assets, name))).size));
    expect(bytes.length).toBeGreaterThan(1);
    expect(own.some((name) => name.startsWith("Editor-"))).toBe(true);
    expect(bytes.reduce((all, one) => all + one, 0)).toBeLessThan(170_000);
  });
});

async function fetchedFor(language: string): Promise<ReadonlySet<string>> {
  maya.requested.length = 0;
  await openEditors(page, site, { language });
  return new Set(maya.requested.map((url) => new URL(url).pathname.replace("/assets/", "")));
}
