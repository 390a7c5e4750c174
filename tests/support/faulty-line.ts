import { documentKey } from "@whetstone/shared/workspace/name";
import type { DocumentMessage, DocumentOpened, DocumentTold, DocumentWritten } from "@whetstone/shared/workspace/wire";
import type { DocumentLine } from "../../client/src/room/store/documents.ts";
import type { SharedDocumentOptions } from "../../client/src/room/workspace/shared-document.ts";
import type { Seat } from "./seats.ts";

type Line = SharedDocumentOptions["line"];
type Reader = Parameters<DocumentLine["follow"]>[1];

/** What happens to a message on its way, by chance. */
export interface Faults {
  /** From 0 up to 1; seeded. */
  readonly random: () => number;
  /** How many of a hundred are lost, come twice, or come after the ones behind them. */
  readonly lost: number;
  readonly doubled: number;
  readonly late: number;
}

/** The way between a document and a real server, over a seat's socket, on which messages of both directions are lost, doubled and overtaken. */
export class FaultyLine implements Line {
  readonly refusals: string[] = [];
  unwritten = false;
  faults: Faults | null;
  readonly #seat: Seat;
  readonly #readers = new Map<string, Reader>();
  #heard = 0;
  readonly #held: (() => void)[] = [];

  constructor(seat: Seat, faults: Faults | null = null) {
    this.#seat = seat;
    this.faults = faults;
  }

  follow: Line["follow"] = (name, reader) => {
    this.#readers.set(documentKey(name), reader);
    reader.connected();
    return () => this.#readers.delete(documentKey(name));
  };

  ask = (async (message: DocumentMessage) => {
    const { faults } = this;
    if (faults && this.#happens(faults.lost)) return null;
    if (faults && this.#happens(faults.doubled)) void this.#seat.ask("document", message).catch(() => null);
    const answer = await this.#seat.ask("document", message).catch(() => null);
    return this.faults && this.#happens(this.faults.lost) ? null : (answer as DocumentOpened | DocumentWritten | null);
  }) as Line["ask"];

  tell: Line["tell"] = (message) => void this.#seat.ask("document", message).catch(() => null);
  setUnwritten: Line["setUnwritten"] = (_name, unwritten) => {
    this.unwritten = unwritten !== null;
  };
  refused: Line["refused"] = (_name, text) => void this.refusals.push(text);

  /** Hands on what has come since the last time, as the faults leave it. */
  deliver(): void {
    const { faults } = this;
    const told = this.#seat.told.slice(this.#heard);
    this.#heard = this.#seat.told.length;
    for (const one of told) {
      const give = () => this.#readers.get(documentKey(one as DocumentTold))?.told(one);
      if (faults && this.#happens(faults.lost)) continue;
      if (faults && this.#happens(faults.late)) this.#held.push(give);
      else give();
      if (faults && this.#happens(faults.doubled)) give();
    }
    if (!faults || this.#happens(50)) for (const give of this.#held.splice(0)) give();
  }

  /** The connection ends and is there again, as whoever holds the line says. */
  async reconnect(): Promise<void> {
    for (const { disconnected } of this.#readers.values()) disconnected();
    this.#seat.drop();
    await this.#seat.connect();
    this.#heard = this.#seat.told.length;
    for (const { connected } of this.#readers.values()) connected();
  }

  #happens(percent: number): boolean {
    return (this.faults?.random() ?? 1) * 100 < percent;
  }
}
