import type { CallAnswer, CallMessage, CallPeer, CallTold, CallWay } from "@whetstone/shared/call/wire";
import { Call } from "../../client/src/room/call/call.ts";
import type { Seen } from "../../client/src/room/call/connections.ts";
import type { CallReader } from "../../client/src/room/store/call-line.ts";
import { FakeConnection, Schedule } from "./fake-connection.ts";

/** The call's part of a room's connection, which a test holds. */
class Line {
  isConnected = true;
  reader: CallReader | null = null;
  readonly said: CallMessage[] = [];
  readonly #answers: ((answer: CallAnswer | null) => void)[] = [];

  ask(message: CallMessage, answered: (answer: CallAnswer | null) => void = () => {}): void {
    this.said.push(message);
    if (message.type === "enter") this.#answers.push(answered);
    else answered({ ok: true });
  }

  follow(reader: CallReader): () => void {
    this.reader = reader;
    return () => {
      this.reader = null;
    };
  }

  answer(answer: CallAnswer | null): void {
    this.#answers.shift()?.(answer);
  }

  letIn(...peers: CallPeer[]): void {
    this.letInBy({ kind: "direct" }, ...peers);
  }

  letInBy(way: CallWay, ...peers: CallPeer[]): void {
    this.letInAs("p_own000000000000", way, ...peers);
  }

  letInAs(peerId: string, way: CallWay, ...peers: CallPeer[]): void {
    this.answer({ ok: true, entered: { peerId, way, peers, iceServers: [] } });
  }

  tell(told: CallTold): void {
    this.reader?.told(told);
  }

  breaks(): void {
    this.isConnected = false;
    this.reader?.disconnected();
  }

  comesBack(): void {
    this.isConnected = true;
    this.reader?.connected();
  }
}

/** A page that enters a call over a line, with connections that a schedule moves and waits that a test ends. */
export function pageInCall({ seen, maySend = true }: { readonly seen: Seen; readonly maySend?: boolean }) {
  const line = new Line();
  const connections: FakeConnection[] = [];
  const schedule = new Schedule(1);
  const timers: { milliseconds: number; act: () => void }[] = [];
  const call = new Call({
    line,
    seatId: "s_own",
    page: "k_own",
    levels: { follow: () => {}, speaking: [] },
    connect: () => {
      const connection = new FakeConnection(`c${connections.length}`, schedule);
      connections.push(connection);
      return connection.asConnection;
    },
    after: (milliseconds, act) => {
      const timer = { milliseconds, act };
      timers.push(timer);
      return () => {
        if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1);
      };
    },
  });
  call.see(seen, maySend);
  /** Lets so long a wait be over. */
  const passes = (length: number) => {
    for (const timer of timers.filter(({ milliseconds }) => milliseconds === length)) timer.act();
  };
  const open = () => connections.filter(({ isClosed }) => !isClosed).length;
  return { line, call, connections, passes, open, settle: () => schedule.run() };
}
