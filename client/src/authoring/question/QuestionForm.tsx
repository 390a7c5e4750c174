import type { QuestionDraft } from "@whetstone/shared/authored";
import { QuestionLevel } from "@whetstone/shared/bank";
import { BANK_LIMITS, QUESTION_LISTS } from "@whetstone/shared/bank-limits";
import { fieldKey } from "../../ui/form/field-key.ts";
import { ChipsField, LongTextField, MinutesField, SuggestedField, TextField } from "../../ui/form/fields.tsx";
import { LinesField, ListField } from "../../ui/form/ListField.tsx";
import { slugOf } from "../slug.ts";
import type { BankWords } from "../useBankWords.ts";
import { CriteriaField } from "./CriteriaField.tsx";
import styles from "./QuestionForm.module.css";
import { withWorkspace } from "./question-draft.ts";
import { WorkspaceField } from "./WorkspaceField.tsx";

interface QuestionFormProps {
  readonly draft: QuestionDraft;
  readonly words: BankWords;
  readonly onChange: (draft: QuestionDraft) => void;
}

/** A whole question as a form: first what it is and what the candidate sees, then, on the violet wash, what only the panel sees. */
export function QuestionForm({ draft, words, onChange }: QuestionFormProps) {
  const set = (change: Partial<QuestionDraft>) => onChange({ ...draft, ...change });
  return (
    <>
      <section className={styles.part}>
        <TextField
          field="title"
          label="Title"
          hint="A short name for the panel's lists. The candidate never sees it."
          value={draft.title}
          max={BANK_LIMITS.title}
          autoFocus={draft.title === "" && draft.prompt === ""}
          onChange={(title) => set({ title })}
        />
        <LongTextField
          field="prompt"
          label="What the candidate sees"
          hint="Markdown, with $maths$ and fenced code."
          value={draft.prompt}
          max={BANK_LIMITS.paragraph}
          lines={5}
          reading
          onChange={(prompt) => set({ prompt })}
        />
        <About draft={draft} words={words} set={set} />
      </section>
      <section className={styles.part}>
        <h2>Workspace</h2>
        <WorkspaceField
          workspace={draft.workspace}
          onChange={(workspace) => onChange(withWorkspace(draft, workspace))}
        />
      </section>
      <section className={styles.part} data-secret>
        <h2>Only the panel sees this</h2>
        <Answers draft={draft} set={set} />
        <CriteriaField criteria={draft.criteria} onChange={(criteria) => set({ criteria })} />
        <Sources draft={draft} words={words} set={set} />
      </section>
    </>
  );
}

interface PartProps {
  readonly draft: QuestionDraft;
  readonly set: (change: Partial<QuestionDraft>) => void;
}

type WordyPartProps = PartProps & { readonly words: BankWords };

function About({ draft, words, set }: WordyPartProps) {
  return (
    <>
      <div className={styles.two}>
        <SuggestedField
          field="topic"
          label="Topic"
          value={draft.topic}
          toValue={slugOf}
          longest={BANK_LIMITS.identifier}
          suggestions={words.topics}
          onChange={(topic) => set({ topic })}
        />
        <MinutesField
          field="minutes"
          label="Minutes"
          value={draft.minutes}
          min={1}
          max={60}
          onChange={(minutes) => set({ minutes })}
        />
      </div>
      <fieldset data-field="level" className={styles.level}>
        <legend>Level</legend>
        <div>
          {QuestionLevel.options.map((level) => (
            <label key={level} className={styles.choice}>
              <input type="radio" name="level" checked={draft.level === level} onChange={() => set({ level })} />
              {level}
            </label>
          ))}
        </div>
      </fieldset>
      <ChipsField
        field="tags"
        label="Tags"
        hint="For searching; Enter or a comma adds one."
        values={draft.tags}
        max={QUESTION_LISTS.tags.max}
        longest={BANK_LIMITS.identifier}
        toValue={slugOf}
        suggestions={words.tags}
        onChange={(tags) => set({ tags })}
      />
      <LinesField
        field="aliases"
        label="Other ways to ask it"
        hint="Search finds it by them too."
        noun="alias"
        items={draft.aliases}
        max={QUESTION_LISTS.aliases.max}
        length={BANK_LIMITS.line}
        onChange={(aliases) => set({ aliases })}
      />
    </>
  );
}

function Answers({ draft, set }: PartProps) {
  return (
    <>
      <LinesField
        field="hints"
        label="Hints"
        hint="One to three, each stronger than the one before."
        noun="hint"
        items={draft.hints}
        max={QUESTION_LISTS.hints.max}
        length={BANK_LIMITS.paragraph}
        onChange={(hints) => set({ hints })}
      />
      <FollowUps draft={draft} set={set} />
      <LinesField
        field="strongAnswer"
        label="Key points of a strong answer"
        hint="Four to eight, each a thing that one hears or does not."
        noun="key point"
        items={draft.strongAnswer}
        max={QUESTION_LISTS.strongAnswer.max}
        length={BANK_LIMITS.paragraph}
        onChange={(strongAnswer) => set({ strongAnswer })}
      />
      <LinesField
        field="redFlags"
        label="Red flags"
        hint="Common misconceptions."
        noun="red flag"
        items={draft.redFlags}
        max={QUESTION_LISTS.redFlags.max}
        length={BANK_LIMITS.paragraph}
        onChange={(redFlags) => set({ redFlags })}
      />
    </>
  );
}

function FollowUps({ draft, set }: PartProps) {
  return (
    <ListField
      field="followUps"
      label="Follow-ups"
      hint="Two to four, going deeper."
      noun="follow-up"
      items={draft.followUps}
      max={QUESTION_LISTS.followUps.max}
      blank={{ ask: "", probes: "" }}
      onChange={(followUps) => set({ followUps })}
      row={(followUp, index, change) => (
        <>
          <LongTextField
            field={fieldKey("followUps", index, "ask")}
            label="What is asked next"
            value={followUp.ask}
            max={BANK_LIMITS.paragraph}
            onChange={(ask) => change({ ...followUp, ask })}
          />
          <LongTextField
            field={fieldKey("followUps", index, "probes")}
            label="What it probes"
            value={followUp.probes}
            max={BANK_LIMITS.line}
            onChange={(probes) => change({ ...followUp, probes })}
          />
        </>
      )}
    />
  );
}

function Sources({ draft, words, set }: WordyPartProps) {
  return (
    <>
      <LinesField
        field="references"
        label="References"
        hint="Authors, title, year."
        noun="reference"
        items={draft.references}
        max={QUESTION_LISTS.references.max}
        length={BANK_LIMITS.line}
        onChange={(references) => set({ references })}
      />
      <div className={styles.two}>
        <ChipsField
          field="covers"
          label="Covers"
          hint="Items of the source lists, such as A1.5."
          values={draft.covers}
          max={QUESTION_LISTS.covers.max}
          longest={BANK_LIMITS.item}
          toValue={(text) => text.trim().toUpperCase()}
          suggestions={words.items}
          onChange={(covers) => set({ covers })}
        />
        <TextField
          field="reviewed"
          label="Last checked"
          type="month"
          value={draft.reviewed}
          max={7}
          onChange={(reviewed) => set({ reviewed })}
        />
      </div>
    </>
  );
}
