import type { Debrief, DebriefRater } from "@whetstone/shared/debrief";
import { titleOf } from "@whetstone/shared/question-title";
import { useState } from "react";
import { Section } from "../../ui/Section.tsx";
import type { RaterSign } from "../../ui/signs.ts";
import { elapsedText } from "../../words.ts";
import { AskTimeline } from "./AskTimeline.tsx";
import { LongText } from "./LongText.tsx";
import { noteKey } from "./moments.ts";
import styles from "./QuoteSection.module.css";
import { Name, Sign } from "./Sign.tsx";

interface QuoteSectionProps {
  readonly title: "Strengths" | "Concerns";
  readonly notes: Debrief["strengths"];
  readonly raters: readonly DebriefRater[];
  readonly signs: readonly RaterSign[];
}

/** What the raters marked, in the order in which they wrote it; each leads to its moment. */
export function QuoteSection({ title, notes, raters, signs }: QuoteSectionProps) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Section title={title}>
      {notes.length === 0 && (
        <p className={styles.quiet}>Nobody marked a note as a {title.toLowerCase().slice(0, -1)}.</p>
      )}
      <ul className={styles.quotes}>
        {notes.map(({ rater, note, ask }) => {
          const sign = signs.find(({ seatId }) => seatId === rater.seatId);
          const key = noteKey(rater.seatId, note);
          const isOpen = open === key;
          return (
            <li key={key}>
              {sign && <Sign sign={sign} />}
              <div>
                <LongText text={note.text} />
                <p className={styles.about}>
                  {ask ? (
                    <button
                      type="button"
                      aria-expanded={isOpen}
                      title="What happened at that moment"
                      onClick={() => setOpen(isOpen ? null : key)}
                    >
                      {elapsedText(note.elapsedMs)}
                    </button>
                  ) : (
                    <time>{elapsedText(note.elapsedMs)}</time>
                  )}
                  {" · "}
                  <Name sign={rater} /> · <bdi>{ask ? titleOf(ask.question) : "between questions"}</bdi>
                </p>
                {ask && isOpen && (
                  <AskTimeline ask={ask} raters={raters} signs={signs} note={note} writerId={rater.seatId} />
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
