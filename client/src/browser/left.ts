/**
 * Tells when whoever sits here turns to something else than this page, and when they are back. A page that is loaded anew, closed or gone on
 * from is hidden too, and says so before.
 */
export function followPresence({
  onLeft,
  onBack,
}: {
  readonly onLeft: () => void;
  readonly onBack: () => void;
}): () => void {
  let isGoing = false;
  const going = () => {
    isGoing = true;
  };
  const shown = () => {
    isGoing = false;
  };
  const look = () => {
    if (document.visibilityState === "visible") onBack();
    else if (!isGoing) onLeft();
  };
  window.addEventListener("pagehide", going);
  window.addEventListener("pageshow", shown);
  document.addEventListener("visibilitychange", look);
  return () => {
    window.removeEventListener("pagehide", going);
    window.removeEventListener("pageshow", shown);
    document.removeEventListener("visibilitychange", look);
  };
}
