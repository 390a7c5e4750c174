import type { PairRoom } from "@whetstone/shared/practice/matching/view";
import { practiceTitle } from "@whetstone/shared/practice/title";
import { OpenPeersRequest } from "@whetstone/shared/rooms-wire";
import { joinByLink } from "../../api/links.ts";
import { openPeers } from "../../api/rooms.ts";
import { keepHostedRoom, keepLink, keepSeat, keepTabSeat } from "../../browser/remembered.ts";

/** Opens a room for people who practise, keeps the way back and the others' links in this browser, and gives its identifier. */
export async function openPractice(
  { hostName, partners, wishes }: Pick<OpenPeersRequest, "hostName" | "partners" | "wishes">,
  key: string | null,
): Promise<string> {
  const title = practiceTitle([hostName, ...partners]);
  const request = OpenPeersRequest.parse({ title, hostName, partners, wishes });
  const { roomId, token, links } = await openPeers(request, key);
  const link = links.find(({ role }) => role === "host")?.secret ?? "";
  for (const one of links) if (one.name !== undefined) keepLink(roomId, one);
  keepOpened({ roomId, token, link, name: hostName }, title, wishes.minutes * (partners.length + 1));
  return roomId;
}

/** Goes into the room that was opened for this person and somebody whom they found, and gives its identifier. */
export async function enterFound({ secret, minutes }: PairRoom, name: string, partner: string): Promise<string> {
  const { roomId, token, role, wayBack } = await joinByLink({ secret, name });
  const seat = { roomId, token, link: wayBack ?? secret, name };
  if (role === "host") keepOpened(seat, practiceTitle([name, partner]), minutes);
  else {
    keepTabSeat(roomId, { ...seat, role });
    keepSeat({ ...seat, role });
  }
  return roomId;
}

interface FoundSeat {
  readonly roomId: string;
  readonly token: string;
  readonly link: string;
  readonly name: string;
}

/** Keeps the seat of whoever opened a room, and the room in the list of those of this browser. */
function keepOpened(seat: FoundSeat, title: string, minutes: number): void {
  const { roomId, token, link } = seat;
  keepTabSeat(roomId, { token, role: "host", link });
  keepSeat({ ...seat, role: "host" });
  keepHostedRoom({
    roomId,
    title,
    candidateName: null,
    forRole: null,
    minutes,
    blindPolicy: "never",
    openedAt: Date.now(),
    hostSecret: link,
    links: {},
  });
}
