import type { PlanItem } from "@whetstone/shared/room/course/commands";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { PHASE_NAMES } from "../../words.ts";
import { Menu } from "./Menu.tsx";
import { PlanNav, type PlanNavProps } from "./PlanNav.tsx";
import styles from "./PlanStrip.module.css";

interface PlanStripProps extends PlanNavProps {
  readonly next: PlanItem | undefined;
}

/** The plan where there is no place for it beside the question: how far one is, what comes next, and the whole of it in a panel. */
export function PlanStrip({ next, ...plan }: PlanStripProps) {
  const { view, onSelect, onAsk, onBank } = plan;
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
        name={`Plan, ${asked} of ${view.plan.length} asked`}
        label={
          <>
            Plan
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
        </span>
      )}
      {next && view.role === "host" && (
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
