import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import type { Rest } from "@whetstone/shared/practice/matching/commands";
import { useEffect, useState, useSyncExternalStore } from "react";
import { practiceTopics } from "../../api/bank.ts";
import { serverInfo } from "../../api/rooms.ts";
import { partnerIn, seekerSecret } from "../../browser/practice-partners.ts";
import { SiteHeader } from "../../site/SiteHeader.tsx";
import { buttonClass } from "../../ui/Button.tsx";
import { PageHeading } from "../../ui/PageHeading.tsx";
import styles from "./FindPage.module.css";
import { useNotice } from "./notice.tsx";
import { Offer } from "./Offer.tsx";
import { Paired } from "./Paired.tsx";
import { SearchForm } from "./SearchForm.tsx";
import { openQueue, Seeker, type Seeking } from "./seeking.ts";
import { UsualWaits } from "./UsualWaits.tsx";
import { Waiting } from "./Waiting.tsx";
import { waitingText } from "./words.ts";

/** Finding somebody to practise with whom one does not know, where the server's administrator allows it. */
export function FindPage() {
  const info = useQuery({ queryKey: ["info"], queryFn: serverInfo });
  const after = useLocation({ select: ({ search }) => afterIn(search) });
  return (
    <div className={styles.page}>
      <SiteHeader
        actions={
          <Link to="/practice" activeOptions={{ exact: true }} className={buttonClass({ look: "quiet" })}>
            With somebody you know
          </Link>
        }
      />
      <main className={styles.main}>
        <div>
          <PageHeading>{after ? "Find somebody for the rest" : "Find a partner"}</PageHeading>
          <p className={styles.lead}>
            You interview each other, one after the other, as two who know each other do. Neither learns more of the
            other than a name, and that only once both have accepted.
          </p>
        </div>
        {info.isError && <p role="alert">{info.error.message}</p>}
        {info.data && !info.data.findsPartners && (
          <p>
            <title>Find a partner · Whetstone</title>
            Whoever runs this server has not turned this on. You can still{" "}
            <Link to="/practice" activeOptions={{ exact: true }}>
              practise with somebody you know
            </Link>{" "}
            or <Link to="/practice/alone">alone</Link>.
          </p>
        )}
        {info.data?.findsPartners && <Search after={after} />}
      </main>
    </div>
  );
}

/** The room whose partner has gone, and what is still to be done of it. */
interface After {
  readonly roomId: string;
  readonly first: Rest["first"];
}

function afterIn(search: Readonly<Record<string, unknown>>): After | null {
  const { after, first } = search;
  if (typeof after !== "string" || after === "") return null;
  return { roomId: after, first: first === "ask" ? "ask" : "answer" };
}

const ENDED: Record<NonNullable<Seeking["ended"]>, string> = {
  missed: "Somebody was found for you, and you did not answer within half a minute, so you look no more.",
  over: "You look no more.",
};

function Search({ after }: { after: After | null }) {
  const [seeker, setSeeker] = useState<Seeker | null>(null);
  useEffect(() => {
    const opened = new Seeker({ connect: () => openQueue(seekerSecret()), steady: () => performance.now() });
    setSeeker(opened);
    return () => opened.close();
  }, []);
  return seeker && <Queue seeker={seeker} after={after} />;
}

function Queue({ seeker, after }: { seeker: Seeker; after: After | null }) {
  const { view, isConnected, lost, ended, problem, acceptedHere } = useSyncExternalStore(
    seeker.subscribe,
    seeker.state,
  );
  const topics = useQuery({ queryKey: ["topics-to-practise"], queryFn: practiceTopics, retry: 1 });
  const now = useTicking(seeker);
  const [looksAgain, setLooksAgain] = useState(false);
  const isOffered = view?.kind === "offered" && !view.accepted;
  useNotice(isOffered);
  const title = isOffered ? "● Somebody fits: accept" : view?.kind === "waiting" ? "Looking…" : "Find a partner";
  const topicName = (id: string) => topics.data?.topics.find((topic) => topic.id === id)?.name ?? id;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (lost !== null) {
    return (
      <p role="alert">
        <title>Find a partner · Whetstone</title>
        {lost}
      </p>
    );
  }
  if (!view) {
    return (
      <p role="status">
        <title>Find a partner · Whetstone</title>
        Connecting…
      </p>
    );
  }
  const partner = after && partnerIn(after.roomId);
  // Whoever comes from a room looks for somebody else than whom they have there.
  const looksOn = looksAgain || (view.kind === "paired" && after !== null && view.room?.roomId === after.roomId);
  const showsForm = view.kind === "out" || (view.kind === "paired" && looksOn);
  return (
    <>
      <title>{`${title} · Whetstone`}</title>
      {!isConnected && (
        <p role="status" className={styles.notice}>
          The connection is lost. This page comes back by itself, and your place is kept for a minute.
        </p>
      )}
      {view.kind === "out" && (ended !== null || problem !== null) && (
        <p role="status" className={styles.notice}>
          {problem ?? (ended && ENDED[ended])}
        </p>
      )}
      {view.kind === "paired" && !looksOn && (
        <Paired view={view} acceptedHere={acceptedHere} onLookAgain={() => setLooksAgain(true)} />
      )}
      {view.kind === "offered" && (
        <Offer
          key={view.offerId}
          offer={view}
          now={now}
          topicName={topicName}
          onAccept={() => seeker.accept(view.offerId)}
          onDecline={() => seeker.tell({ type: "decline", offerId: view.offerId })}
        />
      )}
      {view.kind === "waiting" && (
        <Waiting
          view={view}
          now={now}
          onWiden={(by) => seeker.tell({ type: "widen", by })}
          onLeave={() => seeker.leave()}
        />
      )}
      {view.kind === "out" && (
        <p role="status" className={styles.there}>
          {waitingText(view.waiting)}
        </p>
      )}
      {showsForm && (
        <>
          {after && (
            <p className={styles.notice}>
              {partner
                ? "You are put at the head of the list, and what is still to be done comes first. "
                : "What is still to be done of it comes first where it can. "}
              <Link to="/room/$roomId" params={{ roomId: after.roomId }}>
                Your room and its place are kept
              </Link>
              .
            </p>
          )}
          <SearchForm
            rest={after && partner ? { pairId: partner.pairId, first: after.first } : null}
            isConnected={isConnected}
            onSearch={async (search) => {
              const refused = await seeker.enter(search);
              if (refused === null) setLooksAgain(false);
              return refused;
            }}
          />
        </>
      )}
      {(view.kind === "out" || view.kind === "waiting") && <UsualWaits usual={view.usual} now={now} zone={zone} />}
    </>
  );
}

/** The server's time, each second anew. */
function useTicking(seeker: Seeker): number {
  const [now, setNow] = useState(seeker.serverNow);
  useEffect(() => {
    const tick = () => setNow(seeker.serverNow());
    const timer = setInterval(tick, 1_000);
    const unsubscribe = seeker.subscribe(tick);
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }, [seeker]);
  return now;
}
