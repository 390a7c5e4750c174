import mammoth from "mammoth";
import { markdownOfHtml } from "../html-text.ts";
import type { OpenedDocument } from "../read-import.ts";

/** Styles that mean code, which a document has no other sign for. */
const STYLES = [
  "p[style-name='Code'] => pre:separator('\\n')",
  "p[style-name='Source Code'] => pre:separator('\\n')",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Preformatted Text'] => pre:separator('\\n')",
  "r[style-name='Source Code Char'] => code",
  "r[style-name='Verbatim Char'] => code",
  "r[style-name='HTML Code'] => code",
  "p[style-name='Title'] => h1:fresh",
  "i => span",
];

const NOTE = /<li id="(?:footnote|endnote)-\d+">([\s\S]*?)<\/li>/g;
const QUOTED = 900;

/** A document (`.docx`) as the Markdown of a list. Its notes stand outside its text and belong to no question. Throws whatever is wrong in it. */
export async function documentOf(name: string, bytes: Buffer): Promise<OpenedDocument> {
  let pictures = 0;
  const { value } = await mammoth.convertToHtml(
    { buffer: bytes },
    {
      styleMap: STYLES,
      convertImage: mammoth.images.imgElement(async () => {
        pictures += 1;
        return { src: "" };
      }),
    },
  );
  const notes = [...value.matchAll(NOTE)].map(([, note = ""]) => markdownOfHtml(note).replace(/\s*↑$/, ""));
  const text = markdownOfHtml(
    value.replace(NOTE, "").replace(/<sup>\s*<a href="#(?:footnote|endnote)-\d+"[^<>]*>[^<]*<\/a>\s*<\/sup>/g, ""),
  );
  const leftOut = notes.map(
    (note) => `A note below the text belongs to no question, and was left out: “${note.slice(0, QUOTED)}”`,
  );
  if (pictures > 0)
    leftOut.push(
      `The document has ${pictures === 1 ? "a picture" : `${pictures} pictures`}, which cannot be imported.`,
    );
  return { name, text, leftOut };
}
