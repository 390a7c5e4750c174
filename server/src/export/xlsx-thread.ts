import "../threads/background.ts";

export { toXlsx as default } from "./xlsx.ts";
