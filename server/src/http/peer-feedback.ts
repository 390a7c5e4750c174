import { PeerFeedbackFormat } from "@whetstone/shared/export-wire";
import { refusal } from "@whetstone/shared/room/refusal";
import { view } from "@whetstone/shared/room/view/view";
import { z } from "zod";
import { boardsFor } from "../export/boards.ts";
import { attachment, fileNamed } from "../export/file-name.ts";
import { practiceOf } from "../export/peers/practice.ts";
import { practiceWriters } from "../export/peers/writers.ts";
import type { AccessNotes } from "../room/accesses.ts";
import type { Boards } from "../room/documents/boards.ts";
import type { Pool } from "../threads/pool.ts";
import { type RouteOptions, type Routes, refusals, takesAway } from "./api.ts";
import { askerOf, seatOf } from "./principal.ts";

interface PeerFeedbackRouteOptions extends RouteOptions {
  readonly pool: Pool;
  readonly notes: Pick<AccessNotes, "note">;
  readonly boards: Boards;
}

/** What one of those who practised with each other keeps: the view of the bearer's seat as a file. */
export const peerFeedbackRoutes: Routes<PeerFeedbackRouteOptions> = async (app, { now, pool, notes, boards }) => {
  app.get(
    "/room/peer-feedback.:format",
    {
      config: { admits: "seat" },
      schema: {
        summary: "Keep what the seat sees of a practice",
        params: z.object({ format: PeerFeedbackFormat }),
        response: { 200: z.unknown(), ...refusals },
      },
      // The file is written by its format; only a refusal is left to serialise.
      serializerCompiler: () => (file) => (typeof file === "string" ? file : JSON.stringify(file)),
    },
    async (request, reply) => {
      const { roomId, state, seatId } = seatOf(request);
      const seen = view(state, seatId);
      if (!seen || !("peers" in seen) || !seen.peers) return reply.refuse(refusal("wrong_seat"));
      const { peers, you, room } = seen;
      const asks = peers.past.flatMap((round): readonly { readonly askId: string }[] => round.asks);
      const drawn = await boardsFor(boards, roomId, seatId, asks);
      const practice = practiceOf({ peers, you, room }, now(), drawn);
      const { format } = request.params;
      const { mediaType, write } = practiceWriters(pool, askerOf(request))[format];
      const file = await write(practice);
      if (typeof file === "object" && "problem" in file) {
        return reply.refuse(refusal("format_unavailable", file.problem));
      }
      if (takesAway(request)) notes.note(roomId, seatId, { what: "exported", format });
      return reply
        .type(mediaType)
        .header("content-disposition", attachment(fileNamed(`${room.title} ${you.name}`, format)))
        .send(typeof file === "string" ? file : Buffer.from(file));
    },
  );
};
