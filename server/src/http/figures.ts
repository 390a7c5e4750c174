import { Readable } from "node:stream";
import { CompareRequest, Comparison } from "@whetstone/shared/comparison/compare";
import { type Interview, interviewOf, type Reach, type Reading } from "@whetstone/shared/comparison/interviews";
import { lineOf, type ReadingLine } from "@whetstone/shared/comparison/progress";
import { QuestionUse, QuestionUseRequest } from "@whetstone/shared/comparison/question-use";
import { erasedStanding, Standings, StandingsRequest, standingOf } from "@whetstone/shared/comparison/standing";
import type { FastifyBaseLogger } from "fastify";
import { z } from "zod";
import type { AccessNotes } from "../room/accesses.ts";
import { comparison, questionUse } from "../room/figures.ts";
import { panelViews, soughtRooms } from "../room/panel-views.ts";
import type { Pool } from "../threads/pool.ts";
import { type RouteOptions, type Routes, refusalOf, refusals } from "./api.ts";
import { askerOf } from "./principal.ts";

interface FigureRouteOptions extends RouteOptions {
  readonly pool: Pool;
  readonly notes: AccessNotes;
}

/** The answer leaves as a stream, which no serializer touches; every line is made from what its schema has parsed. */
const linesWith = (result: z.ZodType) => ({
  200: z.unknown().meta({
    ...z.toJSONSchema(lineOf(result), { target: "openapi-3.0" }),
    description: "Lines of JSON, each of this form; the last one is `done` or `failed`.",
  }),
  ...refusals,
});

/**
 * Rooms beside each other, as far as the secrets that a request brings may see each of them. The answer is lines of JSON, so that
 * the caller sees how far the reading is; it stops when the caller hangs up.
 */
export const figureRoutes: Routes<FigureRouteOptions> = async (app, { pool, ...options }) => {
  app.post(
    "/across/compare",
    {
      config: { admits: "anyone" },
      schema: {
        summary: "Compare the candidates of each kit and role",
        body: CompareRequest,
        response: linesWith(Comparison),
      },
    },
    async (request, reply) => {
      const lines = linesOf({ ...options, log: request.log }, request.body.secrets, (reading) =>
        comparison(pool, askerOf(request), {
          ...reading,
          interviews: reading.interviews.filter(({ erased }) => !erased),
        }),
      );
      return reply.type("application/x-ndjson").send(streamed(lines, request.log));
    },
  );

  app.post(
    "/across/rooms",
    {
      config: { admits: "anyone" },
      schema: {
        summary: "Tell how rooms stand",
        body: StandingsRequest,
        response: { 200: Standings, ...refusals },
      },
    },
    async (request) => standingsOf({ ...options, log: request.log }, request.body.secrets),
  );

  app.post(
    "/across/question",
    {
      config: { admits: "anyone" },
      schema: {
        summary: "Tell how a question was used",
        body: QuestionUseRequest,
        response: linesWith(QuestionUse),
      },
    },
    async (request, reply) => {
      const { secrets, questionId } = request.body;
      const lines = linesOf({ ...options, log: request.log }, secrets, (reading) =>
        questionUse(pool, askerOf(request), reading, questionId),
      );
      return reply.type("application/x-ndjson").send(streamed(lines, request.log));
    },
  );
};

async function standingsOf(
  { rooms, now, log }: RouteOptions & { readonly log: FastifyBaseLogger },
  secrets: readonly string[],
): Promise<Standings> {
  const standings: Standings = { rooms: [], unreadable: [] };
  for await (const one of panelViews(rooms, soughtRooms(secrets), now, (error) => refusalOf(error, log))) {
    const { roomId, view, remains, unreadable } = one;
    if (view) standings.rooms.push(standingOf(roomId, view));
    else if (remains) standings.rooms.push(erasedStanding(roomId));
    else if (unreadable) standings.unreadable.push({ roomId, sentence: unreadable.sentence });
  }
  return standings;
}

async function* linesOf<Result>(
  { rooms, now, log, notes }: Omit<FigureRouteOptions, "pool"> & { readonly log: FastifyBaseLogger },
  secrets: readonly string[],
  compute: (reading: Reading) => Promise<Result>,
): AsyncGenerator<ReadingLine<Result>> {
  const sought = soughtRooms(secrets);
  const interviews: Interview[] = [];
  const closed: Reach["closed"] = [];
  const unreadable: NonNullable<Reach["unreadable"]> = [];
  let { malformed: unusable } = sought;
  let [read, erased] = [0, 0];
  for await (const one of panelViews(rooms, sought, now, (error) => refusalOf(error, log))) {
    const { roomId, view, remains, unusable: inRoom, unreadable: refused } = one;
    const interview = view && interviewOf(roomId, view);
    const counted = remains && interviewOf(roomId, remains, true);
    if (view && interview) notes.note(roomId, view.you.seatId, { what: "compared" });
    else if (view) closed.push({ roomId, title: view.room.title });
    interviews.push(...[interview, counted].filter((found) => found !== null));
    erased += remains ? 1 : 0;
    if (refused) unreadable.push({ roomId, sentence: refused.sentence });
    unusable += inRoom;
    read += 1;
    yield { kind: "reading", read, of: sought.rooms.size };
  }
  yield { kind: "done", result: await compute({ interviews, closed, unusable, unreadable, erased }) };
}

/** What fails on the way is told in a line too, as the answer has begun by then. */
function streamed<Result>(lines: AsyncGenerator<ReadingLine<Result>>, log: FastifyBaseLogger): Readable {
  const text = (line: ReadingLine<Result>) => `${JSON.stringify(line)}\n`;
  async function* texts(): AsyncGenerator<string> {
    try {
      for await (const line of lines) yield text(line);
    } catch (error) {
      yield text({ kind: "failed", refusal: refusalOf(error, log) });
    }
  }
  return Readable.from(texts(), { objectMode: false });
}
