import type { ReactNode } from "react";
import { Logo } from "./Logo.tsx";
import styles from "./Message.module.css";
import { PageHeading } from "./PageHeading.tsx";

interface MessageProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** It stands there until the page has come, and is gone in a moment. */
  readonly passing?: boolean;
}

/** A page with one thing to say. */
export function Message({ title, children, actions, passing = false }: MessageProps) {
  return (
    <div className={styles.page}>
      <title>{`${title} · Whetstone`}</title>
      <header>
        <Logo />
      </header>
      <main className={styles.main}>
        <PageHeading page={title} passing={passing}>
          {title}
        </PageHeading>
        {children && <div className={styles.text}>{children}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </main>
    </div>
  );
}
