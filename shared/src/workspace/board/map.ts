import type * as Y from "yjs";

/**
 * Where a board stands in its document: a map with an entry for every element and every page that has changed it, as JSON. So what two change at
 * once lies side by side, and which of them stands follows from the entries alone, in whatever order they come.
 */
export const ELEMENTS = "elements";

export const elementsIn = (document: Y.Doc): Y.Map<string> => document.getMap(ELEMENTS);
