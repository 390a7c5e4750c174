import { z } from "zod";

/** What the page and the worker in which the model is say to each other. */

/** How the numbers of a model's halves are stored, as the library names it. */
export type Form = "fp32" | "fp16" | "q8" | "int8" | "uint8" | "q4" | "q4f16";

/** What a device computes by, and which files of the model. */
export interface Chosen {
  readonly device: "wasm" | "webgpu";
  readonly encoder: Form;
  readonly decoder: Form;
}

export type ToWorker =
  | {
      readonly type: "load";
      readonly chosen: Chosen;
      readonly runtime: ArrayBuffer;
      /** By their paths in the model's folder. */
      readonly files: ReadonlyMap<string, ArrayBuffer>;
    }
  | {
      readonly type: "transcribe";
      readonly id: number;
      /** At 16 kHz. */
      readonly samples: Float32Array;
      /** As models name languages; null for a model of one language. */
      readonly language: string | null;
    };

export const FromWorker = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("text"), id: z.int(), text: z.string(), tookMs: z.number() }),
  z.object({ type: z.literal("broken"), message: z.string() }),
]);
export type FromWorker = z.infer<typeof FromWorker>;
