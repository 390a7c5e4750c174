import type { ImportRequest } from "@whetstone/shared/bank-wire";

/** Reading the files that somebody chose or dropped. They are read in the browser, and go to the server as text. */

export type ImportFile = ImportRequest["files"][number];

/** How large all files of one import may be together, in bytes. */
const IMPORT_BYTES = 10 * 1024 * 1024;

const ENDINGS = ["yaml", "yml", "json", "csv", "md", "markdown", "txt"] as const;

/** For a file field: the endings of what can be read. */
export const ACCEPTED = ENDINGS.map((ending) => `.${ending}`).join(",");

/** A file with its path below what was chosen. */
export interface ChosenFile {
  readonly name: string;
  readonly file: Blob;
}

export type Read =
  | { readonly kind: "read"; readonly files: readonly ImportFile[]; readonly ignored: readonly string[] }
  | { readonly kind: "refused"; readonly sentence: string };

/** Whether a file can hold questions, by its name; hidden files never do. */
export function isReadable(name: string): boolean {
  const hidden = name.split("/").some((part) => part.startsWith("."));
  return !hidden && ENDINGS.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
}

/** The texts of the files, or why they cannot be taken. Files of other kinds, as they lie in a folder too, are named and left out. */
export async function readFiles(chosen: readonly ChosenFile[]): Promise<Read> {
  const readable = chosen.filter(({ name }) => isReadable(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const ignored = chosen.filter(({ name }) => !isReadable(name)).map(({ name }) => name);
  if (readable.length === 0) {
    return refused(`There is nothing to import in there. Choose files that end in ${ENDINGS.join(", ")}.`);
  }
  const bytes = readable.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes > IMPORT_BYTES) return tooLarge(bytes);
  const files: ImportFile[] = [];
  for (const { name, file } of readable) {
    const text = decoded(await file.arrayBuffer());
    if (text === null) return refused(`${name} is not text in UTF-8. Save it as UTF-8 and choose it again.`);
    files.push({ name, text });
  }
  return { kind: "read", files, ignored };
}

/** A text that was pasted instead. All of it is taken or nothing. */
export function readPasted(text: string): Read {
  if (text.trim() === "") return { kind: "read", files: [], ignored: [] };
  const bytes = new Blob([text]).size;
  return bytes > IMPORT_BYTES ? tooLarge(bytes) : { kind: "read", files: [pastedFile(text)], ignored: [] };
}

const tooLarge = (bytes: number): Read =>
  refused(`That is ${megabytes(bytes)} MB; an import takes at most 10 MB. Divide it into several.`);

const refused = (sentence: string): Read => ({ kind: "refused", sentence });
const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

function decoded(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What was chosen in a file field, a folder's files with their paths. */
export const filesOfList = (list: FileList): ChosenFile[] =>
  [...list].map((file) => ({ name: file.webkitRelativePath || file.name, file }));

/** What was dropped, with everything in dropped folders. */
export async function filesOfDrop(transfer: DataTransfer): Promise<ChosenFile[]> {
  // The entries must be taken at once: after the first pause the browser has emptied the transfer.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (await Promise.all(entries.map(filesBelow))).flat();
}

async function filesBelow(entry: FileSystemEntry): Promise<ChosenFile[]> {
  const name = entry.fullPath.replace(/^\//, "");
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ name, file }];
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const children = await childrenOf(entry.createReader());
  return (await Promise.all(children.map(filesBelow))).flat();
}

/** A reader gives some entries at a time, and none when it has given all. */
async function childrenOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  return some.length === 0 ? [] : [...some, ...(await childrenOf(reader))];
}

/** The file that a pasted text stands for. Its ending follows from how the text begins. */
export function pastedFile(text: string): ImportFile {
  const start = text.trimStart();
  if (/^[[{]/.test(start)) return { name: "pasted.json", text };
  if (/^(---\s|id:|title:|"?\$?schema)/.test(start)) return { name: "pasted.yaml", text };
  const header = start.split(/\r?\n/, 1)[0] ?? "";
  const columns = header.split(/[,;\t]/).map((column) => column.trim().replace(/^"|"$/g, "").toLowerCase());
  if (columns.length > 1 && columns.some((column) => column === "title" || column === "prompt")) {
    return { name: "pasted.csv", text };
  }
  return { name: "pasted.md", text };
}
