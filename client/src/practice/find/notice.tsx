import { useEffect, useState } from "react";
import { Button } from "../../ui/Button.tsx";

/** Fetching somebody back who waits in another tab: an offer stands for half a minute. */

const canNotify = (): boolean => "Notification" in window && window.isSecureContext;

/** Asks the browser, once and by hand, whether it may say that a partner was found. */
export function NotifyMe() {
  const [permission, setPermission] = useState(() => (canNotify() ? Notification.permission : "denied"));
  if (permission === "denied") {
    return <small>Look at this tab now and then: its title says when somebody is found.</small>;
  }
  if (permission === "granted") return <small>Your browser tells you when somebody is found.</small>;
  return (
    <Button onClick={async () => setPermission(await Notification.requestPermission())}>
      Tell me when somebody is found
    </Button>
  );
}

/** Says outside of the page that an offer is there, for as long as it is and this tab is not looked at. */
export function useNotice(isOffered: boolean): void {
  useEffect(() => {
    if (!isOffered || !document.hidden || !canNotify() || Notification.permission !== "granted") return;
    const notice = shown();
    return () => notice?.close();
  }, [isOffered]);
}

/** Some browsers have notices only for pages that run without a window; there the title alone says it. */
function shown(): Notification | null {
  try {
    const notice = new Notification("Whetstone found you a partner", { body: "You have 30 seconds to accept." });
    notice.onclick = () => window.focus();
    return notice;
  } catch {
    return null;
  }
}
