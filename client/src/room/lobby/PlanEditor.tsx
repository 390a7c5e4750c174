import type { PlanItem } from "@whetstone/shared/room/course/commands";
import { ArrowDown, ArrowUp, BookOpenText, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { plural } from "../../words.ts";
import { Assign } from "../asking/Assign.tsx";
import { WhoAsks, Whose } from "../asking/Whose.tsx";
import { QuestionBefore, RubricBefore } from "../question/BeforeAsked.tsx";
import { useSend } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./PlanEditor.module.css";

/** The plan in the lobby, with each question to be read. The host reorders it by dragging or with the arrows, and takes questions out. */
export function PlanEditor({ view }: { view: QuestionsView }) {
  const send = useSend();
  const [dragged, setDragged] = useState<string | null>(null);
  const [read, setRead] = useState<string | null>(null);
  const isHost = view.role === "host";
  const arrange = (items: readonly PlanItem[]) =>
    send({
      type: "arrangePlan",
      items: items.map(({ itemId, questionId, minutes }) => ({ itemId, questionId, minutes })),
    });
  const move = (itemId: string, to: number) => arrange(moved(view.plan, itemId, to));
  const budget = view.room.phases.find(({ kind }) => kind === "questions")?.minutes ?? view.room.minutes;
  const planned = view.plan.reduce((sum, { minutes }) => sum + minutes, 0);
  if (view.plan.length === 0) {
    return (
      <p className={styles.empty}>
        {isHost
          ? "Nothing is planned. Add questions from the bank, or start and ask as you go."
          : "Nothing is planned yet."}
      </p>
    );
  }
  return (
    <>
      <ol className={styles.plan}>
        {view.plan.map((item, index) => (
          <li
            key={item.itemId}
            className={styles.item}
            data-dragged={dragged === item.itemId}
            // What is read can be selected, which dragging would take away.
            draggable={isHost && read !== item.itemId}
            onDragStart={() => setDragged(item.itemId)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => dragged && move(dragged, index)}
          >
            <span className={styles.number}>{index + 1}</span>
            <span className={styles.title}>
              <b>{item.title}</b>
              <span className={styles.about}>
                <small>{[item.topic, item.level].filter(Boolean).join(" · ")}</small>
                {view.role === "host" ? <Assign view={view} item={item} /> : <Whose view={view} itemId={item.itemId} />}
              </span>
            </span>
            <span className={styles.minutes}>{item.minutes} min</span>
            <span className={styles.actions}>
              {view.role !== "observer" && (
                <Button
                  look="quiet"
                  aria-expanded={read === item.itemId}
                  aria-label={`Read ${item.title}`}
                  onClick={() => setRead(read === item.itemId ? null : item.itemId)}
                >
                  <BookOpenText size={14} aria-hidden />
                </Button>
              )}
              {isHost && (
                <>
                  <Button
                    look="quiet"
                    disabled={index === 0}
                    onClick={() => move(item.itemId, index - 1)}
                    aria-label={`Move ${item.title} up`}
                  >
                    <ArrowUp size={14} aria-hidden />
                  </Button>
                  <Button
                    look="quiet"
                    disabled={index === view.plan.length - 1}
                    onClick={() => move(item.itemId, index + 1)}
                    aria-label={`Move ${item.title} down`}
                  >
                    <ArrowDown size={14} aria-hidden />
                  </Button>
                  <Button
                    look="quiet"
                    onClick={() => arrange(view.plan.filter(({ itemId }) => itemId !== item.itemId))}
                    aria-label={`Take ${item.title} out of the plan`}
                  >
                    <X size={14} aria-hidden />
                  </Button>
                </>
              )}
            </span>
            {read === item.itemId && (
              <div className={styles.read}>
                <WhoAsks view={view} itemId={item.itemId} />
                <QuestionBefore questionId={item.questionId} />
                <RubricBefore questionId={item.questionId} />
              </div>
            )}
          </li>
        ))}
      </ol>
      <p className={styles.sum} data-over={planned > budget}>
        {plural(view.plan.length, "question")}, {planned} of {budget} minutes for questions
        {planned > budget && `: ${planned - budget} too many`}
      </p>
    </>
  );
}

function moved(plan: readonly PlanItem[], itemId: string, to: number): PlanItem[] {
  const item = plan.find((planned) => planned.itemId === itemId);
  if (!item) return [...plan];
  const others = plan.filter((planned) => planned !== item);
  return [...others.slice(0, to), item, ...others.slice(to)];
}
