import type { ComparedCandidate, ComparedGroup } from "@whetstone/shared/comparison/compare";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import type { HeldRooms } from "../browser/held.ts";
import { Button } from "../ui/Button.tsx";
import { Section } from "../ui/Section.tsx";
import { dayText, plural, scoreText } from "../words.ts";
import { BESIDE } from "./address.ts";
import styles from "./Candidates.module.css";
import { CompetencyStrip, ScaleHead } from "./CompetencyStrip.tsx";
import { ExportRooms } from "./ExportRooms.tsx";
import { type CompetencyMark, competencyMarks } from "./marks.ts";
import { WayInto } from "./Reading.tsx";
import { candidateName, groupName } from "./sentences.ts";
import { firstSorting, type Sorting, type SortKey, sorted } from "./sorting.ts";
import { DecisionMark, Recommendations, Unrated } from "./Verdicts.tsx";

interface CandidatesProps {
  readonly group: ComparedGroup;
  readonly held: HeldRooms;
  readonly onBeside: (roomIds: readonly string[]) => void;
}

/** One row for each candidate; two to four of them can be chosen to stand side by side. */
export function Candidates({ group, held, onBeside }: CandidatesProps) {
  const [sorting, setSorting] = useState<Sorting>(firstSorting("overall"));
  const [followed, setFollowed] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const marks = competencyMarks(group.competencies, followed);
  const sort = (by: SortKey) =>
    setSorting(sorting.by === by ? { by, descending: !sorting.descending } : firstSorting(by));
  const choose = (roomId: string) =>
    setChosen(chosen.includes(roomId) ? chosen.filter((other) => other !== roomId) : [...chosen, roomId]);
  return (
    <Section title={groupName(group)} hint={plural(group.candidates.length, "candidate")}>
      {group.candidates.length > 1 ? (
        <div className={styles.choosing}>
          <p>Choose two to four candidates to see them criterion by criterion.</p>
          <Button look="primary" disabled={chosen.length < BESIDE.fewest} onClick={() => onBeside(chosen)}>
            {chosen.length < BESIDE.fewest ? "Put side by side" : `Put ${chosen.length} side by side`}
          </Button>
        </div>
      ) : (
        <p className={styles.quiet}>One candidate so far. There is something to compare from the second on.</p>
      )}
      <Legend competencies={group.competencies} followed={followed} onFollow={setFollowed} />
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            <SortHead name="Candidate" by="name" sorting={sorting} onSort={sort} />
            <SortHead name="Date" by="at" sorting={sorting} onSort={sort} />
            <SortHead name="Overall" by="overall" sorting={sorting} onSort={sort} />
            <th scope="col" className={styles.scale}>
              <span className="visually-hidden">Competencies</span>
              <ScaleHead />
            </th>
            <th scope="col">Recommendations</th>
            <th scope="col">Decision</th>
          </tr>
        </thead>
        <tbody>
          {sorted(group.candidates, sorting).map((candidate) => (
            <CandidateRow
              key={candidate.roomId}
              candidate={candidate}
              marks={marks}
              secret={held.wayInto(candidate.roomId)}
              choice={
                group.candidates.length > 1
                  ? {
                      isChosen: chosen.includes(candidate.roomId),
                      isFull: chosen.length >= BESIDE.most,
                      onChoose: () => choose(candidate.roomId),
                    }
                  : null
              }
            />
          ))}
        </tbody>
      </table>
      <Export group={group} held={held} chosen={chosen} />
    </Section>
  );
}

/** The scorecards of those who are chosen, or of everybody, to take along. */
function Export({ group, held, chosen }: Pick<CandidatesProps, "group" | "held"> & { chosen: readonly string[] }) {
  const wanted = group.candidates.filter(({ roomId }) => chosen.length === 0 || chosen.includes(roomId));
  const secrets = wanted.flatMap(({ roomId }) => held.wayInto(roomId) ?? []);
  const of = chosen.length === 0 ? groupName(group) : wanted.map(candidateName).join(", ");
  return (
    <details className={styles.export}>
      <summary>Export {chosen.length === 0 ? "all of them" : "who is chosen"}</summary>
      <ExportRooms secrets={secrets} of={of} nameOf={held.nameOf} />
    </details>
  );
}

interface SortHeadProps {
  readonly name: string;
  readonly by: SortKey;
  readonly sorting: Sorting;
  readonly onSort: (by: SortKey) => void;
}

function SortHead({ name, by, sorting, onSort }: SortHeadProps) {
  const isSorted = sorting.by === by;
  const order = isSorted ? (sorting.descending ? "descending" : "ascending") : "none";
  return (
    <th scope="col" aria-sort={order} className={styles.sortHead}>
      <button type="button" onClick={() => onSort(by)}>
        {name}
        <span data-shown={isSorted}>
          {sorting.descending ? <ArrowDown size={13} aria-hidden /> : <ArrowUp size={13} aria-hidden />}
        </span>
      </button>
    </th>
  );
}

interface CandidateRowProps {
  readonly candidate: ComparedCandidate;
  readonly marks: readonly CompetencyMark[];
  readonly secret: string | null;
  readonly choice: { readonly isChosen: boolean; readonly isFull: boolean; readonly onChoose: () => void } | null;
}

function CandidateRow({ candidate, marks, secret, choice }: CandidateRowProps) {
  const { overall, competencies, raters, decision, at } = candidate;
  const name = candidateName(candidate);
  return (
    <tr data-chosen={choice?.isChosen}>
      <td className={styles.choice}>
        {choice && (
          <input
            type="checkbox"
            aria-label={`Choose ${name}`}
            checked={choice.isChosen}
            disabled={choice.isFull && !choice.isChosen}
            onChange={choice.onChoose}
          />
        )}
      </td>
      <th scope="row" className={styles.name}>
        <WayInto secret={secret}>{name}</WayInto>
      </th>
      <td className={styles.date}>{dayText(at)}</td>
      <td className={styles.overall}>
        {overall === null ? "–" : scoreText(overall)}
        <Unrated raters={raters} />
      </td>
      <td className={styles.scale}>
        <CompetencyStrip marks={marks} scores={competencies.map(({ score }) => score)} />
      </td>
      <td>
        <Recommendations raters={raters} />
      </td>
      <td>
        <DecisionMark decision={decision} />
      </td>
    </tr>
  );
}

interface LegendProps {
  readonly competencies: ComparedGroup["competencies"];
  readonly followed: string | null;
  readonly onFollow: (name: string | null) => void;
}

/** Which letter is which competency; a press follows one from candidate to candidate. */
function Legend({ competencies, followed, onFollow }: LegendProps) {
  const marks = competencyMarks(competencies, followed);
  return (
    <ul className={styles.legend} aria-label="Competencies">
      {competencies.map(({ name, weight }, index) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={marks[index]?.isFollowed === true}
            title="Follow it from candidate to candidate"
            onClick={() => onFollow(name === followed ? null : name)}
          >
            <b aria-hidden>{marks[index]?.letter}</b>
            <bdi>{name}</bdi>
            {weight === null ? <small>its weight changed</small> : weight !== 1 && <small>counts {weight}</small>}
          </button>
        </li>
      ))}
    </ul>
  );
}
