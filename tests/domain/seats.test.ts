import { LIMITS } from "@whetstone/shared/room/limits";
import { seatOfToken } from "@whetstone/shared/room/seats/capabilities";
import { describe, expect, test } from "vitest";
import {
  eventsOf,
  hashOf,
  livePanelRoom,
  MINUTE,
  OPENED_AT,
  panelRoom,
  Room,
  refusalOf,
  SEAT_ROLES,
} from "../support/domain.ts";

describe("links and seats", () => {
  const join = (room: Room, linkHash: string, name: string | null = "Someone") =>
    room.bring(linkHash, room.joining(name));

  test("a link seats whoever comes by it, in its own role", () => {
    const { room, host, ann, bob, candidate, observer } = panelRoom();
    expect(room.panelView(host).people.map(({ seatId, name, role }) => [seatId, name, role])).toEqual([
      [host, "Hana Host", "host"],
      [ann, "Ann", "interviewer"],
      [bob, "Bob", "interviewer"],
      [candidate, "Cleo", "candidate"],
      [observer, "Otis", "observer"],
    ]);
    expect(ann).not.toBe(bob);
  });

  test("a candidate waits until the host admits them; the others need not", () => {
    const room = new Room();
    const candidate = room.join("candidate");
    room.join("observer");
    const admitted = () => room.panelView(room.hostId).people.map((person) => person.admitted);
    expect(room.candidateView(candidate).you.admitted).toBe(false);
    expect(admitted()).toEqual([true, false, true]);
    room.must(room.hostId, { type: "admit", seatId: candidate });
    expect(room.candidateView(candidate).you.admitted).toBe(true);
    expect(admitted()).toEqual([true, true, true]);
  });

  test("an unknown, a revoked and an expired link open nothing", () => {
    const { room, host } = panelRoom();
    expect(refusalOf(join(room, hashOf(0xdead)))).toBe("unknown_link");

    const { linkId, hash } = room.link("interviewer");
    room.must(host, { type: "revokeLink", linkId });
    expect(refusalOf(join(room, hash))).toBe("link_revoked");

    room.renewLink("interviewer", room.now + 1_000);
    const expiring = room.link("interviewer").hash;
    room.wait(999);
    expect(refusalOf(join(room, expiring))).toBeNull();
    room.wait(1);
    expect(refusalOf(join(room, expiring))).toBe("link_expired");
  });

  test("a new link replaces the one before for that kind of seat, and no other", () => {
    const { room, host } = panelRoom();
    const before = room.link("interviewer").hash;
    const candidates = room.link("candidate");
    const linkId = room.renewLink("interviewer", OPENED_AT + MINUTE);
    expect(refusalOf(join(room, before))).toBe("link_revoked");
    expect(room.link("candidate")).toBe(candidates);
    expect(room.view(host)).toMatchObject({
      links: [
        { role: "candidate", revoked: false },
        { linkId, role: "interviewer", revoked: false, expiresAt: OPENED_AT + MINUTE },
        { role: "observer", revoked: false },
      ],
    });
  });

  test("a link that is issued once more is left as it is, and so are the others", () => {
    const { room, host } = panelRoom();
    const link = { linkId: "l_issued-twice", role: "observer", hash: hashOf(99), expiresAt: null } as const;
    expect(room.must(host, { type: "issueLink", link })).toHaveLength(2);
    const before = room.state;
    expect(room.must(host, { type: "issueLink", link })).toEqual([]);
    expect(room.state).toBe(before);
  });

  test("a token opens its seat, until the seat is opened elsewhere or taken away", () => {
    const { room, host, ann, candidate } = panelRoom();
    const tokenOf = (seatId: string) => room.state.seats[seatId]?.tokenHash ?? "";
    const opens = (token: string) => {
      const found = seatOfToken(room.state, token);
      return typeof found === "string" ? found : found.reason;
    };
    const [first, ofAnn] = [tokenOf(candidate), tokenOf(ann)];
    expect([host, ann, candidate].map((seatId) => opens(tokenOf(seatId)))).toEqual([host, ann, candidate]);
    expect(room.join("candidate")).toBe(candidate);
    expect([opens(first), opens(tokenOf(candidate))]).toEqual(["seat_taken_over", candidate]);
    room.must(host, { type: "removeSeat", seatId: ann });
    expect([opens(ofAnn), opens(tokenOf(host))]).toEqual(["seat_removed", host]);
    expect(opens(hashOf(424_242))).toBe("unknown_link");
  });

  test("a revoked link is shown as revoked, and revoking it again is no mistake", () => {
    const { room, host } = panelRoom();
    const { linkId } = room.link("observer");
    room.must(host, { type: "revokeLink", linkId });
    expect(room.view(host)).toMatchObject({ links: [{}, {}, { linkId, revoked: true }] });
    expect(room.must(host, { type: "revokeLink", linkId })).toEqual([]);
  });

  test("the host's own way back cannot be revoked", () => {
    const { room, host } = panelRoom();
    const { linkId } = room.link("host");
    expect(refusalOf(room.act(host, { type: "revokeLink", linkId }))).toBe("unknown_link");
    expect(refusalOf(room.act(host, { type: "revokeLink", linkId: "l_never-made-here" }))).toBe("unknown_link");
    expect(room.join("host", null)).toBe(host);
  });

  test.each(["host", "candidate"] as const)(
    "the %s's link leads back to their seat and keeps the token that it replaces",
    (role) => {
      const { room, host, candidate } = livePanelRoom();
      const seatId = role === "host" ? host : candidate;
      const before = room.state.seats[seatId];
      expect(room.join(role, null)).toBe(seatId);
      const once = room.state.seats[seatId];
      expect(room.join(role, "Another Name")).toBe(seatId);
      const twice = room.state.seats[seatId];
      expect(once?.formerTokenHashes).toEqual([before?.tokenHash]);
      expect(twice?.formerTokenHashes).toEqual([before?.tokenHash, once?.tokenHash]);
      expect(new Set([before, once, twice].map((seat) => seat?.tokenHash)).size).toBe(3);
      expect({ ...twice, tokenHash: "", formerTokenHashes: [] }).toEqual({
        ...before,
        tokenHash: "",
        formerTokenHashes: [],
      });
    },
  );

  test.each(SEAT_ROLES)("the token of the %s's seat is their way back to it, whatever became of the link", (role) => {
    const panel = livePanelRoom();
    const { room, host, ann, candidate, observer } = panel;
    const seatId = { host, interviewer: ann, candidate, observer }[role];
    const tokenHash = () => room.state.seats[seatId]?.tokenHash ?? "";
    for (const invited of ["interviewer", "candidate", "observer"] as const) room.renewLink(invited, room.now);
    const first = tokenHash();
    expect(eventsOf(join(room, first, null))).toMatchObject([{ type: "seatReclaimed", seatId }]);
    expect(tokenHash()).not.toBe(first);
    const second = tokenHash();
    expect(eventsOf(join(room, first, null))).toMatchObject([{ type: "seatReclaimed", seatId }]);

    room.must(host, { type: "end" });
    const third = tokenHash();
    expect(eventsOf(join(room, third, null))).toMatchObject([{ type: "seatReclaimed", seatId }]);
    expect(room.state.seats[seatId]?.formerTokenHashes).toEqual([first, second, third]);
    if (seatId === host) return;
    room.must(host, { type: "removeSeat", seatId });
    for (const dead of [first, tokenHash()]) expect(refusalOf(join(room, dead, null))).toBe("unknown_link");
  });

  test("after the end a seat is taken back, and no new one is taken", () => {
    const { room, host, candidate } = livePanelRoom();
    room.must(host, { type: "end" });
    expect(room.join("host", null)).toBe(host);
    expect(room.join("candidate", null)).toBe(candidate);
    for (const role of ["interviewer", "observer"] as const) {
      expect(refusalOf(join(room, room.link(role).hash))).toBe("wrong_phase");
    }
  });

  test("a new seat needs a name", () => {
    const room = new Room();
    for (const role of ["candidate", "interviewer", "observer"] as const) {
      expect(refusalOf(join(room, room.link(role).hash, null))).toBe("malformed");
    }
  });

  test("a removed person is gone from every view, and their link does not let them in again", () => {
    const { room, host, ann, bob, candidate } = livePanelRoom();
    const { hash } = room.link("candidate");
    const panelLink = room.link("interviewer");
    room.must(candidate, { type: "raiseHand" });
    room.must(host, { type: "removeSeat", seatId: candidate });
    expect(room.panelView(host).people.map(({ seatId }) => seatId)).not.toContain(candidate);
    expect(room.view(candidate)).toBeNull();
    expect(refusalOf(join(room, hash))).toBe("link_revoked");
    expect(room.link("interviewer")).toBe(panelLink);

    const again = room.join("candidate", "Cleo");
    expect(again).not.toBe(candidate);
    expect(room.candidateView(again).you).toEqual({ seatId: again, name: "Cleo", admitted: false, handRaised: false });

    room.must(host, { type: "removeSeat", seatId: ann });
    expect(room.panelView(bob).people.map(({ seatId }) => seatId)).not.toContain(ann);
    expect(refusalOf(join(room, panelLink.hash))).toBe("link_revoked");
  });

  test("the host cannot remove themselves, nor anybody twice, nor nobody", () => {
    const { room, host, ann } = panelRoom();
    expect(refusalOf(room.act(host, { type: "removeSeat", seatId: host }))).toBe("wrong_seat");
    room.must(host, { type: "removeSeat", seatId: ann });
    for (const seatId of [ann, "s_never-seated-here"]) {
      expect(refusalOf(room.act(host, { type: "removeSeat", seatId }))).toBe("unknown_seat");
      expect(refusalOf(room.act(host, { type: "admit", seatId }))).toBe("unknown_seat");
    }
  });

  test("a room takes so many people and no more, until one is removed", () => {
    const room = new Room();
    const seats = Array.from({ length: LIMITS.seats - 1 }, () => room.join("observer"));
    const candidateLink = room.link("candidate").hash;
    expect(refusalOf(join(room, candidateLink))).toBe("room_full");
    expect(room.join("host", null)).toBe(room.hostId);
    room.must(room.hostId, { type: "removeSeat", seatId: seats[0] ?? "" });
    expect(refusalOf(join(room, candidateLink))).toBeNull();
    expect(refusalOf(join(room, candidateLink))).toBeNull();
    room.renewLink("observer");
    expect(refusalOf(join(room, room.link("observer").hash))).toBe("room_full");
  });

  test("a candidate raises their hand; the panel or they themselves lower it", () => {
    const { room, host, ann, candidate } = panelRoom();
    const hand = () => room.panelView(ann).people.find(({ seatId }) => seatId === candidate)?.handRaised;
    for (const seatId of [host, ann, candidate]) {
      room.must(candidate, { type: "raiseHand" });
      expect(hand()).toBe(true);
      expect(room.candidateView(candidate).you.handRaised).toBe(true);
      expect(room.must(candidate, { type: "raiseHand" })).toEqual([]);
      room.must(seatId, { type: "lowerHand", seatId: candidate });
      expect(hand()).toBe(false);
      expect(room.must(seatId, { type: "lowerHand", seatId: candidate })).toEqual([]);
    }
    expect(refusalOf(room.act(candidate, { type: "lowerHand", seatId: ann }))).toBe("wrong_seat");
    expect(refusalOf(room.act(ann, { type: "lowerHand", seatId: "s_never-seated-here" }))).toBe("unknown_seat");
  });
});
