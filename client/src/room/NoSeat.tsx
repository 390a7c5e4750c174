import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { joinByLink, leadHostBack } from "../api/links.ts";
import { serverInfo } from "../api/rooms.ts";
import {
  hostKey,
  type KnownSeat,
  keepSeat,
  keepTabSeat,
  knownSeatsIn,
  secretOf,
  type TabSeat,
} from "../browser/remembered.ts";
import { asksForKey } from "../refusals.ts";
import { Button } from "../ui/Button.tsx";
import { HostKeyField } from "../ui/HostKeyField.tsx";
import { Message } from "../ui/Message.tsx";
import { ROLE_NAMES } from "../words.ts";
import styles from "./NoSeat.module.css";

interface NoSeatProps {
  readonly roomId: string;
  readonly onSeat: (seat: TabSeat) => void;
}

/** A room's address in a tab that has no seat there: the seats of this browser, the link that one was sent, and the host's last way back. */
export function NoSeat({ roomId, onSeat }: NoSeatProps) {
  const seats = knownSeatsIn(roomId);
  const taking = useMutation({
    mutationFn: async (seat: Pick<KnownSeat, "role" | "name"> & { readonly secret: string }) => {
      const { secret, name } = seat;
      const { token, role, wayBack } = await joinByLink({ secret, name: null });
      const taken = { token, role, link: wayBack ?? secret };
      keepTabSeat(roomId, taken);
      keepSeat({ ...taken, roomId, name });
      return taken;
    },
    onSuccess: onSeat,
  });
  const isOne = seats.length > 0;
  return (
    <Message
      title={isOne ? "Go on in this tab?" : "This tab has no seat in the room"}
      actions={
        <>
          {seats.map((seat, index) => (
            <Button
              key={seat.token}
              look={index === 0 ? "primary" : "plain"}
              large
              disabled={taking.isPending}
              onClick={() => taking.mutate({ ...seat, secret: secretOf(seat) })}
            >
              Continue as {seat.name || "yourself"} ({ROLE_NAMES[seat.role].toLowerCase()})
            </Button>
          ))}
          <Link to="/">Your rooms</Link>
        </>
      }
    >
      {taking.error ? (
        <span role="alert">{taking.error.message}</span>
      ) : isOne ? (
        "You have a seat in this room in this browser. If it is open in another tab or on another device, it moves here."
      ) : (
        "Open the link that you were sent. It leads you back to your seat."
      )}
      {!isOne && (
        <LeadBack
          roomId={roomId}
          isTaking={taking.isPending}
          onLink={(secret) => taking.mutate({ secret, role: "host", name: "" })}
        />
      )}
    </Message>
  );
}

interface LeadBackProps {
  readonly roomId: string;
  readonly isTaking: boolean;
  readonly onLink: (secret: string) => void;
}

/** Where the browser is lost from which the room was led, and the link with it: by the key that opens rooms on this server. */
function LeadBack({ roomId, isTaking, onLink }: LeadBackProps) {
  const [key, setKey] = useState(hostKey() ?? "");
  const info = useQuery({ queryKey: ["info"], queryFn: serverInfo });
  const leading = useMutation({
    mutationFn: () => leadHostBack(roomId, key.trim()),
    onSuccess: ({ secret }) => onLink(secret),
  });
  if (!info.data?.keyRequired) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() !== "") leading.mutate();
  };
  return (
    <details className={styles.lost}>
      <summary>You lead this room, and lost your own link?</summary>
      <form onSubmit={submit} noValidate>
        <HostKeyField
          value={key}
          doing="coming back as the host"
          error={asksForKey(leading.error) ? "That is not this server's host key." : leading.error?.message}
          onChange={(given) => {
            setKey(given);
            leading.reset();
          }}
        />
        <p>
          You get your seat back in this browser, with all that you wrote. The link that you had opens nothing any more.
        </p>
        <Button type="submit" disabled={leading.isPending || isTaking}>
          Come back as the host
        </Button>
      </form>
    </details>
  );
}
