import type { PeersView } from "@whetstone/shared/room/view/peers";
import { Message } from "../../ui/Message.tsx";
import { Review } from "./alone/Review.tsx";
import { Uncover } from "./alone/Uncover.tsx";
import type { PeerView } from "./view.ts";

/** When all rounds are over: what each says of the others, and then what the others said; alone, one's own answers. */
export function PeerEnding({ view, peers }: { view: PeerView; peers: PeersView }) {
  if (peers.people === 1) return view.role === "host" ? <Review view={view} /> : <Uncover peers={peers} />;
  return <Message title="All rounds are over">{view.room.title}</Message>;
}
