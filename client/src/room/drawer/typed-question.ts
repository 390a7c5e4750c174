import { keepText, keptText } from "../../browser/kept-text.ts";
import { browserStorage } from "../../browser/storage.ts";
import { tellUnsaved } from "../../browser/unsaved.ts";

/** Where a question that is typed in a room is kept until it is asked. */
export const typedQuestionPlace = (roomId: string): string => `whetstone.question.${roomId}`;

/** Keeps a typed question that was taken back, to be asked again, before what is typed there since. */
export function giveBackQuestion(roomId: string, prompt: string): void {
  const place = typedQuestionPlace(roomId);
  const since = keptText(browserStorage, place).trim();
  keepText(browserStorage, place, since === "" ? prompt : `${prompt}\n\n${since}`);
  tellUnsaved(place, true);
}
