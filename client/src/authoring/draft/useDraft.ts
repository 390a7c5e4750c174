import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useState, useSyncExternalStore } from "react";
import { newId } from "../../browser/ids.ts";
import { savesBy, useTellUnsaved } from "../../browser/unsaved.ts";
import { RequestRefused } from "../../refusals.ts";
import {
  type Authored,
  DraftSaver,
  type DraftSaverOptions,
  type DraftServer,
  type DraftSnapshot,
} from "./draft-saver.ts";

/** How pages hold a draft: under which identifier, what the server has of it, and the saver of it. */

interface DraftId {
  readonly id: string;
  /** It begins on this page, so the server has nothing of it yet. */
  readonly begins: boolean;
}

/**
 * The identifier of the draft at an address: `new` gets a fresh one, and keeps it when the address is replaced by it at the first
 * keystroke, so that the page is not built anew under the writer's hands.
 */
export function useDraftId(parameter: string, prefix: string): DraftId {
  const [fresh, setFresh] = useState(() => ({ id: freshId(prefix), isUsed: false }));
  if (parameter === fresh.id && !fresh.isUsed) setFresh({ ...fresh, isUsed: true });
  if (parameter === "new" && fresh.isUsed) setFresh({ id: freshId(prefix), isUsed: false });
  return { id: parameter === "new" ? fresh.id : parameter, begins: parameter === "new" || parameter === fresh.id };
}

const freshId = (prefix: string): string => newId(prefix).replace("_", "-");

/** Reads what is edited anew each time, as an older copy would look like somebody else's change. */
export const FRESH = {
  gcTime: 0,
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnReconnect: false,
  networkMode: "always",
  retry: (count: number, error: Error): boolean => count < 1 && !(error instanceof RequestRefused),
} as const;

/** What the server has under an identifier, or null where it has nothing. */
export function useAuthored<Record extends Authored>(
  kind: string,
  { id, begins }: DraftId,
  server: DraftServer<Record>,
) {
  return useQuery({
    ...FRESH,
    queryKey: ["own", kind, "one", id],
    enabled: !begins,
    queryFn: () => orNull(server.load(id)),
  });
}

/** The answer, or null where the server says that there is no such thing. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    const reason = error instanceof RequestRefused ? error.refusal.reason : null;
    if (reason === "unknown_question" || reason === "unknown_kit") return null;
    throw error;
  }
}

/** A draft that saves itself for as long as the page shows it, and a last time when it is left. */
export function useDraftSaver<Record extends Authored>(
  options: () => DraftSaverOptions<Record>,
): { readonly saver: DraftSaver<Record>; readonly snapshot: DraftSnapshot<Record> } {
  const [saver] = useState(() => new DraftSaver(options()));
  const snapshot = useSyncExternalStore(saver.subscribe, saver.getSnapshot);
  const queries = useQueryClient();
  const place = `draft.${useId()}`;
  useTellUnsaved(place, snapshot.saving.kind !== "saved" || snapshot.theirs !== null);
  useEffect(() => savesBy(place, () => saver.saved()), [place, saver]);
  useEffect(() => {
    saver.enter();
    const saveNow = () => saver.flush();
    const saveBeforeLeaving = () => saver.flush(true);
    const saveWhenHidden = () => document.visibilityState === "hidden" && saver.flush(true);
    window.addEventListener("online", saveNow);
    window.addEventListener("pagehide", saveBeforeLeaving);
    document.addEventListener("visibilitychange", saveWhenHidden);
    return () => {
      window.removeEventListener("online", saveNow);
      window.removeEventListener("pagehide", saveBeforeLeaving);
      document.removeEventListener("visibilitychange", saveWhenHidden);
      saver.leave();
    };
  }, [saver]);
  // Lists, searches and kits show what is published; they are read again once that has changed.
  const inLists = snapshot.own && JSON.stringify([snapshot.own.published, snapshot.own.archived]);
  const [shown, setShown] = useState(inLists);
  useEffect(() => {
    if (inLists === shown) return;
    setShown(inLists);
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[2] !== "one" });
  }, [queries, inLists, shown]);
  return { saver, snapshot };
}

/** Tries to save again once the bank can be read: the host key that was missing is there now. */
export function useSaveOnceAllowed<Record extends Authored>(saver: DraftSaver<Record>, isAllowed: boolean): void {
  useEffect(() => {
    if (isAllowed) saver.flush();
  }, [isAllowed, saver]);
}
