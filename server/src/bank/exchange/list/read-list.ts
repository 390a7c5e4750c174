import type { ImportCorrection } from "@whetstone/shared/bank-wire";
import { fitted } from "../fit.ts";
import { isOwnMarkdown } from "../own-markdown/parts.ts";
import type { ImportFile } from "../parsed.ts";
import type { RawImport } from "../raw.ts";
import { readOwnMarkdown } from "../read-own-markdown.ts";
import { readMarkdown } from "./read-markdown.ts";

/** Reads what was exported from here as it was written, and a list in words as it can be; what that joins is as long as the bank has room for. */
export const readList = (file: ImportFile, corrections: readonly ImportCorrection[]): RawImport =>
  isOwnMarkdown(file.text) ? readOwnMarkdown(file) : fitted(readMarkdown(file, corrections));
