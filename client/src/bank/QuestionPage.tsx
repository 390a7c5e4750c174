import { Tabs } from "@base-ui/react/tabs";
import { useMutation } from "@tanstack/react-query";
import { Link, useCanGoBack, useNavigate, useParams, useRouter } from "@tanstack/react-router";
import type { BankEntry } from "@whetstone/shared/bank-wire";
import { ArrowLeft, ChartNoAxesColumn, Copy, Pencil } from "lucide-react";
import { copyQuestion } from "../api/bank.ts";
import { useMedia } from "../browser/media.ts";
import { Refused } from "../site/Refused.tsx";
import { SiteHeader } from "../site/SiteHeader.tsx";
import { Button, buttonClass } from "../ui/Button.tsx";
import { PageHeading } from "../ui/PageHeading.tsx";
import { LEVEL_NAMES } from "../words.ts";
import { CandidateSide } from "./CandidateSide.tsx";
import { PanelRubric, PanelSide } from "./PanelSide.tsx";
import styles from "./QuestionPage.module.css";
import { useBankEntry } from "./queries.ts";

/** One question of the bank, as the candidate sees it and as the interviewer does. */
export function QuestionPage() {
  const { questionId } = useParams({ from: "/bank/questions/$questionId" });
  const entry = useBankEntry(questionId);
  return (
    <div className={styles.page}>
      <title>{`${entry.data?.title ?? "Question"} · Whetstone`}</title>
      <SiteHeader />
      <main className={styles.main}>
        {entry.data ? (
          <>
            <Top entry={entry.data} />
            <Sides entry={entry.data} />
          </>
        ) : (
          <>
            <PageHeading passing={!entry.error} className="visually-hidden">
              Question
            </PageHeading>
            {entry.error ? (
              <Refused error={entry.error} onRetry={() => void entry.refetch()} />
            ) : (
              <p className={styles.loading}>Loading…</p>
            )}
          </>
        )}
      </main>
    </div>
  );
}

function Top({ entry }: { entry: BankEntry }) {
  const navigate = useNavigate();
  const copying = useMutation({
    mutationFn: () => copyQuestion(entry.id),
    onSuccess: ({ id }) => navigate({ to: "/bank/own/$questionId", params: { questionId: id } }),
  });
  return (
    <div className={styles.top}>
      <WayBack />
      <div className={styles.title}>
        <PageHeading>{entry.title}</PageHeading>
        <p className={styles.about}>
          <span className={styles.level}>{LEVEL_NAMES[entry.level]}</span>
          <Link to="/bank" search={{ topic: [entry.topic] }}>
            {entry.topicName}
          </Link>
          <span>{entry.minutes} min</span>
          <span>{entry.packTitle}</span>
          <span>reviewed {monthName(entry.reviewed)}</span>
          {entry.archived && <b>archived: it can no longer be found or asked</b>}
        </p>
      </div>
      <div className={styles.actions}>
        <Link
          to="/bank/questions/$questionId/use"
          params={{ questionId: entry.id }}
          className={buttonClass({ look: "quiet" })}
        >
          <ChartNoAxesColumn size={14} aria-hidden /> How it was used
        </Link>
        {entry.own && (
          <Link to="/bank/own/$questionId" params={{ questionId: entry.id }} className={buttonClass()}>
            <Pencil size={14} aria-hidden /> Edit
          </Link>
        )}
        <Button disabled={copying.isPending} onClick={() => copying.mutate()}>
          <Copy size={14} aria-hidden /> Copy and change
        </Button>
        {copying.error && <p role="alert">{copying.error.message}</p>}
      </div>
    </div>
  );
}

/** Back to the results that led here, or to the whole bank. */
function WayBack() {
  const { history } = useRouter();
  const canGoBack = useCanGoBack();
  return (
    <p className={styles.back}>
      {canGoBack ? (
        <Button look="quiet" onClick={() => history.back()}>
          <ArrowLeft size={15} aria-hidden /> Back
        </Button>
      ) : (
        <Link to="/bank" activeOptions={{ exact: true }} className={buttonClass({ look: "quiet" })}>
          <ArrowLeft size={15} aria-hidden /> The bank
        </Link>
      )}
    </p>
  );
}

const SIDES = [
  { value: "candidate", name: "As the candidate sees it" },
  { value: "panel", name: "As the interviewer sees it" },
] as const;

function Sides({ entry }: { entry: BankEntry }) {
  const isWide = useMedia("(min-width: 1000px)");
  if (isWide) {
    return (
      <div className={styles.sides}>
        <section className={styles.candidate} aria-label={SIDES[0].name}>
          <h2>{SIDES[0].name}</h2>
          <CandidateSide prompt={entry.prompt} workspace={entry.workspace} />
        </section>
        <section className={styles.panel} aria-label={SIDES[1].name}>
          <h2>
            {SIDES[1].name} <small>only the panel sees this</small>
          </h2>
          <PanelSide entry={entry} />
          <PanelRubric entry={entry} />
        </section>
      </div>
    );
  }
  return (
    <Tabs.Root defaultValue="candidate" className={styles.tabs ?? ""}>
      <Tabs.List className={styles.tabList ?? ""} activateOnFocus>
        {SIDES.map(({ value, name }) => (
          <Tabs.Tab key={value} value={value} className={styles.tab ?? ""}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="candidate">
        <CandidateSide prompt={entry.prompt} workspace={entry.workspace} />
      </Tabs.Panel>
      <Tabs.Panel value="panel" className={styles.panel ?? ""}>
        <h2 className="visually-hidden">{SIDES[1].name}</h2>
        <PanelSide entry={entry} />
        <PanelRubric entry={entry} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

/** `2026-11` as `November 2026`. */
function monthName(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(year, number - 1).toLocaleDateString("en-GB", { month: "long", year: "numeric" });
}
