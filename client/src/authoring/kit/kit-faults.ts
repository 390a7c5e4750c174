import type { Fault, KitDraft } from "@whetstone/shared/authored";
import { NAME_UNSEEN } from "@whetstone/shared/visible";
import type { FieldFaults } from "../../ui/form/field-key.ts";
import { EMPTY_LINE, faultsByField } from "../draft/faults.ts";

/** What is wrong with the draft of a kit. */
export const kitFaults = (faults: readonly Fault[], draft: KitDraft): FieldFaults =>
  faultsByField(faults, kitWords, (path) => shownAt(path, draft));

/** A weight is shown with its competency, and what a question probes in one place. */
function shownAt(path: readonly PropertyKey[], { weights }: KitDraft): readonly PropertyKey[] {
  const [field, index, part] = path;
  const weighed = field === "weights" ? weights[Number(index)] : undefined;
  if (weighed) return ["competencies", weighed.competency - 1, part === "reason" ? part : "weight"];
  return field === "questions" && part === "probes" ? [field, Number(index), part] : path;
}

function kitWords(path: readonly PropertyKey[], message: string): string {
  if (message === NAME_UNSEEN) return message;
  const [field, index, part] = path;
  const inList = index !== undefined;
  switch (field as keyof KitDraft) {
    case "title":
      return "Give the kit a title.";
    case "role":
      return "Say which role it is for.";
    case "description":
      return "Say in a sentence or two what this kit is good for.";
    case "minutes":
      return "Choose between 10 and 240 minutes.";
    case "competencies":
      return inList ? EMPTY_LINE : "Name at least one competency that the interview should show.";
    case "weights":
      return part === "reason" ? "Say why it does not count like the others." : asSentence(message);
    case "phases":
      return inList ? "Choose between 0 and 480 minutes." : "Divide the interview into phases.";
    case "questions":
      if (part === "probes") return asSentence(message);
      return inList ? "Choose between 1 and 60 minutes." : "Add at least one question.";
    default:
      return message;
  }
}

const asSentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
