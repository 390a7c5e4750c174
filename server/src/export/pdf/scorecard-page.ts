import type { Level } from "@whetstone/shared/bank";
import { CONFIDENCE_NAMES, MARK_NAMES, RECOMMENDATION_NAMES } from "@whetstone/shared/names";
import { grouped } from "../grouped.ts";
import type { ExportedScorecard, RoomExport } from "../room-export.ts";
import { clock, momentText } from "../words.ts";
import { type Prose, proseOf, writtenProse } from "./prose.ts";
import { dayAndHour } from "./words.ts";

/** A short label and a text that somebody wrote. */
export interface Labelled {
  readonly label: string;
  readonly text: Prose;
}

/** One rater's scorecard as the template sets it: by question, so that a note stands beside its rating. */
export interface ScorecardPage {
  readonly rater: string;
  readonly recommendation: string;
  readonly status: string;
  /** Why it was amended, why it was submitted incomplete. */
  readonly remarks: readonly Labelled[];
  readonly summary: Prose;
  readonly parts: readonly ScorecardPart[];
  readonly earlier: readonly EarlierVersion[];
}

interface ScorecardPart {
  /** The question; null for what belongs to none. */
  readonly question: string | null;
  readonly ratings: readonly { readonly criterion: string; readonly level: Level; readonly anchor: Prose }[];
  readonly heard: readonly Prose[];
  readonly notes: readonly NotePage[];
}

interface NotePage extends Labelled {
  readonly mark: "strength" | "concern" | null;
}

interface EarlierVersion {
  readonly title: string;
  readonly remarks: readonly Labelled[];
  /** What read otherwise in the version after it. */
  readonly replaced: readonly Labelled[];
}

type Judgement = ExportedScorecard["earlier"][number] | ExportedScorecard;
type Submission = ExportedScorecard["earlier"][number];
type Ask = RoomExport["asks"][number];

export const scorecardPages = ({ scorecards, asks }: RoomExport): ScorecardPage[] =>
  scorecards.map((scorecard) => ({
    rater: scorecard.rater,
    recommendation: recommendationOf(scorecard),
    status: statusOf(scorecard),
    remarks: scorecard.submitted === null ? [] : remarksOf(scorecard.submitted),
    summary: writtenProse(scorecard.summary.trim()),
    parts: partsOf(scorecard, asks)
      .map(({ part }) => part)
      .filter(hasContent),
    earlier: earlierVersions(scorecard, asks),
  }));

function recommendationOf({ recommendation, confidence }: Judgement): string {
  const word = recommendation === null ? "No recommendation" : RECOMMENDATION_NAMES[recommendation];
  return confidence === null ? word : `${word}, ${CONFIDENCE_NAMES[confidence].toLowerCase()} confidence`;
}

function statusOf({ submitted }: ExportedScorecard): string {
  if (submitted === null) return "Draft, not submitted";
  const { version, submittedAt, informed } = submitted;
  const knowing = informed ? ", when another’s scorecard could be read already" : "";
  return `Version ${version}, submitted ${dayAndHour(submittedAt)}${knowing}`;
}

type Reasons = Pick<Submission, "amendedBecause" | "incompleteBecause">;

const remarksOf = ({ amendedBecause, incompleteBecause }: Reasons): Labelled[] =>
  [
    { label: "Amended because", text: writtenProse(amendedBecause ?? "") },
    { label: "Submitted incomplete because", text: writtenProse(incompleteBecause ?? "") },
  ].filter(({ text }) => text.length > 0);

/** What a judgement says of each ask, and at last what it says of none. */
function partsOf(judgement: Judgement, asks: readonly Ask[]): { ask: Ask | null; part: ScorecardPart }[] {
  const ofAsk = <Entry extends { readonly askId: string | null }>(all: readonly Entry[]) => {
    const groups = grouped(all, ({ askId }) => askId);
    return (ask: Ask | null) => groups.get(ask?.askId ?? null) ?? [];
  };
  const [ratings, heard, notes] = [ofAsk(judgement.ratings), ofAsk(judgement.heard), ofAsk(judgement.notes)];
  return [...asks, null].map((ask) => ({
    ask,
    part: {
      question: ask && `${ask.number}. ${ask.question.title}`,
      ratings: ratings(ask).map(({ criterion, level, anchor }) => ({ criterion, level, anchor: proseOf(anchor) })),
      heard: heard(ask).flatMap(({ keyPoints }) => keyPoints.map(proseOf)),
      notes: notes(ask).map((note) => ({
        label: noteLabel(note, ask),
        text: writtenProse(note.text),
        mark: note.mark,
      })),
    },
  }));
}

const hasContent = ({ ratings, heard, notes }: ScorecardPart): boolean =>
  ratings.length + heard.length + notes.length > 0;

/** `17:02 · strength · behind Depth · at 12:40 of the answer` */
function noteLabel({ elapsedMs, mark, evidenceFor, moment }: Judgement["notes"][number], ask: Ask | null): string {
  const criterion = ask?.question.criteria.find(({ id }) => id === evidenceFor)?.name;
  return [
    clock(elapsedMs),
    mark && MARK_NAMES[mark].toLowerCase(),
    criterion && `behind ${criterion}`,
    momentText(moment),
  ]
    .filter(Boolean)
    .join(" · ");
}

function earlierVersions(scorecard: ExportedScorecard, asks: readonly Ask[]): EarlierVersion[] {
  const versions = scorecard.earlier.map((version) => ({ version, entries: entriesOf(version, asks) }));
  const current = entriesOf(scorecard, asks);
  return versions
    .map(({ version, entries }, index) => {
      const after = new Set((versions[index + 1]?.entries ?? current).map(keyOf));
      return {
        title: `Version ${version.version}, submitted ${dayAndHour(version.submittedAt)}`,
        remarks: remarksOf(version),
        replaced: entries.filter((entry) => !after.has(keyOf(entry))),
      };
    })
    .reverse();
}

const keyOf = (entry: Labelled): string => JSON.stringify(entry);

/** Everything that a judgement says, one entry each, so that two versions can be compared. */
function entriesOf(judgement: Judgement, asks: readonly Ask[]): Labelled[] {
  const { summary } = judgement;
  const parts = partsOf(judgement, asks).flatMap(({ ask, part: { ratings, heard, notes } }) => {
    const where = ask === null ? "" : `Question ${ask.number}, `;
    return [
      ...ratings.map(({ criterion, level, anchor }) => ({
        label: `${where}level ${level}: ${criterion}`,
        text: anchor,
      })),
      ...heard.map((text) => ({ label: `${where}heard`, text })),
      ...notes.map(({ label, text }) => ({ label: `${where}note at ${label}`, text })),
    ];
  });
  const said = [{ label: "Recommendation", text: writtenProse(recommendationOf(judgement)) }];
  return [
    ...said,
    ...(summary.trim() === "" ? [] : [{ label: "Summary", text: writtenProse(summary.trim()) }]),
    ...parts,
  ];
}
