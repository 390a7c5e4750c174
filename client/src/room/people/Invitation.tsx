import { useMutation } from "@tanstack/react-query";
import { InvitedNames } from "@whetstone/shared/room/seats/commands";
import { type FormEvent, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { NAMES_EXPECTED, NamesField, namesIn } from "../../ui/NamesField.tsx";
import styles from "./Links.module.css";

const DAYS = 7;

/** A list of names, each of whom gets a link. */
export function Invitation({ onInvite }: { onInvite: (names: readonly string[], days: typeof DAYS) => Promise<void> }) {
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const invitation = useMutation({
    mutationFn: (names: readonly string[]) => onInvite(names, DAYS),
    onSuccess: () => setText(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const names = InvitedNames.safeParse(namesIn(text));
    setWrong(!names.success);
    if (names.success) invitation.mutate(names.data);
  };
  return (
    <form className={styles.invitation} onSubmit={submit} noValidate>
      <NamesField
        label="Invite interviewers by name"
        hint="One name a line. Each gets a link of their own, and comes in by it without waiting."
        rows={2}
        value={text}
        error={isWrong ? NAMES_EXPECTED : invitation.error?.message}
        onChange={(written) => {
          setText(written);
          setWrong(false);
        }}
      />
      <Button type="submit" disabled={invitation.isPending}>
        Make their links
      </Button>
    </form>
  );
}
