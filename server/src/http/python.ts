import { PythonShelf } from "@whetstone/shared/python-packages";
import { refusal } from "@whetstone/shared/room/refusal";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { PackageShelf } from "../python/shelf.ts";
import { refusals } from "./api.ts";

interface ShelfOptions {
  readonly shelf: PackageShelf;
}

/** Which Python packages programs may import. They are anybody's, as the interpreter is. */
export const pythonRoutes: FastifyPluginAsyncZod<ShelfOptions> = async (app, { shelf }) => {
  app.get(
    "/python/packages",
    {
      config: { admits: "anyone" },
      schema: { summary: "The Python packages that programs may import", response: { 200: PythonShelf, ...refusals } },
    },
    async () => shelf.list(),
  );
};

/** The packages themselves, by the hash of what is in them, and so for ever. */
export const pythonFiles: FastifyPluginAsyncZod<ShelfOptions> = async (app, { shelf }) => {
  app.get(
    "/run/packages/:sha256",
    { schema: { hide: true, params: z.object({ sha256: z.string() }) } },
    async (request, reply) => {
      const bytes = await shelf.file(request.params.sha256);
      if (bytes === null) return reply.refuse(refusal("unknown_page"));
      return reply
        .headers({ "cache-control": "public, max-age=31536000, immutable" })
        .type("application/octet-stream")
        .send(bytes);
    },
  );
};
