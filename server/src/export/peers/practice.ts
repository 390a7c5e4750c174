import type { Criterion, Level } from "@whetstone/shared/bank";
import { INTERVIEWING } from "@whetstone/shared/practice/interviewing";
import { titleOf } from "@whetstone/shared/question-title";
import type { InterviewingCriterion } from "@whetstone/shared/room/peers/commands";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import { givenIn } from "@whetstone/shared/room/view/given";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import type { PastRound, Received, ReceivedAsk } from "@whetstone/shared/room/view/peers-said";
import { type ExportedBoard, type ExportedBoards, NO_BOARDS } from "../boards.ts";
import { type ExportedRuns, exportedRuns } from "../runs.ts";

/**
 * A practice as one of those who took part keeps it. Made from that person's view and from nothing else: what the others say of them is
 * in it once that is open to them, and not before.
 */
export interface Practice {
  readonly title: string;
  readonly name: string;
  readonly others: readonly string[];
  /** In ISO 8601. */
  readonly exportedAt: string;
  /** What stands before everything else, as a sentence; null where nothing has to be said. */
  readonly state: string | null;
  readonly chapters: readonly Chapter[];
}

export interface Chapter {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  /** A sentence of this document. */
  | { readonly kind: "remark"; readonly text: string }
  /** What somebody wrote, under a word that says what it is. */
  | { readonly kind: "said"; readonly label: string; readonly text: string }
  | { readonly kind: "levels"; readonly levels: readonly ReachedLevel[] }
  | { readonly kind: "question"; readonly question: KeptQuestion };

export interface ReachedLevel {
  readonly criterion: string;
  readonly level: Level;
  readonly by: string;
  readonly anchor: string;
  /** What the next level sounds like; null at the highest. */
  readonly next: string | null;
}

export interface KeptQuestion {
  readonly title: string;
  /** In Markdown, as are the texts that were revealed and the points. */
  readonly prompt: string;
  readonly revealed: readonly { readonly label: string; readonly text: string }[];
  readonly answerLabel: string;
  readonly answer: string;
  /** What was drawn to it; null where nothing was. */
  readonly board: ExportedBoard | null;
  readonly runs: ExportedRuns;
  readonly levels: readonly ReachedLevel[];
  readonly points: { readonly label: string; readonly texts: readonly string[] }[];
}

interface Seen {
  readonly peers: PeersView;
  readonly you: { readonly seatId: string; readonly name: string };
  readonly room: { readonly title: string };
}

/** What a seat sees of its practice, as a file made at `now` (milliseconds since 1970), with the boards of its asks as they were read for it. */
export function practiceOf({ peers, you, room }: Seen, now: number, boards: ExportedBoards = NO_BOARDS): Practice {
  return {
    title: room.title,
    name: you.name,
    others: peers.order.filter(({ seatId }) => seatId !== you.seatId).map(({ name }) => name),
    exportedAt: new Date(now).toISOString(),
    state: stateOf(peers),
    chapters: [
      ...(peers.received?.asked ?? []).map(({ words }) => wordsChapter(words)),
      ...answeredChapters(peers, boards),
      ...(peers.received?.interviewing ?? []).map(({ words }) => interviewingChapter(words)),
      ...peers.past.flatMap((round) => givenChapter(peers, round, you.name, boards)),
    ].filter(({ blocks }) => blocks.length > 0),
  };
}

function stateOf({ people, received, letGo }: PeersView): string | null {
  if (people === 1) return null;
  if (received) return letGo === "kept" ? "You kept what you wrote of others to yourself." : null;
  return "What others wrote of you is sealed until everybody has let go. This holds your own side only.";
}

function wordsChapter(words: Received["asked"][number]["words"]): Chapter {
  const blocks = (["wentWell", "tryNext"] as const).flatMap((part) =>
    words.flatMap(({ by, texts }) => said(`${TEXT_NAMES[part]}, from ${by}`, texts[part])),
  );
  return { title: "What you were given", blocks: blocks.length > 0 ? blocks : [NOTHING_GIVEN] };
}

const TEXT_NAMES = { wentWell: "What went well", tryNext: "One to try next" } as const;
const NOTHING_GIVEN: Block = {
  kind: "remark",
  text: "There are no words this time. That says nothing about your answers.",
};

const said = (label: string, text = ""): Block[] => (text.trim() === "" ? [] : [{ kind: "said", label, text }]);

/** The questions that the viewer was asked, with all that the bank says of them and how they were rated once that is open. */
function answeredChapters({ past, received, order }: PeersView, boards: ExportedBoards): Chapter[] {
  return past.flatMap((round) => {
    if (round.you !== "answered") return [];
    const open = received?.asked.find(({ roundId }) => roundId === round.roundId)?.asks ?? [];
    const questions = round.asks.map((ask): KeptQuestion => {
      const { askId, number, prompt, revealed, answer } = ask;
      const rated = open.find((other) => other.askId === askId);
      return {
        title: `${number}. ${rated ? titleOf(rated.question) : "Question"}`,
        prompt,
        revealed: revealed.map(({ kind, text }) => ({ label: kind === "hint" ? "A hint" : "A follow-up", text })),
        answerLabel: "You wrote",
        answer,
        board: boards.get(askId) ?? null,
        runs: exportedRuns(ask, order),
        levels: rated ? levelsOf(rated) : [],
        points: rated ? pointsOf(rated.question.strongAnswer, rated.heard) : [],
      };
    });
    return { title: "What you were asked", blocks: questions.map((question) => ({ kind: "question", question })) };
  });
}

const levelsOf = ({ question, levels }: ReceivedAsk): ReachedLevel[] =>
  question.criteria.flatMap(({ id, name, anchors }) =>
    levels.flatMap(({ by, criterionId, level }) => (criterionId === id ? reached(name, anchors, level, by) : [])),
  );

const reached = (criterion: string, anchors: Criterion["anchors"], level: Level, by: string): ReachedLevel => ({
  criterion,
  level,
  by,
  anchor: anchors[level - 1] ?? "",
  next: anchors.at(level) ?? null,
});

/** Points that nobody ticked may have been said all the same, so they are told apart only where some were. */
function pointsOf(strongAnswer: readonly string[], heard: readonly number[]): KeptQuestion["points"] {
  const points = (label: string, isOf: (index: number) => boolean) => {
    const texts = strongAnswer.filter((_, index) => isOf(index));
    return texts.length > 0 ? [{ label, texts }] : [];
  };
  if (heard.length === 0) return points("What a strong answer holds", () => true);
  const isHeard = (index: number) => heard.includes(index);
  return [...points("Heard", isHeard), ...points("What a strong answer also holds", (index) => !isHeard(index))];
}

function interviewingChapter(words: Received["interviewing"][number]["words"]): Chapter {
  const blocks = words.flatMap(({ by, texts, interviewing }) => [
    ...said(`From ${by}`, texts.toInterviewer),
    ...interviewingLevels(interviewing, by),
  ]);
  return { title: "How you interviewed", blocks };
}

function interviewingLevels(levels: Partial<Record<InterviewingCriterion, Level>>, by: string): Block[] {
  const all = INTERVIEWING.flatMap(({ id, name, anchors }) => {
    const level = levels[id];
    return level === undefined ? [] : reached(name, anchors, level, by);
  });
  return all.length > 0 ? [{ kind: "levels", levels: all }] : [];
}

/** What the viewer wrote and rated in a round, whether they gave it or not. */
function givenChapter(peers: PeersView, round: PastRound, own: string, boards: ExportedBoards): Chapter {
  const { roundId } = round;
  const { texts, interviewing } = givenIn(peers, roundId);
  if (round.you === "answered") {
    const asks = peers.rounds.find((one) => one.roundId === roundId)?.asks;
    const name = peers.order.find(({ seatId }) => seatId === asks)?.name ?? "your interviewer";
    const blocks = [
      ...said(`A word to ${name} as interviewer`, texts.toInterviewer),
      ...interviewingLevels(interviewing, own),
    ];
    return { title: `What you said of how ${name} interviewed`, blocks };
  }
  const isAlone = peers.people === 1;
  const questions = round.asks.map((ask): KeptQuestion => {
    const { askId, number, question, answer, revealed } = ask;
    return {
      title: `${number}. ${titleOf(question)}`,
      prompt: question.prompt,
      revealed: revealed.flatMap(({ kind, index }) => {
        const text = kind === "hint" ? question.hints[index] : question.followUps[index]?.ask;
        return text === undefined ? [] : { label: kind === "hint" ? "A hint" : "A follow-up", text };
      }),
      answerLabel: isAlone ? "You wrote" : `${round.of} wrote`,
      answer,
      board: boards.get(askId) ?? null,
      runs: exportedRuns(ask, peers.order),
      levels: question.criteria.flatMap(({ id, name, anchors }) => {
        const level = round.judgement.ratings[ratingKey(askId, id)];
        return level === undefined ? [] : reached(name, anchors, level, own);
      }),
      points: pointsOf(question.strongAnswer, round.judgement.heard[askId] ?? []),
    };
  });
  return {
    title: isAlone ? "What you answered, and how you rated it" : `What you said of ${round.of}’s answers`,
    blocks: [
      ...said(TEXT_NAMES.wentWell, texts.wentWell),
      ...said(TEXT_NAMES.tryNext, texts.tryNext),
      ...questions.map((question): Block => ({ kind: "question", question })),
    ],
  };
}
