import { useMutation } from "@tanstack/react-query";
import type { InvitedRole } from "@whetstone/shared/room/seats/commands";
import type { HostView, InvitedView, LinkView } from "@whetstone/shared/room/view/host";
import { inviteByName, renewLink } from "../../api/links.ts";
import { keepLink, keepOwnLink } from "../../browser/remembered.ts";
import { Button } from "../../ui/Button.tsx";
import { ROLE_NAMES } from "../../words.ts";
import { useRoom, useRoomContext } from "../store/context.tsx";
import { Invitation } from "./Invitation.tsx";
import { LinkRow } from "./LinkRow.tsx";
import styles from "./Links.module.css";

const ABOUT: Record<InvitedRole, { readonly title: string; readonly text: string }> = {
  candidate: { title: ROLE_NAMES.candidate, text: "One person; opened again, it moves their seat there." },
  interviewer: { title: "One link for several", text: "As many as you like; you admit each who comes." },
  observer: { title: ROLE_NAMES.observer, text: "They see the questions and answers, no scores." },
  captioner: {
    title: ROLE_NAMES.captioner,
    text: "They type what is said, for whoever reads it. They see who is there and what the candidate is asked; everybody sees them, and you admit who comes.",
  },
};

/** Who may come in by which link, with its expiry. Secrets are kept in this browser only; the server has their hashes. */
export function Links({ view }: { view: HostView }) {
  const { roomId, token } = useRoomContext();
  const ended = view.room.phase === "ended";
  const invite = async (names: readonly string[], days: 1 | 7 | 30) => {
    const { links } = await inviteByName(token, { names: [...names], days });
    for (const link of links) keepLink(roomId, link);
  };
  return (
    <div className={styles.groups}>
      <ul className={styles.links}>
        <ForAll kind="candidate" links={view.links} />
      </ul>
      <section aria-labelledby="links-interviewers">
        <h3 id="links-interviewers">Interviewers</h3>
        <ul className={styles.links}>
          {view.invited.map((invited) => (
            <ForPerson key={invited.linkId} invited={invited} />
          ))}
        </ul>
        {!ended && <Invitation onInvite={invite} />}
        <ul className={styles.links}>
          <ForAll kind="interviewer" links={view.links} />
        </ul>
      </section>
      <ul className={styles.links}>
        <ForAll kind="observer" links={view.links} />
        {view.links.some(({ role }) => role === "captioner") ? (
          <ForAll kind="captioner" links={view.links} />
        ) : (
          !ended && <FirstForCaptioner />
        )}
        {view.ownLinkId !== null && <OwnLink linkId={view.ownLinkId} />}
      </ul>
    </div>
  );
}

/** The link for a whole kind of seat. */
function ForAll({ kind: role, links }: { kind: InvitedRole; links: readonly LinkView[] }) {
  const { roomId, token } = useRoomContext();
  const link = links.find((one) => one.role === role);
  if (!link) return null;
  return (
    <LinkRow
      link={link}
      whose={`the ${ROLE_NAMES[role].toLowerCase()}`}
      title={ABOUT[role].title}
      text={ABOUT[role].text}
      onRenew={async (days) => keepLink(roomId, await renewLink(token, { role, days }))}
    />
  );
}

/** No room has one before its host asks for it. */
function FirstForCaptioner() {
  const { roomId, token } = useRoomContext();
  const making = useMutation({
    mutationFn: async () => keepLink(roomId, await renewLink(token, { role: "captioner", days: 7 })),
  });
  const { title, text } = ABOUT.captioner;
  return (
    <li className={styles.link}>
      <span className={styles.about}>
        <b>{title}</b>
        <small>{text}</small>
      </span>
      <span className={styles.actions}>
        <Button disabled={making.isPending} onClick={() => making.mutate()}>
          Make a link<span className="visually-hidden"> for a captioner</span>
        </Button>
      </span>
      {making.isError && <small role="alert">{making.error.message}</small>}
    </li>
  );
}

/** One interviewer's own. */
function ForPerson({ invited }: { invited: InvitedView }) {
  const { roomId, token } = useRoomContext();
  const { present } = useRoom();
  const { linkId, name, seatId } = invited;
  const whereabouts = seatId === null ? "Not here yet." : present.has(seatId) ? "Here." : "Away.";
  return (
    <LinkRow
      link={invited}
      whose={name}
      title={name}
      text={whereabouts}
      onRenew={async (days) => keepLink(roomId, await renewLink(token, { role: "interviewer", days, linkId }))}
    />
  );
}

/** By which the host comes back. It cannot be revoked, as nobody could let them in again. */
function OwnLink({ linkId }: { linkId: string }) {
  const { roomId, token } = useRoomContext();
  return (
    <LinkRow
      link={{ linkId, expiresAt: null, revoked: false }}
      whose="the host"
      title="Your own"
      text="Your way back as the host. Renewed, the one before is dead everywhere."
      canBeRevoked={false}
      onRenew={async (days) => keepOwnLink(roomId, await renewLink(token, { role: "host", days }))}
    />
  );
}
