import type { CallSignal } from "@whetstone/shared/call/wire";
import type { Connection } from "../../client/src/room/call/peer-link.ts";

/**
 * As much of `RTCPeerConnection` as negotiating needs, by the rules of the W3C's specification: operations one after another, implicit
 * rollback, negotiation asked for whenever it is needed and nothing is under way. When a step comes to pass, a seed says.
 */

/** Steps that wait, of which a seeded generator takes one after another. */
export class Schedule {
  #state: number;
  #steps: (() => void)[] = [];

  constructor(seed: number) {
    this.#state = seed;
  }

  add(step: () => void): void {
    this.#steps.push(step);
  }

  step(): Promise<void> {
    return new Promise((resolve) => this.add(resolve));
  }

  /** Lets steps pass until none is left. */
  async run(most = 10_000): Promise<void> {
    for (let count = 0; count < most; count += 1) {
      // Whatever follows from the last step without waiting for another one has happened.
      await new Promise((resolve) => setImmediate(resolve));
      const [step] = this.#steps.splice(this.#draw(this.#steps.length), 1);
      if (!step) return;
      step();
    }
    throw new Error("The two go on for ever.");
  }

  /** A linear congruential generator (Numerical Recipes, 3rd edition, section 7.1.4), of whose bits the upper ones are random enough. */
  #draw(below: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }
}

/** A description: who offered it as their how manieth, and what it answers. */
interface Said {
  readonly type: "offer" | "answer";
  readonly id: string;
  readonly of: string;
  readonly ice: string;
}

const textOf = (said: Said): string => JSON.stringify(said);

const broken = (why: string): Error => Object.assign(new Error(why), { name: "InvalidStateError" });

export class FakeConnection {
  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  configuration: RTCConfiguration = {};
  localDescription: { type: "offer" | "answer"; sdp: string } | null = null;
  /** What both agreed on last: the two halves of it. */
  agreed: { readonly local: Said; readonly remote: Said } | null = null;
  rollbacks = 0;
  isClosed = false;
  readonly #name: string;
  readonly #schedule: Schedule;
  #transceivers: FakeTransceiver[] = [];
  #isNeeded = false;
  #wantsRestart = false;
  #count = 0;
  #ice = 0;
  #chain: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #isAsking = false;
  #pendingLocal: Said | null = null;
  #pendingRemote: Said | null = null;

  constructor(name: string, schedule: Schedule) {
    this.#name = name;
    this.#schedule = schedule;
  }

  /** How often ways to the other end were looked for anew. */
  get ice(): number {
    return this.#ice;
  }

  /** As the browser's own, for what is given to one that takes that. */
  get asConnection(): Connection {
    return this as unknown as Connection;
  }

  addTransceiver(kind: string, { direction }: { direction: RTCRtpTransceiverDirection }): FakeTransceiver {
    const transceiver = new FakeTransceiver(kind, direction);
    this.#transceivers.push(transceiver);
    this.#need();
    return transceiver;
  }

  getTransceivers(): readonly FakeTransceiver[] {
    return this.#transceivers;
  }

  async getStats(): Promise<Map<string, object>> {
    return new Map();
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  restartIce(): void {
    this.#wantsRestart = true;
    this.#need();
  }

  close(): void {
    this.isClosed = true;
    this.signalingState = "closed";
  }

  becomes(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  setLocalDescription(): Promise<void> {
    return this.#enqueue(() => {
      if (this.signalingState === "have-remote-offer" && this.#pendingRemote) {
        const remote = this.#pendingRemote;
        // Fresh ways are answered with fresh ones.
        if (remote.ice !== this.agreed?.remote.ice) this.#renewIce();
        const answer = this.#say("answer", remote.id);
        this.#stable(answer, remote);
        return;
      }
      if (this.#wantsRestart) this.#renewIce();
      this.#pendingLocal = this.#say("offer", "");
      this.signalingState = "have-local-offer";
    });
  }

  setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
    return this.#enqueue(() => {
      const said: Said = JSON.parse(sdp);
      if (said.type !== type) throw broken("It says that it is something else.");
      if (type === "answer") {
        if (this.signalingState !== "have-local-offer" || !this.#pendingLocal) throw broken("Nothing was offered.");
        if (said.of !== this.#pendingLocal.id) throw broken("It answers another offer.");
        this.#stable(this.#pendingLocal, said);
        return;
      }
      if (this.signalingState === "have-local-offer") {
        this.rollbacks += 1;
        this.#pendingLocal = null;
        // It was not agreed on, and is needed as before.
        this.#isNeeded = true;
      }
      this.#pendingRemote = said;
      this.signalingState = "have-remote-offer";
      while (this.#transceivers.length < 3) {
        const kind = this.#transceivers.length === 0 ? "audio" : "video";
        this.#transceivers.push(new FakeTransceiver(kind, "recvonly"));
      }
    });
  }

  addIceCandidate({ candidate }: { candidate?: string }): Promise<void> {
    return this.#enqueue(() => {
      const known = this.#pendingRemote ?? this.agreed?.remote;
      if (known?.ice !== candidate) throw broken("It belongs to nothing that was said.");
    });
  }

  #say(type: "offer" | "answer", of: string): Said {
    this.#count += 1;
    const said = { type, id: `${this.#name}${this.#count}`, of, ice: `${this.#name}-ice-${this.#ice}` };
    this.localDescription = { type, sdp: textOf(said) };
    this.#schedule.add(() => {
      if (this.isClosed) return;
      this.onicecandidate?.({
        candidate: { candidate: said.ice, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null },
      });
    });
    return said;
  }

  #stable(local: Said, remote: Said): void {
    this.agreed = { local, remote };
    this.#pendingLocal = null;
    this.#pendingRemote = null;
    this.signalingState = "stable";
    // An offer of one's own, or an answer that has fresh ways, is all that was needed.
    if (local.type === "offer" || this.#wantsRestart === false) this.#isNeeded = false;
  }

  #renewIce(): void {
    this.#ice += 1;
    this.#wantsRestart = false;
  }

  #need(): void {
    this.#isNeeded = true;
    this.#ask();
  }

  /** "Update the negotiation-needed flag": asked once nothing is under way and all is stable. */
  #ask(): void {
    if (!this.#isNeeded || this.#isAsking || this.isClosed) return;
    if (this.#waiting > 0 || this.signalingState !== "stable") return;
    this.#isAsking = true;
    this.#schedule.add(() => {
      this.#isAsking = false;
      if (this.isClosed || !this.#isNeeded || this.#waiting > 0 || this.signalingState !== "stable") return;
      this.onnegotiationneeded?.();
    });
  }

  #enqueue(act: () => void): Promise<void> {
    this.#waiting += 1;
    const done = this.#chain.then(async () => {
      await this.#schedule.step();
      if (this.isClosed) throw broken("It is closed.");
      act();
    });
    this.#chain = done
      .catch(() => {})
      .then(() => {
        this.#waiting -= 1;
        this.#ask();
      });
    return done;
  }
}

export class FakeTransceiver {
  direction: RTCRtpTransceiverDirection;
  readonly receiver: { readonly track: { readonly kind: string } };
  readonly sender = new FakeSender();

  constructor(kind: string, direction: RTCRtpTransceiverDirection) {
    this.direction = direction;
    this.receiver = { track: { kind } };
  }
}

class FakeSender {
  track: unknown = null;
  parameters: { encodings: { active?: boolean; maxBitrate?: number; priority?: string }[] } = { encodings: [{}] };

  async replaceTrack(track: unknown): Promise<void> {
    this.track = track;
  }

  getParameters(): { encodings: { active?: boolean; maxBitrate?: number; priority?: string }[] } {
    return structuredClone(this.parameters);
  }

  async setParameters(parameters: {
    encodings: { active?: boolean; maxBitrate?: number; priority?: string }[];
  }): Promise<void> {
    this.parameters = parameters;
  }
}

/** Brings what is said to the other end, in its order, when the schedule says so. */
export function line(schedule: Schedule, receive: (signal: CallSignal) => void): (signal: CallSignal) => void {
  const under: CallSignal[] = [];
  return (signal) => {
    under.push(signal);
    schedule.add(() => {
      const next = under.shift();
      if (next) receive(next);
    });
  };
}
