import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** The server's folders, and what each may import: a test and not a habit, because one import is enough to undo it. */

const SOURCES = fileURLToPath(new URL("../../server/src/", import.meta.url));

/**
 * By folder, the others that it may import. Rooms know of nothing but threads, as whoever has work for them does, and of what carries a call; the bank is searched by
 * an index in SQLite; exports write cells, names and phrases as the bank's do; a database stands behind interfaces of rooms and bank, and is written in a thread where much is; backups
 * and whoever looks through the data directory know the database, the configuration and whether what carries calls answers, and no room; HTTP is the door to all of them.
 * Files beside the folders put everything together, and make backups by the clock.
 */
const WALLS: Readonly<Record<string, readonly string[]>> = {
  threads: [],
  room: ["threads", "call"],
  bank: ["sqlite", "threads"],
  export: ["room", "bank", "threads"],
  sqlite: ["room", "bank", "practice", "threads"],
  data: ["sqlite", "threads", "call", "."],
  practice: [],
  call: [],
  python: ["data"],
  "caption-models": ["data"],
  http: ["room", "bank", "call", "export", "practice", "python", "caption-models", "threads", "."],
  ".": ["room", "bank", "call", "export", "sqlite", "http", "threads", "data"],
};

/** Packages, and the only files that know them. */
const KNOWN_BY: readonly (readonly [RegExp, RegExp])[] = [
  [/^(@fastify\/|fastify|socket\.io)/, /^http\//],
  [/^(better-sqlite3|drizzle-orm)/, /^(sqlite|bank\/search)\//],
  [/^piscina/, /^threads\//],
  [/^@myriaddreamin\//, /^export\/pdf\//],
];

type Imports = ReadonlyMap<string, readonly string[]>;

/** What a source imports, of types too. */
const importsIn = (source: string): string[] =>
  [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].flatMap(([, specifier]) => specifier ?? []);

/** By file, from the folder of sources, what it imports: files from there too, packages by name. */
function importsOfServer(): Imports {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  return new Map(
    files.map((file) => {
      const path = join(SOURCES, file);
      const place = (specifier: string) =>
        specifier.startsWith(".") ? relative(SOURCES, resolve(dirname(path), specifier)) : specifier;
      return [file.replaceAll(sep, "/"), importsIn(readFileSync(path, "utf8")).map(place)] as const;
    }),
  );
}

const folderOf = (file: string): string => (file.includes("/") ? (file.split("/")[0] ?? ".") : ".");

/** Imports that go through a wall, as `file → what it imports`. */
function breaches(imports: Imports): string[] {
  return [...imports].flatMap(([file, imported]) => {
    const folder = folderOf(file);
    return imported
      .filter((target) => {
        if (!imports.has(target)) return KNOWN_BY.some(([name, by]) => name.test(target) && !by.test(file));
        return folderOf(target) !== folder && !WALLS[folder]?.includes(folderOf(target));
      })
      .map((target) => `${file} → ${target}`);
  });
}

/** The first circle that is found, as the files along it; null where there is none. */
function circle(imports: Imports): string[] | null {
  const done = new Set<string>();
  const follow = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const target of imports.get(file) ?? []) {
      const found = follow(target, [...path, file]);
      if (found) return found;
    }
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const found = follow(file, []);
    if (found) return found;
  }
  return null;
}

describe("the server's folders", () => {
  const imports = importsOfServer();

  test("are those that have walls", () => {
    expect(new Set([...imports.keys()].map(folderOf))).toEqual(new Set(Object.keys(WALLS)));
    const missing = [...imports.values()].flat().filter((target) => target.endsWith(".ts") && !imports.has(target));
    expect(missing).toEqual([]);
  });

  test("import what they may, and http alone knows Fastify", () => {
    expect(breaches(imports)).toEqual([]);
  });

  test("have no circles between files", () => {
    expect(circle(imports)).toBeNull();
  });
});

describe("the test of folders", () => {
  test("sees every kind of import", () => {
    const source = `
      import { a } from "./a.ts";
      import type { B } from "../b.ts";
      export { c } from "./c.ts";
      import "./d.ts";
      const e = await import("./e.ts");`;
    expect(importsIn(source)).toEqual(["./a.ts", "../b.ts", "./c.ts", "./d.ts", "./e.ts"]);
  });

  test("finds a breach, a foreign package and a circle", () => {
    const imports = new Map([
      ["room/rooms.ts", ["http/app.ts", "fastify"]],
      ["http/app.ts", ["room/rooms.ts", "fastify", "sqlite/log.ts"]],
      ["sqlite/log.ts", []],
    ]);
    expect(breaches(imports)).toEqual([
      "room/rooms.ts → http/app.ts",
      "room/rooms.ts → fastify",
      "http/app.ts → sqlite/log.ts",
    ]);
    expect(circle(imports)).toEqual(["room/rooms.ts", "http/app.ts", "room/rooms.ts"]);
    expect(
      circle(
        new Map([
          ["a.ts", ["b.ts"]],
          ["b.ts", []],
        ]),
      ),
    ).toBeNull();
  });
});
