import type { Debrief, DebriefRow } from "@whetstone/shared/debrief";
import { titleOf } from "@whetstone/shared/question-title";
import { Fragment, useId, useState } from "react";
import type { RaterSign } from "../../ui/signs.ts";
import { plural } from "../../words.ts";
import { LevelStrip, ScaleHead } from "./DotStrip.tsx";
import { Evidence } from "./Evidence.tsx";
import styles from "./MatrixTable.module.css";
import { levelBefore, rowKey } from "./rows.ts";
import { Sign } from "./Sign.tsx";

interface PanelProps {
  readonly debrief: Debrief;
  readonly signs: readonly RaterSign[];
}

/** How many raters fit beside each other on a wide screen. */
const FITTING = 6;

interface MatrixTableProps extends PanelProps {
  readonly rows: readonly DebriefRow[];
}

/** The rows of the matrix; each cell opens, below its row, to the notes behind it. */
export function MatrixTable({ rows, debrief, signs }: MatrixTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const isCompared = signs.length > 1;
  /** Opens what is closed, and closes all where nothing is. */
  const toggle = (cells: readonly string[]) => {
    const closed = cells.filter((cell) => !open.has(cell));
    const others = [...open].filter((cell) => !cells.includes(cell));
    setOpen(new Set(closed.length > 0 ? [...open, ...closed] : others));
  };
  return (
    <div className={styles.scroll} data-many={signs.length > FITTING}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            {signs.map((sign) => (
              <th key={sign.seatId} scope="col" className={styles.rater}>
                <Sign sign={sign} />
                <bdi>{sign.name}</bdi>
              </th>
            ))}
            {isCompared && (
              <>
                <th scope="col">
                  <ScaleHead of="levels" />
                </th>
                <th scope="col" className={styles.last}>
                  <span className="visually-hidden">Levels apart</span>
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={rowKey(row)} row={row} debrief={debrief} signs={signs} open={open} onToggle={toggle} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends PanelProps {
  readonly row: DebriefRow;
  /** The cells that are open, by `cellKey`. */
  readonly open: ReadonlySet<string>;
  readonly onToggle: (cells: readonly string[]) => void;
}

const cellKey = (row: DebriefRow, seatId: string): string => `${rowKey(row)}/${seatId}`;

function Row({ row, debrief, signs, open, onToggle }: RowProps) {
  const evidenceId = useId();
  const { cells, spread } = row;
  const keys = cells.map(({ seatId }) => cellKey(row, seatId));
  const opened = signs.map((_, index) => index).filter((index) => open.has(keys[index] ?? ""));
  const isCompared = signs.length > 1;
  return (
    <Fragment>
      <tr data-spread={spread} data-open={opened.length > 0}>
        <RowHead
          row={row}
          isOpen={opened.length === cells.length}
          evidenceId={opened.length > 0 ? evidenceId : undefined}
          onToggle={() => onToggle(keys)}
        />
        {signs.map((sign, index) => (
          <td key={sign.seatId}>
            <Cell
              row={row}
              index={index}
              debrief={debrief}
              name={sign.name}
              isOpen={opened.includes(index)}
              evidenceId={evidenceId}
              onToggle={() => onToggle([keys[index] ?? ""])}
            />
          </td>
        ))}
        {isCompared && (
          <>
            <td className={styles.strip}>
              <LevelStrip signs={signs} values={cells.map(({ level }) => level)} />
            </td>
            <td className={styles.last}>
              <Apart spread={spread} />
            </td>
          </>
        )}
      </tr>
      {opened.length > 0 && (
        <tr className={styles.evidence}>
          <td colSpan={signs.length + (isCompared ? 3 : 1)}>
            <Evidence id={evidenceId} row={row} raters={debrief.raters} signs={signs} opened={opened} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

interface RowHeadProps {
  readonly row: DebriefRow;
  readonly isOpen: boolean;
  readonly evidenceId: string | undefined;
  readonly onToggle: () => void;
}

/** What a row is about; a click opens the notes of all raters. */
function RowHead({ row: { ask, criterion, spread }, isOpen, evidenceId, onToggle }: RowHeadProps) {
  return (
    <th scope="row">
      <button
        type="button"
        className={styles.criterion}
        aria-expanded={isOpen}
        aria-controls={evidenceId}
        title="Open all notes on it"
        onClick={onToggle}
      >
        {criterion.name}
        <small dir="auto">
          {ask.number}. {titleOf(ask.question)}
        </small>
      </button>
      <Apart spread={spread} />
    </th>
  );
}

/** How far apart a row's raters are. It stands twice, as the column at the right is out of sight on a narrow screen. */
function Apart({ spread }: { spread: number | null }) {
  if (spread === null) return null;
  return (
    <span className={styles.apart} data-spread={spread}>
      {spread === 0 ? "equal" : `${spread} apart`}
    </span>
  );
}

interface CellProps {
  readonly row: DebriefRow;
  readonly index: number;
  readonly debrief: Debrief;
  readonly name: string;
  readonly isOpen: boolean;
  readonly evidenceId: string;
  readonly onToggle: () => void;
}

function Cell({ row, index, debrief, name, isOpen, evidenceId, onToggle }: CellProps) {
  const { level = null, notes = [] } = row.cells[index] ?? {};
  const rater = debrief.raters[index];
  const before = rater ? levelBefore(rater, rowKey(row)) : null;
  return (
    <button
      type="button"
      className={styles.cell}
      aria-expanded={isOpen}
      aria-controls={isOpen ? evidenceId : undefined}
      onClick={onToggle}
    >
      <span className="visually-hidden">
        {name}, {level === null ? "not rated" : "level"}{" "}
      </span>
      <b data-level={level}>{level ?? <span aria-hidden>–</span>}</b>
      <small>
        {notes.length === 0 ? "no note" : plural(notes.length, "note")}
        {before && <span>{before.level === null ? "added later" : `was ${before.level}`}</span>}
      </small>
    </button>
  );
}
