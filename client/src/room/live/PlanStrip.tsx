import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { PHASE_NAMES } from "../../words.ts";
import { ahead } from "../asking/asking.ts";
import { Whose } from "../asking/Whose.tsx";
import { Menu } from "./Menu.tsx";
import { PlanNav, type PlanNavProps } from "./PlanNav.tsx";
import styles from "./PlanStrip.module.css";

/** The plan where there is no place for it beside the question: how far one is, what comes next, and the whole of it in a panel. */
export function PlanStrip(plan: PlanNavProps) {
  const { view, asking, onSelect, onAsk, onBank } = plan;
  const next = asking.next ?? ahead(view)[0];
  const [isOpen, open] = useState(false);
  const closing =
    <Given extends readonly unknown[]>(act: (...given: Given) => void) =>
    (...given: Given) => {
      open(false);
      act(...given);
    };
  const asked = view.plan.filter(({ itemId }) => view.asks.some(({ planItemId }) => planItemId === itemId)).length;
  return (
    <div className={styles.strip}>
      <Menu
        name={`Plan ${asked} of ${view.plan.length} asked`}
        label={
          <>
            Plan{" "}
            <span className={styles.count}>
              {asked} of {view.plan.length}
            </span>
            <ChevronDown size={14} aria-hidden />
          </>
        }
        align="start"
        open={isOpen}
        onOpen={open}
      >
        <div className={styles.plan}>
          <PlanNav {...plan} onSelect={closing(onSelect)} onAsk={closing(onAsk)} onBank={onBank && closing(onBank)} />
        </div>
      </Menu>
      {view.planPhase && <span className={styles.phase}>{PHASE_NAMES[view.planPhase.kind]}</span>}
      {next && (
        <span className={styles.next}>
          <small>Next</small>
          <b>{next.title}</b>
          <Whose view={view} itemId={next.itemId} />
        </span>
      )}
      {next && next === asking.next && (
        <button
          type="button"
          className={styles.ask}
          disabled={view.room.phase !== "live"}
          onClick={() => onAsk(next.itemId)}
          aria-label={`Ask A ${next.title}`}
        >
          Ask <kbd>A</kbd>
        </button>
      )}
    </div>
  );
}
