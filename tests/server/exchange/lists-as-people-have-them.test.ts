import { readdirSync, readFileSync } from "node:fs";
import { Sources } from "@whetstone/shared/bank";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fixture, read, readText, refusals } from "./samples.ts";

/** What a candidate may be shown of a draft, with its topic, and what stays with the panel. */
function found(text: string, name = "list.md") {
  const parsed = readText(name, text);
  expect(refusals(parsed)).toEqual([]);
  return parsed.questions.map(({ draft }) => ({
    prompt: draft.prompt,
    topic: draft.topic,
    ...(draft.tags.length > 0 && { tags: draft.tags }),
    ...(draft.hints.length > 0 && { hints: draft.hints }),
    ...(draft.followUps.length > 0 && { followUps: draft.followUps.map(({ ask }) => ask) }),
    answer: draft.strongAnswer,
  }));
}

const caseOf = (name: string) => found(fixture(`cases/${name}`).text, name);
const TIDES = "tides";
const SOURCES = new URL("../../../questions/deep-learning/sources.yaml", import.meta.url);

/** By case, what must come of it. */
const CASES: Readonly<Record<string, readonly object[]>> = {
  "01-label-with-nested.txt": [
    { prompt: "Why does dough rise?", topic: "bread-baking", answer: [] },
    { prompt: "Name two kinds of flour.", topic: "bread-baking", answer: [] },
    { prompt: "How is a blade honed?", topic: "knife-care", answer: [] },
  ],
  "02-flat-renumbered.txt": [
    { prompt: "Why does dough rise?", topic: "bread-baking", answer: [] },
    { prompt: "Name two kinds of flour.", topic: "bread-baking", answer: [] },
    { prompt: "How is a blade honed?", topic: "knife-care", answer: [] },
    { prompt: "What is a burr?", topic: "knife-care", answer: [] },
  ],
  "04-emoji-behind-question.md": [
    {
      prompt: "Why are there two tides a day?",
      topic: TIDES,
      answer: ["The water follows the moon.", "One bulge faces the moon", "One bulge faces away"],
    },
  ],
  "05-link-behind-question.md": [
    {
      prompt: "Why do tides differ in height?",
      topic: TIDES,
      answer: ["Shape of the bay", "Distance of the moon"],
    },
  ],
  "07-details-summary.md": [
    { prompt: "Why does a filament glow?", topic: "lamps", answer: ["It is hot", "Hot bodies radiate"] },
    { prompt: "What is a ballast?", topic: "lamps", answer: ["A choke in series."] },
  ],
  "09-ans-dot.txt": [
    { prompt: "What holds a bridge up?", topic: "", answer: ["Its piers and cables."] },
    { prompt: "What is a truss?", topic: "", answer: ["A frame of triangles."] },
  ],
  "10-answer-on-its-own-line.md": [
    { prompt: "What is a truss?", topic: "bridges", answer: ["A frame of triangles", "Loads run along its bars"] },
    { prompt: "What is a pier?", topic: "bridges", answer: ["A support in the river"] },
  ],
  "12-paragraph-below-item.md": [
    { prompt: "What is a keystone?", topic: "", answer: ["The wedge at the top of an arch; it locks the others."] },
    { prompt: "What is an abutment?", topic: "", answer: ["It takes the thrust at the end."] },
  ],
  "13-heading-in-item.md": [
    { prompt: "What is a keystone?", topic: "arches", answer: ["The wedge at the top."] },
    { prompt: "What is an abutment?", topic: "arches", answer: ["It takes the thrust."] },
  ],
  "14-nested-bullets-are-answers.md": [
    {
      prompt: "What does a keystone do?",
      topic: "arches",
      answer: ["locks the other stones", "turns weight into thrust"],
    },
  ],
  "15-code-in-answer.md": [
    {
      prompt: "How do you sum a list?",
      topic: "sums",
      answer: ["With a loop that adds to a total:\n\n```python\ntotal = 0\nfor n in numbers: total += n\n```"],
    },
  ],
  "16-choices.md": [
    {
      prompt: "Which metal is liquid at room temperature?\n\n- A: Tin\n- B: Mercury\n- C: Zinc",
      topic: "",
      answer: ["B: Mercury", "It melts at -39 °C."],
    },
    { prompt: "Which gas is heaviest?\n\n- Neon\n- Radon", topic: "", answer: ["Radon"] },
  ],
  "17-label-a-colon.md": [{ prompt: "Which metal is liquid?\n\n- A: Tin\n- B: Mercury", topic: "", answer: [] }],
  "18-stale-subheading.md": [
    {
      prompt: "Why is copper red?",
      topic: "metals",
      tags: ["properties"],
      answer: ["It absorbs blue.", "Further reading", "A book."],
    },
    { prompt: "Why does silver tarnish?", topic: "metals", tags: ["properties"], answer: ["Sulphides."] },
  ],
  "19-anchor-in-heading.md": [
    { prompt: "Why is copper red?", topic: "metals", answer: [] },
    { prompt: "Why is neon inert?", topic: "gases", answer: [] },
  ],
  "20-table.md": [
    { prompt: "Why is copper red?", topic: "metals", answer: ["Level: basic"] },
    { prompt: "What is an alloy?", topic: "metals", answer: ["Level: basic"] },
  ],
  "21-html-list.md": [
    { prompt: "Why is copper red?", topic: "metals", answer: [] },
    { prompt: "What is an alloy?", topic: "metals", answer: [] },
  ],
  "30-cjk-numbers.md": [
    { prompt: "请解释合金", topic: "topic", answer: [] },
    { prompt: "铜为什么是红色的？", topic: "topic", answer: [] },
  ],
  "33-two-in-one-paragraph.txt": [
    { prompt: "What is slag?", topic: "", answer: ["Waste of smelting."] },
    { prompt: "What is coke?", topic: "", answer: ["Baked coal."] },
  ],
  "34-external-contents.md": [{ prompt: "Why is copper red?", topic: "metals", tags: ["copper"], answer: [] }],
  "35-no-space-after-number.md": [
    { prompt: "Explain alloys", topic: "", answer: [] },
    { prompt: "Why is copper red?", topic: "", answer: [] },
  ],
};

describe("a list as people have it", () => {
  test.each(Object.keys(CASES))("%s", (name) => {
    expect(caseOf(name)).toEqual(CASES[name]);
  });

  test("may count beyond a thousand, and a year in an answer is no number of it", () => {
    const lines = Array.from(
      { length: 1_200 },
      (_, at) => `${at + 1}. Why is ${at} so?\n   Since the year\n   1984. It was so then.\n`,
    );
    const questions = found(lines.join(""));
    expect(questions).toHaveLength(1_200);
    expect(questions.at(-1)).toEqual({
      prompt: "Why is 1199 so?",
      topic: "",
      answer: ["Since the year\n1984. It was so then."],
    });
  });

  test("that was pasted from a document gives all its questions under all its headings, in its three lists", () => {
    const parsed = read(fixture("pasted.txt"));
    expect(refusals(parsed)).toEqual([]);
    expect(parsed.questions).toHaveLength(191);
    expect(parsed.topics).toHaveLength(52);
    const { lists } = Sources.parse(parse(readFileSync(SOURCES, "utf8")));
    const written = lists.flatMap(({ sections }, list) =>
      sections.flatMap(({ title, items }) =>
        items.map(({ text }) => ({ list: `list-${list + 1}`, heading: title.split(" / ").at(-1), text })),
      ),
    );
    const names = new Map(parsed.topics.map(({ id, name }) => [id, name.replace(/ \(list \d\)$/, "")]));
    expect(
      parsed.questions.map(({ draft }) => ({
        list: draft.tags.at(-1),
        heading: names.get(draft.topic),
        text: draft.prompt,
      })),
    ).toEqual(written.map((item) => ({ ...item, text: item.text.replace(POINTS, "") })));
    // What it says in brackets are the points of an answer, as in "components of GANs (generator, discriminator)".
    const bracketed = written.flatMap(({ text }) => POINTS.exec(text)?.[0].trim() ?? []);
    expect(parsed.questions.flatMap(({ draft }) => draft.strongAnswer)).toEqual(bracketed);
    expect(parsed.passedOver.map(({ at }) => at.line)).toEqual([1, 109]);
  });
});

/** What stands in brackets and is more than a short name; of a question with a mark it is a part. */
const POINTS = / \((?![A-Z]{2,6}s?\))[^()]*\)(?!.*\?)/;

/** The word for an answer, for a hint and for a follow-up, as lists of a language have it. */
const LANGUAGES: Readonly<Record<string, readonly [question: string, answer: string, hint: string, followUp: string]>> =
  {
    English: ["Why is copper red?", "Answer", "Hint", "Follow-up"],
    German: ["Warum ist Kupfer rot?", "Antwort", "Hinweis", "Nachfrage"],
    French: ["Pourquoi le cuivre est-il rouge ?", "Réponse", "Indice", "Relance"],
    Spanish: ["¿Por qué el cobre es rojo?", "Respuesta", "Pista", "Repregunta"],
    Portuguese: ["Por que o cobre é vermelho?", "Resposta", "Dica", "Pergunta de acompanhamento"],
    Italian: ["Perché il rame è rosso?", "Risposta", "Suggerimento", "Domanda di approfondimento"],
    Russian: ["Почему медь красная?", "Ответ", "Подсказка", "Дополнительный вопрос"],
    Ukrainian: ["Чому мідь червона?", "Відповідь", "Підказка", "Додаткове питання"],
    Polish: ["Dlaczego miedź jest czerwona?", "Odpowiedź", "Wskazówka", "Pytanie dodatkowe"],
    Turkish: ["Bakır neden kırmızıdır?", "Cevap", "İpucu", "Takip sorusu"],
    Chinese: ["铜为什么是红色的？", "答案", "提示", "追问"],
    Japanese: ["銅はなぜ赤いのですか？", "答え", "ヒント", "追加質問"],
    Korean: ["구리는 왜 붉습니까?", "정답", "힌트", "후속 질문"],
    Arabic: ["لماذا النحاس أحمر؟", "الإجابة", "تلميح", "سؤال متابعة"],
    Hebrew: ["מדוע נחושת אדומה?", "תשובה", "רמז", "שאלת המשך"],
    Hindi: ["तांबा लाल क्यों होता है?", "उत्तर", "संकेत", "अनुवर्ती प्रश्न"],
  };

describe("labels of a language that lists come in are known", () => {
  test.each(Object.entries(LANGUAGES))("%s", (_, [question, answer, hint, followUp]) => {
    const topicless = { topic: "" };
    const whole = { prompt: question, ...topicless, hints: ["one"], followUps: ["two?"], answer: ["three"] };
    for (const colon of [":", " :", "："]) {
      const lines = `Q1. ${question}\n${hint}${colon} one\n${followUp}${colon} two?\n${answer}${colon} three\n`;
      expect(found(lines)).toEqual([whole]);
    }
    const items = `1. ${question}\n   - **${hint}:** one\n   - **${followUp}:** two?\n   - **${answer}**: three\n`;
    expect(found(items)).toEqual([whole]);
    const headings = `### ${question}\n\n#### ${hint}\n\none\n\n#### ${answer}\n\nthree\n`;
    expect(found(headings)).toEqual([{ prompt: question, ...topicless, hints: ["one"], answer: ["three"] }]);
    const folded = `- ${question}\n\n<details><summary>${answer}</summary>\n\nthree\n\n</details>\n`;
    expect(found(folded)).toEqual([{ prompt: question, ...topicless, answer: ["three"] }]);
  });
});

/** Shapes in which answers stand in lists; what begins with `SECRET` is an answer, and what begins with `ASKED` a question. */
const SHAPES: Readonly<Record<string, string>> = {
  "an answer in the same line":
    "- ASKED1 is it? SECRET it is.\n- ASKED2 is it? — SECRET it is not.\n- ASKED3 is it?SECRET so.",
  "a term and its meaning":
    "- ASKED1 slag: SECRET the waste of smelting\n- ASKED2 coke - SECRET baked coal\n- **ASKED3** – SECRET it\n",
  "terms with what is below them": "ASKED1 is slag?\n: SECRET waste\n\nASKED2 is coke?\n: SECRET coal\n",
  "a quotation below": "**ASKED1 is slag?**\n> SECRET waste\n\n**ASKED2 is coke?**\n\n> SECRET coal\n> SECRET more\n",
  "paragraphs that are not indented":
    "1. ASKED1 is slag?\n\nSECRET waste.\n\n2. ASKED2 is coke?\n\nSECRET coal. SECRET?\n",
  "paragraphs below bold questions":
    "**1. ASKED1 is slag?**\n\nSECRET waste.\n\n**2. ASKED2 is coke?**\n\nDescribe SECRET first.\n\nSECRET coal.\n",
  "imperatives as answers":
    "### ASKED1 would you begin?\n\n- Name SECRET\n- Explain SECRET\n- Write SECRET\n\n### ASKED2 then?\n\nDescribe SECRET. Use SECRET.\n",
  "key ideas in bold": "### ASKED1 is it?\n\n**Key idea**\n\n- SECRET one\n- SECRET two?\n\n**More**\n\nSECRET three\n",
  "sub-headings of an answer":
    "## ASKED1 is it?\n\nSECRET\n\n### Details\n\n- SECRET one\n\n#### Example\n\n```\nSECRET code\n```\n\n## ASKED2 is it?\n\nSECRET\n",
  "headings that are no questions by a mark":
    "## ASKED1 is it?\n\nSECRET\n\n## Closures ASKED2\n\n- SECRET one\n- SECRET two\n\n## ASKED3 is that?\n\nSECRET\n",
  "an answer key at the end":
    "# Metals\n\n1. ASKED1 is slag?\n2. ASKED2 is coke?\n\n## Answers\n\n1. SECRET waste\n2. SECRET coal\n",
  "an answer key below a plain line":
    "1. ASKED1 is slag?\n2. ASKED2 is coke?\n\nAnswers:\n\n1. SECRET waste\n2. SECRET coal\n",
  "code behind a question":
    "### ASKED1 do you sum?\n\n```\nSECRET\n```\n\n- ASKED2 do you count?\n  ```\n  SECRET\n  ```\n",
  "answers between questions of one list":
    "- ASKED1 is slag?\n- SECRET is the waste of smelting.\n- ASKED2 is coke?\n- SECRET comes of coal.\n",
  "letters for question and answer": "F: ASKED1 ist Schlacke?\nA: SECRET\n\nF: ASKED2 ist Koks?\nA: SECRET\n",
  "other letters for them": "P: ¿ASKED1 es escoria?\nR: SECRET\n\nP: ¿ASKED2 es coque?\nR: SECRET\n",
  "a table":
    "| No | Answer | Question |\n|---|---|---|\n| 1 | SECRET | ASKED1 is slag? |\n| 2 | SECRET | ASKED2 is coke |\n",
  "a table of HTML":
    "<table><tr><th>Question</th><th>Answer</th></tr><tr><td>ASKED1 is slag?</td><td>SECRET</td></tr></table>",
  "folded answers":
    "<details><summary><b>1. ASKED1 is slag?</b></summary><p>SECRET<br>SECRET</p></details>\n\n<details>\n<summary>ASKED2 is coke</summary>\n<ul><li>SECRET</li></ul>\n</details>",
  "folded answers below":
    "### ASKED1 is slag?\n\n<details>\n<summary>Click to expand!</summary>\n\nSECRET\n\n* SECRET\n</details>\n\n### ASKED2 is coke?\n\n<details><summary>Show answer</summary>SECRET</details>\n",
  "nested lists of answers":
    "1. ASKED1 is slag?\n    - SECRET\n        - SECRET?\n    - SECRET?\n2. ASKED2 is coke?\n    1. Name SECRET\n    2. SECRET\n",
  "a follow-up with its answer": "- ASKED1 is slag?\n  - ASKED2 follows?\n    - SECRET\n  - ASKED3 follows? SECRET\n",
  "what looks like choices": "1. ASKED1 helps?\n   a) SECRET speed\n   b) SECRET cost\n",
  "boxes to tick as one hears them": "### ASKED1 is slag?\n\n- [ ] SECRET waste\n- [ ] SECRET smelting\n",
  "statements behind a remark":
    "1. ASKED1 is slag?\n2. ASKED2 is coke?\n\nWhat we want to hear comes here.\n\n- SECRET waste.\n  - SECRET more\n- SECRET coal.\n",
  "folded hints and answers":
    "### ASKED1 is slag?\n\n<details><summary>Solution</summary>\nSECRET\n</details>\n\n### ASKED2 is coke?\n\n<details><summary>Answer</summary>\nSECRET\n</details>\n",
  "tables within answers": ["Term | Meaning", "Name | Description", "Front | Back", "Text | Note", "Item | Value"]
    .map((header, at) => `### ASKED${at} is it?\n\n| ${header} |\n|---|---|\n| SECRET one? | SECRET two |\n\n`)
    .join(""),
  "brackets behind an order":
    "1. Name the layers ASKED1 (SECRET physical, link, network)\n2. List safe verbs ASKED2 (SECRET GET), with their use\n3. **Explain slag ASKED3** [SECRET waste]\n",
  "signs behind an order":
    "- Name the layers ASKED1: SECRET link\n- Name the layers ASKED2 - SECRET link\n- Define slag ASKED3 -> SECRET waste\n- Define coke ASKED4::SECRET coal\n- Define ore ASKED5\tSECRET rock\n- Explain tin ASKED6 👉 SECRET soft\n- Explain zinc ASKED7 ||SECRET grey||\n- Explain iron ASKED8 <!-- SECRET rusts -->\n",
  "a dash behind a full stop":
    "1) Explain to me at some length how slag comes about in a furnace of steel ASKED1.\n   -> SECRET waste\n2) Describe coke ASKED2. - SECRET coal\n3) ASKED3 is ore? - SECRET rock; SECRET isn't it?\n",
  "a line below an order that goes on small":
    "1. Explain slag ASKED1\n   waste of smelting SECRET\n2. Explain the difference between\n   coke and coal of ASKED2\n   one is baked SECRET\n3. ore ASKED3\n   rock SECRET\n",
  "lines below choices":
    "1. Which is soft ASKED1?\n   a) Tin\n   b) Iron\n   a SECRET\n2. Which is grey ASKED2?\n   A. Zinc\n   B. Gold\n   ANSWER: A SECRET\n",
  "code behind the code that a question speaks of":
    "### What does this code print ASKED1?\n\n```js\nlog(1)\n```\n\n```\nSECRET\n```\n\n### Implement a sum ASKED2:\n\n```\nSECRET\n```\n",
  pictures:
    "1. Explain the logo ASKED1 <img src='a.png' alt='SECRET gear'> at length\n2. ASKED2 is it? ![SECRET bars](b.png)\n3. Describe ASKED3 ![SECRET pie](c.png)\n4. ASKED4 is it? [SECRET of it](https://x.example)\n",
  "a text behind the end of what is folded away":
    "<details><summary>ASKED1 is slag?</summary>\n\nSECRET waste\n\n<details><summary>More</summary>SECRET</details>\n\nSECRET again\n\n</details>\n\n**ASKED2 is coke?**\n\nSECRET coal\n",
  "headings that only number their questions":
    "## Question 1\n\nExplain slag ASKED1.\n\n### Expected answer\n\nSECRET waste\n\n## Question 2\n\n**Explain coke ASKED2**\n\nSECRET coal\n\n### What to assess\n\n- SECRET baked\n",
  "digits of other scripts":
    "١. ما هو ASKED1؟\nSECRET\n٢. اشرح الخبث ASKED2\nالجواب: SECRET\n٣. ما هو ASKED3؟\n- SECRET\n",
  "full-width letters for question and answer":
    "Ｑ１．ASKED1とは？\nＡ１．SECRET\nＱ２．RESTを説明してASKED2ください。\nＡ２．REST SECRET\n",
  "a question within the answer to a numbered one":
    "1. ASKED1 is slag?\n\nSECRET waste.\n\nWhich SECRET wins?\n\n2. Explain coke ASKED2\n\n- SECRET coal\n",
  "numbers on keys": "1️⃣ ASKED1 is slag?\n👉 SECRET waste\n\n2️⃣ Explain coke ASKED2\n✅ SECRET coal\n",
  "plain words behind an order in bold":
    "- **Explain slag ASKED1** SECRET waste\n- *Describe coke ASKED2* SECRET coal\n- <b>Explain ore ASKED3</b> SECRET rock\n- **Tin ASKED4** SECRET soft\n- Define zinc ASKED5; SECRET grey\n",
  "statements between an order and a mark": "- Explain slag ASKED1. SECRET waste. SECRET why so? SECRET heat.\n",
  "points below a line that is no label":
    "1. ASKED1 is slag?\nWhat good looks like:\n● SECRET waste\n● SECRET smelting\nRed flags:\n● SECRET gold\n\n2. ASKED2 is coke?\n\nWorth hearing:\n\n- SECRET coal\n",
  "points below headings that are no labels":
    "## Criteria\n\n- SECRET tidy\n- SECRET quick\n\n## Metals\n\n1. ASKED1 is slag?\n2. ASKED2 is coke?\n\n## Worth hearing\n\n- SECRET waste\n- SECRET coal\n",
  "lines within the cells of a table":
    "| Question | Worth hearing |\n|---|---|\n| ASKED1 is slag? | SECRET waste<br>SECRET smelting |\n| ASKED2 is coke? | <ul><li>SECRET coal</li><li>SECRET baked</li></ul> |\n",
  "lines within the cell of a question":
    "| Question | Note |\n|---|---|\n| Explain slag ASKED1<br>SECRET waste | x |\n| Explain coke ASKED2<details><summary>So</summary>SECRET coal</details> | x |\n",
  "lines within the cells of a table of HTML":
    "<table><tr><th>Question</th><th>Answer</th></tr><tr><td>Explain slag ASKED1<br>SECRET waste</td><td><p>SECRET smelting</p></td></tr></table>",
  "a table without names": "| | |\n|---|---|\n| ASKED1 is slag? | SECRET waste |\n| ASKED2 is coke? | SECRET coal |\n",
  "a table with a question for its names":
    "| ASKED1 is slag? | SECRET waste |\n|---|---|\n| ASKED2 is coke? | SECRET coal | SECRET baked |\n| ASKED3 is ore? | SECRET rock |\n",
  "full-width signs": "１．ASKED1 是什么？\n答：SECRET\n２．ASKED2 是什么？\n答：SECRET\n",
};

describe("no answer reaches a candidate's side", () => {
  test.each(Object.entries(SHAPES))("of %s", (_, text) => {
    for (const name of ["list.md", "list.txt"]) {
      const { questions } = readText(name, text);
      const shown = questions.map(({ draft }) =>
        JSON.stringify([draft.title, draft.prompt, draft.hints, draft.followUps.map(({ ask }) => ask)]),
      );
      expect(shown.filter((candidate) => candidate.includes("SECRET"))).toEqual([]);
      const asked = [...new Set(text.match(/ASKED\d/g))];
      expect(asked.filter((question) => !shown.some((candidate) => candidate.includes(question)))).toEqual([]);
    }
  });

  test("where an order is a single word in bold, what it orders is asked", () => {
    expect(found("- **Explain** the slag\n- **Explain the _slag_ of ore**\n").map(({ prompt }) => prompt)).toEqual([
      "**Explain** the slag",
      "Explain the _slag_ of ore",
    ]);
  });

  test.each(Object.entries(SHAPES))("and nothing of %s is lost", (_, text) => {
    const parsed = readText("list.md", text);
    const kept = JSON.stringify([parsed.questions.map(({ draft }) => draft), parsed.passedOver]);
    expect(kept.match(/SECRET/g)?.length).toBeGreaterThanOrEqual(text.match(/SECRET/g)?.length ?? 0);
  });
});

describe("a list in the manner of a team", () => {
  const folder = new URL("files/lists/", import.meta.url);
  /** A sentence with a gap is no question, and stays out. */
  const NOT_FOUND: Readonly<Record<string, readonly string[]>> = { "obsidian.md": ["ASKED4"] };

  test.each(readdirSync(folder))("%s shows its questions, none of its answers, and loses nothing", (name) => {
    const { text } = fixture(`lists/${name}`);
    const parsed = readText(name, text);
    expect(refusals(parsed)).toEqual([]);
    const shown = parsed.questions.map(({ draft }) =>
      JSON.stringify([draft.title, draft.topic, draft.prompt, draft.hints, draft.followUps.map(({ ask }) => ask)]),
    );
    expect(shown.filter((candidate) => candidate.includes("SECRET"))).toEqual([]);
    const asked = [...new Set(text.match(/ASKED\d/g))].filter((one) => !NOT_FOUND[name]?.includes(one));
    expect(asked.filter((one) => !shown.some((candidate) => candidate.includes(one)))).toEqual([]);
    const kept = JSON.stringify([parsed.questions.map(({ draft }) => draft), parsed.passedOver]);
    expect(kept.match(/SECRET/g)?.length).toBeGreaterThanOrEqual(text.match(/SECRET/g)?.length ?? 0);
  });
});
