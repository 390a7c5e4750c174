import "../../threads/background.ts";
import { once } from "node:events";
import type { MessagePort } from "node:worker_threads";
import { ImportPlan, ImportRequest } from "@whetstone/shared/bank-wire";
import { type Refusal, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import { AnsweredBank, type Drafts, type Name } from "./answered-bank.ts";
import { openFiles } from "./office/open-files.ts";
import type { ParsedPack, Topic } from "./parsed.ts";
import { isChange, type Planned, planImport } from "./plan.ts";
import { readImport } from "./read-import.ts";
import { shown } from "./shown.ts";

/** One import. `body` is the request's, an `ImportRequest` as JSON in UTF-8: read here, as parsing twenty megabytes takes long too. */
export interface ImportTask {
  readonly body: Uint8Array;
  /** The month, as YYYY-MM. */
  readonly today: string;
  readonly carryOut: boolean;
  /** Where what is asked is answered: one thing after the other, each of them small, so that no answer makes an interview wait. */
  readonly port: MessagePort;
}

/** What is asked once the import is read: from the first question on until the end, the bank may not change. */
export type ImportAsk =
  /** The next names of the bank, until there are none. */
  | { readonly kind: "names" }
  | { readonly kind: "drafts"; readonly questions: readonly string[]; readonly kits: readonly string[] }
  /** To be kept when all is said. */
  | { readonly kind: "keep"; readonly pack: string; readonly entries: readonly Planned[] };

export interface ImportAnswers {
  readonly names: readonly Name[];
  readonly drafts: Drafts;
  readonly keep: null;
}

export interface Imported {
  /** The `ImportPlan` as JSON in UTF-8. */
  readonly answer: Uint8Array<ArrayBuffer>;
  /** The pack that what is to be kept goes into, or null where nothing is. */
  readonly kept: {
    readonly pack: string;
    readonly title: string;
    readonly brought: ParsedPack | null;
    readonly topics: readonly Topic[];
  } | null;
}

const AT_ONCE = 50;

/** Reads an import and plans it on the bank as it is then. */
export default async function importWork(task: ImportTask): Promise<Imported | Refusal> {
  try {
    return await imported(task);
  } finally {
    task.port.close();
  }
}

async function imported({ body, today, carryOut, port }: ImportTask): Promise<Imported | Refusal> {
  const asked = requestIn(body);
  if ("reason" in asked) return asked;
  const { pack: chosen, leaveOutRefused, corrections } = asked;
  const parsed = readImport(await openFiles(asked.files), { today, corrections });
  const bank = new AnsweredBank(parsed.pack?.pack.id ?? chosen.id);
  for (;;) {
    const names = await ask(port, { kind: "names" });
    if (names.length === 0) break;
    bank.learn(names);
  }
  const planned = () => planImport(parsed, bank, chosen.id, { leaveOutRefused });
  let plan = planned();
  const wanted = bank.wanted();
  for (const questions of slices(wanted.questions)) bank.read(await ask(port, { kind: "drafts", questions, kits: [] }));
  for (const kits of slices(wanted.kits)) bank.read(await ask(port, { kind: "drafts", questions: [], kits }));
  if (wanted.questions.length + wanted.kits.length > 0) plan = planned();
  const isCarriedOut = carryOut && plan.blocked === null;
  if (isCarriedOut) {
    for (const entries of slices(plan.entries.filter(isChange)))
      await ask(port, { kind: "keep", pack: plan.pack, entries });
  }
  const answer = JSON.stringify(ImportPlan.parse(shown(plan, parsed, isCarriedOut)));
  const used = new Set(plan.entries.map((entry) => (entry.kind === "question" ? entry.draft.topic : "")));
  const topics = parsed.topics.filter(({ id }) => used.has(id));
  const kept = { pack: plan.pack, title: chosen.title, brought: parsed.pack, topics };
  return { answer: new TextEncoder().encode(answer), kept: isCarriedOut ? kept : null };
}

/** What a request asks to import, or why it cannot be understood. */
function requestIn(body: Uint8Array): ImportRequest | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    if (error instanceof SyntaxError) return refusal("malformed");
    throw error;
  }
  const asked = ImportRequest.safeParse(value);
  return asked.success ? asked.data : refuseInput(asked.error);
}

async function ask<Kind extends ImportAsk["kind"]>(
  port: MessagePort,
  request: Extract<ImportAsk, { kind: Kind }>,
): Promise<ImportAnswers[Kind]> {
  const answered = once(port, "message");
  port.postMessage(request);
  const [answer] = await answered;
  return answer;
}

function* slices<T>(all: readonly T[]): Generator<readonly T[], void, undefined> {
  for (let from = 0; from < all.length; from += AT_ONCE) yield all.slice(from, from + AT_ONCE);
}
