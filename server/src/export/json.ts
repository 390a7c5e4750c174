import { z } from "zod";
import { RoomExport } from "./room-export.ts";

export const toJson = (exported: RoomExport): string => `${JSON.stringify(exported, null, 2)}\n`;

/** The JSON Schema (draft 2020-12) of the JSON export, for whoever reads it by program. */
export const jsonExportSchema = (): unknown => z.toJSONSchema(RoomExport);
