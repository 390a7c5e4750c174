import type { KitDraft } from "@whetstone/shared/authored";
import { PhaseKind, phasePreset } from "@whetstone/shared/bank";
import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import { Button } from "../../ui/Button.tsx";
import { LongTextField, MinutesField, TextField } from "../../ui/form/fields.tsx";
import { useFault } from "../../ui/form/form.tsx";
import { PHASE_NAMES } from "../../words.ts";
import styles from "./KitForm.module.css";
import { withPhaseMinutes } from "./kit-facts.ts";

interface KitFormProps {
  readonly draft: KitDraft;
  readonly onChange: (draft: KitDraft) => void;
}

/** What a kit is called and for, how long the interview is and how it is divided. */
export function KitForm({ draft, onChange }: KitFormProps) {
  const set = (change: Partial<KitDraft>) => onChange({ ...draft, ...change });
  return (
    <section className={styles.about}>
      <div className={styles.two}>
        <TextField
          field="title"
          label="Title"
          value={draft.title}
          max={BANK_LIMITS.line}
          autoFocus={draft.title === "" && draft.questions.length === 0}
          onChange={(title) => set({ title })}
        />
        <TextField
          field="role"
          label="Role"
          placeholder="Machine-learning engineer"
          value={draft.role}
          max={BANK_LIMITS.line}
          onChange={(role) => set({ role })}
        />
      </div>
      <LongTextField
        field="description"
        label="Description"
        hint="For whom it is good, and what to leave out if time runs short."
        value={draft.description}
        max={BANK_LIMITS.paragraph}
        lines={3}
        onChange={(description) => set({ description })}
      />
      <Phases draft={draft} set={set} />
    </section>
  );
}

function Phases({ draft, set }: { draft: KitDraft; set: (change: Partial<KitDraft>) => void }) {
  const fault = useFault("phases");
  const minutesOf = (kind: PhaseKind) => draft.phases.find((phase) => phase.kind === kind)?.minutes ?? 0;
  return (
    <fieldset data-field="phases" className={styles.phases}>
      <legend>Minutes</legend>
      <div>
        <MinutesField
          field="minutes"
          label="Interview"
          value={draft.minutes}
          min={10}
          max={240}
          onChange={(minutes) => set({ minutes })}
        />
        <span className={styles.divided} aria-hidden>
          =
        </span>
        {PhaseKind.options.map((kind) => (
          <MinutesField
            key={kind}
            field={`phases.${kind}`}
            label={PHASE_NAMES[kind]}
            value={minutesOf(kind)}
            min={0}
            max={240}
            onChange={(minutes) => set({ phases: withPhaseMinutes(draft.phases, kind, minutes) })}
          />
        ))}
        <Button className={styles.preset ?? ""} onClick={() => set({ phases: phasePreset(draft.minutes) })}>
          Divide as usual
        </Button>
      </div>
      {fault !== undefined && <p>{fault}</p>}
    </fieldset>
  );
}
