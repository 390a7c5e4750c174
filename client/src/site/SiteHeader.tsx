import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "../ui/Button.tsx";
import { Logo } from "../ui/Logo.tsx";
import styles from "./SiteHeader.module.css";

const PAGES = [
  { to: "/", name: "Rooms" },
  { to: "/practice/history", name: "Practice" },
  { to: "/compare", name: "Compare" },
  { to: "/bank", name: "Bank" },
  { to: "/kits", name: "Kits" },
  { to: "/bank/coverage", name: "Coverage" },
  { to: "/bank/own", name: "Yours" },
] as const;

/** The way between the pages outside of rooms; at its end what one does on them, which is writing and importing questions. */
export function SiteHeader({ actions = <BankActions /> }: { actions?: ReactNode }) {
  return (
    <header className={styles.header}>
      <Link to="/" className={styles.home ?? ""} aria-label="Whetstone, your rooms">
        <Logo />
      </Link>
      <nav className={styles.pages} aria-label="Pages">
        {PAGES.map(({ to, name }) => (
          <Link key={name} to={to} activeOptions={{ exact: true, includeSearch: false }}>
            {name}
          </Link>
        ))}
      </nav>
      <div className={styles.actions}>{actions}</div>
    </header>
  );
}

function BankActions() {
  return (
    <>
      <Link to="/bank/import" className={buttonClass({ look: "quiet" })}>
        Import
      </Link>
      <Link to="/bank/own/$questionId" params={{ questionId: "new" }} className={buttonClass({ look: "primary" })}>
        <Plus size={15} aria-hidden /> Write a question
      </Link>
    </>
  );
}
