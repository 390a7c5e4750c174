import { useState } from "react";
import { browserStorage } from "./storage.ts";

const FOLDED = "whetstone.folded.";

/**
 * Whether a part of a page is folded away; it stays as one left it in this browser. `name` is the same for as long as the component
 * lives, and `atFirst` holds until somebody folds or unfolds it.
 */
export function useFolded(name: string, atFirst = false): readonly [boolean, (isFolded: boolean) => void] {
  const [isFolded, setFolded] = useState(() => {
    const kept = browserStorage.getItem(FOLDED + name);
    return kept === null ? atFirst : kept === "true";
  });
  const fold = (next: boolean) => {
    setFolded(next);
    browserStorage.setItem(FOLDED + name, String(next));
  };
  return [isFolded, fold];
}
