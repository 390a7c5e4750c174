import { timingSafeEqual } from "node:crypto";
import { readingRefusal } from "@whetstone/shared/room/decide";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { seatOfToken } from "@whetstone/shared/room/seats/capabilities";
import type { RoomState } from "@whetstone/shared/room/state";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Rooms } from "../room/rooms.ts";
import { hashSecret, roomOfSecret } from "../room/secrets.ts";

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
  /** Whether the host key is brought, or none is set. */
  readonly holdsKey: boolean;
}

/**
 * Whom a route admits: a seat; a seat that may export its room; whoever may open rooms, with a seat or without; whoever may write the bank,
 * which is nobody who comes as a seat; whoever may read it, where one who brings a seat is judged by it alone.
 */
type Admits = "anyone" | "seat" | "exporter" | "opener" | "writer" | "reader";

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
  opener: [KEY],
  writer: [KEY],
  reader: [SEAT, KEY],
};

/** Makes every route of `api` say whom it admits, resolves who asks, and turns away whom the route does not admit. */
export function admitPrincipals(api: FastifyInstance, rooms: Rooms, hostKey: string | null): void {
  api.decorateRequest("principal", null);
  api.addHook("onRoute", (route) => {
    const { admits } = route.config ?? {};
    if (!admits) throw new Error(`${route.url} does not say whom it admits.`);
    const security = SECURITY[admits];
    if (security.length > 0) route.schema = { ...route.schema, security };
  });
  api.addHook("onRequest", async (request, reply) => {
    const { admits = "anyone" } = request.routeOptions.config;
    if (admits === "anyone") return;
    const principal = { seat: await seatBrought(request, rooms), holdsKey: holdsKey(request, hostKey) };
    request.principal = principal;
    const refused = refusalOf(principal, admits);
    if (refused) return reply.refuse(refused);
  });
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
  const roomId = roomOfSecret(token);
  const state = roomId === null ? null : await rooms.read(roomId);
  if (roomId === null || state === null) return refusal("unknown_link");
  const seatId = seatOfToken(state, hashSecret(token));
  return typeof seatId === "string" ? { roomId, seatId, state } : seatId;
}

function holdsKey({ headers: { [KEY_HEADER]: given } }: FastifyRequest, hostKey: string | null): boolean {
  if (hostKey === null) return true;
  return typeof given === "string" && timingSafeEqual(hashed(given), hashed(hostKey));
}

const hashed = (key: string): Buffer => Buffer.from(hashSecret(key));

/** Why a route does not admit somebody, or null where it does. */
function refusalOf({ seat, holdsKey }: Principal, admits: Exclude<Admits, "anyone">): Refusal | null {
  switch (admits) {
    case "seat":
      return seatRefusal(seat);
    case "exporter":
      return seatRefusal(seat, "export");
    case "opener":
      return holdsKey ? null : refusal("key_required");
    case "writer":
      if (seat) return refusal("wrong_seat");
      return holdsKey ? null : refusal("key_required");
    case "reader":
      if (seat) return seatRefusal(seat, "bank");
      return holdsKey ? null : refusal("key_required");
    default:
      return admits satisfies never;
  }
}

function seatRefusal(seat: Principal["seat"], reading?: "export" | "bank"): Refusal | null {
  if (seat === null) return refusal("unknown_link");
  if ("reason" in seat) return seat;
  return reading === undefined ? null : readingRefusal(seat.state, seat.seatId, reading);
}
