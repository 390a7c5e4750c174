import { useParams } from "@tanstack/react-router";
import type { SeatRole } from "@whetstone/shared/room/seats/commands";
import type { View } from "@whetstone/shared/room/view/view";
import { Suspense, useState } from "react";
import { withQueries } from "../api/with-queries.tsx";
import { type TabSeat, tabSeat } from "../browser/remembered.ts";
import { Message } from "../ui/Message.tsx";
import { NEW_VERSION_TITLE, NewVersionText, ReloadButton } from "../ui/NewVersion.tsx";
import { MissingPage, part } from "../ui/Part.tsx";
import { CallPlace } from "./call/call-place.tsx";
import CandidateScreen from "./candidate/CandidateScreen.tsx";
import { CaptionsPlace } from "./captions/captions-place.tsx";
import { useLeftDocuments } from "./left-documents.ts";
import { Notices } from "./Notices.tsx";
import { RoomProvider, useClockIsKnown, useRoom } from "./store/context.tsx";

const ErasedRoom = part(async () => withQueries((await import("./keeping/ErasedRoom.tsx")).default), MissingPage);
const NoSeat = part(async () => withQueries((await import("./NoSeat.tsx")).NoSeat), MissingPage);
const TakenOver = part(async () => withQueries((await import("./TakenOver.tsx")).TakenOver), MissingPage);
const PeerRoom = part(async () => withQueries((await import("./peers/PeerRoom.tsx")).PeerRoom), MissingPage);
const CaptionerScreen = part(async () => (await import("./captioner/CaptionerScreen.tsx")).default, MissingPage);
const PanelScreen = part(async () => withQueries((await import("./PanelScreen.tsx")).default), MissingPage);

/** The room as the seat of this tab sees it. */
export function RoomPage() {
  const { roomId } = useParams({ from: "/room/$roomId" });
  // One may go from a room to another, where one has another seat.
  return <SeatInRoom key={roomId} roomId={roomId} />;
}

function SeatInRoom({ roomId }: { roomId: string }) {
  const [seat, setSeat] = useState(() => tabSeat(roomId));
  if (!seat) {
    return (
      <Suspense fallback={null}>
        <NoSeat roomId={roomId} onSeat={setSeat} />
      </Suspense>
    );
  }
  return (
    <RoomProvider key={seat.token} roomId={roomId} token={seat.token}>
      <Seat roomId={roomId} seat={seat} onSeat={setSeat} />
    </RoomProvider>
  );
}

interface SeatProps {
  readonly roomId: string;
  readonly seat: TabSeat;
  readonly onSeat: (seat: TabSeat) => void;
}

function Seat({ roomId, seat, onSeat }: SeatProps) {
  const { lost, turnedAway, view, connection } = useRoom();
  const clockIsKnown = useClockIsKnown();
  useLeftDocuments();
  if (lost?.reason === "seat_taken_over") {
    return (
      <Suspense fallback={<Message title="One moment…" passing />}>
        <TakenOver roomId={roomId} seat={seat} onSeat={onSeat} />
      </Suspense>
    );
  }
  if (lost?.reason === "room_erased") {
    return (
      <Suspense fallback={<Message title="One moment…" passing />}>
        <ErasedRoom roomId={roomId} role={seat.role} token={seat.token} />
      </Suspense>
    );
  }
  if (lost) return <Message title="This seat is closed">{lost.sentence}</Message>;
  if (connection === "outdated" && !view) {
    return (
      <Message title={NEW_VERSION_TITLE} actions={<ReloadButton large />}>
        <NewVersionText />
      </Message>
    );
  }
  if (!view && turnedAway) {
    return (
      <Message title="This room cannot be opened just now">
        {turnedAway.sentence} This page tries again by itself.
      </Message>
    );
  }
  if (!view || !(clockIsKnown || isTimeless(view))) {
    return (
      <Message title={connection === "connecting" ? "Connecting…" : "Reconnecting…"} passing>
        This page comes back by itself as soon as the server answers.
      </Message>
    );
  }
  return (
    <CallPlace view={view}>
      <Suspense fallback={<Message title="One moment…" passing />}>
        {"peers" in view && view.peers ? <PeerRoom view={view} peers={view.peers} /> : <Screen role={view.role} />}
      </Suspense>
      <CaptionsPlace view={view} />
      <Notices />
    </CallPlace>
  );
}

/** Whoever waits for a panel sees no clock. */
const isTimeless = (view: View): boolean => view.role === "candidate" && view.room.phase === "lobby" && !view.peers;

function Screen({ role }: { role: SeatRole }) {
  if (role === "captioner") return <CaptionerScreen />;
  return role === "candidate" ? <CandidateScreen /> : <PanelScreen />;
}
