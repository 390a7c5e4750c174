import type { ImportRequest } from "@whetstone/shared/bank-wire";
import {
  endingOf,
  IMPORT_ENDINGS,
  isOfficeEnding,
  isTextEnding,
  whyUnreadable,
} from "@whetstone/shared/import-endings";

/** Reading the files that somebody chose or dropped. Texts are read in the browser; workbooks and documents go to the server as they are. */

export type ImportFile = ImportRequest["files"][number];

/** How large all files of one import may be together, in bytes. */
const IMPORT_BYTES = 10 * 1024 * 1024;

/** For a file field: the endings of what can be read. */
export const ACCEPTED = IMPORT_ENDINGS.map((ending) => `.${ending}`).join(",");

/** A file with its path below what was chosen. */
export interface ChosenFile {
  readonly name: string;
  readonly file: Blob;
}

export type Read =
  /** `ignored` says of what is not taken why, in sentences. */
  | { readonly kind: "read"; readonly files: readonly ImportFile[]; readonly ignored: readonly string[] }
  | { readonly kind: "refused"; readonly sentence: string };

const isHidden = (name: string): boolean => name.split("/").some((part) => part.startsWith("."));

/** Whether a file can hold questions, by its name; hidden files never do. */
export function isReadable(name: string): boolean {
  const ending = endingOf(name);
  return !isHidden(name) && (isTextEnding(ending) || isOfficeEnding(ending));
}

/** The files as they are sent, or why they cannot be taken. Files of other kinds, as they lie in a folder too, are named and left out. */
export async function readFiles(chosen: readonly ChosenFile[]): Promise<Read> {
  const readable = chosen.filter(({ name }) => isReadable(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const ignored = ignoredWords(chosen.filter(({ name }) => !isReadable(name)).map(({ name }) => name));
  if (readable.length === 0) {
    const why = ignored.filter((sentence) => !sentence.startsWith(NO_QUESTIONS));
    if (why.length > 0) return refused(why.join(" "));
    return refused(`There is nothing to import in there. Choose files that end in ${IMPORT_ENDINGS.join(", ")}.`);
  }
  const bytes = readable.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes > IMPORT_BYTES) return tooLarge(bytes);
  const files: ImportFile[] = [];
  for (const { name, file } of readable) {
    const content = new Uint8Array(await file.arrayBuffer());
    // What is no text by its first bytes has a wrong ending: the server says what it is.
    if (isOfficeEnding(endingOf(name)) || isOfBytes(content)) files.push({ name, base64: base64Of(content) });
    else {
      const text = decoded(content);
      if (text === null) return refused(`${name} is not text in UTF-8. Save it as UTF-8 and choose it again.`);
      files.push({ name, text });
    }
  }
  return { kind: "read", files, ignored };
}

/** A text that was pasted instead. All of it is taken or nothing; what it is, the server finds out. */
export function readPasted(text: string): Read {
  if (text.trim() === "") return { kind: "read", files: [], ignored: [] };
  const bytes = new Blob([text]).size;
  return bytes > IMPORT_BYTES ? tooLarge(bytes) : { kind: "read", files: [{ name: "pasted.txt", text }], ignored: [] };
}

const tooLarge = (bytes: number): Read =>
  refused(`That is ${megabytes(bytes)} MB; an import takes at most 10 MB. Divide it into several.`);

const refused = (sentence: string): Read => ({ kind: "refused", sentence });
const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

const NO_QUESTIONS = "Left out, as they are no questions: ";

/** What is said of files that cannot be read: of each kind that people have lists in what to do instead, of all others their names. */
function ignoredWords(names: readonly string[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const name of names) {
    const reason = (isHidden(name) ? null : whyUnreadable(endingOf(name))) ?? "";
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  return [...byReason].map(([reason, files]) =>
    reason === "" ? `${NO_QUESTIONS}${listed(files)}.` : `${listed(files)}: ${reason}`,
  );
}

/** The first names, and how many more there are. */
export const listed = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;

/** How an archive, an old office file and a PDF begin. */
const SIGNATURES = ["PK\u0003\u0004", "\u00d0\u00cf\u0011\u00e0", "%PDF"];

const isOfBytes = (bytes: Uint8Array): boolean => SIGNATURES.includes(String.fromCharCode(...bytes.subarray(0, 4)));

/** The text in UTF-8, or in what its mark says that it is; `null` where it is neither. */
function decoded(bytes: Uint8Array<ArrayBuffer>): string | null {
  const mark = `${bytes[0] ?? ""},${bytes[1] ?? ""}`;
  const encoding = mark === "255,254" ? "utf-16le" : mark === "254,255" ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** So many bytes at a time: a function takes only so many arguments. */
const AT_ONCE = 32_768;

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += AT_ONCE) {
    parts.push(String.fromCharCode(...bytes.subarray(from, from + AT_ONCE)));
  }
  return btoa(parts.join(""));
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
