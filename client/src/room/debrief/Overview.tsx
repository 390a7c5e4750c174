import type { Debrief, DebriefRater } from "@whetstone/shared/debrief";
import { CONFIDENCE_NAMES, OUTCOME_NAMES, RECOMMENDATION_NAMES } from "@whetstone/shared/names";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { DecisionView, VersionView } from "@whetstone/shared/room/view/scorecards";
import { type Missing, missingIn } from "@whetstone/shared/scorecard";
import { useId } from "react";
import type { RaterSign } from "../../ui/signs.ts";
import { elapsedText, momentText, plural, scoreText } from "../../words.ts";
import { ChangeList } from "../scorecard/ChangeList.tsx";
import { changesBetween } from "../scorecard/changes.ts";
import { LongText } from "./LongText.tsx";
import styles from "./Overview.module.css";
import { Name, Sign } from "./Sign.tsx";
import { tally } from "./sentences.ts";

interface OverviewProps {
  readonly debrief: Debrief;
  readonly signs: readonly RaterSign[];
  readonly asks: readonly PanelAsk[];
  /** Those that count. */
  readonly round: readonly PanelAsk[];
  readonly decision: DecisionView | undefined;
}

/** What the panel says in one look: the score, each rater's recommendation, and what it is worth. */
export function Overview({ debrief: { overall, raters }, signs, asks, round, decision }: OverviewProps) {
  const headingId = useId();
  return (
    <section className={styles.overview} aria-labelledby={headingId}>
      <h2 id={headingId} className="visually-hidden">
        Recommendations
      </h2>
      <div className={styles.panel}>
        <p className={styles.score}>
          <b>{overall === null ? "–" : scoreText(overall)}</b>
          <span>{overall === null ? "Nobody rated anything" : "of 4, the mean of the raters' scores"}</span>
        </p>
        <p className={styles.tally}>{tally(raters)}</p>
        {decision && (
          <p className={styles.decision}>
            Decided: <b>{OUTCOME_NAMES[decision.outcome]}</b>
            <small>
              {momentText(decision.at)}, <bdi>{decision.by}</bdi>
            </small>
          </p>
        )}
      </div>
      <ul className={styles.raters} style={{ "--columns": raters.length <= 4 ? raters.length : 3 }}>
        {raters.map((rater, index) => {
          const sign = signs[index];
          return sign && <RaterCard key={rater.seatId} rater={rater} sign={sign} asks={asks} round={round} />;
        })}
      </ul>
    </section>
  );
}

interface RaterCardProps {
  readonly rater: DebriefRater;
  readonly sign: RaterSign;
  readonly asks: readonly PanelAsk[];
  readonly round: readonly PanelAsk[];
}

function RaterCard({ rater, sign, asks, round }: RaterCardProps) {
  const { current, overall } = rater;
  const { recommendation, confidence, summary } = current;
  const between = current.notes.filter(({ askId, text }) => askId === null && text.trim() !== "");
  return (
    <li className={styles.rater}>
      <h3>
        <Sign sign={sign} />
        <span>
          <Name sign={sign} />
        </span>
      </h3>
      <p className={styles.recommendation} data-recommendation={recommendation}>
        {recommendation ? RECOMMENDATION_NAMES[recommendation] : "No recommendation"}
      </p>
      <p className={styles.facts}>
        {confidence ? `${CONFIDENCE_NAMES[confidence]} confidence` : "Confidence not given"}
        {" · "}
        {overall === null ? "rated nothing" : `score ${scoreText(overall)}`}
      </p>
      {summary.trim() !== "" && <LongText text={summary} />}
      {between.length > 0 && (
        <details>
          <summary>{plural(between.length, "note")} between questions</summary>
          <ul>
            {between.map(({ noteId, elapsedMs, text }) => (
              <li key={noteId}>
                <time>{elapsedText(elapsedMs)}</time>
                <LongText text={text} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <Provenance rater={rater} asks={asks} round={round} />
    </li>
  );
}

/** Whether a scorecard was whole when it was submitted, and what became of it since. */
function Provenance({ rater: { current, versions }, asks, round }: Omit<RaterCardProps, "sign">) {
  const [first] = versions;
  const amendments = versions.filter(({ amendment }) => amendment !== null);
  return (
    <div className={styles.provenance}>
      {current.reason !== null && (
        <p>
          <b>Submitted incomplete:</b> <bdi>{current.reason}</bdi> <small>({lacking(missingIn(round, current))})</small>
        </p>
      )}
      {amendments.map((version) => (
        <Amendment key={version.number} version={version} before={versions[version.number - 2] ?? null} asks={asks} />
      ))}
      {first && amendments.length > 0 && (
        <details>
          <summary>
            The first version <small>({momentText(first.submittedAt)})</small>
          </summary>
          <ChangeList changes={changesBetween(null, first, asks)} nothing="Nothing was filled in." />
        </details>
      )}
    </div>
  );
}

interface AmendmentProps {
  readonly version: VersionView;
  readonly before: VersionView | null;
  readonly asks: readonly PanelAsk[];
}

function Amendment({ version: { amendment, informed, submittedAt, ...version }, before, asks }: AmendmentProps) {
  return (
    <>
      <p>
        <b>{informed ? "Amended after reading the others:" : "Amended, not having read the others:"}</b>{" "}
        <bdi>{amendment}</bdi>
      </p>
      <details>
        <summary>
          What it changed <small>({momentText(submittedAt)})</small>
        </summary>
        <ChangeList
          changes={changesBetween(before, version, asks)}
          nothing="Nothing differs from the version before."
        />
      </details>
    </>
  );
}

function lacking({ recommendation, confidence, summary, unrated, unsupported }: Missing): string {
  return [
    recommendation && "no recommendation",
    confidence && "no confidence",
    summary && "no summary",
    unrated.length > 0 && `${plural(unrated.length, "criterion", "criteria")} not rated`,
    unsupported.length > 0 && `${plural(unsupported.length, "rating")} without a note`,
  ]
    .filter(Boolean)
    .join(", ");
}
