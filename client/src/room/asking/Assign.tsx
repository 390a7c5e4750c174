import type { PlanItem } from "@whetstone/shared/room/course/commands";
import type { HostView } from "@whetstone/shared/room/view/host";
import { fieldStyles } from "../../ui/Field.tsx";
import { useSend } from "../store/context.tsx";
import styles from "./asking.module.css";
import { assignedIn } from "./asking.ts";

/** Whom of the panel a host gives a question to. It is there once somebody else is who could ask it. */
export function Assign({ view, item }: { view: HostView; item: PlanItem }) {
  const send = useSend();
  const assigned = assignedIn(view, item.itemId);
  const panel = view.people.filter(({ role, admitted }) => admitted && (role === "host" || role === "interviewer"));
  if (view.peers || (panel.length < 2 && !assigned)) return null;
  const nameOf = ({ seatId, name }: { readonly seatId: string; readonly name: string }) =>
    seatId === view.you.seatId ? `${name} (you)` : name;
  const shown = assigned && (assigned.gone ? `${assigned.name} (gone)` : nameOf(assigned));
  return (
    <select
      className={`${fieldStyles.input} ${styles.assign}`}
      data-assigned={assigned !== undefined}
      aria-label={shown ? `${shown} is to ask ${item.title}` : `Assign… ${item.title}`}
      value={assigned?.seatId ?? ""}
      onChange={({ target: { value } }) =>
        send({ type: "assignItem", itemId: item.itemId, seatId: value === "" ? null : value })
      }
    >
      <option value="">{assigned ? "Nobody" : "Assign…"}</option>
      {assigned?.gone && <option value={assigned.seatId}>{shown}</option>}
      {panel.map((person) => (
        <option key={person.seatId} value={person.seatId}>
          {nameOf(person)}
        </option>
      ))}
    </select>
  );
}
