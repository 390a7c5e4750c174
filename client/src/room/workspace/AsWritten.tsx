import { scrollStop } from "../../ui/scroll-stop.ts";
import styles from "./AsWritten.module.css";

/** What is written, to be read until it can be written in. */
export const AsWritten = ({ text }: { text: string }) => (
  <pre className={styles.written} {...scrollStop("The sheet is being opened")} aria-busy dir="auto">
    {text}
  </pre>
);
