import { Button } from "../../ui/Button.tsx";
import { Choice } from "../../ui/Choice.tsx";
import type { OwnMedia } from "./own-media.ts";
import type { OwnWindow } from "./own-window.ts";
import { useLatest } from "./use-call.ts";

interface LayoutProps {
  readonly own: OwnMedia;
  readonly ownWindow: OwnWindow;
  readonly hasRoomBeside: boolean;
}

const NAMES = { below: "Below", beside: "Beside the page" } as const;

/** Where people stand: below the page, beside it, or in a window above all others. */
export function Layout({ own, ownWindow, hasRoomBeside }: LayoutProps) {
  const { chosen } = useLatest(own);
  return (
    <>
      {hasRoomBeside && (
        <Choice
          id="call-layout"
          legend="Where people stand"
          options={["below", "beside"]}
          names={NAMES}
          chosen={chosen.isBeside ? "beside" : "below"}
          onChoose={(where) => own.showBeside(where === "beside")}
        />
      )}
      {ownWindow.isPossible && ownWindow.opened === null && (
        <Button onClick={() => void ownWindow.open()}>Show people in a window of their own</Button>
      )}
    </>
  );
}
