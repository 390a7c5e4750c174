import type { AskedQuestion } from "../../bank.ts";
import type { PanelAsk } from "../../room/view/asks.ts";
import type { PeersView } from "../../room/view/peers.ts";
import type { ReceivedAsk } from "../../room/view/peers-said.ts";
import type { JudgementView } from "../../room/view/scorecards.ts";
import type { PracticeRecord } from "./record.ts";

type RoomOfPeers = Pick<PeersView, "people" | "past" | "received" | "rounds">;

/**
 * What a room of people who practise adds to the history of one of them: how others rated their answers, how they rated others, and, alone,
 * themselves. `now` in milliseconds since 1970.
 */
export function entriesOfRoom(peers: RoomOfPeers, roomId: string, now: number): PracticeRecord[] {
  const about = (roundId: number): Pick<PracticeRecord, "roomId" | "at" | "changedAt"> => ({
    roomId,
    at: peers.rounds.find((round) => round.roundId === roundId)?.startedAt ?? now,
    changedAt: now,
  });
  const received = (peers.received?.asked ?? []).flatMap(({ roundId, asks }) =>
    asks.flatMap((ask) => asked(ask, about(roundId))),
  );
  const isAlone = peers.people === 1;
  const earlier = new Map<string, string>();
  const rated = peers.past.flatMap((round) => {
    if (round.you !== "rated") return [];
    return round.asks.map((ask): PracticeRecord => {
      const entry = byViewer(ask, round.judgement, about(round.roundId));
      if (!isAlone) return { ...entry, entryId: `${ask.askId}/given`, kind: "given", partnerName: round.of };
      const { bankId } = ask.question;
      const redoOf = bankId === null ? null : (earlier.get(bankId) ?? null);
      const entryId = `${ask.askId}/self`;
      if (bankId !== null) earlier.set(bankId, entryId);
      return { ...entry, entryId, kind: "self", redoOf };
    });
  });
  return [...received, ...rated];
}

type About = Pick<PracticeRecord, "roomId" | "at" | "changedAt">;

const question = ({ bankId, title, topic, level, minutes }: Omit<AskedQuestion, "workspace">) => ({
  questionId: bankId,
  title,
  topic,
  level,
  minutes,
});

const keyPoints = ({ strongAnswer }: Pick<AskedQuestion, "strongAnswer">, heard: readonly number[]) => ({
  heard: strongAnswer.filter((_, index) => heard.includes(index)),
  missed: strongAnswer.filter((_, index) => !heard.includes(index)),
});

/** One entry for each partner who rated the answer. */
function asked(ask: ReceivedAsk, about: About): PracticeRecord[] {
  const partners = [...new Set(ask.levels.map(({ by }) => by))];
  return partners.map((partnerName) => ({
    ...about,
    ...question(ask.question),
    ...keyPoints(ask.question, ask.heard),
    entryId: `${ask.askId}/asked/${partnerName}`,
    kind: "asked",
    ratings: ask.question.criteria.map(({ id: criterionId, name }) => ({
      criterionId,
      name,
      level: ask.levels.find((one) => one.by === partnerName && one.criterionId === criterionId)?.level ?? null,
    })),
    partnerName,
    redoOf: null,
  }));
}

function byViewer(ask: PanelAsk, { ratings, heard }: JudgementView, about: About) {
  return {
    ...about,
    ...question(ask.question),
    ...keyPoints(ask.question, heard[ask.askId] ?? []),
    ratings: ask.question.criteria.map(({ id: criterionId, name }) => ({
      criterionId,
      name,
      level: ratings[`${ask.askId}/${criterionId}`] ?? null,
    })),
    partnerName: null,
    redoOf: null,
  };
}
