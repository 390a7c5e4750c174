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
import { type RouteOptions, type Routes, refusals } from "./api.ts";

export interface BankRouteOptions extends RouteOptions {
  readonly library: Library;
}

const config = { admits: "reader" } as const;
const params = z.object({ id: Identifier });

/** The bank, for whoever may open a room and for those in a room who lead or score; never for a candidate or an observer. */
export const bankRoutes: Routes<BankRouteOptions> = async (app, { library }) => {
  app.post(
    "/bank/search",
    {
      config,
      schema: {
        summary: "Search the bank",
        body: SearchRequest,
        response: { 200: SearchResponse, ...refusals },
      },
    },
    async (request) => library.search(request.body),
  );

  app.get(
    "/bank/questions/:id",
    {
      config: { admits: "questioner" },
      schema: { summary: "One question", params, response: { 200: BankEntry, ...refusals } },
    },
    async (request, reply) => library.entry(request.params.id) ?? reply.refuse(refusal("unknown_question")),
  );

  app.get(
    "/bank/coverage",
    {
      config,
      schema: {
        summary: "The source lists, and what covers them",
        response: { 200: CoverageResponse, ...refusals },
      },
    },
    async () => library.coverage(),
  );

  app.get(
    "/kits",
    { config, schema: { summary: "The kits", response: { 200: KitsResponse, ...refusals } } },
    async () => library.kits(),
  );

  app.get(
    "/kits/:id",
    { config, schema: { summary: "One kit", params, response: { 200: KitEntry, ...refusals } } },
    async (request, reply) => library.kitEntry(request.params.id) ?? reply.refuse(refusal("unknown_kit")),
  );
};
