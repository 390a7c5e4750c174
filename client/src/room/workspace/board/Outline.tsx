import type { OrderedExcalidrawElement } from "@excalidraw/excalidraw/element/types";
import {
  calledBy,
  type Outline as Listed,
  nameOfKind,
  type OutlineLine,
  type OutlineNode,
  saidByLine,
  saidOfStrokes,
} from "@whetstone/shared/workspace/board/outline";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { isComposed } from "../../../browser/pressed.ts";
import { announce } from "../../../ui/announce.ts";
import { Button } from "../../../ui/Button.tsx";
import { scrollStop } from "../../../ui/scroll-stop.ts";
import { type AddedKind, withAdded, withArrow, withoutElement, withWords } from "./edits.ts";
import styles from "./Outline.module.css";

type Elements = readonly OrderedExcalidrawElement[];

interface OutlineProps {
  readonly id: string;
  readonly outline: Listed;
  readonly isEditable: boolean;
  readonly edit: (change: (elements: Elements) => Elements) => void;
}

/** The board in words: what stands on it in the order in which one reads, and what joins what. All of it can be written from here. */
export function Outline({ id, outline, isEditable, edit }: OutlineProps) {
  const { nodes, loose, strokes } = outline;
  const list = useRef<HTMLDivElement>(null);
  const tell = (done: string, change: (elements: Elements) => Elements) => {
    edit(change);
    announce(done);
  };
  const remove = (item: OutlineNode | OutlineLine, said: string) => {
    tell(`Taken off the board: ${said}.`, (elements) => withoutElement(elements, item.id));
    // What had the focus goes with it.
    list.current?.focus();
  };
  const lineItem = (line: OutlineLine) => (
    <li key={line.id}>
      <span className={styles.words} dir="auto">
        {saidByLine(line)}
      </span>
      <Kind>{nameOfKind(line.kind)}</Kind>
      {isEditable && (
        <span className={styles.acts}>
          <Button look="quiet" aria-label={`Delete ${saidByLine(line)}`} onClick={() => remove(line, saidByLine(line))}>
            Delete
          </Button>
        </span>
      )}
    </li>
  );
  return (
    <div ref={list} id={id} className={styles.outline} {...scrollStop("Outline of the board")}>
      {isEditable && (
        <Adding onAdd={(kind, text) => tell(`On the board: ${text}.`, (elements) => withAdded(elements, kind, text))} />
      )}
      {nodes.length + loose.length + strokes === 0 && <p className={styles.none}>Nothing is on the board yet.</p>}
      <ol aria-label="On the board">
        {nodes.map((node) => (
          <li key={node.id}>
            <Node
              node={node}
              others={nodes.filter((other) => other.id !== node.id)}
              isEditable={isEditable}
              onRename={(text) =>
                tell(`It is called ${text || "nothing"} now.`, (elements) => withWords(elements, node.id, text))
              }
              onConnect={(to) =>
                tell(`An arrow from ${calledBy(node)} to ${calledBy(to)}.`, (elements) =>
                  withArrow(elements, node.id, to.id),
                )
              }
              onDelete={() => remove(node, calledBy(node))}
            />
            {node.lines.length > 0 && <ul aria-label={`From ${calledBy(node)}`}>{node.lines.map(lineItem)}</ul>}
          </li>
        ))}
        {loose.map(lineItem)}
      </ol>
      {strokes > 0 && <p className={styles.none}>{saidOfStrokes(strokes)}.</p>}
    </div>
  );
}

const Kind = ({ children }: { children: ReactNode }) => <small className={styles.kind}>{children}</small>;

const KINDS: readonly AddedKind[] = ["rectangle", "ellipse", "diamond", "text"];

function Adding({ onAdd }: { onAdd: (kind: AddedKind, text: string) => void }) {
  const [text, write] = useState("");
  const [kind, choose] = useState<AddedKind>("rectangle");
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    onAdd(kind, text.trim());
    write("");
  };
  return (
    <form className={styles.adding} onSubmit={add}>
      <input
        aria-label="Words to put on the board"
        placeholder="Words"
        value={text}
        maxLength={WORDS_MOST}
        onChange={({ target }) => write(target.value)}
      />
      <select
        aria-label="As what"
        value={kind}
        onChange={({ target }) => choose(KINDS.find((one) => one === target.value) ?? "rectangle")}
      >
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {nameOfKind(one)}
          </option>
        ))}
      </select>
      <Button type="submit">Add</Button>
    </form>
  );
}

/** Longer words belong into the text. */
const WORDS_MOST = 500;

interface NodeProps {
  readonly node: OutlineNode;
  readonly others: readonly OutlineNode[];
  readonly isEditable: boolean;
  readonly onRename: (text: string) => void;
  readonly onConnect: (to: OutlineNode) => void;
  readonly onDelete: () => void;
}

function Node({ node, others, isEditable, onRename, onConnect, onDelete }: NodeProps) {
  const [isRenamed, rename] = useState(false);
  const name = calledBy(node);
  const renamer = useRef<HTMLSpanElement>(null);
  const back = () => {
    rename(false);
    // Once the button is there again.
    requestAnimationFrame(() => renamer.current?.querySelector("button")?.focus());
  };
  return (
    <div className={styles.node}>
      {isRenamed ? (
        <input
          autoFocus
          aria-label={`Words of ${name}`}
          defaultValue={node.text}
          maxLength={WORDS_MOST}
          onKeyDown={(event) => {
            if (isComposed(event.nativeEvent)) return;
            if (event.key === "Enter") onRename(event.currentTarget.value.trim());
            if (event.key === "Enter" || event.key === "Escape") back();
          }}
          onBlur={() => rename(false)}
        />
      ) : (
        <span className={styles.words} dir="auto">
          {name}
        </span>
      )}
      <Kind>{nameOfKind(node.kind)}</Kind>
      {isEditable && (
        <span className={styles.acts} ref={renamer}>
          <Button look="quiet" aria-label={`Rename ${name}`} onClick={() => rename(true)}>
            Rename
          </Button>
          {others.length > 0 && (
            <select
              aria-label={`Connect ${name} to`}
              value=""
              onChange={({ target }) => {
                const to = others.find(({ id }) => id === target.value);
                if (to) onConnect(to);
              }}
            >
              <option value="">Connect to…</option>
              {others.map((other) => (
                <option key={other.id} value={other.id}>
                  {calledBy(other)}
                </option>
              ))}
            </select>
          )}
          <Button look="quiet" aria-label={`Delete ${name}`} onClick={onDelete}>
            Delete
          </Button>
        </span>
      )}
    </div>
  );
}
