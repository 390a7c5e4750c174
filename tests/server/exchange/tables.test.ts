import { describe, expect, test } from "vitest";
import { fixture, read, readText, refusals } from "./samples.ts";

const RED = "Why is copper red?";
const BLUE = "It absorbs blue.";
const ALLOY = "What is an alloy?";

/** What a candidate may see of each question, what the panel has, and where it belongs. */
const drafts = (name: string, text: string) =>
  readText(name, text).questions.map(({ draft }) => ({
    prompt: draft.prompt,
    notes: draft.strongAnswer,
    ...(draft.topic !== "" && { topic: draft.topic }),
  }));
const leftOut = (name: string, text: string) => readText(name, text).passedOver.map(({ message }) => message);

describe("a table as others write it", () => {
  test("has its questions and answers where its columns say, in any order", () => {
    expect(
      read(fixture("question-answer.csv")).questions.map(({ draft }) => [draft.prompt, draft.strongAnswer]),
    ).toEqual([
      [RED, [BLUE]],
      [ALLOY, ["A mixture of metals."]],
    ]);
    expect(drafts("a.csv", `ANSWER;Topic;question\n${BLUE};Metals;${RED}\n`)).toEqual([
      { prompt: RED, notes: [BLUE], topic: "metals" },
    ]);
    expect(read(fixture("list.tsv")).questions.map(({ draft }) => [draft.prompt, draft.topic])).toEqual([
      [RED, "metals"],
      [ALLOY, "metals"],
    ]);
  });

  test.each([
    ["English", "Question", "Answer"],
    ["English, in short", "Q", "A"],
    ["cards", "Front", "Back"],
    ["a glossary", "Term", "Definition"],
    ["tasks", "prompt", "solution"],
    ["with more words", "Interview question", "Expected answer"],
    ["as programs write it", "question_text", "model_answer"],
    ["German", "Frage", "Antwort"],
    ["German, of tasks", "Aufgabe", "Lösung"],
    ["French", "Question", "Réponse"],
    ["Spanish", "Pregunta", "Respuesta"],
    ["Portuguese", "Pergunta", "Resposta"],
    ["Russian", "Вопрос", "Ответ"],
    ["Ukrainian", "Питання", "Відповідь"],
    ["Chinese", "问题", "答案"],
    ["Chinese, traditional", "題目", "解答"],
    ["Japanese", "質問", "回答"],
    ["Korean", "질문", "답변"],
    ["Arabic", "السؤال", "الإجابة"],
    ["Hebrew", "שאלה", "תשובה"],
    ["Hindi", "प्रश्न", "उत्तर"],
    ["Turkish", "SORU", "YANIT"],
    ["Polish", "Pytanie", "Odpowiedź"],
    ["Italian", "Domanda", "Risposta"],
  ])("may name its columns in the words of its people: %s", (_, question, answer) => {
    const expected = [{ prompt: RED, notes: [BLUE] }];
    expect(drafts("a.csv", `${answer},${question}\n${BLUE},${RED}\n`)).toEqual(expected);
    expect(drafts("a.tsv", `${question.toUpperCase()}\t${answer.toUpperCase()}\n${RED}\t${BLUE}\n`)).toEqual(expected);
    expect(drafts("a.json", JSON.stringify([{ [answer]: BLUE, [question]: RED }]))).toEqual(expected);
    expect(drafts("a.yaml", `- ${answer}: ${BLUE}\n  ${question}: ${RED}\n`)).toEqual(expected);
    expect(drafts("pasted.txt", `${question}\t${answer}\n${RED}\t${BLUE}\n`)).toEqual(expected);
  });

  test("shows of a question no answer behind a letter, and of a follow-up nothing behind its mark", () => {
    const [{ draft } = { draft: null }] = readText(
      "a.csv",
      `question,follow-up\n${RED} A: ${BLUE},Why so? ${BLUE}\nWhich? A: Tin B: Zinc,\n`,
    ).questions;
    expect(draft).toMatchObject({ prompt: RED, followUps: [{ ask: "Why so?" }] });
    expect(drafts("a.csv", "question,note\nWhich is it? A: Tin B: Zinc,x\n")[0]?.prompt).toBe(
      "Which is it?\n\n- A: Tin\n- B: Zinc",
    );
  });

  test("of two columns without names is questions and their answers where most of the first ask and none of the second", () => {
    const text = `${RED}\t${BLUE}\nExplain slag\tWaste\ncoke\tBaked coal\n`;
    expect(drafts("cards.txt", text)).toEqual([
      { prompt: RED, notes: [BLUE] },
      { prompt: "Explain slag", notes: ["Waste"] },
      { prompt: "coke", notes: ["Baked coal"] },
    ]);
    expect(drafts("swapped.tsv", `${BLUE}\tExplain it\nWaste\tExplain slag\n`)).toEqual([]);
  });

  test("has its topics, tags, levels, minutes, hints and follow-ups where the columns say", () => {
    const header = "Category,Question,Difficulty,Tags,Hint 1,Hint 2,Follow-up question,Minutes,Section";
    const row = `Metals,${RED},Easy,"light, Cu atoms",Look.,Think.,And gold?,4,Basics`;
    expect(readText("a.csv", `${header}\n${row}\n`).questions[0]?.draft).toMatchObject({
      prompt: RED,
      topic: "metals",
      level: "foundation",
      minutes: 4,
      tags: ["light", "cu-atoms", "basics"],
      hints: ["Look.", "Think."],
      followUps: [{ ask: "And gold?", probes: "" }],
      strongAnswer: [],
    });
  });

  test("may call its questions and answers by two names, of which each row has one", () => {
    const mixed = [
      { Q: RED, A: BLUE },
      { question: ALLOY, answer: "Metals." },
    ];
    const expected = [
      { prompt: RED, notes: [BLUE] },
      { prompt: ALLOY, notes: ["Metals."] },
    ];
    expect(drafts("a.json", JSON.stringify(mixed))).toEqual(expected);
    expect(drafts("a.csv", `Q,A,question,answer\n${RED},${BLUE},,\n,,${ALLOY},Metals.\n`)).toEqual(expected);
    // Where both are there in any row, they are not the same; nor is what only a list of tasks calls so.
    const both = [...mixed, { Q: RED, question: BLUE }];
    expect(drafts("a.json", JSON.stringify(both)).map(({ prompt }) => prompt)).toEqual([RED, RED]);
    const term = [{ question: RED }, { term: "copper" }];
    expect(drafts("a.json", JSON.stringify(term)).map(({ prompt }) => prompt)).toEqual([RED]);
  });

  test("keeps what has no place in a question for the panel, with the column's name, and never loses a word", () => {
    const text = `Question,Option A,Option B,Correct answer,Explanation,Difficulty,Source\n${RED},gold,blue,B,As light,7/10,\n`;
    expect(drafts("a.csv", text)).toEqual([
      {
        prompt: RED,
        notes: ["B", "Option A: gold", "Option B: blue", "Explanation: As light", "Difficulty: 7/10"],
      },
    ]);
  });

  test("may have our own column for the prompt beside others", () => {
    expect(drafts("a.csv", `prompt,comment\n${RED},of light\n`)).toEqual([
      { prompt: RED, notes: ["comment: of light"] },
    ]);
  });

  test("of ours with a column more has all of ours as they are, and that one among the key points", () => {
    const text = `title,prompt,strong_answer,follow_ups,Remark\nRed,${RED},"One.\nTwo.",Why? >> reasons,Hard\n`;
    expect(readText("a.csv", text).questions[0]?.draft).toMatchObject({
      title: "Red",
      strongAnswer: ["One.", "Two.", "Remark: Hard"],
      followUps: [{ ask: "Why?", probes: "reasons" }],
    });
  });

  test("of others may have lists of ours, also with what a follow-up probes, which no candidate sees", () => {
    const text = `Question,strong_answer,follow_ups\n${RED},"One.\nTwo.",Why? >> reasons\n`;
    expect(readText("a.csv", text).questions[0]?.draft).toMatchObject({
      strongAnswer: ["One.", "Two."],
      followUps: [{ ask: "Why?", probes: "reasons" }],
    });
  });

  test("leaves out what only numbers its rows, and says so once", () => {
    const text = `No.,Question,,Answer\n1,${RED},0,${BLUE}\n2,${ALLOY},1,Mixed.\n`;
    expect(drafts("a.csv", text).map(({ notes }) => notes)).toEqual([[BLUE], ["Mixed."]]);
    expect(leftOut("a.csv", text)).toEqual([
      "The column “No.” only numbers the rows, and was left out: 1, 2.",
      "The column “Column 3” only numbers the rows, and was left out: 0, 1.",
    ]);
  });

  test("may have a title above the names of its columns", () => {
    const text = `Our list of 2026,\n,\nQuestion,Answer\n${RED},${BLUE}\n`;
    expect(drafts("a.csv", text)).toEqual([{ prompt: RED, notes: [BLUE] }]);
    expect(leftOut("a.csv", text)).toEqual([
      "This row stands above the names of the columns, and was left out: “Our list of 2026”",
    ]);
  });

  test.each([
    ["what it is a table of", `Interview questions,,\nNr,Text,Question\n1,x,${RED}\n`, ["Text: x"]],
    ["a name in one cell", `Questions,\nQuestion,Answer\n${RED},${BLUE}\n`, [BLUE]],
    ["nothing, though a row has names too", `Term,Definition,Foo\n${RED},${BLUE},\nTask,Hint,Tag\n`, [BLUE]],
    ["nothing, though only the question has a name", `Question,\n${RED},${BLUE}\n`, [`Column 2: ${BLUE}`]],
  ])("finds the names of its columns below %s", (_, text, notes) => {
    expect(drafts("a.csv", text)[0]).toEqual({ prompt: RED, notes });
  });

  test("takes the one column of which every text asks for the question, where nothing else can be, and says so", () => {
    const parsed = read(fixture("foreign-header.csv"));
    expect(refusals(parsed)).toEqual([]);
    expect(parsed.questions.map(({ draft }) => draft.prompt)).toEqual([RED, ALLOY, "What is slag?"]);
    expect(parsed.passedOver.map(({ message }) => message)).toContain(
      "The column “DESCRIPTION” was taken for the question, as each of its texts asks something.",
    );
  });

  test.each([
    ["no text asks", "ID,DESCRIPTION\n1,Copper\n2,Tin\n", "“ID”, “DESCRIPTION”"],
    ["only some texts ask", `ID,DESCRIPTION\n1,${RED}\n2,Tin\n`, "“ID”, “DESCRIPTION”"],
    ["two columns ask", `First,Second\n${RED},${ALLOY}\nHow?,When?\n`, "“First”, “Second”"],
    [
      "what asks may be the answer to a clue",
      `Value,Text,Said\n200,The metal that pipes were made of in ancient Rome,What is lead?\n400,The metal of pennies and of many pots and pans,What is copper?\n`,
      "“Value”, “Text”, “Said”",
    ],
  ])(
    "is refused once, at the names of its columns, where no column is certainly the question: %s",
    (_, text, names) => {
      expect(readText("a.csv", text).questions).toEqual([]);
      expect(refusals(readText("a.csv", text))).toEqual([
        `a.csv:1: none of the columns is called as a question is: there are ${names}. Say below of one of its texts that it is the question, with all that look like it; or call the column with the questions ` +
          "“question” and the one with the answers “answer”, and import it again",
      ]);
    },
  );

  test("may have no names of columns, where the first asks in every row", () => {
    for (const name of ["a.tsv", "pasted.txt"]) {
      const text = `${RED}\t${BLUE}\n${ALLOY}\tA mixture.\n`;
      expect(drafts(name, text)).toEqual([
        { prompt: RED, notes: [BLUE] },
        { prompt: ALLOY, notes: ["A mixture."] },
      ]);
    }
    expect(drafts("a.csv", `7,${RED},easy\n8,${ALLOY},hard\n`).map(({ notes }) => notes)).toEqual([
      ["Column 3: easy"],
      ["Column 3: hard"],
    ]);
  });

  test("has one refusal for all rows that lack the question, with how many and the first three", () => {
    const text = `Question,Answer\n${RED},${BLUE}\n${",x\n".repeat(5)}`;
    expect(refusals(readText("a.csv", text))).toEqual([
      "a.csv:3: has no text in the column Question, which holds the question; write one, or take the row out. " +
        "So it is 5 times: in lines 3, 4, 5 and 2 more",
    ]);
    expect(drafts("a.csv", text)).toHaveLength(1);
  });

  test("refuses a row of which the quotation marks are missing, as its question may end in another cell", () => {
    expect(refusals(readText("a.csv", "Question,Answer\nWhy, then, is it?,So\n"))).toEqual([
      "a.csv:2: cell 3 stands below no column's name; does a text lack its quotation marks?",
    ]);
  });
});

describe("what stands behind the question in its own cell", () => {
  test.each([
    ["an answer in the line", `${RED} Answer: ${BLUE}`, RED, `Answer: ${BLUE}`],
    ["an answer below", `${RED}\n\n**Solution:** ${BLUE}`, RED, `**Solution:** ${BLUE}`],
    ["an answer in other words", `Warum? Antwort: Blau.`, "Warum?", "Antwort: Blau."],
    ["an answer in Chinese", `为什么？答案：蓝。`, "为什么？", "答案：蓝。"],
    [
      "what is folded away",
      `${RED}<details><summary>See</summary>${BLUE}</details>`,
      RED,
      `<details><summary>See</summary>${BLUE}</details>`,
    ],
    ["a comment", `${RED} <!-- ${BLUE} -->`, RED, `<!-- ${BLUE} -->`],
  ])("is for the panel: %s", (_, text, prompt, rest) => {
    for (const [name, content] of [
      ["a.json", JSON.stringify([{ question: text }])],
      ["a.csv", `question,x\n"${text}",\n`],
    ] as const) {
      expect(drafts(name, content)).toEqual([{ prompt, notes: [rest] }]);
    }
  });

  test("stays where it only speaks of answers", () => {
    for (const text of [
      "Is the answer: yes, or no?",
      "Was ist die Antwort: ja?",
      "Explain this: a = b",
      "Q: what does `a || b` do?",
    ]) {
      expect(drafts("a.json", JSON.stringify([{ question: text, answer: "x" }]))).toEqual([
        { prompt: text, notes: ["x"] },
      ]);
    }
  });
});

describe("a cell that holds a question", () => {
  const cell = (text: string) => drafts("a.json", JSON.stringify([{ question: text, answer: "" }]))[0];

  test.each([
    ["a sentence", `${RED} It absorbs blue.`, RED, ["It absorbs blue."]],
    ["brackets", `${RED} (It absorbs blue)`, RED, ["(It absorbs blue)"]],
    ["a line", `${RED}\nIt absorbs blue.`, RED, ["It absorbs blue."]],
    ["a link", `${RED} [answer](https://example.org/a)`, RED, ["[answer](https://example.org/a)"]],
    ["brackets behind an order", "Explain slag (waste of smelting)", "Explain slag", ["(waste of smelting)"]],
    ["code that it does not speak of", `${RED}\n\`\`\`\nblue()\n\`\`\``, RED, ["```\nblue()\n```"]],
  ])("has for the panel what may be its answer behind its mark: %s", (_, text, prompt, notes) => {
    expect(cell(text)).toEqual({ prompt, notes });
    const [first] = readText("a.csv", `question\n"${text}"\n`).questions;
    expect(first?.pieces?.map(({ role, isSure }) => [role, isSure])).toEqual([
      ["question", true],
      ["answer", false],
    ]);
  });

  test.each([
    ["a case before it", `A wire glows when it is heated. ${RED}`],
    ["another question", `${RED} And what of gold?`],
    ["signs", `${RED} 🔥`],
    ["no mark", "Describe copper. Take its colour first."],
    ["the code that it speaks of", "What does this print?\n```\nblue()\n```"],
  ])("is shown whole with %s", (_, text) => {
    expect(cell(text)).toEqual({ prompt: text, notes: [] });
  });

  test("shows what can be chosen, and hides which of it is right", () => {
    const text = "Which metal is red?\nA) copper (correct)\nB) tin";
    expect(cell(text)).toEqual({ prompt: "Which metal is red?\n\n- A: copper\n- B: tin", notes: ["A: copper"] });
  });

  test("that is a follow-up is divided so too", () => {
    const [first] = readText("a.csv", `question,follow up\n${RED},And gold? It absorbs more.\n`).questions;
    expect(first?.draft.followUps.map(({ ask }) => ask)).toEqual(["And gold?"]);
    expect(first?.draft.strongAnswer).toEqual(["follow up: It absorbs more."]);
  });
});

describe("cards", () => {
  const SETTINGS = "#separator:tab\n#html:true\n#notetype column:1\n#deck column:2\n#tags column:5\n";

  test("have the question in their first field and the answer in the second, as Markdown", () => {
    const card =
      "Basic\tMetals::Light\tWhy is <b>copper</b> red?<br>Say&nbsp;it.\tIt <i>absorbs</i> &lt;blue&gt;<div>light</div>\tatoms Cu::red\n";
    const parsed = readText("cards.txt", `${SETTINGS}${card}`);
    expect(refusals(parsed)).toEqual([]);
    expect(parsed.questions[0]).toMatchObject({
      at: { line: 6 },
      draft: {
        prompt: "Why is **copper** red?",
        strongAnswer: ["It absorbs <blue>\nlight", "Say it.", "Note type: Basic"],
        tags: ["atoms", "cu-red"],
        topic: "metals-light",
      },
    });
  });

  test("may be named by a line of their own, and pasted", () => {
    const text = `#separator:Semicolon\n#html:false\n#columns:Back;Extra;Front\n${BLUE};More.;${RED}\n`;
    expect(drafts("pasted.txt", text)).toEqual([{ prompt: RED, notes: [BLUE, "Extra: More."] }]);
  });

  test("with gaps show the gaps, and what they hide is for the panel", () => {
    const text = `#separator:tab\n#html:true\nThe metal of {{c1::copper::a place}} is {{c2::red}}.\tMore\n{{c1::broken\tx\n`;
    const parsed = readText("cards.txt", text);
    expect(parsed.questions.map(({ draft }) => [draft.prompt, draft.strongAnswer])).toEqual([
      ["The metal of [a place] is […].", ["More", "The metal of copper is red."]],
    ]);
    expect(refusals(parsed)).toHaveLength(1);
  });

  test("show nothing that they hide by their HTML", () => {
    const text = `#separator:tab\n#html:true\n${RED}<span style="display: none">${BLUE}</span>\tx\n`;
    expect(drafts("cards.txt", text)[0]?.prompt).toBe(RED);
  });
});
