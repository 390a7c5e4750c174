import { type Criterion, LEVELS } from "@whetstone/shared/bank";
import { Markdown } from "../ui/Markdown.tsx";
import styles from "./RubricTable.module.css";

interface RubricTableProps {
  readonly criteria: readonly Criterion[];
  /** The pack's own criterion, which all its questions share. */
  readonly communication: Criterion;
}

/** Each criterion with what an answer at each level sounds like. */
export function RubricTable({ criteria, communication }: RubricTableProps) {
  return (
    <table className={styles.rubric}>
      <thead>
        <tr>
          <th scope="col">Criterion</th>
          {LEVELS.map((level) => (
            <th key={level} scope="col" data-level={level}>
              <b>{level}</b>
              <span className="visually-hidden">Level {level}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...criteria, communication].map((criterion) => (
          <tr key={criterion.id}>
            <th scope="row">
              {criterion.name}
              {criterion === communication && <small>in every question of the pack</small>}
            </th>
            {LEVELS.map((level) => (
              <td key={level} data-level={level}>
                <Markdown text={criterion.anchors[level - 1] ?? ""} inline />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
