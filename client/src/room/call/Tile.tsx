import { Maximize, MicOff } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../ui/Button.tsx";
import { initials } from "../../words.ts";
import { LivePicture, Picture, Sound } from "./Picture.tsx";
import { type Named, QUALITY_WORDS } from "./sentences.ts";
import styles from "./Tile.module.css";

interface TileProps {
  readonly person: Named;
  readonly isLarge: boolean;
  readonly speakerId: string | null;
}

/** Somebody in the call: their picture or initials, their name, whether they speak, and how well they are heard. */
export function Tile({ person, isLarge, speakerId }: TileProps) {
  const { name, role, received, sending, state, quality, isSpeaking } = person;
  const { microphone, camera, screen } = received;
  const isConnected = state === "connected";
  const listens = role === "observer" || role === "captioner";
  const words = state === "connecting" ? "Connecting…" : QUALITY_WORDS[quality];
  const face = (
    <span className={styles.initials} aria-hidden>
      {initials(name)}
    </span>
  );
  return (
    <>
      <li className={styles.tile} data-large={isLarge} data-speaking={isSpeaking} data-state={state}>
        {camera && sending.camera && isConnected ? (
          <LivePicture track={camera} name={`Picture of ${name}`} fallback={face} />
        ) : (
          face
        )}
        {microphone && <Sound track={microphone} speakerId={speakerId} />}
        <span className={styles.name}>
          {!listens && !sending.microphone && (
            <>
              <MicOff size={12} aria-hidden />
              <span className="visually-hidden">Microphone off: </span>
            </>
          )}
          <bdi>{name}</bdi>
          {listens && <small>listens</small>}
          {isSpeaking && <span className="visually-hidden"> speaks</span>}
        </span>
        {words && <span className={styles.quality}>{words}</span>}
      </li>
      {screen && sending.screen && isConnected && <Screen track={screen} name={name} />}
    </>
  );
}

/** What somebody shows of their screen, and larger. */
function Screen({ track, name }: { track: MediaStreamTrack; name: string }) {
  const place = useRef<HTMLLIElement>(null);
  return (
    <li className={styles.tile} data-screen ref={place}>
      <Picture track={track} name={`Screen of ${name}`} />
      <span className={styles.name}>
        Screen of <bdi>{name}</bdi>
      </span>
      {document.fullscreenEnabled && (
        <Button
          className={styles.larger ?? ""}
          aria-label={`Screen of ${name} in the whole window`}
          onClick={() => void place.current?.querySelector("video")?.requestFullscreen()}
        >
          <Maximize size={14} aria-hidden />
        </Button>
      )}
    </li>
  );
}

interface OwnTileProps {
  readonly camera: MediaStreamTrack | null;
  readonly showsOwn: boolean;
  readonly isSpeaking: boolean;
  readonly name: string;
}

export function OwnTile({ camera, showsOwn, isSpeaking, name }: OwnTileProps) {
  if (!showsOwn) return null;
  return (
    <li className={styles.tile} data-speaking={isSpeaking} data-own>
      {camera ? (
        <Picture track={camera} isOwn name="Your own picture" />
      ) : (
        <span className={styles.initials} aria-hidden>
          {initials(name)}
        </span>
      )}
      <span className={styles.name}>You</span>
    </li>
  );
}
