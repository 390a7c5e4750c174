import { z } from "zod";
import { askCommands } from "./asks/commands.ts";
import { callCommands } from "./call/commands.ts";
import { courseCommands } from "./course/commands.ts";
import { decisionCommands } from "./decision/commands.ts";
import { feedbackCommands, feedbackRequests } from "./feedback/commands.ts";
import { Id } from "./id.ts";
import { keepingRequests } from "./keeping/commands.ts";
import { messageCommands } from "./messages/commands.ts";
import { peerCommands, peerRequests } from "./peers/commands.ts";
import { runCommands } from "./runs/commands.ts";
import { scorecardCommands } from "./scorecard/commands.ts";
import { seatCommands, seatRequests } from "./seats/commands.ts";
import { workspaceCommands, workspaceRequests } from "./workspace/commands.ts";

/** What a seat can ask for over its socket. */
export const Command = z.discriminatedUnion("type", [
  ...seatCommands,
  ...courseCommands,
  ...askCommands,
  ...scorecardCommands,
  ...decisionCommands,
  ...feedbackCommands,
  ...peerCommands,
  ...workspaceCommands,
  ...runCommands,
  ...callCommands,
  ...messageCommands,
]);
export type Command = z.infer<typeof Command>;

/** A command that the server has not acknowledged, and when it was begun, in milliseconds since 1970 by the server's clock. */
export interface Unsaved {
  readonly command: Command;
  readonly begunAt: number;
}

/** What the server's routes ask for on somebody's behalf, or the server of itself, because more belongs to it than a commit. */
export const RequestedCommand = z.discriminatedUnion("type", [
  ...seatRequests,
  ...feedbackRequests,
  ...keepingRequests,
  ...peerRequests,
  ...workspaceRequests,
]);
export type RequestedCommand = z.infer<typeof RequestedCommand>;

/** Everything that can be asked of a room. */
export type AnyCommand = Command | RequestedCommand;

/** A command with the identifier under which it is carried out once, however often it is sent. */
export const Envelope = z.strictObject({ commandId: Id, command: Command });
export type Envelope = z.infer<typeof Envelope>;
