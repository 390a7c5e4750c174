import { watchBeginning } from "../browser/beginning.ts";
import { holderName } from "../browser/holder.ts";
import { preloadNextFiles } from "../browser/next-files.ts";
import { asPasted } from "../browser/pasted.ts";

/**
 * What is done while the page is still on its way: this comes as a file of its own, ahead of it. What a link leads to is asked for, and
 * the files that are wanted next; and a page that does not come whole is loaded anew.
 */

/** Asks what a link leads to; the answer is not read yet. */
function askForLook(secret: string): Promise<Response> {
  return fetch("/api/links/look", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret, holder: holderName(), asks: "marks" }),
  });
}

interface Look {
  readonly secret: string;
  readonly answer: Promise<Response>;
}

function begin(): Look | null {
  const { pathname, hash } = window.location;
  const secret = asPasted(hash.slice(1));
  if (!/^\/join\/?$/.test(pathname) || secret === "") return null;
  const answer = askForLook(secret);
  // Whoever shows the page says what went wrong.
  answer.catch(() => {});
  return { secret, answer };
}

watchBeginning();
preloadNextFiles();
let early = begin();

/** The answer of the server to a look at a link, for which it may have been asked already; an early one is given once. */
export function lookAnswer(secret: string): Promise<Response> {
  const begun = early;
  early = null;
  return begun?.secret === secret ? begun.answer : askForLook(secret);
}
