import { fieldStyles, Input } from "../ui/Field.tsx";
import styles from "./FindRooms.module.css";
import { STATUS_NAMES, type Status } from "./rooms.ts";

export interface RoomFilter {
  readonly search: string;
  /** Null for all. */
  readonly status: Status | null;
}

interface FindRoomsProps {
  readonly filter: RoomFilter;
  readonly onChange: (filter: RoomFilter) => void;
  /** Those that some room has, as far as it is known. */
  readonly statuses: ReadonlySet<Status>;
}

const ORDER: readonly Status[] = ["lobby", "live", "paused", "ended", "erased"];

/** Looks for rooms by their words, and by how they stand. */
export function FindRooms({ filter, onChange, statuses }: FindRoomsProps) {
  const offered = ORDER.filter((status) => statuses.has(status) || status === filter.status);
  return (
    <search className={styles.find} aria-label="Find a room">
      <Input
        className={`${fieldStyles.input} ${styles.words}`}
        type="search"
        aria-label="Search your rooms"
        placeholder="Title, candidate or role"
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.target.value })}
      />
      {offered.length > 0 && (
        <fieldset className={styles.statuses}>
          <legend className="visually-hidden">Which rooms</legend>
          {[null, ...offered].map((status) => (
            <label key={status} className={styles.status}>
              <input
                type="radio"
                name="status"
                checked={filter.status === status}
                onChange={() => onChange({ ...filter, status })}
              />
              {status === null ? "All" : STATUS_NAMES[status]}
            </label>
          ))}
        </fieldset>
      )}
    </search>
  );
}
