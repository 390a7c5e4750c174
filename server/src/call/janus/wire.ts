import { z } from "zod";

/** What Janus says over its WebSocket, as far as it is read: the documentation of Janus 1.x, "The Janus API" and "VideoRoom plugin". */

/** How the VideoRoom names rooms and people: by numbers, or by texts where its configuration says `string_ids`. */
export const JanusId = z.union([z.int(), z.string()]);
export type JanusId = z.infer<typeof JanusId>;

export const Jsep = z.object({ type: z.enum(["offer", "answer"]), sdp: z.string() });
export type Jsep = z.infer<typeof Jsep>;

const Candidate = z.object({
  candidate: z.string().optional(),
  sdpMid: z.string().nullish(),
  sdpMLineIndex: z.int().nullish(),
  completed: z.boolean().optional(),
});

export const JanusMessage = z.object({
  janus: z.string(),
  transaction: z.string().optional(),
  /** The handle that it is about. */
  sender: z.int().optional(),
  data: z.object({ id: z.int() }).optional(),
  plugindata: z
    .object({
      data: z.object({
        videoroom: z.string().optional(),
        room: JanusId.optional(),
        list: z.array(z.object({ room: JanusId, description: z.string() })).optional(),
        error_code: z.int().optional(),
        error: z.string().optional(),
      }),
    })
    .optional(),
  jsep: Jsep.optional(),
  candidate: Candidate.optional(),
  error: z.object({ code: z.int(), reason: z.string() }).optional(),
});
export type JanusMessage = z.infer<typeof JanusMessage>;
