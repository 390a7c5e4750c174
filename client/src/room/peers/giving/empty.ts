import type { PeerText } from "@whetstone/shared/room/peers/commands";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import { givenIn } from "@whetstone/shared/room/view/given";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import type { RatedRound } from "./rounds.ts";

/** What is called empty where somebody was rated; what they say of an interviewer is up to them. */
export const ASKED_FOR = {
  wentWell: "One thing that went well",
  tryNext: "One to try next",
} as const satisfies Partial<Record<PeerText, string>>;

/** What a viewer has not filled in of a round in which they rated. */
export interface Empty {
  readonly roundId: number;
  readonly of: string;
  readonly unrated: number;
  readonly texts: readonly (keyof typeof ASKED_FOR)[];
}

/** The rounds in which something is empty still, and what. */
export function emptyIn(peers: PeersView): Empty[] {
  return peers.past.flatMap((round) => {
    if (round.you !== "rated") return [];
    const { texts } = givenIn(peers, round.roundId);
    const empty = {
      roundId: round.roundId,
      of: round.of,
      unrated: unratedIn(round),
      texts: (["wentWell", "tryNext"] as const).filter((part) => (texts[part] ?? "").trim() === ""),
    };
    return empty.unrated > 0 || empty.texts.length > 0 ? [empty] : [];
  });
}

const unratedIn = ({ asks, judgement }: RatedRound): number =>
  asks
    .flatMap(({ askId, question }) => question.criteria.map(({ id }) => ratingKey(askId, id)))
    .filter((key) => judgement.ratings[key] === undefined).length;
