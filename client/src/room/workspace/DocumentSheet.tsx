import type { ReactNode } from "react";
import { AsWritten } from "./AsWritten.tsx";
import { Editor } from "./editor/Editor.tsx";
import type { EditorProps } from "./editor/props.ts";
import { useDocument } from "./use-document.ts";

export interface DocumentSheetProps extends Omit<EditorProps, "workspace"> {
  readonly askId: string;
  /** The answer as the view has it, which can be read until the document has come. */
  readonly answer: string;
  /** What stands here where the document cannot be opened. */
  readonly instead: ReactNode;
}

/** The text of an ask, in which everybody writes at once. */
export function DocumentSheet({ askId, answer, instead, ...editor }: DocumentSheetProps) {
  const { document, standing } = useDocument(askId, "text");
  if (standing.state === "refused") return instead;
  // Where nothing is written yet nothing has to come before the first key.
  const isReady = standing.state === "open" || answer === "";
  if (!document || !isReady) return <AsWritten text={answer} />;
  const { yjs: doc, awareness } = document;
  return <Editor key={standing.generation} workspace={{ doc, awareness }} {...editor} />;
}
