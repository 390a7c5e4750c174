import type { HostView } from "@whetstone/shared/room/view/host";
import type { JudgementView } from "@whetstone/shared/room/view/scorecards";

/** What somebody should look at before a candidate reads a text. It warns and forbids nothing. */
export type Caution =
  | { readonly kind: "private_words"; readonly by: string; readonly own: boolean }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "recommendation"; readonly words: string };

/** What texts of a draft are held against. */
export interface PrivateMatters {
  readonly texts: readonly { readonly words: string; readonly by: string; readonly own: boolean }[];
  /** Whose names are not to be given, with the parts of them that would give them away. */
  readonly names: readonly { readonly name: string; readonly parts: readonly string[] }[];
}

/** Shorter pieces are in everybody's mouth, in UTF-16 code units. */
const TELLING_LENGTH = 16;
const RECOMMENDATION =
  /\b(?:strong(?:ly)?[\s_-]+(?:no|yes|hire)|(?:no|lean|definite(?:ly)?(?:[\s_-]+not)?)[\s_-]+hire)\b/i;
/** Scripts that put no spaces between words, so that a name in them has no edges. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** All that the panel wrote for itself, as far as the host may read it, and the raters whose names are not to be given. */
export function privateMatters(
  { you, room, scorecard, others, people }: Pick<HostView, "you" | "room" | "scorecard" | "others" | "people">,
  namesPanel: boolean,
): PrivateMatters {
  const panel = people.filter(({ role }) => role === "host" || role === "interviewer").map(({ name }) => name);
  const raters = [...panel, ...others.map(({ name }) => name)];
  const given = namesPanel ? panel : [];
  // The candidate's own name is no secret, whoever else bears it.
  const own = partsOf(people.find(({ role }) => role === "candidate")?.name ?? room.candidateName ?? "");
  return {
    texts: [
      ...textsOf(scorecard, you.name, true),
      ...others.flatMap(({ name, versions }) => versions.flatMap((version) => textsOf(version, name, false))),
    ],
    names: [...new Set(raters)]
      .filter((name) => !given.includes(name))
      .map((name) => ({ name, parts: partsOf(name).filter((part) => !own.includes(part)) })),
  };
}

function textsOf({ notes, summary }: JudgementView, by: string, own: boolean): PrivateMatters["texts"] {
  return [...notes.map(({ text }) => text), summary]
    .map((text) => ({ words: plain(text), by, own }))
    .filter(({ words }) => words !== "");
}

/** What is to be looked at in a text, each matter once. */
export function cautionsIn(text: string, { texts, names }: PrivateMatters): Caution[] {
  const words = plain(text);
  if (words === "") return [];
  const copied = texts.find((secret) => isSaidAgain(words, secret.words));
  const recommended = RECOMMENDATION.exec(text)?.[0];
  return [
    ...(copied ? [{ kind: "private_words" as const, by: copied.by, own: copied.own }] : []),
    ...names
      .filter(({ parts }) => parts.some((part) => mentions(text, part)))
      .map(({ name }) => ({ kind: "name" as const, name })),
    ...(recommended ? [{ kind: "recommendation" as const, words: recommended }] : []),
  ];
}

/** Whether a text is a private one word for word, holds one, or is a telling piece of one. */
function isSaidAgain(words: string, secret: string): boolean {
  if (words === secret) return true;
  const [shorter, longer] = words.length < secret.length ? [words, secret] : [secret, words];
  return shorter.length >= TELLING_LENGTH && longer.includes(shorter);
}

/** A name's words; those of one letter tell nobody. */
const partsOf = (name: string): string[] => name.split(/\s+/).filter((part) => [...part].length > 1);

/** Whether a text holds a part of a name as a word of its own; capitals count, as many names are also words. */
function mentions(text: string, part: string): boolean {
  if (WITHOUT_SPACES.test(part)) return text.includes(part);
  const literal = part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${literal}(?![\\p{L}\\p{M}\\p{N}])`, "u").test(text);
}

/** A text as it is compared: without a difference in capitals, spaces or the sign at its end. */
function plain(text: string): string {
  const begun = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/^[\s"'“”‘’]+/, "");
  let end = begun.length;
  while (end > 0 && SIGNS.has(begun.charAt(end - 1))) end -= 1;
  return begun.slice(0, end);
}

const SIGNS: ReadonlySet<string> = new Set(" .!?…\"'“”‘’");

/** What a caution says to the host. */
export function cautionText(caution: Caution): string {
  switch (caution.kind) {
    case "private_words":
      return `Word for word ${caution.own ? "your" : `${caution.by}'s`} private text. Say it in words meant for them.`;
    case "name":
      return `Names ${caution.name}, whose name is not to be given.`;
    case "recommendation":
      return `“${caution.words}” sounds like a recommendation, which stays with the panel.`;
    default:
      return caution satisfies never;
  }
}
