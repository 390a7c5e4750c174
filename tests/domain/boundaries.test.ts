import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, test } from "vitest";
import {
  importsOf,
  isNode,
  nodesOf,
  ROOT,
  type SourceFile,
  sourcesOf,
  WORKSPACES,
  type Workspace,
} from "../support/sources.ts";

/** The workspaces, and what each may import: a test and not a habit, because one import is enough to undo it. */

/** Names by which a module reaches the clock, chance or the world outside. */
const IMPURE = new Set([
  ...["Date", "performance", "crypto", "process", "globalThis", "fetch", "console", "Buffer"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask"],
]);

function impurities(file: SourceFile): string[] {
  const nodes = nodesOf(file);
  // A name after a dot or before a colon is not what the name alone means.
  const labels = new Set(nodes.flatMap((node) => (node.computed === true ? [] : [node.property, node.key])));
  return nodes.flatMap((node) => {
    if (node.type === "Identifier" && typeof node.name === "string" && IMPURE.has(node.name) && !labels.has(node)) {
      return [node.name];
    }
    const isRandom = node.type === "MemberExpression" && isNode(node.object) && node.object.name === "Math";
    return isRandom && isNode(node.property) && (node.property.name ?? node.property.value) === "random"
      ? ["Math.random"]
      : [];
  });
}

/** What the shared workspace may import beside itself: schemas, the comparison of texts, and when a question is due again. None reaches outside. */
const PURE_PACKAGES: readonly string[] = ["zod", "node-diff3", "ts-fsrs", "yjs"];

/** Whether a file of a workspace may import that: itself, the shared workspace by its name, and packages. */
function isAllowed(workspace: Workspace, path: string, specifier: string): boolean {
  if (specifier.startsWith(".")) {
    return resolve(dirname(path), specifier).startsWith(join(ROOT, workspace, "src") + sep);
  }
  if (workspace === "shared") return PURE_PACKAGES.includes(specifier);
  if (specifier.startsWith("@whetstone/")) return specifier.startsWith("@whetstone/shared/");
  return /^[a-z@]/.test(specifier) && !/^(server|client|shared|whetstone|file:)(\/|$)/.test(specifier);
}

const violations = (workspace: Workspace): string[] =>
  sourcesOf(workspace).flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !isAllowed(workspace, file.path, specifier))
      .map((specifier) => `${relative(ROOT, file.path)} imports ${specifier}`),
  );

describe("the workspaces", () => {
  test("shared imports zod, node-diff3, ts-fsrs, yjs, itself, and nothing else", () => {
    const files = sourcesOf("shared");
    expect(files.map(({ path }) => relative(ROOT, path))).toContain(join("shared", "src", "room", "decide.ts"));
    expect(files.flatMap(importsOf)).toContain("zod");
    expect(violations("shared")).toEqual([]);
  });

  test.each(["server", "client"] as const)("%s reaches the others only by the name of the shared one", (workspace) => {
    expect(violations(workspace)).toEqual([]);
  });

  test("shared has no clock, no randomness and no way out", () => {
    const found = sourcesOf("shared").flatMap((file) =>
      impurities(file).map((name) => `${relative(ROOT, file.path)} uses ${name}`),
    );
    expect(found).toEqual([]);
  });

  test("depend on each other in their manifests in no other way", () => {
    const dependencies = WORKSPACES.map((workspace) => {
      const manifest: Record<string, object | undefined> = JSON.parse(
        readFileSync(join(ROOT, workspace, "package.json"), "utf8"),
      );
      const names = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
      return names.flatMap((name) => Object.keys(manifest[name] ?? {}));
    });
    const [shared = [], server = [], client = []] = dependencies;
    expect(shared.toSorted()).toEqual(PURE_PACKAGES.toSorted());
    for (const names of [server, client]) {
      expect(names.filter((name) => name.startsWith("@whetstone/"))).toEqual(["@whetstone/shared"]);
    }
  });
});

describe("the check itself", () => {
  const file = (source: string): SourceFile => ({ path: join(ROOT, "client", "src", "room", "file.tsx"), source });

  test("finds every way to import, and nothing in comments and texts", () => {
    const source = `
      import a, { b } from "static";
      import type { C } from "type";
      import "effect";
      import * as all from 'all';
      import old = require("old");
      export { d } from "named";
      export type { E } from "named-type";
      export * from "star";
      export * as ns from "star-as";
      const lazy = () => import("dynamic");
      const computed = (name: string) => import(name);
      type F = import("import-type").F;
      const g = require("required");
      // import "comment"; import("comment");
      const text = 'import "text" from "text"';
      const page = <p>import x from "jsx"</p>;
    `;
    expect(importsOf(file(source)).sort()).toEqual(
      ["static", "type", "effect", "all", "old", "named", "named-type", "star", "star-as", "dynamic", "<computed>"]
        .concat("import-type", "required")
        .sort(),
    );
  });

  test("allows a workspace itself, packages and shared by its name, and no other way", () => {
    const { path } = file("");
    const allowed = ["./store.ts", "../app.tsx", "react", "@base-ui/react/dialog", "@whetstone/shared/room/view"];
    const forbidden = [
      ...["@whetstone/server/log", "@whetstone/client/app", "@whetstone/shared", "<computed>", "/etc/passwd"],
      ...[
        "../../../server/src/log.ts",
        "../../../shared/src/bank.ts",
        "../../package.json",
        "file:///x.ts",
        "server/src/x",
      ],
    ];
    expect(allowed.filter((specifier) => !isAllowed("client", path, specifier))).toEqual([]);
    expect(forbidden.filter((specifier) => isAllowed("client", path, specifier))).toEqual([]);

    const shared = join(ROOT, "shared", "src", "room", "decide.ts");
    expect(["zod", "./state.ts", "../bank.ts"].filter((specifier) => !isAllowed("shared", shared, specifier))).toEqual(
      [],
    );
    const outside = [
      "node:fs",
      "fs",
      "react",
      "fastify",
      "zod/mini",
      "@whetstone/shared/bank",
      "../../../server/src/log.ts",
    ];
    expect(outside.filter((specifier) => isAllowed("shared", shared, specifier))).toEqual([]);
  });

  test("finds the clock and chance, and no property of that name", () => {
    const found = (source: string) => impurities(file(source));
    expect(found("const now = Date.now();")).toEqual(["Date"]);
    expect(found("const now = new Date();")).toEqual(["Date"]);
    expect(found("const f = performance.now, g = () => crypto.randomUUID();")).toEqual(["performance", "crypto"]);
    expect(found("const x = Math.random(); const y = Math['random']();")).toEqual(["Math.random", "Math.random"]);
    expect(found("setTimeout(() => globalThis.x, 1);")).toEqual(["setTimeout", "globalThis"]);
    expect(found("const a = { process: 1, Date: 2 }; a.process; a.Date; Math.max(1, 2); // Date.now()")).toEqual([]);
    expect(found("interface A { fetch: string } type B = A['fetch'];")).toEqual([]);
  });
});
