import { scrollStop } from "../../ui/scroll-stop.ts";
import styles from "./AsWritten.module.css";

/** What is written, to be read until it can be written in. */
export const AsWritten = ({ text, label }: { text: string; label: string }) => (
  <pre className={styles.written} {...scrollStop(`Opening: ${label}`)} aria-busy dir="auto">
    {text}
  </pre>
);
