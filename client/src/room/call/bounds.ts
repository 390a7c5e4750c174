import type { Quality } from "./quality.ts";

/** How much one person sends to each other one, in bits a second; 0 for nothing. Sound is the last to go. */
export interface Bounds {
  readonly microphone: number;
  readonly camera: number;
  readonly screen: number;
}

/** What a line at home carries upwards without trouble, shared by all whom one sends to. */
const UPWARDS = { camera: 1_500_000, screen: 2_400_000 };
const MOST_CAMERA = 900_000;
const MOST_SCREEN = 1_500_000;
const LEAST_CAMERA = 150_000;
const MICROPHONE = 40_000;

/** What is left of the pictures on a line that carries less and less: first the camera goes, which is missed least, then the screen. */
const PARTS = [
  { camera: 1, screen: 1 },
  { camera: 0.5, screen: 0.7 },
  { camera: 0.2, screen: 0.4 },
  { camera: 0, screen: 0.2 },
  { camera: 0, screen: 0 },
] as const;
const WHOLE = PARTS[0];
const LAST = PARTS.length - 1;

/** How far what goes to somebody has been taken back, and for how many counts their line has been good since. */
export interface Held {
  readonly steps: number;
  readonly good: number;
}

export const NOT_HELD: Held = { steps: 0, good: 0 };

/** So many good counts in a row bring a step back: what is given back too early is lost again. */
const GIVEN_BACK_AFTER = 4;

/** What follows from one more count of a line. */
export function heldAfter({ steps, good }: Held, quality: Quality): Held {
  switch (quality) {
    case "good":
      if (steps === 0) return NOT_HELD;
      return good + 1 < GIVEN_BACK_AFTER ? { steps, good: good + 1 } : { steps: steps - 1, good: 0 };
    case "weak":
      // A line that carries a small picture with some loss carries it on.
      return { steps: Math.max(steps, Math.min(steps + 1, 2)), good: 0 };
    case "very_weak":
      return { steps: Math.min(steps + 1, LAST), good: 0 };
    case "lost":
      return { steps, good: 0 };
    default:
      return quality satisfies never;
  }
}

/** The bounds for one of so many others, whose line carries as much. Of a person who shares a screen, the camera is small. */
export function boundsFor(others: number, sharesScreen: boolean, { steps }: Held = NOT_HELD): Bounds {
  const share = (all: number, most: number) => Math.min(most, Math.floor(all / Math.max(1, others)));
  const camera = share(UPWARDS.camera, MOST_CAMERA);
  const part = PARTS[steps] ?? WHOLE;
  return {
    microphone: MICROPHONE,
    camera: Math.floor(part.camera * (sharesScreen ? Math.max(LEAST_CAMERA, Math.floor(camera / 3)) : camera)),
    screen: Math.floor(part.screen * share(UPWARDS.screen, MOST_SCREEN)),
  };
}
