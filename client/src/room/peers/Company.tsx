import type { PeersView } from "@whetstone/shared/room/view/peers";
import { linkSecret } from "../../browser/remembered.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { useRoom, useRoomContext } from "../store/context.tsx";
import card from "./Card.module.css";
import styles from "./Company.module.css";
import type { PeerView } from "./view.ts";

/** Who is there, and the links for those who are still to come. */
export function Company({ view, peers }: { view: PeerView; peers: PeersView }) {
  const { present } = useRoom();
  const { roomId } = useRoomContext();
  if (peers.people === 1) return null;
  return (
    <section className={card.card}>
      <h2>Who is here</h2>
      <ul>
        {peers.order.map(({ seatId, name }) => (
          <li key={seatId} className={styles.person} data-present={present.has(seatId)}>
            <span dir="auto">
              {name}
              {seatId === view.you.seatId && " (you)"}
            </span>
            <small>{present.has(seatId) ? (peers.ready.includes(seatId) ? "ready" : "here") : "away just now"}</small>
          </li>
        ))}
        {peers.invited.map(({ linkId, name }) => {
          const secret = linkSecret(roomId, linkId);
          return (
            <li key={linkId} className={styles.person}>
              <span dir="auto">{name}</span>
              <small>not here yet</small>
              {secret !== null && (
                <CopyButton
                  text={`${window.location.origin}/join#${secret}`}
                  label="Copy their link"
                  about={`for ${name}`}
                />
              )}
            </li>
          );
        })}
      </ul>
      {peers.invited.length > 0 && (
        <p className={styles.note}>
          {peers.opened
            ? "Send each their link. Whoever opens it first has the place; nobody else can take it from them."
            : "They have a link of their own."}
        </p>
      )}
    </section>
  );
}
