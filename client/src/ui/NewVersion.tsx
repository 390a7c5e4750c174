import { useBeneath } from "../browser/beneath.ts";
import { Button } from "./Button.tsx";
import styles from "./NewVersion.module.css";

export const NEW_VERSION_TITLE = "There is a new version of this page";

/** What a page of an older version says. */
export const NewVersionText = () => (
  <>What you typed is kept in this browser. Reload the page when it suits you, and go on where you were.</>
);

/** The same in a corner, in nobody's way. */
export function NewVersionCorner() {
  const place = useBeneath<HTMLDivElement>();
  return (
    <div className={styles.corner} role="status" ref={place}>
      <span>
        <b>{NEW_VERSION_TITLE}.</b> <NewVersionText />
      </span>
      <ReloadButton />
    </div>
  );
}

/** The reload that an older page never makes by itself. */
export function ReloadButton({ large = false }: { readonly large?: boolean }) {
  return (
    <Button look="primary" large={large} onClick={() => window.location.reload()}>
      Reload
    </Button>
  );
}
