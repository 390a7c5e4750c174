import { useQuery } from "@tanstack/react-query";
import { momentText, ROLE_NAMES } from "../../words.ts";
import { readTrail } from "./requests.ts";
import { didText, whoText } from "./sentences.ts";
import styles from "./TrailList.module.css";

/** Who opened, took away, revealed and erased what, the newest first. */
export function TrailList({ token }: { token: string }) {
  const trail = useQuery({
    queryKey: ["trail", token],
    queryFn: () => readTrail(token),
    staleTime: 0,
    refetchOnMount: "always",
  });
  if (trail.isPending) return <p className={styles.quiet}>One moment…</p>;
  if (trail.isError) return <p role="alert">{trail.error.message}</p>;
  const { entries, peers: isAmongPeers } = trail.data;
  return (
    <ol className={styles.trail}>
      {entries.toReversed().map((entry) => (
        <li key={`${entry.at} ${entry.what} ${entry.who?.seatId} ${didText(entry)}`}>
          <time dateTime={new Date(entry.at).toISOString()}>{momentText(entry.at)}</time>
          <span>
            <b dir="auto">{whoText(entry, isAmongPeers)}</b>{" "}
            {entry.who?.name && <small>{ROLE_NAMES[entry.who.role]}</small>} {didText(entry, isAmongPeers)}
          </span>
        </li>
      ))}
    </ol>
  );
}
