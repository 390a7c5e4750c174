import { serialize } from "node:v8";
import type { AnyCommand } from "@whetstone/shared/room/command";
import type { Actor } from "@whetstone/shared/room/decide";
import { refusal } from "@whetstone/shared/room/refusal";
import { Trail } from "@whetstone/shared/room/view/trail";
import { panelView } from "@whetstone/shared/room/view/view";
import { EraseRequest, EraseResponse } from "@whetstone/shared/rooms-wire";
import type { Acknowledgement } from "@whetstone/shared/wire";
import { z } from "zod";
import { boardsFor } from "../export/boards.ts";
import { attachment, fileName } from "../export/file-name.ts";
import { roomExport } from "../export/from-view.ts";
import { candidateRecord, recordSchema } from "../export/record.ts";
import type zipRecord from "../export/record-thread.ts";
import type { AccessNotes } from "../room/accesses.ts";
import type { Boards } from "../room/documents/boards.ts";
import type { RoomLog } from "../room/log.ts";
import { readTrail } from "../room/trail.ts";
import type { Pool } from "../threads/pool.ts";
import { WORK } from "../threads/work.ts";
import { type MakingRouteOptions, type Routes, refusals, takesAway } from "./api.ts";
import { askerOf, seatOf } from "./principal.ts";

export type Erasing = Extract<AnyCommand, { type: "erase" | "expire" }>;

interface KeepingRouteOptions extends MakingRouteOptions {
  readonly log: Pick<RoomLog, "read">;
  readonly notes: AccessNotes;
  readonly boards: Boards;
  readonly pool: Pool;
  /** Erases a room with all that was made of it; answers when nobody can read it any more. */
  readonly erase: (roomId: string, commandId: string, actor: Actor, command: Erasing) => Promise<Acknowledgement>;
}

/** What people may ask about what is kept of them: to have all of it, to know who had it, and to have it erased. */
export const keepingRoutes: Routes<KeepingRouteOptions> = async (
  app,
  { now, mint, log, notes, boards, pool, erase },
) => {
  app.get(
    "/room/record.zip",
    {
      config: { admits: "recorder" },
      schema: { summary: "Take everything about the candidate", response: { 200: z.unknown(), ...refusals } },
      // The file is written by a thread; nothing but a refusal is left to serialise.
      serializerCompiler: () => (refused) => JSON.stringify(refused),
    },
    async (request, reply) => {
      const { roomId, seatId, state } = seatOf(request);
      const seen = panelView(state, seatId);
      if (seen?.role !== "host") return reply.refuse(refusal("wrong_seat"));
      if (takesAway(request)) notes.note(roomId, seatId, { what: "exported", format: "record" });
      const drawn = await boardsFor(boards, roomId, seatId, seen.asks);
      const exported = roomExport(seen, now(), drawn);
      const record = candidateRecord(seen, exported, await readTrail({ log, notes }, roomId, state, seatId));
      const task = new Uint8Array(serialize(record));
      const about = { asker: askerOf(request), bytes: task.byteLength, transfer: [task.buffer] };
      const file = await pool.run<typeof zipRecord>(WORK.record, task, about);
      return reply
        .type("application/zip")
        .header("content-disposition", attachment(fileName(exported, "zip")))
        .send(Buffer.from(file));
    },
  );

  app.get(
    "/room/trail",
    {
      config: { admits: "auditor" },
      schema: { summary: "Who opened, took away, revealed and erased what", response: { 200: Trail, ...refusals } },
    },
    async (request) => {
      const { roomId, seatId, state } = seatOf(request);
      return readTrail({ log, notes }, roomId, state, seatId);
    },
  );

  app.post(
    "/room/erase",
    {
      config: { admits: "eraser" },
      schema: {
        summary: "Erase what people wrote in the room, for ever",
        body: EraseRequest,
        response: { 200: EraseResponse, ...refusals },
      },
    },
    async (request, reply) => {
      const { roomId, seatId } = seatOf(request);
      const { commandId } = mint(seatId, request.body.commandId);
      const erased = await erase(roomId, commandId, { kind: "seat", seatId }, { type: "erase" });
      return erased.ok ? { erasedAt: now() } : reply.refuse(erased.refusal);
    },
  );

  app.get("/schemas/candidate-record-1.json", { config: { admits: "anyone" }, schema: { hide: true } }, async () =>
    recordSchema(),
  );
};
