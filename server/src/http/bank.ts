import { Identifier } from "@whetstone/shared/bank";
import {
  BankEntry,
  CoverageResponse,
  KitEntry,
  KitsResponse,
  SearchRequest,
  SearchResponse,
} from "@whetstone/shared/bank-wire";
import { refusal } from "@whetstone/shared/room/refusal";
import { z } from "zod";
import type { Library } from "../bank/library.ts";
import { readerRefusal } from "./access.ts";
import { type RouteOptions, type Routes, refusals, statusOf } from "./api.ts";

export interface BankRouteOptions extends RouteOptions {
  readonly library: Library;
  readonly hostKey: string | null;
}

const security = [{ seat: [] }, { key: [] }];
const params = z.object({ id: Identifier });

/** The bank, for whoever may open a room and for those in a room who lead or score; never for a candidate or an observer. */
export const bankRoutes: Routes<BankRouteOptions> = async (app, { rooms, library, hostKey }) => {
  app.addHook("onRequest", async (request, reply) => {
    const refused = await readerRefusal(rooms, hostKey, request);
    if (refused) return reply.code(statusOf(refused.reason)).send(refused);
  });

  app.post(
    "/bank/search",
    {
      schema: {
        summary: "Search the bank",
        body: SearchRequest,
        response: { 200: SearchResponse, ...refusals },
        security,
      },
    },
    async (request) => library.search(request.body),
  );

  app.get(
    "/bank/questions/:id",
    { schema: { summary: "One question", params, response: { 200: BankEntry, ...refusals }, security } },
    async (request, reply) => library.entry(request.params.id) ?? reply.code(404).send(refusal("unknown_question")),
  );

  app.get(
    "/bank/coverage",
    {
      schema: {
        summary: "The source lists, and what covers them",
        response: { 200: CoverageResponse, ...refusals },
        security,
      },
    },
    async () => library.coverage(),
  );

  app.get(
    "/kits",
    { schema: { summary: "The kits", response: { 200: KitsResponse, ...refusals }, security } },
    async () => library.kits(),
  );

  app.get(
    "/kits/:id",
    { schema: { summary: "One kit", params, response: { 200: KitEntry, ...refusals }, security } },
    async (request, reply) => library.kitEntry(request.params.id) ?? reply.code(404).send(refusal("unknown_kit")),
  );
};
