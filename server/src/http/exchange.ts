import { ExportQuery, ImportPlan, ImportRequest } from "@whetstone/shared/bank-wire";
import { refusal } from "@whetstone/shared/room/refusal";
import { z } from "zod";
import { IMPORT_BYTES } from "../bank/exchange/parsed.ts";
import { writeExport } from "../bank/exchange/write-export.ts";
import { runImport } from "../bank/import.ts";
import type { Library } from "../bank/library.ts";
import { packForExport } from "../bank/pack-for-export.ts";
import type { Pool } from "../threads/pool.ts";
import { type RouteOptions, type Routes, refusals } from "./api.ts";

export interface ExchangeRouteOptions extends RouteOptions {
  readonly library: Library;
  readonly pool: Pool;
}

const config = { admits: "writer" } as const;
/** Room for the files as JSON, which doubles every quote and line end; what is too large is refused by its own sentence. */
const BODY_BYTES = 2 * IMPORT_BYTES + 1024 * 1024;

/** Packs from files and to files, for whoever may open a room. */
export const exchangeRoutes: Routes<ExchangeRouteOptions> = async (app, { library, now, pool }) => {
  for (const [path, carryOut, summary] of [
    ["/bank/import/look", false, "What an import would do, line by line"],
    ["/bank/import", true, "Import, all or nothing"],
  ] as const) {
    app.post(
      path,
      {
        config,
        bodyLimit: BODY_BYTES,
        schema: { summary, body: ImportRequest, response: { 200: ImportPlan, ...refusals } },
      },
      async (request) => runImport(library, pool, request.body, { carryOut, now: now() }),
    );
  }

  app.get(
    "/bank/export",
    {
      config,
      schema: {
        summary: "Export a pack; for candidates, its prompts alone",
        querystring: ExportQuery,
        response: { 200: z.unknown(), ...refusals },
      },
      // The file is written by its format; nothing is left to serialise.
      serializerCompiler: () => (file) => (typeof file === "string" ? file : JSON.stringify(file)),
    },
    async (request, reply) => {
      const found = packForExport(library, request.query.pack);
      if (!found) return reply.refuse(refusal("unknown_pack"));
      const { name, mediaType, body } = writeExport(found.pack, found.questions, found.kits, request.query);
      const file = typeof body === "string" ? body : Buffer.from(body);
      return reply.type(mediaType).header("content-disposition", `attachment; filename="${name}"`).send(file);
    },
  );
};
