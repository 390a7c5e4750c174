import type { ScriptLine, Situation } from "@whetstone/shared/practice/script";
import { plural } from "../../../words.ts";

/** The script's words. What is to be said stands there word for word, in three ways, so that nobody repeats themselves. */

/** What to say; null where nothing is to be said, and `doing` is what counts. */
export interface LineWords {
  readonly say: string | null;
  readonly doing: string;
  readonly why: string;
}

export const SITUATION_NAMES: Record<Situation, string> = {
  silent: "They are silent",
  wrongTrack: "They are on the wrong track",
  doneEarly: "They are done early",
  late: "I am running late",
};

type Ways = readonly [string, string, string];

/** The words for a line; with each `turn` the next way to say it. */
export function wordsFor(line: ScriptLine, turn: number): LineWords {
  const ways = waysToSay(line);
  const say = ways?.[((turn % ways.length) + ways.length) % ways.length] ?? null;
  return { say, ...whatToDo(line) };
}

/** All ways to say a line; null where nothing is to be said. */
export function waysToSay(line: ScriptLine): Ways | null {
  switch (line.kind) {
    case "greet":
      return [
        "Hello! I will ask you a few questions. Think aloud if you can.",
        "Good to see you. Take your time, and ask me anything.",
        "Hello! We are both here to practise. Say all that you think.",
      ];
    case "askFirst":
      return [
        "Are you ready for the first question?",
        "Shall we begin with the first one?",
        "Let us start. Here comes the first question.",
      ];
    case "readAloud":
      return [
        "Let me read the question to you.",
        "Here it is. I will read it aloud once.",
        "I will read it to you, and then it is all yours.",
      ];
    case "encourage":
      return [
        "What are you thinking just now? Half a thought is welcome.",
        "What do you know about it already, even if it is only a piece?",
        "How would you begin, if you had to guess?",
      ];
    case "bringBack":
      return [
        "Let us step back. What exactly does the question ask for?",
        "Hold that thought. How does it follow from what is given?",
        "Which part are you surest of, and which the least?",
      ];
    case "offerHint":
      return [
        "Would a small hint help?",
        "I have a hint for you, if you would like it.",
        "Shall I give you something to go on?",
      ];
    case "askFollowUp":
      return [
        "Thank you. I would like to go a little deeper there.",
        "Let me ask you one more thing about that.",
        "There is another side to this. Let us look at it.",
      ];
    case "nextQuestion":
      return [
        "Thank you. Let us go on to the next question.",
        "Let us leave it here. There is another question waiting.",
        "Thank you for that. Are you ready for the next one?",
      ];
    case "runningLate":
      return lateWays(line);
    case "lastWords":
      return [
        "That was my last question. Is there anything you would add?",
        "We have a little time left. What would you say more about?",
        "Looking back, which answer would you give differently now?",
      ];
    case "twoMinutesLeft":
      return [
        "Two minutes are left. Finish your thought, there is no hurry.",
        "Two minutes to go. What would you like to say last?",
        "We are nearly at the end. Is there anything you would add?",
      ];
    case "thank":
      return [
        "Thank you for your answers, and for thinking aloud.",
        "Thank you, that is all from me.",
        "That was it. Thank you, I liked listening to you.",
      ];
    case "ahead":
    case "letThink":
    case "listen":
    case "paused":
    case "over":
      return null;
    default:
      return line satisfies never;
  }
}

function lateWays({ isOpen, left }: Extract<ScriptLine, { kind: "runningLate" }>): Ways {
  if (isOpen) {
    return [
      "Time runs, so let me ask now: what do you conclude?",
      "Let us round this off. In one sentence, what is your answer?",
      "Let me stop you here. What is the main point?",
    ];
  }
  if (left > 0) {
    return [
      "We are a little short of time, so let us go straight on.",
      "The next one will be shorter. Give me the main points first.",
      "Let us be quick here. Begin with your answer, then say why.",
    ];
  }
  return [
    "We are a little short of time. What would you still say?",
    "We have to come to the end. What matters most to you?",
    "Our time is nearly over. Is there one thing you would add?",
  ];
}

type ToDo = Pick<LineWords, "doing" | "why">;

function whatToDo(line: ScriptLine): ToDo {
  switch (line.kind) {
    case "ahead":
      return { doing: "Read your questions through.", why: "The round has not begun. Say when you are ready." };
    case "greet":
      return {
        doing: "Then ask the first question (A).",
        why: `A minute for that is enough. You have ${plural(line.questions, "question")}.`,
      };
    case "askFirst":
      return { doing: "Then ask it (A).", why: "They see it at the same moment as you." };
    case "readAloud":
      return { doing: "Read it slowly, then wait.", why: "The first silence belongs to them." };
    case "letThink":
      return { doing: "Let them think. Silence is fine.", why: whyThink(line) };
    case "listen":
      return { doing: "Listen, and correct nothing yet.", why: whyListen(line) };
    case "encourage":
      return {
        doing:
          line.hint === null ? "Then wait half a minute." : `Then wait. If nothing comes, reveal ${hint(line.hint)}.`,
        why: "They may only want to be sure.",
      };
    case "bringBack":
      return {
        doing:
          line.hint === null
            ? "Point at the words that matter."
            : `If that does not turn it, reveal ${hint(line.hint)}.`,
        why: "Do not say what is wrong.",
      };
    case "offerHint":
      return { doing: `If they say yes, reveal ${hint(line.index)}.`, why: whyHint(line) };
    case "askFollowUp":
      return { doing: `Reveal follow-up ${line.index + 1} (F), and read it aloud.`, why: WHY_FOLLOW[line.why] };
    case "nextQuestion":
      return {
        doing: line.unrated > 0 ? "Rate it, then ask the next one (A)." : "Then ask the next one (A).",
        why: `${WHY_NEXT[line.why]} ${plural(line.left, "question")} left.`,
      };
    case "runningLate":
      return { doing: dropping(line), why: "An answer that is cut short is no bad answer." };
    case "lastWords":
      return {
        doing: ratingsLeft(line.unrated) ?? "Let them have the last word.",
        why: "No other question fits in here.",
      };
    case "twoMinutesLeft":
      return { doing: ratingsLeft(line.unrated) ?? "Begin nothing new.", why: "The round ends by itself." };
    case "thank":
      return {
        doing: ratingsLeft(line.unrated) ?? "Keep what you think of it for later.",
        why: "You can still change ratings afterwards.",
      };
    case "paused":
      return { doing: "The clock stands still. Take a breath.", why: "Go on when both of you are ready." };
    case "over":
      return { doing: "This round is over.", why: "Write down what went well while it is fresh." };
    default:
      return line satisfies never;
  }
}

const hint = (index: number): string => `hint ${index + 1} (H)`;

const nothingWritten = (minutes: number): string =>
  `Nothing was written for ${minutes > 0 ? plural(minutes, "minute") : "a while"}. If they talk, listen.`;

function whyThink({ quietMinutes, afterReveal }: Extract<ScriptLine, { kind: "letThink" }>): string {
  if (afterReveal) return "What you gave them needs a moment.";
  return nothingWritten(quietMinutes);
}

function whyListen({ heard, keyPoints }: Extract<ScriptLine, { kind: "listen" }>): string {
  if (keyPoints === 0) return "Note a word or two that you can come back to.";
  return heard === 0 ? "Tick the key points that you hear." : `You have ticked ${heard} of ${keyPoints} key points.`;
}

const whyHint = ({ why, quietMinutes }: Extract<ScriptLine, { kind: "offerHint" }>): string =>
  why === "quiet" ? nothingWritten(quietMinutes) : "Most of the time is gone, and little was heard.";

const WHY_FOLLOW: Record<Extract<ScriptLine, { kind: "askFollowUp" }>["why"], string> = {
  allHeard: "You heard all key points, and time is left.",
  saidDone: "There is time left for this question.",
  quiet: "No hint is left. It gives them another way in.",
};

const WHY_NEXT: Record<Extract<ScriptLine, { kind: "nextQuestion" }>["why"], string> = {
  timeOver: "The time for this one is over.",
  allHeard: "You have heard all key points.",
  saidDone: "They are done with this one.",
  stuck: "It goes no further, and that is fine.",
  closed: "Nothing is open just now.",
};

function dropping({ left, drop }: Extract<ScriptLine, { kind: "runningLate" }>): string {
  if (left === 0) return "Then let it end.";
  if (drop === 0) return `Go on now, and ${left === 1 ? "the last question fits" : `all ${left} questions fit`}.`;
  if (drop === left) return "Begin no other question.";
  return drop === 1 ? "Leave out the last question." : `Leave out the last ${drop} questions.`;
}

const ratingsLeft = (unrated: number): string | null =>
  unrated === 0 ? null : `Fill in what is not rated yet: ${plural(unrated, "criterion", "criteria")}.`;

/** Lines of the kinds whose words are long, by which the place of all of them is kept. */
const LONG_LINES: readonly ScriptLine[] = [
  { kind: "greet", questions: 4 },
  { kind: "encourage", hint: 2 },
  { kind: "bringBack", hint: 2 },
  { kind: "offerHint", index: 2, why: "quiet", quietMinutes: 12 },
  { kind: "askFollowUp", index: 2, why: "allHeard" },
  { kind: "nextQuestion", why: "stuck", left: 3, unrated: 2 },
  { kind: "runningLate", isOpen: true, left: 4, drop: 2 },
  { kind: "lastWords", unrated: 12 },
  { kind: "twoMinutesLeft", unrated: 12 },
  { kind: "thank", unrated: 12 },
];

/** Of texts, those that may take the most room: the longest, and what is nearly as long and may be wider. */
function longOnes<T>(of: readonly T[], length: (one: T) => number): readonly T[] {
  const most = Math.max(...of.map(length));
  return of.filter((one) => length(one) > 0.85 * most);
}

/** What takes the most room, of all that may be said or stand beneath it. */
export const LONGEST = {
  says: longOnes(
    LONG_LINES.flatMap((line) => waysToSay(line) ?? []),
    (say) => say.length,
  ),
  toDo: longOnes(
    LONG_LINES.map((line) => wordsFor(line, 0)),
    ({ doing, why }) => doing.length + why.length,
  ),
};
