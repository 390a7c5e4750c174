import { useEffect, useSyncExternalStore } from "react";
import { z } from "zod";
import { KeptValue } from "../../browser/kept.ts";
import { browserStorage, type KeyStorage } from "../../browser/storage.ts";
import { tellUnsaved } from "../../browser/unsaved.ts";
import { partedAt } from "../../ui/length.ts";
import { useRoom, useRoomContext } from "../store/context.tsx";

/**
 * What does not fit: of a text that saves itself as it is typed, what is beyond its longest. The beginning is saved as always, the rest
 * is kept in this browser at once, stays in the field behind it, and is said to be unsaved until it is shortened or let go.
 */

const Texts = z.record(z.string(), z.string());

export class BeyondTexts {
  readonly #kept: KeptValue<Record<string, string>>;
  readonly #name: string;
  readonly #listeners = new Set<() => void>();
  /** Places whose field is on the page, with how many. */
  readonly #shown = new Map<string, number>();
  #texts: Readonly<Record<string, string>>;
  #version = 0;

  constructor(storage: KeyStorage, roomId: string, seatId: string) {
    this.#name = `whetstone.beyond.${roomId}.${seatId}`;
    this.#kept = new KeptValue(storage, this.#name, Texts);
    this.#texts = this.#kept.read() ?? {};
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly version = (): number => this.#version;

  get count(): number {
    return Object.keys(this.#texts).length;
  }

  of(place: string): string {
    return this.#texts[place] ?? "";
  }

  /** What is kept of fields that are not on the page. */
  get elsewhere(): readonly { readonly place: string; readonly text: string }[] {
    return Object.entries(this.#texts)
      .filter(([place]) => !this.#shown.has(place))
      .map(([place, text]) => ({ place, text }));
  }

  /** Takes a text that was typed: the rest is kept, and what fits is saved. */
  write(place: string, text: string, most: number, save: (text: string) => void): void {
    const { within, beyond } = partedAt(text, most);
    this.keep(place, beyond);
    save(within);
  }

  keep(place: string, text: string): void {
    if (this.of(place) === text) return;
    const { [place]: _, ...others } = this.#texts;
    this.#texts = text === "" ? others : { ...others, [place]: text };
    this.#kept.keep(this.count === 0 ? null : { ...this.#texts });
    this.tell();
    this.#changed();
  }

  /** Says to whoever leaves the page that something is unsaved, for as long as it is. */
  tell(): void {
    tellUnsaved(this.#name, this.count > 0);
  }

  /** The field of a place is on the page, until what this gives is called. */
  show(place: string): () => void {
    this.#shown.set(place, (this.#shown.get(place) ?? 0) + 1);
    this.#changed();
    return () => {
      const left = (this.#shown.get(place) ?? 1) - 1;
      if (left > 0) this.#shown.set(place, left);
      else this.#shown.delete(place);
      this.#changed();
    };
  }

  #changed(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}

const opened = new Map<string, BeyondTexts>();

/** What does not fit of what this seat wrote. */
export function useBeyond(): BeyondTexts {
  const { roomId } = useRoomContext();
  const seatId = useRoom().view?.you.seatId ?? "";
  const name = `${roomId}.${seatId}`;
  const beyond = opened.get(name) ?? new BeyondTexts(browserStorage, roomId, seatId);
  opened.set(name, beyond);
  useSyncExternalStore(beyond.subscribe, beyond.version);
  useEffect(() => beyond.tell(), [beyond]);
  return beyond;
}

/** The field of a place is on the page, for as long as the component is. Null is no place. */
export function useShown(beyond: BeyondTexts, place: string | null): void {
  useEffect(() => (place === null ? undefined : beyond.show(place)), [beyond, place]);
}

interface Whole {
  /** What is saved, and what does not fit behind it. */
  readonly text: string;
  readonly write: (text: string) => void;
}

/** A text that saves itself as it is typed, as its writer sees it: never cut. Null is a place whose field cannot be written. */
export function useWholeText(place: string | null, saved: string, most: number, save: (text: string) => void): Whole {
  const beyond = useBeyond();
  useShown(beyond, place);
  if (place === null) return { text: saved, write: () => {} };
  return {
    text: saved + beyond.of(place),
    // What is typed beyond the end changes nothing of what is saved.
    write: (text) => beyond.write(place, text, most, (fits) => fits !== saved && save(fits)),
  };
}

/** What becomes of a text that saves itself and is too long. */
export const BEYOND =
  "The beginning is saved; what is beyond is kept in this browser only. Shorten it, and all of it is saved.";
