import { CopyButton } from "../../ui/CopyButton.tsx";
import { useRoomContext } from "../store/context.tsx";

/** One's own way back to this seat, for another device. Whoever opens it takes the seat there. */
export function WayBack() {
  const { token } = useRoomContext();
  return <CopyButton text={`${window.location.origin}/join#${token}`} label="Copy my way back" />;
}
