import type { Recommendation } from "@whetstone/shared/room/scorecard/commands";
import { z } from "zod";
import type { RoomExport } from "./room-export.ts";
import { type FormField, nameFields, type ScorecardForm, scorecardForms } from "./scorecard-form.ts";

const SelectableValue = z.strictObject({ label: z.string(), value: z.string() });

const Field = z.strictObject({
  type: z.enum(["ValueSelect", "Score", "LongText"]),
  path: z.string(),
  title: z.string(),
  isNullable: z.boolean(),
  selectableValues: z.array(SelectableValue).optional(),
});
type Field = z.infer<typeof Field>;

const Score = z.strictObject({
  score: z.int().min(1).max(4),
  comments: z.strictObject({ type: z.literal("PlainText"), value: z.string() }),
});

/**
 * Feedback as the Ashby API shows it (`applicationFeedback.list` and `applicationFeedback.submit`): `submittedValues`
 * holds an answer by the path of its field, and `formDefinition` says what was asked under that path. The paths are the
 * export's own, and whoever brings the file into Ashby puts those of their form in their place. Ashby's identifiers are
 * left out.
 */
const AshbyFeedback = z.strictObject({
  formDefinition: z.strictObject({
    sections: z.array(z.strictObject({ fields: z.array(z.strictObject({ isRequired: z.boolean(), field: Field })) })),
  }),
  submittedValues: z.record(z.string(), z.union([z.string(), Score])),
  submittedAt: z.iso.datetime(),
});
type AshbyFeedback = z.infer<typeof AshbyFeedback>;

const RECOMMENDATIONS: Readonly<Record<Recommendation, z.infer<typeof SelectableValue>>> = {
  strong_no: { label: "Strong No", value: "1" },
  no: { label: "No", value: "2" },
  yes: { label: "Yes", value: "3" },
  strong_yes: { label: "Strong Yes", value: "4" },
};

/** The submitted scorecards as an array of Ashby feedback (JSON). */
export const toAshby = (exported: RoomExport): string =>
  `${JSON.stringify(
    scorecardForms(exported).map((form) => AshbyFeedback.parse(feedback(form, exported))),
    null,
    2,
  )}\n`;

interface Answer {
  readonly field: Field;
  readonly value: AshbyFeedback["submittedValues"][string];
}

function feedback(form: ScorecardForm, exported: RoomExport): AshbyFeedback {
  const { recommendation, submittedAt } = form;
  const answers = [
    ...(recommendation === null ? [] : [recommendationAnswer(recommendation)]),
    ...[...nameFields(form, exported), ...form.fields].map(answerOf),
  ];
  return {
    formDefinition: { sections: [{ fields: answers.map(({ field }) => ({ isRequired: false, field })) }] },
    submittedValues: Object.fromEntries(answers.map(({ field, value }) => [field.path, value])),
    submittedAt,
  };
}

const recommendationAnswer = (recommendation: Recommendation): Answer => ({
  field: {
    type: "ValueSelect",
    path: "overall_recommendation",
    title: "Overall Recommendation",
    isNullable: true,
    selectableValues: Object.values(RECOMMENDATIONS),
  },
  value: RECOMMENDATIONS[recommendation].value,
});

function answerOf(field: FormField): Answer {
  const { id: path, title } = field;
  switch (field.kind) {
    case "rating":
      return {
        field: { type: "Score", path, title, isNullable: true },
        value: { score: field.level, comments: { type: "PlainText", value: field.comments } },
      };
    case "text":
      return { field: { type: "LongText", path, title, isNullable: true }, value: field.text };
    default:
      return field satisfies never;
  }
}
