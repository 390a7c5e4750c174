import { ExportFormat } from "@whetstone/shared/export-wire";
import { refusal } from "@whetstone/shared/room/refusal";
import { view } from "@whetstone/shared/room/view/view";
import { z } from "zod";
import { attachment, fileName } from "../export/file-name.ts";
import { writers } from "../export/formats.ts";
import { roomExport } from "../export/from-view.ts";
import { jsonExportSchema } from "../export/json.ts";
import { PdfPrinter } from "../export/pdf.ts";
import { xlsxInThread } from "../export/xlsx-in-thread.ts";
import { type RouteOptions, type Routes, refusals, statusOf } from "./api.ts";
import { seatOfRequest } from "./seat.ts";

interface ExportRouteOptions extends RouteOptions {
  /** Closed with the routes. */
  readonly printer?: PdfPrinter;
}

/** The room of the bearer's token in one of the formats, as far as the bearer may see it. */
export const exportRoutes: Routes<ExportRouteOptions> = async (app, { rooms, now, printer = new PdfPrinter() }) => {
  app.addHook("onClose", () => printer.close());
  const writerOf = writers(printer, xlsxInThread);

  app.get(
    "/room/export.:format",
    {
      schema: {
        summary: "Export the room",
        params: z.object({ format: ExportFormat }),
        response: { 200: z.unknown(), ...refusals },
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
      const { format } = request.params;
      const { mediaType, write } = writerOf[format];
      const exported = roomExport(seen, now());
      const file = await write(exported);
      if (typeof file === "object" && "problem" in file) {
        const refused = refusal("format_unavailable", file.problem);
        return reply.code(statusOf(refused.reason)).send(refused);
      }
      return reply
        .type(mediaType)
        .header("content-disposition", attachment(fileName(exported, format)))
        .send(typeof file === "string" ? file : Buffer.from(file));
    },
  );

  app.get("/schemas/room-export-2.json", { schema: { hide: true } }, async () => jsonExportSchema());
};
