import type { ExportQuery } from "@whetstone/shared/bank-wire";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { CSV_COLUMNS } from "../../../server/src/bank/exchange/csv-columns.ts";
import { writeExport } from "../../../server/src/bank/exchange/write-export.ts";
import { propertyRuns } from "../../support/courses.ts";
import { KIT, PACK, packs, questions, read, readText, refusals, sampleQuestion, WORKSPACE } from "./samples.ts";

const FORMATS = ["yaml", "yaml-folder", "json", "csv", "markdown"] as const satisfies readonly ExportQuery["format"][];

const unzipped = (body: string | Uint8Array) =>
  typeof body === "string"
    ? []
    : Object.entries(unzipSync(body)).map(([name, bytes]) => ({ name, text: strFromU8(bytes) }));

/** The files of an export as they would be chosen for an import. */
const filesOf = ({ name, body }: ReturnType<typeof writeExport>) =>
  typeof body === "string" ? [{ name, text: body }] : unzipped(body);

describe("an export for the panel", () => {
  test.each(["yaml", "yaml-folder", "json", "markdown"] as const)("comes back unchanged as %s", (format) => {
    fc.assert(
      fc.property(packs, ({ pack, questions: all, kits }) => {
        const parsed = read(...filesOf(writeExport(pack, all, kits, { format, audience: "panel" })));
        expect(refusals(parsed)).toEqual([]);
        expect(parsed.pack?.pack).toEqual(pack);
        expect(parsed.kits.map(({ kit }) => kit)).toEqual(kits);
        expect(parsed.questions.map(({ question }) => question)).toEqual(all);
      }),
      propertyRuns(60),
    );
  });

  test("comes back unchanged as csv", () => {
    fc.assert(
      fc.property(fc.uniqueArray(questions, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }), (all) => {
        const parsed = read(...filesOf(writeExport(PACK, all, [], { format: "csv", audience: "panel" })));
        expect(refusals(parsed)).toEqual([]);
        expect(parsed.questions.map(({ question }) => question)).toEqual(all);
      }),
      propertyRuns(150),
    );
  });

  test("says of a text with line ends of other systems what it says with those of the bank", () => {
    const question = sampleQuestion({ prompt: "one\r\ntwo\rthree", hints: ["a\r\n\r\nb"] });
    for (const format of ["yaml", "yaml-folder", "json", "csv"] as const) {
      const parsed = read(...filesOf(writeExport(PACK, [question], [], { format, audience: "panel" })));
      expect(parsed.questions[0]?.question).toMatchObject({ prompt: "one\ntwo\nthree", hints: ["a\n\nb"] });
    }
  });

  test("as a folder is the project's own, and equal contents are equal bytes", () => {
    const write = () => writeExport(PACK, [sampleQuestion()], [KIT], { format: "yaml-folder", audience: "panel" });
    expect(unzipped(write().body).map(({ name }) => name)).toEqual([
      "small/pack.yaml",
      "small/nets/first.yaml",
      "small/kits/short.yaml",
    ]);
    expect(write().body).toEqual(write().body);
    expect(write()).toMatchObject({ name: "small.zip", mediaType: "application/zip" });
  });

  test("as CSV has a byte-order mark, the documented columns, Windows line ends and no formula", () => {
    const titles = ["=1+1", "+1", "-1", "@a", "'=a"];
    const all = titles.map((title, index) =>
      sampleQuestion({ id: `q-${index}`, title, prompt: `${title}\nmore`, workspace: WORKSPACE }),
    );
    const { body, mediaType } = writeExport(PACK, all, [], { format: "csv", audience: "panel" });
    expect(mediaType).toBe("text/csv; charset=utf-8");
    const text = String(body);
    expect(text.startsWith(`\uFEFF"${Object.keys(CSV_COLUMNS).join('","')}"\r\n`)).toBe(true);
    expect(text.endsWith("\r\n")).toBe(true);
    expect(text).not.toMatch(/(?:^|[,;\t|\r\n])"?[=+@-]/m);
    for (const title of titles) expect(text).toContain(`,"${title.replace(/(?==|\+|-|@)/, "'")}",`);
    expect(readText("a.csv", text).questions.map(({ draft }) => draft.title)).toEqual(titles);
  });

  test("as CSV has the columns of a workspace only where a question has one", () => {
    const header = (changed: Parameters<typeof sampleQuestion>[0]) => {
      const all = [sampleQuestion(), sampleQuestion({ id: "second", ...changed })];
      return String(writeExport(PACK, all, [], { format: "csv", audience: "panel" }).body).split("\r\n", 1)[0] ?? "";
    };
    expect(header({ workspace: WORKSPACE }).slice(2, -1).split('","')).toEqual(Object.keys(CSV_COLUMNS));
    expect(header({}).slice(2, -1).split('","')).toEqual(
      Object.keys(CSV_COLUMNS).filter((column) => !column.startsWith("workspace_")),
    );
  });

  test("as Markdown holds a workspace, in fences that no code of it ends, and says of each test who sees it", () => {
    const fenced = { ...WORKSPACE, starter: 'text = """\n```python\n````\n"""\n' };
    const all = [sampleQuestion({ workspace: fenced })];
    const text = String(writeExport(PACK, all, [], { format: "markdown", audience: "panel" }).body);
    expect(text).toContain(`**Starter**\n\n\`\`\`\`\`python\n${fenced.starter}\`\`\`\`\`\n`);
    for (const { text: file } of fenced.files) expect(text).toContain(`\`\`\`text\n${file.replace(/\n$/, "")}\n`);
    expect(text).toContain(
      "**Test, which the candidate sees: adds two rows**\n\n```python\nassert total([1, 2]) == 3\n```",
    );
    expect(text).toContain(
      "**Test, which only the panel sees: visible: takes no rows**\n\n```python\n  assert total([]) == 0",
    );
    expect(text).toContain("**Expected output, which only the panel sees**\n\n```text\n  3\n```");
  });

  test("as Markdown holds everything there is to read", () => {
    const { name, body } = writeExport(PACK, [sampleQuestion()], [KIT], { format: "markdown", audience: "panel" });
    expect(name).toBe("small.md");
    const { prompt, hints, followUps, strongAnswer, redFlags, criteria, references } = sampleQuestion();
    const texts = [prompt, ...hints, ...strongAnswer, ...redFlags, ...references];
    texts.push(...followUps.flatMap(({ ask, probes }) => [ask, probes]));
    texts.push(...criteria.flatMap((criterion) => [criterion.name, ...criterion.anchors]), KIT.title, PACK.title);
    texts.push("2: Judging", "Counts 2.5 times: It is what the role is for.", "6 minutes, probes 1, 2");
    for (const text of texts) expect(String(body)).toContain(text);
  });
});

describe("an export for a candidate", () => {
  const canary = (field: string) => `⟦${field}⟧`;
  const slug = (field: string) => `secret-${field}`;
  const criterion = (id: string) => ({
    id: slug(id),
    name: canary(`name of ${id}`),
    anchors: [1, 2, 3, 4].map((level) => canary(`${id} at ${level}`)) as [string, string, string, string],
  });
  const question = sampleQuestion({
    id: slug("id"),
    title: canary("title"),
    prompt: "«prompt» =1+1",
    covers: ["Z9.99"],
    tags: [slug("tag")],
    aliases: [canary("alias")],
    hints: [canary("hint")],
    followUps: [1, 2].map((n) => ({ ask: canary(`ask ${n}`), probes: canary(`probes ${n}`) })),
    strongAnswer: [1, 2, 3, 4].map((n) => canary(`point ${n}`)),
    redFlags: [canary("red flag")],
    criteria: [criterion("depth"), criterion("practice")],
    references: [canary("reference")],
    reviewed: "1987-06",
    workspace: {
      language: "python",
      starter: "«starter»",
      files: [{ name: "rows.csv", text: "«file»" }],
      database: "",
      expectedOutput: canary("expected output"),
      tests: [
        { name: canary("test 1"), visible: false, code: canary("code 1") },
        { name: "«test 2»", visible: true, code: "«code 2»" },
        { name: canary("test 3"), visible: false, code: canary("code 3") },
      ],
    },
  });
  const pack = { ...PACK, title: canary("pack"), description: canary("description"), communication: criterion("talk") };
  const kit = { ...KIT, id: slug("kit"), title: canary("kit"), role: canary("role"), competencies: [canary("skill")] };
  const weighed = { ...kit, weights: [{ competency: 1, weight: 7.25, reason: canary("reason") }] };

  test.each(FORMATS)(
    "holds prompts, topics, levels, minutes and what is seen of a workspace, and nothing else in any byte of %s",
    (format) => {
      const { name, body } = writeExport(pack, [question], [weighed], { format, audience: "candidate" });
      const bytes = typeof body === "string" ? body : Buffer.from(body).toString("latin1");
      const contents = [bytes, ...unzipped(body).flatMap((file) => [file.name, file.text])].join("\n");
      for (const secret of ["⟦", "⟧", "secret", "Z9.99", "1987", ...Object.keys(CSV_COLUMNS).filter(isSecret)]) {
        expect(contents).not.toContain(secret);
      }
      const seen = ["python", "«starter»", "rows.csv", "«file»", "«test 2»", "«code 2»"];
      for (const shown of ["«prompt» =1+1", "Nets", "6", ...seen]) expect(contents).toContain(shown);
      expect(contents.toLowerCase()).toContain("working");
      expect(name).toMatch(/^small-prompts\.(?:yaml|zip|json|csv|md)$/);
    },
  );

  const isSecret = (column: string) =>
    ![...["topic", "level", "minutes", "prompt", "id"], ...SEEN.map((part) => `workspace_${part}`)].includes(column);
  const SEEN = ["language", "starter", "files", "database", "tests"];

  test.each(FORMATS)("changes in no byte of %s when only what the panel sees changes", (format) => {
    const write = (all: readonly (typeof question)[]) => writeExport(pack, all, [], { format, audience: "candidate" });
    fc.assert(
      fc.property(questions, (other) => {
        const { topic, level, minutes, prompt, workspace } = question;
        const seen = workspace?.tests.filter(({ visible }) => visible) ?? [];
        const hidden = other.workspace?.tests.filter(({ visible }) => !visible) ?? [];
        const changed = workspace && {
          ...workspace,
          expectedOutput: other.workspace?.expectedOutput ?? "",
          tests: [...hidden, ...seen, ...hidden.map((test) => ({ ...test, name: `${test.name} again` }))],
        };
        const asSeen = { ...other, topic, level, minutes, prompt, ...(changed && { workspace: changed }) };
        expect(write([asSeen])).toEqual(write([question]));
      }),
      propertyRuns(20),
    );
  });
});
