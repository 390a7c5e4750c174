import { AuthoredKit, AuthoredQuestion } from "@whetstone/shared/authored";
import {
  type ExportQuery,
  ImportPlan,
  type ImportRequest,
  KitEntry,
  type SearchRequest,
  type SearchResponse,
} from "@whetstone/shared/bank-wire";
import { Refusal, refusal } from "@whetstone/shared/room/refusal";
import { z } from "zod";
import { searchBank } from "../api/bank.ts";
import { call, change, fetchJson as fetchAnswer, keyHeader } from "../api/call.ts";
import { saveResponse } from "../browser/files.ts";
import { RequestRefused } from "../refusals.ts";
import type { Authored, DraftServer } from "./draft/draft-saver.ts";

/** The calls of the pages where questions and kits are written, each with the host key where this browser has one. */

interface Call {
  readonly method?: "GET" | "POST" | "PUT";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

const fetchJson = <S extends z.ZodType>(path: string, schema: S, options: Call = {}): Promise<z.infer<S>> =>
  fetchAnswer(path, schema, { ...options, headers: keyHeader() });

/** As `fetchJson`, for a page that may be gone before the answer comes: the browser sends it all the same, up to 64 KB. */
async function fetchLast<S extends z.ZodType>(path: string, schema: S, { method = "POST", body }: Call) {
  const headers = { ...keyHeader(), "content-type": "application/json" };
  const response = await fetch(`/api${path}`, { method, headers, body: JSON.stringify(body), keepalive: true }).catch(
    () => null,
  );
  if (response?.ok) return schema.parse(await response.json());
  const refused = Refusal.safeParse(await response?.json().catch(() => null));
  throw refused.success ? new RequestRefused(refused.data) : new RequestRefused(refusal("server_failed"), false);
}

const part = encodeURIComponent;

/** The server's side of everything that saves itself, at `path`. */
function draftServer<Record extends Authored>(path: string, schema: z.ZodType<Record>): DraftServer<Record> {
  const at = (id: string, rest = "") => `${path}/${part(id)}${rest}`;
  const fetchWhen = (leaving: boolean) => (leaving ? fetchLast : fetchJson);
  return {
    load: (id) => fetchJson(at(id), schema),
    create: (id, draft, leaving) => fetchWhen(leaving)(path, schema, { method: "POST", body: { id, draft } }),
    save: (id, revision, draft, leaving) =>
      fetchWhen(leaving)(at(id), schema, { method: "PUT", body: { revision, draft } }),
    act: (id, revision, action) => fetchJson(at(id, `/${action}`), schema, { method: "POST", body: { revision } }),
  };
}

export const questionServer = draftServer("/own/questions", AuthoredQuestion);
export const kitServer = draftServer("/own/kits", AuthoredKit);

export const authoredQuestions = () => fetchJson("/own/questions", z.array(AuthoredQuestion));
export const authoredKits = () => fetchJson("/own/kits", z.array(AuthoredKit));
export const copyKit = (copyOf: string) => change("/own/kits", AuthoredKit, { body: { copyOf }, headers: keyHeader() });
export const kitEntry = (id: string) => fetchJson(`/kits/${part(id)}`, KitEntry);

const WHOLE_BANK: SearchRequest = {
  text: "",
  topics: [],
  levels: [],
  minutes: [],
  tags: [],
  sections: [],
  packs: [],
  asked: { ids: [], keep: "all" },
  offset: 0,
  limit: 1,
};

/** Searches the bank; what `request` does not say is not filtered by. */
export const findQuestions = (request: Partial<SearchRequest>, signal?: AbortSignal): Promise<SearchResponse> =>
  searchBank({ ...WHOLE_BANK, ...request }, { signal });

export const lookAtImport = (body: ImportRequest, signal?: AbortSignal) =>
  fetchJson("/bank/import/look", ImportPlan, { method: "POST", body, ...(signal && { signal }) });
export const carryOutImport = (body: ImportRequest) => fetchJson("/bank/import", ImportPlan, { method: "POST", body });

/** Downloads a pack, under the name that the server gives it. */
export async function downloadPack(query: ExportQuery): Promise<void> {
  const response = await call(`/bank/export?${new URLSearchParams(query)}`, { headers: keyHeader() });
  await saveResponse(response, `${query.pack}.${query.format}`);
}
