import type { Company, LookResponse } from "@whetstone/shared/links-wire";
import { PASTED_LEAST } from "@whetstone/shared/room/workspace/marks";
import { KeptUntil } from "../ui/KeptUntil.tsx";
import styles from "./Beforehand.module.css";

interface BeforehandProps {
  readonly company: Company;
  readonly host: string;
  readonly keptUntil: LookResponse["keptUntil"];
}

/** What a candidate is told before they sit down: who will be there, who may watch, and what becomes of what they write. */
export function Beforehand({ company: { people, observersShown, marks }, host, keptUntil }: BeforehandProps) {
  return (
    <section className={styles.beforehand} aria-labelledby="beforehand">
      <h2 id="beforehand">Before you join</h2>
      <dl>
        {marks && (
          <>
            <dt>What is noted</dt>
            <dd>
              When you paste {PASTED_LEAST} characters or more into your answer sheet, and when you leave this page and
              come back. The panel sees it when it looks at how your answer was written, and so can you. Nothing else is
              watched.
            </dd>
          </>
        )}
        <dt>Who will be there</dt>
        <dd>
          <ul>
            {people.map(({ name, role, here }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two people may have one name, and the list only ever comes whole
              <li key={index}>
                {name} <small>{placeOf(role, here)}</small>
              </li>
            ))}
          </ul>
          {host} may still let others in. You always see the name of everybody who asks or scores.
        </dd>
        <dt>Who may watch</dt>
        <dd>
          {observersShown
            ? "Observers may watch and never act. You see their names while they are there."
            : `Observers may watch and never act, and you may not see that they are there. Ask ${host} if you want to know.`}
        </dd>
        <dt>What you write</dt>
        <dd>
          The panel and whoever watches read your answer sheet as you write it. It goes into the record of the interview
          with the panel’s notes and ratings, which is kept on this server. <KeptUntil at={keptUntil} />
        </dd>
      </dl>
    </section>
  );
}

function placeOf(role: Company["people"][number]["role"], here: boolean): string {
  if (role === "host") return "leads the interview";
  if (role === "observer") return "watches";
  if (role === "captioner") return "types what is said";
  return here ? "asks and scores" : "asks and scores, is invited";
}
