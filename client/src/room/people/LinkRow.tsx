import { useMutation } from "@tanstack/react-query";
import { LINK_DAYS } from "@whetstone/shared/links-wire";
import type { LinkView } from "@whetstone/shared/room/view/host";
import { useState } from "react";
import { linkSecret } from "../../browser/remembered.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { momentText, plural } from "../../words.ts";
import { useRoomContext, useSend, useServerNow } from "../store/context.tsx";
import styles from "./Links.module.css";
import { Asked } from "./PersonActions.tsx";

type Days = (typeof LINK_DAYS)[number];
type ShownLink = Pick<LinkView, "linkId" | "expiresAt" | "revoked">;

interface LinkRowProps {
  readonly link: ShownLink;
  /** As in "Renew …'s link". */
  readonly whose: string;
  readonly title: string;
  readonly text: string;
  readonly canBeRevoked?: boolean;
  /** Makes a new one in its place, and keeps it. */
  readonly onRenew: (days: Days) => Promise<void>;
}

/** A link: what it is for, how long it works, and what can be done with it. */
export function LinkRow({ link, whose, title, text, canBeRevoked = true, onRenew }: LinkRowProps) {
  const { roomId } = useRoomContext();
  const now = useServerNow();
  const [isRenewing, setRenewing] = useState(false);
  const renewal = useMutation({ mutationFn: onRenew, onSuccess: () => setRenewing(false) });
  const secret = linkSecret(roomId, link.linkId);
  const expired = link.expiresAt !== null && link.expiresAt <= now;
  const dead = link.revoked || expired;
  return (
    <li className={styles.link}>
      <span className={styles.about}>
        <b dir="auto">{title}</b>
        <small>{text}</small>
        <small data-dead={dead}>{status(link, expired, now)}</small>
      </span>
      <span className={styles.actions}>
        {isRenewing ? (
          <Renewal
            isAlive={!dead}
            isForEver={!canBeRevoked}
            disabled={renewal.isPending}
            onRenew={renewal.mutate}
            onCancel={() => setRenewing(false)}
          />
        ) : (
          <>
            {!dead && secret !== null && (
              <CopyButton text={`${window.location.origin}/join#${secret}`} label="Copy link" about={`for ${whose}`} />
            )}
            <Button look="quiet" onClick={() => setRenewing(true)} aria-label={`Renew ${whose}'s link`}>
              {dead ? "Make a new one" : "Renew"}
            </Button>
            {!dead && canBeRevoked && <Revoke linkId={link.linkId} whose={whose} />}
          </>
        )}
      </span>
      {!dead && secret === null && !isRenewing && (
        <small className={styles.hint}>
          Made in another browser, which alone can show it. Renew it to get one here.
        </small>
      )}
      {renewal.isError && <small role="alert">{renewal.error.message}</small>}
    </li>
  );
}

interface RenewalProps {
  /** The one before works still, and somebody may have it. */
  readonly isAlive: boolean;
  readonly isForEver: boolean;
  readonly disabled: boolean;
  readonly onRenew: (days: Days) => void;
  readonly onCancel: () => void;
}

function Renewal({ isAlive, isForEver, disabled, onRenew, onCancel }: RenewalProps) {
  const [first] = LINK_DAYS;
  return (
    <>
      {isAlive && <small>The link that was sent before stops working.</small>}
      {isForEver ? (
        <Button disabled={disabled} onClick={() => onRenew(first)}>
          Make a new one
        </Button>
      ) : (
        <>
          <small>Valid for</small>
          {LINK_DAYS.map((days) => (
            <Button key={days} disabled={disabled} onClick={() => onRenew(days)}>
              {plural(days, "day")}
            </Button>
          ))}
        </>
      )}
      <Button look="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </>
  );
}

function Revoke({ linkId, whose }: { linkId: string; whose: string }) {
  const send = useSend();
  return (
    <Asked
      label="Revoke"
      name={`Revoke ${whose}'s link`}
      text="It stops working for whoever has it. Those who are in stay."
      danger
      onSure={() => send({ type: "revokeLink", linkId })}
    />
  );
}

function status({ revoked, expiresAt }: ShownLink, expired: boolean, now: number): string {
  if (revoked) return "Revoked";
  if (expired) return "Expired";
  if (expiresAt === null) return "Does not expire";
  const days = (expiresAt - now) / (24 * 3_600_000);
  if (days >= 1.5) return `Valid for ${plural(Math.round(days), "day")}`;
  return `Valid until ${momentText(expiresAt)}`;
}
