import { dayText } from "../words.ts";

/** Until when what is written in a room is kept, as a sentence; `at` is in milliseconds since 1970, undefined where no day is set; `by` may erase it. */
export function KeptUntil({ at, by = "the host" }: { at: number | undefined; by?: string }) {
  if (at === undefined) return <>It is kept until {by} erases it.</>;
  return (
    <>
      It is erased by itself on <time dateTime={new Date(at).toISOString()}>{dayText(at)}</time>.
    </>
  );
}
