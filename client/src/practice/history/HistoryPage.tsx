import { Link } from "@tanstack/react-router";
import { type Answer, answersIn, type RatedBy } from "@whetstone/shared/practice/history/answers";
import { heatMapOf, topicLines } from "@whetstone/shared/practice/history/topics";
import { useState } from "react";
import type { KeptPractice } from "../../browser/practice-history.ts";
import { ListPage } from "../../site/ListPage.tsx";
import { buttonClass } from "../../ui/Button.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { plural } from "../../words.ts";
import { Calibration } from "./Calibration.tsx";
import { Entries } from "./Entries.tsx";
import { GivenReceived } from "./GivenReceived.tsx";
import { HeatMap } from "./HeatMap.tsx";
import styles from "./HistoryPage.module.css";
import { Keeping } from "./Keeping.tsx";
import { Next } from "./Next.tsx";
import { usePractice } from "./queries.ts";
import { TopicLines } from "./TopicLines.tsx";

/** What whoever practises in this browser was asked, how it was rated, and what to practise next. */
export function HistoryPage() {
  const kept = usePractice();
  const { entries } = kept;
  return (
    <ListPage
      title="Your practice"
      lead="What you were asked, how it was rated, and what to practise next. This browser keeps it; the server has no history of you."
      actions={null}
    >
      <Notices kept={kept} />
      {entries.length === 0 && <Invitation />}
      <Next key={entries.length === 0 ? "empty" : "begun"} entries={entries} />
      {entries.length > 0 && (
        <>
          <Topics answers={answersIn(entries)} />
          <GivenReceived entries={entries} />
          <Calibration entries={entries} />
          <Entries entries={entries} />
        </>
      )}
      <Keeping kept={kept} />
    </ListPage>
  );
}

function Invitation() {
  return (
    <div className={styles.invitation}>
      <p>
        Nothing has been practised in this browser yet. Answer one question, alone or with somebody, and it is here: the
        topic, the levels, and when to come back to it.
      </p>
      <Link to="/practice/alone" className={buttonClass({ look: "primary", large: true })}>
        Practise alone
      </Link>
      <p>If you practised in another browser, export your history there and import it below.</p>
    </div>
  );
}

/** What the person has to know of how their history is kept. */
function Notices({ kept: { entries, unread, outlivesPage } }: { kept: KeptPractice }) {
  const compacted = entries.filter((entry) => entry.compacted).length;
  return (
    <>
      {!outlivesPage && (
        <p className={styles.warning} role="alert">
          This browser keeps no more. What was added last is gone once this page is closed: export it now, or make room.
        </p>
      )}
      {unread.length > 0 && (
        <p className={styles.quiet}>
          {plural(unread.length, "more entry", "more entries")} {unread.length === 1 ? "was" : "were"} kept by another
          version of this page, which this one cannot show. Nothing of them is lost.
        </p>
      )}
      {compacted > 0 && (
        <p className={styles.quiet}>
          To make room, key points and names went from the oldest {plural(compacted, "entry", "entries")}. Their
          questions, days and levels stayed. What you exported before has all of it.
        </p>
      )}
    </>
  );
}

type Basis = RatedBy | "both";
const BASES: Record<Basis, string> = { both: "Both", partner: "Partners", self: "Yourself" };

/** Answers by topic, of both kinds of ratings or of one. */
function Topics({ answers }: { answers: readonly Answer[] }) {
  const [basis, setBasis] = useState<Basis>("both");
  const isMixed = new Set(answers.map(({ by }) => by)).size > 1;
  if (answers.length === 0) return null;
  const shown = isMixed && basis !== "both" ? answers.filter(({ by }) => by === basis) : answers;
  return (
    <>
      {isMixed && (
        <div className={styles.basis}>
          <Choice
            id="rated-by"
            legend="Answers rated by"
            options={["both", "partner", "self"] as const}
            names={BASES}
            chosen={basis}
            disabled={false}
            onChoose={setBasis}
          />
        </div>
      )}
      <HeatMap map={heatMapOf(shown)} />
      <TopicLines lines={topicLines(shown)} />
    </>
  );
}
