import type { CaptionModel } from "@whetstone/shared/caption-models";
import type { Chosen, Form } from "./protocol.ts";

/** Which of a server's models a device captions with, and which of its files. */
export interface Choice {
  readonly model: CaptionModel;
  /** The language as the model names it; null for a model that has but one, and is not told. */
  readonly language: string | null;
  readonly chosen: Chosen;
  /** The paths of the files that are needed. */
  readonly paths: readonly string[];
}

/** How files are named of which a model's numbers are stored in a form. */
const ENDINGS: Readonly<Record<Form, string>> = {
  fp32: "",
  fp16: "_fp16",
  q8: "_quantized",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
};

type Half = "encoder" | "decoder";
const FILES = { encoder: "encoder_model", decoder: "decoder_model_merged" } as const;

/** What a device computes fastest with, first: processors like small whole numbers, and graphics cards cannot do much with those. */
const PREFERRED: Readonly<Record<Chosen["device"], Readonly<Record<Half, readonly Form[]>>>> = {
  wasm: { encoder: ["q8", "int8", "uint8", "fp32", "q4"], decoder: ["q8", "int8", "uint8", "fp32", "q4"] },
  webgpu: { encoder: ["fp32"], decoder: ["q4", "fp32"] },
};

/** Names of languages that models have under older names. */
const OLDER: Readonly<Record<string, string>> = { nb: "no", fil: "tl", iw: "he", in: "id", jv: "jw" };

/**
 * A graphics card takes the largest model that it can use, as it is fast enough for any; a processor takes the smallest. Null where no model
 * understands the language.
 */
export function choiceOf(models: readonly CaptionModel[], language: string, hasGpu: boolean): Choice | null {
  const name = nameOf(language);
  const able = models.filter(({ languages }) => languages.includes(name));
  const on = (device: Chosen["device"]) => able.flatMap((model) => choiceFor(model, name, device) ?? []);
  const bySize = (choices: readonly Choice[]) => [...choices].sort((a, b) => bytesOf(a) - bytesOf(b));
  return (hasGpu && bySize(on("webgpu")).at(-1)) || (bySize(on("wasm"))[0] ?? null);
}

/** How much a device has to fetch of a model. */
export const bytesOf = ({ model, paths }: Choice): number =>
  model.files.reduce((sum, { path, bytes }) => sum + (paths.includes(path) ? bytes : 0), 0);

function choiceFor(model: CaptionModel, language: string, device: Chosen["device"]): Choice | null {
  const there = new Set(model.files.map(({ path }) => path));
  const pathOf = (half: Half, form: Form) => `onnx/${FILES[half]}${ENDINGS[form]}.onnx`;
  const first = (half: Half) => PREFERRED[device][half].find((form) => there.has(pathOf(half, form)));
  const [encoder, decoder] = [first("encoder"), first("decoder")];
  if (!encoder || !decoder) return null;
  const described = [...there].filter((path) => path.endsWith(".json"));
  return {
    model,
    language: model.languages.length > 1 ? language : null,
    chosen: { device, encoder, decoder },
    paths: [...described, pathOf("encoder", encoder), pathOf("decoder", decoder)],
  };
}

function nameOf(language: string): string {
  const [name = ""] = language.toLowerCase().split(/[-_]/);
  return OLDER[name] ?? name;
}
