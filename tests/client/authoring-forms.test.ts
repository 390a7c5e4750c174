import { draftOfQuestion, KitDraft, kitOfDraft, QuestionDraft, questionOfDraft } from "@whetstone/shared/authored";
import { Question } from "@whetstone/shared/bank";
import { QUESTION_LISTS } from "@whetstone/shared/bank-limits";
import { IMPORT_ENDINGS } from "@whetstone/shared/import-endings";
import { describe, expect, it } from "vitest";
import { fieldName } from "../../client/src/authoring/draft/field-names.ts";
import { ACCEPTED, isReadable, readFiles, readPasted } from "../../client/src/authoring/import/import-files.ts";
import { kitFaults } from "../../client/src/authoring/kit/kit-faults.ts";
import {
  BLANK_CRITERION,
  BLANK_WORKSPACE,
  blankQuestion,
  questionPublication,
  renamedCriterion,
  withWorkspace,
} from "../../client/src/authoring/question/question-draft.ts";
import { questionFaults } from "../../client/src/authoring/question/question-faults.ts";
import { freeSlug, slugOf } from "../../client/src/authoring/slug.ts";
import { moved } from "../../client/src/ui/form/lists.ts";
import { testBank } from "../support/domain.ts";

const BLANK = blankQuestion(Date.UTC(2026, 10, 23));
const [whole] = testBank().questions;
if (!whole) throw new Error("The test bank has no question.");
const WHOLE = draftOfQuestion(Question.parse(whole));

function faultsOf(draft: QuestionDraft): ReadonlyMap<string, string> {
  const made = questionOfDraft("a-question", draft);
  return questionFaults("faults" in made ? made.faults : [], draft);
}

describe("what is wrong with a question", () => {
  it("is nothing for a whole one", () => {
    expect(faultsOf(WHOLE)).toEqual(new Map());
  });

  it("is told of everything that an empty one lacks, by field", () => {
    expect([...faultsOf(BLANK)]).toEqual([
      ["title", "Give it a title for the panel's lists."],
      ["topic", "Choose a topic, or name one of your own."],
      ["prompt", "Write what the candidate sees."],
      ["hints", "Write at least one hint, for a candidate who is stuck."],
      ["followUps", "Write at least 2 follow-ups."],
      ["strongAnswer", "Write at least 4 key points."],
      ["redFlags", "Write at least one red flag."],
      ["criteria", "Write at least 2 criteria, each with four anchors."],
    ]);
  });

  it.each<[string, Partial<QuestionDraft>, string, string]>([
    ["an empty row", { hints: ["One", " "] }, "hints.1", "Write something here, or take it out."],
    [
      "a follow-up without what it probes",
      { followUps: [{ ask: "And?", probes: "" }, ...WHOLE.followUps.slice(1)] },
      "followUps.0.probes",
      "Say what it finds out.",
    ],
    [
      "an anchor that is not written",
      { criteria: [{ id: "a", name: "A", anchors: ["1", "2", "", "4"] }, ...WHOLE.criteria.slice(1)] },
      "criteria.0.anchors.2",
      "Say what an answer at level 3 sounds like.",
    ],
    ["an item that cannot be", { covers: ["B12"] }, "covers.0", "Name an item of the source lists, such as A1.5."],
    [
      "a month that is none",
      { reviewed: "2026-13" },
      "reviewed",
      "Say in which month it was last checked, such as 2026-11.",
    ],
  ])("names %s", (_name, change, key, sentence) => {
    expect(faultsOf({ ...WHOLE, ...change }).get(key)).toBe(sentence);
  });

  it("has a name on screen for each field", () => {
    expect(fieldName("strongAnswer.1")).toBe("Key points, 2");
    expect(fieldName("criteria.0.anchors.2")).toBe("Rubric, 1");
    expect(fieldName("workspace")).toBe("Workspace");
    expect(fieldName("workspace.starter")).toBe("Starter");
    expect(fieldName("workspace.tests.2.code")).toBe("Tests, 3");
    for (const field of [...Object.keys(QuestionDraft.shape), ...Object.keys(KitDraft.shape)]) {
      expect(fieldName(field), field).toMatch(/^[A-Z]/);
    }
  });
});

describe("what is wrong with a kit", () => {
  const faultsOfKit = (draft: KitDraft) => {
    const made = kitOfDraft("a-kit", draft);
    return kitFaults("faults" in made ? made.faults : [], draft);
  };

  it("is told of everything that an empty one lacks", () => {
    expect([...faultsOfKit(KitDraft.parse({})).keys()]).toEqual([
      "title",
      "role",
      "description",
      "competencies",
      "phases",
      "questions",
    ]);
  });

  it.each<[string, Partial<KitDraft>, string, string]>([
    [
      "a weight without its reason, at its competency",
      { weights: [{ competency: 2, weight: 2, reason: " " }] },
      "competencies.1.reason",
      "Say why it does not count like the others.",
    ],
    [
      "a weight of a competency that there is not",
      { weights: [{ competency: 4, weight: 2, reason: "It matters." }] },
      "competencies.3.weight",
      "There is no competency 4; the kit has 2.",
    ],
    [
      "a competency that is weighed twice",
      { weights: [2, 3].map((weight) => ({ competency: 1, weight, reason: "It matters." })) },
      "competencies.0.weight",
      "Competency 1 is weighed twice.",
    ],
    [
      "a question that probes what there is not",
      { questions: [{ question: "q", minutes: 5, probes: [1, 3] }] },
      "questions.0.probes",
      "There is no competency 3; the kit has 2.",
    ],
  ])("names %s", (_name, change, key, sentence) => {
    const whole = KitDraft.parse({
      title: "A",
      role: "B",
      description: "C",
      competencies: ["One", "Two"],
      phases: [{ kind: "questions", minutes: 45 }],
      questions: [{ question: "q", minutes: 5 }],
    });
    expect(faultsOfKit(whole)).toEqual(new Map());
    expect([...faultsOfKit({ ...whole, ...change })]).toEqual([[key, sentence]]);
  });
});

describe("the lists of a question", () => {
  it.each(Object.entries(QUESTION_LISTS))("%s have the bounds of the schema", (field, { min, max }) => {
    const filled = WHOLE[field as keyof typeof QUESTION_LISTS];
    const parse = (length: number) => {
      const items = Array.from({ length }, (_, index) => filled[index % Math.max(1, filled.length)] ?? "a");
      const made = questionOfDraft("a-question", { ...WHOLE, [field]: items });
      return "faults" in made && made.faults.some(({ path }) => path.length === 1 && path[0] === field);
    };
    expect([parse(min), parse(max), parse(max + 1)]).toEqual([false, false, true]);
    if (min > 0) expect(parse(min - 1)).toBe(true);
  });

  it("move an item, and stay as they are at their ends", () => {
    expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b"], 1, 2)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  });
});

describe("a draft's workspace", () => {
  it("stands where the schema has it, so that the draft is the same as what the server reads", () => {
    const { workspace, ...without } = WHOLE;
    const read = (draft: QuestionDraft) => QuestionDraft.parse(JSON.parse(JSON.stringify(draft)));
    for (const draft of [withWorkspace(without, BLANK_WORKSPACE), withWorkspace(WHOLE, undefined)]) {
      expect(JSON.stringify(draft)).toBe(JSON.stringify(read(draft)));
    }
    expect(workspace).toBeDefined();
    expect(withWorkspace(WHOLE, undefined).workspace).toBeUndefined();
  });
});

describe("a criterion's identifier", () => {
  const criteria = [
    { ...BLANK_CRITERION, id: "depth", name: "Depth" },
    { ...BLANK_CRITERION, id: "", name: "" },
  ];
  it.each([
    ["Finding faults", "finding-faults"],
    ["Depth", "depth-2"],
    ["Communication", "communication-2"],
    ["深さ", "criterion"],
  ])("follows the name %s, apart from all others", (name, id) => {
    expect(renamedCriterion(criteria, 1, name)[1]).toMatchObject({ id, name });
  });
});

describe("a slug", () => {
  it.each([
    ["Naïve Bayes: a *first* look!", "naive-bayes-a-first-look"],
    ["  ", ""],
    ["漢字", ""],
  ])("of %s is %s", (text, slug) => {
    expect(slugOf(text)).toBe(slug);
  });

  it("is cut at its length, and numbered where it is taken", () => {
    expect(slugOf("word ".repeat(40)).length).toBeLessThanOrEqual(80);
    expect(freeSlug("a", ["a", "a-2"])).toBe("a-3");
  });
});

describe("a question's publication", () => {
  const published = Question.parse(whole);
  it.each<[string, QuestionDraft, Question | null, string]>([
    ["before it is published", WHOLE, null, "draft"],
    ["as it was published", WHOLE, published, "published"],
    ["with a changed field", { ...WHOLE, title: "Other" }, published, "changed"],
    ["with a field emptied", { ...WHOLE, prompt: "" }, published, "changed"],
  ])("%s", (_name, draft, of, publication) => {
    expect(questionPublication(published.id, draft, of)).toBe(publication);
  });
});

describe("files to import", () => {
  const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => ({ name, file: new Blob([content]) });

  it("are read as text in the order of their names, and what is no question is named", async () => {
    const read = await readFiles([
      file("pack/b.yaml", "b"),
      file("pack/picture.png", "x"),
      file("pack/.git/config.json", "x"),
      file("pack/notes.log", "x"),
      file("pack/a.MD", "﻿# Ä"),
    ]);
    expect(read).toEqual({
      kind: "read",
      files: [
        { name: "pack/a.MD", text: "# Ä" },
        { name: "pack/b.yaml", text: "b" },
      ],
      ignored: [
        expect.stringMatching(/^pack\/picture\.png: A picture cannot be read/),
        "Left out, as they are no questions: pack/.git/config.json, pack/notes.log.",
      ],
    });
  });

  it.each<[string, { name: string; file: Blob }[], RegExp]>([
    ["nothing that can be read", [file("a.exe", "x")], /nothing to import/],
    [
      "a PDF",
      [file("list.PDF", "x")],
      /^list\.PDF: A PDF cannot be read reliably\. Open it, select all, copy, and paste/,
    ],
    ["an old workbook", [file("list.xls", "x")], /\.xls\) cannot be read\. Save the sheet as \.xlsx or \.csv/],
    [
      "over 10 MB together",
      [file("a.md", "x".repeat(6e6)), file("b.md", "x".repeat(6e6))],
      /11\.4 MB; .* at most 10 MB/,
    ],
    ["another encoding", [file("old.csv", new Uint8Array([0x54, 0xe9]))], /old\.csv is not text in UTF-8/],
  ])("are refused with a sentence: %s", async (_name, files, sentence) => {
    expect(await readFiles(files)).toMatchObject({ kind: "refused", sentence: expect.stringMatching(sentence) });
  });

  it("are told by their endings", () => {
    expect(["a.yml", "b/c.CSV", "d.txt"].every(isReadable)).toBe(true);
    expect(["yaml", "a.yaml.bak", ".hidden.md"].some(isReadable)).toBe(false);
  });

  it("are all that the server reads, as a file field offers them", () => {
    expect(ACCEPTED.split(",")).toEqual(IMPORT_ENDINGS.map((ending) => `.${ending}`));
    expect(IMPORT_ENDINGS.every((ending) => isReadable(`list.${ending.toUpperCase()}`))).toBe(true);
  });

  it.each([
    ["an Excel's Unicode text", [0xff, 0xfe, 0x51, 0x00, 0xe9, 0x00], "Q\u00e9"],
    ["UTF-16 the other way round", [0xfe, 0xff, 0x00, 0x51, 0x00, 0xe9], "Q\u00e9"],
    ["UTF-8 with a mark", [0xef, 0xbb, 0xbf, 0x51, 0xc3, 0xa9], "Q\u00e9"],
  ])("are decoded as their mark says: %s", async (_name, bytes, text) => {
    const read = await readFiles([file("list.txt", new Uint8Array(bytes))]);
    expect(read).toEqual({ kind: "read", files: [{ name: "list.txt", text }], ignored: [] });
  });

  it("go over byte for byte where they are workbooks or documents, whatever they are called", async () => {
    const content = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256);
    content.set([0x50, 0x4b, 0x03, 0x04]);
    const read = await readFiles([file("a.xlsx", content), file("b.csv", content)]);
    const base64 = Buffer.from(content).toString("base64");
    expect(read).toMatchObject({
      files: [
        { name: "a.xlsx", base64 },
        { name: "b.csv", base64 },
      ],
    });
  });

  it.each(["{ }", "---\nid: a", "title;prompt\nA;B", "[easy] Why?"])(
    "that are pasted are for the server to tell: %j",
    (text) => {
      expect(readPasted(text)).toEqual({ kind: "read", files: [{ name: "pasted.txt", text }], ignored: [] });
    },
  );
});
