import { useState } from "react";
import styles from "./Phrases.module.css";

/** A sentence that somebody could say, and what makes it one that helps. */
interface Phrase {
  readonly said: string;
  readonly how: string;
}

export const OF_ANSWERS: readonly Phrase[] = [
  {
    said: "You wrote down the shapes before the first formula, so I could follow every step.",
    how: "What they did, and what it did for you.",
  },
  {
    said: "When you did not know, you said so and worked it out aloud. I learned how you think.",
    how: "Something that they may not know is good.",
  },
  {
    said: "You began to compute at once, and I lost what you were after. Next time, say first in a sentence where you are going.",
    how: "What they did, what came of it, and one step to try.",
  },
];

export const OF_INTERVIEWING: readonly Phrase[] = [
  {
    said: "You waited after each question, which gave me the time to sort my thoughts.",
    how: "What they did, and what it did for you.",
  },
  {
    said: "The first hint came while I was still on the way. Next time, ask whether I would like one.",
    how: "What they did, what came of it, and one step to try.",
  },
];

interface PhrasesProps {
  readonly phrases: readonly Phrase[];
  readonly beginsOpen: boolean;
}

/** Sentences to borrow from, for whoever has never told somebody how they did. It can be folded away. */
export function Phrases({ phrases, beginsOpen }: PhrasesProps) {
  const [isOpen, setIsOpen] = useState(beginsOpen);
  return (
    <details className={styles.phrases} open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>How to put it</summary>
      <p>Speak of what they did, never of what they are. Two sentences are plenty.</p>
      <ul>
        {phrases.map(({ said, how }) => (
          <li key={said}>
            <q>{said}</q> <small>{how}</small>
          </li>
        ))}
      </ul>
    </details>
  );
}
