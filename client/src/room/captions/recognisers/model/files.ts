import { CaptionShelf } from "@whetstone/shared/caption-models";
import runtimeSize from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?size";
import runtimeUrl from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import { answered, call, fetchJson } from "../../../../api/call.ts";
import { bytesOf, type Choice } from "./choice.ts";

/** The files of a model and of what computes it, which the page fetches from its own server and brings to the worker. */

/** How much of what is needed has come. */
export interface Fetched {
  readonly bytes: number;
  readonly of: number;
}

export interface Brought {
  readonly runtime: ArrayBuffer;
  readonly files: ReadonlyMap<string, ArrayBuffer>;
}

export const modelsThere = async (token: string): Promise<CaptionShelf["models"]> =>
  (await fetchJson("/caption-models", CaptionShelf, { token })).models;

/** Fetches all that a choice needs, once: a file that was fetched stays in the browser's cache. */
export async function filesOf(
  choice: Choice,
  token: string,
  onFetched: (fetched: Fetched) => void,
  signal: AbortSignal,
): Promise<Brought> {
  const of = bytesOf(choice) + runtimeSize;
  let bytes = 0;
  const read = (response: Response) =>
    bytesIn(response, (more) => {
      bytes += more;
      onFetched({ bytes, of });
    });
  const files = choice.model.files.filter(({ path }) => choice.paths.includes(path));
  const [runtime, ...contents] = await Promise.all([
    answered(fetch(runtimeUrl, { signal })).then(read),
    ...files.map(({ sha256 }) => call(`/caption-models/${sha256}`, { token, signal }).then(read)),
  ]);
  return { runtime, files: new Map(files.map(({ path }, at) => [path, contents[at] ?? new ArrayBuffer()])) };
}

function bytesIn(response: Response, onBytes: (more: number) => void): Promise<ArrayBuffer> {
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, out) => {
      onBytes(chunk.length);
      out.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(counting) ?? null).arrayBuffer();
}
