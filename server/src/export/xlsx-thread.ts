import "../threads/background.ts";
import { unpacked } from "./packed.ts";
import { toXlsx } from "./xlsx.ts";

export default (packed: Uint8Array) => toXlsx(unpacked(packed));
