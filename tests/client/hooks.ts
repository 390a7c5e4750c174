import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { vi } from "vitest";

/** What React asks of a page in which it shows nothing, and a window to which a test sends what a browser would. */
export function stubPage(): Window & typeof globalThis {
  const document = Object.assign(new EventTarget(), { nodeType: 9, activeElement: null });
  const window = Object.assign(new EventTarget(), { document, HTMLIFrameElement: class {} });
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", document);
  vi.stubGlobal("HTMLElement", class {});
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  return globalThis.window;
}

/** A component that uses a hook and shows nothing, run by React in a stubbed page. */
export function runHook<Given, Result>(useIt: (given: Given) => Result, given: Given) {
  const container = Object.assign(new EventTarget(), { nodeType: 1, tagName: "DIV", ownerDocument: window.document });
  const root = createRoot(container as unknown as Element);
  const results: Result[] = [];
  const Component = (props: { readonly given: Given }) => {
    results.push(useIt(props.given));
    return null;
  };
  const run = (next: Given): void => act(() => root.render(createElement(Component, { given: next })));
  run(given);
  return {
    run,
    /** What the hook gave last. */
    latest: (): Result => {
      const latest = results.at(-1);
      if (latest === undefined) throw new Error("The hook has not run.");
      return latest;
    },
    leave: (): void => act(() => root.unmount()),
  };
}
