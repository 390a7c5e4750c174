import { existsSync, readdirSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import type { FastifyHelmetOptions } from "@fastify/helmet";
import fastifyStatic from "@fastify/static";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import type { FastifyInstance, FastifyReply } from "fastify";
import { statusOf, UNKEPT } from "./api.ts";
import { CAPTION_WORKER, CAPTION_WORKER_POLICY } from "./caption-models.ts";
import { FRAME_PATH } from "./run-frame.ts";
import type { Trust } from "./trust.ts";

/** Where one comes to a room, the page asks for what is needed there at once. */
const ON_THE_WAY_IN = [
  { at: /^\/join\/?$/, file: "join.html" },
  { at: /^\/room\/[^/]+\/?$/, file: "room.html" },
];

/** What the build has compressed: another form of a file, and no file of its own. */
const COMPRESSED = /\.(br|gz)$/i;

/**
 * The application's pages from the folder of the built client; null serves none. Files with a hash in their name are kept for ever, and
 * those of earlier builds are served beside them, to pages that are still open; every other path is the application's page. A file
 * travels as the build has compressed it, where the client takes that.
 */
export async function servePages(app: FastifyInstance, directory: string | null): Promise<void> {
  if (directory !== null) {
    await app.register(fastifyStatic, {
      root: directory,
      cacheControl: false,
      preCompressed: true,
      allowedPath: (path) => !COMPRESSED.test(path),
      setHeaders: (reply, path) => {
        reply.setHeader("vary", "Accept-Encoding");
        if (CAPTION_WORKER.test(path)) reply.setHeader("content-security-policy", CAPTION_WORKER_POLICY);
        reply.setHeader(
          "cache-control",
          path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        );
      },
    });
  }
  const pages = ON_THE_WAY_IN.filter(({ file }) => directory !== null && existsSync(join(directory, file)));
  const earlier = directory === null ? new Map<string, string>() : earlierFiles(directory);
  app.setNotFoundHandler((request, reply) => {
    const isRead = request.method === "GET" || request.method === "HEAD";
    const path = pathOf(request.url);
    if (directory === null || !isRead || COMPRESSED.test(path)) return reply.refuse(refusal("unknown_page"));
    const folder = earlier.get(path);
    if (folder !== undefined) return reply.sendFile(path, folder);
    if (/^\/(api|assets)\//.test(path)) return reply.refuse(refusal("unknown_page"));
    return reply.sendFile(pages.find(({ at }) => at.test(path))?.file ?? "index.html");
  });
}

/** The paths of files that the build has kept of those before it, and the folders that have them. */
function earlierFiles(directory: string): Map<string, string> {
  const files = new Map<string, string>();
  const folder = join(dirname(directory), "earlier");
  if (!existsSync(folder)) return files;
  for (const build of readdirSync(folder).sort()) {
    const assets = join(folder, build, "assets");
    if (!existsSync(assets)) continue;
    for (const name of readdirSync(assets)) files.set(`/assets/${name}`, join(folder, build));
  }
  return files;
}

/** The path of an address as it was meant, without its query. */
function pathOf(url: string): string {
  const [path = ""] = url.split("?");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Refuses whoever has no business with this server: programs get the refusal, and people a page that they can read. */
export function turnAwayStrangers(app: FastifyInstance, trust: Trust): void {
  app.addHook("onRequest", async (request, reply) => {
    const refused = trust.strangeness(request.raw);
    if (!refused) return;
    return request.headers.accept?.includes("text/html") ? refusePage(reply, refused) : reply.refuse(refused);
  });
}

function refusePage(reply: FastifyReply, { reason, sentence }: Refusal): FastifyReply {
  return reply
    .code(statusOf(reason))
    .headers(UNKEPT)
    .type("text/html; charset=utf-8")
    .send(`<!doctype html>
<html lang="en" style="color-scheme: light dark">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Not served here – Whetstone</title>
  </head>
  <body style="font: 1.1rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1.25rem">
    <main>
      <h1 style="font-size: 1.4rem">Whetstone does not answer here</h1>
      <p style="overflow-wrap: anywhere">${escaped(sentence)}</p>
    </main>
  </body>
</html>
`);
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The headers that tell a browser what a page of this server may do; `publicUrl` is the address that people open, if it is known. */
export function securityHeaders(publicUrl: string | null, trust: Trust): FastifyHelmetOptions {
  const isSecure = publicUrl?.startsWith("https:") === true;
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        // Typeset maths positions its glyphs with style attributes.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        // One frame of ours, also for wherever that would go by itself.
        frameSrc: [(request) => trust.addressOf(request as IncomingMessage, FRAME_PATH) ?? "'self'"],
        // To Safari before 15.4, its own address is no address of sockets.
        connectSrc: ["'self'", (request) => trust.socketAddress(request as IncomingMessage) ?? "'self'"],
      },
    },
    hsts: isSecure,
    crossOriginEmbedderPolicy: false,
  };
}
