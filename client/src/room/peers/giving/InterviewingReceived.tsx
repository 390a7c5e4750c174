import { LEVELS } from "@whetstone/shared/bank";
import { INTERVIEWING, type InterviewingScale } from "@whetstone/shared/practice/interviewing";
import type { Received } from "@whetstone/shared/room/view/peers-said";
import { Section } from "../../../ui/Section.tsx";
import styles from "./InterviewingReceived.module.css";
import { type Rating, ReachedLevel } from "./ReachedLevel.tsx";

type Words = Received["interviewing"][number]["words"];

/** How whoever was asked found the viewer as interviewer; saying so is up to them. */
export function InterviewingReceived({ words }: { words: Words }) {
  const texts = words.flatMap(({ by, texts: { toInterviewer = "" } }) =>
    toInterviewer.trim() === "" ? [] : { by, text: toInterviewer.trim() },
  );
  const rated = INTERVIEWING.map((scale) => ({ scale, ratings: ratingsOf(words, scale) })).filter(
    ({ ratings }) => ratings.length > 0,
  );
  return (
    <Section title="How you interviewed">
      <div className={styles.parts}>
        {texts.map(({ by, text }) => (
          <blockquote key={by} dir="auto">
            {text}
          </blockquote>
        ))}
        {rated.length > 0 && (
          <div className={styles.levels}>
            {rated.map(({ scale: { id, name, anchors }, ratings }) => (
              <ReachedLevel key={id} name={name} anchors={anchors} ratings={ratings} namesRaters={false} />
            ))}
          </div>
        )}
        {texts.length === 0 && rated.length === 0 && (
          <p>Nothing was said of it this time, which is as it often is: it was optional.</p>
        )}
      </div>
    </Section>
  );
}

const ratingsOf = (words: Words, { id }: InterviewingScale): Rating[] =>
  LEVELS.flatMap((level) => {
    const by = words.filter(({ interviewing }) => interviewing[id] === level).map((one) => one.by);
    return by.length > 0 ? { level, by } : [];
  });
