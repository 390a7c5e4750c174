import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import type { FeedbackPage } from "@whetstone/shared/feedback";
import type { RefusalReason } from "@whetstone/shared/room/refusal";
import { Download, Printer } from "lucide-react";
import { saveFile } from "../browser/files.ts";
import { asPasted } from "../browser/pasted.ts";
import { RequestRefused } from "../refusals.ts";
import { Button } from "../ui/Button.tsx";
import { Logo } from "../ui/Logo.tsx";
import { Message } from "../ui/Message.tsx";
import styles from "./FeedbackLinkPage.module.css";
import { FeedbackSheet } from "./FeedbackSheet.tsx";
import { answersFile, feedbackFile, type TextFile } from "./files.ts";
import { longDayText } from "./letter.ts";
import { lookAtFeedback } from "./requests.ts";

/** Where the feedback's link leads: what the candidate is told, and their own answers, to read, to print and to keep. */
export function FeedbackLinkPage() {
  const secret = useLocation({ select: ({ hash }) => asPasted(hash) });
  if (secret === "") return <Message title="This link is not whole">Check that all of it was copied.</Message>;
  return <Opened key={secret} secret={secret} />;
}

function Opened({ secret }: { secret: string }) {
  const look = useQuery({
    queryKey: ["feedback", secret],
    queryFn: () => lookAtFeedback(secret),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
  if (look.isPending) return <Message title="One moment…" passing />;
  if (look.isError) return <Closed error={look.error} onRetry={() => void look.refetch()} />;
  return <Page page={look.data} />;
}

/** Why a link opens nothing, and what its holder can do. */
const CLOSED: Partial<Record<RefusalReason, { readonly title: string; readonly text: string }>> = {
  unknown_link: {
    title: "This link does not open any feedback",
    text: "Check that all of it was copied. It may also have been replaced by a newer one: ask whoever sent it to you.",
  },
  link_expired: {
    title: "This link has expired",
    text: "Your feedback is kept. Ask whoever sent you the link for a new one.",
  },
  feedback_withdrawn: {
    title: "This feedback was withdrawn",
    text: "It may be on its way in a new form. Ask whoever sent you the link.",
  },
};

function Closed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const known = error instanceof RequestRefused ? CLOSED[error.refusal.reason] : undefined;
  return (
    <Message
      title={known?.title ?? "Your feedback cannot be shown just now"}
      actions={<Button onClick={onRetry}>Try again</Button>}
    >
      {known?.text ?? error.message}
    </Message>
  );
}

const save = ({ name, text }: TextFile): void =>
  saveFile(new Blob([text], { type: "text/markdown;charset=utf-8" }), name);

function Page({ page }: { page: FeedbackPage }) {
  return (
    <div className={styles.page}>
      <title>{`Feedback: ${page.feedback.title} · Whetstone`}</title>
      <header className={styles.header}>
        <Logo />
      </header>
      <main className={styles.main}>
        <FeedbackSheet letter={page} heading={1} />
        <footer className={styles.footer}>
          <div className={styles.actions}>
            <Button onClick={() => save(feedbackFile(page))}>
              <Download size={14} aria-hidden /> Download feedback
            </Button>
            {page.answers.length > 0 && (
              <Button onClick={() => save(answersFile(page))}>
                <Download size={14} aria-hidden /> Download your answers
              </Button>
            )}
            <Button onClick={() => window.print()}>
              <Printer size={14} aria-hidden /> Print
            </Button>
          </div>
          <p>
            Published on {longDayText(page.publishedAt)}. Whoever has this link can read this page, so keep it to
            yourself.
          </p>
        </footer>
      </main>
    </div>
  );
}
