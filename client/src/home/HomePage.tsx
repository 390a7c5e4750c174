import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Standing } from "@whetstone/shared/comparison/standing";
import { ArrowRight, Plus, Presentation, UserRound, UsersRound, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { heldRooms } from "../browser/held.ts";
import { keyAsPasted } from "../browser/pasted.ts";
import {
  forgetHostedRoom,
  type HostedRoom,
  hostedRooms,
  keepHostKey,
  knownSeats,
  secretOf,
  unreadableRooms,
} from "../browser/remembered.ts";
import { RequestRefused } from "../refusals.ts";
import { SiteHeader } from "../site/SiteHeader.tsx";
import { Button, buttonClass } from "../ui/Button.tsx";
import { PageHeading } from "../ui/PageHeading.tsx";
import { dayText, plural, ROLE_NAMES } from "../words.ts";
import { FindRooms, type RoomFilter } from "./FindRooms.tsx";
import styles from "./HomePage.module.css";
import { isSought, type KnownStandings, leftToDo, readStandings, STATUS_NAMES } from "./rooms.ts";

const WAYS = [
  {
    to: "/new",
    name: "Interview a candidate",
    about: "Open a room, send the links, ask and score with your panel.",
    icon: Presentation,
  },
  {
    to: "/practice",
    name: "Practise with somebody",
    about: "Interview each other, one after the other, and say what you noticed.",
    icon: UsersRound,
  },
  {
    to: "/practice/alone",
    name: "Practise alone",
    about: "Answer against the clock, then rate yourself by the anchors.",
    icon: UserRound,
  },
] as const;

/** The rooms that this browser hosts, the seats it holds elsewhere, and the way to a new room. */
export function HomePage() {
  useState(keepKeyFromAddress);
  const [rooms, setRooms] = useState(hostedRooms);
  const seats = knownSeats().filter(
    ({ role, roomId }) => role !== "host" && !rooms.some((room) => room.roomId === roomId),
  );
  const unreadable = unreadableRooms();
  const [held] = useState(heldRooms);
  const canCompare = held.secrets.length > 0;
  const standings = useStandings(held.secrets);
  const [filter, setFilter] = useState<RoomFilter>({ search: "", status: null });
  const shown = rooms.filter((room) => fits(filter, room, standings.data?.byRoom.get(room.roomId)));
  const shownSeats = seats.filter((seat) => fits(filter, seat, standings.data?.byRoom.get(seat.roomId)));
  const forget = (roomId: string) => {
    forgetHostedRoom(roomId);
    setRooms(hostedRooms());
  };
  return (
    <div className={styles.page}>
      <title>Your rooms · Whetstone</title>
      <SiteHeader
        actions={
          <Link to="/new" className={buttonClass({ look: "primary" })}>
            <Plus size={15} aria-hidden /> Open a room
          </Link>
        }
      />
      <main className={styles.main}>
        <nav className={styles.ways} aria-label="What to do">
          {WAYS.map(({ to, name, about, icon: Icon }) => (
            <Link key={to} to={to} className={styles.way}>
              <Icon size={20} aria-hidden />
              <b>{name}</b>
              <small>{about}</small>
            </Link>
          ))}
        </nav>
        <div className={styles.heading}>
          <PageHeading>Your rooms</PageHeading>
          {canCompare && <Link to="/compare">Compare candidates</Link>}
        </div>
        {rooms.length === 0 && (
          <div className={styles.empty}>
            <p>You host no room in this browser yet.</p>
            <p>Everything that is asked, answered and scored is kept on this server.</p>
          </div>
        )}
        {rooms.length + seats.length > 0 && (
          <FindRooms
            filter={filter}
            onChange={setFilter}
            statuses={new Set([...(standings.data?.byRoom.values() ?? [])].map(({ status }) => status))}
          />
        )}
        {standings.isError && (
          <p className={styles.unreadable} role="status">
            {standings.error instanceof RequestRefused && standings.error.isAnswer
              ? standings.error.message
              : "The server cannot be reached, so how your rooms stand is not shown."}{" "}
            <Button onClick={() => void standings.refetch()}>Try again</Button>
          </p>
        )}
        <ul className={styles.rooms}>
          {shown.map((room) => (
            <RoomRow
              key={room.roomId}
              room={room}
              standing={<StandingLine known={standings.data} roomId={room.roomId} />}
              onForget={() => forget(room.roomId)}
            />
          ))}
        </ul>
        {rooms.length + seats.length > 0 && shown.length + shownSeats.length === 0 && (
          <p className={styles.empty}>No room fits. Search for less, or show all of them.</p>
        )}
        {held.beyond > 0 && (
          <p className={styles.unreadable}>
            How {plural(held.beyond, "older room")} {held.beyond === 1 ? "stands" : "stand"} is not asked for.
          </p>
        )}
        {unreadable > 0 && (
          <p className={styles.unreadable}>
            {plural(unreadable, "more room")} of yours {unreadable === 1 ? "was" : "were"} kept by another version of
            this page, which this one cannot show. They stay kept; nothing of them is lost.
          </p>
        )}
        {shownSeats.length > 0 && (
          <section>
            <h2>Seats you took in other rooms</h2>
            <ul className={styles.rooms}>
              {shownSeats.map(({ roomId, role, name, ...seat }) => (
                <li key={`${roomId}${role}`} className={styles.room}>
                  <Link to="/join" hash={secretOf(seat)} className={styles.enter}>
                    <span className={styles.title}>{name}</span>
                    <span className={styles.about}>
                      {aboutSeat(ROLE_NAMES[role], standings.data?.byRoom.get(roomId)).join(" · ")}
                    </span>
                    <StandingLine known={standings.data} roomId={roomId} />
                    <ArrowRight size={17} aria-hidden />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </div>
  );
}

/** How the rooms of these secrets stand. The list does without it where the server does not answer. */
const useStandings = (secrets: readonly string[]) =>
  useQuery({
    queryKey: ["across", "/across/rooms", secrets],
    queryFn: ({ signal }) => readStandings(secrets, signal),
    enabled: secrets.length > 0,
    staleTime: 0,
    networkMode: "always",
    retry: false,
  });

interface Sought {
  readonly title?: unknown;
  readonly name?: unknown;
  readonly candidateName?: unknown;
  readonly forRole?: unknown;
}

const textOf = (known: unknown): string | null => (typeof known === "string" ? known : null);

function fits({ search, status }: RoomFilter, room: Sought, standing: Standing | undefined): boolean {
  if (status !== null && standing?.status !== status) return false;
  const ofServer = [standing?.title, standing?.candidate, standing?.forRole];
  return isSought(
    search,
    [room.title, room.name, room.candidateName, room.forRole].map(textOf).concat(ofServer.map(textOf)),
  );
}

const aboutSeat = (role: string, standing: Standing | undefined): string[] =>
  [role, standing?.candidate, standing?.title, standing?.forRole, standing?.at ? dayText(standing.at) : null].flatMap(
    (fact) => fact || [],
  );

/** How a room stands, where the server said so. */
function StandingLine({ known, roomId }: { known: KnownStandings | undefined; roomId: string }) {
  const standing = known?.byRoom.get(roomId);
  const sentence = known?.unreadable.get(roomId);
  if (sentence !== undefined) return <span className={styles.standing}>{sentence}</span>;
  if (!standing) return null;
  return (
    <span className={styles.standing} data-status={standing.status}>
      {[STATUS_NAMES[standing.status], ...leftToDo(standing)].map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </span>
  );
}

interface RoomRowProps {
  readonly room: HostedRoom;
  readonly standing: ReactNode;
  readonly onForget: () => void;
}

function RoomRow({ room, standing, onForget }: RoomRowProps) {
  const [asked, setAsked] = useState(false);
  const about = [room.forRole, `${room.minutes} min`, dayText(room.openedAt)];
  return (
    <li className={styles.room}>
      <Link to="/join" hash={room.hostSecret} className={styles.enter}>
        <span className={styles.title}>{room.candidateName ?? room.title}</span>
        <span className={styles.about}>{[room.candidateName && room.title, ...about].filter(Boolean).join(" · ")}</span>
        {standing}
        <ArrowRight size={17} aria-hidden />
      </Link>
      {asked ? (
        <span className={styles.confirm}>
          <span>Only this browser holds your way back.</span>
          <Button look="danger" onClick={onForget}>
            Forget it
          </Button>
          <Button onClick={() => setAsked(false)}>Keep</Button>
        </span>
      ) : (
        <Button look="quiet" onClick={() => setAsked(true)} aria-label={`Remove ${room.title} from this list`}>
          <X size={15} aria-hidden />
        </Button>
      )}
    </li>
  );
}

/** The address that a reachable server prints carries its host key; it is kept, and leaves the address bar. */
function keepKeyFromAddress(): null {
  const key = /^#key=(.+)$/.exec(window.location.hash)?.[1];
  if (key !== undefined) {
    keepHostKey(keyAsPasted(key));
    window.history.replaceState(null, "", window.location.pathname);
  }
  return null;
}
