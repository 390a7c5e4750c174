import type { Feedback, OwnAnswer } from "@whetstone/shared/feedback";
import { plainLine as line, plainLines as lines } from "@whetstone/shared/plain-markdown";
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

function ownAnswer({ number, prompt, revealed, answer, board, boardProblem }: OwnAnswer): string[] {
  const given = revealed.length > 0 ? ["On the way you were given:", ...revealed.map(quote)] : [];
  const written = answer.trim() === "" ? ["Nothing is written on this sheet."] : ["You wrote:", fenced(answer)];
  const drawn = board ? ["You drew, in words:", board.outline.map((words) => `- ${line(words)}`).join("\n")] : [];
  const missing = boardProblem === undefined ? [] : [boardProblem];
  return [`## Question ${number}`, quote(prompt), ...given, ...written, ...drawn, ...missing];
}

const document = (blocks: readonly (string | false)[]): string => `${blocks.filter(Boolean).join("\n\n")}\n`;

const quote = (text: string): string => text.trim().replace(/^/gm, "> ");

/** A fence that the text cannot close. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
