import { emptyFeedback, type FeedbackDraft } from "@whetstone/shared/feedback";
import { withBase } from "@whetstone/shared/room/base";
import type { Command } from "@whetstone/shared/room/command";
import { SHOWN } from "@whetstone/shared/room/ground";
import type { SeatRole } from "@whetstone/shared/room/seats/commands";
import type { View } from "@whetstone/shared/room/view/view";
import { describe, expect, test } from "vitest";
import { newId, newSeat, type Seat } from "../support/seats.ts";
import { startServer, type TestRoom } from "../support/server.ts";

/** What one person writes on two devices, over real sockets: one of them was away while the other wrote. */

async function liveRoom() {
  const server = await startServer();
  const room = await server.openRoom();
  const candidate = await room.join("candidate", "Cleo");
  await room.start(candidate);
  const askId = await room.push("first-question");
  await candidate.until((view) => view.role === "candidate" && view.ask !== null);
  return { server, room, host: room.host, candidate, askId };
}

/** The same person's other device; the first one loses the seat to it. */
async function onAnotherDevice(room: TestRoom, role: SeatRole): Promise<Seat> {
  return newSeat(
    room.server.url,
    await room.server.takeSeat(room.secret(role), role === "host" ? null : "Cleo"),
  ).connect();
}

/** What a page that saw this view writes. */
const on = (seen: View, command: Command): Command => withBase(seen, command, SHOWN);

describe("a device that was away while the other one wrote", () => {
  test("brings its answer beside the other's, once, and a restart changes nothing", async () => {
    const { server, room, candidate: laptop, askId } = await liveRoom();
    const answer = (text: string): Command => ({ type: "writeAnswer", askId, text });
    await laptop.must(on(laptop.view, answer("Known to both.")));
    const seen = laptop.view;
    laptop.drop();

    const phone = await onAnotherDevice(room, "candidate");
    await phone.must(on(phone.view, answer("Known to both. From the phone.")));

    const back = await onAnotherDevice(room, "candidate");
    expect((await phone.untilLost()).reason).toBe("seat_taken_over");
    const commandId = newId("c");
    const late = on(seen, answer("Known to both. From the laptop."));
    await back.must(late, commandId);
    const both = "Known to both. From the phone. From the laptop.";
    expect(back.candidate.ask?.answer).toBe(both);
    await room.host.until((view) => view.role === "host" && view.asks[0]?.answer === both);

    await back.must(late, commandId);
    await back.resync();
    expect(back.candidate.ask?.answer).toBe(both);

    const again = await server.restart();
    await back.connect(again.url);
    expect(back.candidate.ask?.answer).toBe(both);
    await back.must(late, commandId);
    await back.resync();
    expect(back.candidate.ask?.answer).toBe(both);
  });

  test("brings the host's notes, summary and feedback together with the other's", async () => {
    const { room, host: laptop } = await liveRoom();
    const noteId = newId("n");
    const note = (text: string): Command => ({
      type: "writeNote",
      noteId,
      askId: null,
      text,
      mark: null,
      evidenceFor: null,
      ageMs: 0,
    });
    const feedback = (change: Partial<FeedbackDraft>): Command => ({
      type: "writeFeedback",
      feedback: { ...emptyFeedback, message: "Dear Cleo.", strengths: ["calm"], ...change },
    });
    await laptop.must(on(laptop.view, note("Begun.")));
    await laptop.must({ type: "end" });
    await laptop.must(on(laptop.view, feedback({})));
    const seen = laptop.view;
    laptop.drop();

    const phone = await onAnotherDevice(room, "host");
    for (const command of [
      note("Begun. On the phone."),
      { type: "writeSummary", text: "On the phone." } as const,
      feedback({ message: "Dear Cleo. Yours.", strengths: ["calm", "kind"], namesPanel: true }),
    ]) {
      await phone.must(on(phone.view, command));
    }

    const back = await onAnotherDevice(room, "host");
    for (const command of [
      note("Begun. On the laptop."),
      { type: "writeSummary", text: "On the laptop." } as const,
      feedback({ message: "Dear Cleo. Thanks.", strengths: ["calm", "quick"], questions: "asked" }),
      { type: "removeNote", noteId } as const,
    ]) {
      await back.must(on(seen, command));
    }
    const { scorecard } = back.panel;
    expect(scorecard.notes.map(({ text }) => text)).toEqual(["Begun. On the phone. On the laptop."]);
    expect(scorecard.summary).toBe("On the phone.\nOn the laptop.");
    expect(back.host.feedback.draft).toEqual({
      ...emptyFeedback,
      message: "Dear Cleo. Yours. Thanks.",
      strengths: ["calm", "kind", "quick"],
      questions: "asked",
      namesPanel: true,
    });
  });

  test("brings the host's plan together with the other's", async () => {
    const { room, host: laptop } = await liveRoom();
    const adding = ({ panel }: Seat, questionId: string): Command => ({
      type: "arrangePlan",
      items: [
        ...panel.plan.map((item) => ({ itemId: item.itemId, questionId: item.questionId, minutes: item.minutes })),
        { itemId: newId("p"), questionId, minutes: 5 },
      ],
    });
    await laptop.must(on(laptop.view, adding(laptop, "second-question")));
    const late = on(laptop.view, adding(laptop, "third-question"));
    laptop.drop();
    const phone = await onAnotherDevice(room, "host");
    await phone.must(on(phone.view, adding(phone, "fourth-question")));
    const back = await onAnotherDevice(room, "host");
    await back.must(late);
    expect(back.panel.plan.map(({ questionId }) => questionId)).toEqual([
      "second-question",
      "fourth-question",
      "third-question",
    ]);
  });
});
