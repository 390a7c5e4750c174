import type { RoomExport } from "../room-export.ts";
import { Pictures } from "./pictures.ts";
import { roomPage } from "./room-page.ts";
import { type Page, type Typesetter, typesetter } from "./typesetter.ts";

/** Why there is no PDF and what to do, as a sentence. */
export interface PdfProblem {
  readonly problem: string;
}

let ready: Promise<Typesetter> | null = null;

/** The room as a tagged PDF, or why there is none. */
export const toPdf = (exported: RoomExport): Promise<Uint8Array | PdfProblem> =>
  printed((pictures) => ({ kind: "room", page: roomPage(exported, pictures) }));

/** A page as a tagged PDF, or why there is none. Setting it is native work that holds the thread; the first has to load the typesetter. */
export async function printed(pageOf: (pictures: Pictures) => Page): Promise<Uint8Array | PdfProblem> {
  ready ??= typesetter();
  try {
    return (await ready)((put) => pageOf(new Pictures(put)));
  } catch (error) {
    return { problem: `This room cannot be set as a PDF: ${reasonOf(error)}. Take another format.` };
  }
}

/** An error's message as a part of a sentence, without the folders of this server. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/ imported from .*$/s, "").replace(/\.$/, "");
}
