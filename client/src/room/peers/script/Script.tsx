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
        <Main words={words} />
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
          <>
            <Beneath words={words} instead={instead && wordsFor(instead, turnOf(shown, instead.kind) + 1)} />
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
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
          </>
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

/** The line itself, in a place as high as the longest one needs. */
function Main({ words: { say, doing } }: { words: LineWords }) {
  return (
    <div className={styles.main}>
      <p className={styles.say} data-quoted={say !== null}>
        {say === null ? doing : `“${say}”`}
      </p>
      <p className={`${styles.say} ${styles.place}`} aria-hidden>
        {`“${LONGEST.say}”`}
      </p>
    </div>
  );
}

function Beneath({ words, instead }: { words: LineWords; instead: LineWords | null }) {
  return (
    <div className={styles.beneath}>
      <div className={styles.toDo}>
        {words.say !== null && <b>{words.doing} </b>}
        {words.why}
        {instead && (
          <span className={styles.instead}>
            {instead.say === null ? `Or: ${instead.doing}` : `Or say: “${instead.say}”`}
          </span>
        )}
      </div>
      <div className={`${styles.toDo} ${styles.place}`} aria-hidden>
        <b>{LONGEST.toDo}</b>
        <span className={styles.instead}>{`Or say: “${LONGEST.say}”`}</span>
      </div>
    </div>
  );
}
