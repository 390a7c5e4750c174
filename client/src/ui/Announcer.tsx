import { useSaid } from "./announce.ts";

/**
 * What is said to a screen reader. The two places take turns, as what stands in one already is not read again; both are there before
 * anything is said, as else it is missed.
 */
export function Announcer() {
  const { turn, sentences } = useSaid();
  return [0, 1].map((place) => (
    <div key={place} className="visually-hidden" aria-live="polite" aria-atomic="true">
      {turn % 2 === place && sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
    </div>
  ));
}
