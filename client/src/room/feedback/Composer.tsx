import type { FeedbackDraft } from "@whetstone/shared/feedback";
import type { HostView } from "@whetstone/shared/room/view/host";
import { asksOfRound } from "@whetstone/shared/scorecard";
import { useMemo } from "react";
import { FeedbackSheet } from "../../letter/FeedbackSheet.tsx";
import { scrollStop } from "../../ui/scroll-stop.ts";
import { Drawn } from "../drawn/Drawn.tsx";
import { useSend } from "../store/context.tsx";
import styles from "./Composer.module.css";
import { cautionsIn, privateMatters } from "./cautions.ts";
import { DraftForm } from "./DraftForm.tsx";
import { Publishing } from "./Publishing.tsx";
import { letterOf } from "./preview.ts";
import { Sources } from "./Sources.tsx";

/** Where the host writes what the candidate is told: the panel's material, the draft, and exactly what the candidate will read. */
export function FeedbackComposer({ view }: { view: HostView }) {
  const send = useSend();
  const { draft } = view.feedback;
  const write = (change: Partial<FeedbackDraft>) => send({ type: "writeFeedback", feedback: { ...draft, ...change } });
  const { you, room, scorecard, others, people } = view;
  const matters = useMemo(
    () => privateMatters({ you, room, scorecard, others, people }, draft.namesPanel),
    [you, room, scorecard, others, people, draft.namesPanel],
  );
  const letter = letterOf(view, draft);
  const { message, strengths, concerns } = letter.feedback;
  const cautions = [message, ...strengths, ...concerns].flatMap((text) => cautionsIn(text, matters));
  const candidate = letter.feedback.candidate ?? "the candidate";
  const drawn = (number: number) => {
    const ask = asksOfRound(view).find((one) => one.number === number);
    return ask && <Drawn key={ask.askId} askId={ask.askId} number={number} />;
  };
  return (
    <div className={styles.composer}>
      <div className={styles.columns}>
        <div className={styles.publishing}>
          <Publishing view={view} composed={letter.feedback} cautions={cautions.length} />
        </div>
        <Sources view={view} draft={draft} onWrite={write} />
        <DraftForm view={view} draft={draft} matters={matters} onWrite={write} />
        <section className={styles.preview} aria-label={`What ${candidate} will read`}>
          <h2>
            What <bdi>{candidate}</bdi> will read
          </h2>
          <div className={styles.paper} {...scrollStop(`The letter to ${candidate}`)}>
            <FeedbackSheet letter={letter} heading={3} drawn={drawn} />
          </div>
        </section>
      </div>
    </div>
  );
}
