const TYPING_PAUSE_MS = 120;

/** Waits until nothing was typed for a moment: a search that the next one replaces is never sent. */
export function pauseInTyping(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, TYPING_PAUSE_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
