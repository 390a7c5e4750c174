import { type RefObject, useEffect, useState } from "react";

type Faults = Readonly<Record<string, string>>;

interface FormFaults {
  /** A sentence for each field that is wrong. */
  readonly faults: Faults;
  /** Says what is wrong at a try to send the form, and takes the focus to the first of it, as that may have been scrolled out of sight. */
  readonly found: (faults: Faults) => void;
  /** Takes back what was said of fields that are being put right; the next try says whether they are. */
  readonly mending: (fields: readonly string[]) => void;
}

/** What the fields of a form are refused for. */
export function useFaults(form: RefObject<HTMLElement | null>): FormFaults {
  const [{ faults, tries }, set] = useState<{ faults: Faults; tries: number }>({ faults: {}, tries: 0 });
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [tries, form]);
  return {
    faults,
    found: (now) => set({ faults: now, tries: tries + 1 }),
    mending: (fields) =>
      set((before) => ({
        ...before,
        faults: Object.fromEntries(Object.entries(before.faults).filter(([field]) => !fields.includes(field))),
      })),
  };
}
