import { CAPTION_LIMITS } from "@whetstone/shared/captions/wire";

/** Where a sentence ends, and another begins: a full stop alone may stand within a number or a name. */
const END = /(?:[.?!…]["'”’»)\]]*\s+|[。？！][」』）]*)$/u;

/** Whether a text that is typed is a whole sentence. */
export const isSentence = (text: string): boolean => END.test(text);

/** A text in pieces that each fit into a line, cut between words where there are any. */
export function pieces(text: string): readonly string[] {
  const rest = text.trim();
  if (rest.length <= CAPTION_LIMITS.text) return rest === "" ? [] : [rest];
  const space = rest.lastIndexOf(" ", CAPTION_LIMITS.text);
  const at = space > 0 ? space : CAPTION_LIMITS.text;
  return [rest.slice(0, at), ...pieces(rest.slice(at))];
}
