import { debriefOf } from "@whetstone/shared/debrief";
import type { FeedbackDraft } from "@whetstone/shared/feedback";
import { titleOf } from "@whetstone/shared/question-title";
import type { HostView } from "@whetstone/shared/room/view/host";
import { Check, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { elapsedText } from "../../words.ts";
import styles from "./Sources.module.css";
import { type Place, takenOver } from "./take-over.ts";

interface SourcesProps {
  readonly view: HostView;
  readonly draft: FeedbackDraft;
  readonly onWrite: (change: Partial<FeedbackDraft>) => void;
}

interface Source {
  readonly key: string;
  readonly text: string;
  readonly about: string;
}

interface SourceGroup {
  readonly title: string;
  readonly place: Place;
  readonly sources: readonly Source[];
}

/** What the panel wrote for itself. Each piece can be copied into the draft, to be reworded there. */
export function Sources({ view, draft, onWrite }: SourcesProps) {
  const groups = useMemo(() => materialOf(view), [view]);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState("");
  const take = (place: Place, { key, text }: Source) => {
    const change = takenOver(draft, place, text);
    if (!change) return setSaid("There is no room for more in that part of the feedback.");
    onWrite(change);
    setTaken(new Set([...taken, key]));
    setSaid("Copied into the feedback. Say it in words meant for them.");
  };
  return (
    <section className={styles.sources} aria-label="From the panel">
      <details open>
        <summary>
          <h2>
            From the panel <small className={styles.private}>private</small>
          </h2>
        </summary>
        {!view.debriefOpen && (
          <p className={styles.quiet}>The panel's scorecards are not open to you yet. You can begin to write.</p>
        )}
        {view.debriefOpen && groups.length === 0 && (
          <p className={styles.quiet}>Nobody marked a note as a strength or a concern, or wrote a summary.</p>
        )}
        {groups.map((group) => (
          <Group key={group.place} group={group} taken={taken} onCopy={(source) => take(group.place, source)} />
        ))}
      </details>
      <p className={styles.said} role="status">
        {said}
      </p>
    </section>
  );
}

interface GroupProps {
  readonly group: SourceGroup;
  readonly taken: ReadonlySet<string>;
  readonly onCopy: (source: Source) => void;
}

function Group({ group: { title, sources }, taken, onCopy }: GroupProps) {
  return (
    <div className={styles.group}>
      <h3>{title}</h3>
      <ul>
        {sources.map((source) => (
          <li key={source.key}>
            <p dir="auto">{source.text}</p>
            <small>
              <bdi>{source.about}</bdi>
            </small>
            <CopyOver source={source} isDone={taken.has(source.key)} onCopy={() => onCopy(source)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function CopyOver({ source, isDone, onCopy }: { source: Source; isDone: boolean; onCopy: () => void }) {
  const Icon = isDone ? Check : Plus;
  const label = isDone ? "Copied" : "Copy to reword";
  return (
    <Button look="quiet" onClick={onCopy} aria-label={`${label}: ${source.text.slice(0, 80)}`}>
      <Icon size={14} aria-hidden /> {label}
    </Button>
  );
}

/** Nothing while the scorecards are closed to the host. */
function materialOf(view: HostView): SourceGroup[] {
  const debrief = debriefOf(view);
  if (!debrief) return [];
  const notes = (marked: typeof debrief.strengths) =>
    marked.map(({ note, rater, ask }) => ({
      key: `${rater.seatId}/${note.noteId}`,
      text: note.text,
      about: [rater.name, elapsedText(note.elapsedMs), ask && titleOf(ask.question)].filter(Boolean).join(" · "),
    }));
  const summaries = debrief.raters.map(({ seatId, name, current }) => ({
    key: `${seatId}/summary`,
    text: current.summary.trim(),
    about: name,
  }));
  const groups: SourceGroup[] = [
    { title: "Strengths", place: "strengths", sources: notes(debrief.strengths) },
    { title: "Concerns", place: "concerns", sources: notes(debrief.concerns) },
    { title: "Summaries", place: "message", sources: summaries.filter(({ text }) => text !== "") },
  ];
  return groups.filter(({ sources }) => sources.length > 0);
}
