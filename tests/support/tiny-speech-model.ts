import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { constant, modelOf, node, value } from "./onnx.ts";

/**
 * A speech model of some kilobytes in the form of Whisper's, which knows two things to say: of a deep tone "low tone", and of a shrill one
 * "high tone". What it listens to, how its tokens follow each other and how its files are named is as with the large ones.
 */

const WORDS = ["low", "high", "Ġtone"];
const SPECIAL = [
  "<|endoftext|>",
  "<|startoftranscript|>",
  "<|en|>",
  "<|de|>",
  "<|translate|>",
  "<|transcribe|>",
  "<|nospeech|>",
  "<|notimestamps|>",
];
const VOCABULARY = [...WORDS, ...SPECIAL];
const id = (token: string): number => {
  const at = VOCABULARY.indexOf(token);
  if (at < 0) throw new Error(`There is no token ${token}.`);
  return at;
};
const SIZE = VOCABULARY.length;

const BANDS = 80;
const FRAMES = 3000;
const POSITIONS = 1500;

/** How much louder it is in the lower half of the bands than in the upper one, at its loudest, in all positions alike. */
const encoder = (): Uint8Array =>
  modelOf({
    nodes: [
      node("ReduceMax", ["input_features"], "loudest", { keepdims: 1, axes: [2] }),
      node("Mul", ["loudest", "halves"], "sided"),
      node("ReduceSum", ["sided", "band"], "score", { keepdims: 1 }),
      node("Expand", ["score", "positions"], "last_hidden_state"),
    ],
    constants: [
      constant(
        "halves",
        [1, BANDS, 1],
        Array.from({ length: BANDS }, (_, band) => (band < BANDS / 2 ? 1 : -1)),
      ),
      constant("band", [1], [1], "int64"),
      constant("positions", [3], [1, POSITIONS, 2], "int64"),
    ],
    inputs: [value("input_features", ["batch_size", BANDS, FRAMES])],
    outputs: [value("last_hidden_state", ["batch_size", POSITIONS, 2])],
  });

/** Which tokens may follow which; of several, the score decides, which speaks for the first. */
const FOLLOWING: Readonly<Record<string, readonly string[]>> = {
  "<|notimestamps|>": ["low", "high"],
  low: ["Ġtone"],
  high: ["Ġtone"],
};

/** For each token what each other one has as its chance to follow: at any rate, and for each point of the score. */
function decoder(): Uint8Array {
  const row = (token: string) => FOLLOWING[token] ?? ["<|endoftext|>"];
  const anyway = VOCABULARY.flatMap((token) => VOCABULARY.map((next) => (row(token).includes(next) ? 0 : -10_000)));
  const scored = VOCABULARY.flatMap((token) =>
    VOCABULARY.map((next) => (row(token).length < 2 ? 0 : ([1, -1][row(token).indexOf(next)] ?? 0))),
  );
  return modelOf({
    nodes: [
      node("Gather", ["anyway", "input_ids"], "chances"),
      node("Gather", ["scored", "input_ids"], "slopes"),
      node("ReduceMean", ["encoder_hidden_states"], "score", { keepdims: 1 }),
      node("Mul", ["slopes", "score"], "moved"),
      node("Add", ["chances", "moved"], "logits"),
    ],
    constants: [constant("anyway", [SIZE, SIZE], anyway), constant("scored", [SIZE, SIZE], scored)],
    inputs: [
      value("input_ids", ["batch_size", "decoder_sequence_length"], "int64"),
      value("encoder_hidden_states", ["batch_size", POSITIONS, 2]),
    ],
    outputs: [value("logits", ["batch_size", "decoder_sequence_length", SIZE])],
  });
}

const CONFIG = {
  architectures: ["WhisperForConditionalGeneration"],
  model_type: "whisper",
  is_encoder_decoder: true,
  vocab_size: SIZE,
  d_model: 2,
  num_mel_bins: BANDS,
  max_source_positions: POSITIONS,
  max_target_positions: 448,
  ...{ encoder_layers: 1, decoder_layers: 1, encoder_attention_heads: 1, decoder_attention_heads: 1 },
  decoder_start_token_id: id("<|startoftranscript|>"),
  eos_token_id: id("<|endoftext|>"),
  pad_token_id: id("<|endoftext|>"),
  bos_token_id: id("<|endoftext|>"),
};

const GENERATION = {
  is_multilingual: true,
  lang_to_id: { "<|en|>": id("<|en|>"), "<|de|>": id("<|de|>") },
  task_to_id: { transcribe: id("<|transcribe|>"), translate: id("<|translate|>") },
  no_timestamps_token_id: id("<|notimestamps|>"),
  decoder_start_token_id: id("<|startoftranscript|>"),
  eos_token_id: id("<|endoftext|>"),
  pad_token_id: id("<|endoftext|>"),
  begin_suppress_tokens: [id("<|endoftext|>")],
  max_length: 448,
};

const PREPROCESSOR = {
  feature_extractor_type: "WhisperFeatureExtractor",
  processor_class: "WhisperProcessor",
  feature_size: BANDS,
  ...{ n_fft: 400, hop_length: 160, chunk_length: 30, n_samples: 480_000, nb_max_frames: FRAMES },
  sampling_rate: 16_000,
  padding_value: 0,
  return_attention_mask: false,
};

const BYTES = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true };
const TOKENIZER = {
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: SPECIAL.map((content) => ({
    ...{ id: id(content), content, special: true },
    ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
  })),
  normalizer: null,
  pre_tokenizer: BYTES,
  post_processor: null,
  decoder: BYTES,
  model: {
    ...{ type: "BPE", dropout: null, unk_token: null, continuing_subword_prefix: "", end_of_word_suffix: "" },
    ...{ fuse_unk: false, byte_fallback: false, merges: [] },
    vocab: Object.fromEntries(VOCABULARY.map((token) => [token, id(token)])),
  },
};

const TOKENIZER_CONFIG = {
  tokenizer_class: "WhisperTokenizer",
  processor_class: "WhisperProcessor",
  ...{ bos_token: "<|endoftext|>", eos_token: "<|endoftext|>", unk_token: "<|endoftext|>", pad_token: "<|endoftext|>" },
  model_max_length: 1024,
};

/** Its files, by their paths. */
export const tinySpeechModel = (): ReadonlyMap<string, Uint8Array> =>
  new Map([
    ...Object.entries({
      "config.json": CONFIG,
      "generation_config.json": GENERATION,
      "preprocessor_config.json": PREPROCESSOR,
      "tokenizer.json": TOKENIZER,
      "tokenizer_config.json": TOKENIZER_CONFIG,
    }).map(([path, content]) => [path, new TextEncoder().encode(JSON.stringify(content))] as const),
    ["onnx/encoder_model_quantized.onnx", encoder()] as const,
    ["onnx/decoder_model_merged_quantized.onnx", decoder()] as const,
  ]);

/** Puts them into a folder within that one, and gives its path. */
export async function speechModelFolder(within: string, name = "tiny-tones"): Promise<string> {
  const folder = join(within, name);
  await mkdir(join(folder, "onnx"), { recursive: true });
  for (const [path, bytes] of tinySpeechModel()) await writeFile(join(folder, path), bytes);
  return folder;
}
