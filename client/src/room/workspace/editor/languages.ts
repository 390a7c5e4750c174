import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import type { Language } from "@whetstone/shared/workspace/language";
import { fetching } from "../../../browser/parts.ts";
import { autoDirection } from "./direction.ts";
import { isProse } from "./workspace.ts";

const quietly = { hasStandIn: true };

const javascriptPack = fetching(async () => (await import("@codemirror/lang-javascript")).javascript, quietly);

/** What knows a language's grammar, each in a file of its own. Without it a text is the same in one colour. */
const GRAMMARS: Readonly<Record<Language, () => Promise<Extension>>> = {
  text: async () => [],
  markdown: fetching(async () => {
    const { markdown, markdownLanguage } = await import("@codemirror/lang-markdown");
    return markdown({ base: markdownLanguage, completeHTMLTags: false, pasteURLAsLink: false }).extension;
  }, quietly),
  python: fetching(async () => (await import("@codemirror/lang-python")).python().extension, quietly),
  javascript: async () => (await javascriptPack())(),
  typescript: async () => (await javascriptPack())({ typescript: true }),
  sql: fetching(async () => {
    const { sql, SQLite } = await import("@codemirror/lang-sql");
    return sql({ dialect: SQLite }).extension;
  }, quietly),
};

/** Fetches what colours, folds and indents a language. */
export const grammarOf = (language: Language): Promise<Extension> => GRAMMARS[language]();

const foldMark = (isOpen: boolean): HTMLElement => {
  const mark = document.createElement("span");
  mark.className = "fold-mark";
  mark.dataset.open = String(isOpen);
  mark.title = isOpen ? "Fold" : "Unfold";
  return mark;
};

const CODE: Extension = [
  lineNumbers(),
  codeFolding(),
  foldGutter({ markerDOM: foldMark }),
  bracketMatching(),
  closeBrackets(),
  indentOnInput(),
  keymap.of([...closeBracketsKeymap, ...foldKeymap]),
];

/** How a text in a language is laid out and written, before its grammar is there. */
export const waysOf = (language: Language, isNarrow: boolean): Extension => [
  isProse(language) ? autoDirection : CODE,
  indentUnit.of(language === "python" ? "    " : "  "),
  isProse(language) || isNarrow ? EditorView.lineWrapping : [],
];
