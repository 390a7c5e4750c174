import { JoinResponse, LookResponse } from "@whetstone/shared/links-wire";
import { BREATH_MS } from "@whetstone/shared/room/peers/rules";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { Trail } from "@whetstone/shared/room/view/trail";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { expect, test } from "vitest";
import { MINUTE, putBeside, textsIn } from "../support/domain.ts";
import { PEER_WISHES, peerBank } from "../support/peers.ts";
import { newSeat, type Seat } from "../support/seats.ts";
import { bankOf, Clock, startServer, type TestServer } from "../support/server.ts";

/** People who practise with each other, over a real server: what reaches whom, by whichever way it is asked for. */

const HOLDERS = { ana: "b_the-browser-of-ana-00", bo: "b_the-browser-of-bo-000", eve: "b_the-browser-of-eve-00" };

/** Whichever questions are dealt, there is a workspace to look for. */
const ALL = () => true;

interface Pair {
  readonly server: TestServer;
  readonly clock: Clock;
  readonly roomId: string;
  readonly ana: Seat;
  readonly bo: Seat;
  /** The secret of the link that was sent to Bo. */
  readonly invitation: string;
  readonly wayBack: string;
}

async function pair(): Promise<Pair> {
  const clock = new Clock();
  const server = await startServer({ bank: bankOf(peerBank(ALL)), now: clock.now, steady: clock.steady });
  const body = { title: "Practice", hostName: "Ana", partners: ["Bo"], wishes: PEER_WISHES, holder: HOLDERS.ana };
  const opened = OpenRoomResponse.parse((await server.post("/api/rooms/peers", body)).body);
  const ana = await newSeat(server.url, opened.token).connect();
  const invitation = opened.links.find(({ name }) => name === "Bo")?.secret ?? "";
  const joined = await join(server, invitation, "Bo", HOLDERS.bo);
  const bo = await newSeat(server.url, joined.token).connect();
  for (const seat of [ana, bo]) await seat.must({ type: "tellHad", questionIds: [] });
  await ana.until(() => peersOf(ana).dealing.kind === "dealt");
  return { server, clock, roomId: opened.roomId, ana, bo, invitation, wayBack: joined.wayBack ?? "" };
}

const join = async (server: TestServer, secret: string, name: string | null, holder?: string): Promise<JoinResponse> =>
  JoinResponse.parse((await server.post("/api/links/join", { secret, name, holder })).body);

function peersOf({ view }: Seat): PeersView {
  if (!("peers" in view) || !view.peers) throw new Error("This seat is no peer's.");
  return view.peers;
}

const roundOf = (seat: Seat): number => peersOf(seat).rounds.findLast(({ phase }) => phase !== "ahead")?.roundId ?? 1;

async function allReady(...seats: readonly Seat[]): Promise<void> {
  const [first] = seats;
  if (!first) return;
  const roundId = roundOf(first);
  // At once, as two people do who count to three.
  await Promise.all(seats.map((seat) => seat.must({ type: "ready", roundId, isReady: true })));
  await Promise.all(seats.map((seat) => seat.time()));
}

/** One asks all that was dealt, the other answers. */
async function interview(asking: Seat, asked: Seat): Promise<readonly string[]> {
  const askIds: string[] = [];
  for (const { itemId } of asking.host.plan) {
    await asking.must({ type: "push", source: { kind: "plan", itemId } });
    const { askId } = asking.openAsk;
    askIds.push(askId);
    await asked.until((view) => view.role === "candidate" && view.ask?.askId === askId);
    await asked.must({ type: "writeAnswer", askId, text: `⟦an answer of ${asked.view.you.name}⟧` });
    await asking.must({ type: "rate", askId, criterionId: "depth", level: 2 });
    const note = { noteId: `n_${askId.slice(2)}`, askId, text: `⟦a note of ${asking.view.you.name}⟧` };
    await asking.must({ type: "writeNote", ...note, mark: null, evidenceFor: null, ageMs: 0 });
  }
  return askIds;
}

/** Asks for everything that a token might open; all of it counts as received. */
async function askForEverything(seat: Seat, ids: readonly string[]): Promise<number[]> {
  const body = (value: unknown) => ({
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  });
  const statuses: number[] = [];
  for (const format of ["pdf", "xlsx", "csv", "md", "json", "greenhouse.json", "lever.json", "ashby.json"]) {
    statuses.push((await seat.fetch(`/api/room/export.${format}`)).status);
  }
  for (const path of ["/api/room/record.zip", "/api/room/trail", "/api/bank/coverage", "/api/kits"]) {
    statuses.push((await seat.fetch(path)).status);
  }
  statuses.push((await seat.fetch("/api/bank/search", body({ text: "" }))).status);
  for (const id of ids) statuses.push((await seat.fetch(`/api/bank/questions/${id}`)).status);
  for (const asked of [
    ["/api/across/compare", { secrets: [seat.token] }],
    ...ids.map((questionId) => ["/api/across/question", { secrets: [seat.token], questionId }] as const),
  ] as const) {
    // They are answered, with nothing of a room of peers.
    expect((await seat.fetch(asked[0], body(asked[1]))).status).toBe(200);
  }
  await seat.send({ type: "rate", askId: "a_no-such-ask-0000", criterionId: "depth", level: 1 });
  await seat.send({ type: "reveal", askId: "a_no-such-ask-0000", kind: "hint", index: 0 });
  return statuses;
}

const bytesOf = (seat: Seat): string => seat.received.join("\n");

test("a whole session: no byte of a round's rubric, plan or rating reaches whoever is asked in it before both have let go", async () => {
  const { ana, bo } = await pair();
  const firstIds = peersOf(ana).ahead.flatMap(({ plan }) => plan.map(({ questionId }) => questionId));
  const secondIds = peersOf(bo).ahead.flatMap(({ plan }) => plan.map(({ questionId }) => questionId));
  expect([...firstIds, ...secondIds]).toHaveLength(6);
  expect((await askForEverything(bo, firstIds)).every((status) => status === 403)).toBe(true);
  expect((await askForEverything(ana, secondIds)).every((status) => status === 403)).toBe(true);
  for (const id of firstIds) expect((await ana.fetch(`/api/bank/questions/${id}`)).status).toBe(200);

  await allReady(ana, bo);
  await interview(ana, bo);
  await ana.must({ type: "writeToPeer", roundId: 1, part: "wentWell", text: "⟦Ana: went well⟧" });
  await bo.must({ type: "rateInterviewing", roundId: 1, criterionId: "clarity", level: 4 });
  await bo.must({ type: "writeToPeer", roundId: 1, part: "toInterviewer", text: "⟦Bo: to Ana⟧" });
  await askForEverything(bo, firstIds);
  await allReady(ana, bo);
  await ana.until(({ role }) => role === "candidate");
  await bo.until(({ role }) => role === "host");
  // Whoever comes back in the breath is shown the room from nothing.
  await Promise.all([ana.connect(), bo.connect()]);
  await allReady(ana, bo);
  await interview(bo, ana);
  await bo.must({ type: "writeToPeer", roundId: 2, part: "tryNext", text: "⟦Bo: try next⟧" });
  await askForEverything(ana, secondIds);
  await allReady(ana, bo);
  await Promise.all([ana.connect(), bo.connect()]);
  await ana.must({ type: "letGo", gives: true });
  expect(peersOf(ana).received).toBeNull();
  await askForEverything(ana, secondIds);
  await askForEverything(bo, firstIds);

  const rubricOf = (ids: readonly string[]) => {
    const bank = peerBank(ALL);
    const all = ids.flatMap((id) => textsIn(bank.frozen(id)));
    const beside = new Set(ids.flatMap((id) => putBeside(bank.frozen(id) ?? {})));
    return all.filter((text) => text.startsWith("⟦") && !text.includes(": prompt⟧") && !beside.has(text));
  };
  const before = { ana: bytesOf(ana), bo: bytesOf(bo) };
  const found = (bytes: string, secrets: readonly string[]) => secrets.filter((secret) => bytes.includes(secret));
  // Communication is the pack's: it is in every rubric.
  const ownRubric = (ids: readonly string[]) => rubricOf(ids).filter((text) => !text.startsWith("⟦pack"));
  expect(found(before.ana, [...ownRubric(secondIds), "⟦a note of Bo⟧", "⟦Bo: to Ana⟧", "⟦Bo: try next⟧"])).toEqual([]);
  expect(found(before.bo, [...ownRubric(firstIds), "⟦a note of Ana⟧", "⟦Ana: went well⟧"])).toEqual([]);
  // The same search finds what they may see.
  expect(found(before.ana, ownRubric(firstIds)).length).toBeGreaterThan(20);
  expect(found(before.bo, ownRubric(secondIds)).length).toBeGreaterThan(20);

  await bo.must({ type: "letGo", gives: true });
  await ana.until(() => peersOf(ana).received !== null);
  expect(peersOf(ana).received?.asked[0]?.words).toEqual([
    { by: "Bo", texts: { tryNext: "⟦Bo: try next⟧" }, interviewing: {} },
  ]);
  expect(found(bytesOf(ana), ownRubric(secondIds)).length).toBeGreaterThan(20);
  expect(found(bytesOf(ana), ["⟦a note of Bo⟧"])).toEqual([]);
  // Hidden tests and the expected output stay with whoever asked.
  const hidden = ownRubric(secondIds).filter((text) => /(?:test \d|expected output)⟧$/.test(text));
  expect(found(bytesOf(bo), hidden).length).toBeGreaterThan(6);
  expect(found(bytesOf(ana), hidden)).toEqual([]);
});

test("rounds end and begin with their time, also over a restart in the breath", async () => {
  const { server, clock, ana, bo } = await pair();
  await allReady(ana, bo);
  clock.advance(25 * MINUTE);
  // The server looks at a room's time with what happens in it.
  await bo.must({ type: "sayLine", lineId: "m_000000000001", text: "Time?" });
  await ana.until((view) => view.role === "candidate" && view.room.phase === "lobby");
  const again = await server.restart();
  await ana.connect(again.url);
  await bo.connect(again.url);
  expect(peersOf(bo).line).toMatchObject([{ text: "Time?" }]);
  expect(peersOf(bo).breathEndsAt).toBe(clock.now() + BREATH_MS);
  clock.advance(BREATH_MS);
  await ana.connect(again.url);
  await bo.until((view) => view.room.phase === "live");
  expect(bo.host.timer).toMatchObject({ kind: "running", totalMs: 25 * MINUTE });
});

test("a third who opens the link takes no place and learns no name; whoever has the place comes back by it, and elsewhere by their way back", async () => {
  const { server, ana, bo, invitation, wayBack } = await pair();
  const look = (holder?: string) => server.post("/api/links/look", { secret: invitation, holder });
  for (const holder of [undefined, HOLDERS.eve]) {
    const refused = await look(holder);
    expect(refused).toMatchObject({ status: 409, body: { reason: "place_taken" } });
    expect(refused.text).not.toContain("Bo");
  }
  const taking = await server.post("/api/links/join", { secret: invitation, name: "Eve", holder: HOLDERS.eve });
  expect(taking).toMatchObject({ status: 409, body: { reason: "place_taken" } });
  expect(bo.lost).toBeNull();
  expect(LookResponse.parse((await look(HOLDERS.bo)).body)).toMatchObject({ seated: true, name: "Bo", people: 2 });
  const { seatId } = bo;
  const same = await newSeat(server.url, (await join(server, invitation, null, HOLDERS.bo)).token).connect();
  expect(same.seatId).toBe(seatId);
  expect((await bo.untilLost()).reason).toBe("seat_taken_over");
  const phone = await newSeat(server.url, (await join(server, wayBack, null, HOLDERS.eve)).token).connect();
  expect(phone.seatId).toBe(seatId);
  expect(peersOf(ana).order).toHaveLength(2);
});

test("one person may try both seats in two tabs of one browser", async () => {
  const clock = new Clock();
  const server = await startServer({ bank: bankOf(peerBank(ALL)), now: clock.now, steady: clock.steady });
  const body = {
    title: "Alone with me",
    hostName: "Ana",
    partners: ["Ana too"],
    wishes: PEER_WISHES,
    holder: HOLDERS.ana,
  };
  const opened = OpenRoomResponse.parse((await server.post("/api/rooms/peers", body)).body);
  const invitation = opened.links.find(({ name }) => name !== undefined)?.secret ?? "";
  const one = await newSeat(server.url, opened.token).connect();
  const two = await newSeat(server.url, (await join(server, invitation, "Ana too", HOLDERS.ana)).token).connect();
  for (const seat of [one, two]) await seat.must({ type: "tellHad", questionIds: [] });
  await allReady(one, two);
  await interview(one, two);
  await allReady(one, two);
  await one.until(({ role }) => role === "candidate");
});

test("a room is erased by each of them once all have let go, and who had it stays for whoever opened it, and nobody else", async () => {
  const { server, clock, ana, bo } = await pair();
  const bearer = ({ token }: Seat) => ({ authorization: `Bearer ${token}` });
  const erase = (seat: Seat) => server.post("/api/room/erase", {}, bearer(seat));
  const trail = (seat: Seat) => server.get("/api/room/trail", bearer(seat));
  await allReady(ana, bo);
  await interview(ana, bo);
  await allReady(ana, bo);
  await allReady(ana, bo);
  await interview(bo, ana);
  await allReady(ana, bo);
  await ana.must({ type: "letGo", gives: true });
  for (const seat of [ana, bo])
    expect(await erase(seat)).toMatchObject({ status: 409, body: { reason: "wrong_phase" } });
  await bo.must({ type: "letGo", gives: true });
  clock.advance(MINUTE);
  expect((await bo.fetch("/api/room/peer-feedback.md")).status).toBe(200);
  // Until then they read the room itself, and nobody who read what before the other did.
  for (const seat of [ana, bo])
    expect(await trail(seat)).toMatchObject({ status: 403, body: { reason: "wrong_seat" } });
  expect((await erase(bo)).status).toBe(200);
  for (const seat of [ana, bo]) expect((await seat.untilLost()).reason).toBe("room_erased");

  const read = await trail(ana);
  expect(read.status).toBe(200);
  const { entries, ...rest } = Trail.parse(read.body);
  expect(rest).toMatchObject({ peers: true, erasedAt: expect.any(Number) });
  const opener = { seatId: ana.seatId, role: "host", name: null };
  const partner = { seatId: bo.seatId, role: "candidate", name: null };
  expect(entries).toMatchObject([
    { what: "opened", who: opener },
    { what: "joined", who: partner },
    { what: "exported", who: partner, format: "md" },
    { what: "erased", who: partner, why: "asked" },
  ]);
  expect(read.text).not.toMatch(/Ana|Bo|⟦/);
  expect(await trail(bo)).toMatchObject({ status: 403, body: { reason: "wrong_seat" } });
});
