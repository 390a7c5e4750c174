import { Link } from "@tanstack/react-router";
import type { ComparedCandidate, ComparedCriterion, ComparedGroup } from "@whetstone/shared/comparison/compare";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import type { HeldRooms } from "../browser/held.ts";
import { buttonClass } from "../ui/Button.tsx";
import { Section } from "../ui/Section.tsx";
import { type RaterSign, signsOf } from "../ui/signs.ts";
import { dayText, scoreText } from "../words.ts";
import styles from "./Beside.module.css";
import { LevelMark, ScoreBar } from "./Levels.tsx";
import { WayInto } from "./Reading.tsx";
import { candidateName, groupName } from "./sentences.ts";
import { DecisionMark, Recommendations, Unrated } from "./Verdicts.tsx";

interface BesideProps {
  readonly group: ComparedGroup;
  readonly candidates: readonly ComparedCandidate[];
  readonly held: HeldRooms;
}

/** A few candidates side by side, criterion by criterion. */
export function Beside({ group, candidates, held }: BesideProps) {
  return (
    <>
      <p>
        <Link
          to="/compare"
          search={{ of: group.key }}
          activeOptions={{ exact: true }}
          className={buttonClass({ look: "quiet" })}
        >
          <ArrowLeft size={15} aria-hidden /> All candidates
        </Link>
      </p>
      <Section title={groupName(group)} hint="the same criteria, side by side">
        <div className={styles.scroll}>
          <table className={styles.table} data-columns={candidates.length}>
            <thead>
              <tr>
                <td />
                {candidates.map((candidate) => (
                  <th key={candidate.roomId} scope="col">
                    <span className={styles.name}>
                      <WayInto secret={held.wayInto(candidate.roomId)}>{candidateName(candidate)}</WayInto>
                    </span>
                    <small>{dayText(candidate.at)}</small>
                  </th>
                ))}
              </tr>
            </thead>
            <Verdicts candidates={candidates} />
            <Competencies group={group} candidates={candidates} />
            <Questions group={group} candidates={candidates} />
          </table>
        </div>
      </Section>
    </>
  );
}

function Verdicts({ candidates }: Pick<BesideProps, "candidates">) {
  return (
    <tbody>
      <Row name="Overall" candidates={candidates}>
        {({ overall, raters }) => (
          <>
            <b className={styles.overall}>{overall === null ? "–" : scoreText(overall)}</b>
            <Unrated raters={raters} />
          </>
        )}
      </Row>
      <Row name="Recommendations" candidates={candidates}>
        {({ raters }) => <Recommendations raters={raters} />}
      </Row>
      <Row name="Decision" candidates={candidates}>
        {({ decision }) => (
          <>
            <DecisionMark decision={decision} />
            {decision && (
              <p className={styles.rationale} dir="auto">
                {decision.rationale}
              </p>
            )}
          </>
        )}
      </Row>
    </tbody>
  );
}

function Competencies({ group, candidates }: Pick<BesideProps, "group" | "candidates">) {
  return (
    <tbody>
      <Heading
        columns={candidates.length}
        name="Competencies"
        hint="the mean of the raters, whose scores are the rings"
      />
      {group.competencies.map(({ name }, index) => (
        <Row key={name} name={name} candidates={candidates}>
          {({ competencies, raters }) => {
            const { score, byRater } = competencies[index] ?? { score: null, byRater: [] };
            return <ScoreBar score={score} byRater={byRater} names={raters.map((rater) => rater.name)} />;
          }}
        </Row>
      ))}
    </tbody>
  );
}

/** The questions that at least two of these candidates were asked; what only one was asked compares nobody. */
function Questions({ group, candidates }: Pick<BesideProps, "group" | "candidates">) {
  const columns = candidates.map(({ roomId }) => group.candidates.findIndex((other) => other.roomId === roomId));
  const shared = group.questions
    .map((question) => ({
      ...question,
      criteria: question.criteria.filter(
        ({ levels }) => columns.filter((column) => (levels[column] ?? null) !== null).length > 1,
      ),
    }))
    .filter(({ criteria }) => criteria.length > 0);
  if (shared.length === 0) {
    return (
      <tbody>
        <Heading columns={candidates.length} name="Questions" hint="no question was asked of two of them" />
      </tbody>
    );
  }
  return shared.map(({ questionId, title, criteria }) => (
    <tbody key={questionId}>
      <Heading
        columns={candidates.length}
        name={
          <Link to="/bank/questions/$questionId/use" params={{ questionId }}>
            {title}
          </Link>
        }
      />
      {criteria.map((criterion) => (
        <Row
          key={criterion.criterionId}
          name={criterion.name}
          hint={criterion.changed ? "its anchors changed between these interviews" : undefined}
          candidates={candidates}
        >
          {(candidate, index) => <Levels criterion={criterion} candidate={candidate} column={columns[index] ?? -1} />}
        </Row>
      ))}
    </tbody>
  ));
}

interface LevelsProps {
  readonly criterion: ComparedCriterion;
  readonly candidate: ComparedCandidate;
  /** The candidate's place in the group. */
  readonly column: number;
}

function Levels({ criterion, candidate: { raters }, column }: LevelsProps) {
  const levels = criterion.levels[column] ?? null;
  if (levels === null) return <span className={styles.none}>not asked</span>;
  const rated = levels.filter((level) => level !== null);
  if (rated.length === 0) return <span className={styles.none}>not rated</span>;
  const signs: readonly RaterSign[] = signsOf(raters.map((rater) => ({ ...rater, own: false })));
  return (
    <ul className={styles.levels}>
      {signs.map(({ seatId, name, mark }, index) => {
        const level = levels[index] ?? null;
        return (
          level !== null && (
            <li key={seatId}>
              <LevelMark level={level} />
              <span className={styles.sign} aria-hidden title={name}>
                {mark}
              </span>
              <span className="visually-hidden">{name}</span>
            </li>
          )
        );
      })}
    </ul>
  );
}

interface RowProps {
  readonly name: string;
  readonly hint?: string | undefined;
  readonly candidates: readonly ComparedCandidate[];
  readonly children: (candidate: ComparedCandidate, index: number) => ReactNode;
}

function Row({ name, hint, candidates, children }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
        {hint && <small>{hint}</small>}
      </th>
      {candidates.map((candidate, index) => (
        <td key={candidate.roomId}>{children(candidate, index)}</td>
      ))}
    </tr>
  );
}

function Heading({ columns, name, hint }: { columns: number; name: ReactNode; hint?: string }) {
  return (
    <tr className={styles.heading}>
      <th scope="rowgroup" colSpan={columns + 1}>
        {name}
        {hint && <small>{hint}</small>}
      </th>
    </tr>
  );
}
