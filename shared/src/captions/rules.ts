import { areTogether, whyNotTogether } from "../call/rules.ts";
import type { RefusalReason } from "../room/refusal.ts";
import type { View } from "../room/view/view.ts";

/** Whose words are shown to whom. As everything of a call it follows from what people are shown of the room, whether they are in its call or not. */

/** Why a viewer may not caption; null where they may. Whoever only listens says nothing that could be captioned. */
export const whyNotCaption = (view: View | null): RefusalReason | null =>
  view?.role === "observer" ? "wrong_seat" : whyNotTogether(view);

/**
 * Whether a reader gets what a writer captions: what somebody types who is there for that goes to everybody who may be there, and what somebody's
 * own device heard of them to whom they would be heard by.
 */
export const getsCaption = (writer: View, reader: View): boolean =>
  writer.role === "captioner"
    ? [writer, reader].every((view) => whyNotTogether(view) === null)
    : areTogether(writer, reader);

/** Whether somebody is known to a viewer to be there: themselves, or one of the people whom they see. */
export const knows = ({ you, people }: View, seatId: string): boolean =>
  you.seatId === seatId || people.some((person) => person.seatId === seatId);
