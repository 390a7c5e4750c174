import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { ScorecardView, VersionView } from "@whetstone/shared/room/view/scorecards";
import { momentText } from "../../words.ts";
import { ChangeList } from "./ChangeList.tsx";
import { changesBetween } from "./changes.ts";
import scorecardStyles from "./Scorecard.module.css";
import styles from "./Versions.module.css";

interface VersionsProps {
  readonly scorecard: ScorecardView;
  readonly asks: readonly PanelAsk[];
}

/** Everything that was ever submitted, the newest first; each version says how it differs from the one before it. */
export function Versions({ scorecard, asks }: VersionsProps) {
  const { versions, amendment } = scorecard;
  const last = versions.at(-1) ?? null;
  return (
    <section className={scorecardStyles.card} aria-labelledby="versions">
      <h2 id="versions">Versions</h2>
      {amendment !== null && (
        <details className={styles.version}>
          <summary>
            <b>Being amended</b> <small>not submitted yet</small>
          </summary>
          <ChangeList changes={changesBetween(last, scorecard, asks)} nothing="Nothing is changed so far." />
        </details>
      )}
      {versions.toReversed().map((version) => (
        <Version key={version.number} version={version} before={versions[version.number - 2] ?? null} asks={asks} />
      ))}
    </section>
  );
}

interface VersionProps {
  readonly version: VersionView;
  readonly before: VersionView | null;
  readonly asks: readonly PanelAsk[];
}

function Version({ version, before, asks }: VersionProps) {
  const { number, submittedAt, amendment, reason, informed } = version;
  return (
    <details className={styles.version}>
      <summary>
        <b>Version {number}</b> <small>{momentText(submittedAt)}</small>
        {informed && <small className={styles.informed}>after others' scorecards were open to you</small>}
      </summary>
      {amendment !== null && (
        <p>
          <small>Amended because</small> <q dir="auto">{amendment}</q>
        </p>
      )}
      {reason !== null && (
        <p>
          <small>Submitted although something was missing, because</small> <q dir="auto">{reason}</q>
        </p>
      )}
      <ChangeList
        changes={changesBetween(before, version, asks)}
        nothing={before ? "Nothing differs from the version before." : "Nothing was filled in."}
      />
    </details>
  );
}
