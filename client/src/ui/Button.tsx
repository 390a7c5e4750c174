import type { ComponentProps } from "react";
import styles from "./Button.module.css";

interface ButtonLook {
  readonly look?: "plain" | "primary" | "danger" | "quiet";
  readonly large?: boolean;
}

/** The classes of what looks like a button: of buttons, and of links that lead to what one does next. */
export const buttonClass = ({ look = "plain", large = false }: ButtonLook = {}): string =>
  [styles.button, styles[look], large && styles.large].filter(Boolean).join(" ");

interface ButtonProps extends ComponentProps<"button">, ButtonLook {}

export function Button({ look = "plain", large = false, className = "", ...props }: ButtonProps) {
  return <button type="button" className={`${buttonClass({ look, large })} ${className}`.trim()} {...props} />;
}
