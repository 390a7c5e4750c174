import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Logo } from "../../ui/Logo.tsx";
import { PageHeading } from "../../ui/PageHeading.tsx";
import { CallButton } from "../call/call-place.tsx";
import { MessagesButton } from "../messages/MessagesButton.tsx";
import { WayBack } from "../people/WayBack.tsx";
import { SavedState } from "../saved/SavedState.tsx";
import styles from "./Frame.module.css";

interface FrameProps {
  readonly title: string;
  readonly lead: ReactNode;
  /** What is done on the page, at the end of its heading. */
  readonly actions?: ReactNode;
  /** Whether it is read as one column. */
  readonly isColumn?: boolean;
  /** Whether one may leave for the other rooms, as nothing is under way. */
  readonly leadsHome?: boolean;
  readonly children: ReactNode;
}

/** A page of a room on which nobody is asked just now: whether all is saved, the way back, a heading and what belongs to it. */
export function Frame({ title, lead, actions, isColumn = false, leadsHome = false, children }: FrameProps) {
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Logo />
        <span className={styles.right}>
          <SavedState />
          <CallButton />
          <MessagesButton />
          {leadsHome && <Link to="/">Your rooms</Link>}
          <WayBack />
        </span>
      </header>
      <main className={styles.main} data-column={isColumn}>
        <div className={styles.top}>
          <div>
            <PageHeading page={title} dir="auto">
              {title}
            </PageHeading>
            <p>{lead}</p>
          </div>
          {actions}
        </div>
        {children}
      </main>
    </div>
  );
}
