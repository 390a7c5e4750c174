import type { KitDraft } from "@whetstone/shared/authored";
import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import { Button } from "../../ui/Button.tsx";
import { fieldStyles } from "../../ui/Field.tsx";
import { fieldKey } from "../../ui/form/field-key.ts";
import { LongTextField } from "../../ui/form/fields.tsx";
import { useFault } from "../../ui/form/form.tsx";
import { ListField } from "../../ui/form/ListField.tsx";
import { withoutAt } from "../../ui/form/lists.ts";
import styles from "./KitCompetencies.module.css";
import { type CompetencyRow, competencyRows, NEW_COMPETENCY, strayWeights, withCompetencyRows } from "./kit-draft.ts";
import { weightInWords } from "./kit-facts.ts";

/** How many competencies a kit can name. */
const COMPETENCIES = 12;

interface KitCompetenciesProps {
  readonly draft: KitDraft;
  readonly onChange: (draft: KitDraft) => void;
}

/** What the interview should show, and what does not count like the rest. */
export function KitCompetencies({ draft, onChange }: KitCompetenciesProps) {
  return (
    <section className={styles.competencies}>
      <ListField
        field="competencies"
        label="Competencies"
        hint="What the interview should show, a sentence each."
        noun="competency"
        items={competencyRows(draft)}
        max={COMPETENCIES}
        blank={NEW_COMPETENCY}
        bare
        onChange={(rows) => onChange(withCompetencyRows(draft, rows))}
        row={(row, index, change) => <CompetencyFields row={row} index={index} onChange={change} />}
      />
      {strayWeights(draft).map((index) => (
        <StrayWeight
          key={index}
          competency={draft.weights[index]?.competency ?? 0}
          onRemove={() => onChange({ ...draft, weights: withoutAt(draft.weights, index) })}
        />
      ))}
    </section>
  );
}

interface CompetencyFieldsProps {
  readonly row: CompetencyRow;
  readonly index: number;
  readonly onChange: (row: CompetencyRow) => void;
}

function CompetencyFields({ row, index, onChange }: CompetencyFieldsProps) {
  const field = fieldKey("competencies", index);
  return (
    <>
      <LongTextField
        field={field}
        label={`Competency ${index + 1}`}
        value={row.name}
        max={BANK_LIMITS.line}
        onChange={(name) => onChange({ ...row, name })}
      />
      <div className={styles.weighing}>
        <WeightChoice
          field={fieldKey(field, "weight")}
          label={`Weight of competency ${index + 1}`}
          weight={row.weight}
          onChange={(weight) => onChange({ ...row, weight })}
        />
        {row.weight !== 1 && (
          <LongTextField
            field={fieldKey(field, "reason")}
            label={`Why competency ${index + 1} does not count like the others`}
            placeholder={`Why it counts for ${row.weight > 1 ? "more" : "less"} than the others`}
            value={row.reason}
            max={BANK_LIMITS.line}
            onChange={(reason) => onChange({ ...row, reason })}
          />
        )}
      </div>
    </>
  );
}

const WEIGHTS = [0.5, 1, 1.5, 2, 3] as const;

interface WeightChoiceProps {
  readonly field: string;
  readonly label: string;
  readonly weight: number;
  readonly onChange: (weight: number) => void;
}

/** One of the usual weights; another one that an import brought stays among them. */
function WeightChoice({ field, label, weight, onChange }: WeightChoiceProps) {
  const fault = useFault(field);
  const weights = [...new Set([...WEIGHTS, weight])].sort((a, b) => a - b);
  return (
    <div data-field={field} className={styles.weight}>
      <select
        className={fieldStyles.input}
        aria-label={label}
        value={weight}
        data-usual={weight === 1}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {weights.map((choice) => (
          <option key={choice} value={choice}>
            {capital(weightInWords(choice))}
          </option>
        ))}
      </select>
      {fault !== undefined && <p>{fault}</p>}
    </div>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A weight that no row has a place for, so that it is neither published nor lost unseen. */
function StrayWeight({ competency, onRemove }: { competency: number; onRemove: () => void }) {
  return (
    <p data-field={`competencies.${competency - 1}.weight`} className={styles.stray}>
      There is a weight for competency {competency}, which this kit does not have or weighs already.
      <Button onClick={onRemove}>Take it out</Button>
    </p>
  );
}
