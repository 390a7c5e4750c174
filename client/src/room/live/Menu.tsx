import { Popover } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";
import styles from "./Menu.module.css";

interface MenuProps {
  readonly name: string;
  readonly label: ReactNode;
  readonly bare?: boolean;
  /** With which edge of its button the panel is in line. */
  readonly align?: "start" | "end";
  /** Given where something else opens or closes it too. */
  readonly open?: boolean;
  readonly onOpen?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** A button with a panel beneath it; it closes by Escape or a click elsewhere. */
export function Menu({ name, label, bare = false, align = "end", open, onOpen, children }: MenuProps) {
  const trigger: ReactElement<Record<string, unknown>> = bare ? (
    <button type="button" className={styles.bare} aria-label={name} />
  ) : (
    <Button aria-label={name} />
  );
  return (
    <Popover.Root {...(open !== undefined && { open })} {...(onOpen && { onOpenChange: onOpen })}>
      <Popover.Trigger render={trigger}>{label}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align={align} className={styles.positioner ?? ""}>
          <Popover.Popup className={styles.popup ?? ""} aria-label={name}>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
