import type { KitDraft } from "@whetstone/shared/authored";
import { ArrowDown, ArrowUp, GripVertical, X } from "lucide-react";
import { type KeyboardEvent, type LiHTMLAttributes, type ReactNode, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { MinutesField } from "../../ui/form/fields.tsx";
import { useFault } from "../../ui/form/form.tsx";
import { LEVEL_NAMES } from "../../words.ts";
import { KitProbes } from "./KitProbes.tsx";
import styles from "./KitQuestions.module.css";
import { KitSearch } from "./KitSearch.tsx";
import type { KitEntries } from "./useKitEntries.ts";
import { useKitOrder } from "./useKitOrder.ts";

interface KitQuestionsProps {
  readonly draft: KitDraft;
  readonly entries: KitEntries;
  readonly onChange: (draft: KitDraft) => void;
}

/** The questions in their order: dragged, or moved by the arrows, or by Alt with an arrow key from anywhere in a row. */
export function KitQuestions({ draft, entries, onChange }: KitQuestionsProps) {
  const { questions } = draft;
  const fault = useFault("questions");
  const order = useKitOrder({ draft, entries, onChange });
  const dragging = useDragging(order.move);
  return (
    <section className={styles.questions} data-field="questions">
      <h2>Questions</h2>
      <ol data-plan>
        {questions.map((item, index) => (
          <li key={keyOf(questions, index)} {...dragging(index)}>
            <QuestionRow
              index={index}
              count={questions.length}
              title={order.titleAt(index)}
              about={aboutOf(item.question, entries)}
              minutes={item.minutes}
              onMinutes={(minutes) => order.setMinutes(index, minutes)}
              onMove={(by) => order.move(index, index + by)}
              onRemove={() => order.remove(index)}
            >
              <KitProbes
                field={`questions.${index}.probes`}
                title={order.titleAt(index)}
                competencies={draft.competencies}
                probes={item.probes}
                onToggle={(competency) => order.toggleProbe(index, competency)}
              />
            </QuestionRow>
          </li>
        ))}
      </ol>
      {questions.length === 0 && (
        <p className={styles.empty}>Nothing is planned yet. Search the bank below, and add what fits.</p>
      )}
      {fault !== undefined && <p className={styles.fault}>{fault}</p>}
      <KitSearch chosen={questions.map(({ question }) => question)} onAdd={order.add} />
      <p className="visually-hidden" role="status">
        {order.said}
      </p>
    </section>
  );
}

/** A row keeps its key when it is moved; a question that stands in a kit twice has two. */
function keyOf(questions: KitDraft["questions"], index: number): string {
  const id = questions[index]?.question ?? "";
  return `${id} ${questions.slice(0, index).filter(({ question }) => question === id).length}`;
}

/** What makes a row one that can be dragged over the others, which show where it would come. */
function useDragging(move: (from: number, to: number) => void) {
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  return (index: number): LiHTMLAttributes<HTMLLIElement> & { "data-dragged": boolean; "data-over"?: string } => ({
    draggable: true,
    "data-dragged": dragged === index,
    ...(over === index && dragged !== null && dragged !== index ? { "data-over": sideOf(dragged, index) } : {}),
    onDragStart: (event) => {
      event.dataTransfer.effectAllowed = "move";
      setDragged(index);
    },
    onDragEnd: end,
    onDragOver: (event) => {
      if (dragged === null) return;
      event.preventDefault();
      setOver(index);
    },
    onDrop: (event) => {
      event.preventDefault();
      if (dragged !== null) move(dragged, index);
      end();
    },
  });
}

const sideOf = (dragged: number, over: number): "above" | "below" => (dragged < over ? "below" : "above");

function aboutOf(id: string, entries: KitEntries): string {
  const entry = entries.get(id);
  return entry ? `${entry.topicName} · ${LEVEL_NAMES[entry.level]}` : "";
}

interface QuestionRowProps {
  readonly index: number;
  readonly count: number;
  readonly title: string;
  readonly about: string;
  readonly minutes: number;
  readonly onMinutes: (minutes: number) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  /** More about it, below. */
  readonly children: ReactNode;
}

function QuestionRow(props: QuestionRowProps) {
  const { index, count, title, about, minutes, onMinutes, onMove, onRemove, children } = props;
  const press = (event: KeyboardEvent, withoutAlt = false) => {
    if (!(event.altKey || withoutAlt) || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are pressed in the controls inside
    <div className={styles.row} onKeyDown={press}>
      <span data-field={`questions.${index}.handle`} className={styles.handle}>
        <button
          type="button"
          aria-label={`Move ${title}, number ${index + 1} of ${count}, with the arrow keys`}
          onKeyDown={(event) => press(event, true)}
        >
          <GripVertical size={15} aria-hidden />
        </button>
      </span>
      <span className={styles.number}>{index + 1}</span>
      <span className={styles.title}>
        <b>{title}</b>
        <small>{about}</small>
      </span>
      <span className={styles.minutes}>
        <MinutesField
          field={`questions.${index}.minutes`}
          label={`Minutes for ${title}`}
          value={minutes}
          min={1}
          max={60}
          onChange={onMinutes}
        />
        <span aria-hidden>min</span>
      </span>
      <span className={styles.actions}>
        <Button look="quiet" disabled={index === 0} onClick={() => onMove(-1)} aria-label={`Move ${title} up`}>
          <ArrowUp size={14} aria-hidden />
        </Button>
        <Button look="quiet" disabled={index === count - 1} onClick={() => onMove(1)} aria-label={`Move ${title} down`}>
          <ArrowDown size={14} aria-hidden />
        </Button>
        <Button look="quiet" onClick={onRemove} aria-label={`Take ${title} out of the kit`}>
          <X size={14} aria-hidden />
        </Button>
      </span>
      {children}
    </div>
  );
}
