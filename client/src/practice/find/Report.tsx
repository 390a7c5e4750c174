import { useMutation, useQuery } from "@tanstack/react-query";
import { type PracticeCommand, REPORT_LONGEST } from "@whetstone/shared/practice/wire";
import { type FormEvent, useState } from "react";
import { serverInfo } from "../../api/rooms.ts";
import { keepPartner, type Partner, partnerIn } from "../../browser/practice-partners.ts";
import { useTellUnsaved } from "../../browser/unsaved.ts";
import { Button } from "../../ui/Button.tsx";
import { Chips } from "../../ui/Chips.tsx";
import { Field, fieldStyles } from "../../ui/Field.tsx";
import { LengthNote, SHORTEN } from "../../ui/LengthNote.tsx";
import styles from "./Report.module.css";
import { tellQueue } from "./seeking.ts";

type Reason = Extract<PracticeCommand, { type: "report" }>["reason"];

const REASONS: readonly { readonly value: Reason; readonly label: string }[] = [
  { value: "rude", label: "Rude" },
  { value: "harassing", label: "Harassing" },
  { value: "advertising", label: "Advertising" },
  { value: "other", label: "Something else" },
];

/** Beside a room with somebody whom one found here: they can be reported or never met again, and do not learn of it. */
export function Report({ roomId }: { roomId: string }) {
  const [partner, setPartner] = useState(() => partnerIn(roomId));
  const info = useQuery({ queryKey: ["info"], queryFn: serverInfo });
  if (!partner || !info.data?.findsPartners) return null;
  const onDone = () => {
    keepPartner({ ...partner, blocked: true });
    setPartner({ ...partner, blocked: true });
  };
  return (
    <details className={styles.report}>
      <summary>
        {partner.blocked ? "You will not be brought together again" : "Report or block"}{" "}
        {!partner.blocked && <span dir="auto">{partner.name}</span>}
      </summary>
      {partner.blocked ? (
        <p>
          You are not offered to each other any more, and <span dir="auto">{partner.name}</span> is told nothing of it.
        </p>
      ) : (
        <ReportForm partner={partner} onDone={onDone} />
      )}
    </details>
  );
}

function ReportForm({ partner, onDone }: { partner: Partner; onDone: () => void }) {
  const { pairId } = partner;
  const [reason, setReason] = useState<Reason | null>(null);
  const [text, setText] = useState("");
  useTellUnsaved(`report.${pairId}`, text.trim() !== "");
  const [isMissing, setMissing] = useState(false);
  const telling = useMutation({
    mutationFn: async (command: PracticeCommand) => {
      const refused = await tellQueue(command);
      if (refused !== null) throw new Error(refused);
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason === null);
    if (reason !== null && text.trim().length <= REPORT_LONGEST)
      telling.mutate({ type: "report", pairId, reason, text: text.trim() });
  };
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <p>
        A report goes to whoever runs this server. Either way the two of you are never brought together again, and they
        are told nothing of it.
      </p>
      <Chips
        legend="What was it?"
        kind="radio"
        name="report-reason"
        options={REASONS}
        chosen={reason === null ? [] : [reason]}
        onChoose={setReason}
      />
      <Field label="What happened" hint="If you want to say more.">
        <textarea
          aria-label="What happened"
          className={fieldStyles.input}
          rows={3}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
      <LengthNote text={text.trim()} most={REPORT_LONGEST} consequence={SHORTEN} />
      {isMissing && <p role="alert">Choose what it was.</p>}
      {telling.isError && <p role="alert">{telling.error.message}</p>}
      <div className={styles.actions}>
        <Button type="submit" look="danger" disabled={telling.isPending}>
          Report and block
        </Button>
        <Button disabled={telling.isPending} onClick={() => telling.mutate({ type: "block", pairId })}>
          Block without a report
        </Button>
      </div>
    </form>
  );
}
