import { secretOf, tabSeat } from "../../browser/remembered.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { useRoomContext } from "../store/context.tsx";

/** One's own way back to this seat, for another device. Whoever opens it takes the seat there. */
export function WayBack() {
  const { roomId, token } = useRoomContext();
  const secret = secretOf(tabSeat(roomId) ?? { token });
  return <CopyButton text={`${window.location.origin}/join#${secret}`} label="Copy my way back" />;
}
