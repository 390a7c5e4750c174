import { useMutation } from "@tanstack/react-query";
import type { Feedback } from "@whetstone/shared/feedback";
import { LINK_DAYS, type PublishFeedbackRequest } from "@whetstone/shared/links-wire";
import { isEmptyFeedback } from "@whetstone/shared/room/feedback/compose";
import { feedbackLinkProblem } from "@whetstone/shared/room/feedback/state";
import { diff } from "@whetstone/shared/room/patch";
import type { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import type { HostView } from "@whetstone/shared/room/view/host";
import { type ReactNode, useState } from "react";
import { feedbackSecret, keepFeedbackLink, keepLink, linkSecret } from "../../browser/remembered.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { momentText, plural } from "../../words.ts";
import { useRoomContext, useSend, useServerNow } from "../store/context.tsx";
import styles from "./Publishing.module.css";
import { publishFeedback } from "./requests.ts";
import { feedbackSaved } from "./saved.ts";

interface PublishingProps {
  readonly view: HostView;
  /** What the draft makes. */
  readonly composed: Feedback;
  /** How many things in it should be looked at. */
  readonly cautions: number;
}

type Published = NonNullable<HostView["feedback"]["published"]>;

/** Whether the candidate can read the feedback, and what the host can do about it. */
export function Publishing({ view, composed, cautions }: PublishingProps) {
  const now = useServerNow();
  const publishing = usePublishing();
  const { draft, published } = view.feedback;
  const candidate = composed.candidate ?? "The candidate";
  const isEmpty = isEmptyFeedback(draft);
  const state = stateOf(published, composed, now);
  const blocked = !view.debriefOpen ? WAITING[view.room.blindPolicy] : isEmpty ? "There is nothing in it yet." : null;
  return (
    <section className={styles.publishing} aria-label="Publishing" data-state={state}>
      <p className={styles.status} role="status">
        {statusWords(state, published, candidate)}
      </p>
      {published && (state === "published" || state === "changed") ? (
        <Open published={published} state={state} isEmpty={isEmpty} publishing={publishing} />
      ) : blocked ? (
        <p className={styles.quiet}>{blocked}</p>
      ) : (
        <NewLink publishing={publishing} label={published ? "Publish again" : "Publish"} />
      )}
      {cautions > 0 && !isEmpty && (
        <p className={styles.cautions}>{plural(cautions, "thing")} in it to look at first, marked below.</p>
      )}
      {publishing.error && <p role="alert">{publishing.error.message}</p>}
    </section>
  );
}

/** What has to happen before the panel's scorecards are open to the host. */
const WAITING: Record<BlindPolicy, string> = {
  after_own: "It can be published once you have submitted your own scorecard.",
  after_all: "It can be published once everybody has submitted their scorecard.",
  never: "It can be published once you have submitted your own scorecard.",
};

type State = "unpublished" | "published" | "changed" | "withdrawn" | "expired";

function stateOf(published: Published | null, composed: Feedback, now: number): State {
  if (!published) return "unpublished";
  if (published.withdrawn) return "withdrawn";
  if (feedbackLinkProblem(published, now)) return "expired";
  return diff(published.feedback, composed).length > 0 ? "changed" : "published";
}

function statusWords(state: State, published: Published | null, candidate: string): ReactNode {
  const who = <bdi>{candidate}</bdi>;
  const when = published && momentText(published.at);
  switch (state) {
    case "unpublished":
      return (
        <>
          <b>Not published.</b> {who} can read nothing of it.
        </>
      );
    case "published":
      return (
        <>
          <b>Published</b> on {when}. Whoever has the link reads what stands below.
        </>
      );
    case "changed":
      return (
        <>
          <b>Changes since then are not published yet.</b> The link shows it as it was on {when}.
        </>
      );
    case "withdrawn":
      return (
        <>
          <b>Withdrawn.</b> {who} can read nothing of it; the link says so.
        </>
      );
    case "expired":
      return (
        <>
          <b>The link has expired.</b> It was published on {when}.
        </>
      );
    default:
      return state satisfies never;
  }
}

type PublishingMutation = ReturnType<typeof usePublishing>;

/** Publishes what is on the server's disk, once all that was typed is. A new link's secret is kept in this browser only. */
function usePublishing() {
  const { store, roomId, token } = useRoomContext();
  return useMutation({
    mutationFn: async (request: PublishFeedbackRequest) => {
      await feedbackSaved(store);
      return publishFeedback(token, request);
    },
    onSuccess: ({ link }) => {
      if (!link) return;
      keepFeedbackLink(roomId, link);
      keepLink(roomId, link);
    },
  });
}

interface OpenProps {
  readonly published: Published;
  readonly state: "published" | "changed";
  readonly isEmpty: boolean;
  readonly publishing: PublishingMutation;
}

/** The feedback can be read: its link, a new one, and the way back. */
function Open({ published, state, isEmpty, publishing }: OpenProps) {
  const [asking, setAsking] = useState<"nothing" | "new link" | "withdrawal">("nothing");
  const close = () => setAsking("nothing");
  return (
    <>
      <div className={styles.actions}>
        {state === "changed" && (
          <Button
            look="primary"
            disabled={publishing.isPending || isEmpty}
            onClick={() => publishing.mutate({ link: "keep" })}
          >
            Publish the changes
          </Button>
        )}
        <CopyLink published={published} />
        <Button look="quiet" disabled={isEmpty} onClick={() => setAsking("new link")}>
          Make a new link
        </Button>
        <Button look="quiet" onClick={() => setAsking("withdrawal")}>
          Withdraw
        </Button>
      </div>
      {asking === "new link" && (
        <div className={styles.asking}>
          <p>
            The link before stops working.
            {state === "changed" && " What you have changed is published with the new one."}
          </p>
          <NewLink publishing={publishing} label="Publish under a new link" onDone={close} onCancel={close} />
        </div>
      )}
      {asking === "withdrawal" && <Withdrawal onClose={close} />}
    </>
  );
}

function CopyLink({ published }: Pick<OpenProps, "published">) {
  const { roomId } = useRoomContext();
  const { linkId, expiresAt } = published;
  const secret = feedbackSecret(roomId, linkId) ?? linkSecret(roomId, linkId);
  return (
    <>
      {secret !== null && (
        <CopyButton text={`${window.location.origin}/feedback#${secret}`} label="Copy link" about="to the feedback" />
      )}
      <small className={styles.about}>
        {expiresAt === null ? "The link does not expire." : `The link works until ${momentText(expiresAt)}.`}
        {secret === null && " It was made in another browser, which alone can show it. Make a new one to get it here."}
      </small>
    </>
  );
}

function Withdrawal({ onClose }: { onClose: () => void }) {
  const send = useSend();
  const withdraw = () => {
    send({ type: "withdrawFeedback" });
    onClose();
  };
  return (
    <div className={styles.asking}>
      <p>The link will open nothing any more. What you wrote stays here.</p>
      <div className={styles.actions}>
        <Button look="danger" onClick={withdraw}>
          Withdraw the feedback
        </Button>
        <Button look="quiet" onClick={onClose}>
          Keep it published
        </Button>
      </div>
    </div>
  );
}

interface NewLinkProps {
  readonly publishing: PublishingMutation;
  readonly label: string;
  readonly onDone?: () => void;
  readonly onCancel?: () => void;
}

const DEFAULT_DAYS = 30;

/** For how long a new link works, and the button that makes it. */
function NewLink({ publishing, label, onDone, onCancel }: NewLinkProps) {
  const [days, setDays] = useState<(typeof LINK_DAYS)[number] | null>(DEFAULT_DAYS);
  const choose = (value: string) => setDays(LINK_DAYS.find((choice) => String(choice) === value) ?? null);
  const publish = () => publishing.mutate({ link: "new", days }, { onSuccess: () => onDone?.() });
  return (
    <div className={styles.actions}>
      <label>
        The link works for
        <select value={String(days)} onChange={(event) => choose(event.target.value)}>
          {LINK_DAYS.map((choice) => (
            <option key={choice} value={choice}>
              {plural(choice, "day")}
            </option>
          ))}
          <option value="null">as long as it is published</option>
        </select>
      </label>
      <Button look="primary" disabled={publishing.isPending} onClick={publish}>
        {publishing.isPending ? "Publishing…" : label}
      </Button>
      {onCancel && (
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}
