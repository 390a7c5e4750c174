import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { examine } from "../../server/src/data/doctor.ts";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { openSqliteDocuments } from "../../server/src/sqlite/documents.ts";
import { Sheet, sheetOf } from "../support/documents.ts";
import { openKeys } from "../support/log.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** A live interview with a question open. */
async function asked() {
  const server = await startServer();
  const house = await liveHouse(server);
  return { server, ...house, askId: await house.room.push("second-question") };
}

describe("the document of an ask", () => {
  test("is written by candidate and panel, read by observers, and becomes the answer", async () => {
    const { host, ines, candidate, observer, askId } = await asked();
    const [ofCandidate, ofInes, ofObserver] = [
      await sheetOf(candidate, askId),
      await sheetOf(ines, askId),
      await sheetOf(observer, askId),
    ];
    expect(await ofCandidate.write("x = 1")).toEqual({ ok: true });
    await ofInes.until("x = 1");
    expect(await ofInes.write("# ", 0)).toEqual({ ok: true });
    for (const sheet of [ofCandidate, ofObserver]) await sheet.until("# x = 1");
    expect(await ofObserver.write("!")).toMatchObject({ ok: false, refusal: { reason: "wrong_seat" } });
    await host.until((view) => view.role === "host" && view.asks[0]?.answer === "# x = 1");
    await candidate.until((view) => view.role === "candidate" && view.ask?.answer === "# x = 1");
  });

  test("is in a language that everybody who writes may choose, again and again", async () => {
    const { ines, candidate, askId } = await asked();
    const [one, other] = [await sheetOf(candidate, askId), await sheetOf(ines, askId)];
    await one.write("x = 1");
    await other.until("x = 1");
    const choose = (sheet: Sheet, language: string) =>
      sheet.send(sheet.change(() => sheet.yjs.getMap("meta").set("language", language)));
    expect(await choose(one, "python")).toEqual({ ok: true });
    await ines.waitFor(() => other.text === "x = 1" && other.yjs.getMap("meta").get("language") === "python");
    expect(await choose(other, "sql")).toEqual({ ok: true });
    expect(await choose(other, "markdown")).toEqual({ ok: true });
    await candidate.waitFor(() => one.text === "x = 1" && one.yjs.getMap("meta").get("language") === "markdown");
    expect((await sheetOf(candidate, askId)).yjs.getMap("meta").get("language")).toBe("markdown");
  });

  test("is stored before its writer and the others hear of it, and outlives the process", async () => {
    const { server, ines, candidate, askId } = await asked();
    const sheet = await sheetOf(candidate, askId);
    const read = await sheetOf(ines, askId);
    await sheet.write("kept");
    await read.until("kept");
    const again = await server.restart();
    await candidate.connect(again.url);
    await ines.connect(again.url);
    expect((await sheetOf(candidate, askId)).text).toBe("kept");
    // Before anybody opens it, the log has it.
    expect(ines.panel.asks[0]?.answer).toBe("kept");
  });

  test("brings somebody who comes back what they missed, and takes what they wrote meanwhile", async () => {
    const { server, ines, candidate, askId } = await asked();
    const sheet = await sheetOf(candidate, askId);
    const read = await sheetOf(ines, askId);
    await sheet.write("one two");
    await read.until("one two");
    candidate.drop();
    const offline = sheet.change((text) => text.insert(3, " and a half,"));
    await read.write(" three");
    await candidate.connect(server.url);
    await sheet.opened();
    expect(await sheet.send(offline)).toEqual({ ok: true });
    // Sent again, as the answer may not have come.
    expect(await sheet.send(offline)).toEqual({ ok: true });
    await read.until("one and a half, two three");
    expect(sheet.text).toBe("one and a half, two three");
  });

  test("is the answer where its question was closed, or the interview ended, a moment later", async () => {
    const { host, candidate, room, askId } = await asked();
    const sheet = await sheetOf(candidate, askId);
    await sheet.write("to the last");
    await host.must({ type: "closeAsk", askId });
    await host.until((view) => view.role === "host" && view.asks[0]?.answer === "to the last");
    const last = await room.push("third-question");
    const other = await sheetOf(candidate, last);
    await other.write(" word", other.text.length);
    const whole = other.text;
    await host.must({ type: "end" });
    await host.until((view) => view.role === "host" && view.asks[1]?.answer === whole);
  });

  test("is the candidate's alone where the host says so", async () => {
    const { host, ines, candidate, askId } = await asked();
    const [ofCandidate, ofHost] = [await sheetOf(candidate, askId), await sheetOf(host, askId)];
    await host.must({ type: "letEdit", panel: false });
    expect(host.host.room.candidateEditsAlone).toBe(true);
    expect(await ofHost.write("no")).toMatchObject({ ok: false, refusal: { reason: "wrong_seat" } });
    expect(await ofCandidate.write("yes")).toEqual({ ok: true });
    const read = await sheetOf(ines, askId);
    await read.until("yes");
  });

  test("takes nothing of the panel once the question is closed, and what the candidate wrote before", async () => {
    const { host, candidate, askId } = await asked();
    const [ofCandidate, ofHost] = [await sheetOf(candidate, askId), await sheetOf(host, askId)];
    await host.must({ type: "closeAsk", askId });
    expect(await ofHost.write("late")).toMatchObject({ ok: false, refusal: { reason: "wrong_phase" } });
    expect(await ofCandidate.write("a last word")).toEqual({ ok: true });
    await host.until((view) => view.role === "host" && view.asks[0]?.answer === "a last word");
  });
});

describe("a question that brings a workspace", () => {
  test("begins its document with the language and the starter, once", async () => {
    const { host, candidate, ines, room } = await asked();
    const askId = await room.push("first-question");
    const [one, other] = await Promise.all([sheetOf(candidate, askId), sheetOf(ines, askId)]);
    const starter = host.openAsk.question.workspace?.starter ?? "";
    expect(starter).not.toBe("");
    for (const sheet of [one, other]) {
      expect(sheet.text).toBe(starter);
      expect(sheet.yjs.getMap("meta").get("language")).toBe("python");
    }
    await one.write("# mine", 0);
    await other.until(`# mine${starter}`);
    await host.until(() => host.openAsk.answer === `# mine${starter}`);
  });
});

describe("what is written past the document, as older pages do", () => {
  test("is merged into it, open or not", async () => {
    const { host, candidate, askId } = await asked();
    const sheet = await sheetOf(candidate, askId);
    await sheet.write("from the document");
    await host.until((view) => view.role === "host" && view.asks[0]?.answer === "from the document");
    await candidate.must({ type: "writeAnswer", askId, text: "from the document, and from an old page" });
    await sheet.until("from the document, and from an old page");
    await candidate.ask("document", { type: "leave", ...sheet.name });
    await candidate.must({ type: "writeAnswer", askId, text: "from the document, and from an old page, twice" });
    expect((await sheetOf(candidate, askId)).text).toBe("from the document, and from an old page, twice");
  });

  test("is what the document begins with, where it was written before there were documents", async () => {
    const { candidate, ines, askId } = await asked();
    await candidate.must({ type: "writeAnswer", askId, text: "an old answer" });
    const [one, other] = await Promise.all([sheetOf(candidate, askId), sheetOf(ines, askId)]);
    expect([one.text, other.text]).toEqual(["an old answer", "an old answer"]);
  });
});

describe("what is no update of the document", () => {
  const garbage: readonly (readonly [string, (sheet: Sheet) => Uint8Array])[] = [
    ["noise", () => new Uint8Array([7, 255, 255, 255, 255, 255, 3, 1])],
    ["nothing", () => new Uint8Array()],
    ["another type", (sheet) => foreign(sheet, (yjs) => yjs.getMap("secrets").set("a", "b"))],
    ["another key", (sheet) => foreign(sheet, (yjs) => yjs.getMap("meta").set("title", "python"))],
    ["an unknown language", (sheet) => foreign(sheet, (yjs) => yjs.getMap("meta").set("language", "<b>"))],
    ["an embedded thing", (sheet) => foreign(sheet, (yjs) => yjs.getText("text").insertEmbed(0, { image: "x" }))],
    ["formatting", (sheet) => foreign(sheet, (yjs) => yjs.getText("text").insert(0, "bold", { bold: true }))],
    ["a document in the document", (sheet) => foreign(sheet, (yjs) => yjs.getMap("meta").set("language", new Y.Doc()))],
    ["a language among the letters", (sheet) => amongLetters(sheet)],
  ];
  test.each(garbage)("is refused whole: %s", async (_name, make) => {
    const { ines, candidate, askId } = await asked();
    const sheet = await sheetOf(candidate, askId);
    const read = await sheetOf(ines, askId);
    await sheet.write("good");
    expect(await sheet.send(make(sheet))).toMatchObject({ ok: false, refusal: { reason: "malformed" } });
    // It is as it was for everybody, and goes on.
    const after = await sheetOf(candidate, askId);
    expect(after.text).toBe("good");
    expect(await after.write(", still")).toEqual({ ok: true });
    await read.opened();
    await read.until("good, still");
    expect([...read.yjs.share.keys()]).not.toContain("secrets");
  });

  test("is what stands on something that is missing", async () => {
    const { candidate, askId } = await asked();
    const sheet = await sheetOf(candidate, askId);
    sheet.change((text) => text.insert(0, "never sent"));
    expect(await sheet.write(", and this on top")).toMatchObject({
      ok: false,
      refusal: { reason: "changed_elsewhere" },
    });
    expect((await sheetOf(candidate, askId)).text).toBe("");
  });

  test("is what says to be another's writing", async () => {
    const { ines, candidate, askId } = await asked();
    const sheet = await sheetOf(candidate, askId);
    const read = await sheetOf(ines, askId);
    await sheet.write("mine");
    await read.until("mine");
    const forger = new Y.Doc();
    Y.applyUpdate(forger, Y.encodeStateAsUpdate(read.yjs));
    forger.clientID = sheet.yjs.clientID;
    const before = Y.encodeStateVector(forger);
    forger.getText("text").insert(4, " (not)");
    expect(await read.send(Y.encodeStateAsUpdate(forger, before))).toMatchObject({
      ok: false,
      refusal: { reason: "malformed" },
    });
    expect(await sheet.write("!")).toEqual({ ok: true });
    await read.until("mine!");
  });

  test("is more than a sheet can hold, or one thing after another that is none: whoever sends that is not listened to for a while", async () => {
    const { ines, candidate, askId } = await asked();
    const sheet = await sheetOf(candidate, askId);
    const noise = new Uint8Array(90_001).fill(7);
    expect(await sheet.send(noise)).toMatchObject({ ok: false, refusal: { reason: "too_long" } });
    const reasons: string[] = [];
    for (let sent = 0; sent < 40 && reasons.at(-1) !== "too_many"; sent++) {
      const answer = await sheet.send(new Uint8Array([7, 255, 255]));
      reasons.push(answer.ok ? "ok" : answer.refusal.reason);
    }
    expect(new Set(reasons)).toEqual(new Set(["malformed", "too_many"]));
    // Nobody else pays for it.
    const read = await sheetOf(ines, askId);
    expect(await read.write("undisturbed")).toEqual({ ok: true });
  });

  test("nor is a document opened without an end by one seat", async () => {
    const { host, candidate, askId } = await asked();
    await (await sheetOf(candidate, askId)).write("x".repeat(19_000));
    let opened = 0;
    let last = await new Sheet(candidate, askId).open();
    for (; opened < 2_000 && last.ok; opened++) last = await new Sheet(candidate, askId).open();
    expect(last).toMatchObject({ ok: false, refusal: { reason: "too_many" } });
    expect(opened).toBeGreaterThan(100);
    expect((await new Sheet(host, askId).open()).ok).toBe(true);
  });

  test("is a text that is longer than a sheet", async () => {
    const { candidate, askId } = await asked();
    const sheet = await sheetOf(candidate, askId);
    await sheet.write("short");
    expect(await sheet.write("x".repeat(20_000))).toMatchObject({ ok: false, refusal: { reason: "too_long" } });
    expect((await sheetOf(candidate, askId)).text).toBe("short");
  });

  test("is that of another room, or of a question that is not shown", async () => {
    const { candidate, askId, server } = await asked();
    const elsewhere = await liveHouse(server);
    const theirs = await elsewhere.room.push("second-question");
    expect(await new Sheet(candidate, theirs).open()).toMatchObject({ ok: false, refusal: { reason: "unknown_ask" } });
    expect(await new Sheet(candidate, "a_000000000000").open()).toMatchObject({ ok: false });
    const unopened = new Sheet(candidate, askId);
    expect(await unopened.write("x")).toMatchObject({ ok: false, refusal: { reason: "unknown_ask" } });
    expect(await candidate.ask("document", { type: "open", askId })).toMatchObject({ ok: false });
    expect(await candidate.ask("document", null)).toMatchObject({ ok: false });
  });
});

describe("a document that cannot be kept", () => {
  test("is refused as not saved, shown to nobody, and goes on once it can be", async () => {
    let isFull = false;
    const server = await startServer({
      wrapDocuments: (store) => ({
        ...store,
        append: async (updates) => {
          if (isFull) throw new Error("the disk is full");
          await store.append(updates);
        },
      }),
    });
    const { ines, candidate, host, room } = await liveHouse(server);
    const askId = await room.push("second-question");
    const [sheet, read] = [await sheetOf(candidate, askId), await sheetOf(ines, askId)];
    await sheet.write("one");
    await read.until("one");
    isFull = true;
    // Somebody opens it while it is ahead of what can be saved.
    const opening = new Sheet(host, askId).open();
    expect(await sheet.write(" two")).toMatchObject({ ok: false, refusal: { reason: "not_saved" } });
    await ines.waitFor(() => ines.told.some(({ type }) => type === "astray"));
    await opening;
    isFull = false;
    await read.opened();
    expect(read.text).toBe("one");
    await sheet.opened();
    expect(await sheet.send(Y.encodeStateAsUpdate(sheet.yjs))).toEqual({ ok: true });
    await read.until("one two");
    await host.until((view) => view.role === "host" && view.asks[0]?.answer === "one two");
  });

  test("is never told to its writer as not there, where its room cannot be kept either and was dropped", async () => {
    let isFull = false;
    const full = async <T>(append: () => Promise<T>): Promise<T> => {
      if (isFull) throw new Error("the disk is full");
      return append();
    };
    const server = await startServer({
      wrapLog: (log) => ({ ...log, append: (commits) => full(() => log.append(commits)) }),
      wrapDocuments: (store) => ({ ...store, append: (updates) => full(() => store.append(updates)) }),
    });
    const { ines, candidate, room } = await liveHouse(server);
    const askId = await room.push("second-question");
    const [sheet, read] = [await sheetOf(candidate, askId), await sheetOf(ines, askId)];
    await sheet.write("one");
    isFull = true;
    expect(await candidate.send({ type: "raiseHand" })).toMatchObject({ ok: false, refusal: { reason: "not_saved" } });
    expect(await sheet.write(" two")).toMatchObject({ ok: false, refusal: { reason: "not_saved" } });
    await sheet.opened();
    expect(await candidate.send({ type: "raiseHand" })).toMatchObject({ ok: false, refusal: { reason: "not_saved" } });
    expect(await sheet.comeBack()).toMatchObject({ ok: false, refusal: { reason: "not_saved" } });
    isFull = false;
    expect(await sheet.comeBack()).toEqual({ ok: true });
    await read.opened();
    expect(read.text).toBe("one two");
  });

  test("is named where it was damaged, and the room goes on", async () => {
    const { server, host, candidate, askId } = await asked();
    await (await sheetOf(candidate, askId)).write("good");
    await host.until((view) => view.role === "host" && view.asks[0]?.answer === "good");
    await server.close();
    const database = new Connection(server.dataFile);
    database.prepare("UPDATE document_updates SET sealed = zeroblob(length(sealed))").run();
    database.close();
    const again = await server.restart();
    await candidate.connect(again.url);
    await host.connect(again.url);
    expect(await new Sheet(candidate, askId).open()).toMatchObject({
      ok: false,
      refusal: { reason: "document_damaged" },
    });
    expect(host.host.asks[0]?.answer).toBe("good");
    await candidate.must({ type: "writeAnswer", askId, text: "good, and more" });
    const { isWell, lines } = await examine(dirname(server.dataFile), dirname(server.dataFile));
    expect(isWell).toBe(false);
    expect(lines.join("\n")).toContain(`Update 1 of ${askId}/text`);
  });

  test("is gone with its room where that is erased", async () => {
    const { server, host, candidate, room, askId } = await asked();
    const sheet = await sheetOf(candidate, askId);
    await sheet.write("an unmistakable sentence");
    await host.must({ type: "end" });
    const erased = await server.post("/api/room/erase", {}, { authorization: `Bearer ${host.token}` });
    expect(erased.status, erased.text).toBe(200);
    const keys = openKeys(server.dataFile);
    const store = openSqliteDocuments(server.dataFile, keys);
    await expect(store.history({ roomId: room.roomId, name: `${askId}/text` })).rejects.toThrow(/key/);
    store.close();
    keys.close();
  });
});

function foreign({ yjs }: Sheet, change: (copy: Y.Doc) => void): Uint8Array {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(yjs));
  const before = Y.encodeStateVector(copy);
  change(copy);
  return Y.encodeStateAsUpdate(copy, before);
}

/** What is a language by itself, put where letters stand, and naming its place by its neighbours alone. */
function amongLetters({ yjs }: Sheet): Uint8Array {
  return foreign({ yjs } as Sheet, (copy) => {
    const text = copy.getText("text");
    copy.transact((transaction) => {
      const left = text._start;
      const { client } = copy.store.clients.size ? { client: copy.clientID } : { client: 1 };
      const item = new Y.Item(
        { client, clock: Y.getState(copy.store, client) } as Y.ID,
        left,
        left?.lastId ?? null,
        null,
        null,
        text,
        null,
        new Y.ContentAny(["python"]),
      );
      item.integrate(transaction, 0);
    });
  });
}
