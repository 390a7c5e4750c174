import type { CallAnswer, CallMessage, CallPeer, CallTold, CallWay } from "@whetstone/shared/call/wire";
import type { CallReader } from "../../client/src/room/store/call-line.ts";

/** The call's part of a room's connection, which a test holds. */
export class Line {
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
