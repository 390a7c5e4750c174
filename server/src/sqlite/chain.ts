import { hash } from "node:crypto";

/** A commit as its row has it. */
export interface CommitRow {
  readonly roomId: string;
  readonly seq: number;
  readonly commandId: string;
  readonly seatId: string | null;
  readonly at: number;
  readonly version: number;
  /** As JSON. */
  readonly events: string;
  readonly sealed: Buffer | null;
}

/**
 * What the chain of a room's log comes to with one more commit, as hexadecimal: the SHA-256 of what it had come to before (empty before the
 * first commit) and of the row's fields, each on a line of its own; sealed texts, where there are, come last, in base64. No field holds the end of a line: JSON escapes it. A byte that is
 * changed anywhere, a row that is missing and one that stands elsewhere give another end.
 */
export function chainHash(before: string | null, row: CommitRow): string {
  const { roomId, seq, commandId, seatId, at, version, events, sealed } = row;
  const fields = [before ?? "", roomId, seq, commandId, seatId ?? "", at, version, events];
  if (sealed) fields.push(sealed.toString("base64"));
  return hash("sha256", fields.join("\n"), "hex");
}
