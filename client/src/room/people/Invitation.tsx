import { useMutation } from "@tanstack/react-query";
import { InvitedNames } from "@whetstone/shared/room/seats/commands";
import { NAME_UNSEEN } from "@whetstone/shared/visible";
import { type FormEvent, useState } from "react";
import { useTellUnsaved } from "../../browser/unsaved.ts";
import { Button } from "../../ui/Button.tsx";
import { NAMES_EXPECTED, NamesField, namesIn } from "../../ui/NamesField.tsx";
import { useRoomContext } from "../store/context.tsx";
import styles from "./Links.module.css";

const DAYS = 7;

const whyNot = (issues: readonly { readonly message: string }[]): string =>
  issues.some(({ message }) => message === NAME_UNSEEN) ? NAME_UNSEEN : NAMES_EXPECTED;

/** A list of names, each of whom gets a link. */
export function Invitation({ onInvite }: { onInvite: (names: readonly string[], days: typeof DAYS) => Promise<void> }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const { roomId } = useRoomContext();
  useTellUnsaved(`invitation.${roomId}`, text.trim() !== "");
  const invitation = useMutation({
    mutationFn: (names: readonly string[]) => onInvite(names, DAYS),
    onSuccess: () => setText(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const names = InvitedNames.safeParse(namesIn(text));
    setWrong(names.success ? null : whyNot(names.error.issues));
    if (names.success) invitation.mutate(names.data);
  };
  return (
    <form className={styles.invitation} onSubmit={submit} noValidate>
      <NamesField
        label="Invite interviewers by name"
        hint="One name a line. Each gets a link of their own, and comes in by it without waiting."
        rows={2}
        value={text}
        error={wrong ?? invitation.error?.message}
        onChange={(written) => {
          setText(written);
          setWrong(null);
        }}
      />
      <Button type="submit" disabled={invitation.isPending}>
        Make their links
      </Button>
    </form>
  );
}
