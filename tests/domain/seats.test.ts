import assert from "node:assert/strict";
import { readingRefusal } from "@whetstone/shared/room/decide";
import { LIMITS } from "@whetstone/shared/room/limits";
import { seatOfToken } from "@whetstone/shared/room/seats/capabilities";
import { linkLook } from "@whetstone/shared/room/view/link";
import { panelReading } from "@whetstone/shared/room/view/panel-reading";
import { panelView } from "@whetstone/shared/room/view/view";
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
  textsIn,
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

  test.each(SEAT_ROLES)(
    "the current token of the %s's seat takes it back, and one that was taken over is dead",
    (role) => {
      const { room, host, ann, candidate, observer } = livePanelRoom();
      const captioner = room.captioner();
      const seatId = { host, interviewer: ann, candidate, observer, captioner }[role];
      const tokenHash = () => room.state.seats[seatId]?.tokenHash ?? "";
      for (const invited of ["interviewer", "candidate", "observer"] as const) room.renewLink(invited, room.now);
      const first = tokenHash();
      expect(eventsOf(join(room, first, null))).toMatchObject([{ type: "seatReclaimed", seatId }]);
      const second = tokenHash();
      expect(second).not.toBe(first);
      expect(refusalOf(join(room, first, null))).toBe("seat_taken_over");
      expect(linkLook(room.state, first, room.now)).toMatchObject({ reason: "seat_taken_over" });
      expect(panelReading(room.state, first, room.now)).toBeNull();
      expect(seatOfToken(room.state, first)).toMatchObject({ reason: "seat_taken_over" });

      room.must(host, { type: "end" });
      expect(eventsOf(join(room, second, null))).toMatchObject([{ type: "seatReclaimed", seatId }]);
      expect(refusalOf(join(room, second, null))).toBe("seat_taken_over");
      expect(room.state.seats[seatId]?.formerTokenHashes).toEqual([first, second]);
      if (seatId === host) return;
      room.must(host, { type: "removeSeat", seatId });
      for (const dead of [first, tokenHash()]) expect(refusalOf(join(room, dead, null))).toBe("unknown_link");
    },
  );

  test.each(["interviewer", "observer"] as const)(
    "whoever came by the link for several %ss comes back by one of their own",
    (role) => {
      const room = new Room();
      const browser = hashOf(0xb1);
      const seatId = room.come(room.link(role).hash, "Ann", browser);
      const [wayBack] = Object.values(room.state.links).filter((link) => link.seatId === seatId);
      assert.ok(wayBack);
      expect(wayBack).toMatchObject({ role, name: "Ann", expiresAt: null });
      expect(linkLook(room.state, wayBack.hash, room.now)).toMatchObject({ role, name: "Ann", seated: true });
      for (let again = 0; again < 3; again++) expect(room.come(wayBack.hash, null, browser)).toBe(seatId);
      room.renewLink(role);
      expect(room.come(wayBack.hash, null)).toBe(seatId);
      room.must(room.hostId, { type: "removeSeat", seatId });
      expect(refusalOf(join(room, wayBack.hash, null))).toBe("link_revoked");
    },
  );

  test("a seat that was taken before there were ways back gets one when its token takes it back", () => {
    const room = new Room();
    const seatId = room.join("observer");
    const token = () => room.state.seats[seatId]?.tokenHash ?? "";
    const ways = () => Object.values(room.state.links).filter((link) => link.seatId === seatId);
    room.come(token(), null);
    expect(ways()).toEqual([]);
    for (let again = 0; again < 2; again++) room.come(token(), null, hashOf(0xb1));
    expect(ways()).toHaveLength(1);
    expect(room.come(ways()[0]?.hash ?? "", null)).toBe(seatId);
    room.join("candidate");
    expect(room.come(room.link("candidate").hash, null, hashOf(0xb1))).not.toBe(seatId);
    expect(Object.values(room.state.links).filter((link) => link.name !== undefined)).toHaveLength(1);
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

  describe("before one sits down", () => {
    const look = (room: Room, hash: string) => linkLook(room.state, hash, room.now);

    test("a link shows the room, who leads it, what one will be, and whether it is over", () => {
      const { room, host } = panelRoom();
      const about = { title: "⟦room: title⟧", hostName: "Hana Host" };
      const asObserver = { ...about, role: "observer", name: null, seated: false };
      const observers = room.link("observer").hash;
      expect(look(room, observers)).toEqual({ ...asObserver, ended: false });
      room.must(host, { type: "start" });
      room.must(host, { type: "pause" });
      expect(look(room, observers)).toEqual({ ...asObserver, ended: false });
      room.must(host, { type: "end" });
      expect(look(room, observers)).toEqual({ ...asObserver, ended: true });
    });

    test("the candidate's link greets whom the room is for until they have come, and no other link does", () => {
      const room = new Room();
      const greeted = (role: "candidate" | "interviewer" | "observer") => look(room, room.link(role).hash);
      expect(greeted("candidate")).toMatchObject({
        role: "candidate",
        name: "⟦room: candidate's name⟧",
        seated: false,
      });
      expect([greeted("interviewer"), greeted("observer")]).toMatchObject([{ name: null }, { name: null }]);
      room.join("candidate", "Cleo");
      expect(greeted("candidate")).toMatchObject({ role: "candidate", name: "Cleo", seated: true });
    });

    describe("a candidate is told whom they will meet", () => {
      const told = (room: Room) => {
        const seen = look(room, room.link("candidate").hash);
        if ("reason" in seen) throw new Error(seen.reason);
        return seen.company;
      };
      const names = (room: Room) => told(room)?.people.map(({ name, role, here }) => `${name}, ${role}, ${here}`);

      test("the host, who was let in, and who is invited by name, as long as their link works", () => {
        const room = new Room();
        expect(told(room)).toEqual({
          people: [{ name: "Hana Host", role: "host", here: true }],
          observersShown: false,
        });
        const [bea, carl, dora] = [room.invite("Bea"), room.invite("Carl"), room.invite("Dora", room.now + MINUTE)];
        const ann = room.come(room.link("interviewer").hash, "Ann");
        expect(names(room)).toEqual([
          "Hana Host, host, true",
          "Bea, interviewer, false",
          "Carl, interviewer, false",
          "Dora, interviewer, false",
        ]);
        room.must(room.hostId, { type: "admit", seatId: ann });
        room.must(room.hostId, { type: "revokeLink", linkId: carl.linkId });
        room.wait(MINUTE);
        const seated = room.come(bea.hash, "Beatrix");
        expect(names(room)).toEqual(["Hana Host, host, true", "Ann, interviewer, true", "Beatrix, interviewer, true"]);
        room.must(room.hostId, { type: "removeSeat", seatId: seated });
        room.renewPersonal(dora.linkId);
        expect(names(room)).toEqual(["Hana Host, host, true", "Ann, interviewer, true", "Dora, interviewer, false"]);
      });

      test("who watches only where the host shows it, and that they may be hidden where not", () => {
        const room = new Room();
        room.join("observer", "Olga");
        expect(told(room)).toMatchObject({ people: [{ name: "Hana Host" }], observersShown: false });
        room.must(room.hostId, { type: "showObservers", shown: true });
        expect(told(room)).toMatchObject({ people: [{}, { name: "Olga", role: "observer" }], observersShown: true });
      });

      test("by their link alone, before they sit down, and nothing of plan, rubric, scorecards or whom the room is for", () => {
        const { room, host, ann } = livePanelRoom({ planned: ["second-question"], probes: {} });
        const askId = room.push("first-question");
        for (const seatId of [host, ann]) room.must(seatId, { type: "rate", askId, criterionId: "depth", level: 2 });
        expect(look(room, room.link("candidate").hash)).not.toHaveProperty("company");
        room.must(host, { type: "removeSeat", seatId: room.seatsOf("candidate")[0] ?? "" });
        const seen = look(room, room.link("candidate").hash);
        expect(Object.keys(seen).sort()).toEqual([
          ...["company", "ended", "hostName", "name", "role", "seated", "title"],
        ]);
        expect(textsIn(told(room))).toEqual([
          "Hana Host",
          "host",
          expect.any(String),
          "interviewer",
          expect.any(String),
          "interviewer",
        ]);
        for (const role of ["interviewer", "observer"] as const) {
          expect(look(room, room.link(role).hash)).not.toHaveProperty("company");
        }
      });
    });

    test("a seat's own secret shows what the seat is in the current round", () => {
      const { room, host, candidate } = panelRoom();
      const secretOf = (seatId: string) => room.state.seats[seatId]?.tokenHash ?? "";
      const seen = (seatId: string) => look(room, secretOf(seatId));
      expect(seen(host)).toMatchObject({ role: "host", name: "Hana Host", seated: true });
      room.beginRound({ [host]: "candidate", [candidate]: "host" });
      expect(seen(host)).toMatchObject({ role: "candidate", name: "Hana Host" });
      expect(seen(candidate)).toMatchObject({ role: "host", name: "Cleo" });
    });

    test("a secret reads the view of its seat where that scores, and no other seat's", () => {
      const { room, host, ann, candidate, observer } = panelRoom();
      const reading = (seatId: string) => panelReading(room.state, room.state.seats[seatId]?.tokenHash ?? "", room.now);
      for (const seatId of [host, ann]) {
        expect(reading(seatId)).toMatchObject({ you: { seatId } });
        expect(reading(seatId)).toEqual(room.view(seatId));
      }
      for (const seatId of [candidate, observer]) expect(reading(seatId)).toBeNull();
      expect(panelReading(room.state, room.link("host").hash, room.now)).toEqual(room.view(host));
      expect(panelReading(room.state, room.link("interviewer").hash, room.now)).toBeNull();
      room.must(host, { type: "removeSeat", seatId: ann });
      for (const seatId of [ann, "s_never-seated-here"]) expect(panelView(room.state, seatId)).toBeNull();
    });
  });

  test("a new seat needs a name", () => {
    const room = new Room();
    for (const role of ["candidate", "interviewer", "observer"] as const) {
      expect(refusalOf(join(room, room.link(role).hash, null))).toBe("malformed");
    }
  });

  describe("an interviewer's own link", () => {
    test("carries a name, lets in at once, and leads back to the one seat", () => {
      const room = new Room();
      const { hash } = room.invite("Ann");
      const look = () => linkLook(room.state, hash, room.now);
      expect(look()).toMatchObject({ role: "interviewer", name: "Ann", seated: false });
      const seatId = room.come(hash, "Ann-Sofie");
      expect(room.panelView(seatId)).toMatchObject({ you: { name: "Ann-Sofie" }, people: [{}, { admitted: true }] });
      expect(look()).toMatchObject({ name: "Ann-Sofie", seated: true });
      for (let again = 0; again < 3; again++) expect(room.come(hash, "Another Name")).toBe(seatId);
      expect(room.seatsOf("interviewer")).toEqual([seatId]);
      expect(refusalOf(room.bring(hashOf(0xdead), room.joining("Ann")))).toBe("unknown_link");
    });

    test("is renewed and revoked by itself, and its seat is kept", () => {
      const room = new Room();
      const [ann, bob] = [room.invite("Ann"), room.invite("Bob")];
      const shared = room.link("interviewer");
      const early = room.renewPersonal(ann.linkId);
      const seatId = room.come(early.hash, "Ann");
      const late = room.renewPersonal(early.linkId, room.now + MINUTE);
      for (const dead of [ann, early]) expect(refusalOf(join(room, dead.hash))).toBe("link_revoked");
      expect(room.come(late.hash, null)).toBe(seatId);
      room.wait(MINUTE);
      expect(refusalOf(join(room, late.hash))).toBe("link_expired");
      expect(room.view(room.hostId)).toMatchObject({
        invited: [
          { linkId: bob.linkId, name: "Bob", seatId: null, revoked: false },
          { linkId: late.linkId, name: "Ann", seatId, revoked: false },
        ],
      });
      room.must(room.hostId, { type: "revokeLink", linkId: bob.linkId });
      expect(refusalOf(join(room, bob.hash))).toBe("link_revoked");
      expect(room.come(room.renewPersonal(bob.linkId).hash, "Bob")).not.toBe(seatId);
      expect(room.link("interviewer")).toBe(shared);
      for (const replaces of [ann.linkId, shared.linkId, "l_never-made-here"]) {
        const link = {
          linkId: room.newId("l"),
          role: "interviewer",
          hash: hashOf(0x77),
          expiresAt: null,
          replaces,
        } as const;
        expect(refusalOf(room.act(room.hostId, { type: "issueLink", link }))).toBe("unknown_link");
      }
    });

    test("dies with its seat, and nobody else's does", () => {
      const room = new Room();
      const [ann, bob] = [room.invite("Ann"), room.invite("Bob")];
      const seatId = room.come(ann.hash, "Ann");
      const shared = room.link("interviewer");
      room.must(room.hostId, { type: "removeSeat", seatId });
      expect(refusalOf(join(room, ann.hash))).toBe("link_revoked");
      expect(refusalOf(join(room, bob.hash, "Bob"))).toBeNull();
      expect(room.link("interviewer")).toBe(shared);
      expect(room.view(room.hostId)).toMatchObject({ invited: [{ name: "Bob" }] });
      const link = { linkId: room.newId("l"), role: "interviewer", hash: hashOf(0x77), expiresAt: null } as const;
      const renewed = room.act(room.hostId, { type: "issueLink", link: { ...link, replaces: ann.linkId } });
      expect(refusalOf(renewed)).toBe("unknown_link");
    });
  });

  test("who comes by the interviewers' link for several sees nothing and does nothing until the host lets them in", () => {
    const { room, host, ann, candidate } = livePanelRoom({ blindPolicy: "after_all" });
    const before = room.view(candidate);
    const dora = room.come(room.link("interviewer").hash, "Dora");
    expect(room.view(candidate)).toEqual(before);
    const askId = room.push("first-question");
    room.must(candidate, { type: "writeAnswer", askId, text: "⟦the answer⟧" });
    const waits = room.view(dora);
    expect(waits).toMatchObject({ waiting: true, asks: [], plan: [], people: [{ role: "host" }] });
    expect(JSON.stringify(waits).match(/⟦[^⟧]*⟧/g)).toEqual(["⟦room: title⟧"]);
    const acts = [
      { type: "rate", askId, criterionId: "depth", level: 1 },
      { type: "writeNote", noteId: "n_000000000001", askId, text: "?", mark: null, evidenceFor: null, ageMs: 0 },
      { type: "reveal", askId, kind: "hint", index: 0 },
      { type: "lowerHand", seatId: candidate },
    ] as const;
    for (const act of acts) expect(refusalOf(room.act(dora, act))).toBe("not_admitted");
    for (const reading of ["bank", "export"] as const) {
      expect(readingRefusal(room.state, dora, reading)).toMatchObject({ reason: "not_admitted" });
    }
    expect(panelReading(room.state, room.state.seats[dora]?.tokenHash ?? "", room.now)).toBeNull();

    // Somebody who is let in by nobody keeps nobody's scorecard closed.
    room.must(host, { type: "end" });
    expect(refusalOf(room.act(dora, { type: "submitScorecard", reason: "I want to read." }))).toBe("not_admitted");
    for (const seatId of room.seatsOf("host", "interviewer"))
      room.act(seatId, { type: "submitScorecard", reason: "." });
    expect(room.panelView(ann).debriefOpen).toBe(true);
  });

  test("the host sees by name whom they invited or let in, and nobody else who has a way back", () => {
    const room = new Room();
    const invited = () => {
      const seen = room.view(room.hostId);
      return seen?.role === "host" ? seen.invited.map(({ name, seatId }) => [name, seatId]) : null;
    };
    room.invite("Ann");
    const dora = room.come(room.link("interviewer").hash, "Dora", hashOf(0xb1));
    room.come(room.link("observer").hash, "Otis", hashOf(0xb2));
    expect(invited()).toEqual([["Ann", null]]);
    room.must(room.hostId, { type: "admit", seatId: dora });
    expect(invited()).toEqual([
      ["Ann", null],
      ["Dora", dora],
    ]);
    room.must(room.hostId, { type: "removeSeat", seatId: dora });
    expect(invited()).toEqual([["Ann", null]]);
  });

  test("who waits to be let in learns that the interview is over, and nothing of its course before that", () => {
    const { room, host } = panelRoom();
    const dora = room.come(room.link("interviewer").hash, "Dora");
    const seen = () => room.view(dora);
    const first = seen();
    expect(first).toMatchObject({ waiting: true, room: { phase: "lobby", observersShown: false, endedAt: null } });
    room.must(host, { type: "showObservers", shown: true });
    room.must(host, { type: "start" });
    expect(seen()).toEqual(first);
    room.must(host, { type: "pause" });
    expect(seen()).toEqual(first);
    room.must(host, { type: "end" });
    expect(seen()).toMatchObject({ waiting: true, room: { phase: "ended", observersShown: false, endedAt: null } });
  });

  test("and scores like everybody from then on", () => {
    const { room, host } = livePanelRoom({ blindPolicy: "after_all" });
    const dora = room.come(room.link("interviewer").hash, "Dora");
    room.must(host, { type: "admit", seatId: dora });
    const askId = room.push("first-question");
    room.must(dora, { type: "rate", askId, criterionId: "depth", level: 1 });
    expect(room.view(dora)).not.toHaveProperty("waiting");
    expect(room.panelView(dora).scorecard.ratings).toEqual({ [`${askId}/depth`]: 1 });
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

  test("each kind of seat has places of its own: observers take none from the candidate or from the panel", () => {
    const room = new Room();
    const seats = Array.from({ length: LIMITS.places.observer }, () => room.join("observer"));
    const more = join(room, room.link("observer").hash);
    expect(more).toMatchObject({ refusal: { reason: "room_full" } });
    expect("refusal" in more && more.refusal.sentence).toContain(`${LIMITS.places.observer} observers`);
    expect(room.join("host", null)).toBe(room.hostId);
    room.join("candidate");
    for (let n = 0; n < LIMITS.places.interviewer; n++) room.join("interviewer");
    room.must(room.hostId, { type: "removeSeat", seatId: seats[0] ?? "" });
    expect(refusalOf(join(room, room.link("observer").hash))).toBeNull();
    expect(refusalOf(join(room, room.link("observer").hash))).toBe("room_full");
  });

  test("who waits to be let in takes no interviewer's place, and who is invited by name has one", () => {
    const room = new Room();
    const invited = Array.from({ length: LIMITS.places.interviewer - 1 }, (_, n) => room.invite(`Ann ${n}`));
    const shared = room.link("interviewer").hash;
    const waiting = Array.from({ length: LIMITS.places.waiting }, () => room.come(shared, "Somebody"));
    expect(refusalOf(join(room, shared))).toBe("room_full");
    const admit = (seatId = "") => room.act(room.hostId, { type: "admit", seatId });
    expect(refusalOf(admit(waiting[0]))).toBeNull();
    expect(refusalOf(admit(waiting[1]))).toBe("room_full");
    expect(() => room.invite("One more")).toThrow("room_full");
    for (const { hash, name } of invited) room.come(hash, name ?? null);
    const [first, second] = invited;
    assert.ok(first && second);
    room.must(room.hostId, { type: "removeSeat", seatId: room.linkOf(first.linkId).seatId ?? "" });
    expect(refusalOf(admit(waiting[1]))).toBeNull();
    room.must(room.hostId, { type: "revokeLink", linkId: second.linkId });
    expect(refusalOf(admit(waiting[2]))).toBe("room_full");
  });

  test("the host's link can be renewed, and the one before is dead", () => {
    const { room, host, ann } = panelRoom();
    const before = room.link("host");
    const linkId = room.renewLink("host");
    expect(refusalOf(join(room, before.hash, null))).toBe("link_revoked");
    expect(panelReading(room.state, before.hash, room.now)).toBeNull();
    expect(room.view(host)).toMatchObject({ ownLinkId: linkId });
    for (const role of ["interviewer", "candidate", "observer"] as const) room.renewLink(role);
    expect(room.view(host)).toMatchObject({ ownLinkId: linkId });
    expect(room.join("host", null)).toBe(host);
    const link = { linkId: "l_000000000999", role: "host", hash: hashOf(0x999), expiresAt: null } as const;
    expect(refusalOf(room.act(ann, { type: "issueLink", link }))).toBe("wrong_seat");
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
