import { createReadStream } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { CAPTION_MODEL_PATH } from "@whetstone/shared/caption-models";
import { z } from "zod";
import type { KnownModel } from "./known.ts";
import { ModelFault } from "./model-fault.ts";

/** A file that a browser can use, as it can be had: what is said of it before it is read, and its bytes. */
export interface Offered {
  readonly path: string;
  readonly bytes: number;
  /** What the hub says it is: SHA-256 of large files, and Git's own sum of small ones. Null for a file of a folder. */
  readonly sum: { readonly by: "sha256" | "git"; readonly hex: string } | null;
  open(): Promise<Readable>;
}

/** Where a model is taken from. */
export interface Origin {
  readonly says: string;
  readonly files: readonly Offered[];
}

/** A folder with the model's files, as they are on the hub. What leads out of it, or is no file, is refused. */
export async function originInFolder(folder: string): Promise<Origin> {
  const files = [...(await filesOf(folder, "")), ...(await filesOf(folder, "onnx"))];
  return { says: folder, files };
}

async function filesOf(folder: string, within: string): Promise<Offered[]> {
  const at = join(folder, within);
  const stat = await lstat(at).catch(() => null);
  if (within !== "" && stat === null) return [];
  if (!stat?.isDirectory()) throw new ModelFault(`${at} is no folder.`);
  const files: Offered[] = [];
  for (const name of (await readdir(at)).sort()) {
    const path = within === "" ? name : `${within}/${name}`;
    if (!CAPTION_MODEL_PATH.test(path)) continue;
    const full = join(at, name);
    const one = await lstat(full);
    if (one.isSymbolicLink()) throw new ModelFault(`${full} is a link to another place. Bring the file itself.`);
    if (!one.isFile()) throw new ModelFault(`${full} is no file.`);
    files.push({ path, bytes: one.size, sum: null, open: async () => createReadStream(full) });
  }
  return files;
}

const PATIENCE_MS = 600_000;

const Revision = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) });
const Tree = z.array(
  z.looseObject({
    type: z.string(),
    path: z.string(),
    size: z.int().nonnegative(),
    oid: z.string(),
    lfs: z.looseObject({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().nonnegative() }).optional(),
  }),
);

/** A model on the hub, as it is there just now: its list and its files are of one revision. */
export async function originOnHub({ name, repository }: KnownModel, hub: string): Promise<Origin> {
  const api = `${hub}/api/models/${repository}`;
  const { sha } = Revision.parse(await json(`${api}/revision/main`, name));
  const tree = Tree.parse(await json(`${api}/tree/${sha}?recursive=true`, name));
  const files = tree.flatMap(({ type, path, size, oid, lfs }): Offered[] =>
    type !== "file" || !CAPTION_MODEL_PATH.test(path)
      ? []
      : [
          {
            path,
            bytes: lfs?.size ?? size,
            sum: lfs ? { by: "sha256", hex: lfs.oid } : { by: "git", hex: oid },
            open: () => streamed(`${hub}/${repository}/resolve/${sha}/${path}`, name),
          },
        ],
  );
  return { says: `${hub}/${repository}, revision ${sha}`, files };
}

const json = async (address: string, name: string): Promise<unknown> => (await fetched(address, name)).json();

async function streamed(address: string, name: string): Promise<Readable> {
  const { body } = await fetched(address, name);
  if (!body) throw unfetched(address, name, "it answered nothing");
  return Readable.fromWeb(body as ReadableStream<Uint8Array>);
}

async function fetched(address: string, name: string): Promise<Response> {
  const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((error: unknown) => {
    throw unfetched(address, name, error instanceof Error ? error.message : String(error));
  });
  if (!response.ok) throw unfetched(address, name, `it answered ${response.status}`);
  return response;
}

const unfetched = (address: string, name: string, reason: string): ModelFault =>
  new ModelFault(
    `${address} could not be fetched: ${reason}.\nWhere this machine has no network, download the model's files somewhere, bring their folder here and run \`npm run caption-models -- ${name} --from FOLDER\`.`,
  );
