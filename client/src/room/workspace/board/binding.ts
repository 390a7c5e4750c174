import {
  CaptureUpdateAction,
  isInvisiblySmallElement,
  reconcileElements,
  restoreElements,
} from "@excalidraw/excalidraw";
import type { OrderedExcalidrawElement } from "@excalidraw/excalidraw/element/types";
import type { AppState, ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import {
  type BoardMemory,
  boardOf,
  bytesOfBoard,
  bytesOfBoardWith,
  putOnBoard,
} from "@whetstone/shared/workspace/board/board";
import { type BoardEntry, type BoardVersion, entryOf, stands } from "@whetstone/shared/workspace/board/element";
import { BOARD_LIMITS } from "@whetstone/shared/workspace/board/limits";
import { elementsIn } from "@whetstone/shared/workspace/board/map";
import type * as Y from "yjs";
import type { BoardFault } from "./faults.ts";
import { isAtRest } from "./keys.ts";
import { type Pointing, showPointed } from "./pointing.ts";

type Element = OrderedExcalidrawElement;
type Remote = Parameters<typeof reconcileElements>[1];

/** The ground of a board: the sheet beneath it is seen. */
export const GROUND = "transparent";

interface BoardListener {
  /** What the document has is shown, and can be drawn on. */
  readonly onReady: () => void;
  readonly onRefused: (fault: BoardFault) => void;
}

/**
 * How long what is drawn is gathered before it is written, in milliseconds: so long for one element, whose versions take one place in the
 * document however many there are, and so long for each of several that move at once, whose versions take a place each. Nobody drags for so
 * long that it makes more pieces of a board than one seat may.
 */
const GATHER_MS = 80;
const GATHER_MS_EACH = 60;

const isSame = (one: BoardVersion, other: BoardVersion): boolean =>
  one.version === other.version && one.versionNonce === other.versionNonce;

/**
 * Keeps a board's document and what Excalidraw shows of it alike. What is drawn is written as entries of whole elements; of what two draw at once
 * that stands which stands everywhere, by Excalidraw's own rule.
 */
export class BoardBinding {
  readonly #document: Y.Doc;
  readonly #told: BoardListener;
  readonly #memory: BoardMemory = new Map();
  /** What the document has, as far as Excalidraw was told of it or told it. */
  #known = new Map<string, BoardVersion>();
  #api: ExcalidrawImperativeAPI | null = null;
  #scene: readonly Element[] = [];
  #isReady = false;
  #isEditable = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;

  constructor(document: Y.Doc, told: BoardListener) {
    this.#document = document;
    this.#told = told;
  }

  /** Begins, with what is shown at first, and ends when the function that this gives is called. */
  begin(): () => void {
    const map = elementsIn(this.#document);
    const changed = (_: unknown, { origin }: { readonly origin: unknown }) => {
      if (origin !== this) this.#show();
    };
    const flush = () => this.flush();
    map.observe(changed);
    window.addEventListener("pagehide", flush);
    return () => {
      this.flush();
      this.#isReady = false;
      map.unobserve(changed);
      window.removeEventListener("pagehide", flush);
    };
  }

  set api(api: ExcalidrawImperativeAPI) {
    this.#api = api;
    api.onPointerUp(() => this.#writeSoon(0));
  }

  /** Whether Escape would change nothing on the board. */
  get isAtRest(): boolean {
    return this.#api !== null && isAtRest(this.#api.getAppState());
  }

  /** Shows where the others point until the function that this gives is called. */
  showPointed(pointing: Pointing): () => void {
    return this.#api ? showPointed(pointing, this.#api) : () => undefined;
  }

  /** To be called when the board may have come to stand elsewhere in the window. */
  moved(): void {
    this.#api?.refresh();
  }

  set isEditable(isEditable: boolean) {
    // What was drawn while one might is brought to the server, which has the last word.
    if (!isEditable) this.flush();
    this.#isEditable = isEditable;
  }

  /** Excalidraw shows this now. */
  changed(elements: readonly Element[], state: Pick<AppState, "isLoading" | "viewBackgroundColor">): void {
    // What is drawn before the first scene has come would be gone with it; that scene is known by its ground.
    if (state.isLoading || state.viewBackgroundColor !== GROUND || !this.#api) return;
    this.#scene = elements;
    if (!this.#isReady) {
      this.#isReady = true;
      this.#show();
      this.#told.onReady();
    }
    if (this.#isEditable) this.#writeSoon(Math.max(GATHER_MS, this.#notBefore - performance.now()));
  }

  /** Changes what is shown as whoever sits here wishes it, which can be taken back. */
  edit(change: (elements: readonly Element[]) => readonly Element[]): void {
    const api = this.#api;
    if (!api || !this.#isEditable) return;
    const before = api.getSceneElementsIncludingDeleted();
    const elements = change(before);
    api.updateScene({ elements, captureUpdate: CaptureUpdateAction.IMMEDIATELY });
    this.#scene = api.getSceneElementsIncludingDeleted();
    // Whoever writes in the outline moves no board, and is shown all of it.
    if (this.#scene.length > before.length) api.scrollToContent(undefined, { fitToContent: true });
    this.flush();
  }

  /** Writes what is not written yet. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isReady || !this.#isEditable) return;
    const entries: BoardEntry[] = [];
    const refused = new Set<string>();
    for (const element of this.#scene) {
      if (!this.#isNews(element)) continue;
      const entry = entryOf(element);
      if (entry) entries.push(entry);
      else refused.add(element.id);
    }
    const isFull = entries.length > 0 && this.#isFullWith(entries);
    if (isFull) for (const { id } of entries.splice(0)) refused.add(id);
    if (entries.length > 0) {
      putOnBoard(this.#document, entries, this);
      for (const entry of entries) this.#known.set(entry.id, entry);
      this.#notBefore = performance.now() + (entries.length === 1 ? GATHER_MS : GATHER_MS_EACH * entries.length);
    }
    if (refused.size > 0)
      this.#takeOff(refused, isFull ? "board_full" : entries.length > 0 ? "partly" : "not_for_board");
  }

  #writeSoon(milliseconds: number): void {
    if (this.#timer !== undefined && milliseconds > 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), milliseconds);
  }

  #isNews(element: Element): boolean {
    const known = this.#known.get(element.id);
    if (known) return !isSame(element, known) && stands(element, known);
    // What came to nothing was never there for anybody else.
    return !element.isDeleted && !isInvisiblySmallElement(element);
  }

  #isFullWith(entries: readonly BoardEntry[]): boolean {
    const after = bytesOfBoardWith(this.#document, entries);
    return after > BOARD_LIMITS.bytes && after > bytesOfBoard(this.#document);
  }

  /** Shows, of what could not be written, what the document has. */
  #takeOff(ids: ReadonlySet<string>, fault: BoardFault): void {
    const api = this.#api;
    if (!api) return;
    const board = boardOf(this.#document, this.#memory);
    const elements = this.#scene.flatMap((element): readonly Element[] => {
      if (!ids.has(element.id)) return [element];
      const entry = board.get(element.id);
      return entry && !entry.isDeleted ? restoreElements([entry] as never, null) : [];
    });
    api.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
    this.#told.onRefused(fault);
  }

  /** Shows what others have drawn. */
  #show(): void {
    const api = this.#api;
    if (!api || !this.#isReady) return;
    const board = boardOf(this.#document, this.#memory);
    const local = api.getSceneElementsIncludingDeleted();
    const localById = new Map(local.map((element) => [element.id, element]));
    const news: unknown[] = [];
    for (const entry of board.values()) {
      const known = this.#known.get(entry.id);
      if (known && isSame(known, entry)) continue;
      const own = localById.get(entry.id);
      if (!entry.isDeleted) news.push(entry);
      else if (own) news.push({ ...own, ...entry });
    }
    for (const id of this.#known.keys()) {
      const own = board.has(id) ? undefined : localById.get(id);
      if (own && !own.isDeleted) news.push({ ...own, isDeleted: true, version: own.version + 1 });
    }
    this.#known = new Map(board);
    if (news.length === 0) return;
    const remote = restoreElements(news as never, null) as unknown as Remote;
    const elements = reconcileElements(local, remote, api.getAppState());
    api.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
  }
}
