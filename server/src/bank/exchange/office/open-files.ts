import type { ImportRequest } from "@whetstone/shared/bank-wire";
import { endingOf, isOfficeEnding, whyUnreadable } from "@whetstone/shared/import-endings";
import { IMPORT_BYTES } from "../parsed.ts";
import { type OpenedFile, tooManyBytes } from "../read-import.ts";
import { type Archive, archiveOf, unpacked } from "./archive.ts";
import { documentOf } from "./document.ts";
import { farCell, workbookOf } from "./workbook.ts";

type SentFile = ImportRequest["files"][number];

/** Opens what came as bytes. What it is, its bytes say, and its ending only where they say nothing. */
export async function openFiles(files: readonly SentFile[]): Promise<OpenedFile[]> {
  const opened: OpenedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if ("text" in file) opened.push(file);
    else {
      const content = Buffer.from(file.base64, "base64");
      bytes += content.byteLength;
      const why = bytes > IMPORT_BYTES ? `the import has ${tooManyBytes(bytes)}` : null;
      opened.push(why === null ? await openFile(file.name, content) : { name: file.name, why });
    }
  }
  return opened;
}

const DAMAGED =
  "is damaged and cannot be opened. Open it in the program that it was made with, save it again, and choose it again";
const TOO_LARGE = "holds more than an import can take once it is unpacked. Divide it into several";
const LOCKED =
  "is protected by a password. Take the password off in the program that it was made with, save it, and choose it again";
const tooFar = (cell: string): string =>
  `has a cell far away from its table (${cell}). Delete the empty rows and columns around the table, save it, and choose it again`;
const UNKNOWN = "is no workbook and no document that can be read. Copy its text, and paste it here";

async function openFile(name: string, bytes: Buffer): Promise<OpenedFile> {
  const because = (why: string): OpenedFile => ({ name, why });
  const ending = endingOf(name);
  if (startsWith(bytes, OLE)) {
    if (bytes.includes(ENCRYPTED)) return because(LOCKED);
    const old = ending === "xls" || (ending ?? "").startsWith("xl") ? "xls" : (ending ?? "");
    return because(whyUnreadable(old) ?? whyUnreadable(bytes.includes(BOOK) ? "xls" : "doc") ?? UNKNOWN);
  }
  if (!startsWith(bytes, ZIP)) {
    const found = SIGNATURES.find(([signature]) => startsWith(bytes, signature));
    return because(
      whyUnreadable(found?.[1] ?? null) ?? whyUnreadable(ending) ?? (isOfficeEnding(ending) ? DAMAGED : UNKNOWN),
    );
  }
  const archive = archiveOf(bytes);
  if (archive === null) return because(DAMAGED);
  const isBook = archive.names.has("xl/workbook.xml");
  if (!isBook && !archive.names.has("word/document.xml")) {
    return because(whyUnreadable(kindOf(archive, ending)) ?? UNKNOWN);
  }
  const parts = isBook ? unpacked(archive, isOfBook, BOOK_BYTES) : unpacked(archive, isOfDocument, DOCUMENT_BYTES);
  if (parts === "too large") return because(TOO_LARGE);
  if (parts === "damaged") return because(DAMAGED);
  const far = isBook ? farCell(parts) : null;
  if (far !== null) return because(tooFar(far));
  try {
    return isBook ? await workbookOf(name, parts) : await documentOf(name, parts);
  } catch {
    // Whatever a library finds in a file that it cannot read: the file is not as its kind should be.
    return because(DAMAGED);
  }
}

/**
 * How much may be in there once it is unpacked: far more than ten thousand questions need. Reading a document takes sixty times its size in
 * memory, and a second for each two megabytes; a workbook takes a sixth of that.
 */
const DOCUMENT_BYTES = 8 * 1024 * 1024;
const BOOK_BYTES = 24 * 1024 * 1024;

/** Texts and what they are built with, and no pictures, fonts or programs. */
const isOfBook = (name: string): boolean =>
  /\.(?:xml|rels)$/i.test(name) && !/^xl\/(?:drawings|media|charts|pivot|theme)/.test(name);
const isOfDocument = (name: string): boolean =>
  /\.(?:xml|rels)$/i.test(name) && !/^word\/(?:media|theme|fonts|charts)/.test(name);

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const ENCRYPTED = Buffer.from("EncryptedPackage", "utf16le");
const BOOK = Buffer.from("Workbook", "utf16le");
const SIGNATURES: readonly (readonly [readonly number[], string])[] = [
  [[0x25, 0x50, 0x44, 0x46], "pdf"],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], "rtf"],
  [[0x89, 0x50, 0x4e, 0x47], "png"],
  [[0xff, 0xd8, 0xff], "jpg"],
  [[0x47, 0x49, 0x46, 0x38], "gif"],
  [[0x52, 0x61, 0x72, 0x21], "rar"],
  [[0x37, 0x7a, 0xbc, 0xaf], "7z"],
  [[0x1f, 0x8b], "gz"],
];

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

/** The ending that an archive should have by what is in it. */
function kindOf({ names }: Archive, ending: string | null): string {
  const has = (pattern: RegExp) => [...names].some((name) => pattern.test(name));
  if (has(/^xl\/workbook\.bin$/)) return "xlsb";
  if (has(/^ppt\//)) return "pptx";
  if (has(/^collection\.anki/)) return ending === "colpkg" ? "colpkg" : "apkg";
  if (has(/\.iwa$|^index\.(?:xml|apxl)(?:\.gz)?$/i)) return ending === "numbers" || ending === "key" ? ending : "pages";
  if (has(/^META-INF\/container\.xml$/)) return "epub";
  if (has(/^META-INF\/manifest\.xml$/) && has(/^content\.xml$/))
    return ending === "ods" || ending === "odp" ? ending : "odt";
  return whyUnreadable(ending) === null ? "zip" : (ending ?? "zip");
}
