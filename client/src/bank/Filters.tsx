import type { Choice, SearchResponse } from "@whetstone/shared/bank-wire";
import { useId, useState } from "react";
import { ASKED, type Asked, type BankAddress, chosenOf, type Filter, withAsked, withToggled } from "./address.ts";
import styles from "./Filters.module.css";
import { choiceName, FILTER_NAMES, isList } from "./names.ts";

type Choices = SearchResponse["choices"];

export interface FiltersProps {
  readonly address: BankAddress;
  readonly choices: Choices;
  readonly onChange: (address: BankAddress) => void;
}

/** Every filter with the number of questions that each choice would give. */
export function Filters({ address, choices, onChange }: FiltersProps) {
  const group = { address, onChange };
  return (
    <div className={styles.filters}>
      <Group {...group} filter="topic" choices={choices.topics} />
      <Group {...group} filter="level" choices={choices.levels} />
      <Group {...group} filter="minutes" choices={choices.minutes} />
      <AskedBefore address={address} choices={choices.asked} onChange={onChange} />
      <Group {...group} filter="section" choices={choices.sections} folded />
      <Group {...group} filter="tag" choices={choices.tags} folded />
      {choices.packs.length > 1 && <Group {...group} filter="pack" choices={choices.packs} />}
    </div>
  );
}

interface GroupProps extends Omit<FiltersProps, "choices"> {
  readonly filter: Filter;
  readonly choices: readonly Choice[];
  /** Whether the group is closed at first, unless something in it is chosen. */
  readonly folded?: boolean;
}

function Group({ address, filter, choices, folded = false, onChange }: GroupProps) {
  const chosen = chosenOf(address, filter);
  const [isOpen] = useState(!folded || chosen.length > 0);
  return (
    <details className={styles.group} open={isOpen}>
      <summary>
        {FILTER_NAMES[filter]}
        {chosen.length > 0 && <small className={styles.number}>{chosen.length} chosen</small>}
      </summary>
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">{FILTER_NAMES[filter]}</legend>
        {choices.map((choice) => (
          <ChoiceRow
            key={choice.value}
            kind="checkbox"
            name={choiceName(filter, choice)}
            count={choice.count}
            level={filter === "section" && !isList(choice.value) ? 2 : 1}
            checked={chosen.includes(choice.value)}
            onChoose={() => onChange(withToggled(address, filter, choice.value))}
          />
        ))}
      </fieldset>
    </details>
  );
}

function AskedBefore({ address, choices, onChange }: Omit<FiltersProps, "choices"> & { choices: Choices["asked"] }) {
  const name = useId();
  const countOf = (value: Asked) => choices.find((choice) => choice.value === value)?.count ?? 0;
  const choose = (asked: Asked | null) => () => onChange(withAsked(address, asked));
  return (
    <details className={styles.group} open>
      <summary>Asked before</summary>
      <fieldset className={styles.choices}>
        <legend className={styles.explained}>In rooms and practice of this browser</legend>
        <ChoiceRow
          kind="radio"
          group={name}
          name="All questions"
          count={countOf("asked") + countOf("not_asked")}
          checked={address.asked === undefined}
          onChoose={choose(null)}
        />
        {ASKED.map((asked) => (
          <ChoiceRow
            key={asked}
            kind="radio"
            group={name}
            name={asked === "asked" ? "Asked" : "Not asked yet"}
            count={countOf(asked)}
            checked={address.asked === asked}
            onChoose={choose(asked)}
          />
        ))}
      </fieldset>
    </details>
  );
}

interface ChoiceRowProps {
  readonly kind: "checkbox" | "radio";
  readonly group?: string;
  readonly name: string;
  readonly count: number;
  readonly level?: 1 | 2;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

function ChoiceRow({ kind, group, name, count, level = 1, checked, onChoose }: ChoiceRowProps) {
  return (
    <label className={styles.choice} data-level={level} data-empty={count === 0}>
      <input type={kind} name={group} checked={checked} onChange={onChoose} />
      <span>{name}</span>
      <small className={styles.count}>
        {count}
        <span className="visually-hidden">{count === 1 ? " question" : " questions"}</span>
      </small>
    </label>
  );
}
