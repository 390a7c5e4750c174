import { maySend, mayShareScreen } from "@whetstone/shared/call/rules";
import type { View } from "@whetstone/shared/room/view/view";
import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { Button } from "../../ui/Button.tsx";
import { useAnnounced } from "../announced/announced.tsx";
import { CaptionSettings } from "../captions/own/CaptionSettings.tsx";
import { useOwnCaptions } from "../captions/own/own-captions.ts";
import styles from "./CallArea.module.css";
import { Controls } from "./Controls.tsx";
import type { Call, CallSnapshot } from "./call.ts";
import { sentenceOf } from "./faults.ts";
import { Layout } from "./Layout.tsx";
import type { Levels } from "./levels.ts";
import type { OwnMedia } from "./own-media.ts";
import type { OwnWindow } from "./own-window.ts";
import { type Named, named, toldOfCall, unreached } from "./sentences.ts";
import { OwnTile, Tile } from "./Tile.tsx";
import { useCall, useLatest } from "./use-call.ts";

interface InCallProps {
  readonly view: View;
  readonly own: OwnMedia;
  readonly levels: Levels;
  readonly hasRoomBeside: boolean;
  readonly ownWindow: OwnWindow;
  readonly onLeave: () => void;
}

/** In the call: the others, oneself, and what one can do. */
export function InCall(props: InCallProps) {
  const call = useCall(props.view, props.own, props.levels);
  return call ? <Tiles {...props} call={call} /> : <p>One moment…</p>;
}

function Tiles({ view, own, call, hasRoomBeside, ownWindow, onLeave }: InCallProps & { call: Call }) {
  const snapshot = useLatest(call);
  const { sent, chosen, faults } = useLatest(own);
  const people = named(snapshot.people, view);
  useAnnounced<Heard>(useHeard(people, snapshot), toldOfCall);
  const mayShare = mayShareScreen(view);
  const captioning = useOwnCaptions(view.you.seatId, sent.microphone);
  useEffect(() => {
    if (!mayShare) own.stopSharing();
  }, [mayShare, own]);
  const isOut = snapshot.stage === "out" && snapshot.refusal !== null;
  // Whoever is out of it is neither heard nor seen, and their devices go off.
  useEffect(() => {
    if (isOut) own.close();
  }, [isOut, own]);
  if (isOut) {
    return (
      <div className={styles.fault} role="alert">
        <p>{snapshot.refusal?.sentence}</p>
        <Button onClick={onLeave}>Close</Button>
      </div>
    );
  }
  const fault = (["microphone", "camera", "screen"] as const).find((kind) => faults[kind] !== null);
  const sentence = fault && faults[fault] ? sentenceOf(faults[fault], fault) : null;
  const sends = maySend(view);
  const tiles = (
    <ul className={styles.tiles} aria-label="Who is in the call" data-many={people.length > 3}>
      {people.map((person) => (
        <Tile
          key={person.seatId}
          person={person}
          isLarge={view.role !== "candidate" && person.role === "candidate"}
          speakerId={chosen.speakerId}
        />
      ))}
      {sends && (
        <OwnTile
          camera={sent.camera}
          showsOwn={chosen.showsOwn}
          isSpeaking={snapshot.isSpeaking}
          name={view.you.name}
        />
      )}
      {people.length === 0 && (
        <li className={styles.alone}>
          {snapshot.stage === "entering" ? "Joining the call…" : "Nobody else is in the call yet."}
        </li>
      )}
    </ul>
  );
  return (
    <div className={styles.call}>
      <div role="status" className={styles.said}>
        {sentence && <p>{sentence}</p>}
        {captioning.isOn && <p className={styles.captioned}>What you say is captioned for those who hear you.</p>}
        {unreached(people, snapshot).map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      {ownWindow.opened === null ? (
        tiles
      ) : (
        <p className={styles.elsewhere}>
          The call is in a window of its own.
          <Button onClick={ownWindow.close}>Bring it back</Button>
          {createPortal(<div className={styles.own}>{tiles}</div>, ownWindow.opened.document.body)}
        </p>
      )}
      <Controls
        own={own}
        sends={sends}
        mayShare={mayShare}
        layout={
          <>
            <Layout own={own} ownWindow={ownWindow} hasRoomBeside={hasRoomBeside} />
            <CaptionSettings captioning={sends ? captioning : null} />
          </>
        }
        onLeave={onLeave}
      />
    </div>
  );
}

interface Heard {
  readonly people: readonly Named[];
  readonly stage: CallSnapshot["stage"];
}

/** What is said of the call changes only with who is in it and what they share, and not with every sound. */
function useHeard(people: readonly Named[], { stage }: CallSnapshot): Heard {
  const key = JSON.stringify([stage, people.map(({ seatId, sending }) => [seatId, sending.screen])]);
  const latest = useRef<{ key: string; heard: Heard }>({ key, heard: { people, stage } });
  if (latest.current.key !== key) latest.current = { key, heard: { people, stage } };
  return latest.current.heard;
}
