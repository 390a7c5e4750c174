import type { BoardElement } from "@whetstone/shared/workspace/board/element";
import { outlineOf } from "@whetstone/shared/workspace/board/outline";
import { pictureOf } from "@whetstone/shared/workspace/board/picture";
import { toldOf } from "@whetstone/shared/workspace/board/told";
import { useMemo } from "react";
import { Drawing } from "../../ui/Drawing.tsx";

/** What stands on a board, drawn. */
export function BoardPicture({ elements, label }: { elements: readonly BoardElement[]; label: string }) {
  const picture = useMemo(() => pictureOf(elements), [elements]);
  const told = useMemo(() => toldOf(outlineOf(elements)), [elements]);
  return picture && <Drawing picture={picture} told={told} label={label} />;
}
