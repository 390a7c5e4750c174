import type { Choice } from "./choice.ts";
import { filesOf } from "./files.ts";
import { modelLoading } from "./loading.ts";
import { keyOf, Model } from "./model.ts";

/** How long a model stays for whoever goes on in a moment, as after a microphone was muted; then it gives back what it took. */
const STAYS_MS = 60_000;

let kept: { readonly model: Model; readonly goes: number } | null = null;

/** The model of a choice: the one that is still there, or one that is fetched and started. Throws where there is none, or `signal` says so. */
export async function lent(choice: Choice, token: string, signal: AbortSignal): Promise<Model> {
  const before = taken();
  if (before?.key === keyOf(choice)) return before;
  before?.close();
  try {
    const brought = await filesOf(choice, token, (fetched) => signal.aborted || modelLoading.tell(fetched), signal);
    return await Model.start(choice, brought, signal);
  } finally {
    if (!signal.aborted) modelLoading.tell(null);
  }
}

/** Keeps a model for a while, for whoever captions next. */
export function givenBack(model: Model): void {
  taken()?.close();
  if (model.isBroken) return;
  const goes = window.setTimeout(() => taken()?.close(), STAYS_MS);
  kept = { model, goes };
}

/** Whether this model need not be loaded. */
export const isKept = (choice: Choice): boolean => kept?.model.key === keyOf(choice);

function taken(): Model | null {
  if (!kept) return null;
  const { model, goes } = kept;
  kept = null;
  clearTimeout(goes);
  return model.isBroken ? null : model;
}
