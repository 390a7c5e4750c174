import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import { Labels } from "./list/labels.ts";
import { type Line, textOf } from "./own-markdown/entries.ts";
import { kitOf } from "./own-markdown/kit.ts";
import { packOf } from "./own-markdown/pack.ts";
import { documentOf, type Part, type Topic } from "./own-markdown/parts.ts";
import { questionOf } from "./own-markdown/question.ts";
import type { ImportFile } from "./parsed.ts";
import { passedOver } from "./passed-over.ts";
import { shortened } from "./phrases.ts";
import { type RawImport, rawImport } from "./raw.ts";
import { slugOf } from "./slug.ts";

/**
 * Reads the Markdown that an export writes, whole: pack, questions, kits. Of an older one, which does not say its identifiers, the questions; of one
 * for candidates, the prompts. What somebody changed in it by hand counts. What has no place goes to the strong answer of its question,
 * which is the panel's; what belongs to no question is passed over, and quoted.
 */
export function readOwnMarkdown({ name: file, text }: ImportFile): RawImport {
  const document = documentOf(text);
  const { isMarked } = document;
  const labels = new Labels(text);
  const { pack, topicIds, passedOver: leftOfPack } = packOf(document, file);
  const topicOf = (topic: Topic | null) => {
    if (topic === null) return null;
    const id = topicIds.get(topic) ?? topic.id;
    const isItsName = id === null || (pack === null && slugOf(topic.name, "") === id);
    return isItsName ? { name: shortened(topic.name, BANK_LIMITS.topicName) } : { id };
  };
  const questions = inPlace(document.questions).map((part) =>
    questionOf(part, { file, isMarked, labels, topic: topicOf(part.topic) }),
  );
  const ids = new Map(document.questions.toReversed().map(({ id, title }) => [title, id]));
  const questionTitled = (title: string) => ids.get(title) ?? null;
  const kits = document.kits.map((part) => kitOf(part, { file, isMarked, labels, questionTitled }));
  const loose = paragraphsOf(document.loose);
  return rawImport({
    packs: pack ? [pack] : [],
    questions: questions.map(({ raw }) => raw),
    kits: kits.flatMap(({ kit }) => kit ?? []),
    refused: questions.flatMap(({ refused }) => refused),
    passedOver: [
      ...leftOfPack,
      ...loose.map(({ number, text: lost }) => passedOver(file, number, "This text belongs to no question", lost)),
      ...[...questions, ...kits].flatMap((read) => read.passedOver),
    ].toSorted((one, other) => one.at.line - other.at.line),
  });
}

/** The questions in the order of their pack. One that somebody added stays behind the one before it. */
function inPlace(parts: readonly Part[]): Part[] {
  let last = 0;
  const places = parts.map((part) => {
    last = part.place ?? last;
    return { part, place: last };
  });
  return places.toSorted((one, other) => one.place - other.place).map(({ part }) => part);
}

/** Lines that stand together as one, each with the number of its first. */
function paragraphsOf(lines: readonly Line[]): Line[] {
  const paragraphs: Line[][] = [];
  let end = 0;
  for (const line of lines) {
    if (line.text.trim() === "") continue;
    if (line.number === end) paragraphs.at(-1)?.push(line);
    else paragraphs.push([line]);
    end = line.number + 1;
  }
  return paragraphs.map((paragraph) => ({ number: paragraph[0]?.number ?? 0, text: textOf(paragraph) }));
}
