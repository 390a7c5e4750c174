import { existsSync, readFileSync } from "node:fs";
import { InviteResponse, JoinResponse, LinkSecret, LookResponse } from "@whetstone/shared/links-wire";
import { LIMITS } from "@whetstone/shared/room/limits";
import { CandidateView } from "@whetstone/shared/room/view/candidate";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { describe, expect, test } from "vitest";
import { PEER_WISHES } from "../support/peers.ts";
import { newId, newSeat, type Seat } from "../support/seats.ts";
import { Clock, fullHouse, liveHouse, openingOf, startServer, type TestServer } from "../support/server.ts";

const DAY_MS = 24 * 3_600_000;

const look = (server: TestServer, secret: string) => server.post("/api/links/look", { secret });
const join = (server: TestServer, secret: string, name: string | null) =>
  server.post("/api/links/join", { secret, name });

async function renew(host: Seat, role: "candidate" | "interviewer" | "observer", days: 1 | 7 | 30 = 7) {
  const answer = await host.fetch("/api/links/renew", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role, days }),
  });
  expect(answer.status).toBe(200);
  return LinkSecret.parse(answer.body);
}

const JSON_BODY = { "content-type": "application/json" };

async function invite(host: Seat, names: readonly string[], commandId = newId("c")) {
  const body = JSON.stringify({ names, days: 7, commandId });
  return InviteResponse.parse(
    (await host.fetch("/api/links/invite", { method: "POST", headers: JSON_BODY, body })).body,
  );
}

/** Why the token opens no connection. */
async function refusalAtHandshake(server: TestServer, token: string) {
  const seat = newSeat(server.url, token);
  seat.open();
  const refusal = await seat.untilLost();
  expect(seat.frames).toEqual([]);
  return refusal.reason;
}

describe("a link", () => {
  test("says what it leads to, and no more", async () => {
    const server = await startServer();
    const room = await server.openRoom({ title: "Panel of Tuesday", candidateName: "Cleo" });
    const expected = { roomId: room.roomId, title: "Panel of Tuesday", hostName: "Hana Host", ended: false };
    const seen = async (role: Parameters<typeof room.secret>[0]) => (await look(server, room.secret(role))).body;
    expect(await seen("candidate")).toEqual({ ...expected, role: "candidate", name: "Cleo", seated: false });
    expect(await seen("interviewer")).toEqual({ ...expected, role: "interviewer", name: null, seated: false });
    expect(await seen("observer")).toEqual({ ...expected, role: "observer", name: null, seated: false });
    expect(await seen("host")).toEqual({ ...expected, role: "host", name: "Hana Host", seated: true });
    await room.join("candidate", "Cleo C.");
    expect(await seen("candidate")).toEqual({ ...expected, role: "candidate", name: "Cleo C.", seated: true });
  });

  test("tells a candidate whom they will meet where their page asks for it, and nobody else", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const told = async (role: Parameters<typeof room.secret>[0]) =>
      LookResponse.parse((await server.post("/api/links/look", { secret: room.secret(role), asks: "company" })).body)
        .company;
    const people = [{ name: "Hana Host", role: "host", here: true }];
    expect(await told("candidate")).toEqual({ people, observersShown: false });
    for (const role of ["host", "interviewer", "observer"] as const) expect(await told(role)).toBeUndefined();
    await invite(room.host, ["Ines"]);
    expect(await told("candidate")).toMatchObject({ people: [...people, { name: "Ines", here: false }] });
    await room.join("candidate", "Cleo C.");
    expect(await told("candidate")).toBeUndefined();
  });

  test("gives a candidate who waits what they see, where their page asks for it, and nobody else", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const taken = async (secret: string, asks?: "view") => {
      const name = "Somebody";
      const { token, view } = JoinResponse.parse((await server.post("/api/links/join", { secret, name, asks })).body);
      return { view, connected: (await newSeat(server.url, token).connect()).view };
    };
    const { secret: personal = "" } = (await invite(room.host, ["Ines"])).links[0] ?? {};
    for (const secret of [room.secret("host"), personal, room.secret("interviewer"), room.secret("observer")])
      expect((await taken(secret, "view")).view).toBeUndefined();
    const waiting = await taken(room.secret("candidate"), "view");
    expect(CandidateView.parse(waiting.view)).toMatchObject({ you: { name: "Somebody", admitted: false }, ask: null });
    expect(waiting.view).toEqual(waiting.connected);
    expect((await taken(room.secret("candidate"))).view).toBeUndefined();
  });

  test("gives nobody what they see once the interview is under way, nor among peers", async () => {
    const server = await startServer();
    const { room } = await liveHouse(server);
    const joining = { secret: room.secret("candidate"), name: "Cleo", asks: "view" };
    const joined = await server.post("/api/links/join", joining);
    expect(joined.status).toBe(200);
    expect(JoinResponse.parse(joined.body).view).toBeUndefined();
    const body = { title: "Practice", hostName: "Ana", partners: ["Bo"], wishes: PEER_WISHES };
    const { links } = OpenRoomResponse.parse((await server.post("/api/rooms/peers", body)).body);
    for (const { secret } of links) {
      const peer = await server.post("/api/links/join", { secret, name: "Bo", asks: "view" });
      expect(JoinResponse.parse(peer.body).view).toBeUndefined();
    }
  });

  test("of an unknown room, an unknown secret or no secret at all is refused", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const secret = room.secret("candidate");
    const [roomId = "", random = ""] = secret.split(".");
    for (const wrong of [
      `r_000000000000000000000000.${random}`,
      `${roomId}.${random.slice(0, -1)}${random.endsWith("A") ? "B" : "A"}`,
      `${roomId}.${"A".repeat(43)}`,
      roomId,
      random,
      "",
      "../../etc/passwd",
      `${secret}x`,
    ]) {
      for (const answer of [await look(server, wrong), await join(server, wrong, "Eve")]) {
        expect(answer.status).toBe(404);
        expect(answer.body).toMatchObject({ reason: "unknown_link" });
      }
      expect(["unknown_link", "unknown_room"]).toContain(await refusalAtHandshake(server, wrong));
    }
    expect(room.host.view.people).toHaveLength(1);
  });

  test("is no seat token", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    for (const { secret } of room.links) {
      expect(await refusalAtHandshake(server, secret)).toBe("unknown_link");
      for (const path of ["/api/bank/coverage", "/api/room/export.json"]) {
        const answer = await server.get(path, { authorization: `Bearer ${secret}` });
        expect(answer.status).toBe(404);
        expect(answer.body).toMatchObject({ reason: "unknown_link" });
      }
    }
  });

  test("a token that was taken over opens nothing any more, and the seat's link leads back", async () => {
    const server = await startServer();
    const { room, host, ivan } = await fullHouse(server);
    const joining = { secret: room.secret("interviewer"), name: "Ines", holder: "a browser of Ines's own" };
    const { token, wayBack = "" } = JoinResponse.parse((await server.post("/api/links/join", joining)).body);
    const ines = await newSeat(server.url, token).connect();
    await room.admit(ines);
    const { seatId } = ines;
    expect((await look(server, wayBack)).body).toMatchObject({ role: "interviewer", name: "Ines", seated: true });
    const elsewhere = await newSeat(server.url, await server.takeSeat(wayBack, null)).connect();
    expect(elsewhere.seatId).toBe(seatId);
    expect(await ines.untilLost()).toMatchObject({ reason: "seat_taken_over" });

    expect(await refusalAtHandshake(server, token)).toBe("seat_taken_over");
    for (const answer of [
      await look(server, token),
      await join(server, token, null),
      await ines.fetch("/api/room/export.md"),
    ]) {
      expect(answer.status).toBe(410);
      expect(answer.body).toMatchObject({ reason: "seat_taken_over" });
    }
    expect(elsewhere.isConnected).toBe(true);

    // It outlives the link for several, and ends with the seat.
    const linkId = room.links.find(({ role }) => role === "interviewer")?.linkId ?? "";
    await host.must({ type: "revokeLink", linkId });
    const again = await newSeat(server.url, await server.takeSeat(wayBack, null)).connect();
    expect(again.seatId).toBe(seatId);
    // A token that is current takes its seat along, as those do that a browser kept before there were such links.
    const moved = await newSeat(server.url, await server.takeSeat(again.token, null)).connect();
    expect(moved.seatId).toBe(seatId);
    await host.must({ type: "removeSeat", seatId });
    expect((await look(server, wayBack)).body).toMatchObject({ reason: "link_revoked" });
    expect((await look(server, moved.token)).body).toMatchObject({ reason: "unknown_link" });
    expect((await join(server, moved.token, "Ines")).status).toBe(404);
    expect(ivan.isConnected).toBe(true);
  });

  test("of one room opens no other", async () => {
    const server = await startServer();
    const one = await server.openRoom();
    const two = await server.openRoom();
    const [, random = ""] = one.secret("host").split(".");
    const crossed = `${two.roomId}.${random}`;
    expect((await join(server, crossed, "Eve")).body).toMatchObject({ reason: "unknown_link" });
    const [, tokenBits = ""] = one.host.token.split(".");
    expect(await refusalAtHandshake(server, `${two.roomId}.${tokenBits}`)).toBe("unknown_link");
  });

  test("that is renewed stops working, and the new one works", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const room = await server.openRoom();
    const first = await room.join("interviewer", "First");
    const link = await renew(room.host, "interviewer", 30);
    expect(link).toMatchObject({ role: "interviewer", expiresAt: clock.now() + 30 * DAY_MS });
    const old = room.secret("interviewer");
    for (const answer of [await look(server, old), await join(server, old, "Late")]) {
      expect(answer.status).toBe(410);
      expect(answer.body).toMatchObject({ reason: "link_revoked" });
    }
    const second = await newSeat(server.url, await server.takeSeat(link.secret, "Second")).connect();
    // Whoever sits already stays.
    expect(first.isConnected && second.isConnected).toBe(true);
    await room.host.until(({ people }) => people.length === 3);
    expect(room.host.host.links.find(({ role }) => role === "interviewer")).toEqual({
      linkId: link.linkId,
      role: "interviewer",
      expiresAt: clock.now() + 30 * DAY_MS,
      revoked: false,
    });
  });

  test("that is revoked seats nobody, and can be replaced", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const { linkId } = room.links.find(({ role }) => role === "candidate") ?? { linkId: "" };
    await room.host.must({ type: "revokeLink", linkId });
    expect((await join(server, room.secret("candidate"), "Cleo")).body).toMatchObject({ reason: "link_revoked" });
    const { secret } = await renew(room.host, "candidate");
    expect((await join(server, secret, "Cleo")).status).toBe(200);
    const hostLink = room.links.find(({ role }) => role === "host")?.linkId ?? "";
    expect(await room.host.send({ type: "revokeLink", linkId: hostLink })).toMatchObject({
      ok: false,
      refusal: { reason: "unknown_link" },
    });
  });

  test("expires, except the host's own", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now, config: { linkDays: 7 } });
    const room = await server.openRoom();
    const interviewer = await room.join("interviewer", "Ines");
    clock.advance(7 * DAY_MS - 1);
    expect((await look(server, room.secret("candidate"))).status).toBe(200);
    clock.advance(1);
    for (const role of ["candidate", "interviewer", "observer"] as const) {
      for (const answer of [await look(server, room.secret(role)), await join(server, room.secret(role), "Late")]) {
        expect(answer.status).toBe(410);
        expect(answer.body).toMatchObject({ reason: "link_expired" });
      }
    }
    // A seat that was taken in time is kept, and its token goes on working.
    await interviewer.connect();
    expect((await look(server, room.secret("host"))).status).toBe(200);
    expect((await join(server, room.secret("host"), null)).status).toBe(200);
  });

  test("asks for a name where the seat has none", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    for (const name of [null, "", "   ", "x".repeat(81)]) {
      const answer = await join(server, room.secret("interviewer"), name);
      expect([400, 413]).toContain(answer.status);
    }
    expect(room.host.view.people).toHaveLength(1);
  });
});

describe("seats", () => {
  test("the candidate's link opened again takes the seat over", async () => {
    const server = await startServer();
    const { room, host, candidate } = await liveHouse(server);
    const askId = await room.push("first-question");
    await candidate.must({ type: "writeAnswer", askId, text: "begun in the first tab" });

    const token = await server.takeSeat(room.secret("candidate"), null);
    expect(await candidate.untilLost()).toMatchObject({ reason: "seat_taken_over" });
    const second = await newSeat(server.url, token).connect();
    expect(second.seatId).toBe(candidate.seatId);
    expect(second.candidate).toMatchObject({
      you: { name: "Cleo Candidate", admitted: true },
      ask: { answer: "begun in the first tab" },
    });
    await second.must({ type: "writeAnswer", askId, text: "and finished in the second" });
    await host.until(() => host.openAsk.answer === "and finished in the second");

    expect(await refusalAtHandshake(server, candidate.token)).toBe("seat_taken_over");
    const refused = await candidate.fetch("/api/room/export.json");
    expect(refused.status).toBe(410);
    expect(refused.body).toMatchObject({ reason: "seat_taken_over" });
    expect(second.isConnected).toBe(true);

    // The first tab takes it back by the link.
    const third = await newSeat(server.url, await server.takeSeat(room.secret("candidate"), "Another name")).connect();
    expect(await second.untilLost()).toMatchObject({ reason: "seat_taken_over" });
    expect(third.candidate.you.name).toBe("Cleo Candidate");
    expect(host.view.people.filter(({ role }) => role === "candidate")).toHaveLength(1);
  });

  test("the host's link brings the host back", async () => {
    const server = await startServer();
    const { room, host, candidate } = await fullHouse(server);
    const { seatId } = host;
    const token = await server.takeSeat(room.secret("host"), null);
    expect(await host.untilLost()).toMatchObject({ reason: "seat_taken_over" });
    const back = await newSeat(server.url, token).connect();
    expect(back.seatId).toBe(seatId);
    await back.must({ type: "admit", seatId: candidate.seatId });
    await back.must({ type: "start" });
    await back.must({ type: "end" });
    expect((await look(server, room.secret("host"))).body).toMatchObject({ ended: true, seated: true });
    expect((await join(server, room.secret("host"), null)).status).toBe(200);
  });

  test("the same token connected twice: the newest has the seat", async () => {
    const server = await startServer();
    const { host, ines } = await fullHouse(server);
    const twin = await newSeat(server.url, ines.token).connect();
    expect(await ines.untilLost()).toMatchObject({ reason: "seat_taken_over" });
    expect(twin.seatId).toBe(ines.seatId);
    await host.waitFor(() => host.presence.includes(twin.seatId));
    // The token is still good.
    await ines.connect();
    expect(await twin.untilLost()).toMatchObject({ reason: "seat_taken_over" });
    await host.time();
    expect(host.presence).toContain(ines.seatId);
  });

  test("the interviewers' link seats several, each with a scorecard of their own", async () => {
    const server = await startServer();
    const { host, ines, ivan, candidate } = await fullHouse(server);
    expect(new Set([host, ines, ivan, candidate].map(({ seatId }) => seatId)).size).toBe(4);
    await ines.must({
      type: "writeNote",
      noteId: newId("n"),
      askId: null,
      text: "I",
      mark: null,
      evidenceFor: null,
      ageMs: 0,
    });
    expect(ivan.panel.scorecard.notes).toEqual([]);
    expect(ines.panel.scorecard.notes).toHaveLength(1);
  });

  test("a removed seat is dropped at once, with its token and its link; the others stay", async () => {
    const server = await startServer();
    const { room, host, ines, ivan, candidate } = await liveHouse(server);
    await host.must({ type: "removeSeat", seatId: ivan.seatId });
    expect(await ivan.untilLost()).toMatchObject({ reason: "seat_removed" });
    expect(await refusalAtHandshake(server, ivan.token)).toBe("seat_removed");
    for (const path of ["/api/bank/coverage", "/api/room/export.json", "/api/room/export.csv", "/api/room/export.md"]) {
      const answer = await ivan.fetch(path);
      expect(answer.status).toBe(410);
      expect(answer.body).toMatchObject({ reason: "seat_removed" });
    }
    expect((await join(server, room.secret("interviewer"), "Ivan again")).body).toMatchObject({
      reason: "link_revoked",
    });
    expect([host, ines, candidate].every((seat) => seat.isConnected)).toBe(true);
    const askId = await room.push("first-question");
    await ines.must({ type: "rate", askId, criterionId: "depth", level: 2 });
    await ines.connect();
    expect(ines.panel.scorecard.ratings).toEqual({ [`${askId}/depth`]: 2 });

    await host.must({ type: "removeSeat", seatId: candidate.seatId });
    expect(await candidate.untilLost()).toMatchObject({ reason: "seat_removed" });
    expect((await join(server, room.secret("candidate"), "Cleo again")).body).toMatchObject({ reason: "link_revoked" });
    expect(await host.send({ type: "removeSeat", seatId: host.seatId })).toMatchObject({ ok: false });
  });

  test("only the host makes links, removes seats and revokes", async () => {
    const server = await startServer();
    const { room, host, ines, candidate, observer } = await fullHouse(server);
    const linkId = room.links[1]?.linkId ?? "";
    for (const seat of [ines, candidate, observer]) {
      const answer = await seat.fetch("/api/links/renew", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ role: "interviewer", days: 7 }),
      });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ reason: "wrong_seat" });
      for (const command of [
        { type: "removeSeat", seatId: host.seatId },
        { type: "revokeLink", linkId },
        { type: "admit", seatId: candidate.seatId },
      ] as const) {
        expect(await seat.send(command)).toMatchObject({ ok: false, refusal: { reason: "wrong_seat" } });
      }
    }
    expect((await look(server, room.secret("interviewer"))).status).toBe(200);
  });

  test("nobody sits down in a room that has ended, but who sat there comes back", async () => {
    const server = await startServer();
    const { room, host } = await liveHouse(server);
    await host.must({ type: "end" });
    const late = await join(server, room.secret("interviewer"), "Late");
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ reason: "wrong_phase" });
    expect((await join(server, room.secret("candidate"), null)).status).toBe(200);
  });

  test("an observers' link that is opened again and again leaves the candidate and the panel their places", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    for (let seats = 1; seats <= LIMITS.places.observer; seats++) {
      expect((await join(server, room.secret("observer"), `Observer ${seats}`)).status).toBe(200);
    }
    const answer = await join(server, room.secret("observer"), "One too many");
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      reason: "room_full",
      sentence: "Every such place in this room is taken. Ask the host to free one. (20 observers)",
    });
    expect((await join(server, room.secret("candidate"), "Cleo")).status).toBe(200);
    expect((await join(server, room.secret("host"), null)).status).toBe(200);
    expect((await join(server, room.secret("interviewer"), "Ines")).status).toBe(200);
  });

  test("an interviewers' link for several takes no place of those who are invited by name", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const [ines] = (await invite(room.host, ["Ines"])).links;
    for (let seats = 1; seats <= LIMITS.places.waiting; seats++) {
      expect((await join(server, room.secret("interviewer"), `Stranger ${seats}`)).status).toBe(200);
    }
    expect((await join(server, room.secret("interviewer"), "One too many")).body).toMatchObject({
      reason: "room_full",
    });
    const seat = await newSeat(server.url, await server.takeSeat(ines?.secret ?? "", "Ines")).connect();
    expect(seat.panel.people.find(({ seatId }) => seatId === seat.seatId)).toMatchObject({ admitted: true });
  });
});

describe("interviewers", () => {
  test("who come by their link are seen by the host as come, though others who connected before see less of it", async () => {
    const server = await startServer();
    const { host, ines } = await fullHouse(server);
    const [ida] = (await invite(host, ["Ida"])).links;
    await host.connect();
    // From here on both hold the same version, and what comes next begins alike for both.
    await host.must({ type: "extendRoom", minutes: 1 });
    for (const seat of [host, ines]) await seat.time();
    await server.takeSeat(ida?.secret ?? "", "Ida");
    await ines.until(({ people }) => people.some(({ name }) => name === "Ida"));
    await host.time();
    const { view } = host;
    expect(host.frames.at(-1)?.kind).toBe("patch");
    expect(host.host.invited).toMatchObject([{ name: "Ida", seatId: expect.any(String) }]);
    expect(await host.resync()).toEqual(view);
  });

  test("who are named when the room is opened, or later, have a link each, which is theirs alone", async () => {
    const server = await startServer();
    const opening = { ...openingOf(), interviewers: ["Ines", "Ivan"] };
    const opened = OpenRoomResponse.parse((await server.post("/api/rooms", opening)).body);
    const host = await newSeat(server.url, opened.token).connect();
    const named = opened.links.filter(({ name }) => name !== undefined);
    expect(named.map(({ name, role }) => [name, role])).toEqual([
      ["Ines", "interviewer"],
      ["Ivan", "interviewer"],
    ]);
    const later = (await invite(host, ["Ida"])).links;
    expect(later).toMatchObject([{ name: "Ida", role: "interviewer" }]);
    await host.time();
    expect(host.host.invited.map(({ name, seatId }) => [name, seatId])).toEqual([
      ["Ines", null],
      ["Ivan", null],
      ["Ida", null],
    ]);
    expect(new Set([...opened.links, ...later].map(({ secret }) => secret)).size).toBe(opened.links.length + 1);

    const [ines] = named;
    expect((await look(server, ines?.secret ?? "")).body).toMatchObject({ name: "Ines", seated: false });
    const seat = await newSeat(server.url, await server.takeSeat(ines?.secret ?? "", "Ines Marfil")).connect();
    expect(seat.panel.you.name).toBe("Ines Marfil");
    const again = await newSeat(server.url, await server.takeSeat(ines?.secret ?? "", "Somebody else")).connect();
    expect(again.seatId).toBe(seat.seatId);
    expect(again.panel.you.name).toBe("Ines Marfil");
    await host.until(() => host.view.people.length === 2);

    // Renewed by itself, it keeps the seat; the one before is dead.
    const body = JSON.stringify({ role: "interviewer", days: 1, linkId: ines?.linkId });
    const renewed = await host.fetch("/api/links/renew", { method: "POST", headers: JSON_BODY, body });
    const { secret } = LinkSecret.parse(renewed.body);
    expect((await join(server, ines?.secret ?? "", null)).body).toMatchObject({ reason: "link_revoked" });
    const back = await newSeat(server.url, await server.takeSeat(secret, null)).connect();
    expect(back.seatId).toBe(seat.seatId);
    await host.must({ type: "removeSeat", seatId: seat.seatId });
    expect((await join(server, secret, "Ines")).body).toMatchObject({ reason: "link_revoked" });
    for (const other of [...named.slice(1), ...later]) expect((await look(server, other.secret)).status).toBe(200);
  });

  test("who come by the link for several wait, and rate once the host has let them in", async () => {
    const server = await startServer();
    const { room, host, candidate } = await liveHouse(server);
    const askId = await room.push("first-question");
    await candidate.time();
    const silence = candidate.messages.length;
    const dora = await newSeat(server.url, await server.takeSeat(room.secret("interviewer"), "Dora")).connect();
    expect(dora.view).toMatchObject({ role: "interviewer", waiting: true, asks: [], people: [{ name: "Hana Host" }] });
    const rate = { type: "rate", askId, criterionId: "depth", level: 2 } as const;
    expect(await dora.send(rate)).toMatchObject({ ok: false, refusal: { reason: "not_admitted" } });
    for (const path of ["/api/room/export.json", "/api/bank/coverage"]) {
      expect((await dora.fetch(path)).body).toMatchObject({ reason: "not_admitted" });
    }
    await candidate.time();
    // Two answers to `time` and nothing else.
    expect(candidate.messages.length - silence).toBe(1);
    await room.admit(dora);
    await dora.must(rate);
    expect(dora.panel.scorecard.ratings).toEqual({ [`${askId}/depth`]: 2 });
    expect(host.view.people.find(({ name }) => name === "Dora")).toMatchObject({ admitted: true });
  });

  test("are invited by the host alone", async () => {
    const server = await startServer();
    const { host, ines, candidate, observer } = await fullHouse(server);
    for (const seat of [ines, candidate, observer]) {
      const body = JSON.stringify({ names: ["Eve"], days: 7 });
      const answer = await seat.fetch("/api/links/invite", { method: "POST", headers: JSON_BODY, body });
      expect(answer.body).toMatchObject({ reason: "wrong_seat" });
    }
    expect(host.host.invited.map(({ name }) => name)).toEqual([]);
  });

  test("are invited once where the answer was lost and the request comes again", async () => {
    const server = await startServer();
    const { host } = await server.openRoom();
    const commandId = newId("c");
    const [first, second] = [await invite(host, ["Ines"], commandId), await invite(host, ["Ines"], commandId)];
    expect(second).toEqual(first);
    await host.time();
    expect(host.host.invited).toHaveLength(1);
  });
});

describe("the host's link", () => {
  test("can be renewed by the host, and the one before opens nothing any more", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    const before = room.secret("host");
    const body = JSON.stringify({ role: "host", days: 7 });
    const answer = await room.host.fetch("/api/links/renew", { method: "POST", headers: JSON_BODY, body });
    const { secret, expiresAt, linkId } = LinkSecret.parse(answer.body);
    expect(expiresAt).toBeNull();
    for (const dead of [await look(server, before), await join(server, before, null)]) {
      expect(dead.body).toMatchObject({ reason: "link_revoked" });
    }
    await room.host.until(() => room.host.host.ownLinkId === linkId);
    const back = await newSeat(server.url, await server.takeSeat(secret, null)).connect();
    expect(back.seatId).toBe(back.host.you.seatId);
  });
});

describe("a host who has lost their browser", () => {
  const KEY = "correct horse battery";
  const byKey = { "x-whetstone-key": KEY };

  test("is led back by the host key to the seat that they had, once, however often it is asked for", async () => {
    const server = await startServer({ hostKey: KEY });
    const opened = OpenRoomResponse.parse((await server.post("/api/rooms", openingOf(), byKey)).body);
    const lost = opened.links.find(({ role }) => role === "host")?.secret ?? "";
    const body = { roomId: opened.roomId, commandId: newId("c") };
    const first = await server.post("/api/links/lead-back", body, byKey);
    expect(first.status).toBe(200);
    const again = await server.post("/api/links/lead-back", body, byKey);
    expect(again.body).toEqual(first.body);
    expect((await look(server, lost)).body).toMatchObject({ reason: "link_revoked" });
    const { secret } = LinkSecret.parse(first.body);
    const host = await newSeat(server.url, await server.takeSeat(secret, null)).connect();
    expect(host.host.you.name).toBe("Hana Host");
    expect(host.host.ownLinkId).toBe(LinkSecret.parse(first.body).linkId);
  });

  test("is not by another key, nor to a room that there is not", async () => {
    const server = await startServer({ hostKey: KEY });
    const opened = OpenRoomResponse.parse((await server.post("/api/rooms", openingOf(), byKey)).body);
    const ask = async (roomId: string, key: string) =>
      (await server.post("/api/links/lead-back", { roomId, commandId: newId("c") }, { "x-whetstone-key": key })).body;
    expect(await ask(opened.roomId, `${KEY}!`)).toMatchObject({ reason: "key_required" });
    expect(await ask("r_never-opened-here", KEY)).toMatchObject({ reason: "unknown_room" });
  });
});

describe("secrets", () => {
  test("neither links nor tokens are on the disk", async () => {
    const server = await startServer();
    const { room, host, ines, ivan, candidate, observer } = await liveHouse(server);
    const { secret } = await renew(host, "interviewer");
    const late = await newSeat(server.url, await server.takeSeat(secret, "Late")).connect();
    const secrets = [
      ...room.links.map((link) => link.secret),
      secret,
      ...[host, ines, ivan, candidate, observer, late].map(({ token }) => token),
    ].map((whole) => whole.split(".")[1] ?? "");
    expect(secrets.every((bits) => bits.length === 43)).toBe(true);

    const onDisk = () =>
      [server.dataFile, `${server.dataFile}-wal`, `${server.dataFile}-shm`]
        .filter(existsSync)
        .map((path) => readFileSync(path).toString("latin1"))
        .join("");
    // Half of the bits would be enough to give them away.
    const halves = secrets.flatMap((bits) => [bits.slice(0, 21), bits.slice(22)]);
    const found = (bytes: string) => halves.filter((half) => bytes.includes(half));
    expect(onDisk()).toContain(room.roomId);
    expect(onDisk()).toContain(ines.seatId);
    expect(found(onDisk())).toEqual([]);
    await server.close();
    expect(onDisk()).toContain(ines.seatId);
    expect(found(onDisk())).toEqual([]);
  });

  test("no seat is sent a secret or its hash", async () => {
    const server = await startServer();
    const house = await liveHouse(server);
    const { room, host } = house;
    for (const seat of [host, house.ines, house.candidate, house.observer]) {
      await seat.resync();
      const bytes = seat.received.join("\n");
      for (const { secret } of room.links) expect(bytes).not.toContain(secret.split(".")[1]);
      expect(bytes).not.toMatch(/[a-f0-9]{64}/);
    }
  });

  test("a host key is asked for where one is set", async () => {
    const server = await startServer({ hostKey: "correct horse battery" });
    expect((await server.get("/api/info")).body).toEqual({ keyRequired: true, publicUrl: null });
    for (const headers of [{}, { "x-whetstone-key": "" }, { "x-whetstone-key": "correct horse batterz" }]) {
      const answer = await server.post("/api/rooms", openingOf(), headers);
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ reason: "key_required" });
    }
    const opened = await server.post("/api/rooms", openingOf(), { "x-whetstone-key": "correct horse battery" });
    expect(opened.status).toBe(201);
    // Whoever has a link needs no key.
    const { links } = opened.body as { links: { role: string; secret: string }[] };
    const secret = links.find(({ role }) => role === "interviewer")?.secret ?? "";
    expect((await join(server, secret, "Ines")).status).toBe(200);
  });
});

describe("the origin of a request", () => {
  const foreign = ["https://evil.example", "http://localhost.evil.example", "null", "http://127.0.0.1:1", "junk"];

  test("is checked without a public address: this server's own pages, or no page", async () => {
    const server = await startServer();
    const room = await server.openRoom();
    for (const origin of foreign) {
      expect((await server.get("/api/info", { origin })).status).toBe(403);
      expect((await server.post("/api/links/look", { secret: room.secret("host") }, { origin })).status).toBe(403);
      expect((await server.post("/api/rooms", openingOf(), { origin })).status).toBe(403);
      const seat = newSeat(server.url, room.host.token, { headers: { origin } });
      await expect(seat.connect()).rejects.toThrow();
      expect(seat.received).toEqual([]);
    }
    expect(room.host.isConnected).toBe(true);
    const own = { origin: server.url };
    expect((await server.get("/api/info", own)).status).toBe(200);
    const seat = await newSeat(server.url, room.host.token, { headers: own }).connect();
    expect(seat.seatId).toBe(room.host.seatId);
  });

  test("is the public address where there is one, and no other", async () => {
    const server = await startServer({ config: { publicUrl: "https://interviews.example" } });
    const room = await server.openRoom();
    const own = { origin: "https://interviews.example" };
    expect((await server.get("/api/info", own)).status).toBe(200);
    await newSeat(server.url, room.host.token, { headers: own }).connect();
    for (const origin of [...foreign, server.url, "http://interviews.example", "https://interviews.example.evil"]) {
      expect((await server.get("/api/info", { origin })).status).toBe(403);
      await expect(newSeat(server.url, room.host.token, { headers: { origin } }).connect()).rejects.toThrow();
    }
  });

  test("a refused connection by polling is refused too", async () => {
    const server = await startServer();
    const answer = await server.get("/socket.io/?EIO=4&transport=polling", { origin: "https://evil.example" });
    expect(answer.status).toBe(403);
    expect((await server.get("/socket.io/?EIO=4&transport=polling")).status).toBe(200);
  });
});
