import { expect, it } from "vitest";
import { isNode, nameOf, nodesOf, sourcesOf } from "../support/sources.ts";

/** What is fetched when it is needed is fetched in one way, which outlives lost requests and other builds. */

/** The functions that import a part as they should. */
const WAYS = new Set(["part", "page", "latePage", "fetching"]);

/** Where a module fetches code by itself, as lines of its source. */
function bareImports(file: { path: string; source: string }): string[] {
  const nodes = nodesOf(file);
  const calls = nodes.filter((node) => node.type === "CallExpression");
  const isCallOf = (node: (typeof nodes)[number], names: ReadonlySet<string>) =>
    isNode(node.callee) && typeof node.callee.name === "string" && names.has(node.callee.name);
  const within = calls.filter((node) => isCallOf(node, WAYS));
  const isWithin = (node: (typeof nodes)[number]) =>
    within.some((call) => Number(call.start) < Number(node.start) && Number(node.end) <= Number(call.end));
  const imports = nodes.filter((node) => node.type === "ImportExpression" && !isWithin(node));
  const lazies = calls.filter((node) => isCallOf(node, new Set(["lazy", "lazyRouteComponent"])));
  return [...imports, ...lazies].map((node) => file.source.slice(Number(node.start), Number(node.end)));
}

it("every part of the client is fetched by one mechanism", () => {
  const found = sourcesOf("client").flatMap((file) => bareImports(file).map((text) => [nameOf(file.path), text]));
  expect(found.map(([name, text]) => [name, text?.replace(/\(.*/s, "")])).toEqual([
    ["client/src/router.tsx", "lazyRouteComponent"],
    ["client/src/ui/Part.tsx", "lazy"],
  ]);
  expect(found[0]?.[1]).toMatch(/^lazyRouteComponent\(fetching\(/);
});

it("finds what is fetched otherwise", () => {
  const bare = (source: string) => bareImports({ path: "some.tsx", source });
  expect(bare('const A = lazy(() => import("./A.tsx"));')).toEqual([
    'import("./A.tsx")',
    'lazy(() => import("./A.tsx"))',
  ]);
  expect(bare('const later = () => import("./later.ts");')).toEqual(['import("./later.ts")']);
  expect(bare('const A = part(async () => (await import("./A.tsx")).A);')).toEqual([]);
});
