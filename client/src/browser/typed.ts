/** What somebody typed into this page and still stands there. */

const typedIn = new Set<HTMLElement>();

/** Notes from now on which fields are typed in. */
export function watchTyping(): void {
  document.addEventListener("input", ({ target }) => target instanceof HTMLElement && typedIn.add(target), true);
}

/** Whether words that were typed stand in a field of the page, saved or not. */
export function isTextStanding(): boolean {
  for (const field of typedIn) if (!field.isConnected) typedIn.delete(field);
  return [...typedIn].some((field) => textOf(field).trim() !== "");
}

const textOf = (field: HTMLElement): string =>
  field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : (field.textContent ?? "");
