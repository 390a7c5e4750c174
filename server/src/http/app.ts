import helmet from "@fastify/helmet";
import swagger from "@fastify/swagger";
import type { Actor } from "@whetstone/shared/room/decide";
import { refusal } from "@whetstone/shared/room/refusal";
import { isReadAfterEnd } from "@whetstone/shared/room/view/trail";
import { ServerInfo } from "@whetstone/shared/rooms-wire";
import type { Acknowledgement } from "@whetstone/shared/wire";
import fastify, { type FastifyInstance, type FastifyReply, LogController } from "fastify";
import { jsonSchemaTransform, serializerCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import type { Library } from "../bank/library.ts";
import { CaptionModelShelf } from "../caption-models/shelf.ts";
import type { Config } from "../config.ts";
import { ExportJobs } from "../export/jobs.ts";
import type { Acquaintances } from "../practice/acquaintances.ts";
import type { OpenPair } from "../practice/queue.ts";
import { PackageShelf } from "../python/shelf.ts";
import { type Accesses, AccessNotes } from "../room/accesses.ts";
import { Allowances } from "../room/allowances.ts";
import { Boards } from "../room/documents/boards.ts";
import { Documents } from "../room/documents/documents.ts";
import type { DocumentStore } from "../room/documents/store.ts";
import type { RoomKeys } from "../room/keys.ts";
import type { RoomLog } from "../room/log.ts";
import { Publisher, VIEWS } from "../room/publisher.ts";
import { Retention } from "../room/retention.ts";
import { Rooms } from "../room/rooms.ts";
import { Saving } from "../room/saving.ts";
import { mintOf, newId, newVersion } from "../room/secrets.ts";
import { sideChannels } from "../room/side/channels.ts";
import { SideTraffic } from "../room/side/traffic.ts";
import type { Snapshots } from "../room/snapshots.ts";
import { Turns } from "../room/turns.ts";
import { Pool } from "../threads/pool.ts";
import { refusalOf, refusalOfBrokenRequest, refuse, refuseAlike, refuseOn, UNKEPT } from "./api.ts";
import { authoredRoutes } from "./authored.ts";
import { BACKLOG_LIMITS, type BacklogLimits } from "./backlog.ts";
import { bankRoutes } from "./bank.ts";
import { callOptions } from "./call-options.ts";
import { captionModelRoutes } from "./caption-models.ts";
import { connectionsWithin, type Descriptors, ownDescriptors, Watch } from "./descriptors.ts";
import { Door } from "./door.ts";
import { exchangeRoutes } from "./exchange.ts";
import { exportRoutes } from "./export.ts";
import { exportJobRoutes } from "./export-jobs.ts";
import { feedbackRoutes } from "./feedback.ts";
import { figureRoutes } from "./figures.ts";
import { HostKey } from "./host-key.ts";
import { type Erasing, keepingRoutes } from "./keeping.ts";
import { linkRoutes } from "./links.ts";
import { pairRooms } from "./opening.ts";
import { securityHeaders, servePages, turnAwayStrangers } from "./pages.ts";
import { peerFeedbackRoutes } from "./peer-feedback.ts";
import { PLACES_PER_ADDRESS, practiceRoutes, servePractice } from "./practice.ts";
import { admitPrincipals, KEY_HEADER } from "./principal.ts";
import { pythonFiles, pythonRoutes } from "./python.ts";
import { roomRoutes } from "./rooms.ts";
import { serveRunFrame } from "./run-frame.ts";
import { serveSockets } from "./sockets.ts";
import { trustOf } from "./trust.ts";

/** How long a request may take to arrive as a whole, in milliseconds. */
const REQUEST_MS = 30_000;

export interface AppOptions {
  readonly config: Pick<
    Config,
    | "publicUrl"
    | "trustedProxies"
    | "proxyHops"
    | "linkDays"
    | "keepDays"
    | "commandsPerSecond"
    | "roomBytes"
    | "requestsPerMinute"
    | "connectionsPerAddress"
    | "ice"
    | "meeting"
    | "peerQueue"
    | "logLevel"
  > & { readonly media?: Config["media"] };
  /** Opens the room of two who found each other in the queue. */
  readonly openPair?: OpenPair;
  /** Where it is kept who found whom in that queue; asked for where there is one. */
  readonly openAcquaintances: () => Acquaintances;
  readonly hostKey: string | null;
  /** 32 random bytes that stay the same as long as the log does. */
  readonly serverKey: Buffer;
  readonly log: RoomLog;
  /** What is written in the rooms' documents. */
  readonly documents: DocumentStore;
  /** Under which the log's texts are sealed; closed with the server. */
  readonly keys: Pick<RoomKeys, "close">;
  /** Who read rooms after their end, or took them away. */
  readonly accesses: Accesses;
  readonly snapshots: Snapshots;
  readonly library: Library;
  /** Where exports of many rooms are put until they are taken; emptied at the start. */
  readonly exportsDirectory: string;
  /** Where the Python packages are that programs may import; it need not be there. */
  readonly pythonDirectory: string;
  /** Where the speech models are that pages caption with; it need not be there. */
  readonly captionModelsDirectory: string;
  /** The folder of the built client; null to serve none. */
  readonly clientDirectory: string | null;
  /** Where work is done that would make interviews wait; closed with the server. */
  readonly pool?: Pool;
  /** How many may look for a partner from one address. */
  readonly placesPerAddress?: number;
  /** How far a receiver may fall behind. */
  readonly backlogLimits?: BacklogLimits;
  /** How long a request may take to arrive as a whole, in milliseconds. */
  readonly requestMs?: number;
  /** What connections and files share. */
  readonly descriptors?: Descriptors;
  /** The server's time in milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets, by which durations are measured; the server's time where none is given. */
  readonly steady?: () => number;
}

/** How often it is looked which rooms' time is over, in milliseconds. */
const RETENTION_MS = 3_600_000;

/** The whole server, not listening yet. Closing it drops the sockets, waits for what was accepted, and closes the log. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, log, snapshots, library, now, steady = now } = options;
  const { requestMs = REQUEST_MS, descriptors = ownDescriptors() } = options;
  await log.settleErasures(now());
  const hostKey = new HostKey(options.hostKey, steady);
  const trust = trustOf({ ...config, hasKey: hostKey.isAsked });
  const app = fastify({
    logger: { level: config.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trust.believes,
    bodyLimit: 512 * 1024,
    // A slow machine starts slowly, and not in vain.
    pluginTimeout: 60_000,
    requestTimeout: requestMs,
    http: { headersTimeout: requestMs / 2, connectionsCheckingInterval: requestMs / 30 },
    clientErrorHandler: (error, line) => refuseOn(line, refusalOfBrokenRequest(error)),
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
    snapshots,
    now,
    steady,
    onClockSet: (roomId) => side.clockSet(roomId),
    newId,
    question: library.question,
    dealable: library.dealable,
    random: Math.random,
    roomBytes: config.roomBytes,
    heldBeside: (roomId, seatId) => documents.heldIn(roomId, seatId),
    // What stood when it began is what everybody sees until it ends.
    onComing: (roomId, { type }) => {
      if (type === "beginQuiet") documents.foldNow(roomId);
    },
    onError: (error, doing) => app.log.error(error, doing),
    onSavingAgain: () => app.log.warn("commits can be saved again"),
  });
  const documentsSaving = new Saving({
    onFailing: (error) =>
      app.log.error(error, "documents cannot be saved; what is written in them is refused until they can"),
    onOver: () => app.log.warn("documents can be saved again"),
  });
  const documents: Documents = new Documents({
    store: options.documents,
    rooms,
    newId,
    steady,
    onAppended: (saved, faults) => documentsSaving.appended(saved, faults),
    onError: (error, doing) => app.log.error(error, doing),
  });
  const boards = new Boards({
    store: options.documents,
    rooms,
    onError: (error) => app.log.error(error, "a board could not be read for a file"),
  });
  const calls = callOptions({ config, serverKey: options.serverKey, rooms, now, log: app.log });
  const side: SideTraffic = new SideTraffic({
    channels: sideChannels({
      documents,
      rooms,
      onError: (error) => refusalOf(error, app.log),
      timeIn: (roomId) => rooms.timeIn(roomId),
      perSecond: config.commandsPerSecond,
      steady,
      fullnessOf: (roomId) => rooms.fullness(roomId),
      ...calls,
    }),
    steady,
    onError: (error) => app.log.error(error, "a side channel failed"),
  });
  const turns = new Turns({
    rooms,
    onError: (error) =>
      app.log.error(error, "a round or quiet time could not be ended in time, or the next round not begun"),
  });
  const notes = new AccessNotes(options.accesses, now, (error) => app.log.error(error, "an access could not be noted"));
  const publisher = new Publisher({
    rooms,
    side,
    views: new Allowances(VIEWS, steady),
    newVersion,
    onSeated: (roomId, seatId, state) => {
      turns.follow(roomId, state);
      if (isReadAfterEnd(state, seatId)) notes.note(roomId, seatId, { what: "looked" });
    },
    onError: (error) => app.log.error(error, "a view could not be shown"),
  });
  // Behind the publisher: what side channels tell is made from what everybody is shown by now.
  rooms.onCommitted((commits) => {
    for (const roomId of new Set(commits.map(({ commit }) => commit.roomId))) side.roomGrew(roomId);
  });
  const limits = { perAddress: config.connectionsPerAddress, connections: connectionsWithin(descriptors.limit) };
  const door = new Door(app.server, { limits, trust });
  const watch = new Watch({
    door,
    descriptors,
    onNear: (inUse, limit) =>
      app.log.warn({ inUse, limit }, "few file descriptors are left; seats go on, and strangers may be turned away"),
  });
  const io = serveSockets(app.server, {
    publisher,
    incoming: side.incoming,
    steady,
    trust,
    door,
    commandsPerSecond: config.commandsPerSecond,
    backlogLimits: options.backlogLimits ?? BACKLOG_LIMITS,
    refusalOf: (error) => refusalOf(error, app.log),
  });
  const mint = mintOf(options.serverKey);
  const { linkDays, meeting } = config;
  const queue = config.peerQueue
    ? servePractice(io, {
        now,
        steady,
        trust,
        acquaintances: options.openAcquaintances(),
        openPair: options.openPair ?? pairRooms({ rooms, mint, now, linkDays, meeting }),
        placesPerAddress: options.placesPerAddress ?? PLACES_PER_ADDRESS,
        commandsPerSecond: config.commandsPerSecond,
        log: app.log,
        refusalOf: (error) => refusalOf(error, app.log),
      })
    : null;
  const pool = options.pool ?? new Pool();
  const jobs = new ExportJobs({
    pool,
    directory: options.exportsDirectory,
    rooms,
    now,
    notes,
    boards,
    onError: (error) => app.log.error(error, "an export failed"),
    onUnreadable: (error) => refusalOf(error, app.log),
  });
  const erase = async (roomId: string, commandId: string, actor: Actor, command: Erasing): Promise<Acknowledgement> => {
    const erased = await rooms.erase(roomId, commandId, actor, command);
    if (erased.ok) jobs.dropAllOf(roomId);
    return erased;
  };
  const retention = new Retention({
    rooms,
    log,
    expire: (roomId) => erase(roomId, newId("c"), { kind: "server" }, { type: "expire" }),
    days: config.keepDays,
    now,
    onError: (error, doing) => app.log.error(error, doing),
  });
  const looking = setInterval(() => void retention.look(), RETENTION_MS);
  looking.unref();
  void retention.look();
  app.addHook("preClose", async () => {
    clearInterval(looking);
    turns.stop();
    queue?.close();
    await retention.settle();
    await io.close();
    await calls.media?.server.close();
    await jobs.close();
    await pool.close();
    await documents.settle();
    await rooms.settle();
  });
  app.addHook("onClose", async () => {
    watch.stop();
    await library.close();
    await snapshots.close();
    await log.close();
    options.documents.close();
    options.accesses.close();
    options.keys.close();
  });

  for (const roomId of await documents.settleFolds()) {
    await rooms.look(roomId, (state) => state && turns.follow(roomId, state));
  }
  await app.register(helmet, securityHeaders(config.publicUrl, trust));
  turnAwayStrangers(app, trust);
  app.addHook("onRequest", async (request, reply) => {
    if (!door.enter(request.raw, reply.raw)) return reply.header("connection", "close").refuse(refusal("too_many"));
  });
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
  const shelf = new PackageShelf(options.pythonDirectory);
  await app.register(
    async (api) => {
      api.addHook("onRequest", async (request, reply) => {
        reply.headers(UNKEPT);
        const refused = trust.refusalOf(request.raw);
        if (refused) return reply.refuse(refused);
      });
      await admitPrincipals(api, { rooms, hostKey, trust, requestsPerMinute: config.requestsPerMinute });
      api.get(
        "/info",
        {
          config: { admits: "anyone" },
          schema: { summary: "What a client must know", response: { 200: ServerInfo } },
        },
        async () => ({
          keyRequired: hostKey.isAsked,
          publicUrl: config.publicUrl,
          ...(queue && { findsPartners: true as const }),
        }),
      );
      api.get("/openapi.json", { config: { admits: "anyone" }, schema: { hide: true } }, async () => app.swagger());
      if (queue) await api.register(practiceRoutes, { rooms, now, library });
      await api.register(roomRoutes, { rooms, now, mint, library, linkDays, meeting });
      await api.register(linkRoutes, { rooms, now, mint });
      await api.register(feedbackRoutes, { rooms, now, mint, boards });
      await api.register(bankRoutes, { rooms, now, library });
      await api.register(exchangeRoutes, { rooms, now, library, pool });
      await api.register(authoredRoutes, { rooms, now, library });
      await api.register(exportJobRoutes, { rooms, now, mint, jobs });
      await api.register(exportRoutes, { rooms, now, pool, notes, boards });
      await api.register(peerFeedbackRoutes, { rooms, now, pool, notes, boards });
      await api.register(figureRoutes, { rooms, now, pool, notes });
      await api.register(keepingRoutes, { rooms, now, mint, log, notes, boards, pool, erase });
      await api.register(pythonRoutes, { shelf });
      await api.register(captionModelRoutes, { models: new CaptionModelShelf(options.captionModelsDirectory) });
    },
    { prefix: "/api" },
  );
  await app.register(pythonFiles, { shelf });
  serveRunFrame(app);
  await servePages(app, options.clientDirectory);
  return app;
}
