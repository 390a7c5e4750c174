import type { ButtonHTMLAttributes } from "react";
import styles from "./Button.module.css";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: "plain" | "primary" | "danger" | "quiet";
  readonly large?: boolean;
}

export function Button({ look = "plain", large = false, className = "", ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={[styles.button, styles[look], large && styles.large, className].filter(Boolean).join(" ")}
      {...props}
    />
  );
}
