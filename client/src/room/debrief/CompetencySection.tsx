import { LEVELS } from "@whetstone/shared/bank";
import type { Debrief } from "@whetstone/shared/debrief";
import { Section } from "../../ui/Section.tsx";
import type { RaterSign } from "../../ui/signs.ts";
import { scoreText } from "../../words.ts";
import styles from "./CompetencySection.module.css";
import { ScaleHead, ScoreStrip } from "./DotStrip.tsx";
import { LevelColumns } from "./LevelColumns.tsx";

type Competency = Debrief["competencies"][number];

interface CompetencySectionProps {
  readonly debrief: Debrief;
  readonly signs: readonly RaterSign[];
}

/** For each competency the levels given, and where each rater stands: who is strict stands out from top to bottom. */
export function CompetencySection({ debrief: { competencies, raters, overall }, signs }: CompetencySectionProps) {
  if (competencies.length === 0) return null;
  const weighAlike = competencies.every(({ weight }) => weight === competencies[0]?.weight);
  return (
    <Section
      title="Levels by competency"
      hint={weighAlike ? "all count alike in the score" : "they do not count alike in the score"}
    >
      <div className={styles.head} aria-hidden>
        <span>Competency</span>
        <span>Levels given</span>
        <ScaleHead of="scores" />
        <span>Score</span>
      </div>
      <ul className={styles.rows}>
        {competencies.map((competency) => (
          <Row key={competency.name} competency={competency} signs={signs} weighAlike={weighAlike} />
        ))}
        <li className={styles.overall}>
          <b>Score of the whole</b>
          <ScoreStrip signs={signs} values={raters.map((rater) => rater.overall)} />
          <Score score={overall} />
        </li>
      </ul>
      <LevelTable competencies={competencies} signs={signs} />
    </Section>
  );
}

interface RowProps {
  readonly competency: Competency;
  readonly signs: readonly RaterSign[];
  readonly weighAlike: boolean;
}

function Row({ competency, signs, weighAlike }: RowProps) {
  const { name, weight, reason, byRater, distribution, score } = competency;
  return (
    <li>
      <div className={styles.name}>
        <b>{name}</b>
        {!weighAlike && (
          <small>
            counts {weight}×{reason !== null && <>: {reason}</>}
          </small>
        )}
      </div>
      {score === null ? (
        <p className={styles.unrated}>Nobody rated it.</p>
      ) : (
        <>
          <LevelColumns distribution={distribution} />
          <ScoreStrip signs={signs} values={byRater} />
          <Score score={score} />
        </>
      )}
    </li>
  );
}

function Score({ score }: { score: number | null }) {
  return <span className={styles.score}>{score === null ? "–" : scoreText(score)}</span>;
}

/** The same as a table, for who does not see the columns. */
function LevelTable({ competencies, signs }: { competencies: readonly Competency[]; signs: readonly RaterSign[] }) {
  return (
    <div className="visually-hidden">
      <table>
        <caption>How often each level was given, and each rater's score, by competency</caption>
        <thead>
          <tr>
            <th scope="col">Competency</th>
            {LEVELS.map((level) => (
              <th key={level} scope="col">
                Level {level}
              </th>
            ))}
            {signs.map(({ seatId, name }) => (
              <th key={seatId} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {competencies.map(({ name, distribution, byRater }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {LEVELS.map((level) => (
                <td key={level}>{distribution[level - 1]}</td>
              ))}
              {signs.map(({ seatId }, index) => {
                const score = byRater[index] ?? null;
                return <td key={seatId}>{score === null ? "not rated" : scoreText(score)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
