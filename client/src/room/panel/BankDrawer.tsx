import { Dialog } from "@base-ui/react/dialog";
import { QuestionLevel } from "@whetstone/shared/bank";
import { LIMITS } from "@whetstone/shared/room/command";
import type { HostView } from "@whetstone/shared/room/view";
import type { BankEntry } from "@whetstone/shared/wire";
import { X } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { newId } from "../../ids.ts";
import { Button } from "../../ui/Button.tsx";
import { fieldStyles } from "../../ui/Field.tsx";
import { Markdown } from "../../ui/Markdown.tsx";
import { LEVEL_NAMES, plural } from "../../words.ts";
import { useSend } from "../context.tsx";
import styles from "./BankDrawer.module.css";
import { useBank } from "./bank.ts";
import { NO_FILTER, searchBank } from "./search.ts";

interface BankDrawerProps {
  readonly view: HostView;
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
          <header className={styles.header}>
            <Dialog.Title className={styles.title ?? ""}>Question bank</Dialog.Title>
            <Dialog.Close render={<Button look="quiet" aria-label="Close the bank" />}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          </header>
          <DrawerContent view={view} onClose={onClose} search={search} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface DrawerContentProps extends Omit<BankDrawerProps, "open"> {
  readonly search: RefObject<HTMLInputElement | null>;
}

function DrawerContent({ view, onClose, search }: DrawerContentProps) {
  const bank = useBank();
  const [filter, setFilter] = useState(NO_FILTER);
  const [shownId, setShown] = useState<string | null>(null);
  const [typing, setTyping] = useState(false);
  const asked = new Set(view.asks.flatMap(({ question }) => question.bankId ?? []));
  const planned = new Set(view.plan.map(({ questionId }) => questionId));
  const found = bank.data ? searchBank(bank.data, filter, asked) : [];
  const topics = new Map(bank.data?.map(({ topic, topicName }) => [topic, topicName]));
  const set = (change: Partial<typeof filter>) => setFilter({ ...filter, ...change });
  if (typing) return <TypedQuestion view={view} onBack={() => setTyping(false)} onClose={onClose} />;
  return (
    <>
      <div className={styles.filters}>
        <input
          ref={search}
          type="search"
          className={fieldStyles.input}
          placeholder="Search titles, prompts, tags"
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
          {[...topics].map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <select
          aria-label="Level"
          className={fieldStyles.input}
          value={filter.level ?? ""}
          onChange={(event) => set({ level: QuestionLevel.safeParse(event.target.value).data ?? null })}
        >
          <option value="">All levels</option>
          {QuestionLevel.options.map((level) => (
            <option key={level} value={level}>
              {LEVEL_NAMES[level]}
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
              up to {minutes} min
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
      <p className={styles.count} role="status">
        {bank.isPending ? "Loading…" : bank.isError ? bank.error.message : plural(found.length, "question")}
      </p>
      <ul className={styles.results}>
        {found.map((entry) => (
          <li key={entry.id}>
            <button
              type="button"
              className={styles.result}
              aria-expanded={shownId === entry.id}
              onClick={() => setShown(shownId === entry.id ? null : entry.id)}
            >
              <b>{entry.title}</b>
              <small>
                {[entry.topicName, LEVEL_NAMES[entry.level], `${entry.minutes} min`].join(" · ")}
                {asked.has(entry.id) ? " · asked" : planned.has(entry.id) ? " · in the plan" : ""}
              </small>
            </button>
            {shownId === entry.id && (
              <Preview
                entry={entry}
                view={view}
                isAsked={asked.has(entry.id)}
                isPlanned={planned.has(entry.id)}
                onAsked={onClose}
              />
            )}
          </li>
        ))}
      </ul>
      <footer className={styles.footer}>
        <Button onClick={() => setTyping(true)}>Type a question of your own</Button>
      </footer>
    </>
  );
}

interface PreviewProps {
  readonly entry: BankEntry;
  readonly view: HostView;
  readonly isAsked: boolean;
  readonly isPlanned: boolean;
  readonly onAsked: () => void;
}

function Preview({ entry, view, isAsked, isPlanned, onAsked }: PreviewProps) {
  const send = useSend();
  const plan = () => {
    const items = view.plan.map(({ itemId, questionId, minutes }) => ({ itemId, questionId, minutes }));
    send({
      type: "arrangePlan",
      items: [...items, { itemId: newId("p"), questionId: entry.id, minutes: entry.minutes }],
    });
  };
  const ask = () => {
    send({ type: "push", source: { kind: "bank", questionId: entry.id } });
    onAsked();
  };
  return (
    <div className={styles.preview}>
      <div className={styles.prompt}>
        <Markdown text={entry.prompt} />
      </div>
      <div className={styles.secret}>
        <h4>Strong answer</h4>
        <ul>
          {entry.strongAnswer.map((point) => (
            <li key={point}>
              <Markdown text={point} inline />
            </li>
          ))}
        </ul>
        <h4>Scored on</h4>
        <p>{entry.criteria.map(({ name }) => name).join(", ")}</p>
      </div>
      <div className={styles.actions}>
        <Button look="primary" disabled={isAsked || view.room.phase !== "live"} onClick={ask}>
          Ask now
        </Button>
        <Button disabled={isAsked || isPlanned} onClick={plan}>
          {isPlanned ? "In the plan" : "Add to the plan"}
        </Button>
        {view.room.phase === "paused" && <small>Resume to ask.</small>}
      </div>
    </div>
  );
}

function TypedQuestion({ view, onBack, onClose }: { view: HostView; onBack: () => void; onClose: () => void }) {
  const send = useSend();
  const [prompt, setPrompt] = useState("");
  const [minutes, setMinutes] = useState(5);
  const ask = () => {
    send({ type: "push", source: { kind: "typed", prompt, minutes } });
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
          maxLength={LIMITS.prompt}
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
      {prompt.trim() && (
        <div className={styles.prompt}>
          <Markdown text={prompt} />
        </div>
      )}
      <p className={styles.count}>It is scored on substance and communication.</p>
      <div className={styles.actions}>
        <Button look="primary" disabled={!prompt.trim() || view.room.phase !== "live"} onClick={ask}>
          Ask now
        </Button>
        <Button onClick={onBack}>Back to the bank</Button>
        {view.room.phase !== "live" && <small>It can be asked once the interview runs.</small>}
      </div>
    </div>
  );
}
