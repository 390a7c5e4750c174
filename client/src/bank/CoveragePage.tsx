import { Link, useLocation } from "@tanstack/react-router";
import type { CoverageResponse } from "@whetstone/shared/bank-wire";
import { useEffect, useState } from "react";
import { Refused } from "../site/Refused.tsx";
import { SiteHeader } from "../site/SiteHeader.tsx";
import { Field, fieldStyles, Input } from "../ui/Field.tsx";
import { PageHeading } from "../ui/PageHeading.tsx";
import { plural } from "../words.ts";
import styles from "./CoveragePage.module.css";
import { type CoveredItem, type CoveredList, type CoveredSection, coveredLists } from "./coverage.ts";
import { useCoverage } from "./queries.ts";

/** What the packs are to cover, as their source lists stand, each item with the questions that ask for it. */
export function CoveragePage() {
  const coverage = useCoverage();
  return (
    <div className={styles.page}>
      <title>Coverage · Whetstone</title>
      <SiteHeader />
      <main className={styles.main}>
        <PageHeading>What the bank covers</PageHeading>
        {coverage.data ? (
          <Lists coverage={coverage.data} />
        ) : coverage.error ? (
          <Refused error={coverage.error} onRetry={() => void coverage.refetch()} />
        ) : (
          <p>Loading…</p>
        )}
      </main>
    </div>
  );
}

function Lists({ coverage }: { coverage: CoverageResponse }) {
  const [filter, setFilter] = useState("");
  const target = useLocation().hash;
  // The lists come after the page, so the browser found nothing to scroll to.
  useEffect(() => {
    document.getElementById(target)?.scrollIntoView({ block: "center" });
  }, [target]);
  const packs = coverage.map((pack) => ({ ...pack, lists: coveredLists(pack, filter) }));
  const shown = packs.flatMap(({ lists }) => lists.flatMap(({ sections }) => sections.flatMap(({ items }) => items)));
  if (coverage.length === 0) return <p>No pack has source lists, so there is nothing that its questions must cover.</p>;
  return (
    <>
      <div className={styles.filter}>
        <Field label="Filter the items">
          <Input
            className={fieldStyles.input ?? ""}
            type="search"
            value={filter}
            placeholder="Words of an item or of its question"
            onChange={(event) => setFilter(event.target.value)}
          />
        </Field>
        <p role="status">{plural(shown.length, "item")}</p>
      </div>
      {packs.map(({ pack, packTitle, lists }) => (
        <section key={pack} aria-label={packTitle} className={styles.pack}>
          {packs.length > 1 && <h2>{packTitle}</h2>}
          {lists.map((list) => (
            <ListPart key={list.id} list={list} target={target} />
          ))}
        </section>
      ))}
      {shown.length === 0 && <p>No item holds these words.</p>}
    </>
  );
}

function ListPart({ list, target }: { list: CoveredList; target: string }) {
  return (
    <section className={styles.list} id={list.id}>
      <h2>
        {list.title}
        <Figure {...list} />
      </h2>
      <div className={styles.sections}>
        {list.sections.map((section) => (
          <SectionPart key={section.id} section={section} target={target} />
        ))}
      </div>
    </section>
  );
}

function SectionPart({ section, target }: { section: CoveredSection; target: string }) {
  return (
    <section className={styles.section} id={section.id} data-target={section.id === target}>
      <h3>
        <a className={styles.anchor} href={`#${section.id}`}>
          {section.id}
        </a>
        <span>{section.title}</span>
        <Figure {...section} />
      </h3>
      <ul>
        {section.items.map((item) => (
          <Item key={item.id} item={item} isTarget={item.id === target} />
        ))}
      </ul>
    </section>
  );
}

function Item({ item: { id, text, questions }, isTarget }: { item: CoveredItem; isTarget: boolean }) {
  return (
    <li id={id} className={styles.item} data-covered={questions.length > 0} data-target={isTarget}>
      <small>{id}</small>
      <div>
        <p>{text}</p>
        {questions.length === 0 && <em>No question covers this.</em>}
        {questions.map((question) => (
          <Link key={question.id} to="/bank/questions/$questionId" params={{ questionId: question.id }}>
            {question.title}
          </Link>
        ))}
      </div>
    </li>
  );
}

function Figure({ covered, total }: { readonly covered: number; readonly total: number }) {
  return (
    <small className={styles.figure} data-whole={covered === total}>
      {covered} of {total}
    </small>
  );
}
