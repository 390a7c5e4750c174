import { FileText, FolderOpen } from "lucide-react";
import { type DragEvent, type RefObject, useRef, useState } from "react";
import { useTellUnsaved } from "../../browser/unsaved.ts";
import { Button } from "../../ui/Button.tsx";
import { Field, fieldStyles, Input } from "../../ui/Field.tsx";
import { plural } from "../../words.ts";
import styles from "./FileChoice.module.css";
import {
  ACCEPTED,
  type ChosenFile,
  filesOfDrop,
  filesOfList,
  type ImportFile,
  listed,
  readFiles,
  readPasted,
} from "./import-files.ts";

interface FileChoiceProps {
  readonly files: readonly ImportFile[];
  /** Whether what is chosen is in the bank by now. */
  readonly isImported: boolean;
  readonly onChoose: (files: readonly ImportFile[]) => void;
}

/** Takes files, a folder or a pasted text. Whatever is chosen takes the place of what was chosen before. */
export function FileChoice({ files, isImported, onChoose }: FileChoiceProps) {
  const [said, setSaid] = useState<{ readonly sentence: string; readonly isRefused: boolean } | null>(null);
  const [isOver, setOver] = useState(false);
  const [pasted, setPasted] = useState("");
  useTellUnsaved("import.pasted", pasted.trim() !== "" && !isImported);
  const read = async (chosen: readonly ChosenFile[]) => {
    if (chosen.length === 0) return;
    const result = await readFiles(chosen);
    setPasted("");
    if (result.kind === "refused") setSaid({ sentence: result.sentence, isRefused: true });
    else setSaid(result.ignored.length === 0 ? null : { sentence: result.ignored.join(" "), isRefused: false });
    onChoose(result.kind === "read" ? result.files : []);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void filesOfDrop(event.dataTransfer).then(read);
  };
  const paste = (text: string) => {
    const result = readPasted(text);
    setPasted(text);
    setSaid(result.kind === "refused" ? { sentence: result.sentence, isRefused: true } : null);
    onChoose(result.kind === "read" ? result.files : []);
  };
  return (
    <div className={styles.choice}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way more; the buttons inside do the same */}
      <div
        className={styles.drop}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>Drop files or a folder here, or</p>
        <Choosers onRead={(list) => void read(list)} />
        <p className={styles.chosen} role="status">
          {files.length > 0 && pasted === "" && chosenWords(files)}
        </p>
      </div>
      {said && <p role={said.isRefused ? "alert" : "status"}>{said.sentence}</p>}
      <details>
        <summary>Paste a text instead</summary>
        <Field label="Text" hint="A list of questions as you have it, or a table, cards, YAML or JSON as they are.">
          <Input
            render={<textarea rows={8} />}
            className={`${fieldStyles.input} ${styles.paste}`}
            value={pasted}
            spellCheck={false}
            onChange={(event) => paste(event.target.value)}
          />
        </Field>
      </details>
    </div>
  );
}

function Choosers({ onRead }: { onRead: (files: ChosenFile[]) => void }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const field = (ref: RefObject<HTMLInputElement | null>, name: string, ofFolder: boolean) => (
    <input
      ref={ref}
      type="file"
      className="visually-hidden"
      tabIndex={-1}
      aria-label={name}
      multiple
      {...(ofFolder ? { webkitdirectory: "" } : { accept: ACCEPTED })}
      onChange={({ target }) => {
        onRead(target.files ? filesOfList(target.files) : []);
        // So that the same file can be chosen again, once it was mended.
        target.value = "";
      }}
    />
  );
  return (
    <div className={styles.buttons}>
      {field(files, "Files to import", false)}
      {field(folder, "Folder to import", true)}
      <Button onClick={() => files.current?.click()}>
        <FileText size={15} aria-hidden /> Choose files
      </Button>
      <Button onClick={() => folder.current?.click()}>
        <FolderOpen size={15} aria-hidden /> Choose a folder
      </Button>
    </div>
  );
}

const chosenWords = (files: readonly ImportFile[]): string =>
  `${plural(files.length, "file")}: ${listed(files.map(({ name }) => name))}`;
