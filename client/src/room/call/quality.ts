/** How well somebody is heard and seen. */
export type Quality = "good" | "weak" | "very_weak" | "lost";

/** What was counted of a connection until a moment; packets since it began, the round trip in seconds. */
export interface Counted {
  readonly received: number;
  readonly lost: number;
  readonly roundTrip: number | null;
}

const WEAK = { loss: 0.03, roundTrip: 0.4 };
const VERY_WEAK = { loss: 0.1, roundTrip: 1 };

/** What `RTCPeerConnection.getStats` counts of what comes from the other end. */
export function countedIn(stats: Iterable<object>): Counted {
  let counted: Counted = { received: 0, lost: 0, roundTrip: null };
  for (const entry of stats) {
    const type = textIn(entry, "type");
    if (type === "inbound-rtp") {
      const received = counted.received + (numberIn(entry, "packetsReceived") ?? 0);
      counted = { ...counted, received, lost: counted.lost + Math.max(0, numberIn(entry, "packetsLost") ?? 0) };
    }
    if (type === "candidate-pair" && Reflect.get(entry, "nominated") === true) {
      counted = { ...counted, roundTrip: numberIn(entry, "currentRoundTripTime") ?? counted.roundTrip };
    }
  }
  return counted;
}

const textIn = (entry: object, key: string): unknown => Reflect.get(entry, key);

function numberIn(entry: object, key: string): number | null {
  const value: unknown = Reflect.get(entry, key);
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** How good a connection was between two counts. */
export function qualityBetween(before: Counted, now: Counted): Quality {
  const lost = Math.max(0, now.lost - before.lost);
  const all = lost + Math.max(0, now.received - before.received);
  const loss = all === 0 ? 0 : lost / all;
  const roundTrip = now.roundTrip ?? 0;
  if (loss > VERY_WEAK.loss || roundTrip > VERY_WEAK.roundTrip) return "very_weak";
  return loss > WEAK.loss || roundTrip > WEAK.roundTrip ? "weak" : "good";
}
