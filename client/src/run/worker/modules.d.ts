// Of packages that come without types, what is used of them.

declare module "pyodide/pyodide.asm.mjs" {
  const createPyodideModule: (settings: unknown) => Promise<unknown>;
  export default createPyodideModule;
}

declare module "sql.js" {
  export interface Statement {
    step(): boolean;
    get(parameters: undefined, options: { readonly useBigInt: true }): unknown[];
    getColumnNames(): string[];
    run(values: readonly unknown[]): void;
    free(): boolean;
  }
  /** As it is gone through, what is left of the text. */
  export interface Statements extends Iterator<Statement, undefined> {
    getRemainingSQL(): string;
  }
  export interface Database {
    run(sql: string): void;
    prepare(sql: string): Statement;
    iterateStatements(sql: string): Statements;
  }
  const openSql: (options: { readonly wasmBinary: ArrayBuffer }) => Promise<{ readonly Database: new () => Database }>;
  export default openSql;
}
