import type { PassedOver } from "../parsed.ts";
import { passedOver } from "../passed-over.ts";
import type { RawValue } from "../raw.ts";
import { numbering, slugOf } from "../slug.ts";
import { type Line, textOf } from "./entries.ts";
import { unguarded } from "./guards.ts";
import type { OwnDocument, Piece, Topic } from "./parts.ts";
import { Places } from "./places.ts";
import { criterionOf } from "./question.ts";
import type { Section } from "./sections.ts";

export interface ReadPack {
  /** Null where the document does not say all of it. */
  readonly pack: RawValue | null;
  /** The identifiers of the pack's topics. */
  readonly topicIds: ReadonlyMap<Topic, string>;
  readonly passedOver: readonly PassedOver[];
}

/** The pack that the document is of. Only a whole one is brought: a piece of a document shall not take the rest from its pack. */
export function packOf({ packs, topics, questions, scored, isMarked }: OwnDocument, file: string): ReadPack {
  const [first, ...others] = packs;
  const left: PassedOver[] = [];
  const leave = (line: number, why: string, text: string) => {
    if (text !== "") left.push(passedOver(file, line, why, text));
  };
  for (const { line, title, pieces } of others)
    leave(line, "A document is of one pack", `${title}\n${linesOf(pieces)}`);
  const named = new Set(questions.map(({ topic }) => topic));
  const own = topics.filter((topic) => topic.id !== null || named.has(topic));
  for (const topic of topics) if (!own.includes(topic)) leave(topic.line, "No question stands below this", topic.name);
  const criterion = criterionIn(scored);
  const description = first ? textOf(first.pieces.flatMap((piece) => textIn(piece, isMarked))) : "";
  const isWhole =
    first !== undefined && first.id !== null && description !== "" && criterion !== null && own.length > 0;
  if (!isWhole) {
    const why = "The document does not say all of its pack, so this is left out";
    if (first) leave(first.line, why, `${first.title}\n${description}`);
    leave(scored[0]?.lines[0]?.number ?? 0, why, linesOf(scored));
    return { pack: null, topicIds: new Map(), passedOver: left };
  }
  const places = new Places(file, first.line);
  const topicIds = idsOf(own);
  const listed = new Map<string | undefined, Topic>();
  for (const topic of own) if (!listed.has(topicIds.get(topic))) listed.set(topicIds.get(topic), topic);
  for (const [index, [, topic]] of [...listed].entries()) places.set(["topics", index], topic.line);
  places.set(["communication"], criterion.section.line);
  const { criterion: communication, rest } = criterionOf(criterion.section, isMarked);
  const why = "This text belongs to no criterion";
  for (const { line, text } of [
    ...rest,
    ...criterion.rest.map((line) => ({ line: line.number, text: line.text.trim() })),
  ])
    leave(line, why, text);
  const value = {
    id: first.id,
    title: first.title,
    description,
    topics: [...listed].map(([id, { name }]) => ({ id, name })),
    communication: { ...communication, id: communication.id ?? slugOf(communication.name, "communication") },
  };
  return { pack: places.raw(value), topicIds, passedOver: left };
}

function textIn({ token, lines }: Piece, isMarked: boolean): readonly Line[] {
  return isMarked && token.kind === "text"
    ? lines.map(({ number, text }) => ({ number, text: unguarded(text) }))
    : lines;
}

const linesOf = (pieces: readonly Piece[]): string => textOf(pieces.flatMap(({ lines }) => lines));

/** The one criterion below the heading, and what stands beside it. */
function criterionIn(
  pieces: readonly Piece[],
): { readonly section: Extract<Section, { kind: "criterion" }>; readonly rest: readonly Line[] } | null {
  const at = pieces.findIndex(({ token }) => token.kind === "name" && (token.id !== null || token.above === "anchors"));
  const { token, lines = [] } = pieces[at] ?? {};
  if (token?.kind !== "name") return null;
  const behind = pieces.slice(at + 1);
  const end = behind.findIndex((piece) => piece.token.kind !== "text");
  const section = {
    kind: "criterion",
    id: token.id,
    name: token.name,
    line: lines[0]?.number ?? 0,
    lines: behind.slice(0, end < 0 ? behind.length : end).flatMap((piece) => piece.lines),
  } as const;
  const others = [...pieces.slice(0, at), ...(end < 0 ? [] : behind.slice(end))];
  return { section, rest: others.flatMap((piece) => piece.lines) };
}

/** By topic its identifier: its own, that of the topic of the same name, or one made of the name. */
function idsOf(topics: readonly Topic[]): Map<Topic, string> {
  const byName = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, name } of topics) {
    if (id === null) continue;
    taken.add(id);
    if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), id);
  }
  const free = numbering((id) => taken.has(id));
  const ids = new Map<Topic, string>();
  for (const topic of topics) {
    const name = topic.name.toLowerCase();
    const id = topic.id ?? byName.get(name) ?? free(slugOf(topic.name, "topic"));
    taken.add(id);
    byName.set(name, byName.get(name) ?? id);
    ids.set(topic, id);
  }
  return ids;
}
