import { Refusal, refusal } from "@whetstone/shared/room/refusal";
import {
  BankResponse,
  type JoinRequest,
  JoinResponse,
  KitsResponse,
  LinkSecret,
  LookResponse,
  type OpenRoomRequest,
  OpenRoomResponse,
  type RenewLinkRequest,
  ServerInfo,
} from "@whetstone/shared/wire";
import type { z } from "zod";

/** A request that the server refused, or that did not reach it; `message` is the sentence for the person. */
export class RequestRefused extends Error {
  readonly refusal: Refusal;

  constructor(refused: Refusal) {
    super(refused.sentence);
    this.refusal = refused;
  }
}

const UNREACHABLE = "The server cannot be reached. Check your network and try again.";

interface Call {
  readonly method?: "GET" | "POST";
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

async function call(path: string, { method = "GET", body, token, headers = {} }: Call): Promise<Response> {
  const response = await fetch(`/api${path}`, {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  }).catch(() => {
    throw new RequestRefused({ ...refusal("server_failed"), sentence: UNREACHABLE });
  });
  if (response.ok) return response;
  const refused = Refusal.safeParse(await response.json().catch(() => null));
  throw new RequestRefused(refused.success ? refused.data : refusal("server_failed"));
}

async function fetchJson<S extends z.ZodType>(path: string, schema: S, options: Call = {}): Promise<z.infer<S>> {
  const response = await call(path, options);
  return schema.parse(await response.json());
}

export const serverInfo = () => fetchJson("/info", ServerInfo);
export const kits = () => fetchJson("/kits", KitsResponse);
export const bank = (token: string) => fetchJson("/bank", BankResponse, { token });

export const openRoom = (body: OpenRoomRequest, key: string | null) =>
  fetchJson("/rooms", OpenRoomResponse, {
    method: "POST",
    body,
    headers: key === null ? {} : { "x-whetstone-key": key },
  });
export const lookAtLink = (secret: string) =>
  fetchJson("/links/look", LookResponse, { method: "POST", body: { secret } });
export const joinByLink = (body: JoinRequest) => fetchJson("/links/join", JoinResponse, { method: "POST", body });
export const renewLink = (token: string, body: RenewLinkRequest) =>
  fetchJson("/links/renew", LinkSecret, { method: "POST", body, token });

/** Downloads the room in a format, under the name that the server gives it. */
export async function downloadExport(token: string, format: "json" | "md" | "csv"): Promise<void> {
  const response = await call(`/room/export.${format}`, { token });
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name ?? `whetstone-room.${format}`;
  link.click();
  // Firefox reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
