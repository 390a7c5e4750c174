import { Link, useParams } from "@tanstack/react-router";
import type { LevelCounts, QuestionAsk, QuestionUse } from "@whetstone/shared/comparison/question-use";
import { ArrowLeft } from "lucide-react";
import { useBankEntry } from "../bank/queries.ts";
import type { HeldRooms } from "../browser/held.ts";
import { SiteHeader } from "../site/SiteHeader.tsx";
import { buttonClass } from "../ui/Button.tsx";
import { PageHeading } from "../ui/PageHeading.tsx";
import { Section } from "../ui/Section.tsx";
import { dayText, elapsedText, plural, scoreText, timeText } from "../words.ts";
import { AgreementSection, Figure } from "./Agreement.tsx";
import { Distribution } from "./Levels.tsx";
import styles from "./QuestionUsePage.module.css";
import { useQuestionUse } from "./queries.ts";
import { Reading, WayInto } from "./Reading.tsx";
import { candidateName, figureText, percentText } from "./sentences.ts";

/** How one question of the bank did in the interviews that this browser can read. */
export function QuestionUsePage() {
  const { questionId } = useParams({ from: "/bank/questions/$questionId/use" });
  const across = useQuestionUse(questionId);
  const entry = useBankEntry(questionId);
  const title = entry.data?.title ?? across.data?.title ?? questionId;
  return (
    <div className={styles.page}>
      <title>{`How it was used: ${title} · Whetstone`}</title>
      <SiteHeader actions={null} />
      <main className={styles.main}>
        <div>
          <p className={styles.back}>
            <Link
              to="/bank/questions/$questionId"
              params={{ questionId }}
              activeOptions={{ exact: true }}
              className={buttonClass({ look: "quiet" })}
            >
              <ArrowLeft size={15} aria-hidden /> The question
            </Link>
          </p>
          <PageHeading>{title}</PageHeading>
          <p className={styles.lead}>How it was used in the interviews whose scorecards are open to you.</p>
        </div>
        <Reading across={across}>{(use) => <Use use={use} held={across.held} />}</Reading>
      </main>
    </div>
  );
}

function Use({ use, held }: { use: QuestionUse; held: HeldRooms }) {
  const { asks, criteria, reach, agreement } = use;
  if (reach.interviews === 0) return <p className={styles.quiet}>No scorecards are open to you yet.</p>;
  if (asks.length === 0) {
    return (
      <p className={styles.quiet}>
        It was asked in none of the {plural(reach.interviews, "interview")} that you can read.
      </p>
    );
  }
  return (
    <>
      <Section title="In short">
        <Short use={use} />
      </Section>
      <Section title="Levels that were given" hint="by criterion, each rater’s before they had read the others’">
        <ul className={styles.criteria}>
          {criteria.map((criterion) => (
            <Criterion key={criterion.criterionId} criterion={criterion} />
          ))}
        </ul>
      </Section>
      <AgreementSection report={agreement} of="answers to this question" />
      <Section title="Each time it was asked">
        <Asks asks={asks} held={held} />
      </Section>
    </>
  );
}

function Short({ use }: { use: QuestionUse }) {
  const { asks, reach, medianUsedMs, medianBudgetMs, statistics } = use;
  return (
    <>
      <div className={styles.figures}>
        <Figure name="Asked" value={`${asks.length} of ${reach.interviews}`}>
          Interviews in which it was asked. A question that everybody gets is soon known outside.
        </Figure>
        {medianUsedMs !== null && medianBudgetMs !== null && (
          <Figure name="Time" value={elapsedText(medianUsedMs)} range={`of ${elapsedText(medianBudgetMs)}`}>
            Half of the times it took longer, half of the times less.
          </Figure>
        )}
        {statistics && (
          <>
            <Figure
              name="Difficulty"
              value={statistics.difficulty === null ? "–" : percentText(statistics.difficulty)}
              range={`n = ${plural(statistics.scored, "candidate")}`}
            >
              How much of the scale candidates reach on average: at 100% everybody is at level 4 and it is easy, at 0%
              nobody gets above level 1. Either end tells little about anybody.
            </Figure>
            <Figure
              name="Discrimination"
              value={statistics.discrimination === null ? "–" : figureText(statistics.discrimination)}
              range={`n = ${plural(statistics.scored, "candidate")}`}
            >
              {statistics.discrimination === null
                ? "The levels do not differ enough to compute it."
                : "Whether those who do well on the other questions do well on this one: above 0.30 it tells strong from weak, around 0 it measures something else, below 0 something is wrong with it."}
            </Figure>
          </>
        )}
      </div>
      {!statistics && (
        <p className={styles.quiet}>
          Its difficulty, and how well it tells strong from weak candidates, are shown once there is enough to say.
        </p>
      )}
    </>
  );
}

function Criterion({ criterion: { name, changed, distribution } }: { criterion: LevelCounts }) {
  const count = distribution.reduce((sum, other) => sum + other, 0);
  return (
    <li>
      <h3>
        <bdi>{name}</bdi>
        <small>{plural(count, "rating")}</small>
      </h3>
      <Distribution counts={distribution} of={name} />
      {changed && <p>Its anchors changed in the meantime, so these levels do not all mean the same.</p>}
    </li>
  );
}

function Asks({ asks, held }: { asks: readonly QuestionAsk[]; held: HeldRooms }) {
  return (
    <table className={styles.asks}>
      <thead>
        <tr>
          <th scope="col">Candidate</th>
          <th scope="col">Date</th>
          <th scope="col">Mean level</th>
          <th scope="col">Raters</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {asks.map(({ roomId, candidate, title, at, mean, raters, usedMs, budgetMs }) => (
          <tr key={roomId}>
            <th scope="row">
              <WayInto secret={held.wayInto(roomId)}>{candidateName({ name: candidate, title })}</WayInto>
            </th>
            <td>{dayText(at)}</td>
            <td>{mean === null ? "not rated" : scoreText(mean)}</td>
            <td>{plural(raters, "rater")}</td>
            <td>{timeText(usedMs, budgetMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
