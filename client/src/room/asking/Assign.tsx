import { Popover } from "@base-ui/react/popover";
import type { PlanItem } from "@whetstone/shared/room/course/commands";
import type { HostView } from "@whetstone/shared/room/view/host";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useSend } from "../store/context.tsx";
import styles from "./asking.module.css";
import { assignedIn } from "./asking.ts";

/** Whom of the panel a host gives a question to. It is there once somebody else is who could ask it. */
export function Assign({ view, item }: { view: HostView; item: PlanItem }) {
  const send = useSend();
  const [isOpen, open] = useState(false);
  const assigned = assignedIn(view, item.itemId);
  const panel = view.people.filter(({ role, admitted }) => admitted && (role === "host" || role === "interviewer"));
  if (view.peers || (panel.length < 2 && !assigned)) return null;
  const nameOf = ({ seatId, name }: { readonly seatId: string; readonly name: string }) =>
    seatId === view.you.seatId ? `${name} (you)` : name;
  const shown = assigned && (assigned.gone ? `${assigned.name} (gone)` : nameOf(assigned));
  const choose = (seatId: string | null) => {
    open(false);
    send({ type: "assignItem", itemId: item.itemId, seatId });
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={open}>
      <Popover.Trigger
        render={
          <Button
            className={styles.assign}
            data-assigned={assigned !== undefined}
            aria-label={shown ? `${shown} is to ask ${item.title}` : `Assign… ${item.title}`}
          />
        }
      >
        <span>{shown ?? "Assign…"}</span> <ChevronDown size={13} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className={styles.positioner ?? ""}>
          <Popover.Popup className={styles.popup ?? ""} aria-label={`Who asks ${item.title}`}>
            {panel.map((person) => (
              <Choice
                key={person.seatId}
                label={nameOf(person)}
                isChosen={assigned?.seatId === person.seatId}
                onChoose={() => choose(person.seatId)}
              />
            ))}
            <Choice label="Nobody in particular" isChosen={!assigned} onChoose={() => choose(null)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Choice({ label, isChosen, onChoose }: ChoiceProps) {
  return (
    <button type="button" className={styles.choice} aria-pressed={isChosen} onClick={onChoose}>
      {label}
    </button>
  );
}
