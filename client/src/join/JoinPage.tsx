import { Link, useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import type { LookResponse } from "@whetstone/shared/links-wire";
import { LIMITS } from "@whetstone/shared/room/limits";
import { asName } from "@whetstone/shared/visible";
import { type FormEvent, useEffect, useState } from "react";
import { joinByLink, lookAtLink } from "../api/links.ts";
import { asPasted } from "../browser/pasted.ts";
import {
  type KnownSeat,
  keepLastName,
  keepSeat,
  keepTabSeat,
  knownSeatsIn,
  lastName,
  secretOf,
} from "../browser/remembered.ts";
import { keepWelcome } from "../browser/welcome.ts";
import { RequestRefused } from "../refusals.ts";
import { Button } from "../ui/Button.tsx";
import { KeptUntil } from "../ui/KeptUntil.tsx";
import { Message } from "../ui/Message.tsx";
import { nameFault } from "../ui/name-fault.ts";
import { PlainField } from "../ui/PlainField.tsx";
import { ROLE_NAMES } from "../words.ts";
import { Beforehand } from "./Beforehand.tsx";
import styles from "./JoinPage.module.css";
import { useRequest } from "./useRequest.ts";

/** Where a link leads: one look at what it offers, a name, and in. A link back to one's own seat asks nothing. */
export function JoinPage() {
  const secret = useLocation({ select: ({ hash }) => asPasted(hash) });
  const navigate = useNavigate();
  const router = useRouter();
  // While the link is looked at and a name is written, the room's page comes.
  useEffect(() => {
    void router.loadRouteChunk(router.routesByPath["/room/$roomId"])?.catch(() => {});
  }, [router]);
  const enter = (seat: KnownSeat) => {
    const { token, role, link } = seat;
    keepTabSeat(seat.roomId, { token, role, link });
    keepSeat(seat);
    void navigate({ to: "/room/$roomId", params: { roomId: seat.roomId }, replace: true });
  };
  if (secret === "") return <Message title="This link is not whole">Check that all of it was copied.</Message>;
  return <LinkPage key={secret} secret={secret} onEnter={enter} />;
}

function LinkPage({ secret, onEnter }: { secret: string; onEnter: (seat: KnownSeat) => void }) {
  const look = useRequest(lookAtLink);
  const { send } = look;
  useEffect(() => send(secret), [send, secret]);
  if (look.error instanceof RequestRefused && look.error.refusal.reason === "place_taken") {
    return (
      <Message title="This place is taken" actions={<Link to="/">Your rooms</Link>}>
        {look.error.message}
      </Message>
    );
  }
  if (look.error) {
    return (
      <Message title="This link does not open a room" actions={<Button onClick={() => send(secret)}>Try again</Button>}>
        {look.error.message}
      </Message>
    );
  }
  if (!look.answer) return <Message title="One moment…" passing />;
  return <Greeting look={look.answer} secret={secret} onEnter={onEnter} />;
}

function Greeting({
  look,
  secret,
  onEnter,
}: {
  look: LookResponse;
  secret: string;
  onEnter: (seat: KnownSeat) => void;
}) {
  const mine = knownSeatsIn(look.roomId);
  const known = look.seated ? undefined : mine.find(({ role }) => role === look.role);
  // Somebody else's, while this browser is one person's already. Peers may well practise in two tabs of one.
  const held =
    look.role === "host" || look.people !== undefined ? undefined : mine.find(({ role }) => role !== look.role);
  const [asOther, setAsOther] = useState(false);
  const joining = useRequest(
    async ({ by, name }: { by: string; name: string | null }) => {
      const { roomId, token, role, wayBack, view } = await joinByLink({ secret: by, name, asks: "view" });
      if (view) keepWelcome(token, view);
      onEnter({ roomId, token, role, link: wayBack, name: (look.seated ? look.name : name) ?? known?.name ?? "" });
    },
    { isPatient: true },
  );
  const join = (name: string | null) => joining.send({ by: secret, name });
  // The host's own link, and the seats of this browser's list, lead straight back.
  const isOwn = look.role === "host" || mine.some((seat) => isWayInto(seat, secret));
  const { send } = joining;
  useEffect(() => {
    if (isOwn) send({ by: secret, name: null });
  }, [isOwn, secret, send]);

  if (isOwn && !joining.error) return <Message title="One moment…" passing />;
  if (held && !known && !asOther && (look.seated || !look.ended)) {
    return (
      <Message
        title={`You are in this room as ${held.name || ROLE_NAMES[held.role].toLowerCase()}`}
        actions={
          <>
            <Button
              look="primary"
              large
              disabled={joining.isPending}
              onClick={() => joining.send({ by: secretOf(held), name: null })}
            >
              Continue as {held.name || "before"}
            </Button>
            <Button large onClick={() => setAsOther(true)}>
              {look.seated && look.name ? `Take ${look.name}'s seat here` : `Join as ${WITH_ARTICLE[look.role]} too`}
            </Button>
          </>
        }
      >
        {joining.error?.message ??
          `${elsewhere(look)} Your own seat here is the ${ROLE_NAMES[held.role].toLowerCase()}'s.`}
      </Message>
    );
  }
  if (look.seated) {
    return (
      <Message
        title={look.name ? `Welcome back, ${look.name}` : "Welcome back"}
        actions={
          <Button look="primary" large disabled={joining.isPending} onClick={() => join(null)}>
            Go to your seat
          </Button>
        }
      >
        {joining.error?.message ?? `${look.title}. If it is open in another tab or on another device, it moves here.`}
      </Message>
    );
  }
  if (look.ended && !known)
    return <Message title="This interview is over">{`${look.title}, hosted by ${look.hostName}, has ended.`}</Message>;
  if (known && (look.ended || !asOther)) {
    return (
      <Message
        title={`Continue as ${known.name}?`}
        actions={
          <>
            <Button look="primary" large onClick={() => joining.send({ by: secretOf(known), name: null })}>
              Continue as {known.name}
            </Button>
            {!look.ended && (
              <Button large onClick={() => setAsOther(true)}>
                Join as someone else
              </Button>
            )}
          </>
        }
      >
        {joining.error?.message ?? "You have a seat in this room already, with what you wrote and scored."}
      </Message>
    );
  }
  return <NameForm look={look} joining={joining.isPending} error={joining.error?.message} onName={join} />;
}

const WITH_ARTICLE: Record<LookResponse["role"], string> = {
  host: "the host",
  candidate: "the candidate",
  interviewer: "an interviewer",
  observer: "an observer",
  captioner: "a captioner",
};

/** Whose link it is, and what opening it here does. */
function elsewhere({ role, seated, name }: LookResponse): string {
  if (!seated) return `This link is for ${WITH_ARTICLE[role]}.`;
  return `This link is ${name ?? WITH_ARTICLE[role]}'s own: opened here, it takes the seat from where they have it.`;
}

/** A candidate's link is theirs from the first, and says so before it moves their seat. */
const isWayInto = ({ token, link, role }: KnownSeat, secret: string): boolean =>
  token === secret || (link === secret && role !== "candidate");

const INVITATIONS: Record<LookResponse["role"], (host: string) => string> = {
  host: () => "",
  candidate: (host) => `${host} will let you in when they are ready. You need nothing but this page.`,
  interviewer: (host) => `${host} asks you to join the panel. Your ratings and notes stay yours until you submit them.`,
  observer: (host) => `${host} asks you to watch. You see the questions and the answers, and nobody's scores.`,
  captioner: (host) =>
    `${host} asks you to type what is said, for whoever reads it. Everybody sees that you are there; ${host} lets you in when they are ready.`,
};

const practiceWords = ({ hostName, people = 2 }: LookResponse): string =>
  people > 2
    ? `${hostName} asks you to practise interviews in a group: everybody asks once and is asked once.`
    : `${hostName} asks you to practise interviews with them: each of you asks once and is asked once, for the same time.`;

interface NameFormProps {
  readonly look: LookResponse;
  readonly joining: boolean;
  readonly error: string | undefined;
  readonly onName: (name: string) => void;
}

function NameForm({ look, joining, error, onName }: NameFormProps) {
  const [name, setName] = useState(look.name ?? (look.role === "candidate" ? "" : lastName()));
  const [fault, setFault] = useState<string | undefined>();
  const isByName = look.name !== null && (look.role === "interviewer" || look.people !== undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = name.trim();
    const wrong = nameFault(given, LIMITS.name, "Write the name that the others should see.");
    setFault(wrong);
    if (wrong !== undefined) return;
    if (look.role !== "candidate" || look.people !== undefined) keepLastName(asName(given));
    onName(asName(given));
  };
  return (
    <Message title={isByName ? `Welcome, ${look.name}` : look.title}>
      <span>
        {isByName && `${look.title}. `}
        {look.people === undefined ? INVITATIONS[look.role](look.hostName) : practiceWords(look)}
        {look.role === "interviewer" && !isByName && ` ${look.hostName} will let you in.`}
        {look.company === undefined && (look.role === "candidate" || look.people !== undefined) && (
          <>
            {" "}
            What you write is kept on this server.{" "}
            <KeptUntil at={look.keptUntil} by={look.people === undefined ? "the host" : "one of you"} />
          </>
        )}
      </span>
      <form onSubmit={submit} className={styles.form} noValidate>
        <PlainField
          label="Your name"
          error={fault ?? error}
          value={name}
          autoComplete="name"
          autoFocus
          onChange={(event) => {
            setFault(undefined);
            setName(event.target.value);
          }}
        />
        <Button type="submit" look="primary" large disabled={joining}>
          {joining ? "Joining…" : "Join"}
        </Button>
      </form>
      {look.company && <Beforehand company={look.company} host={look.hostName} keptUntil={look.keptUntil} />}
    </Message>
  );
}
