import type { Statement } from "better-sqlite3";
import { Driver } from "./driver.ts";

/**
 * A connection to a database that is finalised by whoever opened it and not by the garbage collector: each statement that was
 * prepared is held until `close`, which finalises all of them. So statements are prepared once and kept, never for one use.
 * `pragma` is refused, as it prepares a statement that nobody holds: `exec` sets, and a prepared `PRAGMA` reads.
 */
export class Connection extends Driver {
  readonly #statements: unknown[] = [];

  override prepare<Given extends unknown[] | object = unknown[], Row = unknown>(source: string): Statement<Given, Row> {
    const statement = super.prepare<Given, Row>(source);
    this.#statements.push(statement);
    return statement;
  }

  override pragma(): never {
    throw new Error("Set a pragma with exec, and read it with a prepared statement.");
  }

  override close(): this {
    this.#statements.length = 0;
    return super.close();
  }
}
