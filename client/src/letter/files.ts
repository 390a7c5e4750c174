import type { Feedback, OwnAnswer } from "@whetstone/shared/feedback";
import { LEVEL_WORDS, type Letter, named, occasionOf, titleOf } from "./letter.ts";

/** A letter as files that its reader keeps: Markdown that reads well as plain text. */

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export const feedbackFile = ({ feedback }: Letter): TextFile => ({
  name: fileName("feedback", feedback),
  text: document([
    `# ${line(titleOf(feedback))}`,
    line(occasionOf(feedback).join(" · ")),
    feedback.panel.length > 0 && `You spoke with ${line(named(feedback.panel))}.`,
    lines(feedback.message),
    ...points("What went well", feedback.strengths),
    ...points("What to work on", feedback.concerns),
    ...asked(feedback.questions),
  ]),
});

export const answersFile = ({ feedback, answers }: Letter): TextFile => ({
  name: fileName("answers", feedback),
  text: document(["# Your own answers", line(occasionOf(feedback).join(" · ")), ...answers.flatMap(ownAnswer)]),
});

/** A name of letters and digits of any script, short enough for every file system, whatever the room is called. */
function fileName(what: string, { title }: Feedback): string {
  const words = title.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}]+/gu, "-");
  const short = [...words]
    .slice(0, 50)
    .join("")
    .replace(/^-+|-+$/g, "");
  return `${what}-${short || "interview"}.md`;
}

function points(title: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  return [`## ${title}`, texts.map((text) => `- ${lines(text).replace(/\n/g, "\n  ")}`).join("\n")];
}

function asked(questions: Feedback["questions"]): string[] {
  if (questions.length === 0) return [];
  const blocks = questions.flatMap(({ number, prompt, level }) => [
    `### Question ${number}${level === null ? "" : `. Level ${level} of 4: ${LEVEL_WORDS[level].name}`}`,
    ...(level === null ? [] : [`At this level ${LEVEL_WORDS[level].meaning}.`]),
    quote(prompt),
  ]);
  return ["## What you were asked", ...blocks];
}

function ownAnswer({ number, prompt, revealed, answer }: OwnAnswer): string[] {
  const given = revealed.length > 0 ? ["On the way you were given:", ...revealed.map(quote)] : [];
  const written = answer.trim() === "" ? ["Nothing is written on this sheet."] : ["You wrote:", fenced(answer)];
  return [`## Question ${number}`, quote(prompt), ...given, ...written];
}

const document = (blocks: readonly (string | false)[]): string => `${blocks.filter(Boolean).join("\n\n")}\n`;

/** What Markdown could take for more than a character: escapes, links, HTML, code, emphasis and entities. */
const INLINE = /[\\[<`*~]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** What makes a heading, a quotation, a list or a rule of a line that begins with it. */
const BLOCK = /^(?:[#>+]|-(?=\s|-|$)|=(?==|$))|^\d{1,9}(?=[.)](?:\s|$))/;

/** A text in one line, in which nothing is taken for Markdown. */
const line = (text: string): string => {
  const plain = text.replace(/\s+/g, " ").trim().replace(INLINE, "\\$&");
  return plain.replace(BLOCK, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`));
};

/** A text that keeps its lines, in which nothing is taken for Markdown. */
function lines(text: string): string {
  const all = text.trim().split(/\r?\n/).map(line);
  // Two spaces at its end keep a line apart from the next one.
  return all.map((one, index) => (one !== "" && all[index + 1] ? `${one}  ` : one)).join("\n");
}

const quote = (text: string): string => text.trim().replace(/^/gm, "> ");

/** A fence that the text cannot close. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
