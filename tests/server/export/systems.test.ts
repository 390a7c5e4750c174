import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { liveHouse, startServer } from "../../support/server.ts";
import { decidedHouse, exportOf, note, scoredHouse, submit } from "./house.ts";

/**
 * The files for applicant-tracking systems against schemas that were written by hand from the systems' own documents, and not
 * from the code that writes the files.
 */

const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
addFormats.default(ajv);

const text = { type: "string" } as const;
const someText = { type: "string", minLength: 1 } as const;
const closed = (properties: Record<string, unknown>, optional: readonly string[] = []) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const arrayOf = (items: unknown) => ({ type: "array", items });

const THUMBS = ["definitely_not", "no", "mixed", "yes", "strong_yes"];

const SCHEMAS = {
  greenhouse: arrayOf(
    closed({
      interview: someText,
      interviewed_at: { type: "string", format: "date-time" },
      submitted_by: closed({ id: { type: ["integer", "null"] }, name: someText }),
      submitted_at: { type: "string", format: "date-time" },
      overall_recommendation: { enum: ["definitely_not", "no", "yes", "strong_yes", "no_decision"] },
      attributes: arrayOf(
        closed({ name: someText, type: someText, note: { type: ["string", "null"] }, rating: { enum: THUMBS } }),
      ),
      ratings: closed(Object.fromEntries(THUMBS.map((thumb) => [thumb, arrayOf(someText)]))),
      questions: arrayOf(closed({ id: { type: ["integer", "null"] }, question: someText, answer: text })),
    }),
  ),
  lever: arrayOf(
    closed({
      type: { const: "interview" },
      text: someText,
      fields: arrayOf(
        closed({
          id: someText,
          type: { enum: ["score-system", "text", "textarea"] },
          text: someText,
          required: { type: "boolean" },
        }),
      ),
      fieldValues: arrayOf(closed({ id: someText, value: someText })),
      completedAt: { type: "integer", minimum: 1_000_000_000_000 },
    }),
  ),
  ashby: arrayOf(
    closed({
      formDefinition: closed({
        sections: arrayOf(
          closed({
            fields: arrayOf(
              closed({
                isRequired: { type: "boolean" },
                field: closed(
                  {
                    type: { enum: ["ValueSelect", "Score", "LongText"] },
                    path: someText,
                    title: someText,
                    isNullable: { type: "boolean" },
                    selectableValues: arrayOf(closed({ label: someText, value: someText })),
                  },
                  ["selectableValues"],
                ),
              }),
            ),
          }),
        ),
      }),
      submittedValues: {
        type: "object",
        additionalProperties: {
          anyOf: [
            someText,
            closed(
              {
                score: { type: "integer", minimum: 1, maximum: 4 },
                comments: closed({ type: { const: "PlainText" }, value: text }),
              },
              ["comments"],
            ),
          ],
        },
      },
      submittedAt: { type: "string", format: "date-time" },
    }),
  ),
} as const;
type System = keyof typeof SCHEMAS;
const SYSTEMS = Object.keys(SCHEMAS) as System[];

interface Greenhouse {
  readonly overall_recommendation: string;
  readonly submitted_by: { readonly name: string };
  readonly attributes: readonly { readonly name: string; readonly note: string | null; readonly rating: string }[];
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
}
interface Lever {
  readonly fields: readonly { readonly id: string; readonly type: string; readonly text: string }[];
  readonly fieldValues: readonly { readonly id: string; readonly value: string }[];
}
interface Ashby {
  readonly formDefinition: {
    readonly sections: readonly {
      readonly fields: readonly { readonly field: { readonly path: string; readonly title: string } }[];
    }[];
  };
  readonly submittedValues: Readonly<Record<string, unknown>>;
}

/** The file of a system, which its schema has to accept. */
async function fileFor<File>(seat: Parameters<typeof exportOf>[0], system: System): Promise<readonly File[]> {
  const answer = await exportOf(seat, `${system}.json`);
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toContain(`.${system}.json"`);
  const validate = ajv.compile(SCHEMAS[system]);
  validate(answer.body);
  expect(validate.errors ?? []).toEqual([]);
  return answer.body as readonly File[];
}

/** What a Lever form answers, by the question. */
const answersOf = ({ fields, fieldValues }: Lever) =>
  Object.fromEntries(fieldValues.map(({ id, value }) => [fields.find((field) => field.id === id)?.text, value]));

describe("a file for an applicant-tracking system", () => {
  test("follows the system's own document, with one entry a submitted scorecard", async () => {
    const { host, ines } = await decidedHouse();
    for (const seat of [host, ines]) {
      for (const system of SYSTEMS) expect(await fileFor(seat, system)).toHaveLength(3);
    }
  });

  test("is Greenhouse's scorecard", async () => {
    const { ines } = await decidedHouse();
    const scorecards = await fileFor<Greenhouse>(ines, "greenhouse");
    const byName = new Map(scorecards.map((scorecard) => [scorecard.submitted_by.name, scorecard]));
    expect([...byName].map(([name, { overall_recommendation }]) => [name, overall_recommendation])).toEqual([
      ["Ines Interviewer", "strong_yes"],
      ["Hana Host", "definitely_not"],
      ["Ivan Interviewer", "yes"],
    ]);
    expect(byName.get("Hana Host")).toMatchObject({
      interview: "A test room",
      interviewed_at: "2026-01-05T09:00:00.000Z",
      submitted_at: "2026-01-05T09:06:00.000Z",
      attributes: [
        { name: "Testing", type: "Qualifications", note: null, rating: "definitely_not" },
        { name: "⟦pack rubric: communication⟧", type: "Qualifications", note: null, rating: "strong_yes" },
        {
          name: "1. ⟦first-question rubric: title⟧: ⟦first-question rubric: depth⟧",
          type: "Skills",
          note: [
            "Level 1: ⟦first-question rubric: depth at 1⟧",
            "Strength: Evidence of Hana Host",
            'Strength: More evidence of Hana Host,\nwith "quotes"',
          ].join("\n\n"),
          rating: "definitely_not",
        },
        { name: "1. ⟦first-question rubric: title⟧: ⟦pack rubric: communication⟧", rating: "strong_yes" },
      ],
      ratings: {
        definitely_not: ["Testing", "1. ⟦first-question rubric: title⟧: ⟦first-question rubric: depth⟧"],
        no: [],
        mixed: [],
        yes: [],
        strong_yes: ["⟦pack rubric: communication⟧", "1. ⟦first-question rubric: title⟧: ⟦pack rubric: communication⟧"],
      },
      questions: [
        { id: null, question: "Key Take-Aways", answer: "Summary of Hana Host" },
        { id: null, question: "Confidence in the recommendation", answer: "Low" },
        { id: null, question: "Private Notes", answer: "Aside of Hana Host" },
        { id: null, question: "Submitted incomplete because", answer: "Reason of Hana Host" },
      ],
    });
    expect(byName.get("Ines Interviewer")?.questions).toContainEqual({
      id: null,
      question: "Amended because",
      answer: "I mixed up two answers.",
    });
  });

  test("is Lever's feedback", async () => {
    const { ines } = await decidedHouse();
    const [own, host] = await fileFor<Lever>(ines, "lever");
    if (!own || !host) throw new Error("Two forms at least.");
    expect(answersOf(host)).toMatchObject({
      "Overall recommendation": "1 - Strong No Hire",
      Interviewer: "Hana Host",
      Candidate: "Cleo Candidate",
      Interview: "A test room",
      "1. ⟦first-question rubric: title⟧: ⟦first-question rubric: depth⟧": "1 - Strong No Hire",
      "1. ⟦first-question rubric: title⟧: ⟦pack rubric: communication⟧": "4 - Strong Hire",
      Summary: "Summary of Hana Host",
    });
    expect(answersOf(own)).toMatchObject({
      "Overall recommendation": "4 - Strong Hire",
      "2. Not a heading: Substance": "1 - Strong No Hire",
      Summary: "Summary after thought",
    });
    for (const { fields, fieldValues } of [own, host]) {
      expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
      expect(fieldValues.map(({ id }) => id)).toEqual(fields.map(({ id }) => id));
    }
  });

  test("is Ashby's feedback", async () => {
    const { ines } = await decidedHouse();
    const [own, host] = await fileFor<Ashby>(ines, "ashby");
    if (!own || !host) throw new Error("Two forms at least.");
    expect(host.submittedValues).toMatchObject({
      overall_recommendation: "1",
      interviewer: "Hana Host",
      question_1_depth: { score: 1, comments: { value: expect.stringContaining("Evidence of Hana Host") } },
      question_1_communication: { score: 4 },
      summary: "Summary of Hana Host",
      notes: "Aside of Hana Host",
    });
    expect(own.submittedValues).toMatchObject({ overall_recommendation: "4", question_2_substance: { score: 1 } });
    for (const { formDefinition, submittedValues } of [own, host]) {
      const paths = formDefinition.sections.flatMap(({ fields }) => fields.map(({ field }) => field.path));
      expect(paths).toEqual(Object.keys(submittedValues));
    }
  });

  test("holds no draft, and nothing of an amendment that is not submitted", async () => {
    const { host, ines, first } = await scoredHouse();
    for (const system of SYSTEMS) expect(await fileFor(ines, system)).toEqual([]);
    await submit(ines);
    await ines.must({ type: "amendScorecard", reason: "I think again." });
    await ines.must({ type: "rate", askId: first, criterionId: "practice", level: 4 });
    await ines.must(note("Written in the amendment", first, "practice"));
    for (const system of SYSTEMS) {
      expect(await fileFor(ines, system)).toHaveLength(1);
      expect((await exportOf(ines, `${system}.json`)).text).not.toContain("Written in the amendment");
      expect(await fileFor(host, system)).toEqual([]);
    }
  });

  test("says that there is no decision where a scorecard has no recommendation, and leaves empty fields out", async () => {
    const server = await startServer();
    const { room, host } = await liveHouse(server);
    await room.push("first-question");
    await host.must({ type: "end" });
    await submit(host);
    expect(await fileFor<Greenhouse>(host, "greenhouse")).toMatchObject([
      { overall_recommendation: "no_decision", attributes: [], questions: [{ answer: "Reason of Hana Host" }] },
    ]);
    const [lever] = await fileFor<Lever>(host, "lever");
    expect(lever && Object.keys(answersOf(lever))).toEqual([
      "Interviewer",
      "Candidate",
      "Interview",
      "Submitted incomplete because",
    ]);
    const [ashby] = await fileFor<Ashby>(host, "ashby");
    expect(Object.keys(ashby?.submittedValues ?? {})).toEqual(["interviewer", "candidate", "interview", "incomplete"]);
  });

  test("keeps the notes on each question and on no criterion apart", async () => {
    const server = await startServer();
    const { room, host } = await liveHouse(server);
    const first = await room.push("first-question");
    await host.must(note("Loose on the first", first));
    await host.must(note("Bound to what nobody rated", first, "depth"));
    const second = await room.push("second-question");
    await host.must(note("Loose on the second", second));
    await host.must({ type: "rate", askId: second, criterionId: "depth", level: 3 });
    await host.must({ type: "end" });
    await submit(host);
    const [greenhouse] = await fileFor<Greenhouse>(host, "greenhouse");
    expect(greenhouse?.questions.slice(0, 2)).toMatchObject([
      {
        question: "1. ⟦first-question rubric: title⟧: notes",
        answer: "Loose on the first\n\nStrength: Bound to what nobody rated",
      },
      { question: "2. ⟦second-question rubric: title⟧: notes", answer: "Loose on the second" },
    ]);
    expect(greenhouse?.attributes.map(({ note: comments }) => comments)).not.toContain("Loose on the second");
  });
});
