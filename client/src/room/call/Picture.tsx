import { type ReactNode, useEffect, useRef, useState } from "react";
import { playBy } from "../../browser/calling.ts";
import styles from "./Tile.module.css";

interface PictureProps {
  readonly track: MediaStreamTrack;
  readonly name: string;
  /** One's own picture is as in a mirror. */
  readonly isOwn?: boolean;
}

/** How long a camera's picture stands still before that is said, in milliseconds. */
const STILL_MS = 5_000;

/** What a camera of somebody else shows, or in its place what is given while nothing comes of it: its sender's line may carry sound alone. */
export function LivePicture({ fallback, ...props }: PictureProps & { fallback: ReactNode }) {
  const [isStill, setStill] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const video = place.current?.querySelector("video");
    // Not every browser tells of what is drawn.
    if (!video || !("requestVideoFrameCallback" in video)) return;
    let timer: ReturnType<typeof setTimeout>;
    let frame = 0;
    // A page that is not seen draws nothing, and says nothing of what it would.
    const still = () => (document.hidden ? wait() : setStill(true));
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(still, STILL_MS);
    };
    const drawn = () => {
      setStill(false);
      wait();
      frame = video.requestVideoFrameCallback(drawn);
    };
    wait();
    frame = video.requestVideoFrameCallback(drawn);
    return () => {
      clearTimeout(timer);
      video.cancelVideoFrameCallback(frame);
    };
  }, []);
  return (
    <>
      <div ref={place} className={styles.live} data-still={isStill}>
        <Picture {...props} />
      </div>
      {isStill && fallback}
    </>
  );
}

/** What a camera or a screen shows. */
export function Picture({ track, name, isOwn = false }: PictureProps) {
  const place = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (place.current) place.current.srcObject = new MediaStream([track]);
  }, [track]);
  return <video ref={place} autoPlay playsInline muted aria-label={name} data-own={isOwn} />;
}

/** Plays a microphone. Where the browser plays nothing before somebody touches the page, it says so to whom it concerns. */
export function Sound({ track, speakerId }: { track: MediaStreamTrack; speakerId: string | null }) {
  const place = useRef<HTMLAudioElement>(null);
  const [isBlocked, setIsBlocked] = useState(false);
  useEffect(() => {
    const player = place.current;
    if (!player) return;
    player.srcObject = new MediaStream([track]);
    player.play().then(
      () => setIsBlocked(false),
      // It was taken away while it began, or may not be heard yet.
      (error: unknown) => setIsBlocked(error instanceof Error && error.name === "NotAllowedError"),
    );
  }, [track]);
  useEffect(() => {
    if (place.current && speakerId !== null) void playBy(place.current, speakerId);
  }, [speakerId]);
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has captions of what is said just now */}
      <audio ref={place} />
      {isBlocked && (
        <button type="button" onClick={() => void place.current?.play().then(() => setIsBlocked(false))}>
          Hear them
        </button>
      )}
    </>
  );
}
