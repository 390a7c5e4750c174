import { Refusal, refusal } from "@whetstone/shared/room/refusal";
import type { z } from "zod";
import { newId } from "../browser/ids.ts";
import { hostKey } from "../browser/remembered.ts";
import { tabStorage } from "../browser/storage.ts";
import { isTemporary, RequestRefused } from "../refusals.ts";

const UNREACHABLE = "The server cannot be reached. Check your network and try again.";

export interface Call {
  readonly method?: "GET" | "POST" | "PUT";
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** What the server answered; a refusal, or no answer at all, is thrown as `RequestRefused`. */
export async function answered(request: Promise<Response>): Promise<Response> {
  const response = await request.catch(() => {
    throw new RequestRefused({ ...refusal("server_failed"), sentence: UNREACHABLE }, false);
  });
  if (response.ok) return response;
  const refused = Refusal.safeParse(await response.json().catch(() => null));
  throw refused.success ? new RequestRefused(refused.data) : new RequestRefused(refusal("server_failed"), false);
}

/** A request of the API; a refusal, or no answer at all, is thrown as `RequestRefused`. */
export const call = (path: string, { method = "GET", body, token, headers = {}, signal }: Call): Promise<Response> =>
  answered(
    fetch(`/api${path}`, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    }),
  );

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
