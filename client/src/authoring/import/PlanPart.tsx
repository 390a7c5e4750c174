import type { ImportPlan } from "@whetstone/shared/bank-wire";
import { fieldName } from "../draft/field-names.ts";
import { isNumbered, type Piece } from "./corrections.ts";
import styles from "./PlanPart.module.css";
import { type PieceActions, PlanPiece } from "./PlanPiece.tsx";
import { beginsRow, keyOf, type Part, type QuestionPart } from "./sides.ts";

/** What every piece on the page is shown with. */
export interface Showing {
  readonly entries: ImportPlan["entries"];
  /** The key of the piece at which the Tab key stops. */
  readonly stop: string | null;
  /** The key of the piece whose choices are open, and how many others look like it. */
  readonly open: { readonly key: string; readonly alike: number } | null;
  readonly actions: PieceActions;
}

/** A topic, what is left out, or a question with both of its sides. */
export function PlanPart({ part, ...showing }: Showing & { readonly part: Part }) {
  switch (part.kind) {
    case "heading":
      return <Pieces isAlone name="Topic" look={styles.topic} pieces={[part.piece]} {...showing} />;
    case "out":
      return <Pieces isAlone name="Left out" look={styles.out} pieces={part.pieces} {...showing} />;
    case "question":
      return <QuestionSides part={part} {...showing} />;
    default:
      return part satisfies never;
  }
}

function QuestionSides({ part, ...showing }: Showing & { readonly part: QuestionPart }) {
  const { number, candidate, panel, out } = part;
  const first = candidate[0] ?? panel[0];
  return (
    <div className={styles.question}>
      <div className={styles.about}>
        <h3>{`Question ${number}`}</h3>
        {first && <code>{`${first.file}:${first.line}`}</code>}
        {first?.entry != null && <Outcome entry={showing.entries[first.entry]} />}
      </div>
      <div className={styles.sides}>
        <div>
          <p aria-hidden>The candidate sees</p>
          <Pieces name={`Question ${number}: the candidate sees`} pieces={candidate} {...showing} />
        </div>
        <div className={styles.panel}>
          <p aria-hidden>Only the panel</p>
          {panel.length === 0 ? (
            <p className={styles.nothing}>There is no answer to it in the text.</p>
          ) : (
            <Pieces name={`Question ${number}: only the panel sees`} pieces={panel} {...showing} />
          )}
        </div>
      </div>
      {out.length > 0 && <Pieces name={`Question ${number}: left out`} look={styles.out} pieces={out} {...showing} />}
    </div>
  );
}

/** What becomes of a question that is not simply added. */
function Outcome({ entry }: { entry: ImportPlan["entries"][number] | undefined }) {
  if (!entry) return null;
  const { outcome, details } = entry;
  switch (outcome) {
    case "added":
      return null;
    case "unchanged":
      return <span>is in the bank already, word for word</span>;
    case "changed":
      return <span>{`changes ${details.map(fieldName).join(", ")}`}</span>;
    case "refused":
      return <span data-refused>{`refused: ${details.join(" ")}`}</span>;
    default:
      return outcome satisfies never;
  }
}

interface PiecesProps extends Showing {
  readonly name: string;
  readonly look?: string | undefined;
  readonly isAlone?: boolean;
  readonly pieces: readonly Piece[];
}

function Pieces({ name, look, isAlone = false, pieces, stop, open, actions }: PiecesProps) {
  const list = (
    // biome-ignore lint/a11y/noRedundantRoles: Safari calls nothing a list that shows no marks
    <ul role="list" className={styles.pieces} aria-label={name}>
      {pieces.map((piece, index) => {
        const key = isNumbered(piece) ? keyOf(piece) : `${piece.line} ${index}`;
        const isOpen = open?.key === key;
        return (
          <PlanPiece
            key={key}
            piece={piece}
            isStop={key === stop}
            isOpen={isOpen}
            isAlone={isAlone}
            beginsRow={isAlone && beginsRow(pieces, index)}
            alike={isOpen ? open.alike : 0}
            actions={actions}
          />
        );
      })}
    </ul>
  );
  return look === undefined ? list : <div className={look}>{list}</div>;
}
