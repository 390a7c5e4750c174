import type { RoomState } from "../state.ts";

/** Whether the room notes large pastes and leaving the page; nothing where it does not. */
export const noted = ({ marks }: Pick<RoomState, "marks">): { marks?: true } => (marks ? { marks } : {});
