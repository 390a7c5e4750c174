import type { CriterionDraft } from "@whetstone/shared/authored";
import { LEVELS } from "@whetstone/shared/bank";
import { BANK_LIMITS, QUESTION_LISTS } from "@whetstone/shared/bank-limits";
import { fieldKey } from "../../ui/form/field-key.ts";
import { LongTextField, TextField } from "../../ui/form/fields.tsx";
import { ListField } from "../../ui/form/ListField.tsx";
import { replacedAt } from "../../ui/form/lists.ts";
import styles from "./QuestionForm.module.css";
import { BLANK_CRITERION, renamedCriterion } from "./question-draft.ts";

const ANCHOR_EXAMPLES = [
  "Wrong or absent: what one hears then",
  "Recites: the right terms without a reason",
  "Explains and applies: which reason, which case",
  "Weighs alternatives: against what, and where it ends",
] as const;

interface CriteriaFieldProps {
  readonly criteria: readonly CriterionDraft[];
  readonly onChange: (criteria: CriterionDraft[]) => void;
}

/** The rubric: criteria, each with a sentence for each level that says what an answer there sounds like. */
export function CriteriaField({ criteria, onChange }: CriteriaFieldProps) {
  return (
    <>
      <ListField
        field="criteria"
        label="Rubric"
        hint="Two or three criteria; communication is added to every question."
        noun="criterion"
        items={criteria}
        max={QUESTION_LISTS.criteria.max}
        blank={BLANK_CRITERION}
        onChange={onChange}
        row={(criterion, index, change) => (
          <div className={styles.criterion}>
            <TextField
              field={fieldKey("criteria", index, "name")}
              label="What is judged"
              value={criterion.name}
              max={BANK_LIMITS.name}
              onChange={(name) => onChange(renamedCriterion(criteria, index, name))}
            />
            <AnchorFields criterion={criterion} index={index} onChange={change} />
          </div>
        )}
      />
      {criteria.length === 0 && (
        <p className={styles.noRubric}>This draft has no rubric yet: it can be asked once it is published.</p>
      )}
    </>
  );
}

interface AnchorFieldsProps {
  readonly criterion: CriterionDraft;
  readonly index: number;
  readonly onChange: (criterion: CriterionDraft) => void;
}

function AnchorFields({ criterion, index, onChange }: AnchorFieldsProps) {
  const write = (at: number, text: string) => {
    const [one, two, three, four] = replacedAt(criterion.anchors, at, text);
    onChange({ ...criterion, anchors: [one ?? "", two ?? "", three ?? "", four ?? ""] });
  };
  return (
    <ol className={styles.anchors}>
      {LEVELS.map((level, at) => (
        <li key={level} data-level={level}>
          <b aria-hidden>{level}</b>
          <LongTextField
            field={fieldKey("criteria", index, "anchors", at)}
            label={`Criterion ${index + 1}, level ${level}`}
            placeholder={ANCHOR_EXAMPLES[at] ?? ""}
            value={criterion.anchors[at] ?? ""}
            max={BANK_LIMITS.line}
            onChange={(text) => write(at, text)}
          />
        </li>
      ))}
    </ol>
  );
}
