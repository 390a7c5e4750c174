/** What there is place for, as media queries; the style sheets of this folder turn at the same points. */

/** The plan folds to a strip above, so that question, sheet and rubric keep their width. */
export const COMPACT = "(max-width: 1180px), (max-height: 560px)";

/** Sheet and strong answer share one place. */
export const TABBED = "(min-width: 720px) and (max-width: 999px) and (max-height: 819px)";

/** All criteria have place for their anchors. */
export const ROOMY = "(min-width: 1600px) and (min-height: 860px)";
