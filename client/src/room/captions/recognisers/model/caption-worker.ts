import {
  AutoModelForSpeechSeq2Seq,
  AutoProcessor,
  env,
  LogLevel,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  type Processor,
  type Tensor,
} from "@huggingface/transformers";
import type { Chosen, FromWorker, ToWorker } from "./protocol.ts";

/**
 * The speech model, in a worker of its own. The page brings it all that it needs: the server's policy for this file lets it ask nobody, so
 * that no sound could leave it but as text to the page.
 */

/** The name under which the library asks for files; what it asks for is looked up in what the page brought. */
const MODEL = "model";
const AT = "/brought/";

interface Loaded {
  readonly model: PreTrainedModel;
  readonly processor: Processor;
  readonly tokenizer: PreTrainedTokenizer;
}

let loaded: Promise<Loaded> | null = null;

const tell = (message: FromWorker): void => postMessage(message);

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  answer(data).catch((error: unknown) => tell({ type: "broken", message: String(error) }));
});

async function answer(message: ToWorker): Promise<void> {
  switch (message.type) {
    case "load":
      loaded = load(message.chosen, message.runtime, new Map(message.files));
      await loaded;
      return tell({ type: "ready" });
    case "transcribe": {
      if (!loaded) throw new Error("There is no model yet.");
      const began = performance.now();
      const text = await transcribed(await loaded, message.samples, message.language);
      return tell({ type: "text", id: message.id, text, tookMs: performance.now() - began });
    }
    default:
      return message satisfies never;
  }
}

async function load(chosen: Chosen, runtime: ArrayBuffer, files: Map<string, ArrayBuffer>): Promise<Loaded> {
  env.allowLocalModels = true;
  env.allowRemoteModels = false;
  env.localModelPath = AT;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.logLevel = LogLevel.ERROR;
  env.fetch = async (address) => {
    const path = String(address).slice(`${AT}${MODEL}/`.length);
    const bytes = files.get(path);
    // The numbers are read once, and not held twice.
    if (path.endsWith(".onnx")) files.delete(path);
    return bytes ? new Response(bytes) : new Response(null, { status: 404 });
  };
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new Error("The library has no WebAssembly.");
  // The library's own default is an address of somebody else's.
  Object.assign(wasm, { wasmPaths: undefined, wasmBinary: runtime, proxy: false });
  if (!globalThis.crossOriginIsolated) wasm.numThreads = 1;
  const dtype = { encoder_model: chosen.encoder, decoder_model_merged: chosen.decoder };
  const [processor, model] = await Promise.all([
    AutoProcessor.from_pretrained(MODEL),
    AutoModelForSpeechSeq2Seq.from_pretrained(MODEL, { device: chosen.device, dtype }),
  ]);
  if (!processor.tokenizer) throw new Error("The model has no tokenizer.");
  return { tokenizer: processor.tokenizer, processor, model };
}

/** Tokens that a second of speech is at most taken to have: a model that repeats itself ends there. */
const TOKENS_PER_SECOND = 8;
const RATE = 16_000;

async function transcribed(
  { model, processor, tokenizer }: Loaded,
  samples: Float32Array,
  language: string | null,
): Promise<string> {
  const inputs = (await processor(samples)) as Readonly<Record<string, Tensor>>;
  const most = 8 + Math.ceil((samples.length / RATE) * TOKENS_PER_SECOND);
  const tokens = (await model.generate({
    ...inputs,
    ...(language !== null && { language, task: "transcribe" }),
    max_new_tokens: most,
  } as Parameters<typeof model.generate>[0])) as Tensor;
  return (tokenizer.batch_decode(tokens, { skip_special_tokens: true })[0] ?? "").trim();
}
