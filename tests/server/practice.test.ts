import { AuthoredKit, AuthoredQuestion, draftOfQuestion } from "@whetstone/shared/authored";
import { fit as fitOf } from "@whetstone/shared/practice/matching/fit";
import { SeekerView } from "@whetstone/shared/practice/matching/view";
import type { Wishes } from "@whetstone/shared/practice/matching/wishes";
import { PracticeAnswer, type PracticeCommand, PracticeTopics } from "@whetstone/shared/practice/wire";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import type { View } from "@whetstone/shared/room/view/view";
import { OpenRoomResponse, ServerInfo } from "@whetstone/shared/rooms-wire";
import { io, type Socket } from "socket.io-client";
import { describe, expect, onTestFinished, test } from "vitest";
import type { OpenPair } from "../../server/src/practice/queue.ts";
import { testBank } from "../support/domain.ts";
import { weekOf } from "../support/matching-week.mjs";
import { peerBank } from "../support/peers.ts";
import { MINUTE, SECOND, wishesFor } from "../support/queue.ts";
import { newSeat } from "../support/seats.ts";
import { bankOf, Clock, KIT, type ServerOptions, startServer, type TestServer } from "../support/server.ts";

/** The queue of those who look for a partner, on the real server by real sockets. */

/** A page that looks for a partner. */
class Page {
  view: SeekerView = { kind: "out", waiting: [], usual: [] };
  readonly socket: Socket;
  readonly name: string;
  #watchers: (() => void)[] = [];

  constructor({ url }: TestServer, name: string, browser = `browser-of-${name}-0123456789`) {
    this.name = name;
    this.socket = io(`${url}/practice`, {
      auth: { browser },
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
    });
    this.socket.on("view", (view: unknown) => {
      this.view = SeekerView.parse(view);
      this.changed();
    });
    onTestFinished(() => void this.socket.disconnect());
  }

  changed(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const watcher of watchers) watcher();
  }

  async tell(command: PracticeCommand): Promise<string> {
    const answer = PracticeAnswer.parse(await this.socket.emitWithAck("command", command));
    return answer.ok ? "ok" : answer.refusal.reason;
  }

  enter(wishes: Partial<Wishes> = {}): Promise<string> {
    return this.tell({ type: "enter", name: this.name, wishes: wishesFor(wishes) });
  }

  async until<K extends SeekerView["kind"]>(
    kind: K,
    check: (view: Extract<SeekerView, { kind: K }>) => boolean = () => true,
  ): Promise<Extract<SeekerView, { kind: K }>> {
    const isIt = (view: SeekerView): view is Extract<SeekerView, { kind: K }> => view.kind === kind;
    for (;;) {
      const { view } = this;
      if (isIt(view) && check(view)) return view;
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  async accept(): Promise<string> {
    const { offerId } = await this.until("offered", ({ accepted }) => !accepted);
    return this.tell({ type: "accept", offerId });
  }
}

interface Opened {
  readonly names: readonly string[];
}

async function queueServer(
  clock: Clock,
  options: ServerOptions = {},
): Promise<{ server: TestServer; opened: Opened[] }> {
  const opened: Opened[] = [];
  const openPair: OpenPair = async (one, two) => {
    opened.push({ names: [one, two] });
    return { roomId: "r", secrets: [`way of ${one}`, `way of ${two}`] };
  };
  const { now, steady } = clock;
  const server = await startServer({
    openPair,
    now,
    steady,
    placesPerAddress: 1_000,
    ...options,
    config: { peerQueue: true, connectionsPerAddress: 2_000, ...options.config },
  });
  return { server, opened };
}

/** Two who fit, and accepted. */
async function pairOf(
  server: TestServer,
  [one, other]: readonly [string, string] = ["Ann", "Ben"],
): Promise<[Page, Page]> {
  const [ann, ben] = [new Page(server, one), new Page(server, other)];
  expect([await ann.enter(), await ben.enter()]).toEqual(["ok", "ok"]);
  expect(await Promise.all([ann.accept(), ben.accept()])).toEqual(["ok", "ok"]);
  return [ann, ben];
}

/** As many as a whole practice takes, all of them of a topic that the bank has not. */
const OWN = { topic: "message-queues", title: "Backpressure in a queue", level: "research" as const, count: 8 };

function fail(): never {
  throw new Error("The test bank is empty.");
}

/** Publishes questions that are written on this server, and a kit of one of them. */
async function writeHere(server: TestServer): Promise<void> {
  const { topic, title, level } = OWN;
  for (let number = 1; number <= OWN.count; number++) {
    const draft = { ...draftOfQuestion(testBank().questions[0] ?? fail()), topic, title: `${title} ${number}`, level };
    const id = `backpressure-${number}`;
    const question = AuthoredQuestion.parse((await server.post("/api/own/questions", { id, draft })).body);
    await server.post(`/api/own/questions/${id}/publish`, { revision: question.revision });
  }
  const { id, ...kit } = KIT;
  const draft = { ...kit, questions: [{ question: "backpressure-1", minutes: 11, probes: [1, 2] }] };
  const begun = AuthoredKit.parse((await server.post("/api/own/kits", { id: "queues", draft })).body);
  expect((await server.post("/api/own/kits/queues/publish", { revision: begun.revision })).status).toBe(200);
}

function peersIn(view: View): PeersView {
  if (!("peers" in view) || !view.peers) throw new Error("This seat is no peer's.");
  return view.peers;
}

test("whoever looks is told the time when they ask for it, and nothing where they do not wait for an answer", async () => {
  const clock = new Clock();
  const { server } = await queueServer(clock);
  const ann = new Page(server, "Ann");
  expect(await ann.socket.emitWithAck("time")).toBe(clock.now());
  ann.socket.emit("time");
  ann.socket.emit("time", "no function");
  clock.advance(MINUTE);
  expect(await ann.socket.emitWithAck("time")).toBe(clock.now());
});

describe.each([60 * MINUTE, -60 * MINUTE])("a clock that is set by %d ms", (by) => {
  test("leaves an offer the rest of its half minute, and no more", async () => {
    const clock = new Clock();
    const { server } = await queueServer(clock);
    const [ann, ben] = [new Page(server, "Ann"), new Page(server, "Ben")];
    expect([await ann.enter(), await ben.enter()]).toEqual(["ok", "ok"]);
    const { endsAt } = await ann.until("offered");
    clock.advance(20 * SECOND);
    clock.set(by);
    const moved = await ann.until("offered", (view) => view.endsAt !== endsAt);
    expect(moved.endsAt - (await ann.socket.emitWithAck("time"))).toBe(10 * SECOND);
    expect(await ann.accept()).toBe("ok");
    clock.advance(10 * SECOND);
    await ben.until("out");
    expect((await ann.until("waiting")).since).toBe(clock.now() - 30 * SECOND);
  });

  test("keeps the place of a broken line for as long as ever, and no longer", async () => {
    const clock = new Clock();
    const { server } = await queueServer(clock);
    const ann = new Page(server, "Ann");
    const looking = new Page(server, "Eve");
    await ann.enter();
    await looking.until("out", ({ waiting }) => waiting.length === 1);
    ann.socket.disconnect();
    await looking.until("out", ({ waiting }) => waiting.length === 0);
    clock.set(by);
    clock.advance(59 * SECOND);
    const back = new Page(server, "Ann");
    expect((await back.until("waiting")).since).toBe(clock.now() - 59 * SECOND);
    await looking.until("out", ({ waiting }) => waiting.length === 1);
    back.socket.disconnect();
    await looking.until("out", ({ waiting }) => waiting.length === 0);
    clock.set(by);
    clock.advance(60 * SECOND);
    // The queue does what the time does before it shows who is there.
    expect(await new Page(server, "Fay").enter()).toBe("ok");
    await looking.until("out", ({ waiting }) => waiting.length === 1);
    const late = new Page(server, "Ann");
    expect(await late.enter()).toBe("ok");
  });

  test("makes nobody's wait longer or shorter", async () => {
    const clock = new Clock();
    const { server } = await queueServer(clock);
    const ann = new Page(server, "Ann");
    await ann.enter();
    clock.advance(7 * MINUTE);
    const { letGo } = await ann.until("waiting", (view) => view.letGo.length > 0);
    clock.set(by);
    const after = await ann.until("waiting", (view) => view.since === clock.now() - 7 * MINUTE);
    expect(after.letGo).toEqual(letGo);
  });
});

test("two are told each other's name and their own way in once both accept, and nothing before", async () => {
  const { server, opened } = await queueServer(new Clock());
  const [ann, ben] = [new Page(server, "Ann"), new Page(server, "Ben")];
  await ann.enter();
  await ben.enter();
  const offered = await ben.until("offered");
  expect(JSON.stringify(offered)).not.toContain("Ann");
  await ann.accept();
  expect(ben.view).toEqual(offered);
  await ben.accept();
  expect(await ann.until("paired", ({ room }) => room !== null)).toMatchObject({
    partner: "Ben",
    room: { secret: "way of Ann" },
  });
  expect(await ben.until("paired", ({ room }) => room !== null)).toMatchObject({
    partner: "Ann",
    room: { secret: "way of Ben" },
  });
  expect(opened).toHaveLength(1);
});

test("of 500 at once everybody who fits is matched, and nobody twice", async () => {
  const clock = new Clock();
  const { server, opened } = await queueServer(clock);
  const crowd = weekOf(3, 500 * 3)
    .filter(({ wishes }) => wishes.when.kind === "now")
    .slice(0, 500)
    .map(({ wishes }, index) => ({
      wishes,
      page: new Page(server, `Seeker ${index}`, `browser-${index}-0123456789abcdef`),
    }));
  expect(crowd).toHaveLength(500);
  let offers = 0;
  /** Settled once nobody considers an offer, and no two who wait fit at least so well. */
  const isSettled = (least: number): boolean => {
    if (crowd.some(({ page }) => page.view.kind === "offered" || page.view.kind === "out")) return false;
    const waiting = crowd.filter(({ page }) => page.view.kind === "waiting");
    return waiting.every((one, index) =>
      waiting.slice(0, index).every((other) => fitOf(one.wishes, other.wishes).total < least),
    );
  };
  let look = () => {};
  for (const { page } of crowd) {
    page.socket.on("view", (view: SeekerView) => {
      if (view.kind === "offered" && !view.accepted) {
        offers += 1;
        void page.tell({ type: "accept", offerId: view.offerId });
      }
      look();
    });
  }
  const settled = (least: number) =>
    new Promise<void>((resolve) => {
      look = () => isSettled(least) && resolve();
      look();
    });
  const answers = await Promise.all(crowd.map(({ page, wishes }) => page.enter(wishes)));
  expect(new Set(answers)).toEqual(new Set(["ok"]));
  // Only the best fit at first, so that nobody is asked while the clock is set.
  await settled(1 - 1e-9);
  clock.advance(60 * MINUTE);
  await settled(1e-9);
  for (const { page } of crowd) {
    if (page.view.kind !== "waiting") await page.until("paired", ({ room }) => room !== null);
    else expect(await page.until("waiting", ({ letGo }) => letGo.length === 3)).toMatchObject({ fitting: 0, ahead: 0 });
  }
  const names = opened.flatMap((pair) => pair.names);
  const paired = crowd.filter(({ page }) => page.view.kind === "paired");
  expect(names.toSorted()).toEqual(paired.map(({ page }) => page.name).toSorted());
  expect(new Set(names).size).toBe(names.length);
  expect(offers).toBe(names.length);
  expect(paired.length).toBeGreaterThan(480);
});

test("the counts are true: how many fit, and how many more would", async () => {
  const { server } = await queueServer(new Clock());
  const [ann, ben, cem] = [new Page(server, "Ann"), new Page(server, "Ben"), new Page(server, "Cem")];
  await ann.enter({ levels: ["foundation"] });
  await ben.enter({ levels: ["working"] });
  await cem.enter({ levels: ["foundation"], language: "de" });
  expect(await ben.tell({ type: "widen", by: "levels" })).toBe("ok");
  const asked = await ann.until("waiting", ({ widenings }) => widenings.some(({ more }) => more > 0));
  expect(asked).toMatchObject({ fitting: 0, widenings: [{ by: "levels", more: 1 }, { more: 0 }, { more: 0 }] });
  await ann.tell({ type: "widen", by: "levels" });
  expect((await ann.until("offered")).common.levels).toEqual([]);
});

test("a seeker whose line breaks keeps their place for a minute", async () => {
  const clock = new Clock();
  const { server } = await queueServer(clock);
  const [ann, dora] = [new Page(server, "Ann"), new Page(server, "Dora")];
  await ann.enter();
  const { since } = await ann.until("waiting");
  const gone = new Promise((resolve) => ann.socket.once("disconnect", resolve));
  ann.socket.disconnect();
  await gone;
  clock.advance(59 * SECOND);
  const again = new Page(server, "Ann");
  expect((await again.until("waiting")).since).toBe(since);
  await dora.enter();
  await Promise.all([again.accept(), dora.accept()]);
  await dora.until("paired");
});

test("a no-show leaves, and their partner is the next who is offered somebody", async () => {
  const clock = new Clock();
  const { server } = await queueServer(clock);
  const [ann, ben, cem] = [new Page(server, "Ann"), new Page(server, "Ben"), new Page(server, "Cem")];
  await ann.enter();
  const { since } = await ann.until("waiting");
  await ben.enter();
  await ann.accept();
  clock.advance(30 * SECOND);
  expect((await ann.until("waiting")).since).toBe(since);
  await ben.until("out");
  await cem.enter();
  await Promise.all([ann.accept(), cem.accept()]);
  expect(await ann.until("paired")).toMatchObject({ partner: "Cem" });
});

test("one browser has one place in however many tabs, and an address five", async () => {
  const { server } = await queueServer(new Clock(), { placesPerAddress: 5 });
  const tabs = Array.from({ length: 10 }, () => new Page(server, "Ann"));
  const answers = await Promise.all(tabs.map((tab) => tab.enter()));
  expect(answers.toSorted()).toEqual([...Array(9).fill("already_waiting"), "ok"]);
  for (const tab of tabs) await tab.until("waiting");
  const others = ["de", "fr", "es", "pt", "ja"].map((language) => ({ language, page: new Page(server, language) }));
  const entered = [];
  for (const { page, language } of others) entered.push(await page.enter({ language }));
  expect(entered).toEqual(["ok", "ok", "ok", "ok", "address_waits"]);
});

test("whoever reports a partner is not brought together with them again, and nothing tells either", async () => {
  const { server } = await queueServer(new Clock());
  const [ann, ben] = await pairOf(server);
  const { pairId } = await ann.until("paired");
  const report = { type: "report", pairId, reason: "rude", text: "x".repeat(501) } as const;
  expect(await ann.tell(report)).toBe("too_long");
  expect(await ann.tell({ ...report, text: "They shouted." })).toBe("ok");
  await ann.enter();
  await ben.enter();
  const views = [await ann.until("waiting"), await ben.until("waiting")];
  expect(views.map(({ fitting, ahead }) => [fitting, ahead])).toEqual([
    [0, 0],
    [0, 0],
  ]);
  const stranger = new Page(server, "Stranger");
  expect(await stranger.tell(report)).toBe("too_long");
  expect(await stranger.tell({ ...report, text: "" })).toBe("unknown_pair");
});

test("a block and a meeting outlive the server's restart", async () => {
  const clock = new Clock();
  const { server } = await queueServer(clock);
  const [ann, ben] = await pairOf(server);
  const { pairId } = await ann.until("paired");
  expect(await ann.tell({ type: "block", pairId })).toBe("ok");
  const [cem, dora] = await pairOf(server, ["Cem", "Dora"]);
  await pairOf(server, ["Gus", "Hal"]);
  await pairOf(server, ["Ida", "Jo"]);
  const after = await server.restart();
  const again = [ann, ben].map(({ name }) => new Page(after, name));
  for (const page of again) await page.enter();
  clock.advance(60 * MINUTE);
  for (const page of again) expect(await page.until("waiting")).toMatchObject({ people: 0, fitting: 0 });
  // Eight who found each other in this hour tell how long it usually takes, also after a restart.
  expect(again[0]?.view).toMatchObject({ usual: [{ people: 8, medianMs: 0 }] });
  const late = [cem, dora].map(({ name }) => new Page(after, name));
  for (const page of late) await page.enter({ language: "de" });
  // Partners of late are offered to each other only once they have waited, when others who fit are at once.
  const fresh = [new Page(after, "Eve"), new Page(after, "Finn")];
  for (const page of fresh) await page.enter({ language: "fr" });
  for (const page of fresh) await page.until("offered");
  for (const page of late) expect(page.view.kind).toBe("waiting");
});

test("two whose room cannot be opened wait again, and are brought together again", async () => {
  let fails = 1;
  const openPair: OpenPair = async (one, two) => {
    if (fails-- > 0) throw new Error("No room.");
    return { roomId: "r", secrets: [one, two] };
  };
  const { server } = await queueServer(new Clock(), { openPair });
  const [ann, ben] = await pairOf(server);
  await Promise.all([ann.accept(), ben.accept()]);
  expect(await ann.until("paired", ({ room }) => room !== null)).toMatchObject({ room: { secret: "Ann" } });
});

test("whoever does not look yet is told of others who begin to", async () => {
  const { server } = await queueServer(new Clock());
  const [ann, ben] = [new Page(server, "Ann"), new Page(server, "Ben")];
  expect(await ann.until("out", ({ waiting }) => waiting.length === 0)).toBeTruthy();
  await ben.enter({ language: "de" });
  expect(await ann.until("out", ({ waiting }) => waiting.length > 0)).toMatchObject({
    waiting: [{ language: "de", people: 1 }],
  });
});

test("whoever is still to answer is asked first by whom they find for the rest", async () => {
  const { server, opened } = await queueServer(new Clock());
  const [ann, ben] = await pairOf(server);
  const { pairId } = await ann.until("paired");
  ben.socket.disconnect();
  const cem = new Page(server, "Cem");
  const rest = { pairId, first: "answer" } as const;
  expect(await ann.tell({ type: "enter", name: "Ann", wishes: wishesFor(), rest })).toBe("ok");
  await cem.enter();
  await Promise.all([ann.accept(), cem.accept()]);
  await ann.until("paired", ({ room }) => room !== null);
  expect(opened.at(-1)).toEqual({ names: ["Cem", "Ann"] });
});

describe("the room of two who found each other", () => {
  /** Two in their room, each by their own way, and the server that has a question and a kit written here. */
  async function roomOfTwo() {
    const clock = new Clock();
    const { now, steady } = clock;
    const server = await startServer({ bank: bankOf(peerBank()), config: { peerQueue: true }, now, steady });
    const [ann, ben] = await pairOf(server);
    const seats = [];
    for (const page of [ann, ben]) {
      const { room } = await page.until("paired", (view) => view.room !== null);
      seats.push(await newSeat(server.url, await server.takeSeat(room?.secret ?? "", page.name)).connect());
    }
    const [asks, answers] = seats;
    if (!asks || !answers) throw new Error("A pair has two seats.");
    return { server, asks, answers };
  }

  test("is entered by each with their own link, and dealt to them as to any pair", async () => {
    const { asks, answers } = await roomOfTwo();
    for (const seat of [asks, answers]) await seat.must({ type: "tellHad", questionIds: [] });
    const view = await asks.until((seen) => peersIn(seen).dealing.kind === "dealt");
    expect([view.role, answers.view.role]).toEqual(["host", "candidate"]);
    expect(peersIn(view).order.map(({ name }) => name)).toEqual(["Ann", "Ben"]);
    expect(peersIn(view).ahead).toHaveLength(1);
  });

  test("is dealt nothing that was written in this house, which people of the house are", async () => {
    const { server, asks, answers } = await roomOfTwo();
    await writeHere(server);
    const own = { levels: [OWN.level], topics: [OWN.topic], minutes: 25 as const, kitId: null };
    for (const seat of [asks, answers]) await seat.must({ type: "tellHad", questionIds: [] });
    expect(await asks.send({ type: "wish", wishes: { ...own, kitId: "queues" } })).toMatchObject({
      refusal: { reason: "unknown_kit" },
    });
    await asks.must({ type: "wish", wishes: own });
    const view = await asks.until((seen) => peersIn(seen).dealing.kind === "tooFew");
    expect(JSON.stringify([view, answers.view])).not.toContain(OWN.title);

    const opening = { title: "Practice", hostName: "Ana", partners: ["Bo"], wishes: own };
    const opened = OpenRoomResponse.parse((await server.post("/api/rooms/peers", opening)).body);
    const ana = await newSeat(server.url, opened.token).connect();
    const invitation = opened.links.find(({ name }) => name === "Bo")?.secret ?? "";
    const bo = await newSeat(server.url, await server.takeSeat(invitation, "Bo")).connect();
    for (const seat of [ana, bo]) await seat.must({ type: "tellHad", questionIds: [] });
    const theirs = await ana.until((seen) => peersIn(seen).dealing.kind === "dealt");
    expect(JSON.stringify(theirs)).toContain(OWN.title);

    const { topics } = PracticeTopics.parse((await server.get("/api/practice/topics")).body);
    expect(topics.map(({ id }) => id)).not.toContain(OWN.topic);
    expect(topics.length).toBeGreaterThan(0);
  });
});

describe("the queue is not there", () => {
  const isOffered = async (server: TestServer) => {
    const auth = { browser: "a-browser-0123456789" };
    const socket = io(`${server.url}/practice`, {
      auth,
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
    });
    onTestFinished(() => void socket.disconnect());
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("connect_error", () => resolve(false));
    });
    expect(ServerInfo.parse((await server.get("/api/info")).body).findsPartners ?? false).toBe(isThere);
    expect((await server.get("/api/practice/topics")).status).toBe(isThere ? 200 : 404);
    return isThere;
  };

  test("unless it is turned on", async () => {
    expect(await isOffered(await startServer())).toBe(false);
    expect(await isOffered(await startServer({ config: { peerQueue: true } }))).toBe(true);
  });
});
