import { closeSearchPanel, findNext, findPrevious, replaceAll, replaceNext } from "@codemirror/search";
import { type EditorView, runScopeHandlers } from "@codemirror/view";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { isComposed } from "../../../browser/pressed.ts";
import { Button } from "../../../ui/Button.tsx";
import styles from "./FindPanel.module.css";
import { type Asked, ask, askedIn, type Found, foundWords } from "./find.ts";

interface FindPanelProps {
  readonly view: EditorView;
  readonly label: string;
  readonly found: Found;
  readonly isEditable: boolean;
}

/** Finds in the text, and replaces where one may write. */
export function FindPanel({ view, label, found, isEditable }: FindPanelProps) {
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const [asked, setAsked] = useState(() => askedIn(view));
  const change = (part: Partial<Asked>) => {
    setAsked((before) => ({ ...before, ...part }));
    ask(view, part);
  };
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (isComposed(event.nativeEvent)) return;
    if (runScopeHandlers(view, event.nativeEvent, "search-panel")) event.preventDefault();
  };
  const enter = (act: (shift: boolean) => void) => (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "Enter" || isComposed(event.nativeEvent)) return;
    event.preventDefault();
    act(event.shiftKey);
  };
  return (
    <search className={styles.panel} aria-label={`Find in: ${label}`} onKeyDown={press}>
      <div className={styles.row}>
        <input
          ref={field}
          main-field="true"
          className={styles.field}
          aria-label="Find"
          aria-describedby={`${id}-found`}
          placeholder="Find"
          dir="auto"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          value={asked.search}
          onChange={({ target }) => change({ search: target.value })}
          onKeyDown={enter((isBack) => (isBack ? findPrevious : findNext)(view))}
        />
        <span id={`${id}-found`} className={styles.found} role="status">
          {asked.search === "" ? "" : foundWords(found)}
        </span>
        <Button look="quiet" aria-label="Previous" title="Previous (Shift Enter)" onClick={() => findPrevious(view)}>
          <ArrowUp size={16} aria-hidden />
        </Button>
        <Button look="quiet" aria-label="Next" title="Next (Enter)" onClick={() => findNext(view)}>
          <ArrowDown size={16} aria-hidden />
        </Button>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={asked.caseSensitive}
            onChange={({ target }) => change({ caseSensitive: target.checked })}
          />
          Match case
        </label>
        <Button
          look="quiet"
          className={styles.close ?? ""}
          aria-label="Close finding"
          title="Close (Esc)"
          onClick={() => closeSearchPanel(view)}
        >
          <X size={16} aria-hidden />
        </Button>
      </div>
      {isEditable && (
        <div className={styles.row}>
          <input
            className={styles.field}
            aria-label="Replace with"
            placeholder="Replace with"
            dir="auto"
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            value={asked.replace}
            onChange={({ target }) => change({ replace: target.value })}
            onKeyDown={enter(() => replaceNext(view))}
          />
          <Button onClick={() => replaceNext(view)}>Replace</Button>
          <Button onClick={() => replaceAll(view)}>Replace all</Button>
        </div>
      )}
    </search>
  );
}
