import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { type AuthoredDocument, type AuthoredPack, draftOfKit } from "@whetstone/shared/authored";
import { COMMUNICATION } from "@whetstone/shared/bank";
import type { Refusal } from "@whetstone/shared/room/refusal";
import type { Pool } from "../threads/pool.ts";
import { WORK } from "../threads/work.ts";
import type { Drafts, Name } from "./exchange/answered-bank.ts";
import type importWork from "./exchange/import-thread.ts";
import type { ImportAnswers, ImportAsk, Imported } from "./exchange/import-thread.ts";
import type { ExistingKit, ExistingQuestion, Planned } from "./exchange/plan.ts";
import type { Library } from "./library.ts";

/**
 * Says what an import does, and with `carryOut` does it, in one transaction, where nothing of it is refused. Gives the `ImportPlan` as JSON in
 * UTF-8. `body` is an `ImportRequest` as JSON, and is gone afterwards; `now` is in milliseconds since 1970.
 */
export async function runImport(
  library: Library,
  pool: Pool,
  body: Uint8Array<ArrayBuffer>,
  { asker, carryOut, now }: { readonly asker: string; readonly carryOut: boolean; readonly now: number },
): Promise<Uint8Array<ArrayBuffer> | Refusal> {
  // In a thread: reading ten megabytes and planning ten thousand questions take seconds, in which no interview may stand still.
  const { port1: port, port2 } = new MessageChannel();
  const task = { body, today: monthOf(now), carryOut, port: port2 };
  const firstAsked: Promise<ImportAsk> = once(port, "message").then(([ask]) => ask);
  const about = { asker, bytes: body.byteLength, hasRead: firstAsked, transfer: [body.buffer, port2] };
  const done = pool.run<typeof importWork>(WORK.import, task, about);
  try {
    const read = await Promise.race([done, firstAsked]);
    if ("reason" in read) return read;
    if ("answer" in read) return read.answer;
    return await library.inTurn(async () => {
      const conversation = new Conversation(library, now);
      const answer = (ask: ImportAsk) => port.postMessage(conversation.answer(ask));
      port.on("message", answer);
      answer(read);
      const planned = await done;
      if ("reason" in planned) return planned;
      if (planned.kept) await library.keep([packOf(library, planned.kept), ...conversation.kept]);
      return planned.answer;
    });
  } finally {
    port.close();
  }
}

const monthOf = (now: number): string => new Date(now).toISOString().slice(0, 7);

/** What a thread is told of the library while it plans an import, and what it says is to be kept. */
class Conversation {
  readonly kept: AuthoredDocument[] = [];
  readonly #library: Library;
  readonly #now: number;
  readonly #names: Iterator<readonly Name[], void, undefined>;

  constructor(library: Library, now: number) {
    this.#library = library;
    this.#now = now;
    this.#names = namesIn(library);
  }

  answer(ask: ImportAsk): ImportAnswers[ImportAsk["kind"]] {
    switch (ask.kind) {
      case "names":
        return this.#names.next().value ?? [];
      case "drafts":
        return draftsIn(this.#library, ask);
      case "keep":
        for (const entry of ask.entries) this.kept.push(documentOf(entry, ask.pack, this.#library, this.#now));
        return null;
      default:
        return ask satisfies never;
    }
  }
}

function documentOf(entry: Planned, pack: string, library: Library, now: number): AuthoredDocument {
  const { id } = entry;
  const about = { id, pack, archived: false, changedAt: now };
  switch (entry.kind) {
    case "question": {
      const before = library.authoredQuestions.find(id);
      const published = entry.question ?? before?.published ?? null;
      return { kind: "question", ...about, revision: (before?.revision ?? 0) + 1, draft: entry.draft, published };
    }
    case "kit": {
      const revision = (library.authoredKits.find(id)?.revision ?? 0) + 1;
      return { kind: "kit", ...about, revision, draft: draftOfKit(entry.value), published: entry.value };
    }
    default:
      return entry satisfies never;
  }
}

/** The pack as it stands afterwards: the import's own, or the one that was chosen with the topics that the import adds. */
function packOf(library: Library, { pack, title, brought, topics }: Kept): AuthoredDocument {
  if (brought) return { kind: "pack", ...brought.pack };
  const before: AuthoredPack = library.authoredPack(pack) ?? {
    id: pack,
    title,
    description: title,
    topics: [],
    communication: COMMUNICATION,
  };
  const known = new Set(before.topics.map((topic) => topic.id));
  return { kind: "pack", ...before, topics: [...before.topics, ...topics.filter((topic) => !known.has(topic.id))] };
}

type Kept = NonNullable<Imported["kept"]>;

/** How many names are told at once. */
const NAMES_AT_ONCE = 500;

/** Every name of the library, what stands in files last, as it goes before what users wrote. */
function* namesIn({
  files,
  authoredQuestions,
  authoredKits,
  authoredPacks,
}: Library): Generator<Name[], void, undefined> {
  const names = function* (): Generator<Name, void, undefined> {
    for (const { id, pack } of authoredQuestions.all()) yield { kind: "question", id, pack, own: true };
    for (const { id } of authoredKits.all()) yield { kind: "kit", id, own: true };
    for (const { id, title } of authoredPacks()) yield { kind: "pack", id, title, own: true };
    for (const { id, pack } of files.questions.values()) yield { kind: "question", id, pack, own: false };
    for (const id of files.kits.keys()) yield { kind: "kit", id, own: false };
    for (const { id, title } of files.packs.values()) yield { kind: "pack", id, title, own: false };
  };
  let slice: Name[] = [];
  for (const name of names()) {
    slice.push(name);
    if (slice.length < NAMES_AT_ONCE) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

/** What users wrote under those names. */
function draftsIn(
  { authoredQuestions, authoredKits }: Library,
  { questions, kits }: Extract<ImportAsk, { kind: "drafts" }>,
): Drafts {
  return {
    questions: questions.flatMap((id): [string, ExistingQuestion][] => {
      const found = authoredQuestions.find(id);
      return found ? [[id, { question: found.published, draft: found.draft, pack: found.pack, own: true }]] : [];
    }),
    kits: kits.flatMap((id): [string, ExistingKit][] => {
      const found = authoredKits.find(id);
      return found ? [[id, { kit: found.published, draft: found.draft, own: true }]] : [];
    }),
  };
}
