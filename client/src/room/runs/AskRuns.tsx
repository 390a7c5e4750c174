import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import { FlaskConical, Square } from "lucide-react";
import { Button } from "../../ui/Button.tsx";
import { useSend } from "../store/context.tsx";
import styles from "./RunPane.module.css";
import { RunParts } from "./RunPane.tsx";
import { hiddenIn, panelRuns } from "./sheet-runs.ts";
import { useRun } from "./use-run.ts";

/** What was run of an answer that is finished. The panel can still see how it fares with all of the question's tests. */
export function AskRuns({ ask, checks }: { ask: PanelAsk; checks: boolean }) {
  const { brought, lastRun, lastCheck } = panelRuns(ask, checks);
  const send = useSend();
  const tests = brought?.tests ?? [];
  const { live, isRunning, start, stop, answer } = useRun({
    language: brought?.language ?? "text",
    code: () => ask.answer,
    brought,
    testsFor: () => tests,
    onKept: (_, run) => send({ type: "keepCheck", askId: ask.askId, run }),
  });
  const mayCheck = checks && tests.length > 0 && ask.answer.trim() !== "";
  if (!(live || lastRun || lastCheck || mayCheck)) return null;
  return (
    <div className={styles.runs}>
      <RunParts
        live={live}
        lastRun={lastRun}
        lastCheck={lastCheck}
        hiddenTests={hiddenIn(brought)}
        onAnswer={answer}
        onStop={stop}
      />
      {mayCheck && (
        <p>
          {isRunning ? (
            <Button look="quiet" onClick={stop}>
              <Square size={16} aria-hidden /> Stop
            </Button>
          ) : (
            <Button look="quiet" onClick={() => start("check")}>
              <FlaskConical size={16} aria-hidden />{" "}
              {tests.length === 1 ? "Check it with the test" : `Check it with all ${tests.length} tests`}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
