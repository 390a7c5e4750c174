import { Component, type ComponentType, lazy, type ReactNode, useState } from "react";
import { type Absence, type FetchingOptions, fetching, PartMissing } from "../browser/parts.ts";
import { Button } from "./Button.tsx";
import { Message } from "./Message.tsx";
import { NEW_VERSION_TITLE, NewVersionText, ReloadButton } from "./NewVersion.tsx";
import styles from "./Part.module.css";

/** What stands in the place of a part that could not be fetched. */
export interface MissingProps {
  readonly missing: PartMissing;
  readonly onRetry: () => void;
}

/** For how long a part that could not be fetched is not asked for again by itself, in milliseconds. */
const REST_MS = 10_000;

/** A component that is fetched when it is shown for the first time, or before. */
export type FetchedPart<Props> = ComponentType<Props> & { readonly prefetch: () => void };

/**
 * A component with a file of its own, which is fetched when it is shown for the first time. Where that fails, only its own place says so:
 * what is around it stays, and everything that is being typed there.
 */
export function part<Props extends object>(
  importPart: () => Promise<ComponentType<Props>>,
  Missing: ComponentType<MissingProps & Props> = MissingPart,
  options: FetchingOptions = {},
): FetchedPart<Props> {
  let come: ComponentType<Props> | null = null;
  const load = fetching(importPart, options);
  const fetchPart = async () => {
    come = await load();
    return come;
  };
  let failedAt: number | null = null;
  const begin = () => {
    failedAt = null;
    return lazy(async () => {
      try {
        return { default: await fetchPart() };
      } catch (error) {
        failedAt = performance.now();
        throw error;
      }
    });
  };
  let Late: ComponentType<Props> = begin();
  // What is shown later tries anew, but not what is rendered again because the fetching failed.
  const beginAfterRest = () => {
    if (failedAt !== null && performance.now() - failedAt > REST_MS) Late = begin();
    // What is there already stands at once, as nothing then has to be put in its place for a moment.
    return { tries: 0, Fetched: come ?? Late };
  };
  function Part(props: Props) {
    const [{ tries, Fetched }, setShown] = useState(beginAfterRest);
    const retry = () => {
      Late = begin();
      setShown({ tries: tries + 1, Fetched: Late });
    };
    return (
      <Boundary key={tries} fallback={(missing) => <Missing {...props} missing={missing} onRetry={retry} />}>
        <Fetched {...props} />
      </Boundary>
    );
  }
  // Whoever shows it says what is missing.
  return Object.assign(Part, { prefetch: () => void fetchPart().catch(() => {}) });
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

const MISSING_TITLE = "This part of the page is missing";

const ABSENCES: Record<Absence, { readonly title: string; readonly text: ReactNode }> = {
  gone: { title: NEW_VERSION_TITLE, text: <NewVersionText /> },
  lost: {
    title: MISSING_TITLE,
    text: "It was lost on its way here. Try again; if that does not help, reload the page.",
  },
  unreachable: {
    title: MISSING_TITLE,
    text: "It could not be fetched, as the server cannot be reached. Check your network and try again.",
  },
};

/** What is said in the place of a part, and the way to try again. */
export function MissingPart({ missing: { absence }, onRetry }: MissingProps) {
  const { title, text } = ABSENCES[absence];
  return (
    <div className={styles.missing} role="alert">
      <p>
        <b>{title}.</b> {text}
      </p>
      {absence === "gone" ? <ReloadButton /> : <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

/** The same, where the part is the whole page. */
export function MissingPage({ missing: { absence }, onRetry }: MissingProps) {
  const { title, text } = ABSENCES[absence];
  const again = (
    <Button large onClick={onRetry}>
      Try again
    </Button>
  );
  return (
    <Message title={title} actions={absence === "gone" ? <ReloadButton large /> : again}>
      {text}
    </Message>
  );
}
