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
import { ImportPlaces } from "./import-places.ts";

export interface ExchangeRouteOptions extends RouteOptions {
  readonly library: Library;
  readonly pool: Pool;
}

const config = { admits: "writer" } as const;
/** Room for the files as JSON, which doubles every quote and line end; what is too large is refused by its own sentence. */
const BODY_BYTES = 2 * IMPORT_BYTES + 1024 * 1024;

/** The body as it came, described as what it holds. */
const ImportBody = z.instanceof(Uint8Array).meta({ ...z.toJSONSchema(ImportRequest, { target: "openapi-3.0" }) });

/** The answer as a thread has written it, described as what it holds. */
const ImportAnswer = z.instanceof(Uint8Array).meta({ ...z.toJSONSchema(ImportPlan, { target: "openapi-3.0" }) });

/** Packs from files and to files, for whoever may open a room. */
export const exchangeRoutes: Routes<ExchangeRouteOptions> = async (app, { library, now, pool }) => {
  const places = new ImportPlaces();
  // Bodies of imports are handed to a thread as they come; nothing of them is parsed beside the interviews.
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  for (const [path, carryOut, summary] of [
    ["/bank/import/look", false, "What an import would do, line by line"],
    ["/bank/import", true, "Import, all or nothing"],
  ] as const) {
    app.post(
      path,
      {
        config,
        bodyLimit: BODY_BYTES,
        schema: { summary, body: ImportBody, response: { 200: ImportAnswer, ...refusals } },
        onRequest: async (request, reply) => {
          const leave = places.take(request.ip);
          if (!leave) return reply.refuse(refusal("server_busy"));
          reply.raw.once("close", leave);
        },
      },
      async (request, reply) => {
        const body = new Uint8Array(request.body);
        const answer = await runImport(library, pool, body, { asker: request.ip, carryOut, now: now() });
        if ("reason" in answer) return reply.refuse(answer);
        return reply.type("application/json; charset=utf-8").send(answer);
      },
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
