import { Search } from "lucide-react";
import type { Ref } from "react";
import styles from "./SearchField.module.css";

interface SearchFieldProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly text: string;
  readonly onText: (text: string) => void;
}

export function SearchField({ ref, text, onText }: SearchFieldProps) {
  return (
    <search className={styles.field}>
      <Search size={17} aria-hidden />
      <input
        ref={ref}
        type="search"
        aria-label="Search the bank"
        placeholder="Search titles, prompts, answers, rubrics, tags"
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onText(event.target.value)}
      />
      <kbd aria-hidden>/</kbd>
    </search>
  );
}
