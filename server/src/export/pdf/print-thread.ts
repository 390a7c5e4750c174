import { parentPort } from "node:worker_threads";
import { workInBackground } from "../background.ts";
import type { RoomExport } from "../room-export.ts";
import { roomPage } from "./room-page.ts";
import { type Typesetter, typesetter } from "./typesetter.ts";

// The thread in which PDFs are set, one after the other: compiling is native work that would hold the event loop.

export interface PrintRequest {
  readonly id: number;
  readonly exported: RoomExport;
}

export type PrintAnswer =
  | { readonly id: number; readonly pdf: Uint8Array }
  | { readonly id: number; readonly problem: string };

workInBackground();
let ready: Promise<Typesetter> | null = null;

parentPort?.on("message", ({ id, exported }: PrintRequest) => {
  ready ??= typesetter();
  ready.then(
    (set) => answer(id, () => set(roomPage(exported))),
    (error) =>
      post({ id, problem: `This server has no typesetter for PDFs: ${reasonOf(error)}. Take another format.` }),
  );
});

function answer(id: number, print: () => Uint8Array): void {
  try {
    post({ id, pdf: print() });
  } catch (error) {
    post({ id, problem: `This room cannot be set as a PDF: ${reasonOf(error)}. Take another format.` });
  }
}

const post = (message: PrintAnswer): void => parentPort?.postMessage(message);

/** An error's message as a part of a sentence, without the folders of this server. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/ imported from .*$/s, "").replace(/\.$/, "");
}
