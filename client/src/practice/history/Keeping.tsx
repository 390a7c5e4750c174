import { Download, Trash2, Upload } from "lucide-react";
import { useRef, useState } from "react";
import { saveFile } from "../../browser/files.ts";
import { keepText } from "../../browser/kept-text.ts";
import {
  exportPractice,
  importPractice,
  type KeptPractice,
  PRACTICE_FILE_MOST,
  wipePractice,
} from "../../browser/practice-history.ts";
import { browserStorage } from "../../browser/storage.ts";
import { Button } from "../../ui/Button.tsx";
import { Section } from "../../ui/Section.tsx";
import { plural } from "../../words.ts";
import styles from "./Keeping.module.css";
import { TOPICS_KEPT } from "./Next.tsx";

interface Said {
  readonly sentence: string;
  readonly isRefused: boolean;
}

/** The history as a file, out and in; and its end. */
export function Keeping({ kept }: { kept: KeptPractice }) {
  const [said, setSaid] = useState<Said | null>(null);
  const isEmpty = kept.entries.length === 0;
  return (
    <Section title="Take it with you">
      <p className={styles.said}>
        The server keeps rooms, and no history of yours. Whoever clears this browser’s data clears it too, so export it
        from time to time. Importing adds to what is here; nothing is counted twice.
      </p>
      <div className={styles.buttons}>
        <Button disabled={isEmpty} onClick={save}>
          <Download size={14} aria-hidden /> Export
        </Button>
        <ImportButton onSaid={setSaid} />
      </div>
      {said && (
        <p className={styles.outcome} role={said.isRefused ? "alert" : "status"}>
          {said.sentence}
        </p>
      )}
      {(!isEmpty || kept.unread.length > 0) && (
        <Wipe kept={kept} onWiped={() => setSaid({ sentence: "Your history is wiped.", isRefused: false })} />
      )}
    </Section>
  );
}

function save(): void {
  const day = new Date().toISOString().slice(0, 10);
  saveFile(new Blob([exportPractice()], { type: "application/json" }), `whetstone-practice-${day}.json`);
}

const UNREADABLE: Said = {
  sentence: "This file could not be read from your disk. Nothing was imported.",
  isRefused: true,
};

/** A character takes at most three bytes, as browsers count those of a text. */
const FILE_BYTES = 3 * PRACTICE_FILE_MOST;

async function importFile(file: File): Promise<Said> {
  try {
    // What is too large is not read; a text that is too long is refused in the same words.
    const text = file.size > FILE_BYTES ? " ".repeat(PRACTICE_FILE_MOST + 1) : await file.text();
    const { ok, sentence } = importPractice(text);
    return { sentence, isRefused: !ok };
  } catch {
    return UNREADABLE;
  }
}

function ImportButton({ onSaid }: { onSaid: (said: Said | null) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label="History to import"
        accept=".json,application/json"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          onSaid(null);
          if (file) void importFile(file).then(onSaid);
          // So that the same file can be chosen again.
          target.value = "";
        }}
      />
      <Button onClick={() => input.current?.click()}>
        <Upload size={14} aria-hidden /> Import
      </Button>
    </>
  );
}

/** Two steps, as nothing but an export brings it back. */
function Wipe({ kept: { entries, unread }, onWiped }: { kept: KeptPractice; onWiped: () => void }) {
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <div className={styles.buttons}>
        <Button onClick={() => setAsked(true)}>
          <Trash2 size={14} aria-hidden /> Wipe…
        </Button>
      </div>
    );
  }
  const wipe = () => {
    keepText(browserStorage, TOPICS_KEPT, "");
    wipePractice();
    onWiped();
  };
  return (
    <section className={styles.asking} aria-label="Wipe your history">
      <p>
        <b>Only a file that you exported brings it back.</b> {plural(entries.length, "entry goes", "entries go")}: the
        questions you had, every rating, key points and partners’ names.{" "}
        {unread.length > 0 &&
          `So does what another version of this page kept (${unread.length}), which no export holds. `}
        Rooms on the server stay as they are.
      </p>
      <div className={styles.buttons}>
        <Button look="danger" onClick={wipe}>
          Wipe it for ever
        </Button>
        <Button look="quiet" onClick={() => setAsked(false)} autoFocus>
          Keep it
        </Button>
      </div>
    </section>
  );
}
