import { readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

/** The sources of the three workspaces as syntax trees, for tests that hold the tree to its walls. */

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const WORKSPACES = ["shared", "server", "client"] as const;
export type Workspace = (typeof WORKSPACES)[number];

export interface SourceFile {
  readonly path: string;
  readonly source: string;
}

/** Every module of a workspace. */
export function sourcesOf(workspace: Workspace): SourceFile[] {
  return readdirSync(join(ROOT, workspace, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, source: readFileSync(path, "utf8") }));
}

type Node = { readonly type: string } & Readonly<Record<string, unknown>>;
export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** Every node of a module's syntax tree. */
export function nodesOf({ path, source }: SourceFile): Node[] {
  const { program, errors } = parseSync(path, source, { lang: extname(path).endsWith("x") ? "tsx" : "ts" });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const nodes: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isNode(value)) {
      nodes.push(value);
      for (const part of Object.values(value)) visit(part);
    }
  };
  visit(program);
  return nodes;
}

const textOf = (value: unknown): string =>
  isNode(value) && value.type === "Literal" && typeof value.value === "string" ? value.value : "<computed>";

/** What a module imports, in whatever way: statically, dynamically, as a type, by exporting from it or by `require`. */
export function importsOf(file: SourceFile): string[] {
  return nodesOf(file).flatMap((node) => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ImportExpression":
      case "TSImportType":
        return [textOf(node.source)];
      case "ExportNamedDeclaration":
        return node.source ? [textOf(node.source)] : [];
      case "TSExternalModuleReference":
        return [textOf(node.expression)];
      case "CallExpression":
        return isNode(node.callee) && node.callee.name === "require" && Array.isArray(node.arguments)
          ? [textOf(node.arguments[0])]
          : [];
      default:
        return [];
    }
  });
}

/** The name of a file from the root of the project on, with slashes on every system. */
export const nameOf = (path: string): string => relative(ROOT, path).replaceAll("\\", "/");

/** The names of the files of its own workspace that a module imports, and of those of the shared one that it names. */
export const filesImportedBy = (file: SourceFile): string[] =>
  importsOf(file).flatMap((specifier) => {
    if (specifier.startsWith(".")) return [nameOf(resolve(dirname(file.path), specifier))];
    const shared = /^@whetstone\/shared\/(.+)$/.exec(specifier)?.[1];
    return shared === undefined ? [] : [`shared/src/${shared}.ts`];
  });

/** The circles of a graph: each is the nodes that reach one another, sorted; one that only reaches itself is none. */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const reachable = new Map([...graph.keys()].map((node) => [node, reachedFrom(node, graph)]));
  const circles = [...graph.keys()].flatMap((node) => {
    const circle = [...(reachable.get(node) ?? [])].filter((other) => reachable.get(other)?.has(node)).sort();
    return circle[0] === node ? [circle] : [];
  });
  return circles.filter((circle) => circle.length > 1);
}

function reachedFrom(start: string, graph: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const open = [...(graph.get(start) ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    open.push(...(graph.get(node) ?? []));
  }
  return reached;
}
