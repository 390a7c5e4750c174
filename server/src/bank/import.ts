import { type AuthoredDocument, type AuthoredPack, draftOfKit, draftOfQuestion } from "@whetstone/shared/authored";
import { COMMUNICATION } from "@whetstone/shared/bank";
import type { ImportPlan } from "@whetstone/shared/bank-wire";
import type { Refusal } from "@whetstone/shared/room/refusal";
import type { Pool } from "../threads/pool.ts";
import { WORK } from "../threads/work.ts";
import type { Parsed, Place } from "./exchange/parsed.ts";
import { type Existing, type Plan, type Planned, planImport } from "./exchange/plan.ts";
import type readWork from "./exchange/read-thread.ts";
import type { Library } from "./library.ts";

/**
 * Says what an import does, and with `carryOut` does it, in one transaction, where nothing of it is refused. `body` is an
 * `ImportRequest` as JSON, and is gone afterwards; `now` is in milliseconds since 1970.
 */
export async function runImport(
  library: Library,
  pool: Pool,
  body: Uint8Array<ArrayBuffer>,
  { asker, carryOut, now }: { readonly asker: string; readonly carryOut: boolean; readonly now: number },
): Promise<ImportPlan | Refusal> {
  // In a thread: ten megabytes take seconds, in which no interview may stand still.
  const task = { body, today: monthOf(now) };
  const about = { asker, bytes: body.byteLength, transfer: [body.buffer] };
  const read = await pool.run<typeof readWork>(WORK.import, task, about);
  if ("reason" in read) return read;
  const { pack, parsed } = read;
  return library.inTurn(async () => {
    const plan = planImport(parsed, existingIn(library), pack.id);
    const carriedOut = carryOut && plan.blocked === null;
    if (carriedOut) await library.keep(documentsOf(plan, packOf(library, plan.pack, parsed, pack.title), library, now));
    return shown(plan, parsed, carriedOut);
  });
}

const monthOf = (now: number): string => new Date(now).toISOString().slice(0, 7);

/** The library as an import finds it. */
function existingIn(library: Library): Existing {
  const { files, authoredQuestions, authoredKits } = library;
  return {
    question: (id) => {
      const inFiles = files.questions.get(id);
      if (inFiles) {
        const { pack, ...question } = inFiles;
        return { question, draft: draftOfQuestion(question), pack, own: false };
      }
      const own = authoredQuestions.find(id);
      return own && { question: own.published, draft: own.draft, pack: own.pack, own: true };
    },
    kit: (id) => {
      const inFiles = files.kits.get(id);
      if (inFiles) return { kit: inFiles, draft: draftOfKit(inFiles), own: false };
      const own = authoredKits.find(id);
      return own && { kit: own.published, draft: own.draft, own: true };
    },
    pack: (id) => {
      const inFiles = files.packs.get(id);
      const own = library.authoredPack(id);
      return inFiles ? { title: inFiles.title, own: false } : own && { title: own.title, own: true };
    },
  };
}

/** What is to be stored: the pack first, then what is new or changed. */
function documentsOf(plan: Plan, pack: AuthoredPack, library: Library, now: number): AuthoredDocument[] {
  const documents = plan.entries.flatMap((entry) =>
    entry.outcome === "added" || entry.outcome === "changed" ? documentOf(entry, plan.pack, library, now) : [],
  );
  return [{ kind: "pack", ...pack }, ...documents];
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
function packOf(library: Library, id: string, { pack, topics }: Parsed, title: string): AuthoredPack {
  if (pack) return pack.pack;
  const before = library.authoredPack(id) ?? {
    id,
    title,
    description: title,
    topics: [],
    communication: COMMUNICATION,
  };
  const known = new Set(before.topics.map((topic) => topic.id));
  return { ...before, topics: [...before.topics, ...topics.filter((topic) => !known.has(topic.id))] };
}

function shown({ entries, refused, blocked }: Plan, { passedOver }: Parsed, carriedOut: boolean): ImportPlan {
  const placed = ({ at: { file, line } }: { readonly at: Place }) => ({ file, line });
  return {
    entries: entries.map(({ kind, id, title, file, line, outcome, details, lacks }) => ({
      kind,
      id,
      title,
      file,
      line,
      outcome,
      details,
      lacks,
    })),
    refused: refused.map((one) => ({ ...placed(one), field: one.field, message: one.message })),
    passedOver: passedOver.map((one) => ({ ...placed(one), message: one.message })),
    blocked,
    carriedOut,
  };
}
