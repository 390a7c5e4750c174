import { z } from "zod";

export const RoomPhase = z.enum(["lobby", "live", "paused", "ended"]);
