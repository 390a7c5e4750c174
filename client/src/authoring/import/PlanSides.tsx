import type { ImportPlan } from "@whetstone/shared/bank-wire";
import { useId, useMemo, useRef, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { type Change, countAlike, withCorrections } from "./corrections.ts";
import { PlanBar, PlanKeys } from "./PlanBar.tsx";
import { PlanPart } from "./PlanPart.tsx";
import type { PieceActions } from "./PlanPiece.tsx";
import styles from "./PlanSides.module.css";
import { pieceKeys } from "./piece-keys.ts";
import { ROLE_MEANINGS } from "./roles.ts";
import { arranged, firstOf, inPages, keyOf, nextUnsure, type Part, placesOf } from "./sides.ts";
import type { Correcting } from "./use-corrections.ts";
import { useKeptFocus } from "./use-kept-focus.ts";
import { quoted } from "./words.ts";

interface PlanSidesProps {
  readonly plan: ImportPlan;
  readonly correcting: Correcting;
}

/** Every question as it was read, what the candidate would see beside what only the panel would, each piece to be put right. */
export function PlanSides({ plan, correcting }: PlanSidesProps) {
  const { history, isBehind } = correcting;
  const id = useId();
  const pieces = useMemo(
    () => (isBehind ? withCorrections(plan.pieces, history.now) : plan.pieces),
    [plan.pieces, isBehind, history.now],
  );
  const pages = useMemo(() => inPages(arranged(pieces)), [pieces]);
  const places = useMemo(() => placesOf(pages), [pages]);
  const unsure = useMemo(() => pieces.filter(({ isSure }) => !isSure).length, [pieces]);
  const [shownPage, setPage] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const [last, setLast] = useState<Change | null>(null);
  const page = Math.min(shownPage, pages.length - 1);
  const focus = useKeptFocus(places, page, setPage);

  const put = (change: Change) => {
    focus.goTo(keyOf(change.piece));
    setOpen(null);
    setLast(change);
    correcting.put(change);
  };
  const step = (act: () => void) => () => {
    setLast(null);
    act();
  };
  const stepping: Correcting = {
    ...correcting,
    undo: step(correcting.undo),
    redo: step(correcting.redo),
    clear: step(correcting.clear),
  };
  const goToUnsure = (by: 1 | -1) => {
    const next = nextUnsure(places, focus.at, by);
    if (next !== null) focus.goTo(next);
  };
  // Whoever turns a page begins at its top.
  const turnTo = (turned: number) => {
    const first = firstOf(places, turned);
    if (first !== null) focus.goTo(first);
    setPage(turned);
  };
  const acts = useRef({ put, setOpen });
  acts.current = { put, setOpen };
  const [actions] = useState<PieceActions>(() => ({
    put: (piece, as, isForAll) => acts.current.put({ piece, as, isForAll }),
    open: (key) => acts.current.setOpen(key),
  }));
  const alikeOf = (key: string | null) => {
    const piece = key === null ? undefined : places.get(key)?.piece;
    return piece ? countAlike(pieces, piece, history.now) : 0;
  };
  const showing = {
    entries: plan.entries,
    stop: focus.stop,
    open: open === null ? null : { key: open, alike: alikeOf(open) },
    actions,
  };
  const keys = pieceKeys({ places, focus, put, goToUnsure, close: () => setOpen(null), correcting: stepping });
  return (
    <section ref={focus.area} className={styles.sides} aria-labelledby={id} onKeyDown={keys} {...focus.follow}>
      <h2 id={id}>What the candidate sees, and what only the panel does</h2>
      {places.size === 0 ? (
        <p className={styles.given}>
          The files say themselves what each part is. To change it, change the file and choose it again.
        </p>
      ) : (
        <>
          <PlanBar
            unsure={unsure}
            correcting={stepping}
            said={last === null ? null : wordsOf(last, isBehind ? last.as : roleNow(places, last))}
            alike={last === null || last.isForAll ? 0 : alikeOf(keyOf(last.piece))}
            onAlike={() => last && put({ ...last, isForAll: true })}
            onUnsure={goToUnsure}
          />
          <PlanKeys />
        </>
      )}
      <Pages pages={pages} page={page} onPage={turnTo} />
      <div className={styles.parts} aria-busy={isBehind}>
        {pages[page]?.map((part) => (
          <PlanPart key={keyOfPart(part)} part={part} {...showing} />
        ))}
      </div>
      <Pages pages={pages} page={page} onPage={turnTo} />
      {plan.morePieces > 0 && (
        <p className={styles.more}>
          {`${plan.morePieces} more pieces are not shown. They are imported too, as they were read. To see and correct all, import the text in parts.`}
        </p>
      )}
    </section>
  );
}

const keyOfPart = (part: Part): string => {
  switch (part.kind) {
    case "heading":
      return `heading ${part.piece.file} ${part.piece.piece}`;
    case "out":
      return `out ${part.pieces[0]?.file} ${part.pieces[0]?.piece}`;
    case "question": {
      const first = part.candidate[0] ?? part.panel[0];
      return `question ${first?.file} ${first?.piece ?? part.number}`;
    }
    default:
      return part satisfies never;
  }
};

const roleNow = (places: ReturnType<typeof placesOf>, { piece, as }: Change) =>
  places.get(keyOf(piece))?.piece.role ?? as;

/** What was put right; where the text does not allow it, why it is not so. */
function wordsOf({ piece, as, isForAll }: Change, role: string): string {
  const what = quoted(piece.text);
  if (role === "out" && as !== "out") return `${what} is still left out, as no question stands before it.`;
  const meaning = ROLE_MEANINGS[as];
  return isForAll ? `${what}, and all that look like it: each is ${meaning}.` : `${what} is ${meaning}.`;
}

interface PagesProps {
  readonly pages: readonly (readonly Part[])[];
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/** The way through the questions of a long import, where one page does not hold them. */
function Pages({ pages, page, onPage }: PagesProps) {
  const all = useMemo(() => pages.flat().filter(({ kind }) => kind === "question").length, [pages]);
  if (pages.length < 2) return null;
  const numbers = (pages[page] ?? []).flatMap((part) => (part.kind === "question" ? [part.number] : []));
  return (
    <div className={styles.pages}>
      <span>
        {numbers.length > 0
          ? `Questions ${numbers[0] ?? 0} to ${numbers.at(-1) ?? 0} of ${all}`
          : `Page ${page + 1} of ${pages.length}, of what is left out`}
      </span>
      <Button disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </Button>
      <Button disabled={page === pages.length - 1} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </div>
  );
}
