import { useState } from "react";
import { z } from "zod";
import { KeptValue } from "./kept.ts";
import { browserStorage } from "./storage.ts";

/** The sizes that a text can be written in, in rem. */
export const EDITOR_SIZES = [0.75, 0.8125, 0.875, 1, 1.125, 1.3125, 1.5] as const;
const USUAL_SIZE = 2;

export const Keys = z.enum(["usual", "vim", "emacs"]);
export type Keys = z.infer<typeof Keys>;

const EditorChoices = z.looseObject({
  /** The place of a size in the list above. */
  size: z
    .int()
    .min(0)
    .max(EDITOR_SIZES.length - 1)
    .optional(),
  keys: Keys.optional(),
});

interface Chosen {
  readonly size: number;
  readonly keys: Keys;
}

/** How somebody likes to write, as they left it in this browser. */
export function useEditorChoices(): readonly [Chosen, (change: Partial<Chosen>) => void] {
  const [place] = useState(() => new KeptValue(browserStorage, "whetstone.editor", EditorChoices));
  const [chosen, setChosen] = useState<Chosen>(() => ({ size: USUAL_SIZE, keys: "usual", ...defined(place.read()) }));
  const choose = (change: Partial<Chosen>) => {
    setChosen((before) => ({ ...before, ...change }));
    // What another version of this page has added stays.
    place.keep({ ...place.read(), ...change });
  };
  return [chosen, choose];
}

const defined = (kept: z.infer<typeof EditorChoices> | null): Partial<Chosen> => ({
  ...(kept?.size !== undefined && { size: kept.size }),
  ...(kept?.keys !== undefined && { keys: kept.keys }),
});
