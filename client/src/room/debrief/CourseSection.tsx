import type { Course, Debrief } from "@whetstone/shared/debrief";
import { titleOf } from "@whetstone/shared/question-title";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import type { ReactNode } from "react";
import { Section } from "../../ui/Section.tsx";
import { timeText } from "../../words.ts";
import styles from "./CourseSection.module.css";

interface CourseSectionProps {
  readonly course: Course;
  readonly unrated: Debrief["unrated"];
}

/** How the interview went beside its plan: time, deviations, and what nobody rated. */
export function CourseSection({ course, unrated }: CourseSectionProps) {
  const { asks, notAsked, added, outOfOrder } = course;
  const longest = Math.max(...asks.flatMap(({ budgetMs, usedMs }) => [budgetMs, usedMs]));
  const deviates = notAsked.length + added.length + outOfOrder.length + unrated.length > 0;
  return (
    <Section title="Beside the plan" hint={`${timeText(course.usedMs, course.plannedMs)} in all`}>
      <div className={styles.course}>
        {asks.length === 0 && <p className={styles.quiet}>No question was asked.</p>}
        <ol className={styles.times}>
          {asks.map(({ ask, budgetMs, usedMs }) => (
            <li key={ask.askId}>
              <p>
                <span dir="auto">
                  {ask.number}. {titleOf(ask.question)}
                </span>
                <small data-over={usedMs > budgetMs}>{timeText(usedMs, budgetMs)}</small>
              </p>
              <TimeBar budget={budgetMs / longest} used={usedMs / longest} />
            </li>
          ))}
        </ol>
        {deviates ? (
          <dl className={styles.deviations}>
            <Deviation
              name="Planned and not asked"
              items={notAsked.map(({ itemId, title }) => [itemId, <bdi key={itemId}>{title}</bdi>])}
            />
            <Deviation name="Asked without being planned" items={added.map(askItem)} />
            <Deviation name="Asked out of order" items={outOfOrder.map(askItem)} />
            <Deviation
              name="Rated by nobody"
              items={unrated.map(({ ask, criterion }) => [
                ratingKey(ask.askId, criterion.id),
                <>
                  {criterion.name} in <bdi>{titleOf(ask.question)}</bdi>
                </>,
              ])}
            />
          </dl>
        ) : (
          asks.length > 0 && <p className={styles.quiet}>Everything was asked as planned, and everything was rated.</p>
        )}
      </div>
    </Section>
  );
}

/** Both are shares of the longest time on the page. The words beside it say the same. */
function TimeBar({ budget, used }: { budget: number; used: number }) {
  return (
    <div
      className={styles.bar}
      style={{ "--budget": percent(budget), "--within": percent(Math.min(used, budget)), "--used": percent(used) }}
      aria-hidden
    >
      <i className={styles.over} />
      <i className={styles.within} />
      <i className={styles.budget} />
    </div>
  );
}

const percent = (share: number): string => `${share * 100}%`;

type Item = readonly [key: string, words: ReactNode];

const askItem = ({ askId, number, question }: Course["added"][number]): Item => [
  askId,
  <>
    {number}. <bdi>{titleOf(question)}</bdi>
  </>,
];

function Deviation({ name, items }: { name: string; items: readonly Item[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <dt>{name}</dt>
      {items.map(([key, words]) => (
        <dd key={key}>{words}</dd>
      ))}
    </div>
  );
}
