import type { UsualWait } from "@whetstone/shared/practice/matching/usual";
import type { Widening } from "@whetstone/shared/practice/matching/wishes";
import { plural } from "../../words.ts";

/** What the page for finding a partner says, in words. */

/** Languages to practise in, by their ISO 639 code: those in which most of the world's interviews are held. */
export const LANGUAGES = [
  ...(["ar", "bn", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja"] as const),
  ...(["ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "sw", "ta", "th", "tr", "uk", "ur", "vi", "zh"] as const),
] as const;

/** A language as those call it who speak it. */
export function languageName(code: string): string {
  try {
    const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
  } catch {
    return code;
  }
}

/** The browser's language, where one can practise in it. */
export function firstLanguage(preferred: readonly string[]): string {
  const wished = preferred.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return wished.find((code) => LANGUAGES.some((known) => known === code)) ?? "en";
}

export const DAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** A wait in whole minutes: what is measured here is no better than that. */
export function waitText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes === 0 ? "less than a minute" : `about ${plural(minutes, "minute")}`;
}

/** Who waits, honestly. */
export function waitingText(waiting: readonly { readonly language: string; readonly people: number }[]): string {
  const all = waiting.reduce((sum, { people }) => sum + people, 0);
  if (all === 0) return "Nobody waits just now. Whoever comes first waits for the next.";
  const parts = waiting.map(({ language, people }) => `${people} in ${languageName(language)}`);
  return `${all === 1 ? "One person waits" : `${all} people wait`} just now: ${parts.join(", ")}.`;
}

export const WIDENING_NAMES: Record<Widening, { readonly name: string; readonly gone: string }> = {
  levels: { name: "A neighbouring level too", gone: "A neighbouring level counts too." },
  topics: { name: "Any topic", gone: "Any topic counts." },
  minutes: { name: "Either length", gone: "Either length counts." },
};

/** One hour of the week on the clock of a zone. */
export interface LocalHour {
  /** From Monday as 0. */
  readonly day: number;
  readonly hour: number;
}

const HOUR_MS = 3_600_000;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/** The first Monday of 1970. */
const FIRST_MONDAY = 4 * 24 * HOUR_MS;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** An hour of the week counted from Monday, midnight UTC, as it falls in a zone in the week of `now` (milliseconds since 1970). */
export function localHour(hour: number, zone: string, now: number): LocalHour {
  const monday = FIRST_MONDAY + Math.floor((now - FIRST_MONDAY) / WEEK_MS) * WEEK_MS;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    hourCycle: "h23",
  }).formatToParts(monday + hour * HOUR_MS);
  const part = (type: "weekday" | "hour") => parts.find((one) => one.type === type)?.value ?? "";
  return { day: Math.max(0, WEEKDAYS.indexOf(part("weekday"))), hour: Number(part("hour")) };
}

/** How long people usually waited at this hour; null where too few found somebody at it. */
export const usualNow = (usual: readonly UsualWait[], hour: number): UsualWait | null =>
  usual.find((one) => one.hour === hour) ?? null;
