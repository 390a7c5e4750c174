import { LEVELS } from "@whetstone/shared/bank";
import type { Feedback, OwnAnswer } from "@whetstone/shared/feedback";
import type { ReactNode } from "react";
import { Drawing } from "../ui/Drawing.tsx";
import { Markdown } from "../ui/Markdown.tsx";
import { PageHeading } from "../ui/PageHeading.tsx";
import styles from "./FeedbackSheet.module.css";
import { LEVEL_WORDS, type Letter, named, occasionOf, titleOf } from "./letter.ts";

interface FeedbackSheetProps {
  readonly letter: Letter;
  /** The level of its title among the headings around it. */
  readonly heading: 1 | 3;
  /** How what was drawn to a question is shown where the letter does not bring it. */
  readonly drawn?: (number: number) => ReactNode;
}

/** The feedback as a candidate reads it: their own page and the host's preview are this. */
export function FeedbackSheet({ letter: { feedback, answers }, heading, drawn }: FeedbackSheetProps) {
  const { message, strengths, concerns, questions, panel } = feedback;
  const Title = heading === 1 ? PageHeading : "h3";
  return (
    <article className={styles.sheet}>
      <header className={styles.header}>
        <p className={styles.occasion}>
          {occasionOf(feedback).map((part) => (
            <bdi key={part}>{part}</bdi>
          ))}
        </p>
        <Title className={styles.title ?? ""} dir="auto">
          {titleOf(feedback)}
        </Title>
        {panel.length > 0 && (
          <p className={styles.panel} dir="auto">
            You spoke with {named(panel)}.
          </p>
        )}
      </header>
      {message && (
        <p className={styles.message} dir="auto">
          {message}
        </p>
      )}
      <Points heading={heading} title="What went well" kind="strengths" points={strengths} />
      <Points heading={heading} title="What to work on" kind="concerns" points={concerns} />
      {questions.length > 0 && <Questions heading={heading} questions={questions} />}
      {answers.length > 0 && <Answers heading={heading} answers={answers} drawn={drawn ?? broughtBy(answers)} />}
    </article>
  );
}

type Heading = FeedbackSheetProps["heading"];

function Section({ heading, title, children }: { heading: Heading; title: string; children: ReactNode }) {
  const Title = heading === 1 ? "h2" : "h4";
  return (
    <section className={styles.section}>
      <Title>{title}</Title>
      {children}
    </section>
  );
}

interface PointsProps {
  readonly heading: Heading;
  readonly title: string;
  readonly kind: "strengths" | "concerns";
  readonly points: readonly string[];
}

function Points({ heading, title, kind, points }: PointsProps) {
  if (points.length === 0) return null;
  return (
    <Section heading={heading} title={title}>
      <ul className={styles.points} data-kind={kind}>
        {points.map((point, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: points have no identity, and two may be alike
          <li key={index} dir="auto">
            {point}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Questions({ heading, questions }: { heading: Heading; questions: Feedback["questions"] }) {
  const areRated = questions.some(({ level }) => level !== null);
  return (
    <Section heading={heading} title="What you were asked">
      {areRated && (
        <div className={styles.levels}>
          <p>A level says how far one answer went, from 1 to 4. It is about that answer, and not about you.</p>
          <ul>
            {LEVELS.map((level) => (
              <li key={level}>
                <b>
                  {level} {LEVEL_WORDS[level].name}
                </b>
                : {LEVEL_WORDS[level].meaning}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ol className={styles.questions}>
        {questions.map(({ number, prompt, level }) => (
          <li key={number}>
            <p className={styles.number}>
              Question {number}
              {areRated && <LevelMark level={level} />}
            </p>
            <div className={styles.prompt} dir="auto">
              <Markdown text={prompt} />
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function LevelMark({ level }: { level: Feedback["questions"][number]["level"] }) {
  if (level === null) return <span className={styles.level}>No level was given</span>;
  return (
    <span className={styles.level} data-level={level}>
      <span className={styles.pips} aria-hidden>
        {LEVELS.map((step) => (
          <i key={step} data-reached={step <= level} />
        ))}
      </span>
      Level {level} of 4: {LEVEL_WORDS[level].name}
    </span>
  );
}

/** What was drawn, as the letter brings it. */
const broughtBy =
  (answers: readonly OwnAnswer[]) =>
  (number: number): ReactNode => {
    const { board, boardProblem } = answers.find((answer) => answer.number === number) ?? {};
    if (boardProblem !== undefined) return <p className={styles.quiet}>{boardProblem}</p>;
    if (!board) return null;
    const { picture: svg, width, height, outline } = board;
    return <Drawing picture={{ svg, width, height }} told={outline} label={`Board of question ${number}`} />;
  };

interface AnswersProps {
  readonly heading: Heading;
  readonly answers: readonly OwnAnswer[];
  readonly drawn: (number: number) => ReactNode;
}

function Answers({ heading, answers, drawn }: AnswersProps) {
  const wrote = answers.some(({ answer }) => answer.trim() !== "");
  const drew = answers.some(({ board }) => board);
  return (
    <Section heading={heading} title="Your own answers">
      <p className={styles.quiet}>{copySentence(wrote, drew)}</p>
      {answers.map((answer) => (
        <Answer key={answer.number} answer={answer} wrote={wrote} drawn={drawn(answer.number)} />
      ))}
    </Section>
  );
}

function copySentence(wrote: boolean, drew: boolean): string {
  if (wrote || drew)
    return `A copy of what you ${wrote && drew ? "wrote and drew" : wrote ? "wrote" : "drew"}, for you to keep. It is as you left it.`;
  return "You answered aloud; nothing was written on the answer sheets. These are the questions.";
}

interface AnswerProps {
  readonly answer: OwnAnswer;
  readonly wrote: boolean;
  readonly drawn: ReactNode;
}

function Answer({ answer: { number, prompt, revealed, answer }, wrote, drawn }: AnswerProps) {
  return (
    <div className={styles.answer}>
      <details>
        <summary>Question {number}, as it was put to you</summary>
        <div className={styles.put} dir="auto">
          <Markdown text={prompt} />
          {revealed.map((text) => (
            <div key={text} className={styles.revealed}>
              <Markdown text={text} />
            </div>
          ))}
        </div>
      </details>
      {answer.trim() !== "" ? (
        <pre dir="auto">{answer}</pre>
      ) : (
        wrote && <p className={styles.quiet}>Nothing is written on this sheet.</p>
      )}
      {drawn}
    </div>
  );
}
