import type { ReactNode } from "react";
import { Logo } from "./Logo.tsx";
import styles from "./Message.module.css";

/** A page with one thing to say. */
export function Message({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={styles.page}>
      <title>{`${title} · Whetstone`}</title>
      <Logo />
      <main className={styles.main}>
        <h1>{title}</h1>
        {children && <div className={styles.text}>{children}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </main>
    </div>
  );
}
