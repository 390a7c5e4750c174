import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { hostKey, keepHostKey } from "../browser/remembered.ts";
import { asksForKey, RequestRefused } from "../refusals.ts";
import { Button } from "../ui/Button.tsx";
import { HostKeyField } from "../ui/HostKeyField.tsx";
import styles from "./Refused.module.css";

/** Why something could not be read, and what to do about it: give the host key where it is asked for, else try again. */
export function Refused({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (asksForKey(error)) return <KeyForm />;
  const reason = error instanceof RequestRefused ? error.refusal.reason : null;
  return (
    <div className={styles.refused} role="alert">
      <p>{error.message}</p>
      {reason !== "unknown_question" && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

/** Takes the host key into this browser, and reads everything again with it. */
function KeyForm() {
  const queries = useQueryClient();
  const [given, setGiven] = useState("");
  const held = hostKey();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!given.trim()) return;
    keepHostKey(given.trim());
    void queries.resetQueries();
  };
  return (
    <form className={styles.key} onSubmit={submit}>
      <HostKeyField
        value={given}
        doing="reading its bank"
        error={held === null ? undefined : "The key in this browser is not this server's host key."}
        autoFocus
        onChange={setGiven}
      />
      <Button type="submit" look="primary">
        Open the bank
      </Button>
    </form>
  );
}
