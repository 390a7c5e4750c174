import { slugOf } from "../bank/exchange/slug.ts";
import type { RoomExport } from "./room-export.ts";

/** In characters, so that a name with four bytes to each still fits into the 255 bytes that file systems allow. */
const LENGTH = 50;

interface FileName {
  /** Of plain letters, digits and hyphens. */
  readonly plain: string;
  /** With the letters and digits of every script. */
  readonly full: string;
}

/** A name that is safe as a file's on every system, whatever the room and the candidate are called. */
export const fileName = ({ room }: RoomExport, extension: string): FileName =>
  fileNamed(`${room.candidate ?? ""} ${room.title}`, extension);

/** The same of any title. */
export function fileNamed(title: string, extension: string): FileName {
  return {
    plain: `whetstone-${slugOf(title, "room")}.${extension}`,
    full: `whetstone-${words(title)}.${extension}`,
  };
}

/** The folder for what was exported of one candidate; safe like a file's name. */
export const folderName = ({ room }: RoomExport): string => `whetstone-${words(room.candidate ?? room.title)}`;

/** The `content-disposition` that saves an answer under that name (RFC 6266, with the encoding of RFC 8187). */
export const attachment = ({ plain, full }: FileName): string =>
  `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(full)}`;

function words(text: string): string {
  const joined = text
    .toLowerCase()
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-/, "");
  return [...joined].slice(0, LENGTH).join("").replace(/-$/, "") || "room";
}
