import { useCallback, useState } from "react";
import { tabStorage } from "../../browser/storage.ts";

/** Up to which line something was read in this tab, and the way to say so; `key` stays the same for as long as the component lives. */
export function useRead(key: string): readonly [string | null, (lineId: string) => void] {
  const [readId, setRead] = useState(() => tabStorage.getItem(key));
  const read = useCallback(
    (lineId: string) => {
      setRead(lineId);
      tabStorage.setItem(key, lineId);
    },
    [key],
  );
  return [readId, read];
}
