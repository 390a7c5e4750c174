import styles from "./Logo.module.css";

export function Logo() {
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="var(--accent)" />
        <path d="M6 21 22 7l4 4-16 14z" fill="var(--on-accent)" />
      </svg>
      Whetstone
    </span>
  );
}
