import { X } from "lucide-react";
import type { StorageFault } from "../browser/storage.ts";
import { dismissStorageFault, useStorageFault } from "../browser/storage-fault.ts";
import { Button } from "./Button.tsx";
import styles from "./StorageNotice.module.css";

const WORDS: Record<StorageFault, { readonly title: string; readonly text: string }> = {
  forbidden: {
    title: "This browser lets no page keep anything.",
    text: "You can take part as usual, and what is sent is saved on the server. But do not reload or close this page: it then forgets your seat, the links that you made and whatever is not saved yet. The link that you were sent leads back to your seat.",
  },
  full: {
    title: "This browser has no room left for what this page keeps.",
    text: "You can take part as usual, and what is sent is saved on the server. But what is added from now on is forgotten by this browser when you reload or close this page. Clear the data of sites that you do not need to make room.",
  },
};

/** What it means that this browser keeps nothing; said once. */
export function StorageNotice() {
  const fault = useStorageFault();
  if (fault === null) return null;
  const { title, text } = WORDS[fault];
  return (
    <div className={styles.notice} role="status">
      <span>
        <b>{title}</b> {text}
      </span>
      <Button look="quiet" aria-label="Dismiss" onClick={() => dismissStorageFault(fault)}>
        <X size={15} aria-hidden />
      </Button>
    </div>
  );
}

/** The same above a page, where it covers nothing. */
export const StorageBand = () => (
  <div className={styles.band}>
    <StorageNotice />
  </div>
);
