import type { View } from "./view.ts";

/** The asks that a view shows, open or not. */
export const asksShown = (view: View): ReadonlySet<string> =>
  new Set(
    (view.role === "candidate" ? [...(view.ask ? [view.ask] : []), ...view.earlier] : view.asks).map(
      ({ askId }) => askId,
    ),
  );

/**
 * The asks whose documents can be read from their first key on by whoever has that view: those that it shows, and of peers' rounds that are over
 * those that it tells of.
 */
export function asksReplayed(view: View): ReadonlySet<string> {
  const past = view.role === "observer" ? [] : (view.peers?.past ?? []);
  return new Set([...asksShown(view), ...past.flatMap(({ asks }) => asks.map(({ askId }) => askId))]);
}
