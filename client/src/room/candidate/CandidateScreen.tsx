import { remainingMs } from "@whetstone/shared/room/course/timer";
import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import { Hand } from "lucide-react";
import { type CSSProperties, type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useMedia } from "../../browser/media.ts";
import { usePaneShare } from "../../browser/pane-share.ts";
import { useArrival } from "../../ui/arrival.ts";
import { Button } from "../../ui/Button.tsx";
import { CandidatePrompt } from "../../ui/CandidatePrompt.tsx";
import { KeptUntil } from "../../ui/KeptUntil.tsx";
import { LateMarkdown, prefetchMarkdown } from "../../ui/LateMarkdown.tsx";
import { Logo } from "../../ui/Logo.tsx";
import { Separator } from "../../ui/Separator.tsx";
import { scrollStop } from "../../ui/scroll-stop.ts";
import { TimeAnnounced, useAnnounced } from "../announced/announced.tsx";
import { CallButton, CallWaits } from "../call/call-place.tsx";
import { MessagesButton } from "../messages/MessagesButton.tsx";
import { BeginQuiet } from "../quiet/BeginQuiet.tsx";
import { QuietTime } from "../quiet/QuietTime.tsx";
import { BesideProgram } from "../runs/BesideProgram.tsx";
import { useStanding } from "../saved/standing.ts";
import { useRoom, useRoomContext, useSend, useServerNow } from "../store/context.tsx";
import { prefetchSheet } from "../workspace/LateSheet.tsx";
import { AnswerSheets } from "./AnswerSheets.tsx";
import { CandidateSaved } from "./CandidateSaved.tsx";
import styles from "./CandidateScreen.module.css";
import { Earlier } from "./Earlier.tsx";
import { useMarkLeaving } from "./marks.ts";
import { OwnAnswers } from "./OwnAnswers.tsx";
import { Revealed } from "./Revealed.tsx";
import { goodbye } from "./saved-words.ts";
import { useSheet } from "./sheet.ts";
import { toldToCandidate } from "./told.ts";

interface CandidateScreenProps {
  /** What moves a round of peers on, in the place of the raised hand. */
  readonly controls?: ReactNode;
  readonly beside?: ReactNode;
  /** The last that the room showed, where it has gone on while somebody was still writing on their sheet. */
  readonly last?: CandidateView | undefined;
}

/** The candidate's page: one thing on it, the time, who is there, and the certainty that their words are saved. */
export default function CandidateScreen({ controls, beside, last }: CandidateScreenProps) {
  const { view: current } = useRoom();
  const view = last ?? current;
  // Whoever waits is shown the first question at once.
  useEffect(prefetchMarkdown, []);
  const hasBegun = view !== null && view.room.phase !== "lobby";
  // Not before: the way into the waiting room is short.
  useEffect(() => {
    if (hasBegun) prefetchSheet();
  }, [hasBegun]);
  useAnnounced(view?.role === "candidate" ? view : null, toldToCandidate);
  useMarkLeaving();
  if (view?.role !== "candidate") return null;
  const isUnderWay = last === undefined && (view.room.phase === "live" || view.room.phase === "paused");
  return (
    <div className={styles.page}>
      <title>{`${view.room.title} · Whetstone`}</title>
      <div>
        <header className={styles.header}>
          <Logo />
          <Company view={view} />
          {isUnderWay && view.you.movedOutBy === undefined && <TimeLeft view={view} />}
        </header>
        {isUnderWay && <QuietTime view={view} />}
      </div>
      {view.you.movedOutBy === undefined ? (
        <Course view={view} isUnderWay={isUnderWay} isPast={last !== undefined} beside={beside} />
      ) : (
        <InLobby by={view.you.movedOutBy} title={view.room.title} />
      )}
      <footer className={styles.footer}>
        <div className={styles.said}>
          <CandidateSaved />
          {isUnderWay && view.room.marks && <small>Large pastes and leaving this page are noted.</small>}
        </div>
        <CallButton />
        <MessagesButton />
        {isUnderWay && offersQuiet(view) && <BeginQuiet askId={view.ask.askId} disabled={view.room.phase !== "live"} />}
        {isUnderWay && (controls ?? <RaiseHand view={view} />)}
      </footer>
    </div>
  );
}

/** Whoever practises alone is seen by nobody as it is. */
const offersQuiet = (view: CandidateView): view is CandidateView & { ask: NonNullable<CandidateView["ask"]> } =>
  view.ask !== null && !view.quiet && view.peers?.people !== 1;

function Company({ view }: { view: CandidateView }) {
  const { present } = useRoom();
  return (
    <ul className={styles.who} aria-label="Who is present">
      {view.people.map(({ seatId, name, role }) => (
        <li key={seatId} data-present={present.has(seatId)}>
          <span translate="no">{name}</span>
          {role === "observer" && <small> (observing)</small>}
          {role === "captioner" && <small> (captions)</small>}
          <span className="visually-hidden">{present.has(seatId) ? ", present" : ", away"}</span>
        </li>
      ))}
    </ul>
  );
}

/** Minutes, not seconds; of the question where it has a budget, of the interview otherwise beside it. */
function TimeLeft({ view }: { view: CandidateView }) {
  const now = useServerNow();
  const left = remainingMs(view.timer, now);
  const share = Math.min(1, Math.max(0, left / view.timer.totalMs));
  return (
    <div className={styles.time} role="timer">
      <i style={{ "--left": `${share * 100}%` }} aria-hidden />
      <span>{view.room.phase === "paused" ? "Paused" : minutesLeft(left)}</span>
      {view.room.phase === "live" && <TimeAnnounced left={left} totalMs={view.timer.totalMs} />}
      {view.askTimer && view.room.phase === "live" && (
        <span className={styles.question}>{aboutLeft(remainingMs(view.askTimer, now))}</span>
      )}
    </div>
  );
}

function minutesLeft(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000);
  if (minutes <= 0) return "Time is up; take the moment that you need";
  return minutes === 1 ? "1 minute left" : `${minutes} minutes left`;
}

function aboutLeft(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000);
  return minutes <= 0 ? "No hurry with this question" : `about ${minutes} min for this question`;
}

interface CourseProps {
  readonly view: CandidateView;
  readonly isUnderWay: boolean;
  /** The room has gone on, and what is shown is what it showed last. */
  readonly isPast: boolean;
  readonly beside: ReactNode;
}

/** The question with its sheet, side by side or one above the other, or what one waits for; what was asked before follows it. */
function Course({ view, isUnderWay, isPast, beside }: CourseProps) {
  const ask = isUnderWay ? view.ask : null;
  const lying = useSheet(ask);
  const isAlone = lying.sheet === null;
  const isEnded = view.room.phase === "ended";
  const isBeside = useMedia(SIDE_BY_SIDE);
  const [width, setWidth] = usePaneShare("question-width");
  const [height, setHeight] = usePaneShare("question-height");
  const share = isBeside ? width : height;
  const heading = useRef<HTMLHeadingElement>(null);
  // A question that follows another is said, and leads nobody away from where they are.
  const isStillWritten = isEnded && !isAlone;
  useArrival(heading, isPast || isStillWritten ? null : isEnded ? "over" : isUnderWay ? "under way" : "before");
  return (
    <main
      className={styles.main}
      data-alone={isAlone}
      style={share === null ? undefined : ({ "--question-share": `${share}%` } as CSSProperties)}
    >
      <div
        // Each question has a pane of its own, which begins at its top.
        key={`question ${ask?.askId ?? ""}`}
        className={styles.questionPane}
        data-alone={isAlone}
        data-sized={share !== null}
        {...scrollStop(ask ? "The question" : "What happens")}
      >
        {ask ? <Asked ask={ask} heading={heading} /> : !isPast && <Waiting view={view} heading={heading} />}
        {isPast && (
          <h1 ref={heading} className="visually-hidden" tabIndex={-1}>
            Your answer sheet
          </h1>
        )}
        {isUnderWay && <Earlier view={view} lyingId={lying.sheet?.askId ?? null} />}
        {isEnded && <OwnAnswers title={view.room.title} asks={view.earlier} />}
      </div>
      {!isAlone && (
        <Separator
          key={`separator ${isBeside}`}
          label={isBeside ? "Width of the question" : "Height of the question"}
          sizes="before"
          between={isBeside ? "columns" : "rows"}
          share={share}
          onResize={isBeside ? setWidth : setHeight}
          least={20}
          most={75}
        />
      )}
      <AnswerSheets
        lying={lying}
        ask={ask}
        earlier={view.earlier}
        reader={readerOf(view)}
        isOver={isPast || view.room.phase === "ended"}
      />
      {beside && <div className={styles.beside}>{beside}</div>}
    </main>
  );
}

/** Where the style sheet puts the sheet to the right of the question. */
const SIDE_BY_SIDE = "(min-width: 1100px)";

interface HeadedProps {
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

function Asked({ ask, heading }: HeadedProps & { ask: NonNullable<CandidateView["ask"]> }) {
  return (
    <section className={styles.ask} aria-label={`Question ${ask.number}`}>
      <CandidatePrompt number={ask.number} heading={heading}>
        <LateMarkdown text={ask.prompt} />
      </CandidatePrompt>
      {ask.workspace && <BesideProgram workspace={ask.workspace} />}
      <Revealed revealed={ask.revealed} />
    </section>
  );
}

/** Who reads the sheet while it is written. */
function readerOf({ peers, people, quiet }: CandidateView): string {
  if (quiet) return "Nobody else sees it in quiet time.";
  if (!peers) return "The panel sees it as you write. Speaking is just as good.";
  if (peers.people === 1) return "Nobody else sees it. Speak aloud, too.";
  const asking = people.find(({ role }) => role === "host")?.name ?? "Whoever asks";
  const readers = peers.people > 2 ? `${asking} and whoever listens see` : `${asking} sees`;
  return `${readers} it as you write. Speaking is just as good.`;
}

/** Whoever was asked to wait outside. What they had before them is gone from the page, and comes back as it was. */
function InLobby({ by, title }: { by: string; title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(heading, "in the lobby");
  return (
    <main className={styles.main} data-alone>
      <div className={styles.questionPane} data-alone {...scrollStop("What happens")}>
        <section className={styles.waiting}>
          <p className={styles.number}>{title}</p>
          <h1 ref={heading} tabIndex={-1}>
            <bdi>{by}</bdi> asked you to wait a moment
          </h1>
          <p>
            You are in the lobby: nobody sees or hears you, and the clock stands. When you are let in again, this page
            goes on by itself where you were, with everything that you wrote.
          </p>
          <CallWaits />
        </section>
      </div>
    </main>
  );
}

function Waiting({ view, heading }: HeadedProps & { view: CandidateView }) {
  const { room, you, people } = view;
  const host = people.find(({ role }) => role === "host")?.name ?? "the host";
  const { isAllSaved } = useStanding();
  const { title, text } = waitingWords(view, host, isAllSaved);
  return (
    <section className={styles.waiting}>
      <p className={styles.number}>{room.title}</p>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{text}</p>
      {!you.admitted && room.phase !== "ended" && <p className={styles.you}>You are here as {you.name}.</p>}
      {(room.phase === "lobby" || room.phase === "ended") && <Kept until={room.keptUntil} host={host} />}
      {room.phase === "lobby" && room.marks && (
        <p className={styles.kept}>
          While a question is open, large pastes and leaving this page are noted. Nothing else is watched.
        </p>
      )}
    </section>
  );
}

/** What is kept of the candidate and until when, said before and after. */
function Kept({ until, host }: { until: number | undefined; host: string }) {
  return (
    <p className={styles.kept}>
      What you write, and what the panel asks, notes and rates, is kept on this server. <KeptUntil at={until} /> Ask{" "}
      {host} if you want a copy of all of it, or want it erased.
    </p>
  );
}

interface WaitingWords {
  readonly title: string;
  readonly text: string;
}

function waitingWords({ room, you, peers }: CandidateView, host: string, isAllSaved: boolean): WaitingWords {
  if (room.phase === "ended") {
    return { title: "The interview is over", text: `Thank you for your time. ${goodbye(isAllSaved)}` };
  }
  if (!you.admitted) {
    return {
      title: `Waiting for ${host}`,
      text: `${host} knows that you are here and will let you in. There is nothing else to do.`,
    };
  }
  if (room.phase === "lobby") {
    return {
      title: `You are in. ${host} will start in a moment`,
      text: "The first question will appear on this page by itself.",
    };
  }
  if (room.phase === "paused")
    return { title: "A short pause", text: "The clock stands still until the interview goes on." };
  if (peers) {
    return peers.people === 1
      ? { title: "Ready when you are", text: "Let the room ask you the next question, or say that you are done." }
      : { title: `${host} is about to ask`, text: "The question will appear here by itself." };
  }
  switch (room.planPhase) {
    case "candidate_questions":
      return { title: "Your questions", text: "This part is yours: ask whatever you would like to know." };
    case "wrap_up":
      return { title: "Almost done", text: "A few last words, and what happens next." };
    default:
      return { title: "You are talking", text: "The next question will appear here by itself." };
  }
}

function RaiseHand({ view }: { view: CandidateView }) {
  const send = useSend();
  const { handRaised, seatId } = view.you;
  const { store } = useRoomContext();
  const toggle = () => {
    send(handRaised ? { type: "lowerHand", seatId } : { type: "raiseHand" });
    store.flush();
  };
  return (
    <Button aria-pressed={handRaised} onClick={toggle} className={handRaised ? styles.raised : ""}>
      <Hand size={15} aria-hidden /> {handRaised ? "Hand raised" : "Raise hand"}
    </Button>
  );
}
