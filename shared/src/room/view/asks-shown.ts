import type { View } from "./view.ts";

/** The asks that a view shows, open or not. */
export const asksShown = (view: View): ReadonlySet<string> =>
  new Set(
    (view.role === "candidate" ? [...(view.ask ? [view.ask] : []), ...view.earlier] : view.asks).map(
      ({ askId }) => askId,
    ),
  );
