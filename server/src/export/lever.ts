import type { Level } from "@whetstone/shared/bank";
import type { Recommendation } from "@whetstone/shared/room/scorecard/commands";
import { z } from "zod";
import type { RoomExport } from "./room-export.ts";
import { type FormField, nameFields, type ScorecardForm, scorecardForms } from "./scorecard-form.ts";

const Field = z.strictObject({
  id: z.string(),
  type: z.enum(["score-system", "text", "textarea"]),
  text: z.string().describe("The question."),
  required: z.boolean(),
});

/**
 * Feedback as the Lever API (v1, "Feedback") takes and shows it: `fieldValues` answers the fields of a feedback
 * template, by their identifiers. These are the export's own, so `fields` names each as a template does; whoever brings
 * the file into Lever puts those of their template in their place. Lever's other identifiers (template, panel,
 * interview, user) are left out.
 */
const LeverFeedback = z.strictObject({
  type: z.literal("interview"),
  text: z.string().describe("The form's title."),
  fields: z.array(Field),
  fieldValues: z.array(z.strictObject({ id: z.string(), value: z.string() })),
  completedAt: z.int().describe("Milliseconds since 1970."),
});
type LeverFeedback = z.infer<typeof LeverFeedback>;

/** Lever's scale, which it rates answers and candidates on alike. */
const SCORES: Readonly<Record<Level, string>> = {
  1: "1 - Strong No Hire",
  2: "2 - No Hire",
  3: "3 - Hire",
  4: "4 - Strong Hire",
};
const SCORE_OF: Readonly<Record<Recommendation, Level>> = { strong_no: 1, no: 2, yes: 3, strong_yes: 4 };

/** The submitted scorecards as an array of Lever feedback forms (JSON). */
export const toLever = (exported: RoomExport): string =>
  `${JSON.stringify(
    scorecardForms(exported).map((form) => LeverFeedback.parse(feedback(form, exported))),
    null,
    2,
  )}\n`;

function feedback(form: ScorecardForm, exported: RoomExport): LeverFeedback {
  const { recommendation } = form;
  const answers = [
    ...(recommendation === null
      ? []
      : [answer("recommendation", "score-system", "Overall recommendation", SCORES[SCORE_OF[recommendation]])]),
    ...[...nameFields(form, exported), ...form.fields].flatMap(answersOf),
  ];
  return {
    type: "interview",
    text: exported.room.title,
    fields: answers.map(({ field }) => field),
    fieldValues: answers.map(({ field, value }) => ({ id: field.id, value })),
    completedAt: Date.parse(form.submittedAt),
  };
}

interface Answer {
  readonly field: z.infer<typeof Field>;
  readonly value: string;
}

function answersOf(field: FormField): Answer[] {
  const { id, title } = field;
  switch (field.kind) {
    case "rating":
      return [
        answer(id, "score-system", title, SCORES[field.level]),
        answer(`${id}_comments`, "textarea", `${title}: comments`, field.comments),
      ];
    case "text":
      return [answer(id, "textarea", title, field.text)];
    default:
      return field satisfies never;
  }
}

const answer = (id: string, type: Answer["field"]["type"], text: string, value: string): Answer => ({
  field: { id, type, text, required: false },
  value,
});
