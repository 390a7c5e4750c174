import type { BankEntry } from "@whetstone/shared/bank-wire";
import type { ReactNode } from "react";
import { useBankEntry } from "../../bank/queries.ts";
import { Markdown } from "../../ui/Markdown.tsx";
import { hasPanelPart, PanelWorkspace, SeenWorkspace } from "../../ui/WorkspaceShown.tsx";
import { useReconnected, useRoomContext } from "../store/context.tsx";
import styles from "./BeforeAsked.module.css";

/** A question of the bank that was not asked yet, as the panel reads it: its prompt and what a strong answer holds. */
export function QuestionBefore({ questionId }: { questionId: string }) {
  return (
    <WithEntry id={questionId}>
      {({ prompt, strongAnswer, workspace }) => (
        <>
          <div className={styles.prompt}>
            <Markdown text={prompt} />
          </div>
          {workspace && <SeenWorkspace workspace={{ ...workspace, tests: [] }} />}
          <section className={styles.secret}>
            <h3>Strong answer</h3>
            <ul>
              {strongAnswer.map((point) => (
                <li key={point}>
                  <Markdown text={point} inline />
                </li>
              ))}
            </ul>
          </section>
          {workspace && hasPanelPart(workspace) && (
            <section className={styles.secret}>
              <h3>Tests</h3>
              <PanelWorkspace workspace={workspace} />
            </section>
          )}
        </>
      )}
    </WithEntry>
  );
}

/** Its criteria with their anchors, which nobody can rate by yet. */
export function RubricBefore({ questionId }: { questionId: string }) {
  return (
    <WithEntry id={questionId}>
      {({ criteria, communication }) => (
        <div className={styles.secret}>
          {[...criteria, communication].map(({ id, name, anchors }) => (
            <section key={id}>
              <h3>{name}</h3>
              <ol>
                {anchors.map((anchor) => (
                  <li key={anchor}>
                    <Markdown text={anchor} inline />
                  </li>
                ))}
              </ol>
            </section>
          ))}
        </div>
      )}
    </WithEntry>
  );
}

function WithEntry({ id, children }: { id: string; children: (entry: BankEntry) => ReactNode }) {
  const { token } = useRoomContext();
  const { data, error, refetch } = useBankEntry(id, token);
  useReconnected(error && (() => void refetch()));
  if (data) return children(data);
  return <p className={styles.missing}>{error ? `It cannot be shown. ${error.message}` : "Loading…"}</p>;
}
