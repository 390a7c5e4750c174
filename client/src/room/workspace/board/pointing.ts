import type { Collaborator, ExcalidrawImperativeAPI, SocketId } from "@excalidraw/excalidraw/types";
import type { Pointer } from "@whetstone/shared/workspace/wire";

/** Somebody else who points at something on the board. */
export interface Pointed extends Pointer {
  readonly seatId: string;
  readonly name: string;
  /** Tells people apart, from 0. */
  readonly color: number;
}

/** Who points where on a board, and where whoever sits here does. */
export interface Pointing {
  readonly subscribe: (changed: () => void) => () => void;
  readonly get: () => readonly Pointed[];
  /** Null is nowhere. */
  readonly point: (at: Pointer | null) => void;
}

/** The hues of `--other-1` to `--other-6`, in which the same people stand in a text, in tens of degrees. */
const HUES = [21, 2, 11, 32, 5, 24];
/** How many hues Excalidraw tells apart. */
const ALL_HUES = 37;

/** Excalidraw takes somebody's colour from what they are called in the program; of one letter it is that letter's number. */
const idOf = (color: number): string => String.fromCharCode(ALL_HUES + (HUES[color % HUES.length] ?? 0));

/** Shows where the others point, for as long as the function that this gives is not called. */
export function showPointed({ subscribe, get }: Pointing, api: ExcalidrawImperativeAPI): () => void {
  const show = () => {
    const collaborators = new Map(
      get().map(({ seatId, name, color, x, y }): [SocketId, Collaborator] => [
        seatId as SocketId,
        { id: idOf(color), username: name, pointer: { x, y, tool: "pointer" } },
      ]),
    );
    api.updateScene({ collaborators });
  };
  show();
  const end = subscribe(show);
  return () => {
    end();
    api.updateScene({ collaborators: new Map() });
  };
}
