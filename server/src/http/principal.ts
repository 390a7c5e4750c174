import rateLimit from "@fastify/rate-limit";
import { erasingRefusal, questionRefusal, type Reading, readingRefusal } from "@whetstone/shared/room/decide";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { seatOfToken } from "@whetstone/shared/room/seats/capabilities";
import type { RoomState } from "@whetstone/shared/room/state";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Rooms } from "../room/rooms.ts";
import { hashSecret } from "../room/secrets.ts";
import type { HostKey } from "./host-key.ts";
import type { Trust } from "./trust.ts";

/** The header that carries the host key. */
export const KEY_HEADER = "x-whetstone-key";

/** A request's seat: which room it is in comes from its bearer token alone. */
interface SeatOfRequest {
  readonly roomId: string;
  readonly seatId: string;
  readonly state: RoomState;
}

/** Who makes a request. */
interface Principal {
  /** The seat that is brought, or why it is none; null where none is brought. */
  readonly seat: SeatOfRequest | Refusal | null;
  /** The host key where it is brought, or why it opens nothing; null where none is asked for. */
  readonly key: "brought" | Refusal | null;
}

/**
 * Whom a route admits: a seat; a seat that may export its room; whoever may open rooms, with a seat or without; whoever brings the host
 * key, on a server that has one; whoever may write the bank,
 * which is nobody who comes as a seat; whoever may read it, where one who brings a seat is judged by it alone, and so is who reads the
 * question that the address names; a seat that may take all that is
 * kept of its candidate, one that may know who had it, also when all that was erased, and one that may erase it.
 */
type Admits =
  | "anyone"
  | "seat"
  | "exporter"
  | "recorder"
  | "auditor"
  | "eraser"
  | "opener"
  | "keyholder"
  | "writer"
  | "reader"
  | "questioner";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every route of the API says it. */
    readonly admits?: Admits;
  }
  interface FastifyRequest {
    /** Resolved once, before the request's body is read; null on a route that admits anyone. */
    principal: Principal | null;
  }
}

const SEAT = { seat: [] };
const KEY = { key: [] };
const SECURITY: { readonly [A in Admits]: Record<string, string[]>[] } = {
  anyone: [],
  seat: [SEAT],
  exporter: [SEAT],
  recorder: [SEAT],
  auditor: [SEAT],
  eraser: [SEAT],
  opener: [KEY],
  keyholder: [KEY],
  writer: [KEY],
  reader: [SEAT, KEY],
  questioner: [SEAT, KEY],
};

export interface AdmissionOptions {
  readonly rooms: Rooms;
  readonly hostKey: HostKey;
  readonly trust: Pick<Trust, "clientOf">;
  /** What one person may ask for in a minute: a seat, a holder of the host key, or all strangers at one address. */
  readonly requestsPerMinute: number;
}

/**
 * Makes every route of `api` say whom it admits, resolves who asks, counts it, whatever comes of it, and turns away whom the route does
 * not admit.
 */
export async function admitPrincipals(api: FastifyInstance, options: AdmissionOptions): Promise<void> {
  const { rooms, hostKey, trust, requestsPerMinute: max } = options;
  await api.register(rateLimit, {
    global: false,
    max,
    timeWindow: "1 minute",
    keyGenerator: ({ principal, raw }) => countedAs(principal, trust.clientOf(raw)),
  });
  api.decorateRequest("principal", null);
  api.addHook("onRoute", (route) => {
    const { admits } = route.config ?? {};
    if (!admits) throw new Error(`${route.url} does not say whom it admits.`);
    const security = SECURITY[admits];
    if (security.length > 0) route.schema = { ...route.schema, security };
  });
  api.addHook("onRequest", async (request) => {
    if (admitsOf(request) === "anyone") return;
    request.principal = { seat: await seatBrought(request, rooms), key: keyBrought(request, hostKey, trust) };
  });
  api.addHook("onRequest", api.rateLimit());
  api.addHook("onRequest", async (request, reply) => {
    const admits = admitsOf(request);
    const refused = request.principal && admits !== "anyone" ? refusalOf(request.principal, admits, request) : null;
    if (refused) return reply.refuse(refused);
  });
}

const admitsOf = ({ routeOptions }: FastifyRequest): Admits => routeOptions.config.admits ?? "anyone";

/** Whose allowance a request takes from. A token or key that is made up is worth nothing: who brings one stays a stranger. */
function countedAs(principal: Principal | null, client: string): string {
  if (principal?.seat && "seatId" in principal.seat) return `seat ${principal.seat.roomId} ${principal.seat.seatId}`;
  return principal?.key === "brought" ? `key ${client}` : client;
}

/** The seat of a request whose route admits seats alone. */
export function seatOf({ principal }: FastifyRequest): SeatOfRequest {
  if (!principal?.seat || "reason" in principal.seat) throw new Error("This route must admit seats alone.");
  return principal.seat;
}

/** Whose share of the server's work a request takes: its seat's, or that of the address it comes from. */
export function askerOf({ principal, ip }: FastifyRequest): string {
  const seat = principal?.seat;
  return seat && "seatId" in seat ? `${seat.roomId}/${seat.seatId}` : ip;
}

async function seatBrought({ headers }: FastifyRequest, rooms: Rooms): Promise<Principal["seat"]> {
  // Another scheme than this belongs to a proxy before the server, and says nothing here.
  if (!/^bearer\b/i.test(headers.authorization ?? "")) return null;
  const token = /^bearer (\S{1,200})$/i.exec(headers.authorization ?? "")?.[1] ?? "";
  const roomId = await rooms.secrets.roomOf(token);
  const state = roomId === null ? null : await rooms.read(roomId);
  if (roomId === null || state === null) return refusal("unknown_link");
  const seatId = seatOfToken(state, hashSecret(token));
  return typeof seatId === "string" ? { roomId, seatId, state } : seatId;
}

function keyBrought(
  { headers, raw }: FastifyRequest,
  hostKey: HostKey,
  trust: Pick<Trust, "clientOf">,
): Principal["key"] {
  if (!hostKey.isAsked) return null;
  return hostKey.refusalOf(headers[KEY_HEADER], trust.clientOf(raw)) ?? "brought";
}

/** Why a route does not admit somebody, or null where it does. */
function refusalOf(
  { seat, key }: Principal,
  admits: Exclude<Admits, "anyone">,
  { params }: Pick<FastifyRequest, "params">,
): Refusal | null {
  switch (admits) {
    case "seat":
      return seatRefusal(seat);
    case "exporter":
      return seatRefusal(seat, "export");
    case "recorder":
      return seatRefusal(seat, "record");
    case "auditor":
      return seatRefusal(seat, "trail");
    case "eraser":
      if (!seat || "reason" in seat) return seatRefusal(seat);
      return erasingRefusal(seat.state, seat.seatId);
    case "opener":
      return keyRefusal(key);
    case "keyholder":
      return key === "brought" ? null : (key ?? refusal("no_key"));
    case "writer":
      if (seat) return refusal("wrong_seat");
      return keyRefusal(key);
    case "reader":
      if (seat) return seatRefusal(seat, "bank");
      return keyRefusal(key);
    case "questioner":
      if (!seat) return keyRefusal(key);
      return "reason" in seat ? seat : questionRefusal(seat.state, seat.seatId, idIn(params));
    default:
      return admits satisfies never;
  }
}

/** What an address names; it is looked at before the address is parsed. */
const idIn = (params: unknown): string =>
  typeof params === "object" && params !== null && "id" in params ? String(params.id) : "";

const keyRefusal = (key: Principal["key"]): Refusal | null => (key === "brought" ? null : key);

function seatRefusal(seat: Principal["seat"], reading?: Reading): Refusal | null {
  if (seat === null) return refusal("unknown_link");
  if ("reason" in seat) return seat;
  return reading === undefined ? null : readingRefusal(seat.state, seat.seatId, reading);
}
