import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import { refusal } from "@whetstone/shared/room/refusal";
import { ServerInfo } from "@whetstone/shared/wire";
import fastify, { type FastifyInstance, type FastifyReply, LogController } from "fastify";
import { jsonSchemaTransform, serializerCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import type { Library } from "../bank/library.ts";
import type { Config } from "../config.ts";
import { ExportJobs } from "../export/jobs.ts";
import type { RoomLog } from "../room/log.ts";
import { Publisher } from "../room/publisher.ts";
import { Rooms } from "../room/rooms.ts";
import { mintOf, newId, newVersion } from "../room/secrets.ts";
import { sideChannels } from "../room/side/channels.ts";
import { SideTraffic } from "../room/side/traffic.ts";
import { Pool } from "../threads/pool.ts";
import { refusalOf, refuse, refuseAlike } from "./api.ts";
import { authoredRoutes } from "./authored.ts";
import { bankRoutes } from "./bank.ts";
import { exchangeRoutes } from "./exchange.ts";
import { exportRoutes } from "./export.ts";
import { exportJobRoutes } from "./export-jobs.ts";
import { feedbackRoutes } from "./feedback.ts";
import { figureRoutes } from "./figures.ts";
import { linkRoutes } from "./links.ts";
import { admitPrincipals, KEY_HEADER } from "./principal.ts";
import { roomRoutes } from "./rooms.ts";
import { serveSockets } from "./sockets.ts";

export interface AppOptions {
  readonly config: Pick<Config, "publicUrl" | "linkDays" | "commandsPerSecond" | "requestsPerMinute" | "logLevel">;
  readonly hostKey: string | null;
  /** 32 random bytes that stay the same as long as the log does. */
  readonly serverKey: Buffer;
  readonly log: RoomLog;
  readonly library: Library;
  /** Where exports of many rooms are put until they are taken; emptied at the start. */
  readonly exportsDirectory: string;
  /** The folder of the built client; null to serve none. */
  readonly clientDirectory: string | null;
  /** Where work is done that would make interviews wait; closed with the server. */
  readonly pool?: Pool;
  /** The server's time in milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets, by which durations are measured; the server's time where none is given. */
  readonly steady?: () => number;
}

/** The whole server, not listening yet. Closing it drops the sockets, waits for what was accepted, and closes the log. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, log, library, now, hostKey, steady = now } = options;
  const app = fastify({
    logger: { level: config.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.publicUrl !== null,
    bodyLimit: 512 * 1024,
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply: FastifyReply) => {
      refuse(reply, refusalOf(error, app.log));
    },
  }).withTypeProvider<ZodTypeProvider>();
  refuseAlike(app);
  app.setSerializerCompiler(serializerCompiler);
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (data) => {
    const parsed = schema.safeParse(data);
    return parsed.success ? { value: parsed.data } : { error: parsed.error };
  });
  app.setErrorHandler((error, request, reply) => reply.refuse(refusalOf(error, request.log)));

  const rooms: Rooms = new Rooms({
    log,
    now,
    steady,
    onClockSet: (roomId) => side.clockSet(roomId),
    newId,
    question: library.question,
    onError: (error, doing) => app.log.error(error, doing),
    onSavingAgain: () => app.log.warn("commits can be saved again"),
  });
  const side: SideTraffic = new SideTraffic({
    channels: sideChannels({ timeIn: (roomId) => rooms.timeIn(roomId), perSecond: config.commandsPerSecond }),
    steady,
    onError: (error) => app.log.error(error, "a side channel failed"),
  });
  const publisher = new Publisher({
    rooms,
    side,
    newVersion,
    onError: (error) => app.log.error(error, "a view could not be shown"),
  });
  const isAllowedOrigin = originCheck(config.publicUrl);
  const io = serveSockets(app.server, {
    publisher,
    incoming: side.incoming,
    steady,
    isAllowedOrigin,
    commandsPerSecond: config.commandsPerSecond,
    refusalOf: (error) => refusalOf(error, app.log),
  });
  const pool = options.pool ?? new Pool();
  const jobs = new ExportJobs({
    pool,
    directory: options.exportsDirectory,
    rooms,
    now,
    onError: (error) => app.log.error(error, "an export failed"),
    onUnreadable: (error) => refusalOf(error, app.log),
  });
  app.addHook("preClose", async () => {
    await io.close();
    await jobs.close();
    await pool.close();
    await rooms.settle();
  });
  app.addHook("onClose", async () => {
    await library.close();
    await log.close();
  });

  await app.register(helmet, securityHeaders(config.publicUrl));
  await app.register(swagger, {
    openapi: {
      info: { title: "Whetstone", version: "1", description: "Rooms, links, the bank and exports." },
      components: {
        securitySchemes: {
          seat: { type: "http", scheme: "bearer", description: "A seat's token." },
          key: { type: "apiKey", in: "header", name: KEY_HEADER, description: "The host key, where one is set." },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(
    async (api) => {
      await api.register(rateLimit, { max: config.requestsPerMinute, timeWindow: "1 minute" });
      api.addHook("onRequest", async (request, reply) => {
        if (!isAllowedOrigin(request.raw)) return reply.refuse(refusal("wrong_origin"));
      });
      admitPrincipals(api, rooms, hostKey);
      api.get(
        "/info",
        {
          config: { admits: "anyone" },
          schema: { summary: "What a client must know", response: { 200: ServerInfo } },
        },
        async () => ({ keyRequired: hostKey !== null, publicUrl: config.publicUrl }),
      );
      api.get("/openapi.json", { config: { admits: "anyone" }, schema: { hide: true } }, async () => app.swagger());
      const mint = mintOf(options.serverKey);
      await api.register(roomRoutes, { rooms, now, mint, library, linkDays: config.linkDays });
      await api.register(linkRoutes, { rooms, now, mint });
      await api.register(feedbackRoutes, { rooms, now, mint });
      await api.register(bankRoutes, { rooms, now, library });
      await api.register(exchangeRoutes, { rooms, now, library, pool });
      await api.register(authoredRoutes, { rooms, now, library });
      await api.register(exportJobRoutes, { rooms, now, mint, jobs });
      await api.register(exportRoutes, { rooms, now, pool });
      await api.register(figureRoutes, { rooms, now, pool });
    },
    { prefix: "/api" },
  );
  if (options.clientDirectory !== null) await serveClient(app, options.clientDirectory);
  return app;
}

/** Files with a hash in their name are kept for ever; every other path is the application's one page. */
async function serveClient(app: FastifyInstance, directory: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: directory,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.setHeader("cache-control", path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === "GET" && !/^\/(api|assets)\//.test(request.url);
    return isPage ? reply.sendFile("index.html") : reply.refuse(refusal("unknown_page"));
  });
}

/**
 * Whether a request comes from a page of this server, or from no page at all. Without a public URL only this machine's names and
 * plain addresses are accepted, so that no other site's name can be made to point here.
 */
function originCheck(publicUrl: string | null): (request: IncomingMessage) => boolean {
  return ({ headers: { origin, host } }) => {
    if (origin === undefined) return true;
    if (publicUrl !== null) return origin === new URL(publicUrl).origin;
    if (!URL.canParse(origin)) return false;
    const { host: originHost, hostname } = new URL(origin);
    return originHost === host && (hostname === "localhost" || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0);
  };
}

function securityHeaders(publicUrl: string | null) {
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
        connectSrc: ["'self'", "ws:", "wss:"],
      },
    },
    hsts: isSecure,
    crossOriginEmbedderPolicy: false,
  };
}
