import { useMutation, useQueryClient } from "@tanstack/react-query";
import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import type { ImportCorrection, ImportPlan, ImportRequest } from "@whetstone/shared/bank-wire";
import { useState } from "react";
import { useTellUnsaved } from "../../browser/unsaved.ts";
import { ListPage } from "../../site/ListPage.tsx";
import { Refused } from "../../site/Refused.tsx";
import { Button } from "../../ui/Button.tsx";
import { Field, fieldStyles, Input } from "../../ui/Field.tsx";
import { nameFault } from "../../ui/name-fault.ts";
import { plural } from "../../words.ts";
import { carryOutImport, lookAtImport } from "../requests.ts";
import { slugOf } from "../slug.ts";
import { useBankChoices } from "../useBankWords.ts";
import { ExportForm } from "./ExportForm.tsx";
import { FileChoice } from "./FileChoice.tsx";
import styles from "./ImportPage.module.css";
import { ImportPlanList } from "./ImportPlanList.tsx";
import type { ImportFile } from "./import-files.ts";
import { PlanSides } from "./PlanSides.tsx";
import { type Looked, useCorrections } from "./use-corrections.ts";

const OUR_QUESTIONS = "Our questions";

/** Brings questions in from files: first it shows what would happen, line by line, then it does all of it or nothing. */
export function ImportPage() {
  const bank = useBankChoices();
  return (
    <ListPage
      title="Import questions"
      lead="From a table (Excel, CSV, JSON, YAML, cards), an export, a document, or a plain list: headings become topics, bullets and numbers become drafts. What is not certainly the question is for the panel only. You see both sides of each question, and can put each piece right, before anything is in the bank."
    >
      {bank.error ? <Refused error={bank.error} onRetry={() => void bank.refetch()} /> : <Import />}
      <ExportForm />
    </ListPage>
  );
}

function Import() {
  const importing = useImport();
  const { files, title, choose, nameAs, look, carryOut, plan, error, isLooking, isImporting, isImported } = importing;
  const nameless = nameFault(title, BANK_LIMITS.title, "Name the pack that the questions go into.");
  return (
    <>
      <FileChoice files={files} isImported={isImported} onChoose={choose} />
      {files.length > 0 && (
        <div className={styles.target}>
          <Field label="Into the pack" hint="Files that bring their own pack keep it." error={nameless}>
            <Input className={fieldStyles.input ?? ""} value={title} onChange={(event) => nameAs(event.target.value)} />
          </Field>
          <Button look={plan ? "plain" : "primary"} large disabled={isLooking || nameless !== undefined} onClick={look}>
            {isLooking ? "Reading…" : "Look at it"}
          </Button>
        </div>
      )}
      {error && <Refused error={error} onRetry={look} />}
      {plan && (
        <>
          <Verdict
            plan={plan}
            isBehind={importing.correcting.isBehind}
            isImporting={isImporting}
            onImport={carryOut}
            onImportRest={importing.carryOutRest}
          />
          <ImportPlanList key={String(isImported)} plan={plan} />
          {!isImported && plan.pieces.length > 0 && <PlanSides plan={plan} correcting={importing.correcting} />}
        </>
      )}
    </>
  );
}

/** What is chosen, and what the server says of it. Another choice forgets what was said of the one before. */
function useImport() {
  const queries = useQueryClient();
  const [files, setFiles] = useState<readonly ImportFile[]>([]);
  const [title, setTitle] = useState(OUR_QUESTIONS);
  const looking = useMutation({ mutationFn: looked });
  const importing = useMutation({ mutationFn: carryOutImport, onSuccess: () => queries.invalidateQueries() });
  const requestWith = (corrections: readonly ImportCorrection[]): ImportRequest => ({
    pack: { id: packIdOf(title), title: title.trim() },
    files: [...files],
    corrections: [...corrections],
    leaveOutRefused: false,
  });
  const isImported = importing.data?.carriedOut ?? false;
  const corrected = useCorrections(looking.data, (corrections, signal) => {
    // What could not be carried out is another thing by now.
    if (!importing.isPending && !isImported) importing.reset();
    return looked({ request: requestWith(corrections), corrections, signal });
  });
  const corrections = corrected.correcting.history.now;
  useTellUnsaved("import.corrections", corrections.length > 0 && !isImported);
  const forget = () => {
    looking.reset();
    importing.reset();
    corrected.overtake();
  };
  return {
    files,
    title,
    choose: (chosen: readonly ImportFile[]) => {
      forget();
      corrected.forget();
      setFiles(chosen);
    },
    nameAs: (name: string) => {
      forget();
      setTitle(name);
    },
    look: () => {
      importing.reset();
      corrected.overtake();
      looking.mutate({ request: requestWith(corrections), corrections });
    },
    carryOut: () => importing.mutate(requestWith(corrections)),
    carryOutRest: () => importing.mutate({ ...requestWith(corrections), leaveOutRefused: true }),
    correcting: corrected.correcting,
    plan: importing.data ?? corrected.plan,
    error: importing.error ?? corrected.error ?? looking.error,
    isLooking: looking.isPending,
    isImporting: importing.isPending,
    isImported,
  };
}

interface Asked {
  readonly request: ImportRequest;
  readonly corrections: readonly ImportCorrection[];
  readonly signal?: AbortSignal;
}

const looked = async ({ request, corrections, signal }: Asked): Promise<Looked> => ({
  plan: await lookAtImport(request, signal),
  corrections,
});

/** The server's own pack has a short identifier; any other has one made from its title. */
const packIdOf = (title: string): string => slugOf(title) || "imported";

type Outcome = ImportPlan["entries"][number]["outcome"];

/** How many of each, without those that there are none of. */
function outcomes(count: (outcome: Outcome) => number, words: readonly (readonly [Outcome, string])[]): string {
  const some = words.filter(([outcome]) => count(outcome) > 0);
  return some.map(([outcome, word]) => `${count(outcome)} ${word}`).join(", ");
}

interface VerdictProps {
  readonly plan: ImportPlan;
  /** Whether something was put right that the plan does not know of yet. */
  readonly isBehind: boolean;
  readonly isImporting: boolean;
  readonly onImport: () => void;
  /** Imports what is not refused. */
  readonly onImportRest: () => void;
}

/** What the import comes to in one sentence, and the way to do it. */
function Verdict({ plan, isBehind, isImporting, onImport, onImportRest }: VerdictProps) {
  const { entries, refused, carriedOut } = plan;
  const count = (outcome: Outcome) => entries.filter((entry) => entry.outcome === outcome).length;
  const wrong = refused.length + count("refused");
  const changes = count("added") + count("changed");
  if (carriedOut) {
    return (
      <p className={styles.done} role="status">
        {`Imported: ${outcomes(count, [
          ["added", "added"],
          ["changed", "changed"],
          ["unchanged", "unchanged"],
        ])}.${wrong > 0 ? ` ${plural(wrong, "thing")} could not be, and ${wrong === 1 ? "is" : "are"} listed below.` : ""}`}
      </p>
    );
  }
  if (wrong > 0) {
    return (
      <div className={`${styles.ready} ${styles.blocked}`}>
        <p role="status">
          {`${plural(wrong, "thing")} cannot be imported. Mend what is listed and choose the files again${plan.canLeaveOut ? ", or import the rest without it" : "; until then nothing is imported"}.`}
        </p>
        {plan.canLeaveOut && (
          <Button large disabled={isImporting || isBehind} onClick={onImportRest}>
            {isImporting ? "Importing…" : `Import the other ${changes}`}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className={styles.ready}>
      <p role="status">
        {changes === 0
          ? "Everything in there is in the bank already, word for word."
          : `${outcomes(count, [
              ["added", "will be added"],
              ["changed", "will be changed"],
              ["unchanged", "stay as they are"],
            ])}.`}
      </p>
      {changes > 0 && (
        <Button look="primary" large disabled={isImporting || isBehind} onClick={onImport}>
          {isImporting ? "Importing…" : "Import"}
        </Button>
      )}
    </div>
  );
}
