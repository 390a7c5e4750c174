import type { Command } from "@whetstone/shared/room/command";
import { Envelope } from "@whetstone/shared/room/command";
import { planOnto } from "@whetstone/shared/room/course/state";
import { OLDEST_NOTE_MS } from "@whetstone/shared/room/scorecard/commands";
import { OLDEST_MARK_MS } from "@whetstone/shared/room/workspace/commands";
import { z } from "zod";
import { KeptList } from "../../browser/kept.ts";
import type { KeyStorage } from "../../browser/storage.ts";

/**
 * Commands that the server has not acknowledged, in the order in which they were given. They outlive a reload: what was typed is in
 * this browser's storage before it is anywhere else.
 */

const Entry = Envelope.extend({
  /** It may have reached the server, so its content can no longer change. */
  sent: z.boolean(),
  /** When it was begun and when it is due, in milliseconds of this browser's clock; they only ever measure a duration. */
  begunAt: z.number(),
  dueAt: z.number(),
});
export type Entry = z.infer<typeof Entry>;

/** How long typing is gathered before it is sent, in milliseconds. */
const GATHER_MS = {
  writeAnswer: 200,
  writeNote: 400,
  writeSummary: 400,
  writeFeedback: 400,
  writeToPeer: 400,
} as const;

/** What a command overwrites: of two unsent commands with one key only the later counts. Null for commands that all count. */
export function keyOf(command: Command): string | null {
  switch (command.type) {
    case "rate":
      return `rate/${command.askId}/${command.criterionId}`;
    case "tick":
      return `tick/${command.askId}/${command.keyPoint}`;
    case "writeNote":
      return `note/${command.noteId}`;
    case "writeAnswer":
      return `answer/${command.askId}`;
    case "writeToPeer":
      return `toPeer/${command.roundId}/${command.part}`;
    case "rateInterviewing":
      return `interviewing/${command.roundId}/${command.criterionId}`;
    case "ready":
      return `ready/${command.roundId}`;
    case "tellHad":
    case "wish":
    case "setMeeting":
    case "writeSummary":
    case "recommend":
    case "setConfidence":
    case "writeFeedback":
    case "arrangePlan":
      return command.type;
    default:
      return null;
  }
}

/** The command that one more takes the place of; undefined where it stands beside all others. */
export function replacedBy(entries: readonly Entry[], command: Command): Entry | undefined {
  const key = keyOf(command);
  return key === null ? undefined : entries.find((entry) => !entry.sent && keyOf(entry.command) === key);
}

/**
 * The outbox with one more command. Typing is gathered for a moment; anything else makes all before it due at once. What a command was
 * written on is without the one that it takes the place of.
 */
export function enqueue(
  entries: readonly Entry[],
  command: Command,
  { now, commandId }: { now: number; commandId: string },
): Entry[] {
  const replaced = replacedBy(entries, command);
  if (replaced) {
    return entries.map((entry) => (entry === replaced ? { ...entry, command: onTop(entry.command, command) } : entry));
  }
  const gatherMs = command.type in GATHER_MS ? GATHER_MS[command.type as keyof typeof GATHER_MS] : null;
  const entry: Entry = { commandId, command, sent: false, begunAt: now, dueAt: now + (gatherMs ?? 0) };
  const before = gatherMs === null ? entries.map((earlier) => ({ ...earlier, dueAt: now })) : entries;
  return [...before, entry];
}

/**
 * The later of two commands, of which the earlier was not sent. A plan is shown as the server has it, so both arranged the same one; and a note
 * goes on pointing at what it pointed at when it was begun.
 */
function onTop(before: Command, command: Command): Command {
  if (before.type === "writeNote" && command.type === "writeNote")
    return before.moment ? { ...command, moment: before.moment } : command;
  if (before.type !== "arrangePlan" || command.type !== "arrangePlan") return command;
  return { ...command, items: planOnto(before.items, command) };
}

/**
 * What an earlier page left, as of now. Between the two pages only the clock on the wall told the time, and it may have been set: nothing
 * was begun in the future or an age ago.
 */
export const takenUp = (entry: Entry, now: number): Entry => ({
  ...entry,
  begunAt: Math.min(now, Math.max(now - OLDEST_NOTE_MS, entry.begunAt)),
  dueAt: now,
});

/** When what it does was begun, in milliseconds of this browser's clock. A note that is put back has its age already. */
export const begun = ({ command, begunAt }: Pick<Entry, "command" | "begunAt">): number =>
  command.type === "writeNote" ? begunAt - command.ageMs : begunAt;

/** Whether somebody means that command; else the page tells it of itself, and nobody need know what becomes of it. */
export const isMeant = ({ command }: Pick<Entry, "command">): boolean => command.type !== "mark";

/** The command as it is sent: a note and a mark say how long ago they were begun. */
export function envelopeOf(entry: Entry, now: number): Envelope {
  const { commandId, command } = entry;
  if (command.type === "mark") {
    const ageMs = Math.min(OLDEST_MARK_MS, Math.max(0, Math.round(now - begun(entry))));
    return { commandId, command: { ...command, ageMs } };
  }
  if (command.type !== "writeNote") return { commandId, command };
  const ageMs = Math.min(OLDEST_NOTE_MS, Math.max(0, Math.round(now - begun(entry))));
  return { commandId, command: { ...command, ageMs } };
}

/** What somebody typed into a command; empty where it holds no text. */
export function writtenIn(command: Command): string {
  switch (command.type) {
    case "writeAnswer":
    case "writeNote":
    case "writeSummary":
    case "writeToPeer":
    case "sayLine":
    case "sayAside":
    case "sayToAll":
      return command.text;
    case "submitScorecard":
    case "amendScorecard":
      return command.reason ?? "";
    case "recordDecision":
      return command.rationale;
    case "push":
      return command.source.kind === "typed" ? command.source.prompt : "";
    case "writeFeedback": {
      const { message, strengths, concerns } = command.feedback;
      return [message, ...strengths, ...concerns].filter((text) => text.trim() !== "").join("\n\n");
    }
    default:
      return "";
  }
}

/** What the last page of this seat left, where the seat keeps it in this browser. */
export const openOutbox = (storage: KeyStorage, key: string): KeptList<Entry> => new KeptList(storage, key, Entry);
