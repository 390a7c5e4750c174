import type { RoomStore } from "../store/store.ts";

/** Resolves when the feedback, as it was typed last, is on the server's disk; rejects where the server refused it. */
export function feedbackSaved(store: RoomStore): Promise<void> {
  const { refused } = store.getSnapshot();
  store.flush();
  return new Promise((resolve, reject) => {
    const check = () => {
      const now = store.getSnapshot();
      if (now.pending.has("writeFeedback")) return;
      forget();
      if (now.refused.length > refused.length) reject(new Error("What you wrote last could not be saved."));
      else resolve();
    };
    const forget = store.subscribe(check);
    check();
  });
}
