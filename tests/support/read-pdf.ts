import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";

/** What a PDF holds, as `pdfjs-dist` finds it. */
export interface ReadPdf {
  /** What the tags hold: the text without running heads, page numbers and pictures, in the order of reading. */
  readonly text: string;
  /** Everything that is printed, page by page. */
  readonly pages: readonly string[];
  /** What is set in letters of one width, as they follow each other, and apart from it all else. */
  readonly code: string;
  readonly prose: string;
  readonly roles: ReadonlySet<string>;
  /** Of each table, how many of its cells are headers. */
  readonly tables: readonly number[];
  /** What stands for those who cannot see it. */
  readonly alternatives: readonly string[];
  /** Where links lead. */
  readonly links: readonly string[];
  /** How many pictures of pixels are painted. */
  readonly images: number;
  readonly outline: readonly string[];
  readonly about: { readonly title: unknown; readonly author: unknown; readonly language: unknown };
  readonly isTagged: boolean;
  /** The part of PDF/UA that it claims to keep to. */
  readonly accessible: unknown;
}

/** Reads a PDF's text, tags and metadata. */
export async function readPdf(pdf: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: pdf.slice(), verbosity: 0 });
  const document = await task.promise;
  let text = "";
  const pages: string[] = [];
  let [code, prose] = ["", ""];
  const roles = new Set<string>();
  const tables: number[] = [];
  const alternatives: string[] = [];
  const links: string[] = [];
  let images = 0;
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const within: string[] = [];
    let whole = "";
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    // Fonts are known once what is drawn with them is.
    const { fnArray } = await page.getOperatorList();
    images += fnArray.filter((operator) => operator === OPS.paintImageXObject).length;
    for (const item of items) {
      if ("str" in item) {
        whole += item.str;
        const font: unknown = page.commonObjs.has(item.fontName) ? page.commonObjs.get(item.fontName) : null;
        const name = typeof font === "object" && font !== null && "name" in font ? String(font.name) : "";
        if (/mono/i.test(name)) code += item.str;
        else prose += item.str;
        if (!within.includes("Artifact")) text += item.str;
      } else if (item.type === "endMarkedContent") within.pop();
      else within.push("tag" in item ? String(item.tag) : "");
    }
    pages.push(bare(whole));
    for (const { role, alt, headers } of nodesOf(await page.getStructTree())) {
      roles.add(role);
      if (role === "Table") tables.push(headers);
      if (alt !== "") alternatives.push(alt);
    }
    for (const { url } of await page.getAnnotations()) if (typeof url === "string") links.push(url);
  }
  const { info, metadata } = await document.getMetadata();
  const about: Partial<Record<string, unknown>> = { ...info };
  const outline = titlesOf((await document.getOutline()) ?? []).map(bare);
  const isTagged = (await document.getMarkInfo())?.Marked === true;
  await task.destroy();
  return {
    text: bare(text),
    pages,
    code: bare(code),
    prose: bare(prose),
    roles,
    tables,
    alternatives,
    links,
    images,
    outline,
    about: { title: about.Title, author: about.Author, language: about.Language },
    isTagged,
    accessible: metadata?.get("pdfuaid:part"),
  };
}

interface Tagged {
  readonly role: string;
  readonly alt: string;
  /** How many header cells are within. */
  readonly headers: number;
}

/** What is tagged, each before what is within it. */
function nodesOf(node: unknown): Tagged[] {
  if (typeof node !== "object" || node === null || !("role" in node)) return [];
  const within = "children" in node && Array.isArray(node.children) ? node.children.flatMap(nodesOf) : [];
  const headers = within.filter(({ role }) => role === "TH").length;
  return [{ role: String(node.role), alt: "alt" in node ? String(node.alt) : "", headers }, ...within];
}

const titlesOf = (items: readonly { title: string; items: unknown[] }[]): string[] =>
  items.flatMap(({ title, items: inner }) => [title, ...titlesOf(inner as typeof items)]);

/** A text without what a page changes: white space, places to break, marks of direction, ligatures. */
export const bare = (text: string): string => text.normalize("NFKC").replace(/[\s\u200b-\u200f\u2066-\u2069]/g, "");
