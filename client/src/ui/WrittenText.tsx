import { mergeTexts, splicesBetween } from "@whetstone/shared/merge";
import { type ComponentProps, type RefObject, useLayoutEffect, useReducer, useRef, useState } from "react";

interface WrittenTextProps
  extends Omit<
    ComponentProps<"textarea">,
    "ref" | "value" | "defaultValue" | "onChange" | "onCompositionStart" | "onCompositionEnd"
  > {
  readonly ref?: RefObject<HTMLTextAreaElement | null>;
  readonly value: string;
  readonly onWrite: (text: string) => void;
}

/**
 * A text area for a text that may change under its writer's hands, as when it was written on elsewhere: the caret stays at the same words,
 * and keys that were pressed before the change was seen are kept. While text is composed, the change waits.
 */
export function WrittenText({ ref, value, onWrite, ...rest }: WrittenTextProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  const field = ref ?? own;
  const [first] = useState(value);
  /** What the field held when it was looked at last: what is typed next is typed on it. */
  const held = useRef(value);
  const composing = useRef(false);
  const [, lookAgain] = useReducer((count: number) => count + 1, 0);

  useLayoutEffect(() => {
    if (!field.current || composing.current) return;
    showText(field.current, value);
    held.current = field.current.value;
  });

  return (
    <textarea
      {...rest}
      ref={field}
      defaultValue={first}
      onChange={({ target }) => {
        const text = mergeTexts(held.current, target.value, value);
        held.current = target.value;
        onWrite(text);
        // What was typed may have been taken for something else than text.
        lookAgain();
      }}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={() => {
        composing.current = false;
        lookAgain();
      }}
    />
  );
}

/** Puts a text into the field word by word, so that the selection stays where it is in what did not change. */
function showText(field: HTMLTextAreaElement, text: string): void {
  if (field.value === text) return;
  for (const { at, remove, insert } of splicesBetween(field.value, text)) {
    field.setRangeText(insert, at, at + remove, "preserve");
  }
}
