import { writtenOnto } from "../../merge.ts";
import { spliceBetween } from "../../text.ts";
import type { Command } from "../command.ts";
import type { Ground } from "../ground.ts";
import { withRating, withTick } from "../scorecard/state.ts";
import { givenIn } from "../view/given.ts";
import type { LineView, PeersView } from "../view/peers.ts";
import type { PastRound } from "../view/peers-said.ts";

interface OfPeers {
  readonly peers?: PeersView | undefined;
}

interface OfPeer extends OfPeers {
  readonly you: { readonly seatId: string };
}

/** The view with what a peer has just written: of others, in this round and in those that are over, and to them. */
export function peersUnsaved<V extends OfPeer>(view: V, command: Command): V {
  const { peers, you } = view;
  const after = peers && changed(peers, command, you.seatId);
  return after === peers ? view : { ...view, peers: after };
}

function changed(peers: PeersView, command: Command, seatId: string): PeersView {
  switch (command.type) {
    case "writeToPeer": {
      const { roundId, part } = command;
      const before = givenIn(peers, roundId);
      return withGiven(peers, roundId, {
        ...before,
        texts: { ...before.texts, [part]: writtenOnto(before.texts[part] ?? "", command) },
      });
    }
    case "rateInterviewing": {
      const { roundId, criterionId, level } = command;
      const before = givenIn(peers, roundId);
      const { [criterionId]: _, ...others } = before.interviewing;
      return withGiven(peers, roundId, {
        ...before,
        interviewing: level === null ? others : { ...others, [criterionId]: level },
      });
    }
    case "rate":
      return withJudgement(peers, command.askId, (judgement) => ({
        ...judgement,
        ratings: withRating(judgement.ratings, command),
      }));
    case "tick":
      return withJudgement(peers, command.askId, (judgement) => ({
        ...judgement,
        heard: withTick(judgement.heard, command),
      }));
    case "sayLine":
      return withLine(peers, { lineId: command.lineId, seatId, at: null, text: command.text.trim() });
    case "setMeeting":
      return { ...peers, meeting: command.url };
    default:
      return peers;
  }
}

/** What is said is on its way below all that has come; it is there once, also where its answer is still to come. */
function withLine(peers: PeersView, said: LineView): PeersView {
  const isThere = peers.line.some(({ lineId }) => lineId === said.lineId);
  return isThere ? peers : { ...peers, line: [...peers.line, said] };
}

function withGiven(peers: PeersView, roundId: number, given: Omit<PeersView["given"][number], "roundId">): PeersView {
  return { ...peers, given: [...peers.given.filter((one) => one.roundId !== roundId), { roundId, ...given }] };
}

type Judgement = Extract<PastRound, { you: "rated" }>["judgement"];

function withJudgement(peers: PeersView, askId: string, change: (judgement: Judgement) => Judgement): PeersView {
  const isOf = (round: PastRound) => round.you === "rated" && round.asks.some((ask) => ask.askId === askId);
  if (!peers.past.some(isOf)) return peers;
  const past = peers.past.map((round) =>
    round.you === "rated" && isOf(round) ? { ...round, judgement: change(round.judgement) } : round,
  );
  return { ...peers, past };
}

/** What is written of a peer, with what it was written on. */
export function peersOnGround({ peers }: OfPeers, command: Command, ground: Ground): Command {
  if (command.type !== "writeToPeer" || !peers) return command;
  const shown = givenIn(peers, command.roundId).texts[command.part] ?? "";
  return { ...command, base: spliceBetween(command.text, ground.text(command.text, shown)) };
}
