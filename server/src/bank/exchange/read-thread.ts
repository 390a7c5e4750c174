import "../../threads/background.ts";
import type { ImportFile, Parsed } from "./parsed.ts";
import { readImport } from "./read-import.ts";

export default ({ files, today }: { readonly files: readonly ImportFile[]; readonly today: string }): Parsed =>
  readImport(files, { today });
