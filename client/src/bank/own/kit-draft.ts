import { type Kit, phasePreset } from "@whetstone/shared/bank";
import { KitDraft, kitOfDraft } from "@whetstone/shared/own";
import { isSame } from "./kept-draft.ts";
import type { Publication } from "./question-draft.ts";

const USUAL_MINUTES = 45;

/** A kit before the first keystroke, with the usual phases. */
export const blankKit = (): KitDraft =>
  KitDraft.parse({ minutes: USUAL_MINUTES, phases: phasePreset(USUAL_MINUTES), competencies: [""] });

export function kitPublication(id: string, draft: KitDraft, published: Kit | null): Publication {
  if (published === null) return "draft";
  const made = kitOfDraft(id, draft);
  return "kit" in made && isSame(made.kit, published) ? "published" : "changed";
}
