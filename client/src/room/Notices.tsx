import { X } from "lucide-react";
import { useBeneath } from "../browser/beneath.ts";
import { useNewVersion } from "../browser/new-version.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { NEW_VERSION_TITLE, NewVersionText, ReloadButton } from "../ui/NewVersion.tsx";
import { StorageNotice } from "../ui/StorageNotice.tsx";
import { useAnnounced } from "./announced/announced.tsx";
import styles from "./Notices.module.css";
import { useBeyond } from "./saved/beyond.ts";
import { useRoom, useRoomContext } from "./store/context.tsx";
import type { RoomSnapshot } from "./store/store.ts";

/** In a corner, in nobody's way: that the connection is being restored, that nothing can be saved, that this page is old, what was refused. */
export function Notices() {
  const { connection, turnedAway, savingFails, fullness, refused, unsaved, unkept } = useRoom();
  const { store } = useRoomContext();
  const beyond = useBeyond();
  const place = useBeneath<HTMLDivElement>();
  const isNewVersion = useNewVersion();
  useAnnounced(connection, toldOfConnection);
  return (
    <div className={styles.notices} ref={place}>
      <StorageNotice />
      <div role="status">
        {connection === "reconnecting" && (
          <p className={`${styles.notice} ${styles.reconnecting}`}>
            <i aria-hidden />
            <span>
              <b>Reconnecting…</b> {unsaved > 0 ? "What you wrote is kept here and will be sent." : "Nothing is lost."}
              {turnedAway && ` ${turnedAway.sentence}`}
            </span>
          </p>
        )}
        {connection === "connected" && savingFails && (
          <div className={`${styles.notice} ${styles.reconnecting}`}>
            <i aria-hidden />
            <span>
              <b>The server cannot save just now.</b>{" "}
              {unkept === ""
                ? "Your words are kept in this browser and will be saved as soon as the server can. You can go on."
                : "Your words are kept on this page and will be saved as soon as the server can. Leave the page open."}
            </span>
            {unkept !== "" && <CopyButton text={unkept} label="Copy my text" />}
          </div>
        )}
      </div>
      <div role="status">
        {fullness !== null && (
          <p className={`${styles.notice} ${styles.full}`}>
            {fullness < 100 ? (
              <span>
                <b>This room is {fullness} % full.</b> Once it is full, no more text is saved in it; rating, submitting
                and ending go on.
              </span>
            ) : (
              <span>
                <b>This room is full.</b> No more text is saved in it; rating, submitting and ending go on.
              </span>
            )}
          </p>
        )}
      </div>
      <div role="status">
        {isNewVersion && (
          <div className={`${styles.notice} ${styles.newVersion}`}>
            <span>
              <b>{NEW_VERSION_TITLE}.</b>{" "}
              {unkept === "" ? (
                <NewVersionText />
              ) : (
                "This browser keeps nothing over a reload: copy what is unsaved before you reload the page."
              )}
            </span>
            {unkept !== "" && <CopyButton text={unkept} label="Copy my text" />}
            <ReloadButton />
          </div>
        )}
      </div>
      <div role="alert" aria-atomic="false">
        {beyond.elsewhere.map(({ place, text }) => (
          <div key={place} className={`${styles.notice} ${styles.refused}`}>
            <span>
              Of something that you wrote, this did not fit. It is not saved, and kept in this browser only.
              <q>{shortened(text)}</q>
            </span>
            <CopyButton text={text} label="Copy my text" />
            <Button look="quiet" aria-label="Dismiss" onClick={() => beyond.keep(place, "")}>
              <X size={15} aria-hidden />
            </Button>
          </div>
        ))}
        {refused.map(({ id, sentence, text }) => (
          <div key={id} className={`${styles.notice} ${styles.refused}`}>
            <span>
              {sentence}
              {text !== null && <q>{shortened(text)}</q>}
            </span>
            {text !== null && <CopyButton text={text} label="Copy my text" />}
            <Button look="quiet" aria-label="Dismiss" onClick={() => store.dismiss(id)}>
              <X size={15} aria-hidden />
            </Button>
          </div>
        ))}
      </div>
    </div>
  );
}

type Connection = RoomSnapshot["connection"];

const toldOfConnection = (before: Connection, after: Connection): readonly string[] =>
  before === "reconnecting" && after === "connected" ? ["Connected again."] : [];

/** As much of a text as tells which it is; the button beside it copies the whole. */
const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text);
