import { useMutation } from "@tanstack/react-query";
import { joinByLink } from "../api/links.ts";
import { keepTakenBack, secretOf, type TabSeat, tabSeat } from "../browser/remembered.ts";
import { Button } from "../ui/Button.tsx";
import { Message } from "../ui/Message.tsx";

interface TakenOverProps {
  readonly roomId: string;
  readonly seat: TabSeat;
  readonly onSeat: (seat: TabSeat) => void;
}

/** The seat was opened somewhere else, and can be taken back. */
export function TakenOver({ roomId, seat, onSeat }: TakenOverProps) {
  const takingBack = useMutation({
    mutationFn: async () => {
      // Its link may have been made anew since the page was opened.
      const kept = tabSeat(roomId) ?? seat;
      const joined = await joinByLink({ secret: secretOf(kept), name: null });
      onSeat(keepTakenBack(roomId, kept, joined));
    },
  });
  return (
    <Message
      title="Your seat is open somewhere else"
      actions={
        <Button look="primary" large disabled={takingBack.isPending} onClick={() => takingBack.mutate()}>
          Use it here instead
        </Button>
      }
    >
      {takingBack.error?.message ??
        "You opened it in another tab or on another device, and a seat is in one place at a time. Nothing is lost."}
    </Message>
  );
}
