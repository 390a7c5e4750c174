/** How often it is looked, and how much is a jump, in milliseconds. */
const EVERY_MS = 1_000;
const JUMP_MS = 1_000;

export interface Clocks {
  /** The clock on the wall, which is set now and then. */
  readonly wall: () => number;
  /** One that nobody sets. In some browsers it stands still while the computer sleeps. */
  readonly steady: () => number;
}

/** Looks at how far two clocks are apart: gives whether that has changed since the last look, so that one was set or stood still. */
export function jumpDetector({ wall, steady }: Clocks): () => boolean {
  let apart = wall() - steady();
  return () => {
    const before = apart;
    apart = wall() - steady();
    return Math.abs(apart - before) > JUMP_MS;
  };
}

/** Tells of every jump as soon as the page runs. Returns what stops it. */
export function followJumps(onJump: () => void): () => void {
  const hasJumped = jumpDetector({ wall: () => Date.now(), steady: () => performance.now() });
  const timer = setInterval(() => {
    if (hasJumped()) onJump();
  }, EVERY_MS);
  return () => clearInterval(timer);
}
