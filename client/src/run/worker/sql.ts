import openSql, { type Database, type Statement } from "sql.js";
import { type Engine, type Loading, serve, type World } from "./host.ts";
import type { Ending, ProgramFault, RunRequest } from "./protocol.ts";

/**
 * SQL by SQLite. A run begins with the database that the question's script makes, and shows what each statement gives.
 *
 * A test is a query for what must not be: it passes where it gives no row, and the rows that it gives are told. It finds the database as the
 * program left it, and in the table `answer` the rows of the last statement that gave any columns, in their order, so that what a program
 * selects can be tested, too: `SELECT * FROM answer WHERE total < 0`, `SELECT 1 WHERE (SELECT count(*) FROM answer) <> 3`.
 */

interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly total: number;
}

/** How many rows of a statement are kept for tests. */
const MOST_IN_ANSWER = 10_000;

class Sql implements Engine {
  readonly #database: Database;
  #answer: Rows | null = null;
  #isAnswerThere = false;

  constructor(database: Database) {
    this.#database = database;
  }

  async prepare({ database }: RunRequest): Promise<void> {
    this.#database.run(database);
  }

  async run({ code }: RunRequest, world: World): Promise<Ending> {
    const statements = new Statements(this.#database, code);
    try {
      for (const statement of statements) {
        const rows = rowsOf(statement);
        if (rows.columns.length === 0) continue;
        this.#answer = rows;
        world.table(rows.columns, rows.rows, rows.total);
      }
      return { outcome: "ok" };
    } catch (error) {
      if (isOutOfMemory(error)) return { outcome: "too_much_memory" };
      const { line } = statements;
      const message = messageOf(error);
      return { outcome: "error", fault: { message, traceback: `${message}\n    at line ${line}`, line } };
    }
  }

  async test(code: string): Promise<ProgramFault | null> {
    try {
      this.#putAnswer();
      for (const statement of new Statements(this.#database, code)) {
        const { rows, total } = rowsOf(statement);
        if (total > 0)
          return faultOf(`It gives ${total === 1 ? "a row" : `${total} rows`}: ${JSON.stringify(rows.slice(0, 3))}`);
      }
      return null;
    } catch (error) {
      return faultOf(messageOf(error));
    }
  }

  #putAnswer(): void {
    if (this.#isAnswerThere || !this.#answer) return;
    this.#isAnswerThere = true;
    const { columns, rows } = this.#answer;
    const names = columns.map((column, at) => (columns.indexOf(column) === at ? column : `${column}:${at}`));
    const quoted = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(", ");
    this.#database.run(`CREATE TEMP TABLE answer (${quoted})`);
    const insert = this.#database.prepare(`INSERT INTO answer VALUES (${names.map(() => "?").join(", ")})`);
    for (const row of rows) insert.run(row.map((cell) => cell as number));
    insert.free();
  }
}

/** The statements of a program one after the other; while one is made or runs, the line that it begins in. */
class Statements implements Iterable<Statement> {
  readonly #database: Database;
  readonly #code: string;
  line = 1;

  constructor(database: Database, code: string) {
    this.#database = database;
    this.#code = code;
  }

  *[Symbol.iterator](): Iterator<Statement> {
    const statements = this.#database.iterateStatements(this.#code);
    for (let rest = this.#code; ; rest = statements.getRemainingSQL()) {
      this.line = this.#lineOf(rest);
      const { done, value } = statements.next();
      if (done) return;
      yield value;
    }
  }

  /** Where what is left of the program begins, behind blanks and comments. */
  #lineOf(rest: string): number {
    const blank = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(rest)?.[0] ?? "";
    const before = this.#code.slice(0, this.#code.length - rest.length + blank.length);
    return before.split("\n").length;
  }
}

function rowsOf(statement: Statement): Rows {
  const columns = statement.getColumnNames();
  const rows: unknown[][] = [];
  let total = 0;
  while (statement.step()) {
    total++;
    if (total <= MOST_IN_ANSWER) rows.push(statement.get(undefined, { useBigInt: true }).map(heldAs));
  }
  return { columns, rows, total };
}

/** Whole numbers come as such, as JavaScript's own are not exact where they are large. */
const heldAs = (cell: unknown): unknown =>
  typeof cell === "bigint" && Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;

/** SQLite's own choice. */
const PAGE_BYTES = 4_096;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const isOutOfMemory = (error: unknown): boolean => /out of memory|disk is full/i.test(messageOf(error));
const faultOf = (message: string): ProgramFault => ({ message, traceback: "", line: null });

async function load({ assets, memoryBytes }: Loading): Promise<Engine> {
  const { Database } = await openSql({ wasmBinary: assets["sqlite.wasm"] ?? new ArrayBuffer(0) });
  const database = new Database();
  // It is kept as a file beside the interpreter's memory.
  database.run(`PRAGMA max_page_count = ${Math.floor(memoryBytes / PAGE_BYTES)}`);
  return new Sql(database);
}

serve(load);
