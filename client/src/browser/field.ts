/** What somebody writes in or chooses from: keys pressed there belong to it, and the focus is not taken from it. */
export const FIELD =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])";
