import { z } from "zod";
import { Id } from "../room/id.ts";
import { LIMITS } from "../room/limits.ts";
import { Refusal } from "../room/refusal.ts";
import { Playback } from "../room/view/playback.ts";
import { BOARD_LIMITS } from "./board/limits.ts";
import { DocumentName } from "./name.ts";

/** What travels of documents beside a room's views. Updates and state vectors are Yjs' own (version 1), in base64. */

/**
 * One update may bring a whole sheet, three bytes for each of its letters, with what it is made of; or a whole board. Reading one takes some
 * milliseconds.
 */
const LARGEST = 6 * LIMITS.answer;
const UPDATE_MOST = { text: LARGEST, board: 1.5 * BOARD_LIMITS.bytes } as const;
const Update = z.string().max(Math.max(...Object.values(UPDATE_MOST)));
const Vector = z.string().max(LARGEST);

/** Where somebody points on a board, in units of the board. */
export const Pointer = z.strictObject({
  x: z.number().min(-BOARD_LIMITS.far).max(BOARD_LIMITS.far),
  y: z.number().min(-BOARD_LIMITS.far).max(BOARD_LIMITS.far),
});
export type Pointer = z.infer<typeof Pointer>;

/** Where somebody's cursor is in a text and where their selection began, each as Yjs' relative position in base64. */
export const TextCursor = z.strictObject({ head: z.string().max(200), anchor: z.string().max(200) });
export type TextCursor = z.infer<typeof TextCursor>;

/** Where somebody is in a document. */
export const Cursor = z.union([TextCursor, Pointer]);
export type Cursor = z.infer<typeof Cursor>;

/** A program that somebody runs: the end of what it printed so far, and whether it waits for a line. */
export const RunNow = z.strictObject({ printed: z.string().max(4_000), isAsking: z.boolean() });
export type RunNow = z.infer<typeof RunNow>;

/** What a page says of a document: that it opens or leaves it, what was written there, where its cursor is, or what runs. */
export const DocumentMessage = z.discriminatedUnion("type", [
  DocumentName.extend({ type: z.literal("open"), vector: Vector.describe("What the page has of it.") }),
  DocumentName.extend({ type: z.literal("write"), update: Update }).superRefine(({ part, update }, context) => {
    const maximum = UPDATE_MOST[part];
    if (update.length <= maximum) return;
    context.addIssue({ code: "too_big", origin: "string", maximum, inclusive: true, path: ["update"], input: update });
  }),
  DocumentName.extend({ type: z.literal("point"), cursor: Cursor.nullable() }),
  DocumentName.extend({ type: z.literal("run"), run: RunNow.nullable() }),
  DocumentName.extend({ type: z.literal("leave") }),
  DocumentName.extend({
    type: z.literal("replay"),
    after: z.int().min(0).describe("How many of its updates the page has already, from the first one on."),
  }),
]);
export type DocumentMessage = z.infer<typeof DocumentMessage>;

/** The answer to an opening: what the page lacks of the document, what the server has of it, and whose cursors are in it, and what others run. */
export const DocumentOpened = z.discriminatedUnion("ok", [
  z.strictObject({
    ok: z.literal(true),
    update: z.string(),
    vector: z.string(),
    cursors: z.array(z.strictObject({ seatId: Id, cursor: Cursor })),
    runs: z.array(z.strictObject({ seatId: Id, run: RunNow })),
  }),
  z.strictObject({ ok: z.literal(false), refusal: Refusal }),
]);
export type DocumentOpened = z.infer<typeof DocumentOpened>;

/** The answer to writing: it is on disk, or nothing of it is and why. */
export const DocumentWritten = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), refusal: Refusal }),
]);
export type DocumentWritten = z.infer<typeof DocumentWritten>;

/** The answer to a replay: a document's updates from its first one on, in pieces, with what is told beside them. */
export const DocumentReplayed = z.discriminatedUnion("ok", [
  z.strictObject({
    ok: z.literal(true),
    updates: z.array(
      z.strictObject({
        at: z.int().describe("Milliseconds since 1970."),
        by: z
          .int()
          .nullable()
          .describe("The place of its writer in `writers`; null for the server, which brings what the question does."),
        update: z.string(),
      }),
    ),
    writers: z.array(z.strictObject({ seatId: Id, name: z.string() })).describe("Of these updates."),
    count: z.int().describe("How many there are of the document in all."),
    playback: Playback,
  }),
  z.strictObject({ ok: z.literal(false), refusal: Refusal }),
]);
export type DocumentReplayed = z.infer<typeof DocumentReplayed>;

/** What a page is told of a document that it has open. */
export const DocumentTold = z.discriminatedUnion("type", [
  DocumentName.extend({ type: z.literal("written"), update: z.string() }),
  DocumentName.extend({ type: z.literal("pointed"), seatId: Id, cursor: Cursor.nullable() }),
  DocumentName.extend({ type: z.literal("ran"), seatId: Id, run: RunNow.nullable() }),
  DocumentName.extend({ type: z.literal("astray") }).describe("It is to be opened anew."),
]);
export type DocumentTold = z.infer<typeof DocumentTold>;
