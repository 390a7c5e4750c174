import type { Place, Refused } from "./parsed.ts";

/** How many places of one cause are named. */
const NAMED = 3;

/** What is refused with one refusal for each cause: at its first place, with how often it is so and the first places. */
export function byCause(refused: readonly Refused[]): Refused[] {
  const causes = new Map<string, Refused[]>();
  for (const one of refused) {
    const key = causeOf(one);
    const same = causes.get(key);
    if (same) same.push(one);
    else causes.set(key, [one]);
  }
  return [...causes.values()].flatMap((same) => {
    const [first] = same;
    if (!first || same.length === 1) return same;
    return [{ ...first, message: `${first.message}. So it is ${times(same.length)}: ${placesIn(same)}` }];
  });
}

/** Places in lists and what is counted may differ in one cause; what is named may not. */
const causeOf = ({ field, message }: Refused): string =>
  `${field.replace(/(?:^|\.)\d+(?=\.|$)/g, ".#")}\n${message.replace(/\d+/g, "#")}`;

const times = (count: number): string => (count === 2 ? "twice" : `${count.toLocaleString("en-GB")} times`);

function placesIn(refused: readonly Refused[]): string {
  const file = refused[0]?.at.file;
  const isOneFile = refused.every(({ at }) => at.file === file);
  const named = refused.slice(0, NAMED).map(({ at }) => (isOneFile ? String(at.line) : inWords(at)));
  const more = refused.length - named.length;
  const all = more > 0 ? [...named, `${more.toLocaleString("en-GB")} more`] : named;
  const list = all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : (all[0] ?? "");
  return isOneFile ? `in lines ${list}` : `in ${list}`;
}

const inWords = ({ file, line }: Place): string => `${file}:${line}`;
