import { strToU8, zipSync } from "fflate";
import writeExcelFile from "write-excel-file/node";

/** Workbooks and documents as people have them. */

type Sheets = Readonly<Record<string, readonly (readonly (string | number | boolean | Date | null)[])[]>>;

export async function workbook(sheets: Sheets): Promise<Uint8Array> {
  const written = Object.entries(sheets).map(([sheet, rows]) => ({
    sheet,
    data: rows.map((row) =>
      row.map((value) =>
        value instanceof Date ? { value, type: Date, format: "yyyy-mm-dd" } : value === null ? null : { value },
      ),
    ),
  }));
  return new Uint8Array(await writeExcelFile(written).toBuffer());
}

const MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** A run of text; `properties` are its formatting, as XML. */
export const run = (text: string, properties = ""): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
export const BOLD = "<w:b/>";
export const HIDDEN = "<w:vanish/>";

export const paragraph = (runs: string, properties = ""): string => `<w:p><w:pPr>${properties}</w:pPr>${runs}</w:p>`;
export const heading = (text: string, level: number): string =>
  paragraph(run(text), `<w:pStyle w:val="Heading${level}"/>`);
/** An item of a numbered list, or below it of one with bullets. */
export const item = (runs: string, depth = 0): string =>
  paragraph(runs, `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="1"/></w:numPr>`);
export const table = (rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph(run(cell))}</w:tc>`).join("")}</w:tr>`).join("")}</w:tbl>`;

export const documentParts = (body: string): Record<string, Uint8Array> => ({
  "[Content_Types].xml": strToU8(
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/></Types>`,
  ),
  "_rels/.rels": strToU8(
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
  ),
  "word/_rels/document.xml.rels": strToU8(
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/styles" Target="styles.xml"/>` +
      `<Relationship Id="r2" Type="${OFFICE}/numbering" Target="numbering.xml"/></Relationships>`,
  ),
  "word/styles.xml": strToU8(
    `<w:styles xmlns:w="${MAIN}">${[1, 2].map((level) => `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`).join("")}` +
      `<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="Code"/></w:style></w:styles>`,
  ),
  "word/numbering.xml": strToU8(
    `<w:numbering xmlns:w="${MAIN}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>` +
      `<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
  ),
  "word/document.xml": strToU8(`<w:document xmlns:w="${MAIN}"><w:body>${body}</w:body></w:document>`),
});

export const wordDocument = (body: string): Uint8Array => zipSync(documentParts(body));
