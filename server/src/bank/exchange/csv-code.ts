import type { WorkspaceDraft } from "@whetstone/shared/authored";

/** How files and tests stand in one cell of a CSV file: a line that names each, and below it its text, two spaces in. Read back unchanged. */

type File = WorkspaceDraft["files"][number];
type Test = WorkspaceDraft["tests"][number];

interface Named {
  readonly name: string;
  readonly text: string;
}

const namedCell = (entries: readonly Named[]): string =>
  entries.map(({ name, text }) => [name, ...text.split("\n").map((line) => `  ${line}`)].join("\n")).join("\n");

/** An empty line belongs to the text above it, as editors take the spaces off one. */
function cellNamed(cell: string): Named[] {
  const entries: { name: string; lines: string[] }[] = [];
  for (const line of cell.split("\n")) {
    const last = entries.at(-1);
    if (last && (line.startsWith("  ") || line.trim() === "")) last.lines.push(line.slice(2));
    else if (line.trim() !== "") entries.push({ name: line.trim(), lines: [] });
  }
  return entries.map(({ name, lines }) => ({ name, text: lines.join("\n") }));
}

export const filesCell = (files: readonly File[]): string => namedCell(files);
export const cellFiles = (cell: string): File[] => cellNamed(cell);

/** Who sees a test stands before its name, so that no name can be taken for it. */
const SEEN_BY = /^(visible|hidden)\s*:\s*/i;

export const testsCell = (tests: readonly Test[]): string =>
  namedCell(
    tests.map(({ name, visible, code }) => ({ name: `${visible ? "visible" : "hidden"}: ${name}`, text: code })),
  );

/** A test of which the cell does not say who sees it is the panel's alone. */
export const cellTests = (cell: string): Test[] =>
  cellNamed(cell).map(({ name, text }) => ({
    name: name.replace(SEEN_BY, ""),
    visible: SEEN_BY.exec(name)?.[1]?.toLowerCase() === "visible",
    code: text,
  }));
