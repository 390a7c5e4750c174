import type { View } from "@whetstone/shared/room/view/view";
import { Captions } from "lucide-react";
import { Suspense } from "react";
import { Button } from "../../ui/Button.tsx";
import { part } from "../../ui/Part.tsx";
import { useRoom } from "../store/context.tsx";
import { showCaptions, useShown } from "./shown.ts";
import { useCaptions } from "./use-captions.ts";

// Nobody loads anything of captions who reads none.
const CaptionStrip = part(async () => (await import("./CaptionStrip.tsx")).default);

/** What is said, as text, at the lower edge of every page of a room, where somebody wishes that. Whoever captions has it all on their own page. */
export function CaptionsPlace({ view }: { view: View }) {
  const { isOn } = useShown();
  if (!isOn || view.role === "captioner") return null;
  return (
    <Suspense fallback={null}>
      <CaptionStrip view={view} />
    </Suspense>
  );
}

/** Shows captions and hides them, where there are any or could be. */
export function CaptionsButton({ isCalling }: { isCalling: boolean }) {
  const { view } = useRoom();
  const { isOn } = useShown();
  const { lines } = useCaptions();
  if (!view || view.role === "captioner") return null;
  const isCaptioned = view.people.some(({ role, ...person }) => role === "captioner" && !isWaiting(person));
  if (!isOn && !isCaptioned && !isCalling && lines.length === 0) return null;
  return (
    <Button
      aria-pressed={isOn}
      aria-label="Captions"
      title="What is said, as text"
      onClick={() => showCaptions({ isOn: !isOn })}
    >
      <Captions size={16} aria-hidden />
    </Button>
  );
}

const isWaiting = (person: object): boolean => "admitted" in person && person.admitted === false;
