import type { ReactNode } from "react";
import { PageHeading } from "../ui/PageHeading.tsx";
import styles from "./ListPage.module.css";
import { SiteHeader } from "./SiteHeader.tsx";

interface ListPageProps {
  readonly title: string;
  /** What the page is for, in a sentence or two. */
  readonly lead: string;
  /** What stands at the end of the header, where it is not writing and importing questions. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a page that lists things below one heading. */
export function ListPage({ title, lead, actions, children }: ListPageProps) {
  return (
    <div className={styles.page}>
      <title>{`${title} · Whetstone`}</title>
      {actions === undefined ? <SiteHeader /> : <SiteHeader actions={actions} />}
      <main className={styles.main}>
        <div>
          <PageHeading>{title}</PageHeading>
          <p className={styles.lead}>{lead}</p>
        </div>
        {children}
      </main>
    </div>
  );
}
