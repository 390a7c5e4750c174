import "../threads/background.ts";

export { toPdf as default } from "./pdf/print.ts";
