import type { CandidateAsk } from "@whetstone/shared/room/view/asks";

/** What a hint or a follow-up is called on the candidate's page. */
export const revealName = (kind: "hint" | "followUp"): string => (kind === "hint" ? "A hint" : "A follow-up");

/** Questions as they were put and one's own answers, as Markdown to be kept elsewhere. */
export function answersText(title: string, asks: readonly CandidateAsk[]): string {
  const parts = asks.map(({ number, prompt, revealed, answer }) => [
    `## Question ${number}`,
    prompt,
    ...revealed.map(({ kind, text }) => `**${revealName(kind)}:** ${text}`),
    "### Your answer",
    answer || "Nothing was written.",
  ]);
  return [`# ${title}`, ...parts.flat()].join("\n\n");
}
