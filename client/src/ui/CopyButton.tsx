import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { announce } from "./announce.ts";
import { Button } from "./Button.tsx";

/** Copies a text and says so for a moment; where the browser forbids it, the text is selected in a field instead. */
export function CopyButton({ text, label = "Copy", about }: { text: string; label?: string; about?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const shown = copied ? "Copied" : label;
  const press = async () => {
    await copy(text);
    setCopied(true);
    // The button often stands in a notice that is read out itself, and all of it would be read again if its words were.
    announce("It is on the clipboard.");
  };
  return (
    <Button onClick={() => void press()} aria-label={about && `${shown} ${about}`}>
      {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      <span>{shown}</span>
    </Button>
  );
}

async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  window.prompt("Copy this:", text);
}
