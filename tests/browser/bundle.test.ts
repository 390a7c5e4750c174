import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BankQuestion } from "@whetstone/shared/bank";
import { expect, it } from "vitest";
import { CLIENT_DIST, realBank } from "../support/browser.ts";

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
