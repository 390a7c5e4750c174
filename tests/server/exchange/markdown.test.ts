import { describe, expect, test } from "vitest";
import { fixture, read, readText, refusals, TODAY } from "./samples.ts";

/** What an imported list gave: for each question its line, title, topic with tags, and follow-ups. */
function gathered(name: string) {
  const parsed = read(fixture(name));
  expect(refusals(parsed)).toEqual([]);
  return parsed.questions.map(({ at, draft }) => {
    const headings = [draft.topic, ...draft.tags].filter(Boolean).join(" / ");
    return [at.line, draft.title, headings, draft.followUps.map(({ ask }) => ask)];
  });
}

const draftAt = (name: string, line: number) => read(fixture(name)).questions.find(({ at }) => at.line === line)?.draft;

describe("a list of questions", () => {
  test("is read with numbers, nested bullets at any depth, and headings in headings as tags", () => {
    expect(gathered("numbered.md")).toEqual([
      [7, "What is backpropagation?", "neural-networks", []],
      [
        8,
        "Explain dropout.",
        "neural-networks",
        ["Is it active at inference?", "How does it differ from weight decay?"],
      ],
      [11, "Why do deep networks need non-linear activations?", "neural-networks", ["What happens with the identity?"]],
      [20, expect.stringContaining("$\\operatorname{softmax}"), "transformers / attention", []],
      [
        ...[21, "Compare self-attention and cross-attention", "transformers / attention"],
        ["Where does each stand in the original architecture?"],
      ],
      [26, "Why is warm-up used?", "transformers / training", []],
    ]);
    expect(read(fixture("numbered.md")).topics).toEqual([
      { id: "neural-networks", name: "Neural networks" },
      { id: "transformers", name: "Transformers" },
    ]);
    expect(draftAt("numbered.md", 11)).toMatchObject({
      prompt: "Why do deep networks need non-linear activations?",
      strongAnswer: ["Assume a classifier with ten layers."],
    });
  });

  test("is read as a word processor pastes it: Windows line ends, a byte-order mark, levels by bullets", () => {
    expect(gathered("word-processor.txt")).toEqual([
      [
        ...[2, "What is overfitting?", "fundamentals"],
        ["How would you notice it?", "What would you do about it?\n- And with ten times the data?"],
      ],
      [6, "Explain the bias–variance trade-off.", "fundamentals", []],
      [8, "What is a “learning rate”?", "fundamentals", ["Why decay it?"]],
    ]);
  });

  test("is read with tabs for nesting and Windows line ends", () => {
    expect(gathered("tabs.md")).toEqual([
      [2, "What is momentum?", "optimisation", ["Why does it help in ravines?", "What is Nesterov's variant?"]],
      [6, "How does Adam work?", "optimisation", ["Why is there a bias correction?"]],
      [13, "What does weight decay do?", "regularisation", []],
    ]);
    expect(draftAt("tabs.md", 2)?.followUps[0]?.probes).toBe("- Draw one.");
    expect(draftAt("tabs.md", 6)).toMatchObject({
      prompt: "How does Adam work?",
      strongAnswer: ["Assume that the gradients are sparse."],
    });
  });

  test("is read with every typographic bullet, and gets names where no letter can stand in an id", () => {
    expect(gathered("dashes.md")).toEqual([
      [2, "What is an anchor box?", "vision", ["Why several aspect ratios?", "What replaces them in DETR?"]],
      [5, "Explain non-maximum suppression.", "vision", ["Where does it fail?\n- In crowds?"]],
      [8, "What is IoU?", "vision", []],
      [11, "ما هو الانحدار التدريجي؟", "topic", []],
      [12, "😀 Which loss for emoji?", "topic", []],
      [15, "畳み込みとは何ですか。", "topic-2", []],
    ]);
    const { questions, topics } = read(fixture("dashes.md"));
    expect(questions.map(({ id }) => id)).toEqual([
      ...["what-is-an-anchor-box", "explain-non-maximum-suppression", "what-is-iou"],
      ...["question", "which-loss-for-emoji", "question-2"],
    ]);
    expect(topics.map(({ name }) => name)).toEqual(["Vision", "أسئلة", "画像"]);
  });

  test("is read with questions that are numbered as such, and keeps answers and hints from the prompt", () => {
    expect(gathered("questions-and-answers.md")).toEqual([
      [3, "What is a receptive field?", "convolutional-networks", []],
      [7, "Why pooling?", "convolutional-networks", []],
      [10, "Name three normalisations.", "convolutional-networks", []],
      [13, "What is a dilated convolution?", "convolutional-networks", ["When would you use it?"]],
      [17, "Q-learning: explain it in one minute", "convolutional-networks", []],
    ]);
    const [field, pooling, , dilated] = read(fixture("questions-and-answers.md")).questions.map(({ draft }) => draft);
    expect(field).toMatchObject({
      prompt: "What is a receptive field?",
      strongAnswer: ["The part of the input that one output depends on.\nIt grows with depth."],
    });
    expect(pooling).toMatchObject({ prompt: "Why pooling?", hints: ["think of small shifts."] });
    expect(dilated).toMatchObject({
      prompt: "What is a dilated convolution?",
      strongAnswer: ["one with gaps between the taps"],
      redFlags: ["confuses it with stride"],
    });
  });

  test("is read with headings that are the questions: what stands below them is for the panel, but for code that they speak of", () => {
    expect(gathered("headings.md")).toEqual([
      [8, "What is gradient descent?", "basics", []],
      [15, "What does this print?", "basics", []],
      [26, "Why not accuracy?", "metrics", []],
    ]);
    expect(draftAt("headings.md", 8)).toMatchObject({
      prompt: "What is gradient descent?",
      strongAnswer: [
        ...["An iterative method that follows the negative gradient.", "It needs a step size."],
        "What about saddle points?",
      ],
    });
    expect(draftAt("headings.md", 15)?.prompt).toBe(
      'What does this print?\n\n```python\n# not a heading\n- not = "an item"\n\nprint(1)\n```',
    );
  });

  test("is read as plain lines that end with a question mark", () => {
    expect(gathered("plain-lines.txt")).toEqual([
      [6, "What is a Markov decision process?", "reinforcement-learning", []],
      [7, "What is the Bellman equation?", "reinforcement-learning", []],
      [8, "When is a policy better than a value function?", "reinforcement-learning", []],
      [
        ...[12, "What is a p-value, e.g. in an A/B test?", "reinforcement-learning / statistics"],
        ["What is it not?", "What would you report instead?"],
      ],
    ]);
    expect(read(fixture("plain-lines.txt")).passedOver.map(({ at }) => at.line)).toEqual([4]);
  });

  test("is read with task boxes and bold lines, and HTML in it stays text", () => {
    expect(gathered("bold-and-boxes.md")).toEqual([
      [3, "What is data leakage?", "data", []],
      [4, "How do you split time series?", "data", ["Why not at random?"]],
      [9, "How do you notice drift?", "production", []],
      [14, "What does <b>canary</b> mean?", "release", []],
    ]);
    expect(draftAt("bold-and-boxes.md", 14)).toMatchObject({
      prompt: "What does <b>canary</b> mean?",
      strongAnswer: ['<script>alert("x")</script>'],
    });
    expect(read(fixture("bold-and-boxes.md")).passedOver.map(({ message }) => message)).toEqual([
      "This text belongs to no question: “<!-- ask this one last -->”",
      "This text belongs to no question: “<!-- a comment - with a dash -->”",
    ]);
  });

  test("is read with code inside an item, and has more follow-ups than a question, of which the last go to the panel", () => {
    expect(gathered("front-matter.md")).toEqual([
      [
        ...[9, "Review this code:", "modelling"],
        ["How would you test it?", "What is slow in it?", "Would you vectorise it?", "Where would you profile?"],
      ],
      [24, "First line of a question that goes on in a second.", "modelling", []],
    ]);
    expect(draftAt("front-matter.md", 9)?.strongAnswer).toEqual(["Follow-up: What about memory?"]);
    expect(draftAt("front-matter.md", 9)?.prompt).toBe(
      "Review this code:\n\n```python\nfor x in loader:\n    - x\n```\n\nWhat is wrong with it?",
    );
  });

  test("of which some items are marked otherwise and ask nothing has them as answers to those before", () => {
    const answers = (text: string) =>
      readText("list.md", text).questions.map(({ draft }) => [draft.prompt, draft.strongAnswer]);
    expect(answers("1. What is an ore?\n2. Explain smelting.\n\n- Heat over all else.\n- Then carbon.\n")).toEqual([
      ["What is an ore?", []],
      ["Explain smelting.", ["Heat over all else.", "Then carbon."]],
    ]);
    expect(answers("* Explain smelting.\n* Explain casting.\n\n1. Melt it.\n2. Pour it.\n")).toEqual([
      ["Explain smelting.", []],
      ["Explain casting.", ["Melt it.", "Pour it."]],
    ]);
    expect(answers("1. What is an ore?\n\n- Explain smelting.\n- Why is tin soft?\n")).toHaveLength(3);
  });

  test.each([
    ["a summary", "<details><summary>Explain slag<br>Waste of smelting.</summary></details>\n"],
    ["a heading", "### Explain slag<br>Waste of smelting.\n"],
    ["an item", "- Explain slag<br>Waste of smelting.\n"],
  ])("that breaks its line within %s has what stands behind as its answer", (_, text) => {
    const [question] = readText("list.md", text).questions;
    expect([question?.draft.prompt, question?.draft.strongAnswer]).toEqual(["Explain slag", ["Waste of smelting."]]);
  });

  test("makes drafts that say what they lack", () => {
    const [question] = readText("list.md", "- What is dropout?\n").questions;
    expect(question).toMatchObject({
      id: "what-is-dropout",
      idGiven: false,
      question: null,
      draft: { level: "working", minutes: 6, reviewed: TODAY, criteria: [] },
      lacks: [
        ...["a topic", "a hint", "two follow-ups", "four key points of a strong answer", "a red flag"],
        "a rubric of two or three criteria",
      ],
    });
  });

  test("gives ids from titles: folded, short, cut at a word, numbered when taken, and the same each time", () => {
    const long = `- Über ${"Größe und Maß ".repeat(12)}?\n- Why?\n- **Why**?\n- ???\n`;
    const ids = () => readText("list.md", long).questions.map(({ id }) => id);
    expect(ids()).toEqual([expect.stringMatching(/^uber-grosse-und-mass-.*[a-z]$/), "why", "why-2", "question"]);
    expect(ids()[0]?.length).toBeLessThanOrEqual(60);
    expect(`uber-${"grosse-und-mass-".repeat(12)}`).toContain(`${ids()[0]}-`);
    expect(ids()).toEqual(ids());
  });

  test("shortens a long title and keeps the whole prompt", () => {
    const prompt = `Explain ${"why ".repeat(60)}this works`;
    const [question] = readText("list.md", `- ${prompt}`).questions;
    expect(question?.draft.title.length).toBeLessThanOrEqual(120);
    expect(question?.draft.title).toMatch(/^Explain why .*why…$/);
    expect(question?.draft.prompt).toBe(prompt);
  });

  test("refuses a prompt that is too long, and a code block that is never closed", () => {
    const list = `# A\n\n- Short?\n- ${"long ".repeat(900)}\n- What?\n  \`\`\`\n  code\n`;
    expect(refusals(readText("list.md", list))).toEqual([
      "list.md:6: a code block is opened here and never closed",
      "list.md:4: prompt: has 4499 characters; at most 4000 are possible",
    ]);
  });
});
