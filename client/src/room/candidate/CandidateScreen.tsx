import { remainingMs } from "@whetstone/shared/room/course/timer";
import { LIMITS } from "@whetstone/shared/room/limits";
import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import { Hand } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { CandidatePrompt } from "../../ui/CandidatePrompt.tsx";
import { KeptUntil } from "../../ui/KeptUntil.tsx";
import { LateMarkdown, prefetchMarkdown } from "../../ui/LateMarkdown.tsx";
import { Logo } from "../../ui/Logo.tsx";
import { WrittenText } from "../../ui/WrittenText.tsx";
import { useRoom, useRoomContext, useSend, useServerNow } from "../store/context.tsx";
import styles from "./CandidateScreen.module.css";

interface CandidateScreenProps {
  /** What moves a round of peers on, in the place of the raised hand. */
  readonly controls?: ReactNode;
  readonly beside?: ReactNode;
}

/** The candidate's page: one thing on it, the time, who is there, and the certainty that their words are saved. */
export default function CandidateScreen({ controls, beside }: CandidateScreenProps) {
  const { view } = useRoom();
  // Whoever waits is shown the first question at once.
  useEffect(prefetchMarkdown, []);
  if (view?.role !== "candidate") return null;
  const isUnderWay = view.room.phase === "live" || view.room.phase === "paused";
  return (
    <div className={styles.page}>
      <title>{`${view.room.title} · Whetstone`}</title>
      <header className={styles.header}>
        <Logo />
        <Company view={view} />
        {isUnderWay && <TimeLeft view={view} />}
      </header>
      <main className={styles.main}>
        <Announcement view={view} />
        {isUnderWay && view.ask ? <Ask ask={view.ask} reader={readerOf(view)} /> : <Waiting view={view} />}
        {beside}
      </main>
      <footer className={styles.footer}>
        <Saved />
        {isUnderWay && (controls ?? <RaiseHand view={view} />)}
      </footer>
    </div>
  );
}

function Company({ view }: { view: CandidateView }) {
  const { present } = useRoom();
  return (
    <ul className={styles.who} aria-label="Who is present">
      {view.people.map(({ seatId, name, role }) => (
        <li key={seatId} data-present={present.has(seatId)}>
          <span translate="no">{name}</span>
          {role === "observer" && <small> (observing)</small>}
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

/** Says a new question to a screen reader, once. */
function Announcement({ view }: { view: CandidateView }) {
  const { ask } = view;
  const latest = ask?.revealed.at(-1);
  const said = ask ? (latest ? `${label(latest.kind)}: ${latest.text}` : `Question ${ask.number}: ${ask.prompt}`) : "";
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true">
      {said}
    </div>
  );
}

const label = (kind: "hint" | "followUp"): string => (kind === "hint" ? "A hint" : "A follow-up");

function Ask({ ask, reader }: { ask: NonNullable<CandidateView["ask"]>; reader: string }) {
  return (
    <>
      <section key={`question ${ask.askId}`} className={styles.ask} aria-label={`Question ${ask.number}`}>
        <CandidatePrompt number={ask.number}>
          <LateMarkdown text={ask.prompt} />
        </CandidatePrompt>
        {ask.revealed.map(({ kind, text }) => (
          <div key={`${kind}${text}`} className={styles.more}>
            <small>{label(kind)}</small>
            <LateMarkdown text={text} />
          </div>
        ))}
      </section>
      <Answer key={ask.askId} askId={ask.askId} answer={ask.answer} reader={reader} />
    </>
  );
}

/** Who reads the sheet while it is written. */
function readerOf({ peers, people }: CandidateView): string {
  if (!peers) return "The panel sees it as you write. Speaking is just as good.";
  if (peers.people === 1) return "Nobody else sees it. Speak aloud, too.";
  const asking = people.find(({ role }) => role === "host")?.name ?? "Whoever asks";
  const readers = peers.people > 2 ? `${asking} and whoever listens see` : `${asking} sees`;
  return `${readers} it as you write. Speaking is just as good.`;
}

function Answer({ askId, answer, reader }: { askId: string; answer: string; reader: string }) {
  const send = useSend();
  const id = useId();
  return (
    <label className={styles.answer} htmlFor={id}>
      <span className={styles.tab}>
        Your answer sheet <small>{reader}</small>
      </span>
      <WrittenText
        id={id}
        value={answer}
        maxLength={LIMITS.answer}
        placeholder="Notes, formulas, code: whatever helps you explain"
        onWrite={(text) => send({ type: "writeAnswer", askId, text })}
        spellCheck={false}
        autoCapitalize="off"
      />
    </label>
  );
}

function Waiting({ view }: { view: CandidateView }) {
  const { room, you, people } = view;
  const host = people.find(({ role }) => role === "host")?.name ?? "the host";
  const { title, text } = waitingWords(view, host);
  return (
    <section className={styles.waiting}>
      <p className={styles.number}>{room.title}</p>
      <h1>{title}</h1>
      <p>{text}</p>
      {!you.admitted && room.phase !== "ended" && <p className={styles.you}>You are here as {you.name}.</p>}
      {(room.phase === "lobby" || room.phase === "ended") && <Kept until={room.keptUntil} host={host} />}
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

function waitingWords({ room, you, peers }: CandidateView, host: string): { title: string; text: string } {
  if (room.phase === "ended") {
    return {
      title: "The interview is over",
      text: "Thank you for your time. Everything you wrote is saved; you can close this page.",
    };
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

function Saved() {
  const { unsaved, connection, savingFails } = useRoom();
  // Saving takes a blink; only what stays unsaved for longer is worth saying.
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (unsaved === 0) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), 1_500);
    return () => clearTimeout(timer);
  }, [unsaved]);
  const isAway = connection === "reconnecting" || connection === "outdated";
  const words = isAway
    ? "Not connected"
    : savingFails
      ? "Kept here, not saved yet"
      : slow
        ? "Saving…"
        : "Everything you write is saved";
  return <span role="status">{words}</span>;
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
