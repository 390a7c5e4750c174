import { ExportFormat } from "@whetstone/shared/export-wire";
import { refusal } from "@whetstone/shared/room/refusal";
import { panelView } from "@whetstone/shared/room/view/view";
import { z } from "zod";
import { boardsFor } from "../export/boards.ts";
import { attachment, fileName } from "../export/file-name.ts";
import { writersBeside } from "../export/formats.ts";
import { roomExport } from "../export/from-view.ts";
import { jsonExportSchema } from "../export/json.ts";
import type { AccessNotes } from "../room/accesses.ts";
import type { Boards } from "../room/documents/boards.ts";
import type { Pool } from "../threads/pool.ts";
import { type RouteOptions, type Routes, refusals, takesAway } from "./api.ts";
import { askerOf, seatOf } from "./principal.ts";

interface ExportRouteOptions extends RouteOptions {
  readonly notes: AccessNotes;
  readonly boards: Boards;
  readonly pool: Pool;
}

/** The room of the bearer's token in one of the formats, as far as the bearer may see it. */
export const exportRoutes: Routes<ExportRouteOptions> = async (app, { now, pool, notes, boards }) => {
  app.get(
    "/room/export.:format",
    {
      config: { admits: "exporter" },
      schema: {
        summary: "Export the room",
        params: z.object({ format: ExportFormat }),
        response: { 200: z.unknown(), ...refusals },
      },
      // The file is written by its format; nothing is left to serialise.
      serializerCompiler: () => (file) => (typeof file === "string" ? file : JSON.stringify(file)),
    },
    async (request, reply) => {
      const { roomId, state, seatId } = seatOf(request);
      const seen = panelView(state, seatId);
      if (!seen) return reply.refuse(refusal("wrong_seat"));
      const { format } = request.params;
      const { mediaType, write } = writersBeside(pool, askerOf(request))[format];
      const drawn = await boardsFor(boards, roomId, seatId, seen.asks);
      const exported = roomExport(seen, now(), drawn);
      if (takesAway(request)) notes.note(roomId, seatId, { what: "exported", format });
      const file = await write(exported);
      if (typeof file === "object" && "problem" in file) {
        return reply.refuse(refusal("format_unavailable", file.problem));
      }
      return reply
        .type(mediaType)
        .header("content-disposition", attachment(fileName(exported, format)))
        .send(typeof file === "string" ? file : Buffer.from(file));
    },
  );

  app.get("/schemas/room-export-2.json", { config: { admits: "anyone" }, schema: { hide: true } }, async () =>
    jsonExportSchema(),
  );
};
