import type { CaptionerView } from "@whetstone/shared/room/view/captioner";
import { Hand } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../../ui/Button.tsx";
import { LateMarkdown, prefetchMarkdown } from "../../ui/LateMarkdown.tsx";
import { Message } from "../../ui/Message.tsx";
import { useAnnounced } from "../announced/announced.tsx";
import { Revealed } from "../candidate/Revealed.tsx";
import { Lines } from "../captions/Lines.tsx";
import { useCaptions } from "../captions/use-captions.ts";
import { Frame } from "../frame/Frame.tsx";
import { useRoom, useSend } from "../store/context.tsx";
import styles from "./CaptionerScreen.module.css";
import { Typing } from "./Typing.tsx";

/** The page of whoever types what is said: who is speaking, what they say, and the words of the question to spell. */
export default function CaptionerScreen() {
  const { view } = useRoom();
  const captioner = view?.role === "captioner" ? view : null;
  useAnnounced(captioner, told);
  useEffect(prefetchMarkdown, []);
  if (!captioner) return null;
  if (captioner.room.phase === "ended") {
    return (
      <Message title="The interview is over">
        Thank you. What you typed was shown to those who were there, and is kept nowhere.
      </Message>
    );
  }
  return captioner.waiting ? <WaitingCaptioner view={captioner} /> : <Captioning view={captioner} />;
}

function WaitingCaptioner({ view: { people, room, you } }: { view: CaptionerView }) {
  const host = people.find(({ role }) => role === "host")?.name ?? "the host";
  return (
    <Message title={`Waiting for ${host}`}>
      <p>
        {room.title}. You are here as {you.name}, to type what is said.
      </p>
      <p role="status">{host} sees that you are here, and will let you in. This page goes on by itself.</p>
    </Message>
  );
}

const PHASES = {
  lobby: "The interview has not begun. What you type is shown already.",
  live: "What you type is shown at once to everybody in the room, and kept nowhere.",
  paused: "The interview is paused. What you type is still shown.",
} as const;

function Captioning({ view }: { view: CaptionerView }) {
  const { lines, unsent, refused } = useCaptions();
  const { room, ask } = view;
  return (
    <Frame
      title={room.title}
      lead={room.phase === "ended" ? "" : PHASES[room.phase]}
      actions={<RaiseHand view={view} />}
    >
      <div className={styles.page}>
        <div className={styles.typing}>
          <Typing view={view} />
          {refused && <p role="alert">{refused.sentence}</p>}
          <section className={styles.said} aria-label="What is said">
            <h2>What others read</h2>
            {lines.length === 0 ? (
              <p>Nothing yet.</p>
            ) : (
              <Lines lines={lines.toReversed().slice(0, 30)} view={view} unsent={unsent} />
            )}
          </section>
        </div>
        <section className={styles.question} aria-label="What the candidate is asked">
          <h2>{ask ? `Question ${ask.number}` : "No question is open"}</h2>
          {ask && (
            <>
              <LateMarkdown text={ask.prompt} />
              <Revealed revealed={ask.revealed} />
            </>
          )}
        </section>
      </div>
    </Frame>
  );
}

/** To be heard without a voice: that somebody speak more slowly, or one at a time. */
function RaiseHand({ view: { you } }: { view: CaptionerView }) {
  const send = useSend();
  const { handRaised, seatId } = you;
  return (
    <Button
      aria-pressed={handRaised}
      className={handRaised ? (styles.raised ?? "") : ""}
      title="Asks the panel to speak more slowly, or one at a time"
      onClick={() => send(handRaised ? { type: "lowerHand", seatId } : { type: "raiseHand" })}
    >
      <Hand size={15} aria-hidden /> {handRaised ? "Hand raised" : "Raise hand"}
    </Button>
  );
}

/** What happens while one looks at what one types. */
function told(before: CaptionerView, after: CaptionerView): readonly string[] {
  if (before.waiting && !after.waiting) return ["You are in."];
  if (after.ask && after.ask.askId !== before.ask?.askId) return [`Question ${after.ask.number} is open.`];
  return before.room.phase !== after.room.phase && after.room.phase === "paused" ? ["The interview is paused."] : [];
}
