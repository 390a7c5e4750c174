import { z } from "zod";

/** Python's packages for programs that run in a browser, as Pyodide's own list of them (`pyodide-lock.json`) says it. */

const Name = z.string().min(1).max(200);

/** One package. What else the list says of it stays with it, as the interpreter reads that too. */
export const PythonPackage = z.looseObject({
  name: Name,
  version: Name,
  /** The name of its file: no path. */
  file_name: z.string().regex(/^[\w][\w.+-]*$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The names that a program imports from it. */
  imports: z.array(Name),
  /** The packages that it needs, by the name under which they stand in the list. */
  depends: z.array(Name),
});
export type PythonPackage = z.infer<typeof PythonPackage>;

const PythonPackages = z.record(Name, PythonPackage);

/** Pyodide's list, and which build of it the packages are made for. */
export const PythonLock = z.object({
  info: z.looseObject({ abi_version: z.string(), python: z.string() }),
  packages: PythonPackages,
});
export type PythonLock = z.infer<typeof PythonLock>;

/** The packages that a server has, by the name under which they stand in the list. */
export const PythonShelf = z.object({ packages: PythonPackages });
export type PythonShelf = z.infer<typeof PythonShelf>;
