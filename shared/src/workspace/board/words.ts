import type * as Y from "yjs";
import { elementsIn } from "./map.ts";

/** What is written on a board, a line for each text, as far as it can be read without knowing what else stands there. */
export function wordsOnBoard(document: Y.Doc): string {
  const texts = new Map<string, string>();
  for (const json of elementsIn(document).values()) {
    const element = parsed(json);
    if (element?.type === "text" && typeof element.originalText === "string") {
      texts.set(String(element.id), element.originalText);
    }
  }
  return [...texts.values()].filter((text) => text.trim() !== "").join("\n");
}

function parsed(json: string): { readonly [field: string]: unknown } | null {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
