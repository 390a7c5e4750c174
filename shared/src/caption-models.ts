import { z } from "zod";

/** Speech models for captions that a browser makes by itself, as a server has them: in the form in which the Hugging Face hub has them for ONNX. */

/** A file of a model: what tells how to use it, and its two halves, stored as a whole, in halves of numbers or quantised. */
export const CAPTION_MODEL_PATH =
  /^(?:(?:config|generation_config|preprocessor_config|tokenizer|tokenizer_config)\.json|onnx\/(?:encoder_model|decoder_model_merged)(?:_(?:fp16|quantized|int8|uint8|q4|q4f16))?\.onnx)$/;

/** The name of a model's folder: no path. */
export const CaptionModelName = z
  .string()
  .regex(/^[A-Za-z0-9][\w-]*(?:\.[\w-]+)*$/)
  .max(64);

/** The kinds of models that pages know how to use. */
export const CaptionModelKind = z.enum(["whisper", "moonshine"]);
export type CaptionModelKind = z.infer<typeof CaptionModelKind>;

const CaptionModelFile = z.object({
  /** Within the model's folder, as on the hub. */
  path: z.string().regex(CAPTION_MODEL_PATH),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type CaptionModelFile = z.infer<typeof CaptionModelFile>;

export const CaptionModel = z.object({
  name: CaptionModelName,
  kind: CaptionModelKind,
  /** The languages that it understands, as models name them, such as `en`. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1),
  files: z.array(CaptionModelFile),
});
export type CaptionModel = z.infer<typeof CaptionModel>;

/** The models that a server has. */
export const CaptionShelf = z.object({ models: z.array(CaptionModel) });
export type CaptionShelf = z.infer<typeof CaptionShelf>;
