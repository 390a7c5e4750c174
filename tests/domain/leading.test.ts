import { openedBy } from "@whetstone/shared/room/seats/capabilities";
import { linkLook } from "@whetstone/shared/room/view/link";
import { describe, expect, test } from "vitest";
import { eventsOf, hashOf, livePanelRoom, MINUTE, Room, refusalOf } from "../support/domain.ts";

/** Who leads a room: whoever opened it, and whom they ask; and how a seat is kept where it is. */

const BROWSER = hashOf(0xb1);
const OTHER = hashOf(0xb2);

describe("a second host", () => {
  test("leads the room as the first one does, with their own scorecard, and the first stays", () => {
    const { room, host, ann, candidate } = livePanelRoom({ planned: ["first-question"] });
    const askId = room.push("first-question");
    room.must(ann, { type: "rate", askId, criterionId: "depth", level: 3 });
    const before = room.panelView(ann).scorecard;
    room.must(host, { type: "makeHost", seatId: ann });
    const seen = room.panelView(ann);
    expect(seen.role).toBe("host");
    expect(seen.scorecard).toEqual(before);
    expect(room.panelView(host).role).toBe("host");
    expect(room.candidateView(candidate).people.map(({ role }) => role)).toContain("host");
    room.must(ann, { type: "pause" });
    room.must(host, { type: "resume" });
    expect(room.must(host, { type: "makeHost", seatId: ann })).toEqual([]);
  });

  test("is an interviewer who was let in, and nobody else", () => {
    const { room, host, candidate, observer } = livePanelRoom();
    const waiting = room.come(room.link("interviewer").hash, "Waits");
    const make = (seatId: string) => refusalOf(room.act(host, { type: "makeHost", seatId }));
    expect(make(candidate)).toBe("wrong_seat");
    expect(make(observer)).toBe("wrong_seat");
    expect(make(waiting)).toBe("not_admitted");
    expect(make("s_never-seated-here")).toBe("unknown_seat");
  });

  test("takes the room from nobody: neither whoever opened it, nor their way back", () => {
    const { room, host, ann } = livePanelRoom();
    room.must(host, { type: "makeHost", seatId: ann });
    expect(refusalOf(room.act(ann, { type: "removeSeat", seatId: host }))).toBe("wrong_seat");
    const link = { linkId: room.newId("l"), role: "host" as const, hash: hashOf(77), expiresAt: null };
    expect(refusalOf(room.act(ann, { type: "issueLink", link }))).toBe("wrong_seat");
    const [one, other] = [room.view(host), room.view(ann)];
    expect(one).toMatchObject({ ownLinkId: expect.any(String) });
    expect(other).toMatchObject({ ownLinkId: null });
  });

  test("may go on alone: the first steps back, and is an interviewer from there on", () => {
    const { room, host, ann } = livePanelRoom();
    expect(refusalOf(room.act(host, { type: "stepBack" }))).toBe("last_host");
    room.must(host, { type: "makeHost", seatId: ann });
    room.must(host, { type: "stepBack" });
    expect(room.panelView(host).role).toBe("interviewer");
    expect(refusalOf(room.act(host, { type: "pause" }))).toBe("wrong_seat");
    expect(refusalOf(room.act(ann, { type: "stepBack" }))).toBe("last_host");
    const look = linkLook(room.state, room.link("observer").hash, room.now);
    expect(look).toMatchObject({ hostName: room.state.seats[ann]?.name });
  });

  test("leads the round of a candidate who comes after as well", () => {
    const { room, host, ann, candidate } = livePanelRoom();
    room.push("first-question");
    room.must(host, { type: "makeHost", seatId: ann });
    room.must(ann, { type: "removeSeat", seatId: candidate });
    const next = room.join("candidate");
    room.must(ann, { type: "admit", seatId: next });
    room.push("second-question");
    expect(room.state.rounds).toHaveLength(2);
    expect(room.panelView(ann).role).toBe("host");
  });

  test("who could read the others' scorecards by it submits an informed one", () => {
    const { room, host, ann, bob } = livePanelRoom({ blindPolicy: "never" });
    room.push("first-question");
    room.must(host, { type: "end" });
    for (const seatId of [ann, bob]) room.must(seatId, { type: "submitScorecard", reason: "Short." });
    room.must(host, { type: "makeHost", seatId: ann });
    room.must(ann, { type: "amendScorecard", reason: "More." });
    room.must(ann, { type: "submitScorecard", reason: "Short." });
    expect(room.round.scorecards[ann]?.versions.map(({ informed }) => informed)).toEqual([false, true]);
  });
});

describe("a seat that moves to another browser", () => {
  const moved = (room: Room, seatId: string, reader: string) =>
    room.panelView(reader).people.find((person) => person.seatId === seatId)?.movedAt;

  test("is told to the panel, and to nobody else", () => {
    const room = new Room();
    const [host, ann] = [room.hostId, room.join("interviewer", "Ann")];
    const link = room.link("candidate").hash;
    const candidate = room.come(link, "Maya", BROWSER);
    room.wait(MINUTE);
    room.come(link, null, BROWSER);
    expect(moved(room, candidate, host)).toBeUndefined();
    room.wait(MINUTE);
    room.come(link, null, OTHER);
    expect(moved(room, candidate, host)).toBe(room.now);
    expect(moved(room, candidate, ann)).toBe(room.now);
    expect(JSON.stringify(room.view(candidate))).not.toContain("movedAt");
  });

  test("does not, once it is locked: it opens where it is open, and nowhere else", () => {
    const room = new Room();
    const host = room.hostId;
    const link = room.link("candidate").hash;
    const candidate = room.come(link, "Maya", BROWSER);
    room.must(host, { type: "lockSeat", seatId: candidate, locked: true });
    expect(room.panelView(host).people.find(({ seatId }) => seatId === candidate)?.locked).toBe(true);
    const comes = (hash: string, holder?: string) => refusalOf(room.bring(hash, room.joining(null, holder)));
    expect(comes(link, OTHER)).toBe("seat_locked");
    expect(comes(link)).toBe("seat_locked");
    expect(comes(link, BROWSER)).toBeNull();
    const token = room.state.seats[candidate]?.tokenHash ?? "";
    expect(openedBy(room.state, token, room.now)).toMatchObject({ seat: { seatId: candidate } });
    expect(comes(token)).toBeNull();
    room.must(host, { type: "lockSeat", seatId: candidate, locked: false });
    expect(comes(link, OTHER)).toBeNull();
    expect(room.must(host, { type: "lockSeat", seatId: candidate, locked: false })).toEqual([]);
  });
});

describe("a host who has lost every way back", () => {
  const leadBack = (room: Room, n = 99) => {
    const link = { linkId: room.newId("l"), role: "host" as const, hash: hashOf(n), expiresAt: null };
    return { link, decision: room.tend({ type: "leadHostBack", link }) };
  };

  test("is led back by whoever runs the server, and leads the room again; the way before is dead", () => {
    const { room, host, ann } = livePanelRoom();
    const lost = room.link("host").hash;
    room.must(host, { type: "makeHost", seatId: ann });
    room.must(host, { type: "lockSeat", seatId: host, locked: true });
    room.must(host, { type: "stepBack" });
    const { link, decision } = leadBack(room);
    expect(eventsOf(decision).map(({ type }) => type)).toEqual([
      "linkRevoked",
      "linkIssued",
      "seatLockSet",
      "hostMade",
    ]);
    expect(room.come(link.hash, null, OTHER)).toBe(host);
    expect(room.panelView(host).role).toBe("host");
    expect(refusalOf(room.bring(lost, room.joining(null, OTHER)))).toBe("link_revoked");
    expect(eventsOf(room.tend({ type: "leadHostBack", link }))).toEqual([]);
  });

  test("by nobody in a seat", () => {
    const { room, host } = livePanelRoom();
    const link = { linkId: room.newId("l"), role: "host" as const, hash: hashOf(98), expiresAt: null };
    expect(refusalOf(room.act(host, { type: "leadHostBack", link }))).toBe("wrong_seat");
  });
});
