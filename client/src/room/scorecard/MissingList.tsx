import { titleOf } from "@whetstone/shared/question-title";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { Missing, Rateable } from "@whetstone/shared/scorecard";
import { type MouseEvent, useState } from "react";
import { plural } from "../../words.ts";
import styles from "./MissingList.module.css";
import { byAsk, type Place, placeOf } from "./places.ts";

interface MissingListProps {
  readonly missing: Missing<PanelAsk>;
  readonly title: string;
  /** Goes to a criterion; without it the list is only read. */
  readonly onPlace?: (place: Place) => void;
}

/** What a scorecard lacks, each a link to where it is added. */
export function MissingList({ missing, title, onPlace }: MissingListProps) {
  const { recommendation, confidence, summary, unrated, unsupported } = missing;
  const fields = [
    recommendation && { id: "recommendation", name: "Recommendation" },
    confidence && { id: "confidence", name: "Confidence" },
    summary && { id: "summary", name: "Summary" },
  ].filter((field) => field !== false);
  return (
    <section id="missing" tabIndex={-1} className={styles.missing} aria-labelledby="missing-title">
      <h3 id="missing-title">{title}</h3>
      {fields.length > 0 && (
        <ul className={styles.fields}>
          {fields.map(({ id, name }) => (
            <li key={id}>{onPlace ? <PlaceLink href={`#${id}`} onGo={() => focusField(id)} name={name} /> : name}</li>
          ))}
        </ul>
      )}
      <Criteria
        pairs={unrated}
        words={`${plural(unrated.length, "criterion", "criteria")} not rated`}
        purpose="rate"
        onPlace={onPlace}
      />
      <Criteria
        pairs={unsupported}
        words={`${plural(unsupported.length, "rating")} without a note`}
        purpose="note"
        onPlace={onPlace}
      />
    </section>
  );
}

/** Longer lists begin closed, so that what is below them stays in sight. */
const OPEN_UP_TO = 6;

interface CriteriaProps {
  readonly pairs: readonly Rateable<PanelAsk>[];
  readonly words: string;
  readonly purpose: Place["purpose"];
  readonly onPlace: ((place: Place) => void) | undefined;
}

function Criteria({ pairs, words, purpose, onPlace }: CriteriaProps) {
  const [open, setOpen] = useState(pairs.length <= OPEN_UP_TO);
  if (pairs.length === 0) return null;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words}</summary>
      <ul>
        {byAsk(pairs).map(({ ask, pairs: ofAsk }) => (
          <li key={ask.askId}>
            <span>{titleOf(ask.question)}</span>
            {ofAsk.map((pair) =>
              onPlace ? (
                <PlaceLink
                  key={pair.criterion.id}
                  href={`#${ask.askId}`}
                  name={pair.criterion.name}
                  onGo={() => onPlace(placeOf(pair, purpose))}
                />
              ) : (
                <span key={pair.criterion.id}>{pair.criterion.name}</span>
              ),
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A link to a place on this page that leaves the address as it is, since that holds the tab. */
function PlaceLink({ href, name, onGo }: { href: string; name: string; onGo: () => void }) {
  const go = (event: MouseEvent) => {
    event.preventDefault();
    onGo();
  };
  return (
    <a href={href} onClick={go}>
      {name}
    </a>
  );
}

function focusField(id: string): void {
  const field = document.getElementById(id);
  (field?.querySelector("input") ?? field)?.focus();
}
