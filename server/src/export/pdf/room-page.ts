import type { Level } from "@whetstone/shared/bank";
import { CONFIDENCE_NAMES, OUTCOME_NAMES, RECOMMENDATION_NAMES } from "@whetstone/shared/names";
import { type NoteMark, Recommendation } from "@whetstone/shared/room/scorecard/commands";
import { shortened } from "../../bank/exchange/phrases.ts";
import { byAskId } from "../grouped.ts";
import type { RoomExport } from "../room-export.ts";
import { type WordedRun, wordedRuns } from "../runs.ts";
import { clock, scoreText } from "../words.ts";
import type { BoardPage, Pictures } from "./pictures.ts";
import { type Prose, proseOf, writtenProse } from "./prose.ts";
import { type Labelled, type ScorecardPage, scorecardPages } from "./scorecard-page.ts";
import { counted, DEVIATION_NAMES, day, dayAndHour, hour, REVEAL_NAMES } from "./words.ts";

/**
 * What the template of the PDF sets, in the order of the page. Everything in it is worded; the template decides only on
 * how it looks. `mark` is the one letter that stands for a rater in the plot.
 */
export interface RoomPage {
  /** The document's title: the candidate and the room. */
  readonly title: string;
  readonly author: string;
  readonly exportedAt: { readonly year: number; readonly month: number; readonly day: number };
  readonly exported: string;
  readonly candidate: string;
  readonly room: string;
  readonly facts: readonly { readonly label: string; readonly texts: readonly string[] }[];
  readonly decision: Decision | null;
  readonly earlierDecisions: readonly Decision[];
  readonly recommendations: readonly {
    readonly mark: string;
    readonly rater: string;
    readonly recommendation: string;
    /** 1 to 4, for its colour. */
    readonly level: number | null;
    readonly about: string;
  }[];
  /** Why there is nothing to compare; null where there is. */
  readonly closed: string | null;
  readonly overall: string | null;
  readonly raters: readonly { readonly mark: string; readonly name: string }[];
  readonly competencies: readonly {
    readonly name: string;
    readonly score: string;
    readonly weight: string;
    readonly reason: string | null;
    readonly distribution: readonly number[];
  }[];
  readonly criteria: readonly {
    readonly criterion: string;
    readonly question: string;
    readonly levels: readonly (Level | null)[];
    readonly spread: number | null;
    readonly apart: string;
  }[];
  readonly pairs: readonly {
    readonly raters: readonly [string, string];
    readonly shared: string;
    readonly apart: string;
    readonly equal: string;
    /** Who rates higher on average, and by how much; null where neither does. */
    readonly higher: string | null;
    readonly by: string;
  }[];
  readonly unrated: readonly string[];
  readonly strengths: readonly QuotedNote[];
  readonly concerns: readonly QuotedNote[];
  readonly scorecards: readonly ScorecardPage[];
  readonly asks: readonly AskPage[];
  readonly course: readonly { readonly label: string; readonly titles: readonly string[] }[];
}

interface Decision {
  readonly outcome: string;
  readonly rationale: Prose;
  readonly about: string;
  readonly by: string;
}

/** A marked note, shortened: its whole text is in the scorecard. */
interface QuotedNote {
  readonly rater: string;
  readonly about: string;
  readonly text: Prose;
}

interface AskPage {
  readonly title: string;
  readonly askedAt: string;
  /** The interviewer who asked it; empty where a host did. */
  readonly askedBy: string;
  readonly time: string;
  /** Time used as a share of the budget. */
  readonly share: number;
  readonly deviation: string | null;
  readonly prompt: Prose;
  readonly revealed: readonly Labelled[];
  readonly answer: string;
  readonly board: BoardPage | null;
  readonly runs: readonly WordedRun[];
}

/** How much of a marked note is shown before the scorecards, in UTF-16 code units. */
const QUOTED = 400;

/** Words the export for the page, with its pictures. */
export function roomPage(exported: RoomExport, pictures: Pictures): RoomPage {
  const { room, debrief, exportedBy } = exported;
  const decisions = exported.decisions.map(({ outcome, rationale, at, by }) => ({
    outcome: OUTCOME_NAMES[outcome],
    rationale: writtenProse(rationale),
    about: dayAndHour(at),
    by,
  }));
  const candidate = room.candidate ?? "Candidate without a name";
  const [year = 0, month = 0, date = 0] = exported.exportedAt.slice(0, 10).split("-").map(Number);
  const marks = raterMarks(exported);
  return {
    title: `${candidate} · ${room.title}`,
    author: exportedBy,
    exportedAt: { year, month, day: date },
    exported: dayAndHour(exported.exportedAt),
    candidate,
    room: room.title,
    facts: facts(exported),
    decision: decisions.at(-1) ?? null,
    earlierDecisions: decisions.slice(0, -1).reverse(),
    recommendations: recommendations(exported, marks),
    closed: closedBecause(exported),
    overall: overallOf(debrief),
    raters: (debrief?.raters ?? []).map(({ seatId, rater }) => ({ mark: marks.get(seatId) ?? "", name: rater })),
    ...comparison(debrief),
    strengths: marked(exported, "strength"),
    concerns: marked(exported, "concern"),
    scorecards: scorecardPages(exported),
    asks: exported.asks.map((ask) => askPage(ask, pictures)),
    course: course(exported),
  };
}

function facts(exported: RoomExport): RoomPage["facts"] {
  const { room, people } = exported;
  const panel = people
    .filter(({ role }) => role === "host" || role === "interviewer")
    .map(({ name, role }) => (role === "host" ? `${name} (host)` : name));
  const [began, ended] = [room.startedAt, room.endedAt];
  const date = began === null ? `Opened on ${dayAndHour(room.openedAt)}, not started` : whenHeld(began, ended);
  return [
    { label: "Role", texts: present(room.forRole) },
    { label: "Room", texts: [room.title] },
    { label: "Date", texts: [date] },
    { label: "Panel", texts: panel },
    { label: "Time used", texts: [`${clock(room.usedMs)} of ${room.minutes}:00 minutes`] },
    { label: "Questions", texts: [questionsAsked(exported)] },
    { label: "Kit", texts: present(room.kit) },
  ].filter(({ texts }) => texts.length > 0);
}

/** Of what was planned, each question counts once, whoever was asked it; what was asked without being planned does not. */
function questionsAsked({ asks, plan, deviations }: RoomExport): string {
  const inPlan = new Set(plan.map(({ questionId }) => questionId));
  const planned = asks.filter((ask) => ask.planned || inPlan.has(ask.question.bankId ?? ""));
  const asked = new Set(planned.map(({ question }) => question.bankId)).size;
  const titles = new Set(planned.map(({ question }) => question.title));
  const all = asked + deviations.notAsked.filter((title) => !titles.has(title)).length;
  return `${counted(asks.length, "question", "questions")} asked${all === 0 ? "" : `, ${asked} of ${all} planned`}`;
}

const present = (text: string | null): string[] => (text === null ? [] : [text]);

const overallOf = (debrief: RoomExport["debrief"]): string | null =>
  debrief === null || debrief.overall === null ? null : scoreText(debrief.overall);

const whenHeld = (began: string, ended: string | null): string =>
  `${day(began)}, ${hour(began)}${ended === null ? "" : ` to ${hour(ended)}`} UTC`;

function closedBecause({ debrief, exportedBy }: RoomExport): string | null {
  if (debrief === null) {
    return `The panel’s scorecards are not open to ${exportedBy} yet, so only their own is printed and nothing compared.`;
  }
  if (debrief.raters.length === 0) return "Nobody has submitted a scorecard, so there is nothing to compare.";
  const isRated = debrief.criteria.some(({ levels }) => levels.some((level) => level !== null));
  return isRated ? null : "Nobody rated an answer, so there is nothing to compare.";
}

/** The first capital of each rater's name where that tells them apart, else A, B, C. */
function raterMarks({ scorecards }: RoomExport): ReadonlyMap<string, string> {
  const initials = scorecards.map(({ rater }) => /\p{L}/u.exec(rater)?.[0].toLocaleUpperCase("en"));
  const areUnique = new Set(initials).size === initials.length && initials.every((one) => /^\p{Lu}$/u.test(one ?? ""));
  const letter = (index: number) => `${String.fromCharCode(65 + (index % 26))}${Math.floor(index / 26) || ""}`;
  return new Map(
    scorecards.map(({ seatId }, index) => [seatId, (areUnique ? initials[index] : undefined) ?? letter(index)]),
  );
}

function recommendations({ scorecards, debrief }: RoomExport, marks: ReadonlyMap<string, string>) {
  return scorecards.map(({ seatId, rater, recommendation, confidence, submitted }) => {
    const overall = debrief?.raters.find((one) => one.seatId === seatId)?.overall ?? null;
    const about = [
      confidence && `${CONFIDENCE_NAMES[confidence].toLowerCase()} confidence`,
      overall !== null && `overall ${scoreText(overall)}`,
      submitted === null && "draft, not submitted",
      submitted && submitted.version > 1 && `version ${submitted.version}`,
    ];
    return {
      mark: marks.get(seatId) ?? "",
      rater,
      recommendation: recommendation === null ? "No recommendation" : RECOMMENDATION_NAMES[recommendation],
      level: recommendation === null ? null : Recommendation.options.indexOf(recommendation) + 1,
      about: about.filter(Boolean).join(" · "),
    };
  });
}

function comparison(debrief: RoomExport["debrief"]): Pick<RoomPage, "competencies" | "criteria" | "pairs" | "unrated"> {
  const { competencies = [], criteria = [], pairs = [], unrated = [], raters = [] } = debrief ?? {};
  const nameOf = (wanted: string) => raters.find(({ seatId }) => seatId === wanted)?.rater ?? "";
  return {
    competencies: competencies.map((competency) => ({
      name: competency.name,
      score: scoreText(competency.score),
      weight: String(competency.weight),
      reason: competency.reason,
      distribution: competency.distribution,
    })),
    criteria: criteria.map(({ criterion, askNumber, question, levels, spread }) => ({
      criterion,
      question: `${askNumber}. ${question}`,
      levels,
      spread,
      apart: apart(levels, spread),
    })),
    pairs: pairs.map(({ one, other, shared, apart: distance, equal, leaning }) => ({
      raters: [nameOf(one), nameOf(other)],
      shared: counted(shared, "criterion", "criteria"),
      apart: shared === 0 ? "–" : scoreText(distance),
      equal: shared === 0 ? "–" : `${Math.round(equal * 100)} %`,
      higher: leaning === 0 ? null : nameOf(leaning > 0 ? one : other),
      by: scoreText(Math.abs(leaning)),
    })),
    unrated: unrated.map(({ askNumber, question, criterion }) => `${criterion} (${askNumber}. ${question})`),
  };
}

function apart(levels: readonly (Level | null)[], spread: number | null): string {
  if (levels.every((level) => level === null)) return "not rated";
  if (spread === null) return "one rating";
  return spread === 0 ? "equal" : counted(spread, "level", "levels");
}

function marked({ scorecards, asks }: RoomExport, wanted: NoteMark): QuotedNote[] {
  const askOf = byAskId(asks);
  const notes = scorecards.flatMap(({ rater, notes: own }) => own.map((note) => ({ ...note, rater })));
  return notes
    .filter(({ mark, text }) => mark === wanted && text.trim() !== "")
    .toSorted((one, other) => one.elapsedMs - other.elapsedMs)
    .map(({ rater, text, elapsedMs, askId }) => {
      const ask = askOf.get(askId);
      const about = [clock(elapsedMs), ask && `${ask.number}. ${ask.question.title}`].filter(Boolean).join(" · ");
      return { rater, about, text: writtenProse(shortened(text.trim(), QUOTED)) };
    });
}

function askPage(ask: RoomExport["asks"][number], pictures: Pictures): AskPage {
  const { number, question, askedAtMs, openMs, minutes, deviation, revealed, answer, askedBy } = ask;
  return {
    title: `${number}. ${question.title}`,
    askedAt: clock(askedAtMs),
    askedBy: askedBy ?? "",
    time: `${clock(openMs)} of ${minutes}:00`,
    share: openMs / (minutes * 60_000),
    deviation: DEVIATION_NAMES[deviation],
    prompt: proseOf(question.prompt),
    revealed: revealed.map(({ kind, text, elapsedMs }) => ({
      label: `${REVEAL_NAMES[kind]} at ${clock(elapsedMs)}`,
      text: proseOf(text),
    })),
    answer: answer.trim() === "" ? "" : answer,
    board: pictures.board(ask.board, "It is in the JSON export."),
    runs: wordedRuns(ask, (png) => pictures.run(png)),
  };
}

function course({ deviations: { notAsked, added, outOfOrder } }: RoomExport): RoomPage["course"] {
  return [
    { label: "Planned and not asked", titles: notAsked },
    { label: "Asked without being planned", titles: added },
    { label: "Asked out of order", titles: outOfOrder },
  ].filter(({ titles }) => titles.length > 0);
}
