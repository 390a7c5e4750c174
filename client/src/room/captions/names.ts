import type { Caption } from "@whetstone/shared/captions/wire";
import type { View } from "@whetstone/shared/room/view/view";

/** Who said a line, for whoever reads it. */
export function speakerOf({ speakerId }: Pick<Caption, "speakerId">, { you, people }: View): string {
  if (speakerId === you.seatId) return "You";
  return people.find(({ seatId }) => seatId === speakerId)?.name ?? "Somebody";
}
