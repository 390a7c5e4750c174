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
    drop: ({ dataTransfer }, view) => isTooLarge(dataTransfer, view, most, onRefused),
    paste: ({ clipboardData }, view) => isTooLarge(clipboardData, view, most, onRefused),
  }),
];

/** Refuses at once what can never fit, as millions of lines would hold the page while they are taken apart. */
function isTooLarge(
  data: DataTransfer | null,
  { state }: EditorView,
  most: number,
  onRefused: (refused: Refused) => void,
): boolean {
  const bytes = [...(data?.files ?? [])].reduce((all, { size }) => all + size, 0);
  const { length } = data?.getData("text/plain") ?? "";
  // Two characters that end a line become one.
  if (bytes <= most * BYTES_MOST && length <= most * 2) return false;
  const isText = length > most * 2;
  const selected = state.selection.ranges.reduce((all, { from, to }) => all + to - from, 0);
  onRefused({ isWhole: true, length: isText ? state.doc.length - selected + length : null });
  return true;
}
