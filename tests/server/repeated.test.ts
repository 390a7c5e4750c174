import { readFile } from "node:fs/promises";
import { ExportProgress } from "@whetstone/shared/export-wire";
import { JoinResponse, LinkSecret, PublishFeedbackResponse } from "@whetstone/shared/links-wire";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { describe, expect, test } from "vitest";
import { newId, newSeat, type Seat } from "../support/seats.ts";
import { liveHouse, openingOf, startServer, type TestServer } from "../support/server.ts";

/** A request whose answer was lost is sent again under its commandId: it changes nothing more, and is answered as the first was. */

const send = (seat: Seat, path: string, body: unknown) =>
  seat.fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const renew = async (seat: Seat, body: object) => send(seat, "/api/links/renew", body);
const lookAt = async (server: TestServer, secret: string) => (await server.post("/api/links/look", { secret })).status;

const linksSeenBy = (host: Seat) => host.host.links.map(({ linkId, revoked }) => ({ linkId, revoked }));

describe("a request that is sent again", () => {
  test("to renew a link shows the same link, which goes on working", async () => {
    const server = await startServer();
    const { host } = await server.openRoom();
    const body = { commandId: newId("c"), role: "interviewer", days: 7 };
    const first = LinkSecret.parse((await renew(host, body)).body);
    await host.time();
    const links = linksSeenBy(host);
    const [second, third] = await Promise.all([renew(host, body), renew(host, body)]);
    expect(second.body).toEqual(first);
    expect(third.body).toEqual(first);
    await host.time();
    expect(linksSeenBy(host)).toEqual(links);
    expect(await lookAt(server, first.secret)).toBe(200);
  });

  test("while the first is on its way is carried out once", async () => {
    const server = await startServer();
    const { host } = await server.openRoom();
    const body = { commandId: newId("c"), role: "observer", days: 1 };
    const answers = await Promise.all([renew(host, body), renew(host, body), renew(host, body)]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const { linkId, secret } = LinkSecret.parse(answers[0]?.body);
    await host.time();
    expect(linksSeenBy(host)).toContainEqual({ linkId, revoked: false });
    expect(await lookAt(server, secret)).toBe(200);
  });

  test("after a restart is answered as the first was", async () => {
    let server = await startServer();
    const room = await server.openRoom();
    const body = { commandId: newId("c"), role: "candidate", days: 30 };
    const first = LinkSecret.parse((await renew(room.host, body)).body);
    const { token } = room.host;
    server = await server.restart();
    const host = await newSeat(server.url, token).connect();
    expect((await renew(host, body)).body).toEqual(first);
    expect(linksSeenBy(host)).toContainEqual({ linkId: first.linkId, revoked: false });
    expect(await lookAt(server, first.secret)).toBe(200);
  });

  test("says so where its link was revoked since", async () => {
    const server = await startServer();
    const { host } = await server.openRoom();
    const body = { commandId: newId("c"), role: "interviewer", days: 7 };
    await renew(host, body);
    const newer = LinkSecret.parse((await renew(host, { ...body, commandId: newId("c") })).body);
    const again = await renew(host, body);
    expect(again.status).toBe(410);
    expect(again.body).toMatchObject({ reason: "link_revoked" });
    expect(await lookAt(server, newer.secret)).toBe(200);
  });

  test("to join takes one seat, and a new commandId another one", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const body = { commandId: newId("c"), secret: room.secret("interviewer"), name: "Ines" };
    const answers = await Promise.all([1, 2, 3].map(() => server.post("/api/links/join", body)));
    const [{ token }] = answers.map((answer) => JoinResponse.parse(answer.body)) as [JoinResponse];
    for (const answer of answers) expect(answer.body).toMatchObject({ token });
    await room.host.time();
    expect(room.host.view.people).toHaveLength(2);
    const ines = await newSeat(server.url, token).connect();
    expect(ines.view.you.name).toBe("Ines");
    await server.post("/api/links/join", { ...body, commandId: newId("c") });
    await server.post("/api/links/join", { secret: body.secret, name: "Ivan" });
    await room.host.time();
    expect(room.host.view.people).toHaveLength(4);
  });

  test("to join does not take a seat back that was opened elsewhere since", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const body = { commandId: newId("c"), secret: room.secret("candidate"), name: "Cleo" };
    await server.post("/api/links/join", body);
    const elsewhere = await newSeat(server.url, await server.takeSeat(body.secret, null)).connect();
    const again = await server.post("/api/links/join", body);
    expect(again.body).toMatchObject({ reason: "seat_taken_over" });
    await elsewhere.time();
    expect(elsewhere.isConnected).toBe(true);
  });

  test("to open a room opens one, with the same links and the same seat", async () => {
    let server = await startServer();
    const body = { ...openingOf(), commandId: newId("c") };
    const [first, second] = await Promise.all([server.post("/api/rooms", body), server.post("/api/rooms", body)]);
    const opened = OpenRoomResponse.parse(first.body);
    expect(second.body).toEqual(opened);
    server = await server.restart();
    expect((await server.post("/api/rooms", body)).body).toEqual(opened);
    const host = await newSeat(server.url, opened.token).connect();
    expect(host.view.people).toHaveLength(1);
    for (const { secret } of opened.links) expect(await lookAt(server, secret)).toBe(200);
    const other = OpenRoomResponse.parse((await server.post("/api/rooms", { ...body, title: "Another" })).body);
    expect(other.roomId).not.toBe(opened.roomId);
  });

  test("to publish the feedback shows the same link", async () => {
    const server = await startServer();
    const { room, host } = await liveHouse(server);
    await room.push("first-question");
    await host.must({ type: "end" });
    await host.must({ type: "submitScorecard", reason: "Only a test." });
    await host.must({
      type: "writeFeedback",
      feedback: { message: "Well done.", strengths: [], concerns: [], questions: "none", namesPanel: false },
    });
    const body = { commandId: newId("c"), link: "new", days: 7 };
    const first = PublishFeedbackResponse.parse((await send(host, "/api/room/feedback/publish", body)).body);
    expect((await send(host, "/api/room/feedback/publish", body)).body).toEqual(first);
    const secret = first.link?.secret ?? "";
    expect((await server.post("/api/feedback/look", { secret })).status).toBe(200);
    await host.must({ type: "withdrawFeedback" });
    await send(host, "/api/room/feedback/publish", body);
    expect((await server.post("/api/feedback/look", { secret })).body).toMatchObject({ reason: "feedback_withdrawn" });
  });

  test("to export rooms starts one export", async () => {
    const server = await startServer();
    const { host } = await server.openRoom();
    const body = { commandId: newId("c"), secrets: [host.token], formats: ["md"] };
    const start = async () => ExportProgress.parse((await server.post("/api/exports", body)).body).exportId;
    expect(await start()).toBe(await start());
    const other = await server.post("/api/exports", { ...body, commandId: newId("c") });
    expect(ExportProgress.parse(other.body).exportId).not.toBe(await start());
  });

  test("to copy a question or a kit makes one copy", async () => {
    const server = await startServer();
    for (const [path, copyOf] of [
      ["/api/own/questions", "first-question"],
      ["/api/own/kits", "test-kit"],
    ] as const) {
      const body = { commandId: newId("c"), copyOf };
      const [first, second] = await Promise.all([server.post(path, body), server.post(path, body)]);
      expect(second).toMatchObject({ status: 201, body: first.body });
      expect((await server.get(path)).body).toHaveLength(1);
      await server.post(path, { ...body, commandId: newId("c") });
      expect((await server.get(path)).body).toHaveLength(2);
    }
  });

  test("to begin, change, publish or archive what one writes finds what the first made", async () => {
    const server = await startServer();
    const copied = (await server.post("/api/own/questions", { copyOf: "first-question" })).body as { draft: object };
    const path = "/api/own/questions";
    const begin = { commandId: newId("c"), id: "my-question", draft: copied.draft };
    const put = (body: object) =>
      fetch(`${server.url}${path}/my-question`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }).then(async (response) => ({ status: response.status, body: await response.json() }));
    const twice = async (ask: () => Promise<{ status: number; body: unknown }>) => {
      const first = await ask();
      expect(first.status).toBeLessThan(300);
      expect(await ask()).toMatchObject({ status: first.status, body: first.body as object });
    };
    await twice(() => server.post(path, begin));
    await twice(() => put({ revision: 1, draft: { ...copied.draft, title: "Another title" } }));
    await twice(() => server.post(`${path}/my-question/publish`, { revision: 2 }));
    await twice(() => server.post(`${path}/my-question/archive`, { revision: 3 }));
    expect((await server.get(`${path}/my-question`)).body).toMatchObject({ revision: 4, archived: true });
    // What somebody else has changed since is theirs.
    for (const late of [
      await put({ revision: 1, draft: { ...copied.draft, title: "A third title" } }),
      await put({ revision: 3, draft: { ...copied.draft, title: "A third title" } }),
      await server.post(path, { ...begin, commandId: newId("c") }),
    ]) {
      expect(late.status).toBe(409);
    }
  });
});

describe("a commandId", () => {
  test("opens nothing to whoever else has come to know it", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const another = await server.openRoom();
    const commandId = newId("c");
    const renewed = LinkSecret.parse((await renew(room.host, { commandId, role: "candidate", days: 7 })).body);
    const elsewhere = LinkSecret.parse((await renew(another.host, { commandId, role: "candidate", days: 7 })).body);
    expect(elsewhere.secret.split(".")[1]).not.toBe(renewed.secret.split(".")[1]);

    const ines = { commandId, secret: room.secret("interviewer"), name: "Ines" };
    const joined = JoinResponse.parse((await server.post("/api/links/join", ines)).body);
    const observer = { ...ines, secret: room.secret("observer"), name: "Otto" };
    const other = JoinResponse.parse((await server.post("/api/links/join", observer)).body);
    expect(other.token).not.toBe(joined.token);
    expect(other.role).toBe("observer");
  });

  test("is nowhere in the data, so that neither log nor key gives a secret away", async () => {
    const server = await startServer();
    const { host } = await server.openRoom();
    const commandId = newId("c");
    const { secret } = LinkSecret.parse((await renew(host, { commandId, role: "observer", days: 7 })).body);
    await server.close();
    const data = await readFile(server.dataFile, "latin1");
    expect(data).toContain(host.seatId);
    expect(data).not.toContain(commandId);
    expect(data).not.toContain(secret.split(".")[1] ?? "?");
  });
});
