import { dayText } from "../words.ts";

/** Until when what is written in a room is kept, as a sentence; `at` is in milliseconds since 1970, undefined where no day is set. */
export function KeptUntil({ at }: { at: number | undefined }) {
  if (at === undefined) return <>It is kept until the host erases it.</>;
  return (
    <>
      It is erased by itself on <time dateTime={new Date(at).toISOString()}>{dayText(at)}</time>.
    </>
  );
}
