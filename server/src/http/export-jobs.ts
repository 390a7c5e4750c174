import { createReadStream } from "node:fs";
import { ExportProgress, ExportRequest, StartExport } from "@whetstone/shared/export-wire";
import type { Refusal } from "@whetstone/shared/room/refusal";
import { z } from "zod";
import type { ExportJobs } from "../export/jobs.ts";
import { type MakingRouteOptions, type Routes, refusals } from "./api.ts";

interface ExportJobRouteOptions extends MakingRouteOptions {
  readonly jobs: ExportJobs;
}

/**
 * Exports of many rooms as one ZIP: started, followed, stopped and taken. The rooms' secrets and the export's name travel in
 * bodies only.
 */
export const exportJobRoutes: Routes<ExportJobRouteOptions> = async (app, { jobs, mint }) => {
  app.post(
    "/exports",
    {
      config: { admits: "anyone" },
      schema: {
        summary: "Start an export of many rooms",
        body: StartExport,
        response: { 202: ExportProgress, ...refusals },
      },
    },
    async (request, reply) => {
      const { commandId, ...asked } = request.body;
      const exportId = mint(JSON.stringify(asked), commandId).key("export");
      const started = await jobs.start(exportId, asked, request.ip);
      return "reason" in started ? reply.refuse(started) : reply.code(202).send(started);
    },
  );

  app.post(
    "/exports/progress",
    {
      config: { admits: "anyone" },
      schema: { summary: "How far it is", body: ExportRequest, response: { 200: ExportProgress, ...refusals } },
    },
    async (request, reply) => {
      const progress = jobs.progress(request.body.exportId);
      return "reason" in progress ? reply.refuse(progress) : progress;
    },
  );

  app.post(
    "/exports/drop",
    {
      config: { admits: "anyone" },
      schema: { summary: "Stop it, or drop its file", body: ExportRequest, response: { 204: z.null(), ...refusals } },
    },
    async (request, reply) => {
      jobs.drop(request.body.exportId);
      return reply.code(204).send(null);
    },
  );

  app.post(
    "/exports/file",
    {
      config: { admits: "anyone" },
      schema: { summary: "Take the ZIP", body: ExportRequest, response: { 200: z.unknown(), ...refusals } },
      // Only a refusal is serialised; the file is sent as it is.
      serializerCompiler: () => (refused: Refusal) => JSON.stringify(refused),
    },
    async (request, reply) => {
      const file = jobs.file(request.body.exportId);
      if ("reason" in file) return reply.refuse(file);
      return reply
        .type("application/zip")
        .header("content-disposition", 'attachment; filename="whetstone-scorecards.zip"')
        .send(createReadStream(file.path));
    },
  );
};
