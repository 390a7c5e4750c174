import { Link } from "@tanstack/react-router";
import { ArrowRight, Plus, Presentation, UserRound, UsersRound, X } from "lucide-react";
import { useState } from "react";
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
import { SiteHeader } from "../site/SiteHeader.tsx";
import { Button, buttonClass } from "../ui/Button.tsx";
import { dayText, plural, ROLE_NAMES } from "../words.ts";
import styles from "./HomePage.module.css";

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
  const canCompare = heldRooms().secrets.length > 0;
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
          <h1>Your rooms</h1>
          {canCompare && <Link to="/compare">Compare candidates</Link>}
        </div>
        {rooms.length === 0 && (
          <div className={styles.empty}>
            <p>You host no room in this browser yet.</p>
            <p>Everything that is asked, answered and scored is kept on this server.</p>
          </div>
        )}
        <ul className={styles.rooms}>
          {rooms.map((room) => (
            <RoomRow key={room.roomId} room={room} onForget={() => forget(room.roomId)} />
          ))}
        </ul>
        {unreadable > 0 && (
          <p className={styles.unreadable}>
            {plural(unreadable, "more room")} of yours {unreadable === 1 ? "was" : "were"} kept by another version of
            this page, which this one cannot show. They stay kept; nothing of them is lost.
          </p>
        )}
        {seats.length > 0 && (
          <section>
            <h2>Seats you took in other rooms</h2>
            <ul className={styles.rooms}>
              {seats.map(({ roomId, role, name, ...seat }) => (
                <li key={`${roomId}${role}`} className={styles.room}>
                  <Link to="/join" hash={secretOf(seat)} className={styles.enter}>
                    <span className={styles.title}>{name}</span>
                    <span className={styles.about}>{ROLE_NAMES[role]}</span>
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

function RoomRow({ room, onForget }: { room: HostedRoom; onForget: () => void }) {
  const [asked, setAsked] = useState(false);
  const about = [room.forRole, `${room.minutes} min`, dayText(room.openedAt)];
  return (
    <li className={styles.room}>
      <Link to="/join" hash={room.hostSecret} className={styles.enter}>
        <span className={styles.title}>{room.candidateName ?? room.title}</span>
        <span className={styles.about}>{[room.candidateName && room.title, ...about].filter(Boolean).join(" · ")}</span>
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
