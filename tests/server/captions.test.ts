import { CAPTION_LIMITS, type CaptionAnswer, type CaptionMessage } from "@whetstone/shared/captions/wire";
import { describe, expect, test } from "vitest";
import { Connection } from "../../server/src/sqlite/connection.ts";
import type { Seat } from "../support/seats.ts";
import { fullHouse, liveHouse, startServer } from "../support/server.ts";

/** Captions over a real server: whom they reach, what is taken in, and that nothing of them is anywhere afterwards. */

let count = 0;
const line = (text: string, change: Partial<CaptionMessage> = {}): CaptionMessage => {
  count += 1;
  return { lineId: `t_${String(count).padStart(12, "0")}`, text, isFinal: true, ...change };
};
const say = (seat: Seat, message: unknown) => seat.ask("caption", message) as Promise<CaptionAnswer>;
const reasonOf = (answer: CaptionAnswer) => (answer.ok ? null : answer.refusal.reason);
/** Everything that was sent to these seats is there. */
const reached = (...seats: readonly Seat[]) => Promise.all(seats.map((seat) => seat.time()));
/** Those of these seats that a text reached, in whatever bytes. */
const readers = (text: string, ...seats: readonly Seat[]) =>
  seats.filter(({ received }) => received.join("").includes(text)).map(({ shown }) => shown.you.name);

/** Every row of every table of a database that a server has open. */
function contentOf(file: string): unknown {
  const database = new Connection(file, { readonly: true });
  const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all() as {
    readonly name: string;
  }[];
  const content = names.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]);
  database.close();
  return content;
}

describe("what somebody types who captions", () => {
  test("reaches everybody who is in the room and was let in, with who is speaking, word by word", async () => {
    const { room, host, ines, ivan, candidate, observer } = await liveHouse(await startServer());
    const captioner = await room.captioner();
    const all = [host, ines, ivan, candidate, observer];
    const message = line("unmistak", { isFinal: false, speakerId: ines.seatId });
    expect(await say(captioner, message)).toEqual({ ok: true });
    await say(captioner, { ...message, text: "unmistakable", isFinal: true });
    await reached(...all, captioner);
    const { lineId } = message;
    const told = { lineId, writerId: captioner.seatId, speakerId: ines.seatId };
    for (const seat of all) {
      expect(seat.captions).toEqual([
        { ...told, text: "unmistak", isFinal: false },
        { ...told, text: "unmistakable", isFinal: true },
      ]);
    }
    expect(captioner.captions).toEqual([]);
  });

  test("names nobody as speaking whom the captioner or the reader does not see", async () => {
    const { room, host, candidate, observer } = await liveHouse(await startServer());
    const captioner = await room.captioner();
    for (const speakerId of [observer.seatId, "s_never-seated-here", null]) {
      await say(captioner, line("who", { speakerId }));
    }
    await reached(host, candidate);
    for (const seat of [host, candidate])
      expect(seat.captions.map(({ speakerId }) => speakerId)).toEqual([null, null, null]);
    expect(readers(observer.seatId, candidate)).toEqual([]);
  });

  test("reaches no candidate before they are let in, nobody who waits, and nobody who was removed", async () => {
    const { room, host, ines, candidate } = await fullHouse(await startServer());
    const captioner = await room.captioner();
    const waiting = await room.captioner("Wanda Waiting", false);
    await say(captioner, line("first words"));
    await reached(host, candidate, waiting);
    expect(readers("first words", host, candidate, waiting)).toEqual(["Hana Host"]);
    expect(reasonOf(await say(waiting, line("not let in")))).toBe("not_admitted");
    await room.start(candidate);
    await host.must({ type: "removeSeat", seatId: ines.seatId });
    await ines.waitFor(() => ines.lost !== null);
    await say(captioner, line("second words"));
    await reached(host, candidate);
    expect(readers("second words", host, candidate, ines)).toEqual(["Hana Host", "Cleo Candidate"]);
    await host.must({ type: "end" });
    expect(reasonOf(await say(captioner, line("third words")))).toBe("call_over");
    await reached(host, candidate);
    expect(readers("third words", host, candidate)).toEqual([]);
  });
});

describe("what somebody's own device heard", () => {
  test("reaches those by whom they would be heard, as theirs whatever they say", async () => {
    const { room, host, ines, candidate, observer } = await liveHouse(await startServer());
    const captioner = await room.captioner();
    await say(candidate, line("of the candidate", { speakerId: host.seatId }));
    await say(ines, line("of Ines"));
    await reached(host, ines, candidate, observer, captioner);
    expect(readers("of the candidate", host, ines, observer, captioner)).toEqual([
      ...["Hana Host", "Ines Interviewer", "Cato Captioner"],
    ]);
    expect(host.captions[0]).toMatchObject({ writerId: candidate.seatId, speakerId: candidate.seatId });
    expect(readers("of Ines", host, candidate, observer, captioner)).toHaveLength(4);
    expect(reasonOf(await say(observer, line("of who listens")))).toBe("wrong_seat");
  });

  test("does not leave the panel once the interview is over", async () => {
    const { room, host, ines, candidate } = await liveHouse(await startServer());
    const captioner = await room.captioner();
    await host.must({ type: "end" });
    await say(ines, line("what the panel thinks"));
    await reached(host, candidate, captioner);
    expect(readers("what the panel thinks", host, candidate, captioner)).toEqual(["Hana Host"]);
  });
});

describe("a caption", () => {
  test("that is malformed, too long or one of too many is refused, and the others go on", async () => {
    const { room, host, candidate } = await liveHouse(await startServer());
    const captioner = await room.captioner();
    const good = line("good");
    for (const bad of [null, "text", { ...good, lineId: "x" }, { ...good, more: true }, { ...good, text: 7 }]) {
      expect(reasonOf(await say(captioner, bad))).toBe("malformed");
    }
    expect(reasonOf(await say(captioner, line("x".repeat(CAPTION_LIMITS.text + 1))))).toBe("too_long");
    captioner.emit("caption", good);
    const many = Array.from({ length: 60 }, () => say(captioner, line("many")));
    expect((await Promise.all(many)).map(reasonOf)).toContain("too_many");
    expect(await say(candidate, line("still said"))).toEqual({ ok: true });
    await reached(host);
    expect(readers("still said", host)).toHaveLength(1);
    expect(captioner.isConnected).toBe(true);
  });

  test("is one line, and turns nothing around", async () => {
    const { host, candidate } = await liveHouse(await startServer());
    await say(candidate, line("one\ntwo \u202ethree <b>four</b>"));
    await reached(host);
    expect(host.captions[0]?.text).toBe("one two three <b>four</b>");
  });

  test("is kept nowhere: not in the room's log, in no file, and for nobody who comes back", async () => {
    const server = await startServer();
    const { room, host, candidate } = await liveHouse(server);
    const captioner = await room.captioner();
    const before = contentOf(server.dataFile);
    for (const seat of [captioner, candidate]) await say(seat, line("utterly unmistakable"));
    await reached(host);
    expect(readers("utterly unmistakable", host)).toHaveLength(1);
    expect(contentOf(server.dataFile)).toEqual(before);
    const taken = host.received.length;
    host.drop();
    await host.connect();
    await reached(host);
    expect(host.received.slice(taken).join("")).not.toContain("unmistakable");
    expect((await host.fetch("/api/room/export.json")).text).not.toContain("unmistakable");
    // What is said in the room's log would be seen here.
    await host.must({ type: "extendRoom", minutes: 1 });
    expect(contentOf(server.dataFile)).not.toEqual(before);
  });
});

test("a captioner's token opens the room, and nothing else", async () => {
  const { room } = await liveHouse(await startServer());
  const captioner = await room.captioner();
  for (const path of [
    "/api/room/export.md",
    "/api/room/record.zip",
    "/api/room/trail",
    "/api/bank/coverage",
    "/api/kits",
  ]) {
    expect(await captioner.fetch(path)).toMatchObject({ status: 403, body: { reason: "wrong_seat" } });
  }
});
