import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { nodesOf, ROOT, type SourceFile, sourcesOf } from "../support/sources.ts";

/** The walls inside the workspaces: what stands on which side of them, and who may look over. */

const nameOf = ({ path }: SourceFile): string => relative(ROOT, path).replaceAll("\\", "/");

/** The browser's storages, however a module names them: alone, after `window.`, or in brackets. */
const STORAGES = new Set(["localStorage", "sessionStorage", "indexedDB", "cookieStore"]);
const touchesStorage = (file: SourceFile): boolean =>
  nodesOf(file).some((node) => STORAGES.has(String(node.name ?? node.value ?? "")));

describe("the browser's storage", () => {
  test("is touched by one file", () => {
    expect(sourcesOf("client").filter(touchesStorage).map(nameOf)).toEqual(["client/src/browser/storage.ts"]);
  });

  test("is found by whatever way it is touched", () => {
    const file = (source: string): SourceFile => ({ path: join(ROOT, "client/src/file.ts"), source });
    const ways = [
      'localStorage.setItem("key", "value");',
      "window.sessionStorage.clear();",
      'globalThis["localStorage"].length;',
      "const { localStorage: kept } = window;",
      "const keep = () => sessionStorage;",
    ];
    expect(ways.filter((source) => !touchesStorage(file(source)))).toEqual([]);
    expect(touchesStorage(file("// localStorage\nbrowserStorage.getItem('a localStorage');"))).toBe(false);
  });
});
