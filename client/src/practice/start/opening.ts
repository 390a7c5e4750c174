import { practiceTitle } from "@whetstone/shared/practice/title";
import { OpenPeersRequest } from "@whetstone/shared/wire";
import { openPeers } from "../../api.ts";
import { keepHostedRoom, keepLink, keepSeat, keepTabSeat } from "../../browser/remembered.ts";

/** Opens a room for people who practise, keeps the way back and the others' links in this browser, and gives its identifier. */
export async function openPractice(
  { hostName, partners, wishes }: Pick<OpenPeersRequest, "hostName" | "partners" | "wishes">,
  key: string | null,
): Promise<string> {
  const title = practiceTitle([hostName, ...partners]);
  const request = OpenPeersRequest.parse({ title, hostName, partners, wishes });
  const { roomId, token, links } = await openPeers(request, key);
  const hostSecret = links.find(({ role }) => role === "host")?.secret ?? "";
  keepTabSeat(roomId, { token, role: "host", link: hostSecret });
  keepSeat({ roomId, token, role: "host", link: hostSecret, name: hostName });
  for (const link of links) if (link.name !== undefined) keepLink(roomId, link);
  keepHostedRoom({
    roomId,
    title: request.title,
    candidateName: null,
    forRole: null,
    minutes: wishes.minutes * (partners.length + 1),
    blindPolicy: "never",
    openedAt: Date.now(),
    hostSecret,
    links: {},
  });
  return roomId;
}
