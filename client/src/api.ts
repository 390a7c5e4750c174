import { AuthoredQuestion } from "@whetstone/shared/authored";
import {
  BankEntry,
  CoverageResponse,
  KitsResponse,
  type SearchRequest,
  SearchResponse,
} from "@whetstone/shared/bank-wire";
import type { ExportFormat } from "@whetstone/shared/export-wire";
import { PracticeTopics } from "@whetstone/shared/practice/wire";
import { Refusal, refusal } from "@whetstone/shared/room/refusal";
import {
  type InviteRequest,
  InviteResponse,
  type JoinRequest,
  JoinResponse,
  LinkSecret,
  LookResponse,
  type OpenPeersRequest,
  type OpenRoomRequest,
  OpenRoomResponse,
  type RenewLinkRequest,
  ServerInfo,
} from "@whetstone/shared/wire";
import type { z } from "zod";
import { saveResponse } from "./browser/files.ts";
import { newId } from "./browser/ids.ts";
import { holderName, hostKey } from "./browser/remembered.ts";
import { tabStorage } from "./browser/storage.ts";
import { isTemporary, RequestRefused } from "./refusals.ts";

const UNREACHABLE = "The server cannot be reached. Check your network and try again.";

export interface Call {
  readonly method?: "GET" | "POST" | "PUT";
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** A request of the API; a refusal, or no answer at all, is thrown as `RequestRefused`. */
export async function call(
  path: string,
  { method = "GET", body, token, headers = {}, signal }: Call,
): Promise<Response> {
  const response = await fetch(`/api${path}`, {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  }).catch(() => {
    throw new RequestRefused({ ...refusal("server_failed"), sentence: UNREACHABLE }, false);
  });
  if (response.ok) return response;
  const refused = Refusal.safeParse(await response.json().catch(() => null));
  throw refused.success ? new RequestRefused(refused.data) : new RequestRefused(refusal("server_failed"), false);
}

/** The answer of a request, under its schema. */
export async function fetchJson<S extends z.ZodType>(path: string, schema: S, options: Call = {}): Promise<z.infer<S>> {
  const response = await call(path, options);
  return schema.parse(await response.json());
}

/** By request, the commandIds of changes that were not answered. They outlive a reload, which is what one tries then. */
const unansweredKey = (request: string): string => `whetstone.unanswered ${request}`;

/**
 * A request that changes something, under a commandId of its own. Asked for again before it was answered, it goes under the same one,
 * so that the server carries it out once and answers as it would have then.
 */
export async function change<S extends z.ZodType>(
  path: string,
  schema: S,
  { body, ...options }: Omit<Call, "body" | "method"> & { readonly body: object },
): Promise<z.infer<S>> {
  const key = unansweredKey(JSON.stringify([path, options.token, body]));
  const commandId = tabStorage.getItem(key) ?? newId("c");
  tabStorage.setItem(key, commandId);
  try {
    const answer = await fetchJson(path, schema, { ...options, method: "POST", body: { ...body, commandId } });
    tabStorage.removeItem(key);
    return answer;
  } catch (error) {
    if (error instanceof RequestRefused && error.isAnswer && !isTemporary(error.refusal.reason)) {
      tabStorage.removeItem(key);
    }
    throw error;
  }
}

/** The header with the host key, which this browser may hold. */
export const keyHeader = (key: string | null = hostKey()): Record<string, string> =>
  key === null ? {} : { "x-whetstone-key": key };

/** Who asks for the bank: a seat in a room by its token, or whoever holds the host key. */
export interface Reader {
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const as = ({ token, signal }: Reader): Call => ({
  ...(token === undefined ? { headers: keyHeader() } : { token }),
  ...(signal && { signal }),
});

export const serverInfo = () => fetchJson("/info", ServerInfo);
export const kits = (key: string | null = hostKey()) => fetchJson("/kits", KitsResponse, { headers: keyHeader(key) });
export const searchBank = (body: SearchRequest, reader: Reader = {}) =>
  fetchJson("/bank/search", SearchResponse, { method: "POST", body, ...as(reader) });
export const bankEntry = (id: string, reader: Reader = {}) =>
  fetchJson(`/bank/questions/${encodeURIComponent(id)}`, BankEntry, as(reader));
export const coverage = () => fetchJson("/bank/coverage", CoverageResponse, as({}));
/** Makes a question of one's own from one of the bank. */
export const copyQuestion = (id: string) =>
  change("/own/questions", AuthoredQuestion, { body: { copyOf: id }, headers: keyHeader() });

export const openRoom = (body: OpenRoomRequest, key: string | null) =>
  change("/rooms", OpenRoomResponse, { body: { ...body, holder: holderName() }, headers: keyHeader(key) });
export const openPeers = (body: OpenPeersRequest, key: string | null) =>
  change("/rooms/peers", OpenRoomResponse, { body: { ...body, holder: holderName() }, headers: keyHeader(key) });
export const lookAtLink = (secret: string) =>
  fetchJson("/links/look", LookResponse, {
    method: "POST",
    body: { secret, holder: holderName(), asks: "company" },
  });
export const practiceTopics = () => fetchJson("/practice/topics", PracticeTopics);
export const joinByLink = (body: JoinRequest) =>
  change("/links/join", JoinResponse, { body: { ...body, holder: holderName() } });
export const renewLink = (token: string, body: RenewLinkRequest) => change("/links/renew", LinkSecret, { body, token });
/** Makes the host of a room a new way back, by the server's host key. */
export const leadHostBack = (roomId: string, key: string) =>
  change("/links/lead-back", LinkSecret, { body: { roomId }, headers: keyHeader(key) });
export const inviteByName = (token: string, body: InviteRequest) =>
  change("/links/invite", InviteResponse, { body, token });

/** Downloads the room in a format, under the name that the server gives it; a refusal is thrown as `RequestRefused`. */
export async function downloadExport(token: string, format: ExportFormat): Promise<void> {
  await saveResponse(await call(`/room/export.${format}`, { token }), `whetstone-room.${format}`);
}
