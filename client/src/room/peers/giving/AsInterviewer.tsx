import { titleOf } from "@whetstone/shared/question-title";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import type { ScorecardView } from "@whetstone/shared/room/view/scorecards";
import { useState } from "react";
import { Markdown } from "../../../ui/Markdown.tsx";
import { Section } from "../../../ui/Section.tsx";
import { Drawn } from "../../drawn/Drawn.tsx";
import { Rubric } from "../../scorecard/Rubric.tsx";
import styles from "./AsInterviewer.module.css";
import { ASKED_FOR } from "./empty.ts";
import { PeerTextField } from "./PeerTextField.tsx";
import { OF_ANSWERS, Phrases } from "./Phrases.tsx";
import type { RatedRound } from "./rounds.ts";

interface AsInterviewerProps {
  readonly peers: PeersView;
  readonly round: RatedRound;
}

/** What the viewer says of somebody whom they heard answer: two texts first, while it is fresh, then each question with its rubric. */
export function AsInterviewer({ peers, round }: AsInterviewerProps) {
  const { roundId, of, asks } = round;
  const isLetGo = peers.letGo !== "not_yet";
  const scorecard = scorecardOf(round, isLetGo);
  return (
    <Section title={`For ${of}`} hint="How the answers went.">
      <div className={styles.parts}>
        {!isLetGo && <Phrases phrases={OF_ANSWERS} beginsOpen />}
        <div className={styles.texts}>
          <PeerTextField
            peers={peers}
            roundId={roundId}
            part="wentWell"
            label={ASKED_FOR.wentWell}
            hint="What they did, and what it did for you."
          />
          <PeerTextField
            peers={peers}
            roundId={roundId}
            part="tryNext"
            label={ASKED_FOR.tryNext}
            hint="One step, small enough for the next interview."
          />
        </div>
        {asks.length === 0 && <p className={styles.quiet}>No question was asked.</p>}
        {asks.map((ask) => (
          <AskedQuestion key={ask.askId} ask={ask} scorecard={scorecard} />
        ))}
      </div>
    </Section>
  );
}

/** The viewer's judgement as the rubric takes it: what was let go is as locked as a scorecard that was submitted. */
function scorecardOf({ judgement }: RatedRound, isLetGo: boolean): ScorecardView {
  const asLetGo = { ...judgement, number: 1, submittedAt: 0, reason: null, amendment: null, informed: false };
  return { ...judgement, versions: isLetGo ? [asLetGo] : [], amendment: null };
}

/** A question as it was asked, folded where everything in it is rated. */
function AskedQuestion({ ask, scorecard }: { ask: PanelAsk; scorecard: ScorecardView }) {
  const { askId, number, question } = ask;
  const rated = question.criteria.filter(({ id }) => scorecard.ratings[ratingKey(askId, id)] !== undefined).length;
  const [isOpen, setIsOpen] = useState(rated < question.criteria.length);
  return (
    <details className={styles.ask} open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <h3>
          <small>Question {number}</small> {titleOf(question)}
        </h3>
        <span className={styles.rated}>
          {rated} of {question.criteria.length} rated
        </span>
      </summary>
      <details className={styles.put}>
        <summary>Question and answer</summary>
        <div className={styles.prompt}>
          <Markdown text={question.prompt} />
        </div>
        <pre dir="auto">{ask.answer || "Nothing was written."}</pre>
        <Drawn askId={askId} number={number} />
      </details>
      <div className={styles.rubric}>
        <Rubric numbered ask={ask} scorecard={scorecard} />
      </div>
    </details>
  );
}
