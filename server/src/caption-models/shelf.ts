import { lstat, readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { CaptionShelf } from "@whetstone/shared/caption-models";

/** In the folder of models, the list of those that are there. */
export const LIST = "models.json";

/**
 * The speech models that were put into a folder. The list is read whenever it is asked for, so that a model that is added is there without a
 * new start.
 */
export class CaptionModelShelf {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async list(): Promise<CaptionShelf> {
    const text = await readFile(join(this.folder, LIST), "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    return text === null ? { models: [] } : CaptionShelf.parse(JSON.parse(text));
  }

  /**
   * The path within the folder of the file with that hash; null where there is none. What was changed since, by its length, is none, and
   * nothing that leads elsewhere: a browser would keep it for ever.
   */
  async pathOf(sha256: string): Promise<string | null> {
    const { models } = await this.list();
    for (const { name, files } of models) {
      const found = files.find((file) => file.sha256 === sha256);
      if (!found) continue;
      const path = join(name, ...found.path.split("/"));
      const isAsListed = await isOwnFile(this.folder, path, found.bytes);
      if (isAsListed) return path.split(sep).join("/");
    }
    return null;
  }
}

async function isOwnFile(folder: string, path: string, bytes: number): Promise<boolean> {
  try {
    const full = join(folder, path);
    const stat = await lstat(full);
    return stat.isFile() && stat.size === bytes && (await realpath(full)) === join(await realpath(folder), path);
  } catch {
    return false;
  }
}
