import type { ShownRun } from "@whetstone/shared/room/view/runs";
import { isRun } from "@whetstone/shared/workspace/language";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useRoom, useSend } from "../store/context.tsx";
import { Editor } from "../workspace/editor/Editor.tsx";
import type { EditorHandle, EditorProps } from "../workspace/editor/props.ts";
import lineStyles from "../workspace/editor/StatusLine.module.css";
import { languageOf, onLanguage, textOf } from "../workspace/editor/workspace.ts";
import type { Purpose } from "./live-run.ts";
import { RunControls } from "./RunControls.tsx";
import { RunPane } from "./RunPane.tsx";
import { hiddenIn, type SheetRuns } from "./sheet-runs.ts";
import { useRun } from "./use-run.ts";

interface RunnableEditorProps extends EditorProps {
  readonly askId: string;
  readonly runs: SheetRuns;
}

/** A sheet that runs what stands in it. */
export function RunnableEditor({ askId, runs, ...editor }: RunnableEditorProps) {
  const { workspace, isEditable } = editor;
  const { brought, lastRun, lastCheck, checks } = runs;
  const send = useSend();
  const language = useSyncExternalStore(
    (changed) => onLanguage(workspace, changed),
    () => languageOf(workspace),
  );
  const handle = useRef<EditorHandle>(null);
  const [hidden, hide] = useState<ShownRun | undefined>(undefined);
  const tests = brought?.language === language ? brought.tests : [];
  const visible = tests.filter(({ isHidden }) => !isHidden);
  const running = useRun({
    language,
    code: () => textOf(workspace).toString(),
    brought: brought?.language === language ? brought : undefined,
    testsFor: (purpose) => (purpose === "run" ? null : purpose === "tests" ? visible : tests),
    onKept: (purpose, run) => send({ type: purpose === "check" ? "keepCheck" : "keepRun", askId, run }),
  });
  const { live, isRunning, dismiss } = running;
  useAnothersRun(lastRun, isRunning, dismiss);
  const start = (purpose: Purpose) => {
    hide(undefined);
    running.start(purpose);
  };
  const mayRun = isEditable && isRun(language);
  const shownRun = lastRun === hidden ? undefined : lastRun;
  const isShown = live !== null || shownRun !== undefined || (lastCheck !== undefined && hidden === undefined);
  return (
    <Editor
      {...editor}
      handle={handle}
      onRun={mayRun ? () => start("run") : undefined}
      actions={
        mayRun && (
          <RunControls
            isRunning={isRunning}
            tests={visible.length}
            checks={checks && tests.length > visible.length ? tests.length : 0}
            className={lineStyles.run ?? ""}
            wordsClass={lineStyles.words ?? ""}
            onStart={start}
            onStop={running.stop}
          />
        )
      }
      beneath={
        isShown && (
          <RunPane
            live={live}
            lastRun={shownRun}
            lastCheck={lastCheck}
            hiddenTests={hiddenIn(brought)}
            onAnswer={running.answer}
            onStop={running.stop}
            onHide={() => {
              running.stop();
              dismiss();
              hide(lastRun);
            }}
            onLine={(line) => handle.current?.goToLine(line)}
          />
        )
      }
    />
  );
}

/** What somebody else has run since stands in the place of the own run that is over. */
function useAnothersRun(lastRun: ShownRun | undefined, isRunning: boolean, dismiss: () => void): void {
  const seatId = useRoom().view?.you.seatId;
  const seen = useRef(lastRun);
  useEffect(() => {
    if (seen.current === lastRun) return;
    seen.current = lastRun;
    if (lastRun && lastRun.seatId !== seatId && !isRunning) dismiss();
  }, [lastRun, seatId, isRunning, dismiss]);
}
