import { type UnzipFileInfo, unzipSync, zipSync } from "fflate";

/** The parts of an office file, which is an archive. */
export interface Archive {
  readonly names: ReadonlySet<string>;
  readonly bytes: Uint8Array;
}

const MOST_PARTS = 10_000;

/** The archive by its table of contents, unpacking nothing; `null` where it is none or is damaged. */
export function archiveOf(bytes: Uint8Array): Archive | null {
  const names = new Set<string>();
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        if (names.size < MOST_PARTS) names.add(name);
        return false;
      },
    });
  } catch {
    return null;
  }
  return { names, bytes };
}

/**
 * The parts that are wanted, unpacked: each as large as the archive says and no larger, all of them together at most `most` bytes.
 * `too large` or `damaged` where they cannot be had.
 */
export function unpacked(
  { bytes }: Archive,
  isWanted: (name: string) => boolean,
  most: number,
): Record<string, Uint8Array> | "too large" | "damaged" {
  let size = 0;
  const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (!isWanted(name)) return false;
    size += originalSize;
    return size <= most;
  };
  try {
    const parts = unzipSync(bytes, { filter });
    if (size > most) return "too large";
    return parts;
  } catch {
    return "damaged";
  }
}

/** The parts as an archive of their own, not compressed: what reads it gets nothing that was not looked at. */
export const packedAgain = (parts: Readonly<Record<string, Uint8Array>>): Uint8Array => zipSync(parts, { level: 0 });
