import { refusal } from "@whetstone/shared/room/refusal";

/** Why something is not on the board. */
export type BoardFault = keyof typeof SENTENCES;

const SENTENCES = {
  picture:
    "The board takes no pictures, as a small file may be unpacked to gigabytes in every browser that shows it. Draw what matters, or describe it in words.",
  picture_left_out:
    "What was text is on the board. The picture with it was left out: draw what matters, or describe it in words.",
  partly:
    "Some of it is on the board. Pictures, embedded pages and whatever else the board does not take were left out: draw what matters, or describe it in words.",
  dragged: "What is dragged here is not taken. Copy its text and paste it, or draw it.",
  too_much:
    "What you pasted is more than the board can hold, so none of it was put there. Paste less at once, or take something off first.",
  not_for_board: refusal("not_for_board").sentence,
  board_full: refusal("board_full").sentence,
} as const;

export const faultSentence = (fault: BoardFault): string => SENTENCES[fault];
