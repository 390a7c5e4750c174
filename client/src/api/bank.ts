import { AuthoredQuestion } from "@whetstone/shared/authored";
import {
  BankEntry,
  CoverageResponse,
  KitsResponse,
  type SearchRequest,
  SearchResponse,
} from "@whetstone/shared/bank-wire";
import { PracticeTopics } from "@whetstone/shared/practice/wire";
import { hostKey } from "../browser/remembered.ts";
import { type Call, change, fetchJson, keyHeader } from "./call.ts";

/** Who asks for the bank: a seat in a room by its token, or whoever holds the host key. */
export interface Reader {
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const as = ({ token, signal }: Reader): Call => ({
  ...(token === undefined ? { headers: keyHeader() } : { token }),
  ...(signal && { signal }),
});

export const kits = (key: string | null = hostKey()) => fetchJson("/kits", KitsResponse, { headers: keyHeader(key) });
export const searchBank = (body: SearchRequest, reader: Reader = {}) =>
  fetchJson("/bank/search", SearchResponse, { method: "POST", body, ...as(reader) });
export const bankEntry = (id: string, reader: Reader = {}) =>
  fetchJson(`/bank/questions/${encodeURIComponent(id)}`, BankEntry, as(reader));
export const coverage = () => fetchJson("/bank/coverage", CoverageResponse, as({}));
/** Makes a question of one's own from one of the bank. */
export const copyQuestion = (id: string) =>
  change("/own/questions", AuthoredQuestion, { body: { copyOf: id }, headers: keyHeader() });
export const practiceTopics = () => fetchJson("/practice/topics", PracticeTopics);
