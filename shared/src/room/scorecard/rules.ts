import type { z } from "zod";
import { writtenOnto } from "../../merge.ts";
import { isComplete, missingIn } from "../../scorecard.ts";
import { spliceBetween } from "../../text.ts";
import { writtenIn } from "../asks/rules.ts";
import type { Ask } from "../asks/state.ts";
import { LIMITS } from "../limits.ts";
import { type Refusal, refusal } from "../refusal.ts";
import {
  ANYTIME,
  accept,
  type Context,
  type Decision,
  HOST,
  PANEL,
  refuse,
  type Scene,
  type SeatRules,
  SINCE_START,
} from "../rule.ts";
import { standingReminder } from "../state.ts";
import type { scorecardCommands } from "./commands.ts";
import { couldRead } from "./readers.ts";
import { emptyScorecard, isAsRead, isLocked, noteOnto, type Scorecard } from "./state.ts";

type Command = z.infer<(typeof scorecardCommands)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

const REMIND_AGAIN_MS = 60_000;

export const scorecardRules: SeatRules<Command> = {
  rate: { by: PANEL, during: SINCE_START, decide: rate },
  tick: { by: PANEL, during: SINCE_START, decide: tick },
  writeNote: { by: PANEL, during: ANYTIME, decide: writeNote },
  removeNote: { by: PANEL, during: ANYTIME, decide: removeNote },
  writeSummary: { by: PANEL, during: SINCE_START, decide: writeSummary },
  recommend: { by: PANEL, during: SINCE_START, decide: recommend },
  setConfidence: { by: PANEL, during: SINCE_START, decide: setConfidence },
  submitScorecard: { by: PANEL, during: ["ended"], decide: submitScorecard },
  amendScorecard: { by: PANEL, during: ["ended"], decide: amendScorecard },
  dropAmendment: { by: PANEL, during: ["ended"], decide: dropAmendment },
  remind: { by: HOST, during: ["ended"], decide: remind },
};

/** What the seat has scored so far, or the refusal that nothing in it can change any more. */
function draftOf({ round, seat }: Scene): { scorecard: Scorecard } | { refusal: Refusal } {
  const scorecard = round.scorecards[seat.seatId] ?? emptyScorecard;
  return isLocked(scorecard) ? { refusal: refusal("scorecard_locked") } : { scorecard };
}

/** Whose scorecard an event changes. */
const ofRater = ({ round: { roundId }, seat: { seatId } }: Scene) => ({ roundId, seatId });

function rate(scene: Scene, { askId, criterionId, level }: CommandOf<"rate">): Decision {
  const asked = writtenIn(scene.state, scene.round, askId);
  if (!asked) return refuse("unknown_ask");
  if (!hasCriterion(asked.ask, criterionId)) return refuse("unknown_criterion");
  const draft = draftOf(scene);
  return "refusal" in draft ? draft : accept({ type: "rated", ...ofRater(scene), askId, criterionId, level });
}

function tick(scene: Scene, { askId, keyPoint, heard }: CommandOf<"tick">): Decision {
  const asked = writtenIn(scene.state, scene.round, askId);
  if (!asked) return refuse("unknown_ask");
  if (keyPoint >= asked.ask.question.strongAnswer.length) return refuse("unknown_reveal");
  const draft = draftOf(scene);
  return "refusal" in draft ? draft : accept({ type: "ticked", ...ofRater(scene), askId, keyPoint, heard });
}

function writeNote(scene: Scene, command: CommandOf<"writeNote">, { now }: Context): Decision {
  const { noteId, askId, evidenceFor, ageMs, moment } = command;
  const ask = askId === null ? null : writtenIn(scene.state, scene.round, askId)?.ask;
  if (ask === undefined) return refuse("unknown_ask");
  if (evidenceFor !== null && !(ask && hasCriterion(ask, evidenceFor))) return refuse("unknown_criterion");
  if (moment && !writtenIn(scene.state, scene.round, moment.askId)) return refuse("unknown_ask");
  const draft = draftOf(scene);
  if ("refusal" in draft) return draft;
  const { notes } = draft.scorecard;
  const before = notes[noteId];
  if (!before && Object.keys(notes).length >= LIMITS.notes) return refuse("too_many");
  const { text, ...signs } = noteOnto(before, command);
  if (text.length > LIMITS.note) return refuse("too_long");
  const edit = spliceBetween(before?.text ?? "", text);
  const begunAt = before?.at ?? Math.max(scene.state.openedAt, now - ageMs);
  return accept({
    type: "noteWritten",
    ...ofRater(scene),
    noteId,
    askId,
    begunAt,
    edit,
    ...signs,
    ...(moment && { moment }),
  });
}

/** Removes a note as it was read: one that was written on elsewhere since then stays. */
function removeNote(scene: Scene, { noteId, base }: CommandOf<"removeNote">): Decision {
  const draft = draftOf(scene);
  if ("refusal" in draft) return draft;
  const note = draft.scorecard.notes[noteId];
  if (!note) return refuse("unknown_note");
  if (!isAsRead(note, base)) return accept();
  return accept({ type: "noteRemoved", ...ofRater(scene), noteId });
}

function writeSummary(scene: Scene, command: CommandOf<"writeSummary">): Decision {
  const draft = draftOf(scene);
  if ("refusal" in draft) return draft;
  const { summary } = draft.scorecard;
  const text = writtenOnto(summary, command);
  if (text.length > LIMITS.summary) return refuse("too_long");
  const edit = spliceBetween(summary, text);
  return accept({ type: "summaryWritten", ...ofRater(scene), edit });
}

function recommend(scene: Scene, { recommendation }: CommandOf<"recommend">): Decision {
  const draft = draftOf(scene);
  return "refusal" in draft ? draft : accept({ type: "recommended", ...ofRater(scene), recommendation });
}

function setConfidence(scene: Scene, { confidence }: CommandOf<"setConfidence">): Decision {
  const draft = draftOf(scene);
  return "refusal" in draft ? draft : accept({ type: "confidenceSet", ...ofRater(scene), confidence });
}

/** Submits what there is; where something is missing, with the reason why. */
function submitScorecard(scene: Scene, { reason }: CommandOf<"submitScorecard">): Decision {
  const draft = draftOf(scene);
  if ("refusal" in draft) return draft;
  const { scorecard } = draft;
  const { state, round, seat } = scene;
  const missing = missingIn(round.asks, { ...scorecard, notes: Object.values(scorecard.notes) });
  const isWhole = isComplete(missing);
  if (!isWhole && reason === null) return refuse("reason_missing");
  const informed = round.readers.seatIds.includes(seat.seatId) || couldRead(state, round, seat.seatId);
  return accept({ type: "scorecardSubmitted", ...ofRater(scene), reason: isWhole ? null : reason, informed });
}

/** Opens a submitted scorecard again. Others go on reading the version that was submitted last. */
function amendScorecard(scene: Scene, { reason }: CommandOf<"amendScorecard">): Decision {
  const { versions, amendment } = scene.round.scorecards[scene.seat.seatId] ?? emptyScorecard;
  if (versions.length === 0) return refuse("not_submitted");
  if (versions.length > LIMITS.amendments) return refuse("too_many");
  return amendment === reason ? accept() : accept({ type: "scorecardAmended", ...ofRater(scene), reason });
}

function dropAmendment(scene: Scene): Decision {
  const { amendment } = scene.round.scorecards[scene.seat.seatId] ?? emptyScorecard;
  return amendment === null ? accept() : accept({ type: "amendmentDropped", ...ofRater(scene) });
}

/** The answer is the same whoever is missing: whoever reminds may be blind still. Said again within a minute, it is said already. */
function remind({ round, seat: { seatId } }: Scene, _: unknown, { now }: Context): Decision {
  const { roundId } = round;
  const reminder = standingReminder(round);
  if (reminder && reminder.seatId === seatId && now - reminder.at < REMIND_AGAIN_MS) return accept();
  return accept({ type: "reminded", roundId, seatId });
}

function hasCriterion(ask: Ask, criterionId: string): boolean {
  return ask.question.criteria.some((criterion) => criterion.id === criterionId);
}
