import { AuthoredKit, AuthoredQuestion, KitDraft, QuestionDraft } from "@whetstone/shared/authored";
import { type Bank, Sources } from "@whetstone/shared/bank";
import { ImportPlan } from "@whetstone/shared/bank-wire";
import { QUESTION_IDS, testBank } from "../support/domain.ts";
import { request } from "../support/seats.ts";
import { bankOf, type Clock, type TestServer } from "../support/server.ts";
import type { Import } from "./kept.ts";

/** What users of the kept server wrote and imported: of each kind in every state, and in several scripts. */

/** The test bank with lists that it partly covers. */
export function keptBank(): Bank {
  // Enough for a small group that practises.
  const bank = bankOf(testBank("rubric", [...QUESTION_IDS, "fifth-question", "sixth-question"]));
  const sources = Sources.parse({
    lists: [
      {
        id: "A",
        title: "Queues · 队列",
        sections: [
          {
            id: "A1",
            title: "Growing",
            items: [
              { id: "A1.5", text: "What a full queue does" },
              { id: "A1.6", text: "What nobody asks" },
            ],
          },
        ],
      },
    ],
  });
  return { ...bank, sources: new Map([["test-pack", sources]]) };
}

/** Few words, as many rooms ask it. */
const SHORT = QuestionDraft.parse({
  title: "Short queue",
  topic: "message-queues",
  level: "advanced",
  minutes: 5,
  tags: ["queues"],
  aliases: ["очередь"],
  prompt: "A queue grows. **What now?** 队列满了怎么办？",
  hints: ["Who fills it?"],
  followUps: [
    { ask: "And then?", probes: "Bounds" },
    { ask: "Why?", probes: "Reasons" },
  ],
  strongAnswer: ["Bounds it", "Sheds load", "Tells the sender", "Measures"],
  redFlags: ["A bigger queue"],
  criteria: [
    { id: "depth", name: "Depth", anchors: ["None", "Names", "Explains", "Weighs"] },
    { id: "clarity", name: "Ясность", anchors: ["Нет", "Есть", "Хорошо", "Отлично"] },
  ],
  covers: ["A1.5"],
  reviewed: "2026-01",
});

const RIGHT_TO_LEFT = QuestionDraft.parse({
  ...SHORT,
  title: "الطابور الممتلئ",
  topic: "right-to-left",
  prompt: "ماذا تفعل عندما يمتلئ الطابور؟ 🙂\n\n```ts\nqueue.push(1);\n```\n\n$x^2$",
  hints: ["מי ממלא אותו?"],
  references: ["https://example.org/طابور"],
  covers: [],
});

const SCREEN = KitDraft.parse({
  title: "Systems screen · Система",
  role: "Systems engineer",
  description: "Everything about queues.",
  minutes: 45,
  competencies: ["Bounds what grows", "Ясность", "沟通"],
  weights: [
    { competency: 1, weight: 2.5, reason: "It is the job." },
    { competency: 3, weight: 1, reason: "It counted more once." },
  ],
  phases: [
    { kind: "introduction", minutes: 5 },
    { kind: "questions", minutes: 30 },
    { kind: "candidate_questions", minutes: 7 },
    { kind: "wrap_up", minutes: 3 },
  ],
  questions: [
    { question: "short-question", minutes: 6, probes: [1, 2] },
    { question: "first-question", minutes: 8, probes: [3] },
    { question: "second-question", minutes: 9, probes: [] },
  ],
});

const LIST = `# Databases\n\n1. What is an index good for?\n2. When does a transaction roll back?\n   - And who notices? 🧐\n`;

export class Shelf {
  readonly imports: Import[] = [];
  readonly #server: TestServer;
  readonly #key: Record<string, string>;
  readonly #clock: Clock;

  constructor(server: TestServer, key: Record<string, string>, clock: Clock) {
    this.#server = server;
    this.#key = key;
    this.#clock = clock;
  }

  async fill(): Promise<void> {
    const questions = this.#of("questions", AuthoredQuestion);
    await questions.publish(await questions.begin({ id: "short-question", draft: SHORT }));
    const published = await questions.publish(await questions.begin({ id: "right-to-left", draft: RIGHT_TO_LEFT }));
    await questions.change(published, { ...RIGHT_TO_LEFT, prompt: "ماذا بعد ذلك؟", tags: ["queues", "rtl"] });
    const old = await questions.publish(
      await questions.begin({ id: "old-question", draft: { ...SHORT, title: "An old queue" } }),
    );
    await questions.archive(old, "archive");
    const back = await questions.begin({ id: "back-again", draft: { ...SHORT, title: "队列 again", covers: [] } });
    await questions.archive(await questions.archive(await questions.publish(back), "archive"), "restore");
    await questions.begin({ id: "half-written", draft: QuestionDraft.parse({ title: "Half ✍️" }) });
    await questions.begin({ copyOf: "first-question" });

    const kits = this.#of("kits", AuthoredKit);
    await kits.publish(await kits.begin({ id: "kept-screen", draft: SCREEN }));
    const oldKit = await kits.publish(
      await kits.begin({ id: "old-kit", draft: { ...SCREEN, title: "An old screen" } }),
    );
    await kits.archive(oldKit, "archive");
    await kits.begin({ id: "half-kit", draft: KitDraft.parse({ title: "ערכה" }) });
    await kits.begin({ copyOf: "test-kit" });

    await this.#import({ id: "team-questions", title: "Team questions · فريق" }, "list.md", LIST);
    await this.#import(
      { id: "team-questions", title: "Team questions · فريق" },
      "list.md",
      LIST.replace("And who notices?", "And who mends it?"),
    );
    const exported = await this.#server.get("/api/bank/export?pack=test-pack&format=json&audience=panel", this.#key);
    const renamed = exported.text
      .replaceAll('"test-pack"', '"their-pack"')
      .replaceAll('"test-kit"', '"their-kit"')
      .replaceAll("-question", "-query");
    await this.#import({ id: "their-pack", title: "Their pack" }, "pack.json", renamed);
  }

  /** Publishes a question and a kit anew that rooms were made of. */
  async revise(): Promise<void> {
    const questions = this.#of("questions", AuthoredQuestion);
    const criteria = SHORT.criteria.map((criterion) => ({
      ...criterion,
      anchors: [...criterion.anchors.slice(0, 3), "Weighs, and says when"],
    }));
    const question = await questions.get("short-question");
    await questions.publish(await questions.change(question, { ...SHORT, title: "Short queue, revised ✏️", criteria }));
    const kits = this.#of("kits", AuthoredKit);
    const weights = [{ competency: 1, weight: 2, reason: "It is half of the job." }];
    const kit = await kits.get("kept-screen");
    await kits.publish(await kits.change(kit, { ...SCREEN, title: "Systems screen, revised", weights }));
  }

  async #import(pack: Import["pack"], name: string, text: string): Promise<void> {
    this.#clock.advance(1_000);
    const files = [{ name, text }];
    const plan = ImportPlan.parse((await this.#server.post("/api/bank/import", { pack, files }, this.#key)).body);
    if (!plan.carriedOut) throw new Error(`${name} was not imported: ${plan.blocked}`);
    this.imports.push({ pack, files });
  }

  #of<Record extends { readonly id: string; readonly revision: number }>(
    kind: "questions" | "kits",
    schema: { parse: (body: unknown) => Record },
  ) {
    const path = `/api/own/${kind}`;
    const post = async (to: string, body: unknown) => {
      this.#clock.advance(1_000);
      return schema.parse((await this.#server.post(to, body, this.#key)).body);
    };
    return {
      get: async (id: string) => schema.parse((await this.#server.get(`${path}/${id}`, this.#key)).body),
      begin: (body: unknown) => post(path, body),
      publish: ({ id, revision }: Record) => post(`${path}/${id}/publish`, { revision }),
      archive: ({ id, revision }: Record, verb: "archive" | "restore") => post(`${path}/${id}/${verb}`, { revision }),
      change: async ({ id, revision }: Record, draft: unknown) => {
        this.#clock.advance(1_000);
        const answer = await request(`${this.#server.url}${path}/${id}`, {
          method: "PUT",
          headers: { "content-type": "application/json", ...this.#key },
          body: JSON.stringify({ revision, draft }),
        });
        return schema.parse(answer.body);
      },
    };
  }
}
