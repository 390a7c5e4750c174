/** A moment of the calendar, from milliseconds since 1970, as this browser writes it. */
export const momentText = (at: number): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
