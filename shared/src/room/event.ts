import { z } from "zod";
import { AskingLet, askEvents } from "./asks/events.ts";
import { callEvents } from "./call/events.ts";
import { courseEvents, RoomOpened, RoundBegun } from "./course/events.ts";
import { decisionEvents } from "./decision/events.ts";
import { feedbackEvents } from "./feedback/events.ts";
import { Id } from "./id.ts";
import { keepingEvents } from "./keeping/events.ts";
import { messageEvents } from "./messages/events.ts";
import { peerEvents } from "./peers/events.ts";
import { runEvents } from "./runs/events.ts";
import { Reminded, ScorecardsRead, scorecardEvents } from "./scorecard/events.ts";
import { leadingEvents, seatEvents } from "./seats/events.ts";
import { AnswerFolded, EditingLet, Marked, QuietBegan, QuietEnded } from "./workspace/events.ts";

/**
 * Everything that can have happened in a room, as it is stored today. Stored events are never rewritten: whoever changes one of
 * these raises `EVENTS_VERSION` and teaches `upcast.ts` to read what was stored before.
 */
export const RoomEvent = z.discriminatedUnion("type", [
  RoomOpened,
  RoundBegun,
  ...seatEvents,
  ...leadingEvents,
  ...courseEvents,
  ...askEvents,
  AskingLet,
  ...scorecardEvents,
  ScorecardsRead,
  Reminded,
  ...decisionEvents,
  ...feedbackEvents,
  ...keepingEvents,
  ...peerEvents,
  AnswerFolded,
  EditingLet,
  ...runEvents,
  QuietBegan,
  QuietEnded,
  Marked,
  ...callEvents,
  ...messageEvents,
]);
export type RoomEvent = z.infer<typeof RoomEvent>;

/** The version that new events are stored under. */
export const EVENTS_VERSION = 10;

/**
 * One accepted command with the events it caused. `(roomId, seq)` is its key, `seq` counts from 1 without gaps;
 * `at` is the server's time in milliseconds since 1970 and never falls within a room; `seatId` is null for whoever had a link only.
 */
export const Commit = z.strictObject({
  roomId: Id,
  seq: z.int().min(1),
  commandId: Id,
  seatId: Id.nullable(),
  at: z.int(),
  events: z.array(RoomEvent),
});
export type Commit = z.infer<typeof Commit>;
