import type { Level } from "@whetstone/shared/bank";
import type { Debrief, DebriefRater, DebriefRow } from "@whetstone/shared/debrief";
import { titleOf } from "@whetstone/shared/question-title";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";

/** Which rows of the matrix are shown. */

export const rowKey = ({ ask, criterion }: DebriefRow): string => ratingKey(ask.askId, criterion.id);

/** A choice of the filter; `key` names it among all choices. */
export interface RowChoice {
  readonly key: string;
  readonly label: string;
  readonly holds: (row: DebriefRow) => boolean;
}

export interface RowChoices {
  readonly competencies: readonly RowChoice[];
  readonly questions: readonly RowChoice[];
}

/** What rows can be narrowed to: every competency that has any, and every question in the order of asking. */
export function rowChoices({ rows, competencies }: Pick<Debrief, "rows" | "competencies">): RowChoices {
  const asks = new Map(rows.map(({ ask }) => [ask.askId, ask]));
  return {
    competencies: competencies
      .filter(({ name }) => rows.some((row) => row.competencies.includes(name)))
      .map(({ name }) => ({
        key: `competency/${name}`,
        label: name,
        holds: (row) => row.competencies.includes(name),
      })),
    questions: [...asks.values()]
      .sort((one, other) => one.number - other.number)
      .map(({ askId, number, question }) => ({
        key: `question/${askId}`,
        label: `${number}. ${titleOf(question)}`,
        holds: ({ ask }) => ask.askId === askId,
      })),
  };
}

export const differs = ({ spread }: DebriefRow): boolean => spread !== null && spread > 0;

/** The level that a rater gave before they amended their scorecard; null where it is the one that holds. */
export function levelBefore({ versions, current }: DebriefRater, key: string): { level: Level | null } | null {
  const level = versions[0]?.ratings[key];
  return level === current.ratings[key] ? null : { level: level ?? null };
}
