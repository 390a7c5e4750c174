import type { ReactNode } from "react";
import type { SheetRuns } from "../runs/sheet-runs.ts";
import { AsWritten } from "./AsWritten.tsx";
import type { EditorProps } from "./editor/props.ts";
import { RunnableEditor } from "./RunnableEditor.tsx";
import { useDocument } from "./use-document.ts";

export interface DocumentSheetProps extends Omit<EditorProps, "workspace"> {
  readonly askId: string;
  /** The answer as the view has it, which can be read until the document has come. */
  readonly answer: string;
  /** What is run in it. */
  readonly runs: SheetRuns;
  /** What stands here where the document cannot be opened, and in quiet time until it can. */
  readonly instead: ReactNode;
}

/** The text of an ask, in which everybody writes at once. */
export function DocumentSheet({ askId, answer, instead, ...editor }: DocumentSheetProps) {
  const { document, standing } = useDocument(askId, "text");
  if (standing.state === "refused" || standing.state === "quiet") return instead;
  // Where nothing is written yet nothing has to come before the first key.
  const isReady = standing.state === "open" || answer === "";
  if (!document || !isReady) return <AsWritten text={answer} />;
  const { yjs: doc, awareness, othersRuns } = document;
  return (
    <RunnableEditor
      key={standing.generation}
      askId={askId}
      othersRuns={othersRuns}
      workspace={{ doc, awareness }}
      {...editor}
    />
  );
}
