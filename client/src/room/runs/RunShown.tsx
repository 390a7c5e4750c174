import type { RunOutcome, RunPiece, TestOutcome } from "@whetstone/shared/workspace/run";
import { Check, Minus, X } from "lucide-react";
import { Wide } from "../../ui/Wide.tsx";
import styles from "./RunShown.module.css";

/** What a run printed and showed, what stopped it, and how its tests went: while it runs and ever after. */

interface ShownFault {
  readonly message: string;
  readonly traceback: string;
  readonly line: number | null;
}

export interface ShownTest {
  readonly name: string;
  readonly isHidden: boolean;
  readonly outcome: TestOutcome;
  readonly message: string;
  readonly line: number | null;
}

interface RunShownProps {
  readonly pieces: readonly RunPiece[];
  readonly isCut?: boolean;
  readonly outcome: RunOutcome | null;
  readonly fault: ShownFault | null;
  readonly tests: readonly ShownTest[];
  /** Leads to a line of the program, where it is at hand. */
  readonly onLine?: ((line: number) => void) | undefined;
}

export function RunShown({ pieces, isCut = false, outcome, fault, tests, onLine }: RunShownProps) {
  const isSilent = pieces.length === 0 && fault === null && outcome === "ok" && tests.length === 0;
  return (
    <div className={styles.run}>
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was shown stays in its place
        <Piece key={index} piece={piece} />
      ))}
      {isSilent && <p className={styles.quiet}>It printed nothing.</p>}
      {isCut && <p className={styles.quiet}>Not all that it showed is kept.</p>}
      {fault && <Fault fault={fault} onLine={onLine} />}
      {tests.length > 0 && <Tests tests={tests} onLine={onLine} />}
    </div>
  );
}

function Piece({ piece }: { piece: RunPiece }) {
  switch (piece.kind) {
    case "printed":
      return (
        <Wide tag="pre" name={piece.isError ? "Errors it printed" : "What it printed"}>
          <samp dir="ltr" translate="no" data-error={piece.isError}>
            {piece.text.replace(/\n$/, "")}
          </samp>
        </Wide>
      );
    case "picture":
      return <img className={styles.picture} src={`data:image/png;base64,${piece.png}`} alt="What the program drew" />;
    case "table":
      return <Table {...piece} />;
    default:
      return piece satisfies never;
  }
}

function Table({ columns, rows, total }: Extract<RunPiece, { kind: "table" }>) {
  return (
    <Wide tag="div" name="A table" className={styles.table}>
      <table translate="no">
        <thead>
          <tr>
            {columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may be called the same
              <th key={index} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name
            <tr key={index}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: nor has a cell
                <td key={at} data-number={typeof cell === "number"}>
                  {cell === null ? <i>NULL</i> : String(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {(total > rows.length || total === 0) && (
        <p className={styles.quiet}>{total === 0 ? "No rows." : `The first ${rows.length} of ${total} rows.`}</p>
      )}
    </Wide>
  );
}

function Fault({ fault: { message, traceback, line }, onLine }: Pick<RunShownProps, "onLine"> & { fault: ShownFault }) {
  return (
    <div className={styles.fault}>
      <p>
        <b translate="no">{message}</b> <LineOf line={line} onLine={onLine} />
      </p>
      {traceback.trim() !== "" && traceback.trim() !== message && (
        <details>
          <summary>The way to it</summary>
          <Wide tag="pre" name="The way to the error">
            <samp dir="ltr" translate="no">
              {traceback.trimEnd()}
            </samp>
          </Wide>
        </details>
      )}
    </div>
  );
}

function LineOf({ line, onLine }: Pick<RunShownProps, "onLine"> & { line: number | null }) {
  if (line === null) return null;
  if (!onLine) return <span>line {line}</span>;
  return (
    <button type="button" className={styles.line} onClick={() => onLine(line)}>
      line {line}
    </button>
  );
}

const SIGNS = { passed: Check, failed: X, not_run: Minus } as const;
const SAID: Readonly<Record<TestOutcome, string>> = { passed: "passed", failed: "failed", not_run: "not run" };

function Tests({ tests, onLine }: Pick<RunShownProps, "tests" | "onLine">) {
  return (
    <div className={styles.tests}>
      <ul>
        {tests.map(({ name, isHidden, outcome, message, line }, index) => {
          const Sign = SIGNS[outcome];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: their order is the question's
            <li key={index} data-outcome={outcome}>
              <Sign size={16} strokeWidth={2.5} aria-hidden />
              <span>
                {name} <small>{isHidden ? `${SAID[outcome]}, only the panel has this one` : SAID[outcome]}</small>
                {message !== "" && (
                  <span className={styles.why}>
                    <span translate="no">{message}</span> <LineOf line={line} onLine={onLine} />
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
