import { JoinResponse } from "@whetstone/shared/links-wire";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { newSeat, type Seat } from "../support/seats.ts";
import type { Clock, TestServer } from "../support/server.ts";
import type { Holder, KeptRoom } from "./kept.ts";

/** Rooms of people who practise with each other, and of one who does alone. */

const MINUTE = 60_000;
const WISHES = { levels: ["working"], topics: [], minutes: 25, kitId: null };

/** A room whose people have all come, and the secrets that were given out in it. */
class Practice {
  readonly seats: readonly Seat[];
  readonly kept: KeptRoom;

  private constructor(kept: KeptRoom, seats: readonly Seat[]) {
    this.kept = kept;
    this.seats = seats;
  }

  static async open(
    server: TestServer,
    key: Record<string, string>,
    name: string,
    [hostName, ...partners]: readonly [string, ...string[]],
    wishes: object = WISHES,
  ): Promise<Practice> {
    const body = { title: `${name} · 練習`, hostName, partners, wishes, holder: "b_the-browser-of-the-host" };
    const opened = OpenRoomResponse.parse((await server.post("/api/rooms/peers", body, key)).body);
    const holders: Holder[] = [{ name: "host", secret: opened.token }];
    const seats = [await newSeat(server.url, opened.token).connect()];
    for (const { role, secret, name: partner } of opened.links) {
      holders.push({ name: `link-${role}`, secret });
      if (partner === undefined) continue;
      const taken = { secret, name: partner, holder: `b_the-browser-of-${role}-00` };
      const { token, wayBack = "" } = JoinResponse.parse((await server.post("/api/links/join", taken)).body);
      holders.push({ name: role, secret: token }, { name: `way-back-${role}`, secret: wayBack });
      seats.push(await newSeat(server.url, token).connect());
    }
    return new Practice({ name, roomId: opened.roomId, holders }, seats);
  }

  seat(index: number): Seat {
    const seat = this.seats[index];
    if (!seat) throw new Error("There is no such seat.");
    return seat;
  }

  async allReady(): Promise<void> {
    const { roundId } = peersOf(this.seat(0)).rounds.findLast(({ phase }) => phase !== "ahead") ?? { roundId: 1 };
    for (const seat of this.seats) await seat.must({ type: "ready", roundId, isReady: true });
    for (const seat of this.seats) await seat.time();
  }

  close(): this {
    for (const seat of this.seats) seat.disconnect();
    return this;
  }
}

function peersOf({ view }: Seat): PeersView {
  if (!("peers" in view) || !view.peers) throw new Error("This seat is no peer's.");
  return view.peers;
}

export async function practised(
  server: TestServer,
  key: Record<string, string>,
  clock: Clock,
): Promise<readonly { readonly kept: KeptRoom }[]> {
  return [await together(server, key, clock), await underWay(server, key, clock), await alone(server, key, clock)];
}

/** A pair who have said all that they have to say to each other. */
async function together(server: TestServer, key: Record<string, string>, clock: Clock): Promise<Practice> {
  const pair = await Practice.open(server, key, "together", ["Ana Ánima", "Bo 波"], {
    ...WISHES,
    topics: ["no-topic"],
  });
  const [ana, bo] = [pair.seat(0), pair.seat(1)];
  await ana.must({ type: "tellHad", questionIds: [] });
  await bo.must({ type: "tellHad", questionIds: ["first-question"] });
  await ana.must({ type: "wish", wishes: { levels: ["working"], topics: [], minutes: 25, kitId: null } });
  await ana.time();
  const [ahead] = peersOf(ana).ahead;
  await ana.must({ type: "swapDealt", roundId: 1, itemId: ahead?.plan[0]?.itemId ?? "" });
  await bo.must({ type: "setMeeting", url: "https://meet.example.org/ana-bo" });
  await bo.must({ type: "sayLine", lineId: "m_000000000001", text: "Do you hear me? 👂" });
  // The second round is as long as the first one took, and not over before its end.
  for (const [asking, asked, questions] of [
    [ana, bo, 2],
    [bo, ana, 1],
  ] as const) {
    await pair.allReady();
    for (const { itemId } of asking.host.plan.slice(0, questions)) {
      await asking.must({ type: "push", source: { kind: "plan", itemId } });
      const { askId } = asking.openAsk;
      clock.advance(3 * MINUTE);
      await asked.must({ type: "writeAnswer", askId, text: `An answer of ${asked.view.you.name}.` });
      await asking.must({ type: "rate", askId, criterionId: "depth", level: 3 });
      await asking.must({ type: "tick", askId, keyPoint: 1, heard: true });
    }
    await pair.allReady();
  }
  await ana.must({ type: "writeToPeer", roundId: 1, part: "wentWell", text: "You began with an example. 👏" });
  await bo.must({ type: "writeToPeer", roundId: 1, part: "toInterviewer", text: "Merci für die Geduld." });
  await bo.must({ type: "rateInterviewing", roundId: 1, criterionId: "listening", level: 4 });
  await bo.must({ type: "writeToPeer", roundId: 2, part: "tryNext", text: "Say what you assume." });
  await ana.must({ type: "letGo", gives: true });
  await bo.must({ type: "letGo", gives: true });
  return pair.close();
}

/** Three of whom the second asks, after a breath that was extended. */
async function underWay(server: TestServer, key: Record<string, string>, clock: Clock): Promise<Practice> {
  const group = await Practice.open(server, key, "under-way", ["Cy", "Di", "Ed"], { ...WISHES, levels: ["research"] });
  for (const seat of group.seats) await seat.must({ type: "tellHad", questionIds: [] });
  await group.seat(0).must({ type: "wish", wishes: { levels: ["working"], topics: [], minutes: 25, kitId: null } });
  await group.seat(0).time();
  await group.allReady();
  const [item] = group.seat(0).host.plan;
  await group.seat(0).must({ type: "push", source: { kind: "plan", itemId: item?.itemId ?? "" } });
  const { askId } = group.seat(0).openAsk;
  await group.seat(1).must({ type: "writeAnswer", askId, text: "Half" });
  await group.seat(2).must({ type: "rate", askId, criterionId: "depth", level: 1 });
  clock.advance(10 * MINUTE);
  await group.allReady();
  await group.seat(1).must({ type: "extendBreath", roundId: 2 });
  await group.allReady();
  await group.seat(1).must({ type: "pause" });
  return group.close();
}

/** One who has uncovered what they were asked. */
async function alone(server: TestServer, key: Record<string, string>, clock: Clock): Promise<Practice> {
  const practice = await Practice.open(server, key, "alone", ["Flo"]);
  const seat = practice.seat(0);
  await seat.must({ type: "tellHad", questionIds: [] });
  await practice.allReady();
  await seat.must({ type: "askNext" });
  await seat.time();
  const askId = seat.candidate.ask?.askId ?? "";
  await seat.must({ type: "writeAnswer", askId, text: "To myself." });
  clock.advance(4 * MINUTE);
  await practice.allReady();
  await seat.must({ type: "letGo", gives: true });
  await seat.must({ type: "rate", askId, criterionId: "depth", level: 2 });
  return practice.close();
}
