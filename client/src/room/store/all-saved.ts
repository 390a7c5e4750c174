import type { RoomStore } from "./store.ts";

/** Waits until the server has all that was written here, so that it is in a file that it makes. */
export function allSaved(store: RoomStore): Promise<void> {
  const isSaved = () => store.getSnapshot().unsaved === 0;
  store.flush();
  if (isSaved()) return Promise.resolve();
  return new Promise((resolve) => {
    const forget = store.subscribe(() => {
      if (!isSaved()) return;
      forget();
      resolve();
    });
  });
}
