import { CaptionModelKind } from "@whetstone/shared/caption-models";
import { z } from "zod";
import { ModelFault } from "./model-fault.ts";

/** What a model's files have to be, before a page is brought any of them. */

/** Those that say what a model is. */
const DESCRIBED = [
  "config.json",
  "generation_config.json",
  "preprocessor_config.json",
  "tokenizer.json",
  "tokenizer_config.json",
] as const;
type Described = (typeof DESCRIBED)[number];

const MEBIBYTE = 1024 * 1024;
const MOST_DESCRIBED = 16 * MEBIBYTE;
const MOST_NUMBERS = 512 * MEBIBYTE;

/** How long a file may be. */
export const mostBytes = (path: string): number => (path.endsWith(".json") ? MOST_DESCRIBED : MOST_NUMBERS);

/** What a model lacks, each in words; empty where it has all. */
export function missingIn(paths: readonly string[]): string[] {
  const numbers = (half: string) => paths.some((path) => path.startsWith(`onnx/${half}`));
  return [
    ...DESCRIBED.filter((path) => !paths.includes(path)),
    ...(numbers("encoder_model") ? [] : ["onnx/encoder_model_quantized.onnx (or encoder_model in another form)"]),
    ...(numbers("decoder_model_merged")
      ? []
      : ["onnx/decoder_model_merged_quantized.onnx (or decoder_model_merged in another form)"]),
  ];
}

const Config = z.looseObject({ model_type: z.string() });
const Generation = z.looseObject({
  is_multilingual: z.boolean().optional(),
  lang_to_id: z.record(z.string(), z.int()).optional(),
});

/** Which kind a model is and what it understands, by its own description; throws a `ModelFault`. */
export function factsIn(texts: Readonly<Record<string, string>>): {
  readonly kind: CaptionModelKind;
  readonly languages: string[];
} {
  for (const path of DESCRIBED) parsed(texts, path, z.looseObject({}));
  const { model_type: type } = parsed(texts, "config.json", Config);
  const kind = CaptionModelKind.safeParse(type);
  if (!kind.success) {
    throw new ModelFault(
      `config.json says that the model is a "${type}". Pages can use those of the kinds ${CaptionModelKind.options.join(" and ")}.`,
    );
  }
  const { is_multilingual: isMany, lang_to_id: named } = parsed(texts, "generation_config.json", Generation);
  if (isMany !== true) return { kind: kind.data, languages: ["en"] };
  const languages = Object.keys(named ?? {}).flatMap((token) => /^<\|([a-z]{2,3})\|>$/.exec(token)?.[1] ?? []);
  if (languages.length === 0) throw new ModelFault("generation_config.json names no language in lang_to_id.");
  return { kind: kind.data, languages };
}

function parsed<S extends z.ZodType>(texts: Readonly<Record<string, string>>, path: Described, schema: S): z.infer<S> {
  try {
    return schema.parse(JSON.parse(texts[path] ?? ""));
  } catch {
    throw new ModelFault(`${path} is not what a model has under that name: it cannot be read.`);
  }
}

/** What stands in a repository in a large file's place, where only the place was copied. */
const POINTER = "version https://git-lfs";

/** Whether a file of numbers begins as those do, by its first bytes; throws a `ModelFault`. */
export function checkNumbers(path: string, start: Buffer): void {
  if (start.toString("latin1").startsWith(POINTER)) {
    throw new ModelFault(`${path} only says where the file is (Git LFS). Bring the file itself.`);
  }
  // The first field of a model in ONNX is its version, a small number.
  if (start[0] !== 0x08 || (start[1] ?? 0) > 64) throw new ModelFault(`${path} is no model in ONNX.`);
}
