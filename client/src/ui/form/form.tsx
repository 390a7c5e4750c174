import { createContext, type FocusEvent, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import type { FieldFaults } from "./field-key.ts";

/** Which faults a form shows: those of fields that were left, and all of them once publishing was tried. */

const FaultContext = createContext<(key: string) => string | undefined>(() => undefined);

/** What is wrong with a field, once it is to be shown. */
export const useFault = (key: string): string | undefined => useContext(FaultContext)(key);

/** What is wrong with the first of several fields of which something is. */
export const useFirstFault = (...keys: readonly string[]): string | undefined =>
  keys.map(useContext(FaultContext)).find((fault) => fault !== undefined);

interface FaultsProps {
  readonly faults: FieldFaults;
  readonly showAll: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A form whose fields show what is wrong with them beside them. A field is marked by `data-field` with its key. */
export function FaultForm({ faults, showAll, className, children }: FaultsProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const leave = ({ target, relatedTarget }: FocusEvent<HTMLElement>) => {
    const fields = fieldsAround(target).filter(
      (field) => !(relatedTarget instanceof Node && field.contains(relatedTarget)),
    );
    const keys = fields.flatMap(({ dataset }) => dataset.field ?? []);
    if (keys.some((key) => !left.has(key))) setLeft(new Set([...left, ...keys]));
  };
  const faultOf = (key: string) => (showAll || left.has(key) ? faults.get(key) : undefined);
  return (
    <FaultContext value={faultOf}>
      <form className={className} onBlur={leave} onSubmit={(event) => event.preventDefault()} noValidate>
        {children}
      </form>
    </FaultContext>
  );
}

function fieldsAround(element: Element): HTMLElement[] {
  const field = element.closest<HTMLElement>("[data-field]");
  return field ? [field, ...(field.parentElement ? fieldsAround(field.parentElement) : [])] : [];
}

/** Moves the focus into a field, or to the first control of a list. */
export function focusField(key: string): void {
  const field = document.querySelector(`[data-field="${CSS.escape(key)}"]`);
  const control = field?.querySelector<HTMLElement>("input, textarea, select") ?? field?.querySelector("button");
  control?.focus();
}

/** Moves the focus into a field once it is on the page. */
export function useFocusLater(): (key: string) => void {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    focusField(wanted.current);
    wanted.current = null;
  });
  return (key) => {
    wanted.current = key;
  };
}
