import type { Caption, CaptionAnswer, CaptionMessage } from "@whetstone/shared/captions/wire";
import { refusal } from "@whetstone/shared/room/refusal";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isSentence, pieces } from "../../client/src/room/captions/lines.ts";
import { CaptionLine } from "../../client/src/room/store/caption-line.ts";
import type { RoomSocket } from "../../client/src/room/store/socket.ts";

/** Captions of a page over a line that a test holds: what waits for it, what goes out, and what stands on the page. */

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Settle = (failed: Error | null, answer?: CaptionAnswer) => void;

class Socket {
  readonly sent: CaptionMessage[] = [];
  #settle: Settle | null = null;
  told: (caption: Caption) => void = () => {};

  on(_event: "caption", told: (caption: Caption) => void): void {
    this.told = told;
  }

  timeout() {
    return {
      emit: (_event: "caption", message: CaptionMessage, settle: Settle) => {
        this.sent.push(message);
        this.#settle = settle;
      },
    };
  }

  /** Answers what was sent last, and lets the time pass after which the next goes out. */
  answer(answer: CaptionAnswer = { ok: true }): void {
    this.#settle?.(null, answer);
    vi.advanceTimersByTime(2_000);
  }
}

function opened() {
  const socket = new Socket();
  const captions = new CaptionLine(socket as unknown as RoomSocket);
  const say = (lineId: string, text: string, isFinal: boolean) => captions.say({ lineId, text, isFinal }, "s_own");
  const texts = () => captions.getSnapshot().lines.map(({ text }) => text);
  return { socket, captions, say, texts, sent: () => socket.sent.map(({ text }) => text) };
}

describe("a line of captions", () => {
  test("goes out as it is by now: what came to it while another was on its way goes in one", () => {
    const { socket, captions, say, sent, texts } = opened();
    captions.connected();
    for (const text of ["I", "I wo", "I would"]) say("t_1", text, false);
    expect(sent()).toEqual(["I"]);
    socket.answer();
    expect(sent()).toEqual(["I", "I would"]);
    say("t_1", "I would.", true);
    say("t_2", "Then", false);
    socket.answer();
    socket.answer();
    expect(sent()).toEqual(["I", "I would", "I would.", "Then"]);
    expect(texts()).toEqual(["I would.", "Then"]);
  });

  test("waits for a connection once it is finished, and is of no use later before that", () => {
    const { socket, captions, say, sent } = opened();
    captions.connected();
    say("t_1", "on its way", true);
    captions.disconnected();
    say("t_2", "finished meanwhile", true);
    say("t_3", "not fin", false);
    captions.disconnected();
    expect([...captions.getSnapshot().unsent]).toEqual(["t_1", "t_2"]);
    captions.connected();
    socket.answer();
    socket.answer();
    expect(sent()).toEqual(["on its way", "on its way", "finished meanwhile"]);
    expect(captions.getSnapshot().unsent.size).toBe(0);
  });

  test("goes out again where the server had too much, and not where it may not be said", () => {
    const { socket, captions, say, sent } = opened();
    captions.connected();
    say("t_1", "once more", true);
    socket.answer({ ok: false, refusal: refusal("too_many") });
    expect(sent()).toEqual(["once more", "once more"]);
    expect(captions.getSnapshot().refused).toBeNull();
    socket.answer({ ok: false, refusal: refusal("call_over") });
    expect(sent()).toHaveLength(2);
    expect(captions.getSnapshot()).toMatchObject({ refused: { reason: "call_over" }, unsent: new Set() });
  });

  test("of somebody else takes its own place as it grows and is corrected, and goes where it is taken back", () => {
    const { socket, texts } = opened();
    const told = (lineId: string, text: string, writerId = "s_other") =>
      socket.told({ lineId, text, isFinal: true, writerId, speakerId: null });
    told("t_1", "first");
    told("t_2", "second");
    told("t_1", "first, corrected");
    // Another's line of the same name is another line.
    told("t_1", "of another", "s_another");
    expect(texts()).toEqual(["first, corrected", "second", "of another"]);
    told("t_2", "");
    expect(texts()).toEqual(["first, corrected", "of another"]);
  });
});

test("a sentence ends a line, and a long text becomes several that are cut between words", () => {
  expect(["It is so. ", "Why? ", "“Yes.” ", "はい。"].every(isSentence)).toBe(true);
  expect(["It is so", "It is 0.5", "It is so.", ""].some(isSentence)).toBe(false);
  const words = Array.from({ length: 200 }, (_, index) => `word${index}`).join(" ");
  expect(pieces(words).every((piece) => piece.length <= 500)).toBe(true);
  expect(
    pieces(words)
      .map((piece) => piece.trim())
      .join(" "),
  ).toBe(words);
  expect(pieces("x".repeat(1_200)).map(({ length }) => length)).toEqual([500, 500, 200]);
  expect(pieces("  ")).toEqual([]);
});
