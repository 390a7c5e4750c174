import { type RefusalReason, refusal } from "@whetstone/shared/room/refusal";
import { textOf } from "@whetstone/shared/workspace/document";
import type { DocumentMessage } from "@whetstone/shared/workspace/wire";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pauses } from "../../client/src/room/store/pauses.ts";
import { UnsentDocuments } from "../../client/src/room/store/unsent-documents.ts";
import { SharedDocument, type SharedDocumentOptions } from "../../client/src/room/workspace/shared-document.ts";
import { MemoryStorage } from "./fakes.ts";

/** What a document on a page does with what the server answers, whatever that is. */

const NAME = { askId: "a_1", part: "text" } as const;
const EMPTY = { ok: true, update: "AAA=", vector: "AA==", cursors: [], runs: [] } as const;

type Line = SharedDocumentOptions["line"];
type Answer = { readonly ok: true } | { readonly ok: false; readonly refusal: ReturnType<typeof refusal> };

/** A server that answers as it is set to; it has nothing of the document. */
class FakeServer implements Line {
  writing: RefusalReason | null = null;
  opening: RefusalReason | null = null;
  fails = false;
  readonly written: string[] = [];
  readonly refusals: string[] = [];
  ask = (async ({ type }: DocumentMessage) => {
    if (type === "open") return this.opening ? no(this.opening) : EMPTY;
    const answer: Answer = this.writing ? no(this.writing) : { ok: true };
    if (answer.ok) this.written.push(type);
    return answer;
  }) as Line["ask"];
  tell: Line["tell"] = () => undefined;
  follow: Line["follow"] = (_name, reader) => {
    reader.connected();
    return () => undefined;
  };
  setUnwritten: Line["setUnwritten"] = (_name, unwritten) => {
    this.fails = unwritten?.fails ?? false;
  };
  refused: Line["refused"] = (_name, text) => void this.refusals.push(text);
}

const no = (reason: RefusalReason): Answer => ({ ok: false, refusal: refusal(reason) });

function page(line: FakeServer, storage: MemoryStorage): SharedDocument {
  return new SharedDocument({
    name: NAME,
    line,
    writerOf: () => null,
    storage,
    unsent: new UnsentDocuments(storage, "r", "s"),
    pauses: new Pauses(() => 0),
  });
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const A_WHILE = 120_000;

test.each(["not_saved", "too_many", "server_busy", "server_failed", "unknown_room", "unknown_ask"] as const)(
  "words whose writing is answered with %s stay kept, through a reload too, and are sent when they can be",
  async (reason) => {
    const [server, storage] = [new FakeServer(), new MemoryStorage()];
    const before = page(server, storage);
    await vi.advanceTimersByTimeAsync(100);
    server.writing = reason;
    textOf(before.yjs).insert(0, "20 × 64 weights");
    await vi.advanceTimersByTimeAsync(A_WHILE);
    expect(textOf(before.yjs).toString()).toBe("20 × 64 weights");
    expect(server.refusals).toEqual([]);
    before.close();

    const after = page(server, storage);
    await vi.advanceTimersByTimeAsync(A_WHILE);
    expect(textOf(after.yjs).toString()).toBe("20 × 64 weights");
    server.writing = null;
    await vi.advanceTimersByTimeAsync(A_WHILE);
    expect(server.written).toHaveLength(1);
    expect(new UnsentDocuments(storage, "r", "s").names).toEqual([]);
    after.close();
  },
);

test("that the server cannot save is said until something is saved, whatever else it answers meanwhile", async () => {
  const server = new FakeServer();
  const document = page(server, new MemoryStorage());
  await vi.advanceTimersByTimeAsync(100);
  server.writing = "not_saved";
  textOf(document.yjs).insert(0, "words");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.fails).toBe(true);
  server.opening = "too_many";
  await vi.advanceTimersByTimeAsync(A_WHILE);
  expect(server.fails).toBe(true);
  server.opening = server.writing = null;
  await vi.advanceTimersByTimeAsync(A_WHILE);
  expect(server.fails).toBe(false);
  document.close();
});

test("words for which there is no place any more are shown to their writer, and let go", async () => {
  const [server, storage] = [new FakeServer(), new MemoryStorage()];
  const document = page(server, storage);
  await vi.advanceTimersByTimeAsync(100);
  server.writing = server.opening = "unknown_ask";
  textOf(document.yjs).insert(0, "words");
  await vi.advanceTimersByTimeAsync(A_WHILE);
  expect(server.refusals).toEqual(["words"]);
  expect(document.getStanding().state).toBe("refused");
  expect(new UnsentDocuments(storage, "r", "s").names).toEqual([]);
  document.close();
});
