import { Archive, ArchiveRestore } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { browserStorage } from "../../browser/storage.ts";
import { Button } from "../../ui/Button.tsx";
import type { FieldFaults } from "../../ui/form/field-key.ts";
import { focusField } from "../../ui/form/form.tsx";
import { PageHeading } from "../../ui/PageHeading.tsx";
import { UnreadTexts } from "../../ui/UnreadTexts.tsx";
import type { Authored, DraftSaver, DraftSnapshot } from "./draft-saver.ts";
import { fieldName } from "./field-names.ts";
import { differingFields } from "./kept-draft.ts";
import type { Publication } from "./publication.ts";
import styles from "./SaveBar.module.css";

interface SaveBarProps<Record extends Authored> {
  readonly noun: "question" | "kit";
  readonly title: string;
  readonly saver: DraftSaver<Record>;
  readonly snapshot: DraftSnapshot<Record>;
  readonly publication: Publication;
  /** What keeps it from being published; shown once publishing was tried. */
  readonly faults: FieldFaults;
  /** How often publishing was tried. */
  readonly tried: number;
  readonly onPublish: () => void;
  /** More to do, before publishing. */
  readonly children?: ReactNode;
}

/** What state the draft is in, whether it is saved, and what can be done with it. It stays in sight. */
export function SaveBar<Record extends Authored>(props: SaveBarProps<Record>) {
  const { noun, title, saver, snapshot, publication, faults, tried, onPublish, children } = props;
  const { own, theirs, actionRefused } = snapshot;
  const isArchived = own?.archived ?? false;
  return (
    <>
      <div className={styles.bar}>
        <div className={styles.line}>
          <PageHeading>{title}</PageHeading>
          <span className={styles.publication} data-state={isArchived ? "archived" : publication}>
            {isArchived ? "Archived" : PUBLICATION[publication]}
          </span>
          <SaveState snapshot={snapshot} onRetry={saver.flush} />
          <span className={styles.actions}>
            {children}
            {own !== null && (
              <Button look="quiet" onClick={() => saver.act(isArchived ? "restore" : "archive")}>
                {isArchived ? <ArchiveRestore size={15} aria-hidden /> : <Archive size={15} aria-hidden />}
                {isArchived ? "Restore" : "Archive"}
              </Button>
            )}
            <Button
              look="primary"
              className={publication === "published" ? styles.nothing : ""}
              disabled={theirs !== null}
              onClick={onPublish}
            >
              {publication === "draft" ? "Publish" : "Publish the changes"}
            </Button>
          </span>
        </div>
        {publication === "changed" && <AskedStays noun={noun} />}
        {actionRefused && (
          <p className={styles.refused} role="alert">
            {actionRefused.sentence}
          </p>
        )}
        <Versions noun={noun} saver={saver} snapshot={snapshot} />
        <UnreadTexts unread={snapshot.unread} onLetGo={saver.letUnreadGo} />
      </div>
      {tried > 0 && faults.size > 0 && <FaultSummary key={tried} noun={noun} faults={faults} />}
    </>
  );
}

const PUBLICATION: Readonly<{ [state in Publication]: string }> = {
  draft: "Draft",
  published: "Published",
  changed: "Changed since it was published",
};

function SaveState({ snapshot, onRetry }: { snapshot: DraftSnapshot<Authored>; onRetry: () => void }) {
  const { own, saving, theirs } = snapshot;
  const failed = saving.kind === "failed" ? saving.refusal.sentence : theirs ? "there are two versions." : null;
  return (
    <span className={styles.saving} role="status" data-failed={failed !== null}>
      {failed !== null && `Not saved: ${failed}`}
      {failed === null && saving.kind === "saved" && (own ? "Saved" : "Saves itself as you write")}
      {failed === null && saving.kind !== "saved" && "Saving…"}
      {saving.kind === "failed" && <Button onClick={onRetry}>Try again</Button>}
    </span>
  );
}

const TOLD = "whetstone.told.asked-stays";

/** Said once in this browser, and then never again. */
function AskedStays({ noun }: { noun: "question" | "kit" }) {
  const [told, setTold] = useState(() => browserStorage.getItem(TOLD) !== null);
  if (told) return null;
  const understand = () => {
    browserStorage.setItem(TOLD, "yes");
    setTold(true);
  };
  return (
    <p className={styles.notice}>
      <span>
        Rooms go on with what was published until you publish the changes.{" "}
        {noun === "question"
          ? "A question that was already asked in a room never changes there."
          : "A room that was already opened keeps its plan."}
      </span>
      <Button onClick={understand}>Understood</Button>
    </p>
  );
}

/** What is missing, each with the way to it. Comes into sight and under the keyboard each time that publishing is tried. */
function FaultSummary({ noun, faults }: { noun: string; faults: FieldFaults }) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => summary.current?.focus(), []);
  return (
    <div ref={summary} className={styles.faults} role="alert" tabIndex={-1}>
      <p>
        This {noun} cannot be published yet. It is saved as a draft; {faults.size === 1 ? "this is" : "these are"}{" "}
        missing:
      </p>
      <ul>
        {[...faults].map(([key, sentence]) => (
          <li key={key}>
            <button type="button" onClick={() => focusField(key)}>
              {fieldName(key)}
            </button>{" "}
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface VersionsProps<Record extends Authored> {
  readonly noun: string;
  readonly saver: DraftSaver<Record>;
  readonly snapshot: DraftSnapshot<Record>;
}

/** The choice between two versions, and the way back to the one that was not chosen. */
function Versions<Record extends Authored>({ noun, saver, snapshot }: VersionsProps<Record>) {
  const { theirs, aside, draft } = snapshot;
  if (theirs) {
    return (
      <div className={styles.notice} role="alert">
        <span>
          This {noun} was changed somewhere else while you wrote here. Nothing is lost: both versions are kept until you
          choose. They differ in {fieldNames(draft, theirs.draft)}.
        </span>
        <Button look="primary" onClick={saver.keepMine}>
          Keep mine
        </Button>
        <Button onClick={saver.takeTheirs}>Take theirs</Button>
      </div>
    );
  }
  if (!aside) return null;
  return (
    <div className={styles.notice}>
      <span>The other version is set aside; it differs in {fieldNames(draft, aside)}.</span>
      <Button onClick={saver.swapAside}>Use it instead</Button>
      <Button look="quiet" onClick={saver.letAsideGo}>
        Let it go
      </Button>
    </div>
  );
}

const fieldNames = (one: object, other: object): string =>
  differingFields(one, other).map(fieldName).join(", ") || "nothing";
