import type { Debrief } from "@whetstone/shared/debrief";
import { useState } from "react";
import { Section } from "../../ui/Section.tsx";
import type { RaterSign } from "../../ui/signs.ts";
import { plural } from "../../words.ts";
import styles from "./Matrix.module.css";
import { MatrixTable } from "./MatrixTable.tsx";
import { differs, type RowChoice, type RowChoices, rowChoices } from "./rows.ts";

interface MatrixProps {
  readonly debrief: Debrief;
  readonly signs: readonly RaterSign[];
}

/** Criteria by raters, what they differ on most first. Each cell opens to the notes behind it. */
export function Matrix({ debrief, signs }: MatrixProps) {
  const [chosen, setChosen] = useState("");
  const [onlyDiffering, setOnlyDiffering] = useState(false);
  const { rows } = debrief;
  const choices = rowChoices(debrief);
  const choice = [...choices.competencies, ...choices.questions].find(({ key }) => key === chosen);
  const shown = rows.filter((row) => (choice?.holds(row) ?? true) && (!onlyDiffering || differs(row)));
  const isCompared = signs.length > 1;
  const title = isCompared ? "Where you differ" : "The ratings";
  const order = isCompared ? "widest first" : "there is nobody to compare them with";
  const all = plural(rows.length, "criterion", "criteria");
  if (rows.length === 0) {
    return (
      <Section title={title}>
        <p className={styles.quiet}>No question was asked, so there is nothing to rate.</p>
      </Section>
    );
  }
  return (
    <Section title={title} hint={`open a level for the notes behind it; ${order}`}>
      <Filters
        choices={choices}
        chosen={choice?.key ?? ""}
        onChoose={setChosen}
        onlyDiffering={isCompared ? onlyDiffering : null}
        onOnlyDiffering={setOnlyDiffering}
        count={shown.length < rows.length ? `${shown.length} of ${all}` : all}
      />
      {shown.length === 0 ? (
        <p className={styles.quiet}>Here you differ nowhere.</p>
      ) : (
        <MatrixTable rows={shown} debrief={debrief} signs={signs} />
      )}
    </Section>
  );
}

interface FiltersProps {
  readonly choices: RowChoices;
  /** The key of the choice; empty for all. */
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
  /** Null where there is nobody to differ from. */
  readonly onlyDiffering: boolean | null;
  readonly onOnlyDiffering: (only: boolean) => void;
  readonly count: string;
}

function Filters({ choices, chosen, onChoose, onlyDiffering, onOnlyDiffering, count }: FiltersProps) {
  return (
    <div className={styles.filters}>
      <label>
        Show{" "}
        <select value={chosen} onChange={(event) => onChoose(event.target.value)}>
          <option value="">every competency and question</option>
          <Choices label="Competencies" choices={choices.competencies} />
          <Choices label="Questions" choices={choices.questions} />
        </select>
      </label>
      {onlyDiffering !== null && (
        <label>
          <input type="checkbox" checked={onlyDiffering} onChange={(event) => onOnlyDiffering(event.target.checked)} />
          Only where you differ
        </label>
      )}
      <p role="status">{count}</p>
    </div>
  );
}

function Choices({ label, choices }: { label: string; choices: readonly RowChoice[] }) {
  return (
    <optgroup label={label}>
      {choices.map(({ key, label: name }) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}
