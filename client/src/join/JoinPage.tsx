import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { LIMITS } from "@whetstone/shared/room/limits";
import type { LookResponse } from "@whetstone/shared/wire";
import { type FormEvent, useEffect, useState } from "react";
import { joinByLink, lookAtLink } from "../api.ts";
import { asPasted } from "../browser/pasted.ts";
import {
  type KnownSeat,
  keepLastName,
  keepSeat,
  keepTabSeat,
  knownSeats,
  lastName,
  secretOf,
} from "../browser/remembered.ts";
import { RequestRefused } from "../refusals.ts";
import { Button } from "../ui/Button.tsx";
import { KeptUntil } from "../ui/KeptUntil.tsx";
import { Message } from "../ui/Message.tsx";
import { PlainField } from "../ui/PlainField.tsx";
import styles from "./JoinPage.module.css";

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
  const look = useQuery({
    queryKey: ["link", secret],
    queryFn: () => lookAtLink(secret),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
  if (look.isPending) return <Message title="One moment…" />;
  if (look.error instanceof RequestRefused && look.error.refusal.reason === "place_taken") {
    return (
      <Message title="This place is taken" actions={<Link to="/">Your rooms</Link>}>
        {look.error.message}
      </Message>
    );
  }
  if (look.isError) {
    return (
      <Message
        title="This link does not open a room"
        actions={<Button onClick={() => void look.refetch()}>Try again</Button>}
      >
        {look.error.message}
      </Message>
    );
  }
  return <Greeting look={look.data} secret={secret} onEnter={onEnter} />;
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
  const known = look.seated
    ? undefined
    : knownSeats().find(({ roomId, role }) => roomId === look.roomId && role === look.role);
  const [asOther, setAsOther] = useState(false);
  const joining = useMutation({
    mutationFn: ({ by, name }: { by: string; name: string | null }) => joinByLink({ secret: by, name }),
    onSuccess: ({ roomId, token, role, wayBack }, { name }) =>
      onEnter({ roomId, token, role, link: wayBack, name: (look.seated ? look.name : name) ?? known?.name ?? "" }),
  });
  const join = (name: string | null) => joining.mutate({ by: secret, name });
  // The host's own link, and the seats of this browser's list, lead straight back.
  const isOwn = look.role === "host" || knownSeats().some((seat) => isWayInto(seat, secret));
  const { mutate } = joining;
  useEffect(() => {
    if (isOwn) mutate({ by: secret, name: null });
  }, [isOwn, secret, mutate]);

  if (isOwn && !joining.isError) return <Message title="One moment…" />;
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
  if (look.ended)
    return <Message title="This interview is over">{`${look.title}, hosted by ${look.hostName}, has ended.`}</Message>;
  if (known && !asOther) {
    return (
      <Message
        title={`Continue as ${known.name}?`}
        actions={
          <>
            <Button look="primary" large onClick={() => joining.mutate({ by: secretOf(known), name: null })}>
              Continue as {known.name}
            </Button>
            <Button large onClick={() => setAsOther(true)}>
              Join as someone else
            </Button>
          </>
        }
      >
        You have a seat in this room already, with what you wrote and scored.
      </Message>
    );
  }
  return <NameForm look={look} joining={joining.isPending} error={joining.error?.message} onName={join} />;
}

/** A candidate's link is theirs from the first, and says so before it moves their seat. */
const isWayInto = ({ token, link, role }: KnownSeat, secret: string): boolean =>
  token === secret || (link === secret && role !== "candidate");

const INVITATIONS: Record<LookResponse["role"], (host: string) => string> = {
  host: () => "",
  candidate: (host) => `${host} will let you in when they are ready. You need nothing but this page.`,
  interviewer: (host) => `${host} asks you to join the panel. Your ratings and notes stay yours until you submit them.`,
  observer: (host) => `${host} asks you to watch. You see the questions and the answers, and nobody's scores.`,
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
  const [missing, setMissing] = useState(false);
  const isByName = look.name !== null && (look.role === "interviewer" || look.people !== undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = name.trim();
    setMissing(given === "");
    if (given === "") return;
    if (look.role !== "candidate" || look.people !== undefined) keepLastName(given);
    onName(given);
  };
  return (
    <Message title={isByName ? `Welcome, ${look.name}` : look.title}>
      <span>
        {isByName && `${look.title}. `}
        {look.people === undefined ? INVITATIONS[look.role](look.hostName) : practiceWords(look)}
        {look.role === "interviewer" && !isByName && ` ${look.hostName} will let you in.`}
        {(look.role === "candidate" || look.people !== undefined) && (
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
          error={missing ? "Write the name that the others should see." : error}
          value={name}
          maxLength={LIMITS.name}
          autoComplete="name"
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" look="primary" large disabled={joining}>
          {joining ? "Joining…" : "Join"}
        </Button>
      </form>
    </Message>
  );
}
