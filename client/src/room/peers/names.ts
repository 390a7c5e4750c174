import type { PeersView } from "@whetstone/shared/room/view/peers";

export const nameOf = (seatId: string | null, { order }: Pick<PeersView, "order">): string =>
  order.find((peer) => peer.seatId === seatId)?.name ?? "Somebody";

/** As people say them: "Bo", "Bo and Cy", "Bo, Cy and Di". */
export const namesOf = (seatIds: readonly string[], peers: Pick<PeersView, "order">): string =>
  listed(seatIds.map((seatId) => nameOf(seatId, peers)));

export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
