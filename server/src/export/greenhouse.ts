import type { Recommendation } from "@whetstone/shared/room/scorecard/commands";
import { z } from "zod";
import type { RoomExport } from "./room-export.ts";
import { type ScorecardForm, scorecardForms } from "./scorecard-form.ts";

const RATINGS = ["definitely_not", "no", "mixed", "yes", "strong_yes"] as const;
const Rating = z.enum(RATINGS);
type Rating = z.infer<typeof Rating>;

const Attribute = z.strictObject({
  name: z.string(),
  type: z.enum(["Qualifications", "Skills"]),
  note: z.string().nullable(),
  rating: Rating,
});
type Attribute = z.infer<typeof Attribute>;

/**
 * A scorecard as the Greenhouse Harvest API (v1, "The scorecard object") shows one. What only Greenhouse can know is
 * left out (its identifiers of the scorecard, the candidate and the application) or null (those of the person and of
 * the questions).
 */
const GreenhouseScorecard = z.strictObject({
  interview: z.string(),
  interviewed_at: z.iso.datetime(),
  submitted_by: z.strictObject({ id: z.null(), name: z.string() }),
  submitted_at: z.iso.datetime(),
  overall_recommendation: z.enum(["definitely_not", "no", "yes", "strong_yes", "no_decision"]),
  attributes: z.array(Attribute),
  ratings: z.record(Rating, z.array(z.string())).describe("The attributes' names, by rating."),
  questions: z.array(z.strictObject({ id: z.null(), question: z.string(), answer: z.string() })),
});
type GreenhouseScorecard = z.infer<typeof GreenhouseScorecard>;

const RECOMMENDATIONS: Readonly<Record<Recommendation, GreenhouseScorecard["overall_recommendation"]>> = {
  strong_no: "definitely_not",
  no: "no",
  yes: "yes",
  strong_yes: "strong_yes",
};

/** The two questions that every Greenhouse scorecard has, by the field whose place they take. */
const OWN_QUESTIONS: Readonly<Record<string, string>> = { summary: "Key Take-Aways", notes: "Private Notes" };

/** The submitted scorecards as an array of Greenhouse scorecards (JSON). */
export const toGreenhouse = (exported: RoomExport): string =>
  `${JSON.stringify(
    scorecardForms(exported).map((form) => GreenhouseScorecard.parse(scorecard(form, exported))),
    null,
    2,
  )}\n`;

function scorecard(form: ScorecardForm, exported: RoomExport): GreenhouseScorecard {
  const { room } = exported;
  const attributes = [...competencyAttributes(form, exported), ...ratingAttributes(form)];
  const named = (rating: Rating) => attributes.filter((one) => one.rating === rating).map(({ name }) => name);
  return {
    interview: room.title,
    interviewed_at: room.startedAt ?? room.openedAt,
    submitted_by: { id: null, name: form.rater },
    submitted_at: form.submittedAt,
    overall_recommendation: form.recommendation === null ? "no_decision" : RECOMMENDATIONS[form.recommendation],
    attributes,
    ratings: {
      definitely_not: named("definitely_not"),
      no: named("no"),
      mixed: named("mixed"),
      yes: named("yes"),
      strong_yes: named("strong_yes"),
    },
    questions: form.fields.flatMap((field) =>
      field.kind === "text" ? [{ id: null, question: OWN_QUESTIONS[field.id] ?? field.title, answer: field.text }] : [],
    ),
  };
}

/** What the rater's levels come to for each competency, once the debrief is open. */
function competencyAttributes({ seatId }: ScorecardForm, { debrief }: RoomExport): Attribute[] {
  const index = debrief?.raters.findIndex((rater) => rater.seatId === seatId) ?? -1;
  return (debrief?.competencies ?? []).flatMap(({ name, byRater }) => {
    const score = byRater[index] ?? null;
    return score === null ? [] : [{ name, type: "Qualifications", note: null, rating: ratingOf(score) }];
  });
}

const ratingAttributes = ({ fields }: ScorecardForm): Attribute[] =>
  fields.flatMap((field) =>
    field.kind === "rating"
      ? [{ name: field.title, type: "Skills", note: field.comments, rating: ratingOf(field.level) }]
      : [],
  );

/**
 * Five equal parts of the scale from 1 to 4, so that the levels 1, 2, 3 and 4 are Greenhouse's four thumbs, and only a
 * mean can be mixed.
 */
function ratingOf(score: number): Rating {
  const part = Math.floor(((score - 1) / 3) * RATINGS.length);
  return RATINGS[Math.min(part, RATINGS.length - 1)] ?? "mixed";
}
