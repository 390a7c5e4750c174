import type { EditorView } from "@codemirror/view";
import { LANGUAGE_NAMES, Language } from "@whetstone/shared/workspace/language";
import { ALargeSmall, Eye, LocateFixed, Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { EDITOR_SIZES, Keys, type useEditorChoices } from "../../../browser/editor-choices.ts";
import { Button } from "../../../ui/Button.tsx";
import { setFollowing } from "./follow.ts";
import { Others } from "./Others.tsx";
import { find } from "./open.ts";
import styles from "./StatusLine.module.css";
import { chooseLanguage, type Workspace } from "./workspace.ts";

type Choices = ReturnType<typeof useEditorChoices>;

interface StatusLineProps {
  readonly actions: ReactNode;
  readonly workspace: Workspace;
  readonly view: EditorView | null;
  readonly language: Language;
  readonly isEditable: boolean;
  readonly chosen: Choices[0];
  readonly onChoose: Choices[1];
  readonly isPreview: boolean;
  readonly onPreview: (isOn: boolean) => void;
  readonly isLeaving: boolean;
  /** What could not be fetched. */
  readonly missing: "keys" | "grammar" | null;
  readonly followed: { readonly name: string; readonly isOn: boolean } | null;
}

const KEY_NAMES: Readonly<Record<Keys, string>> = { usual: "Usual keys", vim: "Vim keys", emacs: "Emacs keys" };

/** Beneath the text: how it is written and shown, who else is there, and how one leaves it. */
export function StatusLine(props: StatusLineProps) {
  const { workspace, view, language, isEditable, isPreview, onPreview, missing, followed } = props;
  const [isUnfolded, unfold] = useState(false);
  return (
    <fieldset className={styles.line} aria-label="How the text is written and shown">
      {props.actions}
      {isEditable ? (
        <select
          aria-label="Language"
          value={language}
          onChange={({ target }) => chooseLanguage(workspace, Language.parse(target.value))}
        >
          {Language.options.map((option) => (
            <option key={option} value={option}>
              {LANGUAGE_NAMES[option]}
            </option>
          ))}
        </select>
      ) : (
        <span className={styles.fact}>{LANGUAGE_NAMES[language]}, to read only</span>
      )}
      {language === "markdown" && (
        <Button look="quiet" aria-pressed={isPreview} onClick={() => onPreview(!isPreview)}>
          <Eye size={16} aria-hidden /> <span className={styles.words}>Preview</span>
        </Button>
      )}
      <Button look="quiet" onClick={() => view && find(view)}>
        <Search size={16} aria-hidden /> <span className={styles.words}>Find</span>
      </Button>
      <Button
        look="quiet"
        aria-label="How the text is shown"
        title="How the text is shown"
        aria-expanded={isUnfolded}
        onClick={() => unfold(!isUnfolded)}
      >
        <ALargeSmall size={18} aria-hidden />
      </Button>
      {followed && (
        <Button
          look="quiet"
          className={styles.follow ?? ""}
          aria-pressed={followed.isOn}
          title={`Follow ${followed.name}`}
          onClick={() => view?.dispatch({ effects: setFollowing.of(!followed.isOn) })}
        >
          <LocateFixed size={16} aria-hidden /> <span className={styles.words}>Follow {followed.name}</span>
        </Button>
      )}
      {view && <Others workspace={workspace} view={view} />}
      {missing !== null && (
        <span className={styles.fact} role="status">
          {missing === "keys"
            ? "These keys could not be fetched; the usual ones work. Choose them again to try anew."
            : `What colours ${LANGUAGE_NAMES[language]} could not be fetched; the text is the same without it.`}
        </span>
      )}
      {isUnfolded && (
        <span className={styles.choices}>
          <Sizes {...props} />
          {isEditable && <KeysChoice {...props} />}
        </span>
      )}
      {isEditable && <Leaving isLeaving={props.isLeaving} />}
    </fieldset>
  );
}

function Sizes({ chosen: { size }, onChoose }: Pick<StatusLineProps, "chosen" | "onChoose">) {
  return (
    <span className={styles.sizes}>
      <Button
        look="quiet"
        aria-label="Smaller text"
        title="Smaller text"
        disabled={size === 0}
        onClick={() => onChoose({ size: size - 1 })}
      >
        <span aria-hidden>A−</span>
      </Button>
      <Button
        look="quiet"
        aria-label="Larger text"
        title="Larger text"
        disabled={size === EDITOR_SIZES.length - 1}
        onClick={() => onChoose({ size: size + 1 })}
      >
        <span aria-hidden>A+</span>
      </Button>
    </span>
  );
}

function KeysChoice({ chosen, onChoose }: Pick<StatusLineProps, "chosen" | "onChoose">) {
  return (
    <select
      aria-label="Keys"
      value={chosen.keys}
      onChange={({ target }) => onChoose({ keys: Keys.parse(target.value) })}
    >
      {Keys.options.map((keys) => (
        <option key={keys} value={keys}>
          {KEY_NAMES[keys]}
        </option>
      ))}
    </select>
  );
}

/** The text says it of itself to whoever hears it. */
const Leaving = ({ isLeaving }: { isLeaving: boolean }) => (
  <span className={styles.leaving} data-leaving={isLeaving} aria-hidden>
    {isLeaving ? (
      <>
        <kbd>Tab</kbd> leaves the text now
      </>
    ) : (
      <>
        <kbd>Esc</kbd> <kbd>Tab</kbd> leaves the text
      </>
    )}
  </span>
);
