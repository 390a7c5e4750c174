import { Excalidraw, MainMenu } from "@excalidraw/excalidraw";
import type { ExcalidrawProps } from "@excalidraw/excalidraw/types";
import { boardOf, shownOn } from "@whetstone/shared/workspace/board/board";
import { useEffect, useMemo } from "react";
import type * as Y from "yjs";
import { useMedia } from "../../../browser/media.ts";
import { type BoardBinding, GROUND } from "./binding.ts";
import type { Pointing } from "./pointing.ts";

interface CanvasProps {
  readonly document: Y.Doc;
  readonly binding: BoardBinding;
  /** What the document has is shown. */
  readonly isReady: boolean;
  readonly isEditable: boolean;
  readonly pointing: Pointing | null;
  readonly onPaste: NonNullable<ExcalidrawProps["onPaste"]>;
}

const DARK = "(prefers-color-scheme: dark)";

/** What an interview needs of Excalidraw: nothing that leads to a file, a service or another page, and no picture. */
const OPTIONS: NonNullable<ExcalidrawProps["UIOptions"]> = {
  canvasActions: {
    changeViewBackgroundColor: false,
    clearCanvas: false,
    export: false,
    loadScene: false,
    saveToActiveFile: false,
    saveAsImage: false,
    toggleTheme: false,
  },
  tools: { image: false },
};

/** A link on the board is opened beside the room, which stays, and whatever is there learns nothing of it. */
const openLink: NonNullable<ExcalidrawProps["onLinkOpen"]> = ({ link }, event) => {
  event.preventDefault();
  if (link && /^https?:\/\//i.test(link)) window.open(link, "_blank", "noopener,noreferrer");
};

/** What is drawn, as Excalidraw shows it. */
export function Canvas({ document, binding, isReady, isEditable, pointing, onPaste }: CanvasProps) {
  const isDark = useMedia(DARK);
  useEffect(() => (isReady && pointing ? binding.showPointed(pointing) : undefined), [isReady, binding, pointing]);
  const initial = useMemo(
    () => ({
      elements: shownOn(boardOf(document)) as never,
      appState: { viewBackgroundColor: GROUND },
      scrollToContent: true,
    }),
    [document],
  );
  return (
    <Excalidraw
      excalidrawAPI={(api) => {
        binding.api = api;
      }}
      initialData={initial}
      onChange={(elements, appState) => binding.changed(elements, appState)}
      onPaste={onPaste}
      onPointerUpdate={({ pointer: { x, y } }) => isEditable && pointing?.point({ x: Math.round(x), y: Math.round(y) })}
      onLinkOpen={openLink}
      viewModeEnabled={!isEditable}
      theme={isDark ? "dark" : "light"}
      UIOptions={OPTIONS}
      langCode="en"
      aiEnabled={false}
      validateEmbeddable={false}
      handleKeyboardGlobally={false}
      detectScroll={false}
    >
      <MainMenu>
        <MainMenu.ItemCustom> </MainMenu.ItemCustom>
      </MainMenu>
    </Excalidraw>
  );
}
