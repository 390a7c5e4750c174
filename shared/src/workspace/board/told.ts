import { calledBy, nameOfKind, type Outline, saidByLine, saidOfStrokes } from "./outline.ts";

/** A board in lines of words, where neither a picture nor a list that is gone along can stand: what is on it, and beneath it what leads from there. */
export function toldOf({ nodes, loose, strokes }: Outline): string[] {
  const byHand = saidOfStrokes(strokes);
  return [
    ...nodes.flatMap((node) => [
      node.kind === "text" || node.text === "" ? calledBy(node) : `${calledBy(node)} (${nameOfKind(node.kind)})`,
      ...node.lines.map(saidByLine),
    ]),
    ...loose.map(saidByLine),
    ...(byHand === "" ? [] : [byHand]),
  ];
}
