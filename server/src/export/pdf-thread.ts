import "../threads/background.ts";
import { unpacked } from "./packed.ts";
import { toPdf } from "./pdf/print.ts";

export default (packed: Uint8Array) => toPdf(unpacked(packed));
