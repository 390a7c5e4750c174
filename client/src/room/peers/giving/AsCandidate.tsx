import { INTERVIEWING } from "@whetstone/shared/practice/interviewing";
import { givenIn } from "@whetstone/shared/room/view/given";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { Markdown } from "../../../ui/Markdown.tsx";
import { Section } from "../../../ui/Section.tsx";
import { Drawn } from "../../drawn/Drawn.tsx";
import { useSend } from "../../store/context.tsx";
import styles from "./AsCandidate.module.css";
import { LevelChoice } from "./LevelChoice.tsx";
import { PeerTextField } from "./PeerTextField.tsx";
import { OF_INTERVIEWING, Phrases } from "./Phrases.tsx";
import { type AnsweredRound, interviewerOf } from "./rounds.ts";

interface AsCandidateProps {
  readonly peers: PeersView;
  readonly round: AnsweredRound;
}

/** What the viewer says of who interviewed them, if they choose, and what they answered themselves. */
export function AsCandidate({ peers, round }: AsCandidateProps) {
  const send = useSend();
  const { roundId } = round;
  const name = interviewerOf(peers, roundId);
  const { interviewing } = givenIn(peers, roundId);
  const isLetGo = peers.letGo !== "not_yet";
  return (
    <Section title={`How ${name} interviewed`} hint="If you like; all of it may stay empty.">
      <div className={styles.parts}>
        <div className={styles.scales}>
          {INTERVIEWING.map((scale) => (
            <LevelChoice
              key={scale.id}
              scale={scale}
              chosen={interviewing[scale.id] ?? null}
              disabled={isLetGo}
              onChoose={(level) => send({ type: "rateInterviewing", roundId, criterionId: scale.id, level })}
            />
          ))}
        </div>
        {!isLetGo && <Phrases phrases={OF_INTERVIEWING} beginsOpen={false} />}
        <PeerTextField
          peers={peers}
          roundId={roundId}
          part="toInterviewer"
          label={`A word to ${name} as interviewer`}
          hint="Optional. What helped you, or what would have."
        />
        <OwnAnswers round={round} />
      </div>
    </Section>
  );
}

function OwnAnswers({ round: { asks } }: { round: AnsweredRound }) {
  if (asks.length === 0) return null;
  return (
    <details className={styles.answers}>
      <summary>What you answered</summary>
      <ol>
        {asks.map(({ askId, number, prompt, revealed, answer }) => (
          <li key={askId}>
            <h3>Question {number}</h3>
            <Markdown text={prompt} />
            {revealed.map(({ kind, text }) => (
              <div key={`${kind}${text}`} className={styles.revealed}>
                <small>{kind === "hint" ? "A hint" : "A follow-up"}</small>
                <Markdown text={text} />
              </div>
            ))}
            <pre dir="auto">{answer || "Nothing is written on this sheet."}</pre>
            <Drawn askId={askId} number={number} />
          </li>
        ))}
      </ol>
    </details>
  );
}
