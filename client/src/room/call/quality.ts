/** How well somebody is heard and seen. */
export type Quality = "good" | "weak" | "very_weak" | "lost";

/** What was counted of a connection until a moment; packets since it began, the round trip in seconds. */
export interface Counted {
  readonly received: number;
  readonly lost: number;
  readonly roundTrip: number | null;
  /** Of what went to the other end between its last two reports, the part that was lost there; 0 before it reports. */
  readonly lostThere: number;
}

const WEAK = { loss: 0.03, roundTrip: 0.4 };
const VERY_WEAK = { loss: 0.1, roundTrip: 1 };

/** What `RTCPeerConnection.getStats` counts of what comes from the other end, and what that reports of what it gets. */
export function countedIn(stats: Iterable<object>): Counted {
  let counted: Counted = { received: 0, lost: 0, roundTrip: null, lostThere: 0 };
  for (const entry of stats) {
    const type = textIn(entry, "type");
    if (type === "inbound-rtp") {
      const received = counted.received + (numberIn(entry, "packetsReceived") ?? 0);
      counted = { ...counted, received, lost: counted.lost + Math.max(0, numberIn(entry, "packetsLost") ?? 0) };
    }
    if (type === "remote-inbound-rtp") {
      counted = { ...counted, lostThere: Math.max(counted.lostThere, numberIn(entry, "fractionLost") ?? 0) };
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
  return judged(loss, now.roundTrip);
}

/** How good the way to the other end is, by what that reports. */
export const qualityThere = ({ lostThere, roundTrip }: Counted): Quality => judged(lostThere, roundTrip);

function judged(loss: number, roundTrip: number | null): Quality {
  const seconds = roundTrip ?? 0;
  if (loss > VERY_WEAK.loss || seconds > VERY_WEAK.roundTrip) return "very_weak";
  return loss > WEAK.loss || seconds > WEAK.roundTrip ? "weak" : "good";
}
