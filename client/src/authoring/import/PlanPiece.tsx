import type { CorrectedRole } from "@whetstone/shared/bank-wire";
import { ArrowRightLeft, Check, ChevronDown, CircleQuestionMark } from "lucide-react";
import { memo } from "react";
import { Button } from "../../ui/Button.tsx";
import { LateMarkdown } from "../../ui/LateMarkdown.tsx";
import { isNumbered, type NumberedPiece, type Piece } from "./corrections.ts";
import styles from "./PlanPiece.module.css";
import { RoleChoice } from "./RoleChoice.tsx";
import { confirmable, likelyInstead, ROLE_NAMES } from "./roles.ts";
import { keyOf } from "./sides.ts";
import { quoted } from "./words.ts";

/** What can be done at a piece. */
export interface PieceActions {
  readonly put: (piece: NumberedPiece, as: CorrectedRole, isForAll: boolean) => void;
  readonly open: (key: string | null) => void;
}

interface PlanPieceProps {
  readonly piece: Piece;
  /** Whether the Tab key stops here; the arrows lead on from it. */
  readonly isStop: boolean;
  readonly isOpen: boolean;
  /** Whether it stands in no question. */
  readonly isAlone: boolean;
  /** Whether it is the first of a row that stands behind another. */
  readonly beginsRow: boolean;
  /** How many others look like it, where its choices are open. */
  readonly alike: number;
  readonly actions: PieceActions;
}

/** A piece of the text, what it was taken for, and the ways to say that it is something else. */
export const PlanPiece = memo(function PlanPiece({ piece, beginsRow, ...props }: PlanPieceProps) {
  const name = ROLE_NAMES[piece.role];
  const text = (
    <div className={styles.text} dir="auto">
      <LateMarkdown text={piece.text} />
    </div>
  );
  if (isNumbered(piece)) {
    return (
      <li
        className={styles.piece}
        data-piece={keyOf(piece)}
        data-role={piece.role}
        data-unsure={!piece.isSure}
        data-row={beginsRow}
      >
        <PieceControls piece={piece} {...props} />
        {text}
        {props.isOpen && <RoleChoice piece={piece} alike={props.alike} onPut={props.actions.put} />}
      </li>
    );
  }
  return (
    <li className={styles.piece} data-role={piece.role}>
      <div className={styles.controls}>
        <span className={styles.role}>{name}</span>
        <Later role={piece.role} />
      </div>
      {text}
    </li>
  );
});

function PieceControls({
  piece,
  isStop,
  isOpen,
  isAlone,
  actions,
}: Omit<PlanPieceProps, "piece" | "alike" | "beginsRow"> & { piece: NumberedPiece }) {
  const name = ROLE_NAMES[piece.role];
  const tabIndex = isStop ? 0 : -1;
  const instead = likelyInstead(piece, isAlone);
  const same = confirmable(piece.role);
  const about = quoted(piece.text);
  return (
    <div className={styles.controls}>
      <button
        type="button"
        className={styles.role}
        data-stop
        tabIndex={tabIndex}
        aria-expanded={isOpen}
        aria-label={`${name}${piece.isSure ? "" : ", unsure"}: ${about}`}
        onClick={() => actions.open(isOpen ? null : keyOf(piece))}
      >
        {name} <ChevronDown size={12} aria-hidden />
      </button>
      <Later role={piece.role} />
      {!piece.isSure && (
        <span className={styles.unsure}>
          <CircleQuestionMark size={13} aria-hidden /> unsure
        </span>
      )}
      <span className={styles.quick}>
        {!piece.isSure && same !== null && (
          <Button
            look="quiet"
            tabIndex={tabIndex}
            aria-label={`Right: ${about} is what it was taken for`}
            onClick={() => actions.put(piece, same, false)}
          >
            <Check size={13} aria-hidden /> Right
          </Button>
        )}
        <Button
          look="quiet"
          tabIndex={tabIndex}
          aria-label={`${ROLE_NAMES[instead]} instead: ${about}`}
          onClick={() => actions.put(piece, instead, false)}
        >
          <ArrowRightLeft size={12} aria-hidden /> {ROLE_NAMES[instead]}
        </Button>
      </span>
    </div>
  );
}

/** What a candidate does not see with the question, but later. */
const Later = ({ role }: Pick<Piece, "role">) =>
  role === "hint" || role === "followUp" ? <small className={styles.later}>once you reveal it</small> : null;
