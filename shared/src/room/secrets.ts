import type { RoomEvent } from "./event.ts";

/** The SHA-256 of the secrets by which an event lets somebody in: of links, of seats' tokens, and of feedback's links. */
export function secretsIn(event: RoomEvent): readonly string[] {
  switch (event.type) {
    case "roomOpened":
      return [event.host.tokenHash, ...event.links.map(({ hash }) => hash)];
    case "linkIssued":
      return [event.link.hash];
    case "seatTaken":
    case "seatReclaimed":
      return event.wayBack ? [event.tokenHash, event.wayBack.hash] : [event.tokenHash];
    case "feedbackPublished":
      return event.link ? [event.link.hash] : [];
    default:
      return [];
  }
}
