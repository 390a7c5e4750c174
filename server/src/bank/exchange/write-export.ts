import type { Kit, Pack, Question } from "@whetstone/shared/bank";
import type { ExportQuery } from "@whetstone/shared/bank-wire";
import { inOrder, type PackContents, type Prompt, promptsOf } from "./contents.ts";
import { FILE_VERSION } from "./recognise.ts";
import { slugOf } from "./slug.ts";
import { csvOfPrompts, csvOfQuestions } from "./write-csv.ts";
import { markdownOfPack, markdownOfPrompts } from "./write-markdown.ts";
import { yamlOfPack, yamlOfPrompts, zipOfPack, zipOfPrompts } from "./write-yaml.ts";

export interface Exported {
  /** A file name that is safe on every system. */
  readonly name: string;
  readonly mediaType: string;
  readonly body: string | Uint8Array;
}

interface Writer {
  readonly ending: string;
  readonly mediaType: string;
  readonly panel: (contents: PackContents) => string | Uint8Array;
  /** Is given nothing but prompts, so that nothing else can get out. */
  readonly candidate: (prompts: readonly Prompt[]) => string | Uint8Array;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const WRITERS: Readonly<Record<ExportQuery["format"], Writer>> = {
  yaml: { ending: "yaml", mediaType: "application/yaml; charset=utf-8", panel: yamlOfPack, candidate: yamlOfPrompts },
  "yaml-folder": { ending: "zip", mediaType: "application/zip", panel: zipOfPack, candidate: zipOfPrompts },
  json: {
    ending: "json",
    mediaType: "application/json; charset=utf-8",
    panel: (contents) => json({ whetstone: FILE_VERSION, ...inOrder(contents) }),
    candidate: (prompts) => json({ questions: prompts }),
  },
  csv: {
    ending: "csv",
    mediaType: "text/csv; charset=utf-8",
    panel: ({ questions }) => csvOfQuestions(questions),
    candidate: csvOfPrompts,
  },
  markdown: {
    ending: "md",
    mediaType: "text/markdown; charset=utf-8",
    panel: markdownOfPack,
    candidate: markdownOfPrompts,
  },
};

/**
 * Writes a pack with its questions and kits as a file. For the panel it is whole, and all formats come back
 * unchanged through `readImport` (CSV holds the questions alone). For a candidate it holds prompts, topics, levels
 * and minutes, and of a workspace what a candidate may see; nothing else.
 */
export function writeExport(
  pack: Pack,
  questions: readonly Question[],
  kits: readonly Kit[],
  { format, audience }: Pick<ExportQuery, "format" | "audience">,
): Exported {
  const { ending, mediaType, panel, candidate } = WRITERS[format];
  const contents: PackContents = { pack, questions, kits };
  const stem = slugOf(pack.id, "pack");
  return audience === "panel"
    ? { name: `${stem}.${ending}`, mediaType, body: panel(contents) }
    : { name: `${stem}-prompts.${ending}`, mediaType, body: candidate(promptsOf(contents)) };
}
