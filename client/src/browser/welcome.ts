import type { CandidateView } from "@whetstone/shared/room/view/candidate";

/**
 * What the server showed together with a seat, from the page on which it was taken to the room's, which then has something to show before
 * it is connected. It is out of date a moment later, and kept no longer than this page.
 */
let welcome: { readonly token: string; readonly view: CandidateView } | null = null;

export function keepWelcome(token: string, view: CandidateView): void {
  welcome = { token, view };
}

/** What was shown with the seat of the token, once; null where there is nothing. */
export function takeWelcome(token: string): CandidateView | null {
  const { view } = welcome?.token === token ? welcome : { view: null };
  welcome = null;
  return view;
}
