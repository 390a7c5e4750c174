import "../../threads/background.ts";
import { deserialize } from "node:v8";
import { printed } from "../pdf/print.ts";
import { practicePage } from "./page.ts";
import type { Practice } from "./practice.ts";

export default function practiceWork(packed: Uint8Array) {
  const practice: Practice = deserialize(packed);
  return printed((pictures) => ({ kind: "practice", page: practicePage(practice, pictures) }));
}
