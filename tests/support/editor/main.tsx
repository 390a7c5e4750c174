/// <reference path="../../../client/src/css.d.ts" />
import "../../../client/src/browser/schemas.ts";
import { Language } from "@whetstone/shared/workspace/language";
import { StrictMode, Suspense, useState } from "react";
import { createRoot } from "react-dom/client";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import { applyUpdate, Doc } from "yjs";
import { useKeys } from "../../../client/src/browser/keys.ts";
import { isTextStanding, watchTyping } from "../../../client/src/browser/typed.ts";
import type { EditorProps } from "../../../client/src/room/workspace/editor/props.ts";
import { chooseLanguage, textOf, type Workspace } from "../../../client/src/room/workspace/editor/workspace.ts";
import { Button } from "../../../client/src/ui/Button.tsx";
import { part } from "../../../client/src/ui/Part.tsx";
import "../../../client/src/ui/base.css";
import "../../../client/src/ui/fonts.ts";

/** A page with two editors on two documents that are linked in the page, as two people have them. What they are is in its address. */

declare global {
  interface Window {
    readonly workspaces: Readonly<Record<"left" | "right", Workspace>>;
    /** What the page was told: what was written, and which single keys of a room were pressed. */
    readonly noted: string[];
    readonly isTextStanding: () => boolean;
  }
}

/** Fetched as the answer sheet is. */
const LateEditor = part<EditorProps>(
  async () => (await import("../../../client/src/room/workspace/editor/Editor.tsx")).Editor,
);

const asked = new URL(location.href).searchParams;

function workspace(seatId: string, name: string, color: number): Workspace {
  const doc = new Doc();
  const awareness = new Awareness(doc);
  awareness.setLocalState({ user: { seatId, name, color: String(color) } });
  return { doc, awareness };
}

function link(from: Workspace, to: Workspace): void {
  from.doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== "link") applyUpdate(to.doc, update, "link");
  });
  const changed = ({ added, updated, removed }: Record<string, number[]>, origin: unknown) => {
    const clients = [...(added ?? []), ...(updated ?? []), ...(removed ?? [])];
    if (origin !== "link") applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, clients), "link");
  };
  from.awareness.on("update", changed);
  const known = [...from.awareness.getStates().keys()];
  applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, known), "link");
}

const left = workspace("s-left", "Maya Lindqvist", 0);
const right = workspace("s-right", "Jonas Dahl", 1);
link(left, right);
link(right, left);
left.doc.transact(() => {
  textOf(left).insert(0, asked.get("text") ?? "");
  chooseLanguage(left, Language.parse(asked.get("language") ?? "text"));
}, "starter");

const noted: string[] = [];
watchTyping();
LateEditor.prefetch();
Object.assign(window, { workspaces: { left, right }, noted, isTextStanding });

function Page() {
  const [isEditable, setEditable] = useState(asked.get("right") !== "closed");
  useKeys({ a: () => noted.push("key a"), Escape: () => noted.push("key Escape") });
  const most = Number(asked.get("most") ?? "20000");
  const height = asked.get("height") ?? "20rem";
  const columns = `repeat(auto-fit, minmax(min(100%, ${asked.get("column") ?? "26rem"}), 1fr))`;
  return (
    <main style={{ padding: "1rem", display: "grid", gap: "1rem", gridTemplateColumns: columns }}>
      <h1 style={{ gridColumn: "1 / -1", fontSize: "1.1rem" }}>
        Two editors <Button>Before</Button>
      </h1>
      <section aria-label="Left" style={{ height, minWidth: 0, border: "1px solid var(--line)" }}>
        <p id="left-note" className="visually-hidden">
          The panel sees what you write.
        </p>
        <LateEditor
          workspace={left}
          label="Your answer"
          describedBy="left-note"
          isEditable
          most={most}
          sheet="a-1"
          placeholder="Notes, formulas, code: whatever helps you explain"
          onWrite={(field, isComposing) =>
            noted.push(`${field.dataset.sheet} ${isComposing ? "is composed in" : "was written in"}`)
          }
        />
      </section>
      <section aria-label="Right" style={{ height, minWidth: 0, border: "1px solid var(--line)" }}>
        <LateEditor
          workspace={right}
          label="Maya's answer"
          isEditable={isEditable}
          most={most}
          {...(asked.has("follows") && { follows: { seatId: "s-left", name: "Maya" } })}
        />
      </section>
      <p style={{ gridColumn: "1 / -1" }}>
        <Button onClick={() => setEditable(!isEditable)}>{isEditable ? "Close it" : "Open it"}</Button>
      </p>
    </main>
  );
}

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <Suspense fallback={null}>
        <Page />
      </Suspense>
    </StrictMode>,
  );
