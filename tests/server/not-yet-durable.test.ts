import { emptyFeedback } from "@whetstone/shared/feedback";
import { LookResponse, PublishFeedbackResponse } from "@whetstone/shared/links-wire";
import { describe, expect, test } from "vitest";
import { HeldLog } from "../support/held-log.ts";
import { newSeat, type Seat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** What is accepted and not on the disk yet is shown to nobody, by no way out: it may still be refused. */

async function heldHouse() {
  const log = new HeldLog();
  const server = await startServer({ wrapLog: log.wrap });
  const house = await liveHouse(server);
  const askId = await house.room.push("first-question");
  const { candidate } = house;
  const answer = (text: string) => candidate.send({ type: "writeAnswer", askId, text });
  /** What the others have of the candidate's answer, when everything that was sent to them has come. */
  const seen = async (...seats: Seat[]) => {
    await Promise.all(seats.map((seat) => seat.time()));
    return seats.map(({ view }) => (view.role === "candidate" ? view.ask?.answer : view.asks.at(-1)?.answer));
  };
  return { ...house, log, server, askId, answer, seen };
}

describe("what is not on disk yet", () => {
  test("is not shown with what is, though it was decided by then", async () => {
    const { log, answer, seen, host, observer, candidate } = await heldHouse();
    log.hold();
    const first = answer("one");
    await log.reached();
    const second = answer("one two");
    // An answer to something that was sent later: the second command is decided, and waits.
    await candidate.time();
    expect(await seen(host, observer, candidate)).toEqual(["", "", ""]);
    log.letGo();
    expect(await first).toEqual({ ok: true });
    await log.reached();
    expect(await seen(host, observer, candidate)).toEqual(["one", "one", "one"]);
    log.letGo();
    expect(await second).toEqual({ ok: true });
    expect(await seen(host, observer, candidate)).toEqual(["one two", "one two", "one two"]);
  });

  test("was seen by nobody when it fails after all", async () => {
    const { log, answer, seen, host, observer, candidate } = await heldHouse();
    log.hold();
    const first = answer("one");
    await log.reached();
    const second = answer("lost");
    await candidate.time();
    log.letGo();
    await first;
    await log.reached();
    log.fail();
    expect(await second).toMatchObject({ ok: false, refusal: { reason: "not_saved" } });
    await seen(host, observer, candidate);
    for (const seat of [host, observer, candidate]) expect(seat.received.join("\n")).not.toContain("lost");
    log.release();
    expect(await answer("one three")).toEqual({ ok: true });
    expect(await seen(host, observer, candidate)).toEqual(["one three", "one three", "one three"]);
  });

  test("is not acknowledged, and shown neither to who comes in meanwhile nor to who asks for everything", async () => {
    const { log, answer, seen, host, observer, candidate, server, room } = await heldHouse();
    const olga = await server.takeSeat(room.secret("observer"), "Olga");
    log.hold();
    let isAnswered = false;
    answer("one").then(
      () => {
        isAnswered = true;
      },
      () => "The connection over which it was sent is gone by then.",
    );
    await log.reached();
    const latecomer = await newSeat(server.url, olga).connect();
    for (const seat of [candidate, host]) {
      seat.drop();
      await seat.waitFor(() => !seat.isConnected);
      await seat.connect();
    }
    await observer.resync();
    expect(await seen(latecomer, host, observer, candidate)).toEqual(["", "", "", ""]);
    expect(isAnswered).toBe(false);
    log.release();
    for (const seat of [latecomer, host, observer])
      await seat.until((view) => "asks" in view && view.asks.at(-1)?.answer === "one");
    await candidate.until((view) => view.role === "candidate" && view.ask?.answer === "one");
  });

  test("is in no export, not behind a link and in no comparison", async () => {
    const { log, host, ines, ivan, server, room } = await heldHouse();
    const look = async (secret: string) => LookResponse.parse((await server.post("/api/links/look", { secret })).body);
    const exported = async (seat: Seat) => (await seat.fetch("/api/room/export.json")).text;
    const compared = async (seat: Seat) => (await server.post("/api/across/compare", { secrets: [seat.token] })).text;

    log.hold();
    const end = host.send({ type: "end" });
    await log.reached();
    expect((await look(room.secret("interviewer"))).ended).toBe(false);
    log.letGo();
    await end;
    expect((await look(room.secret("interviewer"))).ended).toBe(true);

    const summary = ines.send({ type: "writeSummary", text: "canary summary of Ines" });
    await log.reached();
    expect(await exported(ines)).not.toContain("canary");
    log.release();
    await summary;
    expect(await exported(ines)).toContain("canary");
    await ivan.must({ type: "submitScorecard", reason: "Only a test." });

    log.hold();
    const submitted = ines.send({ type: "submitScorecard", reason: "Only a test." });
    await log.reached();
    expect(await exported(ivan)).not.toContain("canary");
    expect(await compared(ines)).toContain('"closed":[{');
    log.release();
    await submitted;
    expect(await exported(ivan)).toContain("canary");
    expect(await compared(ines)).toContain('"closed":[]');
  });

  test("is not on the feedback's page", async () => {
    const { log, host, server } = await heldHouse();
    await host.must({ type: "end" });
    await host.must({ type: "submitScorecard", reason: "Only a test." });
    const write = (message: string) => host.must({ type: "writeFeedback", feedback: { ...emptyFeedback, message } });
    const publish = (body: object) =>
      host.fetch("/api/room/feedback/publish", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    await write("as it was first");
    const { link } = PublishFeedbackResponse.parse((await publish({ link: "new", days: null })).body);
    const page = async () => (await server.post("/api/feedback/look", { secret: link?.secret })).text;
    await write("as it was changed");
    log.hold();
    const published = publish({ link: "keep" });
    await log.reached();
    expect(await page()).toContain("as it was first");
    log.letGo();
    await published;
    expect(await page()).toContain("as it was changed");

    const withdrawn = host.send({ type: "withdrawFeedback" });
    await log.reached();
    expect(await page()).toContain("as it was changed");
    log.release();
    await withdrawn;
    expect(await page()).not.toContain("as it was changed");
  });

  test("seats nobody: not among the people, and not by its token", async () => {
    const { log, host, candidate, server, room } = await heldHouse();
    log.hold();
    const taken = server.takeSeat(room.secret("interviewer"), "Nora New");
    await log.reached();
    await Promise.all([host.time(), candidate.time()]);
    expect(host.view.people.map(({ name }) => name)).not.toContain("Nora New");
    log.release();
    const nora = await newSeat(server.url, await taken).connect();
    await host.until(({ people }) => people.some(({ name }) => name === "Nora New"));
    await room.admit(nora);

    log.hold();
    const removal = host.send({ type: "removeSeat", seatId: nora.seatId });
    await log.reached();
    await nora.time();
    expect(nora.lost).toBeNull();
    expect((await nora.fetch("/api/room/export.csv")).status).toBe(200);
    log.release();
    await removal;
    expect((await nora.untilLost()).reason).toBe("seat_removed");
  });

  test("takes no seat over: until then its holder comes back by the token that they have", async () => {
    const { log, candidate, server, room } = await heldHouse();
    log.hold();
    const taken = server.takeSeat(room.secret("candidate"), null);
    await log.reached();
    candidate.drop();
    await candidate.waitFor(() => !candidate.isConnected);
    await candidate.connect();
    log.release();
    expect((await candidate.untilLost()).reason).toBe("seat_taken_over");
    await newSeat(server.url, await taken).connect();
  });
});
