import { deserialize, serialize } from "node:v8";
import type { RoomExport } from "./room-export.ts";

/** A room on its way to a thread: bytes that can be counted while they wait, and go over without being copied. */
export const packed = (exported: RoomExport): Uint8Array<ArrayBuffer> => new Uint8Array(serialize(exported));

export const unpacked = (bytes: Uint8Array): RoomExport => deserialize(bytes);
