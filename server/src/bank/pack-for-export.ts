import type { AuthoredPack } from "@whetstone/shared/authored";
import type { Kit, Question } from "@whetstone/shared/bank";
import type { Library } from "./library.ts";

/** A pack as it is exported: with its published questions, and the kits that are made of them alone. */
export function packForExport(
  library: Library,
  id: string,
): { pack: AuthoredPack; questions: Question[]; kits: Kit[] } | undefined {
  const pack = library.files.packs.get(id) ?? library.authoredPack(id);
  if (!pack) return undefined;
  const inFiles = [...library.files.questions.values()].flatMap(({ pack: of, ...question }) =>
    of === id ? question : [],
  );
  const own = library.authoredQuestions
    .all()
    .flatMap((record) => (record.pack === id && !record.archived && record.published ? record.published : []));
  const questions = [...inFiles, ...own];
  const known = new Set(questions.map((question) => question.id));
  const kits = library
    .kits()
    .flatMap((summary) => library.kit(summary.id) ?? [])
    .filter((kit) => kit.questions.every(({ question }) => known.has(question)));
  const topics = [...new Set(questions.map(({ topic }) => topic))];
  const named = topics.map((topic) => ({ id: topic, name: library.topicName(topic) }));
  return { pack: { ...pack, topics: pack.topics.length > 0 ? pack.topics : named }, questions, kits };
}
