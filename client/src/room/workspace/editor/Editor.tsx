import { useId, useImperativeHandle, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { EDITOR_SIZES, useEditorChoices } from "../../../browser/editor-choices.ts";
import { useMedia } from "../../../browser/media.ts";
import { roomLeft } from "../../../ui/length.ts";
import styles from "./Editor.module.css";
import { FindPanel } from "./FindPanel.tsx";
import { keysOf } from "./keymaps.ts";
import { grammarOf, waysOf } from "./languages.ts";
import { refusedWords } from "./limit.ts";
import { goToLine, readingOf } from "./open.ts";
import { Preview } from "./Preview.tsx";
import type { EditorProps } from "./props.ts";
import { StatusLine } from "./StatusLine.tsx";
import { useEditor, useLatePart, usePart } from "./use-editor.ts";
import { languageOf, onLanguage, onText, textOf } from "./workspace.ts";

/** Where a long line of code wraps, as there is no place to scroll to the side. */
const NARROW = "(max-width: 640px)";

/** The text of a document, which everybody writes in at once, with a line beneath it for how it is written and shown. */
export function Editor(props: EditorProps) {
  const { label, describedBy = "", isEditable, most, placeholder = "", sheet = null, follows = null } = props;
  const { doc, awareness } = props.workspace;
  const workspace = useMemo(() => ({ doc, awareness }), [doc, awareness]);
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const [chosen, choose] = useEditorChoices();
  const [isPreviewed, preview] = useState(false);
  const isNarrow = useMedia(NARROW);
  const language = useSyncExternalStore(
    (changed) => onLanguage(workspace, changed),
    () => languageOf(workspace),
  );
  const [open, { findPanel, found, refused, isLeaving, isFollowing }] = useEditor(place, {
    workspace,
    most,
    follows: follows?.seatId ?? null,
    takesFocus: props.takesFocus === true,
    onWrite: props.onWrite ?? (() => {}),
    onRun: props.onRun,
    onPaste: props.onPaste ?? (() => {}),
  });
  useImperativeHandle(props.handle, () => ({ goToLine: (line) => open && goToLine(open.view, line) }), [open]);
  const reading = {
    label,
    describedBy: [describedBy, isEditable && `${id}-leaving`, `${id}-length`].filter(Boolean).join(" "),
    isEditable,
    placeholder,
    sheet,
  };
  usePart(open, "reading", () => readingOf(reading), JSON.stringify(reading));
  usePart(open, "ways", () => waysOf(language, isNarrow), `${language} ${isNarrow}`);
  const lacksGrammar = useLatePart(open, "grammar", () => grammarOf(language), language);
  const keys = isEditable ? chosen.keys : "usual";
  const lacksKeys = useLatePart(open, "keys", () => keysOf(keys), keys);
  const isPreview = language === "markdown" && isPreviewed;
  return (
    <div className={styles.editor} style={{ "--editor-size": `${EDITOR_SIZES[chosen.size]}rem` }}>
      <div className={styles.panes} data-preview={isPreview}>
        <div ref={place} className={styles.text} />
        {isPreview && <Preview workspace={workspace} label={label} />}
      </div>
      {open &&
        findPanel &&
        createPortal(<FindPanel view={open.view} label={label} found={found} isEditable={isEditable} />, findPanel)}
      <div className={styles.notes}>
        <small id={`${id}-length`}>
          <Left workspace={workspace} most={most} />
        </small>
        <p className={styles.refused} role="status">
          {refused && refusedWords(refused, most)}
        </p>
      </div>
      {isEditable && (
        <p id={`${id}-leaving`} className="visually-hidden">
          Tab indents. To leave the text by keyboard, press Escape, then Tab.
        </p>
      )}
      <StatusLine
        actions={props.actions}
        workspace={workspace}
        view={open?.view ?? null}
        language={language}
        isEditable={isEditable}
        chosen={chosen}
        onChoose={choose}
        isPreview={isPreview}
        onPreview={preview}
        isLeaving={isLeaving}
        missing={lacksKeys ? "keys" : lacksGrammar ? "grammar" : null}
        followed={follows && { name: follows.name, isOn: isFollowing }}
      />
      {props.beneath}
    </div>
  );
}

/** How much still fits, once that is little. */
function Left({ workspace, most }: Pick<EditorProps, "workspace" | "most">) {
  const length = useSyncExternalStore(
    (changed) => onText(workspace, changed),
    () => textOf(workspace).length,
  );
  return roomLeft({ length }, most);
}
