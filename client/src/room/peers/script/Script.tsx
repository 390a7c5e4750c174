import { type Script as Lines, SITUATIONS, type Situation, scriptFor } from "@whetstone/shared/practice/script";
import { factsOf, runningTime, type SituationSaid } from "@whetstone/shared/practice/script-facts";
import type { HostView } from "@whetstone/shared/room/view/host";
import { ChevronDown, ChevronUp, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useFolded } from "../../../browser/folded.ts";
import { Button } from "../../../ui/Button.tsx";
import { useClockIsKnown, useServerNow } from "../../store/context.tsx";
import { type AnswerSeen, answerSeen, type LinesShown, linesShown, NO_LINES, putDifferently, turnOf } from "./heard.ts";
import styles from "./Script.module.css";
import { type LineWords, LONGEST, SITUATION_NAMES, wordsFor } from "./words.ts";

/**
 * What whoever asks can say or do now, beside the question. It changes without a sound, keeps its place however long its words are, and
 * can be folded to one line.
 */
export function Script({ view }: { view: HostView }) {
  const [isFolded, fold] = useFolded("script");
  const { line, instead, answers, shown, canBeSaid, say, turn } = useScript(view);
  const words = wordsFor(line, turnOf(shown, line.kind));
  const Fold = isFolded ? ChevronDown : ChevronUp;
  return (
    <section className={styles.frame} aria-label="Your script" aria-live="off">
      <div className={styles.script} data-folded={isFolded}>
        <p className={styles.label}>{words.say === null ? "Now" : "Say"}</p>
        <Line
          words={words}
          instead={instead && wordsFor(instead, turnOf(shown, instead.kind) + 1)}
          isFolded={isFolded}
        />
        <div className={styles.tools}>
          {words.say !== null && !isFolded && (
            <Button look="quiet" className={styles.icon} onClick={turn} aria-label="Other words" title="Other words">
              <RefreshCw size={14} aria-hidden />
            </Button>
          )}
          <Button
            look="quiet"
            className={styles.icon}
            onClick={() => fold(!isFolded)}
            aria-expanded={!isFolded}
            aria-label="The whole script"
            title={isFolded ? "Unfold the script" : "Fold the script"}
          >
            <Fold size={16} aria-hidden />
          </Button>
        </div>
        {!isFolded && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
          <div className={styles.situations} role="group" aria-label="How it goes">
            {SITUATIONS.map((situation) => (
              <Button
                key={situation}
                className={styles.situation}
                aria-pressed={answers === situation}
                disabled={!canBeSaid(situation)}
                onClick={() => say(answers === situation ? null : situation)}
              >
                {SITUATION_NAMES[situation]}
              </Button>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

interface ScriptState extends Lines {
  readonly shown: LinesShown;
  readonly canBeSaid: (situation: Situation) => boolean;
  /** Says how it goes; null takes it back. */
  readonly say: (situation: Situation | null) => void;
  /** Puts the line into other words. */
  readonly turn: () => void;
}

function useScript(view: HostView): ScriptState {
  const serverNow = useServerNow();
  const now = useClockIsKnown() ? serverNow : null;
  const [answer, setAnswer] = useState<AnswerSeen | null>(null);
  const [said, setSaid] = useState<SituationSaid | null>(null);
  const [shown, setShown] = useState(NO_LINES);
  const { openAskId: askId } = view;
  const elapsed = runningTime(view.timer, now);

  const seen = answerSeen(
    answer,
    view.asks.find((ask) => ask.askId === askId),
    elapsed,
  );
  if (seen !== answer) setAnswer(seen);
  const facts = factsOf(view, { answer: seen, said }, now);
  const script = scriptFor(facts);
  const after = linesShown(shown, script.line, askId);
  if (after !== shown) setShown(after);

  return {
    ...script,
    shown: after,
    canBeSaid: (situation) => facts.course === "running" && (facts.open !== null || situation === "late"),
    say: (situation) => setSaid(situation && { situation, askId, elapsedMs: elapsed ?? 0 }),
    turn: () => setShown(putDifferently(after, script.line)),
  };
}

interface LineProps {
  readonly words: LineWords;
  readonly instead: LineWords | null;
  readonly isFolded: boolean;
}

/** The line, in a place as high as the longest one needs, so that nothing below moves when another comes. */
function Line({ words, instead, isFolded }: LineProps) {
  return (
    <div className={styles.line}>
      <div>
        <p className={styles.say} data-quoted={words.say !== null}>
          {words.say === null ? words.doing : quoted(words.say)}
        </p>
        {!isFolded && <Beneath words={words} instead={instead} />}
      </div>
      {!isFolded && <Place />}
    </div>
  );
}

/** The longest words of all, unseen. */
function Place() {
  const { says, toDo } = LONGEST;
  return (
    <div className={styles.place} aria-hidden>
      <div className={styles.stack}>
        {says.map((say) => (
          <p key={say} className={styles.say}>
            {quoted(say)}
          </p>
        ))}
      </div>
      <div className={styles.stack}>
        {toDo.map((words) => (
          <div key={words.say}>
            <Beneath words={words} instead={{ ...words, say: says[0] ?? words.say }} />
          </div>
        ))}
      </div>
    </div>
  );
}

const quoted = (say: string): string => `“${say}”`;

function Beneath({ words: { say, doing, why }, instead }: Omit<LineProps, "isFolded">) {
  return (
    <>
      <p className={styles.toDo}>
        {say !== null && <b>{doing} </b>}
        {why}
      </p>
      {instead && (
        <p className={styles.instead}>
          {instead.say === null ? `Or: ${instead.doing}` : `Or say: ${quoted(instead.say)}`}
        </p>
      )}
    </>
  );
}
