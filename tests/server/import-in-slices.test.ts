import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type AuthoredDocument, AuthoredQuestion, draftOfQuestion } from "@whetstone/shared/authored";
import { SearchRequest } from "@whetstone/shared/bank-wire";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { Library } from "../../server/src/bank/library.ts";
import { type BankSearch, openSearch } from "../../server/src/bank/search.ts";
import { openSqliteAuthored } from "../../server/src/sqlite/authored.ts";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { testBank } from "../support/domain.ts";
import { buildServer, startProcess } from "../support/process.ts";
import { request } from "../support/seats.ts";
import { bankOf, temporaryFolder } from "../support/server.ts";
import { sampleQuestion } from "./exchange/samples.ts";

const QUESTIONS = 1_200;
/** How many rows may be written, or questions indexed, in one turn of the event loop. */
const AT_ONCE = 50;

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

const WORDS = ["none", "first", "second"];

/** As an import stores it: so many published questions, each in the given revision, whose word is in its title. */
function imported(count: number, revision = 1): AuthoredDocument[] {
  return numbers(count).map((at) => {
    const id = `theirs-${at}`;
    const question = sampleQuestion({ id, title: `Zebra ${at}, ${WORDS[revision]}` });
    const draft = draftOfQuestion(question);
    const about = { id, pack: "our-questions", revision, archived: false, changedAt: revision };
    return { kind: "question", ...about, draft, published: question };
  });
}

/** What stands in the two tables, through a connection of its own. */
function tablesOf(file: string) {
  const connection = new Connection(file);
  onTestFinished(() => {
    connection.close();
  });
  const counted = (table: string) => connection.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck();
  const [arriving, own] = [counted("arriving_documents"), counted("own_documents")];
  return () => ({ arriving: arriving.get() ?? 0, own: own.get() ?? 0 });
}

/** Looks once in every turn of the event loop until `work` is done, and once more. */
async function inEveryTurn(work: Promise<unknown>, look: () => void): Promise<void> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    look();
    await nextTurn();
  }
  await done;
  look();
}

/** The greatest step from one number to the next. */
const greatestStep = (counts: readonly number[]): number =>
  Math.max(0, ...counts.slice(1).map((count, at) => Math.abs(count - (counts[at] ?? 0))));

/** A search that counts what is taken from what it is given to index. */
function countingSearch() {
  const search = openSearch();
  const counted = { indexed: 0 };
  const counting: BankSearch = {
    put: (question) => search.put(question),
    putAll: (questions) => search.putAll(questions),
    remove: (id) => search.remove(id),
    search: (asked, names) => search.search(asked, names),
    close: () => search.close(),
    change: (questions) =>
      search.change(
        (function* () {
          for (const question of questions) {
            counted.indexed++;
            yield question;
          }
        })(),
      ),
  };
  return { search: counting, counted };
}

async function openCounting() {
  const file = join(await temporaryFolder(), "own.sqlite");
  const { search, counted } = countingSearch();
  const library = await Library.open({
    bank: bankOf(testBank()),
    store: openSqliteAuthored(file),
    search,
    now: Date.now,
  });
  onTestFinished(() => library.close());
  const found = (text: string) => library.search(SearchRequest.parse({ text })).total;
  return { library, counted, found, tables: tablesOf(file) };
}

test("an import is stored and indexed a little in each turn, and seen as a whole", async () => {
  const { library, counted, found, tables } = await openCounting();
  const seen: { arriving: number; own: number; indexed: number; held: number; found: number }[] = [];
  await inEveryTurn(library.keep(imported(QUESTIONS)), () =>
    seen.push({ ...tables(), ...counted, held: library.authoredQuestions.all().length, found: found("zebra") }),
  );
  for (const count of ["arriving", "own", "indexed"] as const) {
    expect(greatestStep(seen.map((look) => look[count]))).toBeLessThanOrEqual(AT_ONCE);
    expect(greatestStep(seen.map((look) => look[count]))).toBeGreaterThan(0);
  }
  expect(new Set(seen.map(({ held }) => held))).toEqual(new Set([0, QUESTIONS]));
  expect(new Set(seen.map((look) => look.found))).toEqual(new Set([0, QUESTIONS]));
  expect(seen.at(-1)).toMatchObject({ arriving: 0, own: QUESTIONS });
});

test("an import over questions that are there is seen in its new revision as a whole", async () => {
  const { library, found } = await openCounting();
  await library.keep(imported(QUESTIONS));
  const seen: string[] = [];
  const revisions = () => [...new Set(library.authoredQuestions.all().map(({ revision }) => revision))];
  const [last, ...others] = imported(QUESTIONS, 2).reverse();
  if (last?.kind !== "question") throw new Error("There is no question.");
  // One of them is found no more.
  const changed: AuthoredDocument[] = [...others, { ...last, archived: true }];
  await inEveryTurn(library.keep(changed), () =>
    seen.push(`${revisions()}: ${found("zebra first")} and ${found("zebra second")} found`),
  );
  expect([...new Set(seen)]).toEqual([
    `1: ${QUESTIONS} and 0 found`,
    `2: ${QUESTIONS} and 0 found`,
    `2: 0 and ${QUESTIONS - 1} found`,
  ]);
});

/** Opens what a process that was killed just now would have left, and gives what is in it. */
async function leftAt(file: string, folder: string, name: string) {
  const copy = join(folder, `${name}.sqlite`);
  for (const end of ["", "-wal"]) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
  const store = openSqliteAuthored(copy);
  const documents = await store.all();
  await store.close();
  return { documents, tables: tablesOf(copy)() };
}

test("a kill in any turn of an import leaves all of it or none, and nothing else at the next start", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "own.sqlite");
  const store = openSqliteAuthored(file);
  onTestFinished(() => store.close());
  const before = imported(3);
  await store.save(before);
  const after = imported(220, 2);
  const left: ReturnType<typeof leftAt>[] = [];
  await inEveryTurn(store.save(after), () => left.push(leftAt(file, folder, `at-${left.length}`)));
  const outcomes = (await Promise.all(left)).map(({ documents, tables }) => {
    expect(tables).toEqual({ arriving: 0, own: documents.length });
    expect([before, after]).toContainEqual(documents);
    return documents.length;
  });
  // Both while it came in, and while what had come in was brought to its place.
  expect(outcomes.filter((count) => count === before.length).length).toBeGreaterThan(3);
  expect(outcomes.filter((count) => count === after.length).length).toBeGreaterThan(3);
});

test("a save that fails on its way leaves nothing that counts, and the next one is kept", async () => {
  const file = join(await temporaryFolder(), "own.sqlite");
  const store = openSqliteAuthored(file);
  onTestFinished(() => store.close());
  const documents = imported(220);
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const [first] = documents;
  if (first?.kind !== "question") throw new Error("There is no question.");
  const broken = { ...first, id: "broken", draft: Object.assign(circular, first.draft) };
  await expect(store.save([...documents, broken])).rejects.toThrow("could not be saved");
  expect(await store.all()).toEqual([]);
  await store.save(imported(130, 2));
  expect(await store.all()).toEqual(imported(130, 2));
});

beforeAll(buildServer);

test("a server that is killed in the middle of an import has all of it or none when it is started again", async () => {
  const directory = await temporaryFolder();
  const first = await startProcess(directory);
  const tables = tablesOf(join(directory, "whetstone.sqlite"));
  const text = numbers(QUESTIONS)
    .map((at) => `- Why is number ${at} so?\n`)
    .join("");
  const body = { pack: { id: "theirs", title: "Theirs" }, files: [{ name: "list.md", text }] };
  const answered = request(`${first.url}/api/bank/import`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).then(
    () => "answered",
    () => "cut off",
  );
  while (tables().arriving === 0 && tables().own === 0) await nextTurn();
  await first.kill();
  expect(await answered).toBe("cut off");

  const second = await startProcess(directory);
  const own = AuthoredQuestion.array().parse((await request(`${second.url}/api/own/questions`)).body);
  expect([0, QUESTIONS]).toContain(own.length);
  expect(tables()).toEqual({ arriving: 0, own: own.length === 0 ? 0 : QUESTIONS + 1 });
});
