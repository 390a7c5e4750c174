/** What the page that opens a room begins with, as its address says it. */
interface OpenRoomAddress {
  /** The kit that is chosen at first. */
  readonly kit?: string;
}

export const readOpenRoomAddress = ({ kit }: Record<string, unknown>): OpenRoomAddress =>
  typeof kit === "string" && kit !== "" ? { kit } : {};
