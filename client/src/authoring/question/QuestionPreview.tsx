import type { QuestionDraft } from "@whetstone/shared/authored";
import { candidateWorkspace } from "@whetstone/shared/workspace/workspace";
import { memo } from "react";
import { CandidatePrompt } from "../../ui/CandidatePrompt.tsx";
import { Markdown } from "../../ui/Markdown.tsx";
import { hasPanelPart, PanelWorkspace, SeenWorkspace } from "../../ui/WorkspaceShown.tsx";
import { LEVEL_NAMES } from "../../words.ts";
import styles from "./QuestionPreview.module.css";

/** A question while it is written. What is empty is left out, but for the prompt. */

interface PreviewProps {
  readonly draft: QuestionDraft;
}

/** Exactly what stands on the candidate's page when it is asked. */
export const CandidatePreview = memo(function CandidatePreview({ draft }: PreviewProps) {
  return (
    <div className={styles.candidate}>
      <CandidatePrompt number={1}>
        {draft.prompt.trim() ? (
          <Markdown text={draft.prompt} />
        ) : (
          <p className={styles.empty}>The question appears here as you write it.</p>
        )}
      </CandidatePrompt>
      {draft.workspace && (
        <div className={styles.workspace}>
          <SeenWorkspace workspace={candidateWorkspace(draft.workspace)} />
        </div>
      )}
    </div>
  );
});

/** What the panel reads beside it. */
export const InterviewerPreview = memo(function InterviewerPreview({ draft }: PreviewProps) {
  return (
    <div className={styles.interviewer}>
      <h3>{draft.title.trim() || "Without a title"}</h3>
      <p className={styles.number}>{`${LEVEL_NAMES[draft.level]} · ${draft.minutes} min`}</p>
      <div className={styles.promptSmall}>
        <Markdown text={draft.prompt} />
      </div>
      <div className={styles.secret}>
        <Reveals draft={draft} />
        <Points title="Strong answer" texts={draft.strongAnswer} />
        <Points title="Red flags" texts={draft.redFlags} />
        <RubricPreview draft={draft} />
        {draft.workspace && hasPanelPart(draft.workspace) && (
          <section>
            <h4>Tests</h4>
            <PanelWorkspace workspace={draft.workspace} />
          </section>
        )}
        <Points title="References" texts={draft.references} />
      </div>
    </div>
  );
});

const written = (texts: readonly string[]): string[] => texts.filter((text) => text.trim() !== "");

function Reveals({ draft }: PreviewProps) {
  const hints = written(draft.hints);
  const followUps = draft.followUps.filter(({ ask }) => ask.trim() !== "");
  if (hints.length + followUps.length === 0) return null;
  return (
    <dl className={styles.reveals}>
      {hints.map((hint, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: texts without identity, which hold no state
        <div key={index}>
          <dt>Hint {index + 1}</dt>
          <dd>
            <Markdown text={hint} inline />
          </dd>
        </div>
      ))}
      {followUps.map(({ ask, probes }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: texts without identity, which hold no state
        <div key={index}>
          <dt>Follow-up {index + 1}</dt>
          <dd>
            <Markdown text={ask} inline />
            {probes.trim() && <small>Probes {probes}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Points({ title, texts }: { title: string; texts: readonly string[] }) {
  const points = written(texts);
  if (points.length === 0) return null;
  return (
    <section>
      <h4>{title}</h4>
      <ul>
        {points.map((point, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts without identity, which hold no state
          <li key={index}>
            <Markdown text={point} inline />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RubricPreview({ draft }: PreviewProps) {
  const criteria = draft.criteria.filter(({ name, anchors }) => written([name, ...anchors]).length > 0);
  return criteria.map(({ name, anchors }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: criteria without a name have no identity, and none holds state
    <section key={index}>
      <h4>{name.trim() || "A criterion without a name"}</h4>
      <ol className={styles.anchors}>
        {anchors.map((anchor, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the level is the place
          <li key={at} data-level={at + 1}>
            <b>{at + 1}</b>
            {anchor.trim() ? <Markdown text={anchor} inline /> : <span className={styles.empty}>Not written yet</span>}
          </li>
        ))}
      </ol>
    </section>
  ));
}
