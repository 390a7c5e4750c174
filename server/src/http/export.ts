import { refusal } from "@whetstone/shared/room/refusal";
import { view } from "@whetstone/shared/room/view";
import { z } from "zod";
import { toCsv } from "../export/csv.ts";
import { jsonExportSchema, toJson } from "../export/json.ts";
import { toMarkdown } from "../export/markdown.ts";
import { type RoomExport, roomExport } from "../export/room-export.ts";
import { type Routes, refusals, statusOf } from "./api.ts";
import { seatOfRequest } from "./seat.ts";

const FORMATS = {
  json: { type: "application/json; charset=utf-8", write: toJson },
  md: { type: "text/markdown; charset=utf-8", write: toMarkdown },
  csv: { type: "text/csv; charset=utf-8", write: toCsv },
} as const;

/** The room of the bearer's token in one of the formats, as far as the bearer may see it. */
export const exportRoutes: Routes = async (app, { rooms, now }) => {
  app.get(
    "/room/export.:format",
    {
      schema: {
        summary: "Export the room",
        params: z.object({ format: z.enum(["json", "md", "csv"]) }),
        response: { 200: z.string(), ...refusals },
        security: [{ seat: [] }],
      },
      // The file is written by its format; nothing is left to serialise.
      serializerCompiler: () => (file) => (typeof file === "string" ? file : JSON.stringify(file)),
    },
    async (request, reply) => {
      const seat = await seatOfRequest(rooms, request);
      if ("reason" in seat) return reply.code(statusOf(seat.reason)).send(seat);
      const seen = view(seat.state, seat.seatId);
      if (seen?.role !== "host" && seen?.role !== "interviewer") return reply.code(403).send(refusal("wrong_seat"));
      const { type, write } = FORMATS[request.params.format];
      const exported = roomExport(seen, now());
      const name = fileName(exported, request.params.format);
      return reply.type(type).header("content-disposition", `attachment; filename="${name}"`).send(write(exported));
    },
  );

  app.get("/schemas/room-export-1.json", { schema: { hide: true } }, async () => jsonExportSchema());
};

/** A name of plain letters and digits, whatever the room is called. */
function fileName({ room }: RoomExport, extension: string): string {
  const words = `${room.candidate ?? ""} ${room.title}`
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase()
    .slice(0, 60);
  return `whetstone-${words || "room"}.${extension}`;
}
