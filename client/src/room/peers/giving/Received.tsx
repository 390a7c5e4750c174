import type { PeersView } from "@whetstone/shared/room/view/peers";
import type { Received as ReceivedView } from "@whetstone/shared/room/view/peers-said";
import { Section } from "../../../ui/Section.tsx";
import { InterviewingReceived } from "./InterviewingReceived.tsx";
import { Keep } from "./Keep.tsx";
import styles from "./Received.module.css";
import { ReceivedQuestion } from "./ReceivedQuestion.tsx";
import { othersIn } from "./rounds.ts";

interface ReceivedProps {
  readonly peers: PeersView;
  /** The viewer's own. */
  readonly seatId: string;
}

/**
 * What the others gave the viewer, once all have let go. Whoever reads it may be nervous: first what went well, then the one thing to try,
 * then question by question, and how they interviewed at last.
 */
export function Received({ peers, seatId }: ReceivedProps) {
  const { received } = peers;
  if (!received) return null;
  const others = othersIn(peers, seatId);
  return (
    <div className={styles.received}>
      {received.asked.map((round) => (
        <Asked key={round.roundId} round={round} others={others} />
      ))}
      {received.interviewing.map(({ roundId, words }) => (
        <InterviewingReceived key={roundId} words={words} />
      ))}
      <Keep isOpen />
    </div>
  );
}

type AskedRound = ReceivedView["asked"][number];
type Words = AskedRound["words"];

function Asked({ round: { asks, words }, others }: { round: AskedRound; others: readonly string[] }) {
  const isNothing = !hasText(words, "wentWell") && !hasText(words, "tryNext");
  const isUnrated = asks.every(({ levels }) => levels.length === 0);
  return (
    <>
      <section className={styles.sheet} aria-labelledby="received-words">
        <h2 id="received-words">
          {others.length === 1 ? (
            <>
              From <bdi>{others[0]}</bdi>
            </>
          ) : (
            "From the others"
          )}
        </h2>
        <Said title="What went well" part="wentWell" words={words} />
        <Said title="One to try next" part="tryNext" words={words} />
        {isNothing && <p className={styles.nothing}>{nothingWords(isUnrated, asks.length)}</p>}
      </section>
      {asks.length > 0 && (
        <Section
          title="Question by question"
          hint={isUnrated ? undefined : "A level is about one answer on one day, and not about you."}
        >
          <div className={styles.questions}>
            {asks.map((ask) => (
              <ReceivedQuestion key={ask.askId} ask={ask} namesRaters={others.length > 1} />
            ))}
          </div>
        </Section>
      )}
    </>
  );
}

function nothingWords(isUnrated: boolean, asked: number): string {
  if (!isUnrated) return "There are no words this time. How your answers were rated stands below.";
  const rest = asked > 0 ? " Below is what a strong answer holds, so that you can see for yourself." : "";
  return `Nothing was given this time. That says nothing about your answers: it can be hard to put into words.${rest}`;
}

const hasText = (words: Words, part: "wentWell" | "tryNext"): boolean =>
  words.some(({ texts }) => (texts[part] ?? "").trim() !== "");

interface SaidProps {
  readonly title: string;
  readonly part: "wentWell" | "tryNext";
  readonly words: Words;
}

/** What each of the others wrote under one heading, in large type. */
function Said({ title, part, words }: SaidProps) {
  const said = words.flatMap(({ by, texts }) => {
    const text = (texts[part] ?? "").trim();
    return text === "" ? [] : { by, text };
  });
  if (said.length === 0) return null;
  return (
    <div className={styles.said} data-part={part}>
      <h3>{title}</h3>
      {said.map(({ by, text }) => (
        <blockquote key={by}>
          <p dir="auto">{text}</p>
          {words.length > 1 && (
            <footer>
              <bdi>{by}</bdi>
            </footer>
          )}
        </blockquote>
      ))}
    </div>
  );
}
