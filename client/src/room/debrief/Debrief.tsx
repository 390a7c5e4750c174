import { type Debrief as DebriefContent, debriefOf } from "@whetstone/shared/debrief";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { asksOfRound } from "@whetstone/shared/scorecard";
import { useMemo } from "react";
import { signsOf } from "../../ui/signs.ts";
import { CompetencySection } from "./CompetencySection.tsx";
import { CourseSection } from "./CourseSection.tsx";
import styles from "./Debrief.module.css";
import { DecisionSection } from "./DecisionSection.tsx";
import { Matrix } from "./Matrix.tsx";
import { Overview } from "./Overview.tsx";
import { PairSection } from "./PairSection.tsx";
import { QuoteSection } from "./QuoteSection.tsx";
import { closedSentence } from "./sentences.ts";
import { Unsubmitted } from "./Unsubmitted.tsx";

/** What the panel talks about when its scorecards are open: where it differs and why, and what it decides. */
export function Debrief({ view }: { view: PanelView }) {
  const debrief = useMemo(() => debriefOf(view), [view]);
  return debrief ? <OpenDebrief view={view} debrief={debrief} /> : <ClosedDebrief view={view} />;
}

/** Says what opens the debrief, and nothing of who has submitted or of how many have. */
function ClosedDebrief({ view }: { view: PanelView }) {
  return (
    <section className={styles.closed} aria-label="Debrief">
      <h2>The debrief is not open to you</h2>
      <p>{closedSentence(view)}</p>
      <p>So that each of you judges alone, nothing of anybody else's scorecard has reached this page.</p>
      <Unsubmitted view={view} />
    </section>
  );
}

function OpenDebrief({ view, debrief }: { view: PanelView; debrief: DebriefContent }) {
  const { raters, strengths, concerns } = debrief;
  const signs = signsOf(raters);
  return (
    <div className={styles.debrief}>
      <Unsubmitted view={view} />
      <Overview
        debrief={debrief}
        signs={signs}
        asks={view.asks}
        round={asksOfRound(view)}
        decision={view.decisions.at(-1)}
      />
      <Matrix debrief={debrief} signs={signs} />
      <div className={styles.two}>
        <QuoteSection title="Strengths" notes={strengths} raters={raters} signs={signs} />
        <QuoteSection title="Concerns" notes={concerns} raters={raters} signs={signs} />
      </div>
      <CompetencySection debrief={debrief} signs={signs} />
      <PairSection pairs={debrief.pairs} signs={signs} />
      <CourseSection course={debrief.course} unrated={debrief.unrated} />
      <DecisionSection view={view} />
    </div>
  );
}
