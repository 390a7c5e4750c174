import { useMutation } from "@tanstack/react-query";
import type { InvitedRole } from "@whetstone/shared/room/seats/commands";
import type { HostView, LinkView } from "@whetstone/shared/room/view/host";
import { LINK_DAYS } from "@whetstone/shared/wire";
import { useState } from "react";
import { renewLink } from "../../api.ts";
import { keepLink, linkSecret } from "../../browser/remembered.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { momentText, plural, ROLE_NAMES } from "../../words.ts";
import { useRoomContext, useSend, useServerNow } from "../store/context.tsx";
import styles from "./Links.module.css";

const FOR_WHOM: Record<InvitedRole, string> = {
  candidate: "One person; opened again, it moves their seat there.",
  interviewer: "As many as you like, each by name.",
  observer: "They see the questions and answers, no scores.",
};
const ORDER: readonly InvitedRole[] = ["candidate", "interviewer", "observer"];

/** One link for each kind of seat, with its expiry. Secrets are kept in this browser only; the server has their hashes. */
export function Links({ view }: { view: HostView }) {
  const links = ORDER.flatMap((role) => view.links.find((link) => link.role === role) ?? []);
  return (
    <ul className={styles.links}>
      {links.map((link) => (
        <LinkRow key={link.role} link={link} />
      ))}
    </ul>
  );
}

function LinkRow({ link }: { link: LinkView }) {
  const { roomId, token } = useRoomContext();
  const send = useSend();
  const now = useServerNow();
  const [renewingFor, setRenewing] = useState(false);
  const renewal = useMutation({
    mutationFn: (days: (typeof LINK_DAYS)[number]) => renewLink(token, { role: link.role, days }),
    onSuccess: (made) => {
      keepLink(roomId, made);
      setRenewing(false);
    },
  });
  const secret = linkSecret(roomId, link.linkId);
  const expired = link.expiresAt !== null && link.expiresAt <= now;
  const dead = link.revoked || expired;
  const name = ROLE_NAMES[link.role].toLowerCase();
  return (
    <li className={styles.link}>
      <span className={styles.about}>
        <b>{ROLE_NAMES[link.role]}</b>
        <small>{FOR_WHOM[link.role]}</small>
        <small data-dead={dead}>{status(link, expired, now)}</small>
      </span>
      <span className={styles.actions}>
        {renewingFor ? (
          <>
            <small>Valid for</small>
            {LINK_DAYS.map((days) => (
              <Button key={days} disabled={renewal.isPending} onClick={() => renewal.mutate(days)}>
                {plural(days, "day")}
              </Button>
            ))}
            <Button look="quiet" onClick={() => setRenewing(false)}>
              Cancel
            </Button>
          </>
        ) : (
          <>
            {!dead && secret !== null && (
              <CopyButton
                text={`${window.location.origin}/join#${secret}`}
                label="Copy link"
                about={`for the ${name}`}
              />
            )}
            <Button look="quiet" onClick={() => setRenewing(true)} aria-label={`Renew the ${name}'s link`}>
              {dead ? "Make a new one" : "Renew"}
            </Button>
            {!dead && (
              <Button
                look="quiet"
                onClick={() => send({ type: "revokeLink", linkId: link.linkId })}
                aria-label={`Revoke the ${name}'s link`}
              >
                Revoke
              </Button>
            )}
          </>
        )}
      </span>
      {!dead && secret === null && !renewingFor && (
        <small className={styles.hint}>
          Made in another browser, which alone can show it. Renew it to get one here.
        </small>
      )}
      {renewal.isError && <small role="alert">{renewal.error.message}</small>}
    </li>
  );
}

function status({ revoked, expiresAt }: LinkView, expired: boolean, now: number): string {
  if (revoked) return "Revoked";
  if (expired) return "Expired";
  if (expiresAt === null) return "Does not expire";
  const days = (expiresAt - now) / (24 * 3_600_000);
  if (days >= 1.5) return `Valid for ${plural(Math.round(days), "day")}`;
  return `Valid until ${momentText(expiresAt)}`;
}
