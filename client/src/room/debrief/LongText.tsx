import { useState } from "react";
import styles from "./LongText.module.css";
import { excerptOf } from "./sentences.ts";

/** What a person wrote, as they wrote it; a very long text begins folded. */
export function LongText({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const excerpt = excerptOf(text);
  return (
    <div className={styles.text}>
      <p dir="auto">{whole || excerpt === null ? text : excerpt}</p>
      {excerpt !== null && (
        <button type="button" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? "Show less" : `Show all ${text.length.toLocaleString("en")} characters`}
        </button>
      )}
    </div>
  );
}
