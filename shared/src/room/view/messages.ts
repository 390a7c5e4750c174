import { z } from "zod";
import type { CommonMessage, Message } from "../messages/state.ts";
import type { Seat } from "../seats/state.ts";
import type { RoomState } from "../state.ts";
import { cached, cachedWhile } from "./cache.ts";

/** What people of a panel's room write to each other, as each of them may read it. */

const MessageView = z.strictObject({
  lineId: z.string(),
  seatId: z.string(),
  name: z.string(),
  at: z.number().nullable().describe("Milliseconds since 1970; null while it is on its way to the server."),
  text: z.string(),
  formerly: z.string().optional().describe("The candidate whom it was said with, where they are not here any more."),
});
export type MessageView = z.infer<typeof MessageView>;

export const Messages = z.strictObject({
  lines: z.array(MessageView),
  before: z.int().optional().describe("How many came before these, and are not shown."),
});
export type Messages = z.infer<typeof Messages>;

/** How many are shown at the least, where there are so many, and by how many more that may be. */
const SHOWN = 150;
const BEYOND = 50;

/** How many are left out of so many: by the block, as each line that is left out moves all others to another place. */
const leftOut = (count: number): number => Math.max(0, Math.ceil((count - SHOWN - BEYOND) / BEYOND) * BEYOND);

const messageView = cached(
  ({ lineId, seatId, name, at, text }: Message): MessageView => ({ lineId, seatId, name, at, text }),
);

function recent(lines: readonly MessageView[]): Messages {
  const before = leftOut(lines.length);
  return { lines: lines.slice(before), ...(before > 0 && { before }) };
}

const asideShown = cached((aside: readonly Message[]) => recent(aside.map(messageView)));

/** The panel's own, for those of it alone; absent where nothing was said. */
export const asideOf = ({ messages: { aside } }: RoomState): { aside?: Messages } =>
  aside.length > 0 ? { aside: asideShown(aside) } : {};

/** The candidate's seat just now, let in or not. */
const candidateHere = ({ seats }: RoomState): string | undefined =>
  Object.values(seats).find(({ joinedAs, removed }) => joinedAs === "candidate" && !removed)?.seatId;

const commonLines = cachedWhile(
  (state: RoomState) => state.messages.common,
  (state) => [candidateHere(state)],
  (state): readonly MessageView[] => {
    const here = candidateHere(state);
    return state.messages.common.map((message) =>
      message.candidateId === here ? messageView(message) : formerly(message, state),
    );
  },
);

const formerly = (message: CommonMessage, { seats }: RoomState): MessageView => ({
  ...messageView(message),
  formerly: seats[message.candidateId]?.name ?? "",
});

const commonShown = cached(recent);

/** What was written with candidates, to host, interviewers and observers; absent where nothing was. */
export const commonOf = (state: RoomState): { common?: Messages } =>
  state.messages.common.length > 0 ? { common: commonShown(commonLines(state)) } : {};

/** The same to the candidate whom it was said with. */
export const commonWith = cachedWhile(
  ({ seat }: { readonly state: RoomState; readonly seat: Seat }) => seat,
  ({ state }) => [state.messages.common],
  ({ state, seat: { seatId } }): { common?: Messages } => {
    const lines = state.messages.common.filter(({ candidateId }) => candidateId === seatId);
    return lines.length > 0 ? { common: recent(lines.map(messageView)) } : {};
  },
);

/** All of it without an end, for whoever of the panel takes the room away. */
export function everythingSaid(state: RoomState): { aside?: Messages; common?: Messages } {
  const { aside, common } = state.messages;
  return {
    ...(aside.length > 0 && { aside: { lines: aside.map(messageView) } }),
    ...(common.length > 0 && { common: { lines: [...commonLines(state)] } }),
  };
}
