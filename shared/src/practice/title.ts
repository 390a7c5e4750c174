import { LIMITS } from "../room/limits.ts";

/** What the room of people who practise is called, by their names; cut between two characters where it would be too long. */
export function practiceTitle(names: readonly string[]): string {
  const whole = names.length === 1 ? "Practice alone" : `Practice: ${names.join(", ")}`;
  let title = "";
  for (const character of whole) {
    if (title.length + character.length > LIMITS.title) break;
    title += character;
  }
  return title.trimEnd();
}
