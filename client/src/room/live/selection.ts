/** What the middle shows: an ask that one went back to, or a planned question; null follows the open ask. */
export type Selection = { kind: "ask"; askId: string } | { kind: "plan"; itemId: string } | null;
