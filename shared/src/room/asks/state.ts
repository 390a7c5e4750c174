import type { AskedQuestion } from "../../bank.ts";
import { applySplice } from "../../text.ts";
import type { RunEvent } from "../runs/events.ts";
import { type KeptRun, keptRun, type RunFact, withRun } from "../runs/state.ts";
import type { AnswerFolded, Marked } from "../workspace/events.ts";
import type { KeptMark } from "../workspace/marks.ts";
import type { RevealKind } from "./commands.ts";
import type { AskEvent } from "./events.ts";

interface Reveal {
  readonly kind: RevealKind;
  readonly index: number;
  /** Running time of the interview, in milliseconds. */
  readonly elapsed: number;
  /** Whether it stood on the candidate's page: what is opened to a closed ask does so once that is open again. */
  readonly seen: boolean;
}

/** Running time of the interview (without its pauses) during which an ask was open, in milliseconds. */
interface Span {
  readonly from: number;
  readonly to: number | null;
}

export interface Ask {
  readonly askId: string;
  readonly roundId: number;
  /** The seat that it was put to: the candidate of its round. */
  readonly candidateId: string;
  /** 1 for the first ask; a round that continues another counts on. */
  readonly number: number;
  readonly question: AskedQuestion;
  readonly planItemId: string | null;
  readonly deviation: "none" | "out_of_order" | "not_in_plan";
  readonly minutes: number;
  /** The interviewer who asked it; absent where a host did. */
  readonly askedBy?: string;
  readonly spans: readonly Span[];
  readonly revealed: readonly Reveal[];
  readonly answer: string;
  /** What the answer was when the document held all of it, where something was written to it past the document since; else null. */
  readonly aheadOf: string | null;
  /** The last run that everybody sees, and the panel's own; absent where there is none. */
  readonly lastRun?: KeptRun;
  readonly lastCheck?: KeptRun;
  /** What is remembered of all runs that everybody sees, in their order. */
  readonly runs: readonly RunFact[];
  /** What all but the candidate are shown of their work in quiet time: what stood there when that began; else null. */
  readonly stood: Stood | null;
  /** Whether quiet time that was begun on it is over; absent where there was none. */
  readonly hadQuiet?: true;
  /** What is noted of the candidate while they answered, where the room does that. */
  readonly marks: readonly KeptMark[];
}

/** What of an ask its candidate may change unseen. */
type Stood = Pick<Ask, "answer" | "lastRun">;

/** What was asked in a round. */
export interface AsksState {
  /** The seat that is interviewed; null until something is asked. */
  readonly candidateId: string | null;
  /** How many asks the rounds that this one continues had. */
  readonly askedBefore: number;
  readonly asks: readonly Ask[];
  /** What was asked and taken back at once: nobody is shown it any more, and what was written to it on its way is kept. */
  readonly takenBack: readonly Ask[];
  readonly openAskId: string | null;
}

export const noAsks = (askedBefore: number): AsksState => ({
  candidateId: null,
  askedBefore,
  asks: [],
  takenBack: [],
  openAskId: null,
});

/** When the event happened: `elapsed` is running time in milliseconds, and `at` milliseconds since 1970. */
export function evolveAsks(
  state: AsksState,
  event: AskEvent | AnswerFolded | RunEvent | Marked,
  { elapsed, at }: { readonly elapsed: number; readonly at: number },
): Partial<AsksState> {
  switch (event.type) {
    case "asked": {
      const { askId, roundId, candidateId, question, planItemId, deviation, minutes, seatId } = event;
      const ask: Ask = {
        askId,
        roundId,
        candidateId,
        number: state.askedBefore + state.asks.length + 1,
        question,
        planItemId,
        deviation,
        minutes,
        ...(seatId !== undefined && { askedBy: seatId }),
        spans: [{ from: elapsed, to: null }],
        revealed: [],
        answer: "",
        aheadOf: null,
        stood: null,
        runs: [],
        marks: [],
      };
      return { candidateId, openAskId: askId, asks: [...state.asks, ask] };
    }
    case "askClosed":
      return closeAsk(state, event.askId, elapsed);
    case "askReopened":
      return {
        ...changeAsk(state, event.askId, (ask) => ({
          spans: [...ask.spans, { from: elapsed, to: null }],
          revealed: ask.revealed.map((reveal) => ({ ...reveal, seen: true })),
        })),
        openAskId: event.askId,
      };
    case "askTakenBack":
      return takeBackAsk(state, event.askId);
    case "askExtended":
      return changeAsk(state, event.askId, (ask) => ({ minutes: ask.minutes + event.minutes }));
    case "revealed": {
      const isOpen = state.openAskId === event.askId;
      return changeAsk(state, event.askId, (ask) => ({
        revealed: [...ask.revealed, { kind: event.kind, index: event.index, elapsed, seen: isOpen }],
      }));
    }
    case "revealTakenBack":
      return changeAsk(state, event.askId, (ask) => ({
        revealed: ask.revealed.filter(({ kind, index }) => kind !== event.kind || index !== event.index),
      }));
    case "answerWritten":
      return changeAsk(state, event.askId, ({ answer, aheadOf }) => ({
        answer: applySplice(answer, event.edit),
        aheadOf: aheadOf ?? answer,
      }));
    case "answerFolded":
      return changeAsk(state, event.askId, ({ answer }) => ({
        answer: applySplice(answer, event.edit),
        aheadOf: null,
      }));
    case "runKept":
      return changeAsk(state, event.askId, ({ question, runs }) => ({
        lastRun: keptRun(event, question, elapsed),
        runs: withRun(runs, event, at),
      }));
    case "checkKept":
      return changeAsk(state, event.askId, ({ question }) => ({ lastCheck: keptRun(event, question, elapsed) }));
    case "marked":
      return changeAsk(state, event.askId, ({ marks }) => ({ marks: [...marks, { at: event.at, mark: event.mark }] }));
    default:
      return event satisfies never;
  }
}

/** The asks once the open one is closed. */
export function closeOpenAsk(state: AsksState, elapsed: number): Partial<AsksState> {
  return state.openAskId === null ? {} : closeAsk(state, state.openAskId, elapsed);
}

export function findAsk({ asks }: AsksState, askId: string): Ask | undefined {
  return asks.find((ask) => ask.askId === askId);
}

export const openAsk = (state: AsksState): Ask | undefined =>
  state.openAskId === null ? undefined : findAsk(state, state.openAskId);

function closeAsk(state: AsksState, askId: string, elapsed: number): Partial<AsksState> {
  const closed = changeAsk(state, askId, (ask) => ({
    spans: ask.spans.map((span) => (span.to === null ? { ...span, to: elapsed } : span)),
  }));
  return { ...closed, openAskId: null };
}

/** As if it had not been asked: its number is free again, and its time counts nowhere. */
function takeBackAsk({ asks, takenBack, openAskId }: AsksState, askId: string): Partial<AsksState> {
  const left = asks.filter((ask) => ask.askId !== askId);
  const taken = asks.filter((ask) => ask.askId === askId).map((ask) => ({ ...ask, spans: [], revealed: [] }));
  return {
    asks: left,
    takenBack: [...takenBack, ...taken],
    openAskId: openAskId === askId ? null : openAskId,
    candidateId: left.at(-1)?.candidateId ?? null,
  };
}

function changeAsk(state: AsksState, askId: string, change: (ask: Ask) => Partial<Ask>): Partial<AsksState> {
  const changed = (asks: readonly Ask[]): readonly Ask[] =>
    asks.map((ask) => (ask.askId === askId ? { ...ask, ...change(ask) } : ask));
  return findAsk(state, askId) ? { asks: changed(state.asks) } : { takenBack: changed(state.takenBack) };
}
