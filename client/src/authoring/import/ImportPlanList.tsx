import { Link } from "@tanstack/react-router";
import type { ImportPlan } from "@whetstone/shared/bank-wire";
import { type ReactNode, useState } from "react";
import { fieldName } from "../draft/field-names.ts";
import styles from "./ImportPlanList.module.css";

type Entry = ImportPlan["entries"][number];
type Outcome = Entry["outcome"];

const OUTCOMES: readonly Outcome[] = ["refused", "changed", "added", "unchanged"];

const BEFORE: Readonly<{ [outcome in Outcome]: string }> = {
  refused: "Refused",
  changed: "Will be changed",
  added: "Will be added",
  unchanged: "Stay as they are",
};
const BLOCKED: Readonly<{ [outcome in Outcome]: string }> = {
  ...BEFORE,
  changed: "Would be changed",
  added: "Would be added",
  unchanged: "Would stay as they are",
};
const AFTER: Readonly<{ [outcome in Outcome]: string }> = {
  ...BEFORE,
  changed: "Changed",
  added: "Added",
  unchanged: "Unchanged",
};

/** Everything that an import found, by what becomes of it, each with its place. */
export function ImportPlanList({ plan }: { plan: ImportPlan }) {
  const { entries, refused, carriedOut } = plan;
  // What was read stands beside this list piece by piece, where there are pieces.
  const isMain = carriedOut || plan.pieces.length === 0;
  const isBlocked = refused.length > 0 || entries.some(({ outcome }) => outcome === "refused");
  const names = carriedOut ? AFTER : isBlocked ? BLOCKED : BEFORE;
  return (
    <div className={styles.plan}>
      {refused.length > 0 && (
        <Group title="Cannot be read" count={refused.length} outcome="refused" open>
          {refused.map(({ file, line, field, message }) => (
            <li key={`${file}:${line}:${field}:${message}`}>
              <Place file={file} line={line} />
              <span>
                {field && <b>{field}: </b>}
                {message}
              </span>
            </li>
          ))}
        </Group>
      )}
      {plan.passedOver.length > 0 && (
        <Group title="Left out" count={plan.passedOver.length} outcome="unchanged" open={false}>
          {plan.passedOver.map(({ file, line, message }) => (
            <li key={`${file}:${line}:${message}`}>
              <Place file={file} line={line} />
              <span>{message}</span>
            </li>
          ))}
        </Group>
      )}
      {OUTCOMES.map((outcome) => {
        const ofOutcome = entries.filter((entry) => entry.outcome === outcome);
        if (ofOutcome.length === 0) return null;
        return (
          <Group
            key={outcome}
            title={names[outcome]}
            count={ofOutcome.length}
            outcome={outcome}
            open={outcome === "refused" || (isMain && outcome !== "unchanged")}
          >
            {ofOutcome.map((entry) => (
              <li key={`${entry.kind} ${entry.id} ${entry.file}:${entry.line}`}>
                <Place file={entry.file} line={entry.line} />
                <EntryWords entry={entry} isThere={carriedOut} />
              </li>
            ))}
          </Group>
        );
      })}
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly count: number;
  readonly outcome: Outcome;
  readonly open: boolean;
  readonly children: ReactNode;
}

/** A folded list of thousands is made once somebody looks at it. */
function Group({ title, count, outcome, open, children }: GroupProps) {
  const [isOpen, setOpen] = useState(open);
  return (
    <details
      className={styles.group}
      data-outcome={outcome}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        {title} <small>{count}</small>
      </summary>
      {isOpen && <ul>{children}</ul>}
    </details>
  );
}

const Place = ({ file, line }: { file: string; line: number }) => (
  <code className={styles.place} title={`${file}:${line}`}>{`${file}:${line}`}</code>
);

function EntryWords({ entry, isThere }: { entry: Entry; isThere: boolean }) {
  const { kind, title, outcome, details, lacks } = entry;
  return (
    <span>
      {isThere ? <EntryLink entry={entry} /> : <b>{title}</b>}
      {kind === "kit" && <small> kit</small>}
      {outcome === "changed" && details.length > 0 && <span> changes {details.map(fieldName).join(", ")}</span>}
      {outcome === "refused" && <span> {details.join(" ")}</span>}
      {lacks.length > 0 && outcome !== "refused" && <em>{`A draft: it still lacks ${lacks.join(", ")}.`}</em>}
    </span>
  );
}

function EntryLink({ entry: { kind, id, title } }: { entry: Entry }) {
  return kind === "kit" ? (
    <Link to="/kits/$kitId" params={{ kitId: id }}>
      {title}
    </Link>
  ) : (
    <Link to="/bank/own/$questionId" params={{ questionId: id }}>
      {title}
    </Link>
  );
}
