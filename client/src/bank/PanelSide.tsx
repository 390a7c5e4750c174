import { Link } from "@tanstack/react-router";
import type { BankEntry } from "@whetstone/shared/bank-wire";
import type { ReactNode } from "react";
import { Markdown } from "../ui/Markdown.tsx";
import { hasPanelPart, PanelWorkspace } from "../ui/WorkspaceShown.tsx";
import { itemTexts } from "./coverage.ts";
import styles from "./PanelSide.module.css";
import { useCoverage } from "./queries.ts";
import { RubricTable } from "./RubricTable.tsx";

/** What the panel can reveal, and what it listens for. It stands on the violet wash: a candidate must never see it by accident. */
export function PanelSide({ entry }: { entry: BankEntry }) {
  return (
    <div className={styles.secret}>
      <Part title="Hints">
        <ol className={styles.hints}>
          {entry.hints.map((hint) => (
            <li key={hint}>
              <Markdown text={hint} />
            </li>
          ))}
        </ol>
      </Part>
      <Part title="Follow-ups">
        <ol className={styles.followUps}>
          {entry.followUps.map(({ ask, probes }) => (
            <li key={ask}>
              <Markdown text={ask} />
              <div className={styles.probes}>
                <b>Probes</b> <Markdown text={probes} inline />
              </div>
            </li>
          ))}
        </ol>
      </Part>
      <Part title="Strong answer">
        <ul className={styles.points}>
          {entry.strongAnswer.map((point) => (
            <li key={point}>
              <Markdown text={point} />
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Red flags">
        <ul className={styles.flags}>
          {entry.redFlags.map((flag) => (
            <li key={flag}>
              <Markdown text={flag} />
            </li>
          ))}
        </ul>
      </Part>
      {entry.workspace && hasPanelPart(entry.workspace) && (
        <Part title="Tests">
          <PanelWorkspace workspace={entry.workspace} />
        </Part>
      )}
    </div>
  );
}

/** What the question is scored on, and what it is found by. */
export function PanelRubric({ entry }: { entry: BankEntry }) {
  return (
    <div className={styles.secret}>
      <Part title="Rubric">
        <RubricTable criteria={entry.criteria} communication={entry.communication} />
      </Part>
      <About entry={entry} />
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** Where the question comes from, and by what it is found. */
function About({ entry }: { entry: BankEntry }) {
  const { references, aliases, tags, covers } = entry;
  return (
    <dl className={styles.about}>
      {references.length > 0 && (
        <Fact name="References">
          {references.map((reference) => (
            <li key={reference}>{reference}</li>
          ))}
        </Fact>
      )}
      {aliases.length > 0 && (
        <Fact name="Other ways to ask it">
          {aliases.map((alias) => (
            <li key={alias}>
              <Markdown text={alias} inline />
            </li>
          ))}
        </Fact>
      )}
      {covers.length > 0 && <Covered items={covers} />}
      {tags.length > 0 && (
        <Fact name="Tags" inline>
          {tags.map((tag) => (
            <li key={tag}>
              <Link to="/bank" search={{ tag: [tag] }}>
                {tag}
              </Link>
            </li>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function Covered({ items }: { items: readonly string[] }) {
  const coverage = useCoverage();
  const texts = itemTexts(coverage.data ?? []);
  return (
    <Fact name="Covers">
      {items.map((item) => (
        <li key={item}>
          <Link to="/bank/coverage" hash={item}>
            {item}
          </Link>{" "}
          {texts.get(item)}
        </li>
      ))}
    </Fact>
  );
}

function Fact({ name, inline = false, children }: { name: string; inline?: boolean; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <ul data-inline={inline}>{children}</ul>
      </dd>
    </div>
  );
}
