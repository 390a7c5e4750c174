import { BOARD_LIMITS } from "@whetstone/shared/workspace/board/limits";
import { describe, expect, test } from "vitest";
import { arrow, BoardSheet, boardSheetOf, box, stroke, words } from "../support/boards.ts";
import { sheetOf } from "../support/documents.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** The board of an ask, over the room's own connection. */

/** A live interview with a question open. */
async function asked() {
  const server = await startServer();
  const house = await liveHouse(server);
  return { server, ...house, askId: await house.room.push("second-question") };
}

const refusedFor = (reason: string) => ({ ok: false, refusal: { reason } });

describe("the board of an ask", () => {
  test("is drawn on by candidate and panel, looked at by observers, and no part of the answer", async () => {
    const { host, ines, candidate, observer, askId } = await asked();
    const [ofCandidate, ofInes, ofObserver] = [
      await boardSheetOf(candidate, askId),
      await boardSheetOf(ines, askId),
      await boardSheetOf(observer, askId),
    ];
    const text = await sheetOf(candidate, askId);
    expect(await ofCandidate.draw(box("a"), words("l", "Cache", { containerId: "a" }))).toEqual({ ok: true });
    await ofInes.untilStanding({ a: 1, l: 1 });
    expect(await ofInes.draw(box("b", { x: 400 }), arrow("to", "a", "b"))).toEqual({ ok: true });
    for (const board of [ofCandidate, ofObserver]) await board.untilStanding({ a: 1, l: 1, b: 1, to: 1 });
    expect(ofObserver.outline.nodes[0]?.lines).toHaveLength(1);
    expect(await ofObserver.draw(box("c"))).toMatchObject(refusedFor("wrong_seat"));
    await text.write("in words");
    await host.until((view) => view.role === "host" && view.asks[0]?.answer === "in words");
    expect(ofCandidate.standing).toEqual({ a: 1, l: 1, b: 1, to: 1 });
  });

  test("is stored before anybody hears of it, and outlives the process", async () => {
    const { server, ines, candidate, askId } = await asked();
    const board = await boardSheetOf(candidate, askId);
    await board.draw(box("a"));
    const again = await server.restart();
    for (const seat of [candidate, ines]) await seat.connect(again.url);
    expect((await boardSheetOf(ines, askId)).standing).toEqual({ a: 1 });
  });

  test("of what two draw at once without each other shows the same to both, and the later version", async () => {
    const { server, ines, candidate, askId } = await asked();
    const [one, other] = [await boardSheetOf(candidate, askId), await boardSheetOf(ines, askId)];
    await one.draw(box("a"));
    await other.untilStanding({ a: 1 });
    candidate.drop();
    const offline = one.drawn(box("a", { version: 5, x: 50 }), box("mine"));
    await other.draw(box("a", { version: 4, x: 90 }), box("theirs"));
    await candidate.connect(server.url);
    await one.opened();
    expect(await one.send(offline)).toEqual({ ok: true });
    expect(await one.send(offline)).toEqual({ ok: true });
    for (const board of [one, other]) await board.untilStanding({ a: 5, mine: 1, theirs: 1 });
  });

  test("is the candidate's alone where the host says so, and nobody's but theirs once the question is closed", async () => {
    const { host, candidate, askId } = await asked();
    const [ofCandidate, ofHost] = [await boardSheetOf(candidate, askId), await boardSheetOf(host, askId)];
    await host.must({ type: "letEdit", panel: false });
    expect(await ofHost.draw(box("no"))).toMatchObject(refusedFor("wrong_seat"));
    await host.must({ type: "letEdit", panel: true });
    await host.must({ type: "closeAsk", askId });
    const late = await boardSheetOf(host, askId);
    expect(await late.draw(box("no"))).toMatchObject(refusedFor("wrong_phase"));
    expect(await ofCandidate.draw(box("last"))).toEqual({ ok: true });
    const read = await boardSheetOf(host, askId);
    expect(read.standing).toEqual({ last: 1 });
  });
});

describe("what is wrong", () => {
  /** Nothing of it is stored, nobody else is disturbed, and whoever sent it goes on. */
  async function isRefused(sent: (board: BoardSheet) => Promise<unknown>, reason: string) {
    const { server, ines, candidate, askId } = await asked();
    const read = await boardSheetOf(ines, askId);
    const board = await boardSheetOf(candidate, askId);
    expect(await board.draw(box("before"))).toEqual({ ok: true });
    expect(await sent(board)).toMatchObject(refusedFor(reason));
    const anew = await boardSheetOf(candidate, askId);
    expect(anew.standing).toEqual({ before: 1 });
    expect(await anew.draw(box("after"))).toEqual({ ok: true });
    await ines.waitFor(() => read.standing.before === 1);
    const again = await server.restart();
    await ines.connect(again.url);
    expect((await boardSheetOf(ines, askId)).standing).toEqual({ before: 1, after: 1 });
  }

  test("a picture is refused, however small, and one of gigabytes alike", async () => {
    const picture = { ...box("it"), type: "image", fileId: "f", status: "saved", scale: [1, 1], crop: null };
    await isRefused((board) => board.force("it~2", JSON.stringify(picture)), "not_for_board");
    await isRefused((board) => board.force("it~2", { dataURL: "data:image/png;base64,iVBORw0KGgo" }), "not_for_board");
    await isRefused((board) => board.send(new Uint8Array(350_000)), "too_long");
  });

  test("a page that is embedded, a script behind a link and another map are refused", async () => {
    const embedded = JSON.stringify({ ...box("it"), type: "embeddable", link: "https://elsewhere.example" });
    await isRefused((board) => board.force("it~2", embedded), "not_for_board");
    const script = JSON.stringify(box("it", { link: "javascript:alert(1)" }));
    await isRefused((board) => board.force("it~2", script), "not_for_board");
    await isRefused((board) => board.send(board.change((text) => text.insert(0, "a text"))), "not_for_board");
    await isRefused((board) => board.send(new Uint8Array([1, 2, 3])), "not_for_board");
  });

  test("sixty megabytes end the connection that sends them, disturb nobody else, and are nowhere", async () => {
    const { server, ines, candidate, host, askId } = await asked();
    const [board, read] = [await boardSheetOf(candidate, askId), await boardSheetOf(ines, askId)];
    const ofHost = await boardSheetOf(host, askId);
    await board.draw(box("before"));
    await candidate.flood(60_000_000);
    expect(await read.draw(box("on"))).toEqual({ ok: true });
    await ofHost.untilStanding({ before: 1, on: 1 });
    await candidate.connect(server.url);
    const anew = await boardSheetOf(candidate, askId);
    expect(anew.standing).toEqual({ before: 1, on: 1 });
    expect(await anew.draw(box("after"))).toEqual({ ok: true });
    await ofHost.untilStanding({ before: 1, on: 1, after: 1 });
  });

  test("numbers that are none and links that lead elsewhere than to the web are refused", async () => {
    const json = JSON.stringify(box("it", { x: 12_345 }));
    await isRefused((board) => board.force("it~2", json.replace("12345", "1e999")), "not_for_board");
    await isRefused((board) => board.force("it~2", json.replace("12345", "NaN")), "not_for_board");
    const link = JSON.stringify(box("it", { link: "file:///etc/passwd" }));
    await isRefused((board) => board.force("it~2", link), "not_for_board");
  });

  test("a board that a hostile page fills is full, and the others go on with what there is", async () => {
    const { ines, candidate, askId } = await asked();
    const [board, read] = [await boardSheetOf(candidate, askId), await boardSheetOf(ines, askId)];
    const drawn: Record<string, number> = {};
    let refused: unknown = null;
    for (let turn = 0; turn < 12 && refused === null; turn++) {
      const ids = Array.from({ length: 4 }, (_, index) => `s${turn}-${index}`);
      const answer = await board.draw(...ids.map((id) => stroke(id, 1_500)));
      if (!answer.ok) refused = answer.refusal.reason;
      else for (const id of ids) drawn[id] = 1;
    }
    expect(refused).toBe("board_full");
    await read.opened();
    await read.untilStanding(drawn);
    const [first] = Object.keys(drawn);
    expect(await read.draw({ id: String(first), isDeleted: true, version: 2, versionNonce: 1 })).toEqual({ ok: true });
    expect(Object.keys(drawn).length * 1_500).toBeLessThan(BOARD_LIMITS.bytes);
  });

  test("an element is nobody's for ever: no version is so high that none could come after it", async () => {
    await isRefused((board) => board.draw(box("it", { version: Number.MAX_SAFE_INTEGER })), "not_for_board");
    await isRefused((board) => board.draw(box("before", { version: 2_000_000 })), "not_for_board");
    const { candidate, ines, askId } = await asked();
    const [one, other] = [await boardSheetOf(candidate, askId), await boardSheetOf(ines, askId)];
    for (const version of [1, 900_000, 1_800_000, 2_700_000])
      expect(await one.draw(box("it", { version }))).toEqual({ ok: true });
    expect(await other.draw(box("it", { version: 2_700_001 }))).toEqual({ ok: true });
    await one.untilStanding({ it: 2_700_001 });
  });

  test("a text takes no board's entries, and a board no letters", async () => {
    const { candidate, askId } = await asked();
    const text = await sheetOf(candidate, askId);
    text.yjs.getMap("elements").set("it~2", JSON.stringify(box("it")));
    expect(await text.comeBack()).toMatchObject(refusedFor("malformed"));
  });

  test("another room's board is nobody's here", async () => {
    const [one, other] = [await asked(), await asked()];
    const board = new BoardSheet(one.candidate, other.askId);
    expect(await board.open()).toMatchObject(refusedFor("unknown_ask"));
    expect(await board.draw(box("a"))).toMatchObject(refusedFor("unknown_ask"));
  });
});
