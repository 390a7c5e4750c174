import { Dialog } from "@base-ui/react/dialog";
import { LIMITS } from "@whetstone/shared/room/limits";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { X } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { inPlace } from "../../bank/choices.ts";
import { type BankSearch, type Found, useBankSearch } from "../../bank/queries.ts";
import { resultKeys, useMore } from "../../bank/result-keys.ts";
import { useUnsentText } from "../../browser/kept-text.ts";
import { Button } from "../../ui/Button.tsx";
import { fieldStyles } from "../../ui/Field.tsx";
import { LengthNote, SHORTEN } from "../../ui/LengthNote.tsx";
import { Markdown } from "../../ui/Markdown.tsx";
import { LEVEL_NAMES, plural } from "../../words.ts";
import { pushOf } from "../asking/asking.ts";
import { askedIn } from "../store/asked.ts";
import { useReconnected, useRoomContext, useSend } from "../store/context.tsx";
import styles from "./BankDrawer.module.css";
import { BankPreview } from "./BankPreview.tsx";
import { type DrawerFilter, NO_FILTER, readLevel, requestOf } from "./filter.ts";
import { typedQuestionPlace } from "./typed-question.ts";

interface BankDrawerProps {
  readonly view: PanelView;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The bank beside the room: search, look, then plan or ask. It blocks nothing behind it. */
export function BankDrawer({ view, open, onClose }: BankDrawerProps) {
  const search = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()} modal={false} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Popup className={styles.drawer ?? ""} initialFocus={search}>
          <div className={styles.header}>
            <Dialog.Title className={styles.title ?? ""}>Question bank</Dialog.Title>
            <Dialog.Close render={<Button look="quiet" aria-label="Close the bank" />}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          </div>
          <DrawerContent view={view} onClose={onClose} search={search} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface DrawerContentProps extends Omit<BankDrawerProps, "open"> {
  readonly search: RefObject<HTMLInputElement | null>;
}

function DrawerContent({ view, onClose, search: field }: DrawerContentProps) {
  const { token, roomId } = useRoomContext();
  const [filter, setFilter] = useState(NO_FILTER);
  const [shownId, setShown] = useState<string | null>(null);
  const [typing, setTyping] = useState(false);
  const [typed] = useUnsentText(typedQuestionPlace(roomId));
  const list = useRef<HTMLUListElement>(null);
  const asked = askedIn(view);
  const planned = view.plan.map(({ questionId }) => questionId);
  const search = useBankSearch(requestOf(filter, asked), token);
  const { found, error } = search;
  useReconnected(error && search.retry);
  const more = useMore(search, list);
  const keys = resultKeys({ field, list, more });
  if (typing) return <TypedQuestion view={view} onBack={() => setTyping(false)} onClose={onClose} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only leads the focus between the controls within
    <div className={styles.content} onKeyDown={keys}>
      <FilterBar field={field} filter={filter} found={found} onChange={setFilter} />
      <Count search={search} />
      <ul ref={list} className={styles.results}>
        {found?.results.map((result) => (
          <li key={result.id}>
            <button
              type="button"
              data-result={result.id}
              className={styles.result}
              aria-expanded={shownId === result.id}
              onClick={() => setShown(shownId === result.id ? null : result.id)}
            >
              <b>{result.title}</b>
              <small>
                {[result.topicName, LEVEL_NAMES[result.level], `${result.minutes} min`].join(" · ")}
                {asked.includes(result.id) ? " · asked" : planned.includes(result.id) ? " · in the plan" : ""}
              </small>
            </button>
            {shownId === result.id && (
              <BankPreview
                result={result}
                view={view}
                isAsked={asked.includes(result.id)}
                isPlanned={planned.includes(result.id)}
                onAsked={onClose}
              />
            )}
          </li>
        ))}
      </ul>
      <div className={styles.footer}>
        <Button onClick={() => setTyping(true)}>Type a question of your own</Button>
        {more && <Button onClick={more}>Show more</Button>}
        {typed.trim() !== "" && <small>The question that you typed and have not asked is kept there.</small>}
      </div>
    </div>
  );
}

interface FilterBarProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly filter: DrawerFilter;
  readonly found: Found | undefined;
  readonly onChange: (filter: DrawerFilter) => void;
}

function FilterBar({ field, filter, found, onChange }: FilterBarProps) {
  const { token } = useRoomContext();
  const all = useBankSearch(requestOf(NO_FILTER, []), token).found?.choices;
  const choices = found && inPlace(found.choices, all);
  const set = (change: Partial<DrawerFilter>) => onChange({ ...filter, ...change });
  const upTo = (minutes: number) =>
    choices?.minutes.reduce((sum, { value, count }) => sum + (Number(value) <= minutes ? count : 0), 0);
  return (
    <div className={styles.filters}>
      <input
        ref={field}
        type="search"
        className={fieldStyles.input}
        placeholder="Search titles, prompts, answers, tags"
        aria-label="Search the bank"
        value={filter.text}
        onChange={(event) => set({ text: event.target.value })}
      />
      <select
        aria-label="Topic"
        className={fieldStyles.input}
        value={filter.topic ?? ""}
        onChange={(event) => set({ topic: event.target.value || null })}
      >
        <option value="">All topics</option>
        {choices?.topics.map(({ value, name, count }) => (
          <option key={value} value={value}>
            {name} ({count})
          </option>
        ))}
      </select>
      <select
        aria-label="Level"
        className={fieldStyles.input}
        value={filter.level ?? ""}
        onChange={(event) => set({ level: readLevel(event.target.value) })}
      >
        <option value="">All levels</option>
        {choices?.levels.map(({ value, name, count }) => (
          <option key={value} value={value}>
            {name} ({count})
          </option>
        ))}
      </select>
      <select
        aria-label="Minutes"
        className={fieldStyles.input}
        value={filter.maxMinutes ?? ""}
        onChange={(event) => set({ maxMinutes: Number(event.target.value) || null })}
      >
        <option value="">Any length</option>
        {[5, 6, 7, 8].map((minutes) => (
          <option key={minutes} value={minutes}>
            up to {minutes} min ({upTo(minutes)})
          </option>
        ))}
      </select>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={filter.notAskedYet}
          onChange={(event) => set({ notAskedYet: event.target.checked })}
        />
        Not asked yet
      </label>
    </div>
  );
}

/** How much was found; or that the search could not be done, and what stands there instead. */
function Count({ search: { found, error, retry } }: { search: BankSearch }) {
  return (
    <div className={styles.count} data-failed={error !== null}>
      <p role="status">
        {error && `This search could not be done. ${error.message} `}
        {error && found && "Below is what was found before."}
        {!error && !found && "Loading…"}
        {!error && found && found.corrected !== null && (
          <>
            Searching for <b>{found.corrected}</b> instead.{" "}
          </>
        )}
        {!error && found && plural(found.total, "question")}
      </p>
      {error && <Button onClick={retry}>Try again</Button>}
    </div>
  );
}

function TypedQuestion({ view, onBack, onClose }: { view: PanelView; onBack: () => void; onClose: () => void }) {
  const send = useSend();
  const { roomId } = useRoomContext();
  const [prompt, setPrompt] = useUnsentText(typedQuestionPlace(roomId));
  const [minutes, setMinutes] = useState(5);
  const ask = () => {
    send(pushOf(view, { kind: "typed", prompt, minutes }));
    setPrompt("");
    onClose();
  };
  return (
    <div className={styles.typed}>
      <label>
        Your question
        <textarea
          className={fieldStyles.input}
          rows={7}
          autoFocus
          value={prompt}
          placeholder="Markdown, $maths$ and code are welcome"
          onChange={(event) => setPrompt(event.target.value)}
        />
      </label>
      <label className={styles.check}>
        Minutes
        <input
          type="number"
          className={fieldStyles.input}
          min={1}
          max={60}
          value={minutes}
          onChange={(event) => setMinutes(event.target.valueAsNumber || 1)}
        />
      </label>
      <LengthNote text={prompt.trim()} most={LIMITS.prompt} consequence={SHORTEN} />
      {prompt.trim() && (
        <div className={styles.prompt}>
          <Markdown text={prompt} />
        </div>
      )}
      <p className={styles.count}>It is scored on substance and communication.</p>
      <div className={styles.actions}>
        <Button
          look="primary"
          disabled={!prompt.trim() || prompt.trim().length > LIMITS.prompt || view.room.phase !== "live"}
          onClick={ask}
        >
          Ask now
        </Button>
        <Button onClick={onBack}>Back to the bank</Button>
        {view.room.phase !== "live" && <small>It can be asked once the interview runs.</small>}
      </div>
    </div>
  );
}
