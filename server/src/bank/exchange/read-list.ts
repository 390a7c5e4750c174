import type { ImportCorrection } from "@whetstone/shared/bank-wire";
import { fitted } from "./fit.ts";
import type { ImportFile } from "./parsed.ts";
import type { RawImport } from "./raw.ts";
import { readMarkdown } from "./read-markdown.ts";

/** Reads a list in words; what it joins is as long as the bank has room for. */
export const readList = (file: ImportFile, corrections: readonly ImportCorrection[]): RawImport =>
  fitted(readMarkdown(file, corrections));
