import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { questionsHad } from "../browser/had.ts";
import { useKeys } from "../browser/keys.ts";
import { bankPlace } from "../browser/remembered.ts";
import { Refused } from "../site/Refused.tsx";
import { SiteHeader } from "../site/SiteHeader.tsx";
import { PageHeading } from "../ui/PageHeading.tsx";
import { type BankAddress, isFiltered, withText } from "./address.ts";
import styles from "./BankPage.module.css";
import { Chosen } from "./Chosen.tsx";
import { inPlace } from "./choices.ts";
import { FilterPane } from "./FilterPane.tsx";
import { useBankSearch } from "./queries.ts";
import { Results } from "./Results.tsx";
import { requestOf, understood } from "./request.ts";
import { resultKeys, resultsOf, useMore } from "./result-keys.ts";
import { SearchField } from "./SearchField.tsx";

/** The bank to browse and to search. What it shows stands in its address. */
export function BankPage() {
  const { shown, show, write } = useShown(understood(useSearch({ from: "/bank" })));
  const [asked] = useState(questionsHad);
  const search = useBankSearch(requestOf(shown, asked));
  const all = useBankSearch(requestOf({}, asked)).found;
  const { found, error } = search;
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const more = useMore(search, list);
  const keys = resultKeys({ field, list, more });
  useKeys({ "/": () => field.current?.focus() });
  useArrival(field, list);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only leads the focus between the controls within
    <div className={styles.page} onKeyDown={(event) => keys(event) || leadBack(event, field.current)}>
      <title>Question bank · Whetstone</title>
      <SiteHeader />
      <main className={styles.main}>
        <PageHeading className="visually-hidden">Question bank</PageHeading>
        <div className={styles.search}>
          <SearchField ref={field} text={shown.q ?? ""} onText={write} />
        </div>
        {found && <FilterPane address={shown} choices={inPlace(found.choices, all?.choices)} onChange={show} />}
        <div className={styles.results}>
          {error && <Refused error={error} onRetry={search.retry} />}
          {found && (
            <>
              <Chosen
                address={shown}
                found={found}
                onChange={show}
                onClear={shown.q || isFiltered(shown) ? () => show({}) : null}
              />
              <Results ref={list} found={found} asked={asked} more={more} />
            </>
          )}
        </div>
      </main>
    </div>
  );
}

/**
 * What is shown, and how it changes. What is typed is searched at once; the address follows it without a step in the history for each
 * letter, and goes before it where it is changed by others, as by the way back.
 */
function useShown(address: BankAddress) {
  const navigate = useNavigate({ from: "/bank" });
  const [text, setText] = useState(address.q ?? "");
  const writing = useRef(0);
  const wanted = address.q ?? "";
  useEffect(() => {
    if (writing.current === 0) setText(wanted);
  }, [wanted]);
  const shown = withText(address, text);
  const go = async (next: BankAddress, replace: boolean) => {
    setText(next.q ?? "");
    writing.current++;
    await navigate({ to: "/bank", search: next, replace, resetScroll: false });
    writing.current--;
  };
  return {
    shown,
    show: (next: BankAddress) => void go(next, false),
    write: (typed: string) => void go(withText(shown, typed), true),
  };
}

/** Escape leads to the search from anywhere on the page. */
function leadBack(event: KeyboardEvent, field: HTMLInputElement | null): void {
  if (event.key !== "Escape" || event.target === field) return;
  event.preventDefault();
  field?.focus();
}

/** Puts the focus on the result from which one comes back, else into the search. */
function useArrival(field: RefObject<HTMLInputElement | null>, list: RefObject<HTMLUListElement | null>): void {
  const entry = useLocation().state.__TSR_key;
  const arrival = useRef(entry);
  useEffect(() => {
    const opened = arrival.current && bankPlace(arrival.current);
    const result = resultsOf(list.current).find(({ dataset }) => dataset.result === opened);
    (result ?? field.current)?.focus({ preventScroll: true });
  }, [field, list]);
}
