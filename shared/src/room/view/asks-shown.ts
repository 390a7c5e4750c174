import type { View } from "./view.ts";

/** The asks that a view shows with what was written to them, open or not. A captioner reads the question alone. */
export const asksShown = (view: View): ReadonlySet<string> => new Set(askIds(view));

function askIds(view: View): readonly string[] {
  switch (view.role) {
    case "candidate":
      return [...(view.ask ? [view.ask] : []), ...view.earlier].map(({ askId }) => askId);
    case "captioner":
      return [];
    case "host":
    case "interviewer":
    case "observer":
      return view.asks.map(({ askId }) => askId);
    default:
      return view satisfies never;
  }
}

/**
 * The asks whose documents can be read from their first key on by whoever has that view: those that it shows, and of peers' rounds that are over
 * those that it tells of.
 */
export function asksReplayed(view: View): ReadonlySet<string> {
  const past = "peers" in view ? (view.peers?.past ?? []) : [];
  return new Set([...asksShown(view), ...past.flatMap(({ asks }) => asks.map(({ askId }) => askId))]);
}
