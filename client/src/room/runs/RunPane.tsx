import type { ShownRun } from "@whetstone/shared/room/view/runs";
import { outcomeWords, testsWords } from "@whetstone/shared/workspace/run-words";
import { Square, X } from "lucide-react";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { scrollStop } from "../../ui/scroll-stop.ts";
import { KeptRun, OfThePanel, useNameOf } from "./KeptRun.tsx";
import { faultOf, type LiveRun } from "./live-run.ts";
import type { OthersRun } from "./others-runs.ts";
import styles from "./RunPane.module.css";
import { RunShown, type ShownTest } from "./RunShown.tsx";

interface RunPartsProps {
  readonly live: LiveRun | null;
  /** What others run just now. */
  readonly others?: readonly OthersRun[];
  readonly lastRun: ShownRun | undefined;
  readonly lastCheck: ShownRun | undefined;
  /** The names of the tests that the panel alone has. */
  readonly hiddenTests: ReadonlySet<string>;
  readonly onAnswer: (text: string | null) => void;
  readonly onStop: () => void;
  /** Leads to a line of the program, where it is at hand. */
  readonly onLine?: (line: number) => void;
}

/** Beneath the sheet: what the program does, or did when it was run last. */
export function RunPane({ onHide, ...parts }: RunPartsProps & { readonly onHide: () => void }) {
  return (
    <section className={styles.pane} aria-label="The program">
      <Button look="quiet" className={styles.hide ?? ""} aria-label="Hide what was run" title="Hide" onClick={onHide}>
        <X size={16} aria-hidden />
      </Button>
      <div className={styles.shown} {...scrollStop("What the program did")}>
        <RunParts {...parts} />
      </div>
    </section>
  );
}

/** What everybody sees of the program, and what the panel alone does. */
export function RunParts(props: RunPartsProps) {
  const { live, others = [], lastRun, lastCheck, onLine } = props;
  const isCheck = live?.purpose === "check";
  return (
    <>
      {others.map(({ seatId, run }) => (
        <OthersLive key={seatId} seatId={seatId} run={run} />
      ))}
      {live && !isCheck && <Live {...props} live={live} />}
      {others.length === 0 && (!live || isCheck) && lastRun && <KeptRun run={lastRun} onLine={onLine} />}
      {live && isCheck && (
        <OfThePanel>
          <Live {...props} live={live} />
        </OfThePanel>
      )}
      {!(live && isCheck) && lastCheck && (
        <OfThePanel>
          <KeptRun run={lastCheck} onLine={onLine} />
        </OfThePanel>
      )}
    </>
  );
}

function OthersLive({ seatId, run: { printed, isAsking } }: OthersRun) {
  const name = useNameOf(seatId);
  return (
    <div className={styles.run}>
      <p className={styles.how}>
        <bdi>{name}</bdi> runs it{isAsking && ", and it waits for a line"}.
      </p>
      <RunShown
        pieces={printed === "" ? [] : [{ kind: "printed", isError: false, text: printed }]}
        outcome={null}
        fault={null}
        tests={[]}
      />
    </div>
  );
}

function Live({ live, hiddenTests, onAnswer, onStop, onLine }: RunPartsProps & { live: LiveRun }) {
  const { now, pieces } = live;
  const end = now.state === "over" ? now.end : null;
  const tests = now.state === "over" ? now.results.map((result) => shownTest(result, hiddenTests)) : [];
  return (
    <div className={styles.run}>
      <p className={styles.how} role="status">
        {stateWords(live)}
      </p>
      {now.state === "loading" && now.of !== null && (
        <progress max={now.of} value={Math.min(now.bytes, now.of)} aria-label={`${now.what} is on its way`} />
      )}
      <RunShown
        pieces={pieces}
        outcome={end && end.outcome !== "unavailable" ? end.outcome : null}
        fault={end && faultOf(end)}
        tests={tests}
        onLine={onLine}
      />
      {now.state === "asking" && <Asking prompt={now.prompt} onAnswer={onAnswer} onStop={onStop} />}
    </div>
  );
}

function shownTest(
  result: Extract<LiveRun["now"], { state: "over" }>["results"][number],
  hidden: ReadonlySet<string>,
): ShownTest {
  const { name, outcome } = result;
  const { message, line } = result.outcome === "failed" ? result : { message: "", line: null };
  return { name, outcome, message, line, isHidden: hidden.has(name) };
}

function stateWords({ now }: LiveRun): string {
  switch (now.state) {
    case "loading":
      return now.what === null ? "It begins." : `${now.what} is on its way. This is so the first time alone.`;
    case "running":
      return "It runs.";
    case "asking":
      return "It waits for a line.";
    case "over": {
      const { end, results } = now;
      if (end.outcome === "unavailable") return end.message;
      const tests = results.length > 0 ? ` ${testsWords(results)}.` : "";
      return outcomeWords(end.outcome, end.ms, faultOf(end)?.line ?? null) + tests;
    }
    default:
      return now satisfies never;
  }
}

function Asking({ prompt, onAnswer, onStop }: Pick<RunPartsProps, "onAnswer" | "onStop"> & { prompt: string }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  // It waits for whoever pressed Run, and for nothing else on the page.
  useEffect(() => field.current?.focus(), []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onAnswer(text);
    setText("");
  };
  return (
    <form className={styles.asking} onSubmit={send}>
      <label htmlFor={id} dir="auto">
        {prompt.trim() || "Line"}
      </label>
      <input
        ref={field}
        id={id}
        value={text}
        onChange={({ target }) => setText(target.value)}
        maxLength={4_000}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        dir="auto"
      />
      <Button type="submit">Enter</Button>
      <Button look="quiet" title="There is no more input" onClick={() => onAnswer(null)}>
        End of input
      </Button>
      <Button look="quiet" onClick={onStop}>
        <Square size={16} aria-hidden /> Stop
      </Button>
    </form>
  );
}
