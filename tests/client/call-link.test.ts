import type { CallSignal } from "@whetstone/shared/call/wire";
import { describe, expect, test } from "vitest";
import { boundsFor } from "../../client/src/room/call/bounds.ts";
import { NO_TRACKS, type Tracks } from "../../client/src/room/call/kinds.ts";
import { PeerLink } from "../../client/src/room/call/peer-link.ts";
import { FakeConnection, line, Schedule } from "./fake-connection.ts";

/** How two browsers come to be connected, whatever comes first. */

const track = (kind: "audio" | "video", name: string) => ({ kind, name }) as unknown as MediaStreamTrack;
const tracksOf = (name: string): Tracks => ({
  microphone: track("audio", `${name} microphone`),
  camera: track("video", `${name} camera`),
  screen: null,
});

interface End {
  readonly link: PeerLink;
  readonly connection: FakeConnection;
  readonly timers: (() => void)[];
}

interface PairOptions {
  readonly seed: number;
  readonly directions?: readonly [{ own: boolean; others: boolean }, { own: boolean; others: boolean }];
  /** What of that which is said is lost. */
  readonly loses?: (from: "a" | "b", signal: CallSignal) => boolean;
}

const BOTH = { own: true, others: true };

function pair({ seed, directions: [ofA, ofB] = [BOTH, BOTH], loses = () => false }: PairOptions) {
  const schedule = new Schedule(seed);
  const ends: { a?: End; b?: End } = {};
  const end = (name: "a" | "b", isPolite: boolean, directions: typeof BOTH): End => {
    const connection = new FakeConnection(name, schedule);
    const timers: (() => void)[] = [];
    const toOther = line(schedule, (signal) => void ends[name === "a" ? "b" : "a"]?.link.receive(signal));
    const link = new PeerLink(
      {
        connect: () => connection.asConnection,
        iceServers: [],
        isPolite,
        send: (signal) => {
          if (!loses(name, signal)) toOther(signal);
        },
        renew: async () => [{ urls: ["stun:fresh.example.org"] }],
        onChange: () => {},
        after: (_, act) => {
          timers.push(act);
          return () => timers.splice(timers.indexOf(act), 1);
        },
      },
      tracksOf(name),
      directions,
    );
    return { link, connection, timers };
  };
  const b = end("b", false, ofB);
  ends.b = b;
  const a = end("a", true, ofA);
  ends.a = a;
  return { schedule, a, b };
}

function expectAgreed({ a, b }: { a: End; b: End }): void {
  for (const { connection } of [a, b]) expect(connection.signalingState).toBe("stable");
  expect(a.connection.agreed?.local).toEqual(b.connection.agreed?.remote);
  expect(b.connection.agreed?.local).toEqual(a.connection.agreed?.remote);
}

describe("two browsers", () => {
  test("agree, and each sends what it has in the place that it has for it", async () => {
    const { schedule, a, b } = pair({ seed: 1 });
    await schedule.run();
    expectAgreed({ a, b });
    for (const [name, { connection }] of [["a", a] as const, ["b", b] as const]) {
      const { microphone, camera } = tracksOf(name);
      expect(connection.getTransceivers().map(({ sender }) => sender.track)).toEqual([microphone, camera, null]);
      expect(connection.getTransceivers().map(({ direction }) => direction)).toEqual(Array(3).fill("sendrecv"));
    }
  });

  test("end stable where both offer at once, a hundred times in any order", async () => {
    let collisions = 0;
    for (let seed = 1; seed <= 100; seed += 1) {
      const { schedule, a, b } = pair({ seed });
      await schedule.run();
      for (let round = 0; round < 3; round += 1) {
        await Promise.all([a.link.restart(), b.link.restart()]);
        await schedule.run();
        expectAgreed({ a, b });
      }
      collisions += a.connection.rollbacks;
      expect(b.connection.rollbacks, `seed ${seed}`).toBe(0);
      expect(a.connection.getTransceivers()).toHaveLength(3);
      expect(b.connection.getTransceivers()).toHaveLength(3);
    }
    expect(collisions).toBeGreaterThan(100);
  });

  test("come to agree though what was said first was lost", async () => {
    for (const lost of ["offer", "answer"] as const) {
      let count = 0;
      const { schedule, a, b } = pair({
        seed: 7,
        loses: (_, signal) => signal.kind === "description" && signal.type === lost && count++ === 0,
      });
      await schedule.run();
      expect(a.connection.signalingState).toBe("have-local-offer");
      await a.link.restart();
      await schedule.run();
      expectAgreed({ a, b });
    }
  });

  test("send nothing where one only listens, and take nothing from it", async () => {
    const { schedule, a, b } = pair({
      seed: 3,
      directions: [
        { own: false, others: true },
        { own: true, others: false },
      ],
    });
    await schedule.run();
    expectAgreed({ a, b });
    expect(a.connection.getTransceivers().map(({ sender }) => sender.track)).toEqual([null, null, null]);
    expect(a.connection.getTransceivers().map(({ direction }) => direction)).toEqual(Array(3).fill("recvonly"));
    expect(b.connection.getTransceivers().map(({ direction }) => direction)).toEqual(Array(3).fill("sendonly"));
    expect(b.link.received).toEqual(NO_TRACKS);
    expect(a.link.received.microphone).not.toBeNull();
  });

  test("take another device without a word to each other", async () => {
    const { schedule, a, b } = pair({ seed: 4 });
    await schedule.run();
    const before = a.connection.agreed;
    const other = { ...tracksOf("a"), microphone: null, screen: track("video", "a screen") };
    a.link.setTracks(other);
    await schedule.run();
    expect(a.connection.getTransceivers().map(({ sender }) => sender.track)).toEqual([
      null,
      other.camera,
      other.screen,
    ]);
    expect(a.connection.agreed).toBe(before);
    expectAgreed({ a, b });
  });

  test("look for another way once an interruption does not heal, with fresh servers, and at once after a failure", async () => {
    const { schedule, a, b } = pair({ seed: 5 });
    await schedule.run();
    for (const { connection } of [a, b]) connection.becomes("connected");
    expect(a.timers).toEqual([]);
    const before = a.connection.agreed?.local.ice;
    a.connection.becomes("disconnected");
    expect(a.link.state).toBe("interrupted");
    a.timers.at(-1)?.();
    await schedule.run();
    expectAgreed({ a, b });
    const healed = a.connection.agreed?.local.ice;
    expect(healed).not.toBe(before);
    expect(a.connection.configuration.iceServers).toEqual([{ urls: ["stun:fresh.example.org"] }]);
    a.connection.becomes("failed");
    await schedule.run();
    expectAgreed({ a, b });
    expect(a.connection.agreed?.local.ice).not.toBe(healed);
  });

  test("go on where one says what nobody can take", async () => {
    const { schedule, a, b } = pair({ seed: 6 });
    await schedule.run();
    await Promise.all([
      schedule.run(),
      a.link.receive({ kind: "description", type: "answer", sdp: b.connection.localDescription?.sdp ?? "" }),
    ]);
    await Promise.all([
      schedule.run(),
      a.link.receive({ kind: "candidate", candidate: "?", sdpMid: null, sdpMLineIndex: null, usernameFragment: null }),
    ]);
    await Promise.all([a.link.restart(), b.link.restart()]);
    await schedule.run();
    expectAgreed({ a, b });
  });

  test("say that no way was found once it takes too long, go on looking, and are well again once there is one", async () => {
    const { schedule, a } = pair({ seed: 11 });
    await schedule.run();
    expect(a.link.state).toBe("connecting");
    a.connection.becomes("connecting");
    expect(a.link.state).toBe("connecting");
    for (let times = 0; times < 2; times += 1) {
      const { ice } = a.connection;
      a.timers.at(-1)?.();
      await schedule.run();
      expect([a.link.state, a.connection.ice > ice]).toEqual(["failed", true]);
    }
    a.connection.becomes("connected");
    expect(a.link.state).toBe("connected");
    // A break heals by itself at first, and is no failure.
    a.connection.becomes("disconnected");
    expect(a.link.state).toBe("interrupted");
    a.connection.becomes("failed");
    expect(a.link.state).toBe("failed");
    a.connection.becomes("connecting");
    expect(a.link.state).toBe("failed");
    a.connection.becomes("connected");
    expect(a.link.state).toBe("connected");
  });

  test("bound what they send once they are connected, sound before pictures", async () => {
    const { schedule, a } = pair({ seed: 8 });
    await schedule.run();
    a.link.bound(boundsFor(3, false));
    a.connection.becomes("connected");
    const [microphone, camera] = a.connection.getTransceivers().map(({ sender }) => sender.parameters.encodings[0]);
    expect(microphone).toMatchObject({ maxBitrate: 40_000, priority: "high" });
    expect(camera).toMatchObject({ maxBitrate: 500_000, priority: "low" });
    // On a line that carries no picture none is sent, and sound goes on.
    a.link.bound(boundsFor(3, false, { steps: 4, good: 0 }));
    const active = a.connection.getTransceivers().map(({ sender }) => sender.parameters.encodings[0]?.active);
    expect(active).toEqual([true, false, false]);
    a.link.bound(boundsFor(3, false));
    expect(a.connection.getTransceivers()[1]?.sender.parameters.encodings[0]?.active).toBe(true);
  });

  test("are over at once when one closes", async () => {
    const { schedule, a } = pair({ seed: 9 });
    await schedule.run();
    a.link.close();
    expect(a.connection.isClosed).toBe(true);
    expect(a.timers).toEqual([]);
    await a.link.restart();
    await schedule.run();
    expect(a.connection.onnegotiationneeded).toBeNull();
  });
});
