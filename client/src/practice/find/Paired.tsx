import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { SeekerView } from "@whetstone/shared/practice/matching/view";
import { useEffect } from "react";
import { keepPartner } from "../../browser/practice-partners.ts";
import { lastName } from "../../browser/remembered.ts";
import { Button } from "../../ui/Button.tsx";
import { enterFound } from "../start/opening.ts";
import styles from "./Paired.module.css";

type PairedView = Extract<SeekerView, { kind: "paired" }>;

interface PairedProps {
  readonly view: PairedView;
  /** Whether the offer was accepted on this page: it goes to the room by itself, and another tab of this browser does not. */
  readonly acceptedHere: boolean;
  readonly onLookAgain: () => void;
}

/** Both have accepted: their room is opened, and each goes there by a way of their own. */
export function Paired({ view, acceptedHere, onLookAgain }: PairedProps) {
  const navigate = useNavigate();
  const { pairId, partner, room } = view;
  const { mutate, ...entering } = useMutation({
    mutationFn: async (found: NonNullable<typeof room>) => {
      const roomId = await enterFound(found, lastName(), partner ?? "");
      if (partner !== null) keepPartner({ pairId, roomId, name: partner, at: Date.now() });
      return roomId;
    },
    onSuccess: (roomId) => void navigate({ to: "/room/$roomId", params: { roomId } }),
  });
  useEffect(() => {
    if (acceptedHere && room) mutate(room);
  }, [acceptedHere, room, mutate]);
  return (
    <section className={styles.paired} aria-labelledby="paired">
      <h2 id="paired">
        {partner === null ? (
          "Your partner has gone on"
        ) : (
          <>
            You practise with <span dir="auto">{partner}</span>
          </>
        )}
      </h2>
      <p role="status">
        {room === null
          ? "The room is being opened…"
          : entering.isPending || entering.isSuccess
            ? "Going to your room…"
            : "Your room is open, and your place in it is kept."}
      </p>
      {entering.isError && <p role="alert">{entering.error.message}</p>}
      <div className={styles.actions}>
        {room && !entering.isPending && (
          <Button look="primary" large onClick={() => mutate(room)}>
            Go to the room
          </Button>
        )}
        {room && !entering.isPending && (
          <Button look="quiet" onClick={onLookAgain}>
            Look for somebody else
          </Button>
        )}
      </div>
    </section>
  );
}
