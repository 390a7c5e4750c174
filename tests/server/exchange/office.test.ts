import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { openFiles } from "../../../server/src/bank/exchange/office/open-files.ts";
import {
  BOLD,
  documentParts,
  HIDDEN,
  heading,
  item,
  paragraph,
  run,
  table,
  wordDocument,
  workbook,
} from "../../support/office-files.ts";
import { readBytes, readText, refusals } from "./samples.ts";

const RED = "Why is copper red?";
const BLUE = "It absorbs blue.";
const ALLOY = "What is an alloy?";

describe("a workbook", () => {
  test("is read sheet by sheet, each as a table, with its name for a topic where it has none", async () => {
    const bytes = await workbook({
      Metals: [
        ["Our list"],
        ["Id", "Question", "Answer", "Since", "Sure"],
        [1, RED, BLUE, new Date(0), true],
        [],
        [2, ALLOY, "Two\nlines", null, null],
      ],
      Sheet2: [
        ["Category", "question"],
        ["Ships", "What is a keel?"],
      ],
      "Read me": [["This is our list."], ["Ask kindly."]],
    });
    const parsed = await readBytes("folder/list.xlsx", bytes);
    expect(refusals(parsed)).toEqual([]);
    expect(
      parsed.questions.map(({ at, draft }) => [at.file, at.line, draft.prompt, draft.strongAnswer, draft.topic]),
    ).toEqual([
      ["folder/list.xlsx, Metals", 3, RED, [BLUE, "Since: 1970-01-01", "Sure: true"], "metals"],
      ["folder/list.xlsx, Metals", 5, ALLOY, ["Two\nlines"], "metals"],
      ["folder/list.xlsx, Sheet2", 2, "What is a keel?", [], "ships"],
    ]);
    expect(parsed.passedOver.map(({ at, message }) => `${at.file}:${at.line} ${message.slice(0, 40)}`)).toEqual([
      "folder/list.xlsx, Metals:1 This row stands above the names of the c",
      "folder/list.xlsx, Metals:2 The column “Id” only numbers the rows, a",
      "folder/list.xlsx, Read me:1 This sheet was left out: none of the col",
    ]);
  });

  test("of our own columns is read as our own", async () => {
    const bytes = await workbook({
      Sheet1: [
        ["title", "prompt", "hints", "level"],
        ["Red", RED, "One.\nTwo.", "advanced"],
      ],
    });
    expect((await readBytes("a.xlsx", bytes)).questions[0]?.draft).toMatchObject({
      title: "Red",
      hints: ["One.", "Two."],
      level: "advanced",
      topic: "",
    });
  });

  test("without any question is refused once a sheet, at its names", async () => {
    const bytes = await workbook({
      People: [
        ["Name", "Mail"],
        ["Ada", "a@example.org"],
      ],
    });
    expect(refusals(await readBytes("a.xlsx", bytes))).toEqual([
      expect.stringMatching(
        /^a\.xlsx, People:1: none of the columns is called as a question is: there are “Name”, “Mail”/,
      ),
    ]);
  });

  test("with a cell far away is refused before a grid is made up to it", async () => {
    const parts = unzipSync(await workbook({ Metals: [["Question"], [RED]] }));
    const sheet = Object.keys(parts).find((name) => name.startsWith("xl/worksheets/sheet")) ?? "";
    const far = `<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>`;
    const changed = strToU8(strFromU8(parts[sheet] ?? new Uint8Array()).replace("</sheetData>", far));
    expect(refusals(await readBytes("a.xlsx", zipSync({ ...parts, [sheet]: changed })))).toEqual([
      expect.stringContaining("a.xlsx:1: has a cell far away from its table (XFD1048576)"),
    ]);
  });
});

describe("a document", () => {
  test("is read as the list that it holds: headings, nested items, labels in bold, code", async () => {
    const body =
      heading("Metals", 1) +
      item(run(RED)) +
      item(run("Answer: ", BOLD) + run("It absorbs "), 1).replace("</w:p>", `${run("blue", BOLD)}${run(".")}</w:p>`) +
      item(run("Hint: look."), 1) +
      item(run(ALLOY)) +
      heading("Ships", 1) +
      paragraph(run("What does this print?")) +
      paragraph(run("x = [1]"), `<w:pStyle w:val="Code"/>`) +
      paragraph(run("  print(x)"), `<w:pStyle w:val="Code"/>`);
    const parsed = await readBytes("list.docx", wordDocument(body));
    expect(refusals(parsed)).toEqual([]);
    expect(parsed.questions.map(({ draft }) => [draft.prompt, draft.topic])).toEqual([
      [RED, "metals"],
      [ALLOY, "metals"],
      ["What does this print?\n\n```\nx = [1]\n  print(x)\n```", "ships"],
    ]);
    expect(parsed.questions[0]?.draft).toMatchObject({ strongAnswer: ["It absorbs **blue**."], hints: ["look."] });
  });

  test("hands a table on as one of Markdown, and shows nothing of its answers", async () => {
    const [opened] = await openFiles([
      {
        name: "a.docx",
        base64: Buffer.from(
          wordDocument(
            table([
              ["Question", "Answer"],
              [RED, "a | b"],
            ]),
          ),
        ).toString("base64"),
      },
    ]);
    expect(opened).toMatchObject({ text: `| Question | Answer |\n| --- | --- |\n| ${RED} | a \\| b |` });
  });

  test("shows nothing that its writer has hidden, and names it", async () => {
    const body = item(run(RED) + run(` ${BLUE}`, HIDDEN)) + item(run(ALLOY));
    const parsed = await readBytes("list.docx", wordDocument(body));
    expect(parsed.questions.map(({ draft }) => draft.prompt)).toEqual([RED, ALLOY]);
    expect(parsed.passedOver.map(({ message }) => message)).toEqual([`Hidden text was left out: “${BLUE}”`]);
  });
});

describe("what cannot be read is refused by its name, with what to do instead", () => {
  const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  const bytesOf = (...parts: (string | readonly number[] | Buffer)[]): Uint8Array =>
    Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
  const zipOf = (...names: string[]): Uint8Array =>
    zipSync(Object.fromEntries(names.map((name) => [name, strToU8("x")])));

  test.each<[string, string, Uint8Array, RegExp]>([
    [
      "a PDF",
      "a.pdf",
      bytesOf("%PDF-1.7"),
      /^A PDF cannot be read reliably\. Open it, select all, copy, and paste the text here\.$/,
    ],
    ["a PDF that is called a document", "a.docx", bytesOf("%PDF-1.7"), /^A PDF cannot be read/],
    [
      "an old workbook",
      "a.xls",
      bytesOf(OLE, Buffer.from("Workbook", "utf16le")),
      /\.xls\) cannot be read\. Save the sheet as \.xlsx/,
    ],
    [
      "an old document",
      "a.doc",
      bytesOf(OLE, Buffer.from("WordDocument", "utf16le")),
      /\.doc\) cannot be read\. Save it as \.docx/,
    ],
    ["an old workbook that is called a new one", "a.xlsx", bytesOf(OLE), /\.xls\) cannot be read/],
    [
      "one with a password",
      "a.xlsx",
      bytesOf(OLE, Buffer.from("EncryptedPackage", "utf16le")),
      /^is protected by a password\. Take/,
    ],
    [
      "an OpenDocument text",
      "a.odt",
      zipOf("mimetype", "content.xml", "META-INF/manifest.xml"),
      /OpenDocument text .* Save it as \.docx/,
    ],
    [
      "an OpenDocument sheet",
      "a.ods",
      zipOf("mimetype", "content.xml", "META-INF/manifest.xml"),
      /OpenDocument sheet .* \.xlsx or \.csv/,
    ],
    ["slides", "a.pptx", zipOf("ppt/presentation.xml"), /^Slides cannot be read/],
    ["a deck", "a.apkg", zipOf("collection.anki2", "media"), /In Anki, export it as “Notes in Plain Text/],
    ["a Pages document", "a.pages", zipOf("Index/Document.iwa"), /^A Pages document .* Export it as Word/],
    ["an archive", "a.zip", zipOf("list.md"), /^An archive cannot be read\. Unpack it/],
    ["an archive that is called a document", "a.docx", zipOf("list.md"), /^An archive cannot be read/],
    ["rich text", "a.rtf", bytesOf("{\\rtf1 x}"), /^A rich text file .* Save it as \.docx/],
    ["a picture", "a.png", bytesOf([0x89, 0x50, 0x4e, 0x47]), /^A picture cannot be read/],
    [
      "a damaged document",
      "a.docx",
      wordDocument(item(run(RED))).slice(0, 300),
      /^is damaged and cannot be opened\. Open it/,
    ],
    ["a document that is none", "a.docx", bytesOf("words"), /^is damaged/],
    ["a document without its text", "a.docx", zipSync({ "word/document.xml": strToU8("<w:") }), /^is damaged/],
    ["nothing", "a.xlsx", new Uint8Array(), /^is damaged/],
    ["what nobody knows", "a.bin", bytesOf([1, 2, 3]), /^is no workbook and no document/],
  ])("%s", async (_, name, bytes, message) => {
    const parsed = await readBytes(name, bytes);
    expect(parsed.questions).toEqual([]);
    expect(parsed.refused).toEqual([
      { at: { file: name, line: 1 }, field: "", message: expect.stringMatching(message) },
    ]);
  });

  test.each(["a.pdf", "a.html", "a.odt", "a.pages"])("also where %s comes as a text", (name) => {
    expect(refusals(readText(name, "- Why?"))).toEqual([expect.stringMatching(/:1: An? .* cannot be read/)]);
  });

  test("a file that holds very much once it is unpacked", async () => {
    const parts = documentParts(item(run("a".repeat(9 * 1024 * 1024))));
    const bytes = zipSync(parts);
    expect(bytes.length).toBeLessThan(100_000);
    expect(refusals(await readBytes("a.docx", bytes))).toEqual([
      "a.docx:1: holds more than an import can take once it is unpacked. Divide it into several",
    ]);
  });

  test("a file that says it holds little and holds very much", async () => {
    const bytes = Buffer.from(zipSync({ "word/document.xml": new Uint8Array(200 * 1024 * 1024) }));
    // The size that the table of contents gives: what is unpacked is no more than that.
    const entry = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt32LE(1_000, entry + 24);
    bytes.writeUInt32LE(1_000, 22);
    expect(refusals(await readBytes("a.docx", bytes))).toEqual([expect.stringContaining("a.docx:1: is damaged")]);
  });

  test("files that are too large together", async () => {
    const base64 = Buffer.alloc(6 * 1024 * 1024).toString("base64");
    const opened = await openFiles([
      { name: "a.docx", base64 },
      { name: "b.docx", base64 },
    ]);
    expect(opened[1]).toEqual({ name: "b.docx", why: "the import has 12 MB; at most 10 MB are possible" });
  });
});
