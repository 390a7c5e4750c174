import { Link } from "@tanstack/react-router";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { Button } from "../../../ui/Button.tsx";
import { Message } from "../../../ui/Message.tsx";
import { plural } from "../../../words.ts";
import { useRoom, useRoomContext, useSend } from "../../store/context.tsx";

/** When the time alone is over, and before what the bank says is seen: it is uncovered by whoever practises, when they are ready for it. */
export function Uncover({ peers }: { peers: PeersView }) {
  const send = useSend();
  const { store } = useRoomContext();
  const { pending } = useRoom();
  const asked = peers.past.reduce((sum, { asks }) => sum + asks.length, 0);
  const uncover = () => {
    store.flush();
    send({ type: "letGo", gives: true });
  };
  if (asked === 0) {
    return (
      <Message title="Nothing was asked" actions={<Link to="/practice/alone">Practise anew</Link>}>
        The time ran out, or you were done, before the first question.
      </Message>
    );
  }
  return (
    <Message
      title="You are through"
      actions={
        <Button look="primary" large disabled={pending.has("letGo")} onClick={uncover}>
          Uncover the anchors
        </Button>
      }
    >
      <p>{plural(asked, "question")}. Take a moment, then see what a strong answer holds, and rate yourself.</p>
      <p>Rate what you said, not what you know now that you read it.</p>
    </Message>
  );
}
