import { useEffect, useRef, useState } from "react";
import { playBy } from "../../browser/calling.ts";

interface PictureProps {
  readonly track: MediaStreamTrack;
  readonly name: string;
  /** One's own picture is as in a mirror. */
  readonly isOwn?: boolean;
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
