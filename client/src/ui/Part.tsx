import { Component, type ComponentType, lazy, type ReactNode, useState } from "react";
import { fetching, PartMissing } from "../browser/parts.ts";
import { Button } from "./Button.tsx";
import { Message } from "./Message.tsx";
import { NEW_VERSION_TITLE, NewVersionText, ReloadButton } from "./NewVersion.tsx";
import styles from "./Part.module.css";

/** What stands in the place of a part that could not be fetched. */
export interface MissingProps {
  readonly missing: PartMissing;
  readonly onRetry: () => void;
}

/**
 * A component with a file of its own, which is fetched when it is shown for the first time. Where that fails, only its own place says so:
 * what is around it stays, and everything that is being typed there.
 */
export function part<Props extends object>(
  importPart: () => Promise<ComponentType<Props>>,
  Missing: ComponentType<MissingProps & Props> = MissingPart,
): ComponentType<Props> {
  const fetchPart = fetching(importPart);
  const begin = () => lazy(async () => ({ default: await fetchPart() }));
  let Fetched: ComponentType<Props> = begin();
  return function Part(props: Props) {
    const [tries, setTries] = useState(0);
    const retry = () => {
      Fetched = begin();
      setTries(tries + 1);
    };
    return (
      <Boundary key={tries} fallback={(missing) => <Missing {...props} missing={missing} onRetry={retry} />}>
        <Fetched {...props} />
      </Boundary>
    );
  };
}

interface BoundaryProps {
  readonly fallback: (missing: PartMissing) => ReactNode;
  readonly children: ReactNode;
}

/** Catches what is missing, and nothing else. */
class Boundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (error instanceof PartMissing) return this.props.fallback(error);
    throw error;
  }
}

const UNREACHABLE_TITLE = "This part of the page is missing";
const UNREACHABLE = "It could not be fetched, as the server cannot be reached. Check your network and try again.";

function MissingPart({ missing, onRetry }: MissingProps) {
  return (
    <div className={styles.missing} role="alert">
      <p>
        <b>{missing.isGone ? NEW_VERSION_TITLE : UNREACHABLE_TITLE}.</b>{" "}
        {missing.isGone ? <NewVersionText /> : UNREACHABLE}
      </p>
      {missing.isGone ? <ReloadButton /> : <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

/** The same, where the part is the whole page. */
export function MissingPage({ missing, onRetry }: MissingProps) {
  return (
    <Message
      title={missing.isGone ? NEW_VERSION_TITLE : UNREACHABLE_TITLE}
      actions={
        missing.isGone ? (
          <ReloadButton large />
        ) : (
          <Button large onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {missing.isGone ? <NewVersionText /> : UNREACHABLE}
    </Message>
  );
}
