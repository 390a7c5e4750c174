import { strFromU8, strToU8 } from "fflate";
import mammoth from "mammoth";
import { markdownOfHtml } from "../html-text.ts";
import type { OpenedDocument } from "../read-import.ts";
import { packedAgain } from "./archive.ts";

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

const MAIN = "word/document.xml";
const RUN = /<w:r[ >][\s\S]*?<\/w:r>/g;
const HIDDEN = /<w:vanish(?:\s*\/>|\s+w:val="(?:1|true|on)"\s*\/>)/;

/** The document without the text that its writer has hidden, and that text: an answer is what people hide. */
function withoutHidden(xml: string): { readonly shown: string; readonly hidden: readonly string[] } {
  const hidden: string[] = [];
  const shown = xml.replace(RUN, (run) => {
    if (!HIDDEN.test(run)) return run;
    const words = markdownOfHtml(
      [...run.matchAll(/<w:t[ >][^<]*/g)].map(([text]) => text.slice(text.indexOf(">") + 1)).join(""),
    );
    if (words !== "") hidden.push(words);
    return "";
  });
  return { shown, hidden };
}

/**
 * A document (`.docx`) from its parts as the Markdown of a list. Notes and hidden text stand outside its text and belong to no question. Throws
 * whatever is wrong in it.
 */
export async function documentOf(name: string, parts: Readonly<Record<string, Uint8Array>>): Promise<OpenedDocument> {
  const { shown, hidden } = withoutHidden(strFromU8(parts[MAIN] ?? new Uint8Array()));
  const bytes = Buffer.from(packedAgain({ ...parts, [MAIN]: strToU8(shown) }));
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
  const notes = [...value.matchAll(NOTE)].map(([, note = ""]) => markdownOfHtml(note).replace(/↑$/, "").trim());
  const text = markdownOfHtml(
    value.replace(NOTE, "").replace(/<sup>\s*<a href="#(?:footnote|endnote)-\d+"[^<>]*>[^<]*<\/a>\s*<\/sup>/g, ""),
  );
  const leftOut = notes.map(
    (note) => `A note below the text belongs to no question, and was left out: “${note.slice(0, QUOTED)}”`,
  );
  leftOut.push(...hidden.map((words) => `Hidden text was left out: “${words.slice(0, QUOTED)}”`));
  if (pictures > 0)
    leftOut.push(
      `The document has ${pictures === 1 ? "a picture" : `${pictures} pictures`}, which cannot be imported.`,
    );
  return { name, text, leftOut };
}
