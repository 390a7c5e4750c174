import { AuthoredKit, AuthoredQuestion } from "@whetstone/shared/authored";
import { Identifier } from "@whetstone/shared/bank";
import { AtRevision, ChangeKit, ChangeQuestion, NewKit, NewQuestion } from "@whetstone/shared/bank-wire";
import type { Refusal } from "@whetstone/shared/room/refusal";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { AuthoredRecord, AuthoredShelf } from "../bank/authored-shelf.ts";
import { type Library, OUR_PACK } from "../bank/library.ts";
import { type RouteOptions, type Routes, refusals } from "./api.ts";

export interface AuthoredRouteOptions extends RouteOptions {
  readonly library: Library;
}

/** What is being written is nobody's business in a room; a seat gets what is published, through the bank. */
const config = { admits: "writer" } as const;
const params = z.object({ id: Identifier });
/** A draft that is as long as it may be, in letters of three bytes. */
const bodyLimit = 1024 * 1024;

/** What users write: questions and kits, as drafts that save themselves and are published when they are whole. */
export const authoredRoutes: Routes<AuthoredRouteOptions> = async (app, { library }) => {
  serveShelf(app, "/own/questions", {
    shelf: library.authoredQuestions,
    record: AuthoredQuestion,
    beginning: NewQuestion,
    change: ChangeQuestion,
    copyOf: (id) => library.copyOfQuestion(id),
  });
  serveShelf(app, "/own/kits", {
    shelf: library.authoredKits,
    record: AuthoredKit,
    beginning: NewKit,
    change: ChangeKit,
    copyOf: (id) => library.copyOfKit(id),
  });
};

interface Shelf<Draft, Published> {
  readonly shelf: AuthoredShelf<Draft, Published>;
  readonly record: z.ZodType<AuthoredRecord<Draft, Published>>;
  readonly beginning: z.ZodType<
    ({ id: string; draft: Draft } | { copyOf: string }) & { commandId?: string | undefined }
  >;
  readonly change: z.ZodType<{ revision: number; draft: Draft }>;
  readonly copyOf: (id: string) => { id: string; draft: Draft } | Refusal;
}

function serveShelf<Draft, Published>(
  app: Parameters<Routes>[0],
  path: string,
  { shelf, record, beginning, change, copyOf }: Shelf<Draft, Published>,
): void {
  const reads = { response: { 200: record, ...refusals } };
  const changes = { params, body: AtRevision, ...reads };
  type Answer = AuthoredRecord<Draft, Published> | Refusal;
  const send = (reply: FastifyReply, answer: Answer, status = 200) =>
    "reason" in answer ? reply.refuse(answer) : reply.code(status).send(answer);

  app.get(
    path,
    {
      config,
      schema: {
        summary: "All of one's own, the newest change first",
        response: { 200: z.array(record), ...refusals },
      },
    },
    async () => shelf.all().sort((a, b) => b.changedAt - a.changedAt),
  );
  app.post(
    path,
    {
      config,
      bodyLimit,
      schema: {
        summary: "Begin one, from a draft or as a copy",
        body: beginning,
        response: { 201: record, ...refusals },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const make = () => ("copyOf" in body ? copyOf(body.copyOf) : body);
      return send(reply, await shelf.begin(OUR_PACK.id, make, body.commandId), 201);
    },
  );
  app.get(
    `${path}/:id`,
    { config, schema: { summary: "One of one's own", params, ...reads } },
    async (request, reply) => send(reply, shelf.get(request.params.id)),
  );
  app.put(
    `${path}/:id`,
    { config, bodyLimit, schema: { summary: "Change its draft", params, body: change, ...reads } },
    async ({ params: { id }, body: { revision, draft } }, reply) =>
      send(reply, await shelf.change(id, revision, draft)),
  );
  app.post(
    `${path}/:id/publish`,
    { config, schema: { summary: "Publish its draft, once it is whole", ...changes } },
    async ({ params: { id }, body: { revision } }, reply) => send(reply, await shelf.publish(id, revision)),
  );
  for (const [verb, archived] of [
    ["archive", true],
    ["restore", false],
  ] as const) {
    app.post(
      `${path}/:id/${verb}`,
      { config, schema: { summary: archived ? "Take it out of lists and searches" : "Put it back", ...changes } },
      async ({ params: { id }, body: { revision } }, reply) => send(reply, await shelf.archive(id, revision, archived)),
    );
  }
}
