import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type AuthoredKit, draftOfKit, type KitDraft, kitOfDraft, WrittenKit } from "@whetstone/shared/authored";
import { type ReactNode, useState } from "react";
import { browserStorage } from "../../browser/storage.ts";
import { Refused } from "../../site/Refused.tsx";
import { SiteHeader } from "../../site/SiteHeader.tsx";
import { FaultForm } from "../../ui/form/form.tsx";
import { PageHeading } from "../../ui/PageHeading.tsx";
import { KeptDraftPlace } from "../draft/kept-draft.ts";
import { SaveBar } from "../draft/SaveBar.tsx";
import { FRESH, orNull, useAuthored, useDraftId, useDraftSaver, useSaveOnceAllowed } from "../draft/useDraft.ts";
import { kitEntry, kitServer } from "../requests.ts";
import { useBankChoices } from "../useBankWords.ts";
import { KitCompetencies } from "./KitCompetencies.tsx";
import { KitFigures } from "./KitFigures.tsx";
import { KitForm } from "./KitForm.tsx";
import styles from "./KitPage.module.css";
import { KitQuestions } from "./KitQuestions.tsx";
import { KitReading } from "./KitReading.tsx";
import { DuplicateKit, OpenRoomFromKit } from "./KitsPage.tsx";
import { blankKit, kitPublication } from "./kit-draft.ts";
import { kitFaults } from "./kit-faults.ts";
import { useKitEntries } from "./useKitEntries.ts";

const placeOf = (id: string) => new KeptDraftPlace(browserStorage, "kit", id, WrittenKit);

/** A kit: the user's own to build, a pack's to read and to duplicate. */
export function KitPage() {
  const { kitId } = useParams({ from: "/kits/$kitId" });
  const draftId = useDraftId(kitId, "k");
  const { id, begins } = draftId;
  const own = useAuthored("kits", draftId, kitServer);
  if (begins) return <KitEditor key={id} id={id} own={null} isNew={kitId === "new"} />;
  if (own.isSuccess && (own.data !== null || placeOf(id).isKept)) {
    return <KitEditor key={id} id={id} own={own.data} isNew={false} />;
  }
  if (own.isSuccess) return <PackKit id={id} />;
  return (
    <Waiting passing={!own.isError}>
      {own.isError ? <Refused error={own.error} onRetry={() => void own.refetch()} /> : <p>Loading…</p>}
    </Waiting>
  );
}

function Waiting({ children, passing }: { children: ReactNode; passing: boolean }) {
  return (
    <div className={styles.page}>
      <title>Kit · Whetstone</title>
      <SiteHeader />
      <main className={styles.waiting}>
        <PageHeading passing={passing} className="visually-hidden">
          Kit
        </PageHeading>
        {children}
      </main>
    </div>
  );
}

interface KitEditorProps {
  readonly id: string;
  readonly own: AuthoredKit | null;
  /** Nothing of it was written yet. */
  readonly isNew: boolean;
}

function KitEditor({ id, own, isNew }: KitEditorProps) {
  const navigate = useNavigate();
  const { saver, snapshot } = useDraftSaver<AuthoredKit>(() => ({
    id,
    own,
    blank: blankKit(),
    server: kitServer,
    place: placeOf(id),
  }));
  const bank = useBankChoices();
  useSaveOnceAllowed(saver, bank.isSuccess);
  const [tried, setTried] = useState(0);
  const { draft } = snapshot;
  const made = kitOfDraft(id, draft);
  const faults = kitFaults("faults" in made ? made.faults : [], draft);
  const entries = useKitEntries(draft.questions);
  const edit = (changed: KitDraft) => {
    if (isNew) void navigate({ to: "/kits/$kitId", params: { kitId: id }, replace: true });
    saver.edit(changed);
  };
  const publish = () => {
    setTried(tried + 1);
    if (faults.size === 0) saver.act("publish");
  };
  const title = draft.title.trim() || (isNew ? "New kit" : "A kit without a title");
  const published = snapshot.own?.published ?? null;
  return (
    <div className={styles.page}>
      <title>{`${title} · Whetstone`}</title>
      <SiteHeader actions={null} />
      <main className={styles.main}>
        <SaveBar
          noun="kit"
          title={title}
          saver={saver}
          snapshot={snapshot}
          publication={kitPublication(id, draft, published)}
          faults={faults}
          tried={tried}
          onPublish={publish}
        >
          {published && !snapshot.own?.archived && <OpenRoomFromKit id={id} title={published.title} />}
          {published && <DuplicateKit id={id} title={title} quiet />}
        </SaveBar>
        {bank.error && (
          <div className={styles.whole}>
            <Refused error={bank.error} onRetry={() => void bank.refetch()} />
          </div>
        )}
        <FaultForm faults={faults} showAll={tried > 0} className={styles.form}>
          <KitForm draft={draft} onChange={edit} />
          <KitCompetencies draft={draft} onChange={edit} />
          <KitQuestions draft={draft} entries={entries} onChange={edit} />
        </FaultForm>
        <aside className={styles.side} aria-label="What the kit adds up to">
          <KitFigures draft={draft} entries={entries} />
        </aside>
      </main>
    </div>
  );
}

/** A kit of a pack: the same page, to read. */
function PackKit({ id }: { id: string }) {
  const entry = useQuery({ ...FRESH, queryKey: ["kits", id], queryFn: () => orNull(kitEntry(id)) });
  const { data } = entry;
  const entries = useKitEntries(data?.questions ?? []);
  if (!data) {
    return (
      <Waiting passing={entry.isPending}>
        {entry.isError && <Refused error={entry.error} onRetry={() => void entry.refetch()} />}
        <p>{entry.isPending ? "Loading…" : "There is no such kit."}</p>
      </Waiting>
    );
  }
  const { own: _own, archived: _archived, titles: _titles, ...kit } = data;
  const draft = draftOfKit(kit);
  return (
    <div className={styles.page}>
      <title>{`${data.title} · Whetstone`}</title>
      <SiteHeader />
      <main className={styles.main}>
        <div className={styles.top}>
          <PageHeading>{data.title}</PageHeading>
          <span className={styles.pack}>From a pack: duplicate it to change it</span>
          <OpenRoomFromKit id={id} title={data.title} />
          <DuplicateKit id={id} title={data.title} />
        </div>
        <KitReading draft={draft} entries={entries} />
        <aside className={styles.side} aria-label="What the kit adds up to">
          <KitFigures draft={draft} entries={entries} />
        </aside>
      </main>
    </div>
  );
}
