import type { ExportedBoard } from "../boards.ts";

/** A picture on a page: its file among the typesetter's, and its size in CSS pixels. */
export interface PagePicture {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** For whoever cannot see it. */
  readonly alt: string;
}

/** What was drawn to an ask, as pages show it. */
export interface BoardPage {
  readonly picture: PagePicture | null;
  /** What stands on it, in words. */
  readonly told: readonly string[];
  /** Why something of it is not here; null where all is. */
  readonly remark: string | null;
}

/** Gives a picture to the typesetter; its file, or null where it is none that can be set. */
export type PutPicture = (bytes: Uint8Array, format: "svg" | "png") => string | null;

/**
 * How much one file shows, so that whoever draws or runs programs cannot keep the page from being made. A letter on a board takes as long to set
 * as some twenty of what else its picture is written in. Words beneath it are letters as well, of which few boards have a thousand.
 */
const MOST = { drawing: 4_000_000, pixels: 24_000_000, words: 6_000 } as const;
const EACH_LETTER = 20;

/** The pictures of one file, as many as are within bounds. */
export class Pictures {
  readonly #put: PutPicture;
  #drawing = 0;
  #pixels = 0;

  constructor(put: PutPicture) {
    this.#put = put;
  }

  /** A PNG in base64; null where it cannot be shown. */
  run(png: string): PagePicture | null {
    const bytes = Buffer.from(png, "base64");
    if (bytes.length < HEAD) return null;
    // By its first chunk (PNG, third edition, 11.2.1).
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    if (this.#pixels + width * height > MOST.pixels) return null;
    this.#pixels += width * height;
    const file = this.#put(bytes, "png");
    return file === null ? null : { file, width, height, alt: "What the program drew" };
  }

  board(board: ExportedBoard | null | undefined, elsewhere: string): BoardPage | null {
    if (!board) return null;
    if ("problem" in board) return { picture: null, told: [], remark: board.problem };
    const { picture: svg, width, height, outline } = board;
    const told = within(outline, MOST.words);
    const cost = svg.length + EACH_LETTER * outline.reduce((sum, line) => sum + line.length, 0);
    const file = this.#drawing + cost > MOST.drawing ? null : this.#put(Buffer.from(svg), "svg");
    if (file !== null) this.#drawing += cost;
    const missing = [
      file === null && `Its picture is too much for this file. ${elsewhere}`,
      told.length < outline.length && "Not all of its words are here.",
    ];
    return {
      picture: file === null ? null : { file, width, height, alt: "The board, which follows in words" },
      told,
      remark: missing.filter(Boolean).join(" ") || null,
    };
  }
}

/** The first lines, with so many letters together. */
function within(lines: readonly string[], letters: number): readonly string[] {
  let left = letters;
  const end = lines.findIndex((line) => {
    left -= line.length;
    return left < 0;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

/** Up to the sizes in its first chunk, in bytes. */
const HEAD = 24;
