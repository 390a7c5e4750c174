import { OUTCOME_NAMES } from "@whetstone/shared/names";
import type { DecisionView } from "@whetstone/shared/room/view/scorecards";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { Section } from "../../ui/Section.tsx";
import { momentText, plural } from "../../words.ts";
import { DecisionForm } from "./DecisionForm.tsx";
import styles from "./DecisionSection.module.css";
import { LongText } from "./LongText.tsx";

/** What the panel decided, every version of it. The host writes the next one. */
export function DecisionSection({ view }: { view: PanelView }) {
  const { decisions, role } = view;
  return (
    <Section
      title="Decision"
      hint={decisions.length > 1 ? `${plural(decisions.length, "version")}, newest first` : undefined}
    >
      <div className={styles.decision}>
        {role === "host" && <DecisionForm seatId={view.you.seatId} decisions={decisions} />}
        {role !== "host" && decisions.length === 0 && (
          <p className={styles.quiet}>No decision is recorded yet. The host records it, and it appears here.</p>
        )}
        {decisions.length > 0 && (
          <ol className={styles.versions} reversed>
            {decisions
              .map((decision, index) => (
                <Version
                  key={decision.at}
                  decision={decision}
                  number={index + 1}
                  holds={index === decisions.length - 1}
                />
              ))
              .reverse()}
          </ol>
        )}
      </div>
    </Section>
  );
}

interface VersionProps {
  readonly decision: DecisionView;
  readonly number: number;
  readonly holds: boolean;
}

function Version({ decision: { outcome, rationale, at, by }, number, holds }: VersionProps) {
  return (
    <li data-holds={holds}>
      <h3>
        {OUTCOME_NAMES[outcome]}
        <small>
          {holds ? "holds now" : "replaced"} · version {number} · {momentText(at)} · <bdi>{by}</bdi>
        </small>
      </h3>
      <LongText text={rationale} />
    </li>
  );
}
