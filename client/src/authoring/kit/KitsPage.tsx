import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { AuthoredKit } from "@whetstone/shared/authored";
import type { KitSummary } from "@whetstone/shared/bank-wire";
import { ArrowRight, Copy, Plus, Presentation } from "lucide-react";
import { kits } from "../../api/bank.ts";
import { ListPage } from "../../site/ListPage.tsx";
import { Refused } from "../../site/Refused.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { plural } from "../../words.ts";
import { FRESH } from "../draft/useDraft.ts";
import { authoredKits, copyKit } from "../requests.ts";
import styles from "./KitsPage.module.css";
import { kitPublication } from "./kit-draft.ts";

/** All kits: the user's own with their drafts, those of the packs, and what is archived, folded away. */
export function KitsPage() {
  const ofBank = useQuery({ ...FRESH, queryKey: ["kits"], queryFn: () => kits() });
  const own = useQuery({ ...FRESH, queryKey: ["own", "kits", "all"], queryFn: authoredKits });
  const error = ofBank.error ?? own.error;
  const retry = () => void Promise.all([ofBank.refetch(), own.refetch()]);
  const ofPacks = (ofBank.data ?? []).filter((kit) => !kit.own);
  const active = (own.data ?? []).filter(({ archived }) => !archived);
  const archived = (own.data ?? []).filter((kit) => kit.archived);
  return (
    <ListPage
      title="Kits"
      lead="Plans of questions with minutes, each prepared for a role. A room can start from one."
      actions={<NewKit />}
    >
      {error && <Refused error={error} onRetry={retry} />}
      {active.length > 0 && (
        <section>
          <h2>Your kits</h2>
          <OwnKits kits={active} />
        </section>
      )}
      {ofPacks.length > 0 && (
        <section>
          <h2>{active.length > 0 ? "Kits of the packs" : "From the packs"}</h2>
          <PackKits kits={ofPacks} />
        </section>
      )}
      {archived.length > 0 && (
        <details>
          <summary>{plural(archived.length, "archived kit")}</summary>
          <OwnKits kits={archived} />
        </details>
      )}
    </ListPage>
  );
}

function NewKit() {
  return (
    <Link to="/kits/$kitId" params={{ kitId: "new" }} className={buttonClass({ look: "primary" })}>
      <Plus size={15} aria-hidden /> New kit
    </Link>
  );
}

function OwnKits({ kits: list }: { kits: readonly AuthoredKit[] }) {
  return (
    <ul className={styles.kits}>
      {list.map(({ id, draft, published, archived }) => (
        <KitRow
          key={id}
          id={id}
          title={draft.title.trim() || "Without a title"}
          about={[draft.role, `${draft.minutes} min`, plural(draft.questions.length, "question")]}
          description={draft.description}
          state={archived ? null : STATES[kitPublication(id, draft, published)]}
          canCopy={published !== null}
        />
      ))}
    </ul>
  );
}

const STATES = { draft: "Draft", changed: "Changed since it was published", published: null } as const;

function PackKits({ kits: list }: { kits: readonly KitSummary[] }) {
  return (
    <ul className={styles.kits}>
      {list.map(({ id, title, role, minutes, description, questionCount }) => (
        <KitRow
          key={id}
          id={id}
          title={title}
          about={[role, `${minutes} min`, plural(questionCount, "question")]}
          description={description}
          state={null}
          canCopy
        />
      ))}
    </ul>
  );
}

interface KitRowProps {
  readonly id: string;
  readonly title: string;
  readonly about: readonly string[];
  readonly description: string;
  readonly state: string | null;
  readonly canCopy: boolean;
}

function KitRow({ id, title, about, description, state, canCopy }: KitRowProps) {
  return (
    <li className={styles.kit}>
      <Link to="/kits/$kitId" params={{ kitId: id }} className={styles.enter}>
        <span className={styles.title}>
          {title}
          {state && <small>{state}</small>}
        </span>
        <span className={styles.about}>{about.filter((part) => part.trim()).join(" · ")}</span>
        <span className={styles.description}>{description}</span>
        <ArrowRight size={17} aria-hidden />
      </Link>
      {canCopy && <DuplicateKit id={id} title={title} quiet />}
    </li>
  );
}

/** Leads to a new room with the kit chosen. */
export function OpenRoomFromKit({ id, title }: { id: string; title: string }) {
  return (
    <Link to="/new" search={{ kit: id }} className={buttonClass()} aria-label={`Open a room from ${title}`}>
      <Presentation size={14} aria-hidden /> Open a room
    </Link>
  );
}

/** Makes a kit of the user's own from a kit, and opens it. */
export function DuplicateKit({ id, title, quiet = false }: { id: string; title: string; quiet?: boolean }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const copying = useMutation({
    mutationFn: () => copyKit(id),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ["own", "kits", "all"] });
      void navigate({ to: "/kits/$kitId", params: { kitId: made.id } });
    },
  });
  return (
    <span className={styles.copy}>
      <Button
        look={quiet ? "quiet" : "plain"}
        disabled={copying.isPending}
        onClick={() => copying.mutate()}
        aria-label={`Duplicate ${title}`}
      >
        <Copy size={14} aria-hidden /> Duplicate
      </Button>
      {copying.isError && <small role="alert">{copying.error.message}</small>}
    </span>
  );
}
