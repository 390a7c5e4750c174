import { Tabs } from "@base-ui/react/tabs";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { candidateOfRound } from "@whetstone/shared/scorecard";
import { Suspense, useRef } from "react";
import { Message } from "../ui/Message.tsx";
import { PageHeading } from "../ui/PageHeading.tsx";
import { part } from "../ui/Part.tsx";
import { dayText, elapsedText, plural } from "../words.ts";
import styles from "./Ending.module.css";
import { MessagesButton } from "./messages/MessagesButton.tsx";
import { WayBack } from "./people/WayBack.tsx";
import { SavedState } from "./saved/SavedState.tsx";
import { useRoomContext } from "./store/context.tsx";
import type { QuestionsView } from "./store/questions-view.ts";
import { Reopen } from "./taking-back/Reopen.tsx";
import { TakeBack } from "./taking-back/TakeBack.tsx";

// Each is loaded when it is opened, so that none of it weighs on the live room.
const Scorecard = part(async () => (await import("./scorecard/Scorecard.tsx")).Scorecard);
const Exports = part(async () => (await import("./scorecard/Exports.tsx")).Exports);
const Debrief = part(async () => (await import("./debrief/Debrief.tsx")).Debrief);
const Keeping = part(async () => (await import("./keeping/Keeping.tsx")).Keeping);
const FeedbackComposer = part(async () => (await import("./feedback/Composer.tsx")).FeedbackComposer);

/** After the interview: finish the scorecard, then meet in the debrief, then tell the candidate. */
export function Ending({ view }: { view: QuestionsView }) {
  if (view.role === "observer") {
    return <Message title="The interview is over">Thank you for observing. Scorecards stay with the panel.</Message>;
  }
  return <Finish view={view} />;
}

const TAB_NAMES = {
  scorecard: "Your scorecard",
  debrief: "Debrief",
  feedback: "Feedback for the candidate",
  kept: "What is kept",
} as const;
type Tab = keyof typeof TAB_NAMES;

function Finish({ view }: { view: PanelView }) {
  const tabs: readonly Tab[] =
    view.role === "host" ? ["scorecard", "debrief", "feedback", "kept"] : ["scorecard", "debrief"];
  const [tab, setTab] = useTab(tabs);
  const list = useRef<HTMLDivElement>(null);
  const openDebrief = () => {
    setTab("debrief");
    list.current?.scrollIntoView();
    list.current?.querySelector<HTMLElement>('[data-tab="debrief"]')?.focus();
  };
  return (
    <div className={styles.page}>
      <EndingHeader view={view} />
      {view.reminded && (
        <p className={styles.reminded} role="status">
          <bdi>{view.reminded.by}</bdi> asks for your scorecard.
        </p>
      )}
      <main>
        <Tabs.Root value={tab} onValueChange={(value) => setTab(value)}>
          <Tabs.List ref={list} className={styles.tabs ?? ""}>
            {tabs.map((each) => (
              <Tabs.Tab key={each} value={each} data-tab={each} className={styles.tab ?? ""}>
                {TAB_NAMES[each]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Suspense fallback={<p className={styles.panel}>One moment…</p>}>
            <Tabs.Panel value="scorecard" className={styles.panel ?? ""}>
              <Scorecard view={view} onDebrief={openDebrief} />
            </Tabs.Panel>
            <Tabs.Panel value="debrief" className={styles.panel ?? ""}>
              <Debrief view={view} />
              {view.debriefOpen && <Exports />}
            </Tabs.Panel>
            {view.role === "host" && (
              <>
                <Tabs.Panel value="feedback" className={styles.panel ?? ""}>
                  <FeedbackComposer view={view} />
                </Tabs.Panel>
                <Tabs.Panel value="kept" className={styles.panel ?? ""}>
                  <Keeping view={view} />
                </Tabs.Panel>
              </>
            )}
          </Suspense>
        </Tabs.Root>
      </main>
      <TakeBack over="page" />
    </div>
  );
}

/** The tab that is open, held by the address, so that a reload comes back to it. Any other place is the scorecard's. */
function useTab(tabs: readonly Tab[]): readonly [Tab, (tab: Tab) => void] {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const { roomId } = useRoomContext();
  const open = (tab: Tab) =>
    void navigate({
      to: "/room/$roomId",
      params: { roomId },
      hash: tab === "scorecard" ? "" : tab,
      replace: true,
      resetScroll: false,
      hashScrollIntoView: false,
    });
  return [tabs.find((tab) => tab === hash) ?? "scorecard", open];
}

function EndingHeader({ view }: { view: PanelView }) {
  const { room, asks, timer } = view;
  const used = timer.kind === "stopped" ? timer.totalMs - timer.remainingMs : 0;
  const candidate = candidateOfRound(view) ?? room.candidateName;
  const facts = [
    room.forRole,
    candidate && room.title,
    `${elapsedText(used)} of ${room.minutes}:00`,
    plural(asks.length, "question"),
    room.keptUntil !== undefined && `kept until ${dayText(room.keptUntil)}`,
  ];
  return (
    <header className={styles.header}>
      <div>
        <PageHeading dir="auto">{candidate ?? room.title}</PageHeading>
        <p>{facts.filter(Boolean).join(" · ")}</p>
      </div>
      <span className={styles.headerRight}>
        <SavedState />
        <MessagesButton />
        {view.role === "host" && <Reopen view={view} />}
        <Link to="/">Your rooms</Link>
        <WayBack />
      </span>
    </header>
  );
}
