import { describe, expect, test } from "vitest";
import type { Parsed } from "../../../server/src/bank/exchange/parsed.ts";
import { table, wordDocument, workbook } from "../../support/office-files.ts";
import { readBytes, readText } from "./samples.ts";

/** An answer that no candidate may see, in every place where tables and lists have answers. */
const CANARY = "CANARY";
const ASKED = "Why is copper red?";

/** Names of columns that are an answer, or that nobody can be sure of. */
const NAMES = [
  ...[
    "Answer",
    "A",
    "Back",
    "Solution",
    "Definition",
    "Explanation",
    "Rationale",
    "Notes",
    "Comment",
    "Correct",
    "Key",
  ],
  ...[
    "Option A",
    "B",
    "Answer 1",
    "Correct Answer",
    "Model answer",
    "Expected response",
    "Score guide",
    "Output",
    "Result",
  ],
  ...[
    "Antwort",
    "Lösung",
    "Réponse",
    "Respuesta",
    "Resposta",
    "Ответ",
    "Відповідь",
    "答案",
    "解説",
    "답",
    "الإجابة",
    "תשובה",
    "उत्तर",
    "Cevap",
    "Odpowiedź",
    "Risposta",
  ],
  ...[
    "Front 2",
    "Question 2",
    "Question type",
    "Question's answer",
    "Answer to the question",
    "Text",
    "Field",
    "Column",
    "Extra",
    "id",
    "url",
  ],
  ...[
    "redFlags",
    "red_flags",
    "strong_answer",
    "criteria",
    "rubric",
    "references",
    "aliases",
    "Body",
    "Content",
    "Value",
    "x",
  ],
] as const;

/** What a candidate can see of an import. */
const seen = ({ questions, topics }: Parsed): string =>
  JSON.stringify([
    questions.map(({ draft }) => [draft.prompt, draft.hints, draft.followUps.map(({ ask }) => ask), draft.workspace]),
    topics,
  ]);
const everything = ({ questions, refused, passedOver }: Parsed): string =>
  JSON.stringify([questions.map(({ draft }) => draft), refused, passedOver]);

function expectHidden(parsed: Parsed): void {
  expect(parsed.questions.length + parsed.refused.length).toBeGreaterThan(0);
  expect(seen(parsed)).not.toContain(CANARY);
  expect(everything(parsed)).toContain(CANARY);
}

describe.each(NAMES)("a canary in the column %s is shown to no candidate, and not lost", (name) => {
  const rows = [
    [name, "Question"],
    [`${CANARY} 1`, ASKED],
    [`${CANARY} 2?`, "What is slag?"],
  ];
  const entries = [`${CANARY} 1`, `${CANARY} 2`].map((answer) => ({ [name]: answer, question: ASKED }));

  test.each([",", ";", "\t"])("in a table separated by %j", (separator) => {
    for (const file of ["a.csv", "a.tsv", "pasted.txt"]) {
      expectHidden(readText(file, rows.map((row) => row.join(separator)).join("\n")));
      expectHidden(readText(file, rows.map((row) => row.toReversed().join(separator)).join("\n")));
    }
  });

  test("in a table without the question's name", () => {
    const parsed = readText(
      "a.csv",
      rows.map(([answer, asked]) => `${answer},${asked === "Question" ? "Thing" : asked}`).join("\n"),
    );
    expect(seen(parsed)).not.toContain(CANARY);
  });

  test("in JSON and YAML, of whatever shape", () => {
    const nested = entries.map((entry) => ({
      question: ASKED,
      [name]: [{ text: entry[name], deep: { more: [CANARY] } }],
    }));
    for (const value of [
      entries,
      nested,
      { questions: entries },
      { data: { items: entries } },
      { Metals: entries, More: nested },
    ]) {
      const text = JSON.stringify(value);
      for (const file of ["a.json", "a.yaml", "pasted.txt"]) expectHidden(readText(file, text));
    }
    expectHidden(readText("a.jsonl", entries.map((entry) => JSON.stringify(entry)).join("\n")));
    expectHidden(readText("a.json", JSON.stringify(rows)));
    expectHidden(
      readText("a.yaml", entries.map((entry) => `- "${name}": ${entry[name]}\n  question: ${ASKED}\n`).join("")),
    );
  });

  test("in a workbook, and in a document's table", async () => {
    expectHidden(await readBytes("a.xlsx", await workbook({ Sheet1: rows })));
    expect(seen(await readBytes("a.docx", wordDocument(table(rows))))).not.toContain(CANARY);
  });
});

describe("a canary behind the question in its own cell is shown to no candidate", () => {
  test.each([
    `${ASKED} Answer: ${CANARY}`,
    `${ASKED}\nA model answer follows.\nSolution: ${CANARY}`,
    `${ASKED}<details><summary>Look</summary>${CANARY}</details>`,
    `${ASKED} <!-- ${CANARY} -->`,
    `${ASKED} {{c1::${CANARY}}}`,
    `${ASKED} {{c1::${CANARY}::said}} and {{c2::${CANARY}}}`,
    `${ASKED} {{c1::${CANARY}`,
    `Say why copper is red - Answer: ${CANARY}`,
    `Say why copper is red Solution: ${CANARY}`,
    `${ASKED} Ответ: ${CANARY}`,
    `${ASKED}（答案：${CANARY}）`,
    `${ASKED} **Antwort:** ${CANARY}`,
    `${ASKED}<span hidden>${CANARY}</span>`,
  ])("%s", (text) => {
    for (const field of ["question", "hint", "follow_up"]) {
      const entry = field === "question" ? { question: text, x: 1 } : { question: ASKED, [field]: text };
      expectHidden(readText("a.json", JSON.stringify([entry])));
    }
    expectHidden(readText("cards.txt", `#separator:tab\n#html:true\n"${text.replaceAll('"', '""')}"\tx\n`));
  });
});

describe("a canary in a list of cards is shown to no candidate", () => {
  test.each(["#separator:tab\n", "#separator:tab\n#html:true\n", "#separator:tab\n#notetype column:1\n"])(
    "%j",
    (settings) => {
      const notes = [`${ASKED}\t${CANARY}\t${CANARY}`, `<p>${ASKED}</p>\t<b>${CANARY}</b>`];
      const special = settings.includes("notetype") ? notes.map((note) => `Basic\t${note}`) : notes;
      expectHidden(readText("cards.txt", `${settings}${special.join("\n")}\n`));
      expectHidden(readText("pasted text", `${settings}${special.join("\n")}\n`));
    },
  );
});
