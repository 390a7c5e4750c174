import type { DocumentPart } from "@whetstone/shared/workspace/name";
import { lengthText } from "../../words.ts";

/** What is said of a moment of a playback. */

/** Who writes just then: by name, whoever looks on, nobody for so many milliseconds, nobody yet, or the question itself, which brings a beginning. */
export type Doing =
  | { readonly who: "somebody"; readonly name: string }
  | { readonly who: "you" }
  | { readonly who: "nobody"; readonly forMs: number }
  | { readonly who: "nobody yet" }
  | { readonly who: "question" };

const VERBS = {
  text: { does: "writes", do: "write", nothing: "Nothing is written yet" },
  board: { does: "draws", do: "draw", nothing: "Nothing is drawn yet" },
} as const satisfies Record<DocumentPart, object>;

/** The name that the sentence begins with, if any, and the rest of it. */
export function doingWords(
  doing: Doing,
  part: DocumentPart = "text",
): { readonly name: string | null; readonly rest: string } {
  const verbs = VERBS[part];
  switch (doing.who) {
    case "somebody":
      return { name: doing.name, rest: verbs.does };
    case "you":
      return { name: null, rest: `You ${verbs.do}` };
    case "nobody":
      return { name: null, rest: `Nobody ${verbs.does} for ${lengthText(doing.forMs)}` };
    case "nobody yet":
      return { name: null, rest: verbs.nothing };
    case "question":
      return { name: null, rest: "What the question brings" };
    default:
      return doing satisfies never;
  }
}

/** Down to its seconds, as clocks show a time. */
const begun = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;

/** Where the slider stands, in words: `3 min 20 s of 14 min, Maya writes`. */
export function placeText(answerMs: number, wholeMs: number, doing: Doing, part: DocumentPart = "text"): string {
  const { name, rest } = doingWords(doing, part);
  const said = name === null ? rest.charAt(0).toLowerCase() + rest.slice(1) : `${name} ${rest}`;
  return `${lengthText(begun(answerMs))} of ${lengthText(begun(wholeMs))}, ${said}`;
}
