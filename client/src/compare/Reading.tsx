import { Link } from "@tanstack/react-router";
import { MOST_SECRETS, type Reach } from "@whetstone/shared/comparison/interviews";
import type { ReactNode } from "react";
import type { HeldRooms } from "../browser/held.ts";
import { Refused } from "../site/Refused.tsx";
import { buttonClass } from "../ui/Button.tsx";
import { plural } from "../words.ts";
import type { RoomsReading } from "./queries.ts";
import styles from "./Reading.module.css";

interface ReadingProps<Result extends { readonly reach: Reach }> {
  readonly across: RoomsReading<Result>;
  readonly children: (result: Result) => ReactNode;
}

/** What was read from many rooms: until it is there, how far that is; beneath it, which rooms are not in it and why. */
export function Reading<Result extends { readonly reach: Reach }>({ across, children }: ReadingProps<Result>) {
  const { held, data, error, progress, retry } = across;
  if (held.secrets.length === 0) return <NoRooms />;
  if (error) return <Refused error={error} onRetry={retry} />;
  if (!data) return <Progress read={progress?.read ?? 0} of={progress?.of ?? held.secrets.length} />;
  return (
    <>
      {children(data)}
      <LeftOut reach={data.reach} held={held} />
    </>
  );
}

function NoRooms() {
  return (
    <div className={styles.empty}>
      <p>This browser holds no seat on a panel yet, so there is nothing to compare.</p>
      <p>
        Open a room or join one as an interviewer; once you have submitted your scorecard, its candidate stands here.
      </p>
      <Link to="/new" className={buttonClass({ look: "primary" })}>
        Open a room
      </Link>
    </div>
  );
}

function Progress({ read, of }: { read: number; of: number }) {
  const text = `Reading ${plural(of, "room")}: ${read} done.`;
  return (
    <div className={styles.progress}>
      <progress value={read} max={of} aria-label="Rooms that are read" />
      <p role="status">{text}</p>
    </div>
  );
}

function LeftOut({ reach, held }: { reach: Reach; held: HeldRooms }) {
  const { closed, unusable, unreadable = [] } = reach;
  const { beyond, wayInto } = held;
  if (closed.length === 0 && unusable === 0 && beyond === 0 && unreadable.length === 0) return null;
  return (
    <section className={styles.leftOut} aria-label="Rooms that are left out">
      {closed.length > 0 && (
        <>
          <h2>Still closed to you</h2>
          <p>A room opens to you by its own rule, at the earliest when you have submitted your scorecard in it.</p>
          <ul>
            {closed.map(({ roomId, title }) => (
              <li key={roomId}>
                <WayInto secret={wayInto(roomId)}>{title}</WayInto>
              </li>
            ))}
          </ul>
        </>
      )}
      {unreadable.length > 0 && <UnreadableRooms rooms={unreadable} held={held} />}
      {unusable > 0 && (
        <p>
          {plural(unusable, "room")} in this browser’s memory {unusable === 1 ? "does" : "do"} not open any more: the
          seat was removed, or the room is not on this server.
        </p>
      )}
      {beyond > 0 && (
        <p>
          {MOST_SECRETS} rooms are read at once, those that were opened last; {plural(beyond, "older room")}{" "}
          {beyond === 1 ? "is" : "are"} left out.
        </p>
      )}
    </section>
  );
}

/** The rooms that the server could not read, as this browser knows them, with the words that find the fault in the server's log. */
function UnreadableRooms({ rooms, held }: { rooms: NonNullable<Reach["unreadable"]>; held: HeldRooms }) {
  return (
    <>
      <h2>Could not be read</h2>
      <p>The server failed at {rooms.length === 1 ? "this room" : "these rooms"}; all others are here.</p>
      <ul>
        {rooms.map(({ roomId, sentence }) => (
          <li key={roomId}>
            <bdi>{held.nameOf(roomId)}</bdi>: {sentence}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A name that leads into a room, where this browser holds a way into it. */
export function WayInto({ secret, children }: { secret: string | null; children: ReactNode }) {
  const name = <bdi>{children}</bdi>;
  return secret === null ? (
    name
  ) : (
    <Link to="/join" hash={secret}>
      {name}
    </Link>
  );
}
