/**
 * The lines of a text with the headings, lists and code of other ways of writing as Markdown has them: Org, AsciiDoc, wikis, Jira, LaTeX. Each line
 * stays where it is.
 */
export function withMarkdownMarkup(lines: readonly string[]): readonly string[] {
  const kinds = KINDS.filter(({ isMeant }) => lines.some((line) => isMeant.test(line)));
  if (kinds.length === 0) return lines;
  let fence: string | null = null;
  const made: string[] = [];
  for (const line of lines) {
    const sign = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (fence !== null || sign !== null) {
      made.push(line);
      fence = fence === null ? sign : sign?.startsWith(fence) ? null : fence;
    } else made.push(writtenBy(kinds, line));
  }
  return made;
}

interface Kind {
  /** A line that only such a text has. */
  readonly isMeant: RegExp;
  readonly written: (line: string) => string;
}

/** The line as the first of them writes it that has something for it. */
function writtenBy(kinds: readonly Kind[], line: string): string {
  for (const { written } of kinds) {
    const text = written(line);
    if (text !== line) return text;
  }
  return line;
}

const heading = (level: number, text: string): string => `${"#".repeat(Math.min(level, 6))} ${text}`;

/** A heading without the tags of Org behind it. */
function withoutTags(text: string): string {
  const from = text.lastIndexOf(" :");
  return from > 0 && /^ :[\w@:]{1,80}:$/.test(text.slice(from)) ? text.slice(0, from).trimEnd() : text;
}

const ORG: Kind = {
  isMeant: /^\*{2,6}\s+\S/,
  written: (line) => {
    const [, stars, text] = /^(\*{1,6})\s+(\S.*)$/.exec(line) ?? [];
    return stars && text ? heading(stars.length, withoutTags(text)) : line;
  },
};

const EQUALS: Kind = {
  isMeant: /^={1,6}\s+\S/,
  written: (line) => {
    const [, signs, text] = /^(={1,6})\s+(\S.*)$/.exec(line.trimEnd()) ?? [];
    return signs && text ? heading(signs.length, text.replace(/\s={1,6}$/, "")) : line;
  },
};

/** Code of AsciiDoc stands between lines of four hyphens. */
const LISTING: Kind = {
  isMeant: /^\[source[^\]]*\]\s*$/,
  written: (line) => (/^-{4}\s*$/.test(line) ? "```" : /^\[source[^\]]*\]\s*$/.test(line) ? "" : line),
};

const JIRA: Kind = {
  isMeant: /^h[1-6]\.\s+\S/,
  written: (line) => {
    const [, level, text] = /^h([1-6])\.\s+(\S.*)$/.exec(line) ?? [];
    if (level && text) return heading(Number(level), text);
    const [, signs, item] = /^(#{1,6})\s+(\S.*)$/.exec(line) ?? [];
    return signs && item ? `${"    ".repeat(signs.length - 1)}1. ${item}` : line;
  },
};

const LATEX: Kind = {
  isMeant: /^\s*\\(?:question\b|begin\{(?:questions|solution|enumerate|itemize)\})/,
  written: (line) =>
    line
      .replace(/^\s*\\section\*?\{([^{}]*)\}/, "# $1")
      .replace(/^\s*\\subsection\*?\{([^{}]*)\}/, "## $1")
      .replace(/^\s*\\(?:question|item)\b(?:\[[^\][]*\])?\s*/, "- ")
      .replace(/^\s*\\begin\{(?:solution|answer)\w*\}(?:\[[^\][]*\])?/, "**Answer:**")
      .replace(/^\s*\\(?:begin|end)\{\w+\*?\}\s*$/, ""),
};

const KINDS: readonly Kind[] = [ORG, EQUALS, LISTING, JIRA, LATEX];
