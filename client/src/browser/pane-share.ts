import { useState } from "react";
import { z } from "zod";
import { KeptValue } from "./kept.ts";
import { browserStorage } from "./storage.ts";

const PANE = "whetstone.pane.";

/** `share` is in percent of what the pane stands in. */
const PaneShare = z.looseObject({ share: z.number().min(0).max(100) });

/**
 * How much of its place a pane was given by hand, in percent; null where it has the size that the page gives it. It stays as one left it in
 * this browser. `name` is the same for as long as the component lives.
 */
export function usePaneShare(name: string): readonly [number | null, (share: number | null) => void] {
  const [place] = useState(() => new KeptValue(browserStorage, PANE + name, PaneShare));
  const [share, setShare] = useState(() => place.read()?.share ?? null);
  const resize = (next: number | null) => {
    setShare(next);
    place.keep(next === null ? null : { share: next });
  };
  return [share, resize];
}
