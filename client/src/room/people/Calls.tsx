import { useEffect } from "react";
import { showCalling, soundIsOn, soundTwice } from "../../browser/calling.ts";
import type { QuestionsView } from "../store/questions-view.ts";

/** Who waits for the panel just now, in a few words; null where nobody does. */
function callOf({ people }: Pick<QuestionsView, "people">): string | null {
  const waiting = people.filter(({ admitted, movedOut }) => !admitted && !movedOut);
  const raised = people.filter(({ handRaised }) => handRaised);
  const [first] = [...waiting, ...raised];
  if (!first) return null;
  const others = waiting.length + raised.length - 1;
  const said = waiting.includes(first) ? `${first.name} waits` : `${first.name} raised a hand`;
  return others > 0 ? `${said}, and ${others} more` : said;
}

/** The page's title, and its sign among the tabs: who waits or has raised a hand is seen from any other one, and heard where one wishes. */
export function Calls({ view, title }: { view: QuestionsView; title: string }) {
  const call = callOf(view);
  useEffect(() => {
    showCalling(call !== null);
    if (call !== null && soundIsOn()) void soundTwice();
    return () => showCalling(false);
  }, [call]);
  return <title>{`${call === null ? "" : `● ${call} · `}${title} · Whetstone`}</title>;
}
