import type { Bank } from "@whetstone/shared/bank";
import { refusal } from "@whetstone/shared/room/refusal";
import { BankResponse, KitsResponse } from "@whetstone/shared/wire";
import { type RouteOptions, type Routes, refusals, statusOf } from "./api.ts";
import { seatOfRequest } from "./seat.ts";

export interface BankRouteOptions extends RouteOptions {
  readonly bank: Bank;
}

/** Kits by name for whoever opens a room; questions, with their rubrics, only for a host or an interviewer. */
export const bankRoutes: Routes<BankRouteOptions> = async (app, { rooms, bank }) => {
  const kits = [...bank.kits.values()].map(({ id, title, role, description, minutes }) => ({
    id,
    title,
    role,
    description,
    minutes,
  }));
  const entries = [...bank.questions.values()].map((question) => {
    const topic = bank.packs.get(question.pack)?.topics.find(({ id }) => id === question.topic);
    return { ...question, topicName: topic?.name ?? question.topic };
  });

  app.get("/kits", { schema: { summary: "The kits", response: { 200: KitsResponse, ...refusals } } }, async () => kits);

  app.get(
    "/bank",
    { schema: { summary: "All questions", response: { 200: BankResponse, ...refusals }, security: [{ seat: [] }] } },
    async (request, reply) => {
      const seat = await seatOfRequest(rooms, request);
      if ("reason" in seat) return reply.code(statusOf(seat.reason)).send(seat);
      const role = seat.state.seats[seat.seatId]?.role;
      if (role !== "host" && role !== "interviewer") return reply.code(403).send(refusal("wrong_seat"));
      return entries;
    },
  );
};
