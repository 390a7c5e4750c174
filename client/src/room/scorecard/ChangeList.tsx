import type { Level } from "@whetstone/shared/bank";
import { CONFIDENCE_NAMES, RECOMMENDATION_NAMES } from "@whetstone/shared/names";
import { titleOf } from "@whetstone/shared/question-title";
import styles from "./ChangeList.module.css";
import { type Change, textChange } from "./changes.ts";
import { NoteLine } from "./NoteLine.tsx";

interface ChangeListProps {
  readonly changes: readonly Change[];
  /** What is said where there are none. */
  readonly nothing: string;
}

/** What one version of a scorecard says that the one before it did not. */
export function ChangeList({ changes, nothing }: ChangeListProps) {
  if (changes.length === 0) return <p className={styles.nothing}>{nothing}</p>;
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <li key={keyOf(change)}>
          <ChangeLine change={change} />
        </li>
      ))}
    </ul>
  );
}

function keyOf(change: Change): string {
  switch (change.kind) {
    case "recommendation":
    case "confidence":
    case "summary":
      return change.kind;
    case "rating":
      return `rating/${change.ask.askId}/${change.criterion.id}`;
    case "note":
      return `note/${change.after?.noteId ?? change.before?.noteId}`;
    case "keyPoint":
      return `point/${change.ask.askId}/${change.text}`;
    default:
      return change satisfies never;
  }
}

function ChangeLine({ change }: { change: Change }) {
  switch (change.kind) {
    case "recommendation":
      return <Verdict name="Recommendation" names={RECOMMENDATION_NAMES} {...change} />;
    case "confidence":
      return <Verdict name="Confidence" names={CONFIDENCE_NAMES} {...change} />;
    case "summary":
      return (
        <>
          <small>Summary</small>
          <p className={styles.text} dir="auto">
            <Edited before={change.before} after={change.after} />
          </p>
        </>
      );
    case "rating":
      return (
        <span className={styles.rating}>
          <span>
            {change.criterion.name} <small>{titleOf(change.ask.question)}</small>
          </span>
          {change.before !== null && (
            <>
              <Mark level={change.before} former /> <span aria-hidden>→</span>
            </>
          )}
          {change.after === null ? <small>not rated</small> : <Mark level={change.after} />}
        </span>
      );
    case "note":
      return <NoteChange {...change} />;
    case "keyPoint":
      return (
        <>
          <small>
            Key point {change.heard ? "heard" : "no longer heard"}: {titleOf(change.ask.question)}
          </small>
          <p>{change.text}</p>
        </>
      );
    default:
      return change satisfies never;
  }
}

interface VerdictProps<Value extends string> {
  readonly name: string;
  readonly names: Readonly<Record<Value, string>>;
  readonly before: Value | null;
  readonly after: Value | null;
}

function Verdict<Value extends string>({ name, names, before, after }: VerdictProps<Value>) {
  return (
    <>
      <small>{name}</small>{" "}
      {before !== null && (
        <>
          <del>{names[before]}</del> <span aria-hidden>→</span>{" "}
        </>
      )}
      <b>{after === null ? "none" : names[after]}</b>
    </>
  );
}

function Mark({ level, former = false }: { level: Level; former?: boolean }) {
  const mark = (
    <span className={styles.level} data-level={level}>
      {level}
    </span>
  );
  return former ? <del>{mark}</del> : mark;
}

function NoteChange({ ask, before, after }: Extract<Change, { kind: "note" }>) {
  const note = after ?? before;
  if (!note) return null;
  return (
    <>
      {(before !== null || ask) && (
        <small>
          {before === null ? "" : after === null ? "Note removed" : "Note changed"}
          {before !== null && ask && ": "}
          {ask && titleOf(ask.question)}
        </small>
      )}
      <NoteLine note={note} ask={ask}>
        <Edited before={before?.text.trim() ?? ""} after={after?.text.trim() ?? ""} />
      </NoteLine>
    </>
  );
}

/** A text as it is now, with what went and what came marked where there was one before. */
function Edited({ before, after }: { before: string; after: string }) {
  if (before === "") return after;
  const { head, removed, added, tail } = textChange(before, after);
  return (
    <>
      {head}
      {removed && <del>{removed}</del>}
      {added && <ins>{added}</ins>}
      {tail}
    </>
  );
}
