import { dirname } from "node:path";
import fastifyStatic from "@fastify/static";
import { CaptionShelf } from "@whetstone/shared/caption-models";
import { refusal } from "@whetstone/shared/room/refusal";
import type { FastifyError } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { CaptionModelShelf } from "../caption-models/shelf.ts";
import { refusals, UNKEPT } from "./api.ts";

interface CaptionModelOptions {
  readonly models: CaptionModelShelf;
}

const config = { admits: "seat" } as const;

/** The speech models that pages of rooms may caption with, and their files by the hash of what is in them, and so for ever. */
export const captionModelRoutes: FastifyPluginAsyncZod<CaptionModelOptions> = async (app, { models }) => {
  // For its ranges and lengths; which file it sends, and from where, is said for each request. The models' own folder is there once one is.
  const root = dirname(models.folder);
  await app.register(fastifyStatic, { root, serve: false, cacheControl: false, lastModified: false });

  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    if (error.statusCode !== 416) throw error;
    return reply.code(416).headers(UNKEPT).send(refusal("malformed"));
  });

  app.get(
    "/caption-models",
    {
      config,
      schema: { summary: "The speech models for captions", response: { 200: CaptionShelf, ...refusals } },
    },
    async () => models.list(),
  );

  app.get(
    "/caption-models/:sha256",
    {
      config,
      schema: {
        summary: "A file of a speech model, as a whole or a range of it",
        params: z.object({ sha256: z.string() }),
      },
    },
    async (request, reply) => {
      const path = await models.pathOf(request.params.sha256);
      if (path === null) return reply.refuse(refusal("unknown_page"));
      return reply
        .headers({ "cache-control": "private, max-age=31536000, immutable" })
        .sendFile(path, models.folder, { contentType: false, acceptRanges: true });
    },
  );
};

/** A worker that captions is brought all that it needs by the page, and asks nobody: what it hears, it can tell the page alone. */
export const CAPTION_WORKER = /\/caption-worker-[\w-]+\.js/;
export const CAPTION_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
