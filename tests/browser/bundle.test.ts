import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BankQuestion } from "@whetstone/shared/bank";
import { expect, it, onTestFinished } from "vitest";
import { CLIENT_DIST, launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";

/** The built client is served to everybody, so nothing of the bank may be in it. */

async function builtText(): Promise<string> {
  const files = await readdir(CLIENT_DIST, { recursive: true });
  const texts = files.filter((file) => /\.(js|css|html|json|map|svg|txt)$/.test(file));
  return (await Promise.all(texts.map((file) => readFile(join(CLIENT_DIST, file), "utf8")))).join("\n");
}

/** Every sentence of a question that is long enough to be its own. */
function sentencesOf({
  prompt,
  hints,
  followUps,
  strongAnswer,
  redFlags,
  criteria,
  title,
  aliases,
}: BankQuestion): string[] {
  const texts = [
    title,
    prompt,
    ...aliases,
    ...hints,
    ...followUps.flatMap(({ ask, probes }) => [ask, probes]),
    ...strongAnswer,
    ...redFlags,
    ...criteria.flatMap(({ anchors }) => anchors),
  ];
  return texts.flatMap((text) => text.split(/\n|(?<=[.?!]) /)).filter((sentence) => sentence.trim().length >= 15);
}

it("the built client holds no sentence of any question", async () => {
  const built = await builtText();
  const { questions } = await realBank();
  expect(questions.size).toBeGreaterThan(10);
  for (const question of questions.values()) {
    const sentences = sentencesOf(question);
    expect(sentences.length).toBeGreaterThan(15);
    const found = sentences.filter(
      (sentence) => built.includes(sentence) || built.includes(JSON.stringify(sentence).slice(1, -1)),
    );
    expect(found, question.id).toEqual([]);
  }
  expect(built).toContain("What you would say in the debrief, with the evidence for it");
});

/** The names of a built script and of all scripts that it imports, however far away. */
async function loadedWith(script: string, loaded = new Set<string>()): Promise<Set<string>> {
  if (loaded.has(script)) return loaded;
  loaded.add(script);
  const text = await readFile(join(CLIENT_DIST, "assets", script), "utf8");
  for (const [, imported = ""] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    await loadedWith(imported, loaded);
  return loaded;
}

it("what a candidate loads to read their feedback holds nothing of the page on which it was written, nor of the panel's", async () => {
  const scripts = (await readdir(join(CLIENT_DIST, "assets"))).filter((file) => file.endsWith(".js"));
  const wordsOf = async (names: Iterable<string>) =>
    (await Promise.all([...names].map((name) => readFile(join(CLIENT_DIST, "assets", name), "utf8")))).join("\n");
  const loaded = new Set<string>();
  for (const page of scripts.filter((name) => /^(index|FeedbackLinkPage)-/.test(name))) await loadedWith(page, loaded);
  const [forCandidate, whole] = [await wordsOf(loaded), await wordsOf(scripts)];
  const written = ["Copy to reword", "Publish the changes", "Strong yes", "Give the panel's names", "Admit and start"];
  expect(written.filter((words) => whole.includes(words))).toEqual(written);
  expect(["What you were asked", ...written].filter((words) => forCandidate.includes(words))).toEqual([
    "What you were asked",
  ]);
});

it("a candidate comes from a link into the waiting room with less than 300 kB, and has what sets the question before it is asked", async () => {
  const [site, browser] = [await startSite(), await launchBrowser()];
  onTestFinished(async () => {
    await browser.close();
    await site.close();
  });
  const { secrets } = await openRoom(site);
  const candidate = await Person.arrive(browser, "Maya Lindqvist");
  const { page, context } = candidate;
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  const [addresses, travelled] = [new Map<string, string>(), new Map<string, number>()];
  wire.on("Network.requestWillBeSent", ({ requestId, request }) => addresses.set(requestId, request.url));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const { pathname } = new URL(addresses.get(requestId) ?? site.url);
    travelled.set(pathname, (travelled.get(pathname) ?? 0) + encodedDataLength);
  });
  const forQuestions = page.waitForResponse(/\/assets\/Markdown-[\w-]+\.js$/);
  await candidate.join(site, secrets.candidate);
  await shown(page.getByText("You are here as Maya Lindqvist"));
  await page.evaluate(() => document.fonts.ready);
  await (await forQuestions).finished();
  // What is only for questions comes behind the waiting room.
  const bytes = [...travelled].filter(([path]) => !/\/Markdown-[\w-]+\.js$/.test(path));
  const sum = bytes.reduce((all, [, one]) => all + one, 0);
  expect(bytes.length).toBeGreaterThan(10);
  expect(sum).toBeGreaterThan(100_000);
  expect(sum).toBeLessThan(300_000);
  const paths = [...travelled.keys()].join("\n");
  expect(paths).toMatch(/inter-latin-wght/);
  expect(paths).not.toMatch(
    /KaTeX|MathMarkdown|jetbrains|-latin-ext|cyrillic|greek|LiveRoom|Debrief|Composer|CallArea/,
  );
});
