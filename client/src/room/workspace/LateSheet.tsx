import { Suspense } from "react";
import { part } from "../../ui/Part.tsx";
import { AsWritten } from "./AsWritten.tsx";
import type { DocumentSheetProps } from "./DocumentSheet.tsx";

const Instead = ({ instead }: DocumentSheetProps) => instead;

const FetchedSheet = part<DocumentSheetProps>(
  async () => (await import("./DocumentSheet.tsx")).DocumentSheet,
  Instead,
  {
    hasStandIn: true,
  },
);

/** The sheet of an ask on a page that is there before it has its editor. Where that cannot be fetched, something simpler stands instead. */
export const LateSheet = (props: DocumentSheetProps) => (
  <Suspense fallback={<AsWritten text={props.answer} />}>
    <FetchedSheet {...props} />
  </Suspense>
);

/** Fetches the editor, so that it is there when the first question comes. */
export const prefetchSheet = FetchedSheet.prefetch;
