import { Commit, EVENTS_VERSION } from "./event.ts";

/**
 * Stored events are never rewritten. What an older version stored is turned into today's events when it is read, for ever: one step
 * for each version, each a pure function from what it remembers of the room so far and a commit's events to the next version's.
 */

/** A commit as it is stored, under the version of its events. */
export interface StoredCommit {
  readonly roomId: string;
  readonly seq: number;
  readonly commandId: string;
  readonly seatId: string | null;
  readonly at: number;
  readonly version: number;
  readonly events: unknown;
}

/** A commit that a newer version of the server has stored, which this one must not guess at. */
export class NewerEvents extends Error {
  constructor({ roomId, seq, version }: StoredCommit) {
    super(
      `Commit ${seq} of ${roomId} has events of version ${version}; this server knows versions up to ${EVENTS_VERSION}.`,
    );
  }
}

/**
 * Reads one room's commits, given one after the other from its first. Throws `NewerEvents` where one is of a version that is not known
 * here, and a ZodError where one is no commit at all.
 */
export function commitReader(): (stored: StoredCommit) => Commit {
  let rounds = NO_ROUNDS;
  return (stored) => {
    const { version, events: given, ...commit } = stored;
    if (version > EVENTS_VERSION) throw new NewerEvents(stored);
    let events = given;
    if (version < 2) ({ rounds, events } = nameRounds(rounds, events));
    if (version < 3) events = toThird(events);
    return Commit.parse({ ...commit, events });
  };
}

type OldEvent = Readonly<Record<string, unknown>>;

const isEvent = (value: unknown): value is OldEvent => typeof value === "object" && value !== null;

/** What version 1 is remembered by: its rounds had no name, and who was asked last told them apart. */
interface Rounds {
  readonly roundId: number;
  readonly candidateId: unknown;
}

const NO_ROUNDS: Rounds = { roundId: 1, candidateId: null };

const OF_A_ROUND: ReadonlySet<unknown> = new Set([
  ...["planArranged", "roomStarted", "roomPaused", "roomResumed", "roomEnded", "roomExtended", "phaseEntered"],
  ...["asked", "askClosed", "askReopened", "askExtended", "revealed", "answerWritten"],
  ...["rated", "ticked", "noteWritten", "noteRemoved", "summaryWritten", "recommended", "confidenceSet"],
  ...["scorecardSubmitted", "scorecardAmended", "amendmentDropped", "decisionRecorded"],
  ...["feedbackWritten", "feedbackPublished", "feedbackWithdrawn"],
]);

/** What events of version 1 left out where a room was older still. */
const DEFAULTS: Readonly<Record<string, OldEvent>> = {
  roomOpened: { kit: null },
  scorecardSubmitted: { reason: null, informed: false },
};

/**
 * From version 1 to 2: rounds get their names. A question that was put to another candidate than the one before began a round, which
 * went on with the clock, the plan and the scorecards.
 */
export function nameRounds(before: Rounds, events: unknown): { rounds: Rounds; events: unknown } {
  if (!Array.isArray(events)) return { rounds: before, events };
  let rounds = before;
  const named = events.flatMap((event: unknown) => {
    if (!isEvent(event)) return [event];
    const begun: OldEvent[] = [];
    if (event.type === "asked") {
      const { candidateId } = event;
      if (rounds.candidateId !== null && rounds.candidateId !== candidateId) {
        const roundId = rounds.roundId + 1;
        begun.push({ type: "roundBegun", roundId, continues: rounds.roundId, roles: {} });
        rounds = { roundId, candidateId };
      } else {
        rounds = { ...rounds, candidateId };
      }
    }
    const whole = { ...DEFAULTS[String(event.type)], ...event };
    return [...begun, OF_A_ROUND.has(event.type) ? { ...whole, roundId: rounds.roundId } : whole];
  });
  return { rounds, events: named };
}

/**
 * From version 2 to 3: candidates alone had to be let in, so whoever took another seat was in it from the first; and feedback was stored as
 * a whole each time.
 */
function toThird(events: unknown): unknown {
  if (!Array.isArray(events)) return events;
  return events.map((event: unknown) => {
    if (!isEvent(event)) return event;
    if (event.type === "seatTaken") return { admitted: event.role !== "candidate", ...event };
    if (event.type !== "feedbackWritten" && event.type !== "feedbackPublished") return event;
    if (!("feedback" in event)) return event;
    const { feedback, ...rest } = event;
    return { ...rest, changes: [["set", [], feedback]] };
  });
}
