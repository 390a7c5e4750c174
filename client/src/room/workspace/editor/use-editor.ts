import { type RefObject, useEffect, useLayoutEffect, useReducer, useRef, useState } from "react";
import type { Found } from "./find.ts";
import type { Refused } from "./limit.ts";
import { type Changeable, type OpenEditor, openEditor } from "./open.ts";
import type { Workspace } from "./workspace.ts";

/** What happens in an open editor, as far as what stands around it shows it. */
export interface Happening {
  readonly findPanel: HTMLElement | null;
  readonly found: Found;
  readonly refused: Refused | null;
  readonly isLeaving: boolean;
  readonly isFollowing: boolean;
}

const NOTHING: Happening = {
  findPanel: null,
  found: { count: 0, current: 0 },
  refused: null,
  isLeaving: false,
  isFollowing: true,
};

interface Wished {
  readonly workspace: Workspace;
  readonly most: number;
  readonly follows: string | null;
  readonly takesFocus: boolean;
  readonly onWrite: (field: HTMLElement, isComposing: boolean) => void;
  readonly onRun: (() => void) | undefined;
  readonly onPaste: (characters: number) => void;
}

const changed = (before: Happening, change: Partial<Happening> | null): Happening => {
  if (change === null) return NOTHING;
  const isSame = Object.entries(change).every(([name, value]) => before[name as keyof Happening] === value);
  return isSame ? before : { ...before, ...change };
};

/** An editor in the element, for as long as it is on the page; another document opens another one. */
export function useEditor(
  place: RefObject<HTMLElement | null>,
  { workspace, most, follows, takesFocus, onWrite, onRun, onPaste }: Wished,
): readonly [OpenEditor | null, Happening] {
  const [open, setOpen] = useState<OpenEditor | null>(null);
  const [happening, happen] = useReducer(changed, NOTHING);
  const latest = useRef({ onWrite, onPaste, onRun, takesFocus });
  latest.current = { onWrite, onPaste, onRun, takesFocus };
  useLayoutEffect(() => {
    if (!place.current) return;
    const editor = openEditor({
      workspace,
      parent: place.current,
      most,
      follows,
      listeners: {
        onWrite: (field, isComposing) => latest.current.onWrite(field, isComposing),
        onRun: () => {
          const { onRun: run } = latest.current;
          run?.();
          return run !== undefined;
        },
        onPaste: (characters) => latest.current.onPaste(characters),
        onRefused: (refused) => happen({ refused }),
        onLeaving: (isLeaving) => happen({ isLeaving }),
        onFollowing: (isFollowing) => happen({ isFollowing }),
        onPanel: (findPanel) => happen({ findPanel }),
        onFound: (found) => happen({ found }),
      },
    });
    setOpen(editor);
    return () => {
      editor.close();
      setOpen(null);
      happen(null);
    };
  }, [place, workspace, most, follows]);
  useEffect(() => {
    if (open && latest.current.takesFocus) open.view.focus();
  }, [open]);
  return [open, happening];
}

/** Keeps a part of the open editor as it is given; a change that was made before is not made again. */
export function usePart(
  open: OpenEditor | null,
  name: keyof Changeable,
  make: () => Changeable[typeof name],
  on: string,
) {
  const making = useRef(make);
  making.current = make;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `on` says what the part is made of
  useLayoutEffect(() => open?.change(name, making.current()), [open, name, on]);
}

/**
 * The same for a part that is fetched; until it has come, and where it does not, the editor does without. Gives whether it could not be
 * fetched.
 */
export function useLatePart(
  open: OpenEditor | null,
  name: keyof Changeable,
  load: () => Promise<Changeable[typeof name]>,
  on: string,
): boolean {
  const [missing, setMissing] = useState<string | null>(null);
  const loading = useRef(load);
  loading.current = load;
  useEffect(() => {
    if (!open) return;
    let isCurrent = true;
    const change = (extension: Changeable[typeof name], isMissing: boolean) => {
      if (!isCurrent) return;
      open.change(name, extension);
      setMissing(isMissing ? on : null);
    };
    loading.current().then(
      (extension) => change(extension, false),
      () => change([], true),
    );
    return () => {
      isCurrent = false;
    };
  }, [open, name, on]);
  return missing === on;
}
