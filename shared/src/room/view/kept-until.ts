import { z } from "zod";
import type { RoomState } from "../state.ts";

export const KeptUntil = z
  .number()
  .optional()
  .describe("When the room is erased by itself, in milliseconds since 1970; left out where it is not.");

export const keptUntil = ({ keeping }: Pick<RoomState, "keeping">): { keptUntil?: number } =>
  keeping.keptUntil === null ? {} : { keptUntil: keeping.keptUntil };
