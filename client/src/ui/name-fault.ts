import { isVisible, NAME_UNSEEN } from "@whetstone/shared/visible";
import { tooLong } from "./length.ts";

/** What a name is refused for, in the words of a form; undefined where it may be given. `missing` is said where there is none. */
export function nameFault(name: string, most: number, missing: string): string | undefined {
  if (name.trim() === "") return missing;
  return isVisible(name) ? tooLong(name.trim(), most) : NAME_UNSEEN;
}
