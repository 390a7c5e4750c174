import type { ShownRun } from "@whetstone/shared/room/view/runs";
import { isRun } from "@whetstone/shared/workspace/language";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type LiveRun, type Purpose, printedIn } from "../runs/live-run.ts";
import type { OthersRuns } from "../runs/others-runs.ts";
import { RunControls } from "../runs/RunControls.tsx";
import { RunPane } from "../runs/RunPane.tsx";
import { hiddenIn, type SheetRuns } from "../runs/sheet-runs.ts";
import { useRun } from "../runs/use-run.ts";
import { useRoom, useSend } from "../store/context.tsx";
import { Editor } from "./editor/Editor.tsx";
import type { EditorHandle, EditorProps } from "./editor/props.ts";
import { languageOf, onLanguage, textOf } from "./editor/workspace.ts";

interface RunnableEditorProps extends EditorProps {
  readonly askId: string;
  readonly runs: SheetRuns;
  readonly othersRuns: OthersRuns;
}

/** A sheet that runs what stands in it. */
export function RunnableEditor({ askId, runs, othersRuns, ...editor }: RunnableEditorProps) {
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
  useTelling(live, othersRuns);
  const others = useSyncExternalStore(othersRuns.subscribe, othersRuns.get);
  useAnothersRun(lastRun, isRunning, dismiss);
  const start = (purpose: Purpose) => {
    hide(undefined);
    running.start(purpose);
  };
  const mayRun = isEditable && isRun(language);
  const shownRun = lastRun === hidden ? undefined : lastRun;
  const isShown =
    live !== null || others.length > 0 || shownRun !== undefined || (lastCheck !== undefined && hidden === undefined);
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
            onStart={start}
            onStop={running.stop}
          />
        )
      }
      beneath={
        isShown && (
          <RunPane
            live={live}
            others={others}
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

/** So often others are told what the program prints, in milliseconds. */
const TELL_MS = 400;
/** They are told the end of it, in UTF-16 code units. */
const TOLD = 2_000;

/** Tells the others of the own program while it runs: once it is over they see what is kept of it. */
function useTelling(live: LiveRun | null, othersRuns: OthersRuns): void {
  const latest = useRef(live);
  latest.current = live;
  const isTold =
    live !== null && live.purpose !== "check" && (live.now.state === "running" || live.now.state === "asking");
  useEffect(() => {
    if (!isTold) return;
    let told = "";
    const tell = () => {
      const { current } = latest;
      if (!current) return;
      const run = { printed: printedIn(current).slice(-TOLD), isAsking: current.now.state === "asking" };
      if (JSON.stringify(run) !== told) othersRuns.tell(run);
      told = JSON.stringify(run);
    };
    tell();
    const timer = setInterval(tell, TELL_MS);
    return () => {
      clearInterval(timer);
      othersRuns.tell(null);
    };
  }, [isTold, othersRuns]);
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
