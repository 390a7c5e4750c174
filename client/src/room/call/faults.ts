/** What keeps somebody from being heard or seen, and what is said to them of it. */
export type Fault = "insecure" | "unsupported" | "denied" | "missing" | "busy" | "pulled_out" | "dismissed";

/** What stands in the way of any call on this page; null where nothing does. */
export function faultOfPage(
  page: Pick<Window, "isSecureContext"> & { readonly RTCPeerConnection?: unknown },
): Fault | null {
  if (page.RTCPeerConnection === undefined) return "unsupported";
  return page.isSecureContext ? null : "insecure";
}

/** What a browser means that did not give a device. */
export function faultOfDevice(error: unknown): Fault {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    default:
      return "busy";
  }
}

/** What something is called in a sentence. */
export const NAMES = { microphone: "microphone", camera: "camera", screen: "screen" } as const;

/** What happened and what to do. */
export function sentenceOf(fault: Fault, kind: keyof typeof NAMES): string {
  const name = NAMES[kind];
  switch (fault) {
    case "insecure":
      return "Browsers give camera and microphone only to pages with an https address. Ask whoever runs this server for one; the rest of the room works.";
    case "unsupported":
      return "This browser cannot take part in calls. Open the room in a current Firefox, Chrome, Edge or Safari; the rest of it works here too.";
    case "denied":
      return kind === "screen"
        ? "The browser or the system does not let this page show your screen. Allow it in their settings, then share again."
        : `The browser does not let this page use your ${name}. Allow it beside the page's address, then turn it on again.`;
    case "missing":
      return `No ${name} was found. Plug one in and turn it on, or join without it.`;
    case "busy":
      return `Your ${name} cannot be opened, as another program may be using it. Close that program, then turn it on again.`;
    case "pulled_out":
      return `Your ${name} is no longer connected. Plug it in or choose another one, then turn it on again.`;
    case "dismissed":
      return "Nothing is shared, as no screen was chosen.";
    default:
      return fault satisfies never;
  }
}
