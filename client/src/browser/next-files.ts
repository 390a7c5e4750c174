/**
 * Asks for the files that the page will want next as soon as all but one of those that it begins with have come: their way then falls
 * into the time in which the last one comes. `join.html` names them, which the build writes.
 */
export function preloadNextFiles(): void {
  const next = document.querySelector<HTMLScriptElement>("script[data-next]")?.dataset.next?.split(" ") ?? [];
  const files = [...document.querySelectorAll<HTMLLinkElement>('link[rel="modulepreload"]')];
  // What has come already tells nobody any more.
  const missing = new Set(files.filter(({ href }) => performance.getEntriesByName(href).length === 0));
  if (next.length === 0) return;
  for (const link of missing) {
    const come = () => {
      missing.delete(link);
      if (missing.size === 1) for (const href of next.splice(0)) preload(href);
    };
    link.addEventListener("load", come, { once: true });
  }
}

function preload(href: string): void {
  const link = document.createElement("link");
  if (href.endsWith(".css")) Object.assign(link, { rel: "preload", as: "style" });
  else link.rel = "modulepreload";
  document.head.append(Object.assign(link, { crossOrigin: "", href }));
}
