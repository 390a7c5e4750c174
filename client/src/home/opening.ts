import { LIMITS } from "@whetstone/shared/room/limits";
import type { OpenRoomRequest, OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { NAME_UNSEEN } from "@whetstone/shared/visible";
import { keepHostedRoom, keepLink, keepSeat, keepTabSeat } from "../browser/remembered.ts";
import { NAMES_EXPECTED } from "../ui/NamesField.tsx";
import { nameFault } from "../ui/name-fault.ts";

/** What the form that opens a room says of a field that is wrong, and what this browser keeps of a room that it opened. */

const EXPECTED: Record<string, string> = {
  hostName: "Write your name.",
  title: "Give the room a title.",
  interviewers: NAMES_EXPECTED,
  minutes: `Choose between 10 and ${LIMITS.minutes} minutes.`,
};

const LONGEST: Readonly<Record<string, number>> = {
  hostName: LIMITS.name,
  title: LIMITS.title,
  candidateName: LIMITS.name,
  forRole: LIMITS.title,
};

type Typed = Readonly<Record<string, unknown>>;
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A sentence for each field that is wrong, the first of its issues. */
export function sentences(issues: readonly Issue[], typed: Typed): Record<string, string> {
  return Object.fromEntries(
    issues.toReversed().map(({ path, message }) => {
      const field = String(path[0]);
      const name = String(typed[field] ?? "");
      const most = LONGEST[field];
      const expected = EXPECTED[field] ?? message;
      if (field === "interviewers") return [field, message === NAME_UNSEEN ? message : expected];
      return [field, (most !== undefined && nameFault(name, most, expected)) || expected];
    }),
  );
}

/** Keeps the host's way back and the links, whose secrets the server does not keep. */
export function remember({ roomId, token, links }: OpenRoomResponse, request: OpenRoomRequest): void {
  const { title, candidateName, forRole, minutes, blindPolicy, hostName } = request;
  const hostSecret = links.find(({ role }) => role === "host")?.secret ?? "";
  keepTabSeat(roomId, { token, role: "host", link: hostSecret });
  keepSeat({ roomId, token, role: "host", link: hostSecret, name: hostName });
  for (const link of links) if (link.name !== undefined) keepLink(roomId, link);
  keepHostedRoom({
    roomId,
    title,
    candidateName,
    forRole,
    minutes,
    blindPolicy,
    openedAt: Date.now(),
    hostSecret,
    links: Object.fromEntries(
      links.filter(({ name }) => name === undefined).map(({ role, linkId, secret }) => [role, { linkId, secret }]),
    ),
  });
}
