import type { KitDraft } from "@whetstone/shared/authored";
import type { BankSummary } from "@whetstone/shared/bank-wire";
import { useState } from "react";
import { useFocusLater } from "../../ui/form/form.tsx";
import { moved, replacedAt, withoutAt } from "../../ui/form/lists.ts";
import { toggled } from "./kit-draft.ts";
import { entryTitle, type KitEntries } from "./useKitEntries.ts";

/** How many questions a kit can hold. */
const QUESTIONS = 40;

interface KitOrderOptions {
  readonly draft: KitDraft;
  readonly entries: KitEntries;
  readonly onChange: (draft: KitDraft) => void;
}

/** Changes to a kit's questions, each said in words for whoever does not see it, with the focus kept where it makes sense. */
export function useKitOrder({ draft, entries, onChange }: KitOrderOptions) {
  const { questions } = draft;
  const focusLater = useFocusLater();
  const [said, setSaid] = useState("");
  const set = (changed: KitDraft["questions"]) => onChange({ ...draft, questions: changed });
  const titleAt = (index: number) => entryTitle(questions[index]?.question ?? "", entries);
  return {
    said,
    titleAt,
    move(from: number, to: number): void {
      if (to < 0 || to >= questions.length || from === to) return;
      set(moved(questions, from, to));
      setSaid(`${titleAt(from)} is now number ${to + 1} of ${questions.length}.`);
      focusLater(`questions.${to}.handle`);
    },
    remove(index: number): void {
      set(withoutAt(questions, index));
      setSaid(`${titleAt(index)} is taken out.`);
      focusLater(questions.length > 1 ? `questions.${Math.max(0, index - 1)}.handle` : "search");
    },
    add({ id, title, minutes }: BankSummary): void {
      const isFull = questions.length >= QUESTIONS;
      if (!isFull) set([...questions, { question: id, minutes, probes: [] }]);
      setSaid(
        isFull ? `A kit holds at most ${QUESTIONS} questions.` : `${title} is added as number ${questions.length + 1}.`,
      );
    },
    setMinutes(index: number, minutes: number): void {
      const item = questions[index];
      if (item) set(replacedAt(questions, index, { ...item, minutes }));
    },
    toggleProbe(index: number, competency: number): void {
      const item = questions[index];
      if (item) set(replacedAt(questions, index, { ...item, probes: toggled(item.probes, competency) }));
    },
  };
}
