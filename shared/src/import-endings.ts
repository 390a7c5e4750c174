/** Which files an import takes, by their endings: what the browser offers is what the server reads. */

/** Files of text, and the format that each is read as. What is `plain` is looked into. */
export const TEXT_ENDINGS = {
  yaml: "yaml",
  yml: "yaml",
  json: "json",
  jsonl: "json",
  ndjson: "json",
  csv: "csv",
  tsv: "csv",
  tab: "csv",
  md: "markdown",
  markdown: "markdown",
  txt: "plain",
  text: "plain",
} as const;

/** Files that go over as they are, byte for byte: workbooks and documents. */
const OFFICE_ENDINGS = ["xlsx", "xlsm", "docx"] as const;

const COPY = "Open it, select all, copy, and paste the text here.";
const SHEET = "Save the sheet as .xlsx or .csv, and choose that.";
const DOCUMENT = "Save it as .docx, or copy its text and paste it here.";
const PICTURE = "A picture cannot be read. Type its questions, or copy them from where the picture was made.";
const SLIDES = "Slides cannot be read. Copy their text, and paste it here.";
const ARCHIVE = "An archive cannot be read. Unpack it, and choose the files or the folder.";

/** Files that people have lists in and that cannot be read, each with what to do instead. */
const UNREADABLE: Readonly<Record<string, string>> = {
  pdf: `A PDF cannot be read reliably. ${COPY}`,
  xls: `A workbook of the old kind (.xls) cannot be read. ${SHEET}`,
  xlsb: `A binary workbook (.xlsb) cannot be read. ${SHEET}`,
  ods: `An OpenDocument sheet cannot be read. ${SHEET}`,
  numbers: `A Numbers sheet cannot be read. Export it as Excel or CSV, and choose that.`,
  doc: `A document of the old kind (.doc) cannot be read. ${DOCUMENT}`,
  odt: `An OpenDocument text cannot be read. ${DOCUMENT}`,
  pages: `A Pages document cannot be read. Export it as Word, or copy its text and paste it here.`,
  rtf: `A rich text file cannot be read. ${DOCUMENT}`,
  html: `A web page cannot be read as a file. ${COPY}`,
  htm: `A web page cannot be read as a file. ${COPY}`,
  epub: `A book cannot be read. ${COPY}`,
  apkg: "A deck of Anki cannot be read as it is. In Anki, export it as “Notes in Plain Text (.txt)”, and choose that.",
  colpkg:
    "A collection of Anki cannot be read as it is. In Anki, export a deck as “Notes in Plain Text (.txt)”, and choose that.",
  ppt: SLIDES,
  pptx: SLIDES,
  odp: SLIDES,
  key: SLIDES,
  png: PICTURE,
  jpg: PICTURE,
  jpeg: PICTURE,
  gif: PICTURE,
  webp: PICTURE,
  heic: PICTURE,
  tif: PICTURE,
  tiff: PICTURE,
  bmp: PICTURE,
  svg: PICTURE,
  zip: ARCHIVE,
  rar: ARCHIVE,
  "7z": ARCHIVE,
  gz: ARCHIVE,
  tar: ARCHIVE,
};

/** A file's ending in lower case, without the dot; `null` where it has none. */
export const endingOf = (name: string): string | null => /\.([^./\s]+)$/.exec(name)?.[1]?.toLowerCase() ?? null;

export const isTextEnding = (ending: string | null): ending is keyof typeof TEXT_ENDINGS =>
  ending !== null && Object.hasOwn(TEXT_ENDINGS, ending);

export const isOfficeEnding = (ending: string | null): boolean => OFFICE_ENDINGS.some((known) => known === ending);

/** Why files of that ending cannot be read and what to do instead, in sentences; `null` of all that nobody has lists in. */
export const whyUnreadable = (ending: string | null): string | null =>
  ending !== null && Object.hasOwn(UNREADABLE, ending) ? (UNREADABLE[ending] ?? null) : null;

/** The endings of all files that an import takes. */
export const IMPORT_ENDINGS: readonly string[] = [...Object.keys(TEXT_ENDINGS), ...OFFICE_ENDINGS];
