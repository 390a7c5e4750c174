import type { Fault } from "@whetstone/shared/authored";
import { fieldKey } from "../../ui/form/field-key.ts";

/** The first fault of each field as a sentence; `words` knows what the field is for. */
export function faultsByField(
  faults: readonly Fault[],
  words: (path: readonly PropertyKey[], message: string) => string,
  shownAt = (path: readonly PropertyKey[]): readonly PropertyKey[] => path,
) {
  const byField = new Map<string, string>();
  for (const { path, message } of faults) {
    const key = fieldKey(...shownAt(path));
    if (!byField.has(key)) byField.set(key, words(path, message));
  }
  return byField;
}

/** What is said of an item of a list that is empty. */
export const EMPTY_LINE = "Write something here, or take it out.";
