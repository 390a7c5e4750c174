import { BookOpen } from "lucide-react";
import { useState } from "react";
import { useKeys } from "../../browser/keys.ts";
import { Button } from "../../ui/Button.tsx";
import { KeptUntil } from "../../ui/KeptUntil.tsx";
import { PHASE_NAMES, POLICY_NAMES } from "../../words.ts";
import { BankDrawer } from "../drawer/BankDrawer.tsx";
import { Frame } from "../frame/Frame.tsx";
import { Erase } from "../keeping/Erase.tsx";
import { Links } from "../people/Links.tsx";
import { People } from "../people/People.tsx";
import { useRoom, useSend } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./Lobby.module.css";
import { PlanEditor } from "./PlanEditor.tsx";

/** Before the interview: the host prepares unseen, the others see who is there and what is planned. */
export function Lobby({ view }: { view: QuestionsView }) {
  const [bankOpen, setBankOpen] = useState(false);
  const isHost = view.role === "host";
  useKeys({ "/": isHost ? () => setBankOpen(true) : undefined });
  const { room } = view;
  const about = [room.candidateName && room.title, room.forRole, `${room.minutes} minutes`].filter(Boolean).join(" · ");
  return (
    <>
      <Frame
        title={room.candidateName ?? room.title}
        lead={about}
        actions={
          isHost ? <Start view={view} /> : <p className={styles.wait}>{hostName(view)} will start the interview.</p>
        }
      >
        <div className={styles.columns}>
          <section className={styles.card}>
            <h2>
              The plan <small>only the panel sees it</small>
              {isHost && (
                <Button onClick={() => setBankOpen(true)}>
                  <BookOpen size={14} aria-hidden /> Question bank <kbd>/</kbd>
                </Button>
              )}
            </h2>
            <p className={styles.phases}>
              {room.phases.map(({ kind, minutes }) => (
                <span key={kind}>
                  {PHASE_NAMES[kind]} <b>{minutes}</b>
                </span>
              ))}
            </p>
            <PlanEditor view={view} />
          </section>
          <div className={styles.side}>
            <section className={styles.card}>
              <h2>Who is here</h2>
              <People view={view} />
            </section>
            {view.role === "host" && (
              <section className={styles.card}>
                <h2>Links</h2>
                <Links view={view} />
              </section>
            )}
            <p className={styles.policy}>
              <b>Scorecards open: {POLICY_NAMES[room.blindPolicy].name.toLowerCase()}.</b>{" "}
              {POLICY_NAMES[room.blindPolicy].meaning}
            </p>
            {room.interviewersAsk && (
              <p className={styles.policy}>
                <b>Who asks:</b> hosts and interviewers.{" "}
                {view.role === "interviewer" && "You may ask from the plan, from the bank and in your own words."}
              </p>
            )}
            {room.marks && (
              <p className={styles.policy}>
                <b>Noted of the candidate:</b> large pastes, and when they leave the page. They are told before they
                join.
              </p>
            )}
            <p className={styles.policy}>
              <b>What is written here:</b> <KeptUntil at={room.keptUntil} />
            </p>
            {isHost && <Erase />}
          </div>
        </div>
      </Frame>
      {view.role === "host" && <BankDrawer view={view} open={bankOpen} onClose={() => setBankOpen(false)} />}
    </>
  );
}

const hostName = ({ people }: QuestionsView): string => people.find(({ role }) => role === "host")?.name ?? "The host";

function Start({ view }: { view: QuestionsView }) {
  const send = useSend();
  const { pending, present } = useRoom();
  const candidate = view.people.find(({ role }) => role === "candidate");
  if (!candidate)
    return <p className={styles.wait}>Send the candidate their link. You can start once they are here.</p>;
  const isHere = present.has(candidate.seatId);
  const admitAndStart = () => {
    if (!candidate.admitted) send({ type: "admit", seatId: candidate.seatId });
    send({ type: "start" });
  };
  return (
    <div className={styles.start}>
      <p>
        {isHere && `${candidate.name} is ${candidate.admitted ? "ready" : "waiting"}`}
        {/* That they came is said where everybody's coming is. */}
        <span role="status">{!isHere && `${candidate.name} is away just now`}</span>
      </p>
      <Button look="primary" large disabled={pending.has("start")} onClick={admitAndStart}>
        {candidate.admitted ? "Start the interview" : "Admit and start"}
      </Button>
    </div>
  );
}
