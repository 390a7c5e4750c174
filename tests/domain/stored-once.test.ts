import { emptyFeedback } from "@whetstone/shared/feedback";
import type { Command } from "@whetstone/shared/room/command";
import { describe, expect, test } from "vitest";
import { hashOf, livePanelRoom } from "../support/domain.ts";

/** A text that grows is stored once, and then what is added to it. */

const LONG = "A sentence that goes on and on. ".repeat(60).trim();

describe("a text that is written on is not stored anew", () => {
  const house = () => {
    const seated = livePanelRoom();
    return { ...seated, askId: seated.room.push("first-question") };
  };
  const note = {
    type: "writeNote",
    noteId: "n_000000000001",
    askId: null,
    mark: null,
    evidenceFor: null,
    ageMs: 0,
  } as const;
  const writing: Readonly<
    Record<string, (text: string, askId: string) => { by: "candidate" | "ann" | "host"; command: Command }>
  > = {
    "an answer": (text, askId) => ({ by: "candidate", command: { type: "writeAnswer", askId, text } }),
    "a note": (text) => ({ by: "ann", command: { ...note, text } }),
    "a summary": (text) => ({ by: "ann", command: { type: "writeSummary", text } }),
    "feedback's message": (text) => ({
      by: "host",
      command: { type: "writeFeedback", feedback: { ...emptyFeedback, message: text } },
    }),
    "a point of feedback": (text) => ({
      by: "host",
      command: { type: "writeFeedback", feedback: { ...emptyFeedback, strengths: ["Short.", text], concerns: [text] } },
    }),
  };

  test.each(Object.keys(writing))("%s", (name) => {
    const seated = house();
    const { room, host, askId } = seated;
    const write = writing[name];
    if (!write) throw new Error("There is no such text.");
    if (write("", askId).by === "host") room.must(host, { type: "end" });
    const stored = (text: string) => {
      const { by, command } = write(text, askId);
      return JSON.stringify(room.must(seated[by], command));
    };
    expect(stored(LONG)).toContain(LONG);
    expect(stored(`${LONG}More.`).length).toBeLessThan(500);
    expect(stored(`Less. ${LONG}More.`).length).toBeLessThan(500);
  });

  test("feedback that is published again", () => {
    const { room, host } = house();
    room.must(host, { type: "end" });
    room.must(host, { type: "submitScorecard", reason: "Nothing to say." });
    const write = (message: string) =>
      room.must(host, { type: "writeFeedback", feedback: { ...emptyFeedback, message } });
    const publish = (link: { linkId: string; hash: string; expiresAt: null } | null) =>
      JSON.stringify(room.must(host, { type: "publishFeedback", link }));
    write(LONG);
    expect(publish({ linkId: "l_000000000001", hash: hashOf(0xfeed), expiresAt: null })).toContain(LONG);
    write(`${LONG}More.`);
    expect(publish(null).length).toBeLessThan(500);
  });
});
