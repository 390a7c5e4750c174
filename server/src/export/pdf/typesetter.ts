import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import type { PracticePage } from "../peers/page.ts";
import { fontFolders } from "./fonts.ts";
import type { PutPicture } from "./pictures.ts";
import type { RoomPage } from "./room-page.ts";

const TEMPLATES = fileURLToPath(new URL("../../../templates", import.meta.url));
const templateOf = (kind: Page["kind"] | "picture"): string =>
  fileURLToPath(new URL(`../../../templates/${kind}.typ`, import.meta.url));
/** How many compilations a memoized result outlives without being used. */
const REMEMBERED = 2;

/** What can be set, each by the template of its kind. */
export type Page =
  | { readonly kind: "room"; readonly page: RoomPage }
  | { readonly kind: "practice"; readonly page: PracticePage };

/** Sets a page with its pictures as a tagged PDF; throws an error that says why where it cannot. */
export type Typesetter = (pageOf: (put: PutPicture) => Page) => Uint8Array;

/**
 * Loads the typesetter with its fonts, which takes some tenths of a second; rejects where the native module does not exist
 * for this platform. What is set goes in as JSON and is never a part of the source, so no text can be a command.
 */
export async function typesetter(): Promise<Typesetter> {
  const { NodeCompiler } = await import("@myriaddreamin/typst-ts-node-compiler");
  const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontPaths: fontFolders() }] });
  return (pageOf) => {
    try {
      const { kind, page } = pageOf(putting(compiler));
      const inputs = { page: JSON.stringify(page, printable) };
      const compiled = compiler.compile({ mainFilePath: templateOf(kind), inputs });
      const document = compiled.result;
      if (!document) throw new Error(whyNot(compiler, compiled.takeDiagnostics()));
      return pdfOf(compiler, document);
    } finally {
      compiler.resetShadow();
      compiler.evictCache(REMEMBERED);
    }
  };
}

/**
 * Gives pictures to the compiler under names that no other has. Each is set alone first: one that cannot be unpacked would keep the whole page from
 * being made, and what was unpacked is remembered.
 */
function putting(compiler: NodeCompiler): PutPicture {
  return (bytes, format) => {
    pictures += 1;
    const file = `picture-${pictures}.${format}`;
    compiler.mapShadow(join(TEMPLATES, file), Buffer.from(bytes));
    return compiler.compile({ mainFilePath: templateOf("picture"), inputs: { file } }).result ? file : null;
  };
}

/** How many pictures were set so far. */
let pictures = 0;

/**
 * PDF/UA-1 (ISO 14289-1) wherever the text allows it: it does not where a character is in no font, and then the tags are
 * there all the same.
 */
function pdfOf(compiler: NodeCompiler, document: Parameters<NodeCompiler["pdf"]>[0]): Uint8Array {
  try {
    return compiler.pdf(document, { pdfStandard: "ua-1" });
  } catch {
    return compiler.pdf(document);
  }
}

function whyNot(compiler: NodeCompiler, diagnostics: Parameters<NodeCompiler["fetchDiagnostics"]>[0] | null): string {
  const [first] = diagnostics ? compiler.fetchDiagnostics(diagnostics) : [];
  return first?.message ?? "the typesetter gives no reason";
}

/** Texts as they can be set: without control characters and halves of surrogate pairs, with one kind of line end. */
function printable(_key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  return value
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replace(CONTROL, "");
}

const CONTROL = /[^\P{Cc}\n\t]/gu;
