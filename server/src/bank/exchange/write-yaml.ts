import { strToU8, zipSync } from "fflate";
import { stringify } from "yaml";
import { inOrder, type PackContents, type Prompt } from "./contents.ts";
import { slugOf } from "./slug.ts";

/** Texts are never folded, so that what a line says stays in a line; the same criterion twice is written twice. */
const yaml = (value: unknown): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });

/** One file of several documents: the pack, its questions, its kits. */
export function yamlOfPack(contents: PackContents): string {
  const { pack, questions, kits } = inOrder(contents);
  return [pack, ...questions, ...kits].map(yaml).join("---\n");
}

export const yamlOfPrompts = (prompts: readonly Prompt[]): string => yaml({ questions: prompts });

/** The project's folder as a ZIP: `<pack>/pack.yaml`, `<pack>/<topic>/<question>.yaml`, `<pack>/kits/<kit>.yaml`. */
export function zipOfPack(contents: PackContents): Uint8Array {
  const { pack, questions, kits } = inOrder(contents);
  return zip([
    [`${pack.id}/pack.yaml`, yaml(pack)],
    ...questions.map((question) => [`${pack.id}/${question.topic}/${question.id}.yaml`, yaml(question)] as const),
    ...kits.map((kit) => [`${pack.id}/kits/${kit.id}.yaml`, yaml(kit)] as const),
  ]);
}

/** The prompts as a ZIP, each in the folder of its topic under its number: a name would be made from the title. */
export function zipOfPrompts(prompts: readonly Prompt[]): Uint8Array {
  const digits = String(prompts.length).length;
  return zip(
    prompts.map((prompt, index) => {
      const number = String(index + 1).padStart(digits, "0");
      return [`questions/${slugOf(prompt.topic, "topic")}/${number}.yaml`, yaml(prompt)];
    }),
  );
}

/** The same time for every file, so that equal contents are equal bytes. As parts, because a ZIP holds local time. */
const FILE_TIME = new Date(2000, 0, 1);

const zip = (files: readonly (readonly [string, string])[]): Uint8Array =>
  zipSync(Object.fromEntries(files.map(([path, text]) => [path, strToU8(text)])), { mtime: FILE_TIME });
