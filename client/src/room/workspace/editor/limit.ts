import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { ySyncAnnotation } from "y-codemirror.next";

/** What would not fit, and how much of it there is. */
export interface Refused {
  readonly isWhole: boolean;
  /** How long the text would have become; null where that was not looked at. */
  readonly length: number | null;
}

const number = (count: number): string => count.toLocaleString("en");

/** What is said of what was not taken. */
export function refusedWords({ isWhole, length }: Refused, most: number): string {
  const would = length === null ? "" : ` and would have ${number(length)}`;
  return isWhole
    ? `Nothing of that was put in, as it does not fit: the text may have ${number(most)} characters${would}. Take less of it.`
    : `The text is full: it may have ${number(most)} characters. Shorten it to go on.`;
}

/** A file of more bytes for each character than any writing has is not even read. */
const BYTES_MOST = 8;

/**
 * Takes nothing by which the text would be longer than `most`, in UTF-16 code units: neither what is pasted nor what is typed or composed.
 * What others write comes through whatever its length, as both texts must stay the same.
 */
export const limitedTo = (most: number, onRefused: (refused: Refused) => void): Extension => [
  EditorState.transactionFilter.of((transaction) => {
    const { changes, startState } = transaction;
    const isOwn = transaction.docChanged && transaction.annotation(ySyncAnnotation) === undefined;
    if (!isOwn || changes.newLength <= most || changes.newLength <= startState.doc.length) return transaction;
    const isWhole = transaction.isUserEvent("input.paste") || transaction.isUserEvent("input.drop");
    onRefused({ isWhole, length: changes.newLength });
    return [];
  }),
  // Lines end in one way in every document, so that a place in it is the same for everybody.
  EditorView.clipboardInputFilter.of((text) => text.replaceAll("\r\n", "\n").replaceAll("\r", "\n")),
  EditorView.domEventHandlers({
    drop: (event) => isTooLarge(event.dataTransfer, most, onRefused),
    paste: (event) => isTooLarge(event.clipboardData, most, onRefused),
  }),
];

function isTooLarge(data: DataTransfer | null, most: number, onRefused: (refused: Refused) => void): boolean {
  const bytes = [...(data?.files ?? [])].reduce((all, { size }) => all + size, 0);
  if (bytes <= most * BYTES_MOST) return false;
  onRefused({ isWhole: true, length: null });
  return true;
}
