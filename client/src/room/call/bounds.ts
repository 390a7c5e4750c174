/** How much one person sends to each other one, in bits a second. Sound is the last to go. */
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

/** The bounds for each of so many others. Of a person who shares a screen, the camera is small. */
export function boundsFor(others: number, sharesScreen: boolean): Bounds {
  const share = (all: number, most: number) => Math.min(most, Math.floor(all / Math.max(1, others)));
  const camera = share(UPWARDS.camera, MOST_CAMERA);
  return {
    microphone: MICROPHONE,
    camera: sharesScreen ? Math.max(LEAST_CAMERA, Math.floor(camera / 3)) : camera,
    screen: share(UPWARDS.screen, MOST_SCREEN),
  };
}
