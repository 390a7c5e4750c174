import type { CaptionModel } from "@whetstone/shared/caption-models";
import { describe, expect, test } from "vitest";
import { choiceOf } from "../../client/src/room/captions/recognisers/model/choice.ts";
import { Pace } from "../../client/src/room/captions/recognisers/model/pace.ts";
import { joined, RATE, Resampler } from "../../client/src/room/captions/recognisers/model/resampler.ts";
import { Utterances } from "../../client/src/room/captions/recognisers/model/utterances.ts";
import { wordsOf } from "../../client/src/room/captions/recognisers/model/words.ts";

/** What stands between a microphone and a speech model: its rate, where somebody speaks, what is computed when, and what counts as said. */

const tone = (hertz: number, seconds: number, rate = RATE, loud = 0.3): Float32Array =>
  Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, at) => loud * Math.sin((2 * Math.PI * hertz * at) / rate),
  );
const silence = (seconds: number): Float32Array => new Float32Array(Math.round(seconds * RATE));
const loudness = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
const secondsOf = (samples: Float32Array | null | undefined): number => (samples?.length ?? 0) / RATE;

/** As sound comes, in pieces of a length that divides nothing. */
function* pieces(samples: Float32Array, length = 1_237): Generator<Float32Array> {
  for (let at = 0; at < samples.length; at += length) yield samples.slice(at, at + length);
}

describe("the rate of models", () => {
  const resampled = (samples: Float32Array, rate: number) => {
    const resampler = new Resampler(rate);
    return joined(...[...pieces(samples)].map((piece) => resampler.push(piece)));
  };

  test.each([8_000, 16_000, 22_050, 44_100, 48_000, 96_000])(
    "a tone at %i samples a second stays the same tone",
    (rate) => {
      const out = resampled(tone(440, 1, rate), rate);
      expect(Math.abs(out.length - RATE)).toBeLessThan(RATE / 100);
      const wanted = tone(440, 1);
      const worst = Math.max(...out.slice(500, -500).map((sample, at) => Math.abs(sample - (wanted[at + 500] ?? 0))));
      expect(worst).toBeLessThan(0.003);
    },
  );

  test("what is too high for it is taken out, and comes back as no other tone", () => {
    // Left in, it would be one of 4 kHz.
    expect(loudness(resampled(tone(12_000, 1, 48_000), 48_000).slice(500, -500))).toBeLessThan(0.0005);
    expect(loudness(resampled(tone(5_000, 1, 48_000), 48_000).slice(500, -500))).toBeCloseTo(0.3 / Math.SQRT2, 2);
  });

  test("how it comes in pieces changes nothing", () => {
    const whole = new Resampler(44_100).push(tone(700, 0.5, 44_100));
    expect(resampled(tone(700, 0.5, 44_100), 44_100)).toEqual(whole);
  });
});

describe("where somebody speaks", () => {
  const heard = (...sounds: Float32Array[]) => {
    const utterances = new Utterances();
    const ended = [...pieces(joined(...sounds))].flatMap((piece) => utterances.push(piece));
    return { ended, utterances };
  };

  test("silence, a hum and a click are nothing", () => {
    expect(heard(silence(10)).ended).toEqual([]);
    expect(heard(silence(1), tone(100, 0.04), silence(2)).ended).toEqual([]);
    // What never pauses is begun to be taken for speech once, and then for what is always there.
    const hum = heard(tone(100, 30, RATE, 0.05));
    expect(hum.ended).toEqual([]);
    expect(hum.utterances.current).toBeNull();
  });

  test("an utterance ends at a pause, with a little of what was before and after it", () => {
    const { ended } = heard(
      silence(2),
      tone(300, 1),
      silence(0.4),
      tone(300, 0.5),
      silence(1.5),
      tone(300, 1),
      silence(1),
    );
    expect(ended.map(secondsOf)).toEqual([expect.closeTo(2.4, 1), expect.closeTo(1.5, 1)]);
    expect(loudness(ended[0]?.slice(0, RATE / 5) ?? silence(1))).toBe(0);
  });

  test("speech stands out of noise, and noise alone does not", () => {
    let seed = 1;
    const noise = (seconds: number, loud: number) =>
      silence(seconds).map(() => {
        seed = (seed * 16_807) % 2_147_483_647;
        return loud * ((2 * seed) / 2_147_483_647 - 1);
      });
    const { ended } = heard(noise(5, 0.03), joined(tone(300, 1)), noise(5, 0.03));
    expect(ended.map(secondsOf)).toEqual([expect.closeTo(1.5, 1)]);
    expect(heard(noise(20, 0.1)).ended).toEqual([]);
  });

  test("what goes on is there up to now, and what goes on for too long is cut where it is quietest, without a gap", () => {
    const words = (count: number) => Array.from({ length: count }, () => [tone(300, 0.8), silence(0.2)]).flat();
    const { ended, utterances } = heard(silence(1), ...words(14));
    expect(ended).toEqual([]);
    expect(secondsOf(utterances.current)).toBeCloseTo(14.3, 0);
    const long = heard(silence(1), ...words(33), silence(1));
    expect(long.ended).toHaveLength(3);
    expect(Math.max(...long.ended.map(secondsOf))).toBeLessThanOrEqual(15);
    expect(long.ended.map(secondsOf).reduce((sum, one) => sum + one, 0)).toBeCloseTo(33, 0);
    for (const one of long.ended.slice(1)) expect(loudness(one.slice(0, RATE / 50))).toBe(0);
  });

  test("a microphone that is turned off, and so silent, ends what was being said", () => {
    const { ended, utterances } = heard(silence(1), tone(300, 1), silence(0.1));
    expect(ended).toEqual([]);
    expect([...pieces(silence(1))].flatMap((piece) => utterances.push(piece)).map(secondsOf)).toEqual([
      expect.closeTo(1.5, 1),
    ]);
  });
});

describe("what is computed when", () => {
  const part = () => tone(300, 1.5);
  const nothing = () => null;

  test("whole utterances come first, one thing at a time, and pieces every two seconds", () => {
    const pace = new Pace();
    expect(pace.next(0, nothing)).toBeNull();
    expect(pace.next(0, () => tone(300, 0.5))).toBeNull();
    expect(pace.next(100, part)?.isFinal).toBe(false);
    expect(pace.next(100, part)).toBeNull();
    pace.done(300);
    expect(pace.next(1_500, part)).toBeNull();
    expect(pace.next(2_100, part)?.isFinal).toBe(false);
    pace.said(silence(3));
    pace.said(silence(4));
    pace.done(300);
    expect(secondsOf(pace.next(5_000, part)?.samples)).toBe(3);
    pace.done(300);
    expect(secondsOf(pace.next(5_000, part)?.samples)).toBe(4);
    pace.done(300);
    expect(pace.isSlow).toBe(false);
  });

  test("a slower device computes fewer pieces, and one that is too slow none, and says so", () => {
    const pace = new Pace();
    pace.next(0, part);
    pace.done(2_000);
    expect([pace.next(4_900, part), pace.isSlow]).toEqual([null, false]);
    expect(pace.next(5_000, part)?.isFinal).toBe(false);
    pace.done(6_000);
    expect([pace.next(100_000, part), pace.isSlow]).toEqual([null, true]);
    // Whole utterances are captioned all the same, and tell when it keeps up again.
    pace.said(silence(2));
    expect(pace.next(100_000, part)?.isFinal).toBe(true);
    pace.done(500);
    expect([pace.next(100_000, part)?.isFinal, pace.isSlow]).toEqual([false, false]);
  });

  test("nothing queues up: of three utterances that wait, the oldest is left out", () => {
    const pace = new Pace();
    pace.next(0, part);
    for (const seconds of [1, 2, 3]) pace.said(silence(seconds));
    expect(pace.isSlow).toBe(true);
    pace.done(3_000);
    expect(secondsOf(pace.next(3_000, part)?.samples)).toBe(2);
    pace.done(3_000);
    expect(secondsOf(pace.next(6_000, part)?.samples)).toBe(3);
    pace.done(3_000);
    expect(pace.next(6_000, nothing)).toBeNull();
  });
});

describe("which model captions", () => {
  const DESCRIBED = ["config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json"];
  const model = (name: string, languages: string[], forms: readonly string[], bytes = 10): CaptionModel => ({
    name,
    kind: "whisper",
    languages,
    files: [
      ...DESCRIBED.map((path) => ({ path, bytes: 1, sha256: "" })),
      ...forms.flatMap((form) =>
        ["encoder_model", "decoder_model_merged"].map((half) => ({
          path: `onnx/${half}${form}.onnx`,
          bytes,
          sha256: "",
        })),
      ),
    ],
  });
  const tiny = model("tiny", ["en", "no", "de"], ["_quantized"]);
  const base = model("base", ["en", "no", "de"], ["_quantized", "", "_q4"], 20);
  const english = model("english", ["en"], ["_quantized"], 5);

  test("the smallest on a processor, the largest that a graphics card can use on one", () => {
    const named = (language: string, hasGpu: boolean, models = [base, tiny, english]) =>
      choiceOf(models, language, hasGpu)?.model.name ?? null;
    expect([named("de", false), named("de", true), named("en-GB", false)]).toEqual(["tiny", "base", "english"]);
    expect([named("fr", false), named("de", true, [tiny]), named("de", false, [english])]).toEqual([
      null,
      "tiny",
      null,
    ]);
    expect(named("de", false, [])).toBeNull();
  });

  test("it is told the language as it knows it, unless it knows but one, and only what it needs is fetched", () => {
    const chosen = choiceOf([base], "nb-NO", true);
    expect(chosen).toMatchObject({ language: "no", chosen: { device: "webgpu", encoder: "fp32", decoder: "q4" } });
    expect(chosen?.paths).toEqual([...DESCRIBED, "onnx/encoder_model.onnx", "onnx/decoder_model_merged_q4.onnx"]);
    expect(choiceOf([english], "en", false)?.language).toBeNull();
  });
});

test.each([
  [" Hello there. ", "Hello there."],
  ["[BLANK_AUDIO]", ""],
  ["(music) ♪", ""],
  ["...", ""],
  ["*sighs* Yes (laughs) of course", "Yes of course"],
  ["thank you thank you thank you thank you thank you", "thank you"],
  ["no, no, no", "no, no, no"],
  ["那是 对的", "那是 对的"],
])("of %j, what was said is %j", (written, words) => {
  expect(wordsOf(written)).toBe(words);
});
