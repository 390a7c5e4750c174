/// <reference path="../support/captions/main.ts" />
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { runCaptionModels } from "../../server/src/caption-models/command.ts";
import { captionsSites } from "../support/captions-page.ts";
import { temporaryFolder } from "../support/server.ts";
import { speechModelFolder } from "../support/tiny-speech-model.ts";

/** Captions by a model, whole: its files from our server, the worker, WebAssembly and a microphone in a real browser; the model is tiny. */

const newSite = captionsSites();

const DEEP = 300;
const SHRILL = 3000;
const SILENT = 0;

async function give(folder: string, from: string): Promise<void> {
  vi.spyOn(console, "log").mockImplementation(() => {});
  expect(await runCaptionModels(["--from", from], folder)).toBe(0);
}

const said = (page: Page) => page.evaluate(() => window.captions.said);
const start = (page: Page, language = "en") => page.evaluate((one) => window.captions.start(one), language);
const play = (page: Page, hertz: number, seconds: number) =>
  page.evaluate(([tone, length]) => window.captions.play(tone, length), [hertz, seconds] as const);
const untilFailed = (page: Page) =>
  page.waitForFunction(() => window.captions.failed.length > 0).then(() => page.evaluate(() => window.captions.failed));
/** Waits until an utterance was captioned with these words, behind so many that were said before. */
const untilWhole = (page: Page, text: string, after = 0) =>
  page.waitForFunction(
    ([words, from]) => window.captions.said.slice(from).some((one) => one.isFinal && one.text === words),
    [text, after] as const,
  );
interface Tone {
  readonly hertz: number;
  readonly seconds: number;
  readonly words: string;
}
const LOW: Tone = { hertz: DEEP, seconds: 0.8, words: "low tone" };
const HIGH: Tone = { hertz: SHRILL, seconds: 2.5, words: "high tone" };

/** Plays a tone until it is captioned to its end: before a model is loaded nothing is heard, and a busy machine stutters. */
async function heard(page: Page, { hertz, seconds, words }: Tone): Promise<void> {
  const before = (await said(page)).length;
  const isThere = async () => (await said(page)).slice(before).some(({ isFinal, text }) => isFinal && text === words);
  for (let count = 0; count < 20 && !(await isThere()); count++) {
    await play(page, SILENT, 1);
    await play(page, hertz, seconds);
    await play(page, SILENT, 1);
  }
  await untilWhole(page, words, before);
}

/** Begins to caption, and waits until it does. */
async function untilHeard(page: Page): Promise<void> {
  await start(page);
  await heard(page, LOW);
}

test("what is said is captioned on the device, in pieces while it is said and whole at the pause, and nothing of it leaves", async () => {
  const site = await newSite();
  await give(site.folder, await speechModelFolder(await temporaryFolder()));
  const { page, asked, sockets, complaints } = await site.open();
  expect(await page.evaluate(() => window.captions.isAvailable("de-AT"))).toBe("downloadable");
  expect(await page.evaluate(() => window.captions.isAvailable("is"))).toBe("unavailable");
  expect(asked.filter((one) => /wasm|worker|caption-models\//.test(one))).toEqual([]);

  await untilHeard(page);
  expect(await page.evaluate(() => window.captions.loaded.at(-1))).toBe(1);
  const fetched = asked.length;
  await heard(page, HIGH);
  await heard(page, LOW);

  const all = await said(page);
  expect(all.filter(({ isFinal }) => !isFinal).map(({ text }) => text)).toContain("high tone");
  expect(all.every(({ text }) => /^(low|high) tone$/.test(text))).toBe(true);

  // Nothing was asked for since it listens, and before, files of the own server alone.
  expect(asked.slice(fetched)).toEqual([]);
  expect(asked.filter((one) => !one.startsWith(`GET ${site.url}/`))).toEqual([]);
  expect(sockets).toEqual([]);
  expect(complaints).toEqual([]);
});

test("what is ended hears nothing more, goes on at once for a minute, and then the model gives back what it took", async () => {
  const site = await newSite();
  await give(site.folder, await speechModelFolder(await temporaryFolder()));
  const { page, asked } = await site.open();
  await page.clock.install();
  await untilHeard(page);
  await page.evaluate(() => window.captions.stop());
  const [before, fetched] = [(await said(page)).length, asked.length];
  await play(page, DEEP, 0.8);
  await play(page, SILENT, 1);
  expect(await said(page)).toHaveLength(before);
  expect(await page.evaluate(() => window.captions.isAvailable("de"))).toBe("available");

  await start(page, "de");
  await heard(page, HIGH);
  // That there is a model is asked anew; nothing of it is.
  expect(asked.slice(fetched).filter((one) => !one.endsWith("/api/caption-models"))).toEqual([]);
  await page.evaluate(() => window.captions.stop());
  expect(page.workers()).toHaveLength(1);
  await page.clock.fastForward(61_000);
  await expect.poll(() => page.workers().length).toBe(0);
  expect(await page.evaluate(() => window.captions.isAvailable("de"))).toBe("downloadable");
  expect(await page.evaluate(() => window.captions.failed)).toEqual([]);
});

test("silence and a click give no words", async () => {
  const site = await newSite();
  await give(site.folder, await speechModelFolder(await temporaryFolder()));
  const { page } = await site.open();
  await untilHeard(page);
  const before = (await said(page)).length;
  await play(page, SHRILL, 0.05);
  await play(page, SILENT, 1.5);
  // What came behind it was captioned, so that it would have been, too.
  await heard(page, LOW);
  await heard(page, LOW);
  expect((await said(page)).slice(before).filter(({ text }) => text !== "low tone")).toEqual([]);
});

test("the worker can ask nobody, the own server neither", async () => {
  const site = await newSite();
  await give(site.folder, await speechModelFolder(await temporaryFolder()));
  const { page } = await site.open();
  await start(page);
  await expect.poll(() => page.workers().length, { timeout: 30_000 }).toBe(1);
  const [worker] = page.workers();
  const tried = await worker?.evaluate(
    async ([own, script]) => {
      const outcome = (act: () => unknown) =>
        Promise.resolve()
          .then(act)
          .then(
            () => "reached",
            () => "refused",
          );
      return {
        fetch: await outcome(() => fetch(own)),
        socket: await outcome(
          () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket(own.replace("http", "ws"));
              socket.onopen = resolve;
              socket.onerror = reject;
            }),
        ),
        script: await outcome(() => import(script)),
        code: await outcome(() => new Function("return 1")()),
      };
    },
    [site.url, "data:text/javascript,"] as const,
  );
  expect(tried).toEqual({ fetch: "refused", socket: "refused", script: "refused", code: "refused" });
});

test("says why it does not caption: no model, files that are none, a microphone that is gone", async () => {
  const site = await newSite();
  const { page } = await site.open();
  expect(await page.evaluate(() => window.captions.isAvailable("en"))).toBe("unavailable");
  await start(page);
  expect(await untilFailed(page)).toEqual(["no_model"]);

  const from = await speechModelFolder(await temporaryFolder(), "broken");
  await writeFile(join(from, "onnx", "encoder_model_quantized.onnx"), Buffer.from([0x08, 0x08, 1, 2, 3]));
  await give(site.folder, from);
  const broken = await site.open();
  await start(broken.page);
  expect(await untilFailed(broken.page)).toEqual(["cannot_load"]);
  await expect.poll(() => broken.page.workers().length).toBe(0);

  await give(site.folder, await speechModelFolder(await temporaryFolder(), "broken"));
  const whole = await site.open();
  await untilHeard(whole.page);
  await whole.page.evaluate(() => window.captions.unplug());
  expect(await untilFailed(whole.page)).toEqual(["stopped"]);
});
